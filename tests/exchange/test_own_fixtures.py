"""The chronicle's own fixtures: sound, canonical, and the same by both ways in."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from quiz.exchange.exporting import dump
from quiz.exchange.importing import load
from quiz.exchange.rows import read_site
from quiz.exchange.yaml_reading import read_files
from quiz.questions.asking import SHORT_DAYS, DateAsking
from quiz.questions.typed_dates import EXAMPLES, read
from quiz.study.facts import chronicle

FIXTURES = sorted(Path(settings.FIXTURE_DIRS[0]).glob("*.yaml"))


def test_there_are_fixtures() -> None:
    assert FIXTURES


@pytest.mark.django_db
def test_a_dump_after_loading_them_gives_the_same_files(tmp_path: Path) -> None:
    result = load(FIXTURES, complete=True)
    assert result.conflicts == ()
    dump(tmp_path)
    differing = [file.name for file in FIXTURES if not _same(file, tmp_path / file.name)]
    assert differing == [], "not in canonical form; after load_chronicle, dump_chronicle writes them so"
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in FIXTURES}


def _same(file: Path, other: Path) -> bool:
    return other.exists() and file.read_bytes() == other.read_bytes()


@pytest.mark.django_db
def test_the_day_that_shows_how_to_type_a_date_is_no_answer() -> None:
    load(FIXTURES, complete=True)
    story = chronicle()
    example = read(EXAMPLES.partition(",")[0], story.first_day, story.last_day)
    asked = [how for how in story.dates.values() if isinstance(how, DateAsking)]
    assert [how for how in asked if how.days <= SHORT_DAYS and how.first <= example <= how.last] == []
    assert [how for how in asked if example in {how.first, how.last}] == []


@pytest.mark.django_db
def test_loaddata_makes_of_them_what_load_chronicle_makes() -> None:
    call_command("loaddata", *map(str, FIXTURES), verbosity=0)
    assert read_site().rows == {one.id: one.whole() for one in read_files(FIXTURES)}
