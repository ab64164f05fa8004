"""The site back into files: the canonical form, and what happens to the folder."""

from pathlib import Path

import pytest
from django.core.management import call_command

from quiz.exchange import exporting
from quiz.exchange.exporting import Dumped, dump
from quiz.models import Claim, Event, EventPlace, Place, Role
from tests.exchange.conftest import load_all
from tests.exchange.small import FILES, OBJECTS, Folder
from tests.factories import (
    ActorFactory,
    ClaimFactory,
    ClaimPlaceFactory,
    EventFactory,
    EventPlaceFactory,
    FigureFactory,
    PassageFactory,
    PlaceFactory,
    PlaceSpellingFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def dumped(folder: Path) -> dict[str, str]:
    """The files of a dump into a new folder."""
    dump(folder)
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def order(text: str, *marks: str) -> list[str]:
    """Which of these texts come in which order."""
    return sorted(marks, key=text.index)


def test_a_dump_after_a_load_gives_the_same_files(folder: Folder, tmp_path: Path) -> None:
    load_all(folder)
    assert dumped(tmp_path / "dump") == FILES


def test_a_dump_after_loaddata_gives_the_same_files(folder: Folder, tmp_path: Path) -> None:
    call_command("loaddata", *sorted(map(str, folder.path.glob("*.yaml"))), verbosity=0)
    assert dumped(tmp_path / "dump") == FILES


def test_the_order_in_which_rows_were_made_does_not_show(folder: Folder, tmp_path: Path) -> None:
    texts = folder.texts()
    for file in texts:
        (folder.path / file).unlink()
    for number, text in enumerate(reversed(texts.values())):
        folder.add(text, f"{number}.yaml")
    load_all(folder)
    assert dumped(tmp_path / "dump") == FILES


def test_a_dump_settles_conflicts_and_keeps(folder: Folder) -> None:
    load_all(folder)
    Event.objects.filter(key="talks-held").update(clause="they talked")
    folder.change("clause: the two sides held talks", "clause: talks were held")
    assert len(load_all(folder).conflicts) == 1
    dump(folder.path)
    assert "clause: they talked" in folder.texts()["90_events_undated.yaml"]
    found = load_all(folder)
    assert (found.conflicts, found.unchanged) == ((), OBJECTS)


# --- Which file, which order ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "file"),
    [
        ([], "90_events_undated.yaml"),
        ([""], "90_events_undated.yaml"),
        (["2013-12-31", "2014-01-01"], "10_events_2013_12.yaml"),
        (["[..2014-02-28]"], "10_events_2014_02.yaml"),
        (["[..2014-02-28]", "[2014-03-01..2014-03-10]"], "10_events_2014_03.yaml"),
        (["2014-03-01~"], "10_events_2014_02.yaml"),
        (["2014-07"], "10_events_2014_07.yaml"),
    ],
)
def test_an_event_stands_in_the_file_of_its_first_day(dates: list[str], file: str, tmp_path: Path) -> None:
    event = EventFactory(key="the-event")
    for date in dates:
        ClaimFactory(event=event, date=date)
    found = dumped(tmp_path / "dump")
    assert [name for name, text in found.items() if "key: the-event" in text] == [file]


def test_events_stand_in_the_order_of_first_day_last_day_and_key(tmp_path: Path) -> None:
    source = SourceFactory()
    for key, date in (
        ("d", "2013-11-20"),
        ("c", "2013-11-19/2013-11-21"),
        ("b", "2013-11-19"),
        ("a", "2013-11-19"),
        ("e", "2013-11-18"),
    ):
        ClaimFactory(event__key=key, source=source, date=date)
    ClaimFactory(event=Event.objects.get(key="a"), source=source, date="2013-11-20")
    text = dumped(tmp_path / "dump")["10_events_2013_11.yaml"]
    assert order(text, *(f"    key: {key}\n" for key in "abcde")) == [f"    key: {key}\n" for key in "ebacd"]


def test_an_event_is_followed_by_places_claims_and_their_parts(tmp_path: Path) -> None:
    event, first, second = EventFactory(key="e"), SourceFactory(key="000"), SourceFactory(key="001")
    ClaimFactory(key="a", event=event, source=second)
    ClaimFactory(key="c", event=event, source=first)
    claim = ClaimFactory(key="b", event=event, source=first)
    FigureFactory(claim=claim, number=2)
    FigureFactory(claim=claim, number=1)
    ClaimPlaceFactory(claim=claim, place__key="p")
    for key, role in (("z", Role.AT), ("v", Role.FROM), ("x", Role.NEAR), ("w", Role.AT)):
        EventPlaceFactory(event=event, place__key=key, role=role, slot=key == "v")
    text = dumped(tmp_path / "dump")["90_events_undated.yaml"]
    marks = [
        "    key: e\n",
        "place: [v], role: from, slot: true",
        "place: [w], role: at",
        "place: [z], role: at",
        "place: [x], role: near",
        "    key: b\n",
        "claim: [b], place: [p]",
        "claim: [b], number: 1",
        "claim: [b], number: 2",
        "    key: c\n",
        "    key: a\n",
    ]
    assert order(text, *marks) == marks


def test_places_stand_after_what_they_lie_in_with_their_spellings(tmp_path: Path) -> None:
    top = PlaceFactory(key="z")
    middle = PlaceFactory(key="m", lies_in=top)
    PlaceFactory(key="a", lies_in=middle)
    PlaceFactory(key="b")
    PlaceFactory(key="o", lies_in=top)
    PlaceSpellingFactory(place=middle, name="Emm")
    text = dumped(tmp_path / "dump")["02_places.yaml"]
    marks = [
        "    key: b\n",
        "    key: z\n",
        "    key: m\n",
        "{place: [m], name: Emm}",
        "    key: a\n",
        "    key: o\n",
    ]
    assert order(text, *marks) == marks


def test_places_that_lie_in_each_other_are_not_lost(tmp_path: Path) -> None:
    one = PlaceFactory(key="a")
    other = PlaceFactory(key="b", lies_in=one)
    PlaceFactory(key="c", lies_in=other)
    Place.objects.filter(key="a").update(lies_in=other)
    text = dumped(tmp_path / "dump")["02_places.yaml"]
    assert [text.count(f"    key: {key}\n") for key in "abc"] == [1, 1, 1]


def test_an_actor_stands_after_what_it_is_part_of(tmp_path: Path) -> None:
    ActorFactory(key="a", part_of=ActorFactory(key="z"))
    text = dumped(tmp_path / "dump")["03_actors.yaml"]
    assert order(text, "    key: a\n", "    key: z\n") == ["    key: z\n", "    key: a\n"]


def test_passages_stand_in_numerical_order_after_all_sources(tmp_path: Path) -> None:
    source = SourceFactory(key="s")
    for sentence in (10, 9):
        PassageFactory(source=source, section="lead", sentence=sentence)
    PassageFactory(source=source, infobox=True)
    SourceFactory(key="t")
    text = dumped(tmp_path / "dump")["01_sources.yaml"]
    marks = ["    key: s\n", "    key: t\n", "section: infobox}", "sentence: 9}", "sentence: 10}"]
    assert order(text, *marks) == marks


def test_what_has_its_default_is_left_out_and_what_has_not_is_written(tmp_path: Path) -> None:
    PlaceFactory(key="p", name_ar="قارة", name_ar_confirmed=False)
    assert dumped(tmp_path / "dump")["02_places.yaml"].endswith(
        "    name_ar: قارة\n    name_ar_confirmed: false\n    kind: town\n"
    )


# --- The folder -----------------------------------------------------------------------------------


def test_files_that_are_the_same_are_not_written_again(folder: Folder) -> None:
    load_all(folder)
    before = {path.name: path.stat().st_mtime_ns for path in folder.path.iterdir()}
    assert dump(folder.path) == Dumped((), tuple(FILES), ())
    assert {path.name: path.stat().st_mtime_ns for path in folder.path.iterdir()} == before


def test_a_file_of_the_dump_that_has_no_content_any_more_is_removed_and_no_other(folder: Folder) -> None:
    load_all(folder)
    for name in ("own_notes.yaml", "README", "10_events.yaml"):
        folder.add("# mine\n", name)
    Claim.objects.filter(key="qara-attacked-000").update(date="2013-12-01")
    Claim.objects.filter(key="qara-captured-000").update(date="2013-12-02")
    found = dump(folder.path)
    assert (found.written, found.removed) == (("10_events_2013_12.yaml",), ("10_events_2013_11.yaml",))
    assert {path.name for path in folder.path.iterdir()} == {
        *FILES,
        "10_events_2013_12.yaml",
        "own_notes.yaml",
        "README",
        "10_events.yaml",
    } - {"10_events_2013_11.yaml"}


def test_a_failure_while_writing_leaves_the_old_files_and_no_others(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_all(folder)
    Event.objects.filter(key="talks-held").update(clause="they talked")
    EventPlace.objects.all().delete()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        dump(folder.path)
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.path.iterdir()} == FILES


def test_an_empty_site_gives_no_files(tmp_path: Path) -> None:
    assert dump(tmp_path / "new" / "folder") == Dumped((), (), ())
    assert list((tmp_path / "new" / "folder").iterdir()) == []
