"""`manage.py dump_chronicle`: what it says, and where it writes."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from quiz.models import Event
from tests.exchange.small import FILES, Folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The small chronicle in a folder of its own, loaded."""
    folder = Folder(tmp_path / "fixtures")
    call_command("load_chronicle", folder.path, stdout=StringIO())
    return folder


def said(**options: object) -> list[str]:
    """The lines that the command prints."""
    out = StringIO()
    call_command("dump_chronicle", stdout=out, **options)
    return out.getvalue().splitlines()


def test_it_writes_into_the_folder_of_the_settings(folder: Folder, settings: Settings) -> None:
    settings.FIXTURE_DIRS = [folder.path]
    Event.objects.get(key="talks-held").delete()
    assert said() == [
        f"Removed, now empty: {folder.path}/90_events_undated.yaml",
        f"Removed, now empty: {folder.path}/95_order.yaml",
        "0 written, 5 as they were, 2 removed.",
    ]


def test_it_writes_into_a_folder_named(folder: Folder, tmp_path: Path) -> None:
    lines = said(to=tmp_path / "other")
    assert lines == [*(f"Written: {tmp_path}/other/{file}" for file in FILES), "7 written, 0 as they were, 0 removed."]
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "other").iterdir()} == FILES


def test_a_folder_that_cannot_be_written_is_told_without_a_traceback(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match=r"The chronicle could not be written: .*File exists"):
        said(to=tmp_path / "file")
