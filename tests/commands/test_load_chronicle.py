"""`manage.py load_chronicle`: what it says, and its verdict."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from pytest_django import Settings

from quiz.management.commands import load_chronicle
from quiz.models import Event, Place
from tests.exchange.small import OBJECTS, Folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The small chronicle in a folder of its own."""
    return Folder(tmp_path / "fixtures")


def said(*arguments: object, **options: object) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("load_chronicle", *arguments, stdout=out, **options)
    return out.getvalue()


def test_it_loads_the_folder_of_the_settings_and_counts(folder: Folder, settings: Settings) -> None:
    settings.FIXTURE_DIRS = [folder.path]
    assert said() == (
        f"Chronicle: {OBJECTS} created, 0 updated, 0 unchanged, 0 kept as editors have them, 0 conflicts, "
        "0 retired, 0 deleted.\n"
    )
    assert said() == (
        f"Chronicle: 0 created, 0 updated, {OBJECTS} unchanged, 0 kept as editors have them, 0 conflicts, "
        "0 retired, 0 deleted.\n"
    )


def test_it_reports_each_conflict_before_the_counts(folder: Folder) -> None:
    said(folder.path)
    Event.objects.filter(key="talks-held").update(clause="they talked")
    folder.change("clause: the two sides held talks", "clause: talks were held")
    first, second = said(folder.path).splitlines()
    assert first == (
        "Conflict: quiz.event talks-held, clause: the files have “talks were held”, "
        "the site has “they talked”, which stays."
    )
    assert "1 conflicts" in second


def test_a_dry_run_says_so_and_writes_nothing(folder: Folder) -> None:
    assert said(folder.path, dry_run=True).startswith(f"Dry run, nothing written: {OBJECTS} created,")
    assert not Event.objects.exists()


def test_a_folder_is_the_whole_chronicle_and_single_files_are_not(folder: Folder) -> None:
    said(folder.path)
    folder.drop("talks-held")
    assert "0 deleted" in said(folder.path / "02_places.yaml", folder.path / "90_events_undated.yaml")
    assert Event.objects.filter(key="talks-held").exists()
    assert "2 deleted" in said(folder.path)


def test_a_broken_file_ends_it_with_file_object_and_field_and_nothing_written(folder: Folder) -> None:
    folder.change("date: '2013-11-19'", "date: '2013-11-31'")
    with pytest.raises(CommandError) as refused:
        said(folder.path)
    assert str(refused.value) == (
        "Nothing was loaded.\n"
        f"{folder.path}/10_events_2013_11.yaml, line 40, object 7 (quiz.claim qara-captured-000), field date: "
        "“2013-11-31” is no day of the calendar."
    )
    assert refused.value.returncode == 1
    assert not Place.objects.exists()


def test_a_folder_without_fixtures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no fixture files"):
        said(tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.yaml: can't be read: No such file or directory\."):
        said(tmp_path / "none.yaml")


def test_a_database_that_refuses_is_told_without_a_traceback(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_arguments: object, **_options: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(load_chronicle, "load", locked)
    with pytest.raises(CommandError, match=r"Nothing was loaded: the database refused \(database is locked\)\."):
        said(folder.path)
