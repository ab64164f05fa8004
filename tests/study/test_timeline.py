"""The timeline: what is chosen by place, actor, source, days and words, under its dates, in parts."""

from datetime import date

import pytest

from quiz.models import Phase
from quiz.study.searching import Days, Group, Library, Name
from quiz.study.telling import Differing
from quiz.study.timeline import PART, Entry, Option, Timeline, Told, Wanted, parts
from tests.questions.builders import chronicle, claim, event, place

PHASE = Phase(key="first", number=1, name="First phase", earliest=date(2013, 11, 15), latest=date(2013, 12, 15))
PLACES = [
    place("syria", None, "country"),
    place("qalamoun", None, "region", parent="syria"),
    place("qara", 0.0, parent="qalamoun"),
    place("rima", 3.0, parent="qalamoun"),
]


def made(*events: object, **steps: int) -> Timeline:
    """A timeline with one phase; the guards are part of the army; the steps are those of the story map."""
    story = chronicle(*events, places=PLACES)
    actors = ("army", "guards", "sohr", "government-forces")
    names = {
        Group.PLACES: [Name(one.key, one.name, (), "", "", 0) for one in PLACES],
        Group.ACTORS: [Name(key, key, (), "", "", 0) for key in actors],
        Group.SOURCES: [Name(key, f"Document {key}", (), "", "", 0) for key in ("000", "003")],
    }
    return Timeline(
        Library(story, names), [PHASE], {"guards": "army"}, [], {key: ("first", n) for key, n in steps.items()}
    )


LINE = made(
    event("before", "2013-11-01", at="qara"),
    event("qara", "2013-11-19", at="qara", agents=["guards"]),
    event("rima", claim("2013-11-19", voice="sohr"), at="rima"),
    event("disputed", "2013-11-20", claim("2013-11-22", "003"), at="qara"),
    event("ranging", "[2013-11-20..2013-11-21]", agents=["army"]),
    event("bound", "[..2013-11-25]", sensitive=True),
    event("lasting", "2013-11-26/2013-12-20"),
    event("undated", claim(source="003"), places={"rima": "mentioned", "qara": "near"}),
    event("twin", "2013-12-01", twins=["undated"]),
)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(Wanted(place="rima"), {"rima", "undated"}, id="a place in any role"),
        pytest.param(
            Wanted(place="syria"),
            {"before", "qara", "rima", "disputed", "undated"},
            id="a place with all that lies in it",
        ),
        pytest.param(Wanted(actor="guards"), {"qara"}, id="who acts"),
        pytest.param(Wanted(actor="army"), {"qara", "ranging"}, id="who acts, with all that is part of it"),
        pytest.param(Wanted(actor="sohr"), {"rima"}, id="who is quoted"),
        pytest.param(Wanted(source="003"), {"disputed", "undated"}, id="a source"),
        pytest.param(Wanted(differ=True), {"disputed"}, id="where sources differ"),
        pytest.param(Wanted(words="qara captured"), {"before", "qara", "disputed", "undated"}, id="words"),
        pytest.param(Wanted(words="?"), set(), id="no words"),
        pytest.param(
            Wanted(days=Days(date(2013, 11, 20), date(2013, 11, 20), "")), {"disputed", "ranging"}, id="a day"
        ),
        pytest.param(Wanted(days=Days(date(2013, 12, 1), date(2013, 12, 31), "")), {"lasting", "twin"}, id="a month"),
        pytest.param(Wanted(place="qara", source="003"), {"disputed", "undated"}, id="two filters"),
        pytest.param(Wanted(place="nowhere"), set(), id="a place that is not known"),
        pytest.param(Wanted(chapter="first"), set(LINE.story.events), id="a chapter is chosen when it is told"),
    ],
)
def test_what_is_wanted_is_chosen(wanted: Wanted, expected: set[str]) -> None:
    assert LINE.chosen(wanted) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), True),
        (Wanted(chapter="first"), True),
        (Wanted(place="qara"), False),
        (Wanted(actor="army"), False),
        (Wanted(source="000"), False),
        (Wanted(differ=True), False),
        (Wanted(words="qara"), False),
        (Wanted(days=Days(date(2014, 1, 1), date(2014, 1, 1), "")), False),
    ],
)
def test_a_chapter_leaves_nothing_else_out(wanted: Wanted, expected: bool) -> None:
    assert wanted.is_all is expected


def told(line: Timeline = LINE, keys: frozenset[str] | None = None) -> list[Told]:
    return line.tell(frozenset(line.story.events) if keys is None else keys, line.chapters)


def test_events_stand_under_their_dates_in_their_chapters() -> None:
    assert [
        (one.chapter.slug, [(day.words, day.mark, [entry.line.key for entry in day.entries]) for day in one.days])
        for one in told()
    ] == [
        ("before-first", [("1 November 2013", "day", ["before"])]),
        (
            "first",
            [
                ("19 November 2013", "day", ["qara", "rima"]),
                ("20 or 21 November 2013", "range", ["ranging"]),
                ("20 November 2013 or 22 November 2013", "differ", ["disputed"]),
                ("By 25 November 2013", "open", ["bound"]),
                ("26 November – 20 December 2013", "range", ["lasting"]),
                ("1 December 2013", "day", ["twin"]),
            ],
        ),
        ("undated", [("On a day that is not given", "none", ["undated"])]),
    ]


def test_under_one_date_events_stand_as_the_story_map_tells_them() -> None:
    line = made(*(event(key, "2013-11-19") for key in "abc"), event("d", "2013-11-18"), c=2, a=3, b=4, d=9)
    days = [day for one in told(line) for day in one.days]
    assert [[entry.line.key for entry in day.entries] for day in days] == [["d"], ["c", "a", "b"]]


def test_only_what_is_wanted_is_told_and_counted() -> None:
    assert [(one.chapter.slug, one.count) for one in told(keys=frozenset({"qara", "rima", "undated"}))] == [
        ("first", 2),
        ("undated", 1),
    ]


def entry(key: str) -> Entry:
    return next(entry for one in told() for day in one.days for entry in day.entries if entry.line.key == key)


def test_an_entry_says_where_who_tells_it_and_on_what_sources_differ() -> None:
    disputed, undated, twin = entry("disputed"), entry("undated"), entry("twin")
    assert disputed.places == (("qara", "Qara"),)
    assert disputed.sources == ("Document 000", "Document 003")
    assert disputed.differing == Differing(date=True, place=False)
    assert undated.places == (("qara", "Qara"),)
    assert (twin.doubled, disputed.doubled) == (True, False)


def test_what_is_only_mentioned_is_named_where_there_is_nothing_else() -> None:
    line = made(event("only", "2013-11-19", places={"rima": "mentioned"}))
    assert told(line)[0].days[0].entries[0].places == (("rima", "Rima"),)


def test_options_are_counted_with_what_lies_in_them_and_sorted_by_name() -> None:
    assert LINE.options["place"] == (
        Option("qalamoun", "Qalamoun", 5),
        Option("qara", "Qara", 4),
        Option("rima", "Rima", 2),
        Option("syria", "Syria", 5),
    )
    assert [(one.key, one.count) for one in LINE.options["source"]] == [("000", 8), ("003", 2)]


def test_weeks_count_what_is_dated_to_within_one() -> None:
    assert LINE.weeks(LINE.story.events) == {date(2013, 10, 28): 1, date(2013, 11, 18): 4, date(2013, 11, 25): 1}


@pytest.mark.parametrize(
    ("text", "monday"), [("2013-11-18/2013-11-24", date(2013, 11, 18)), ("2013-11-18/2013-11-25", None)]
)
def test_a_week_is_seven_days(text: str, monday: date | None) -> None:
    assert list(made(event("e", text)).weeks({"e"})) == [monday][: monday is not None]


# --- Parts --------------------------------------------------------------------------------------


def long(*counts: int) -> Timeline:
    """So many events on each of so many days of November."""
    return made(*(event(f"e{n}-{m:03}", f"2013-11-{n:02}") for n, many in enumerate(counts, 1) for m in range(many)))


def sizes(line: Timeline, number: int) -> tuple[list[int], int, int]:
    shown, number, last = parts(told(line), number)
    return [len(day.entries) for one in shown for day in one.days], number, last


def test_a_short_chapter_is_one_part() -> None:
    assert sizes(long(40, PART - 40), 1) == ([40, PART - 40], 1, 1)


def test_a_long_chapter_is_told_in_parts_of_about_the_same_length_that_end_with_a_date() -> None:
    line = long(30, 30, 10, 30)
    assert [sizes(line, n) for n in (1, 2)] == [([30, 30], 1, 2), ([10, 30], 2, 2)]


def test_a_part_beyond_the_last_is_the_last() -> None:
    assert sizes(long(50, 50), 9) == ([50], 2, 2)


def test_a_part_keeps_the_number_of_the_whole_chapter() -> None:
    shown, _, _ = parts(told(long(50, 50)), 1)
    assert [(one.chapter.slug, one.count) for one in shown] == [("before-first", 100)]


def test_nothing_is_one_empty_part() -> None:
    assert parts([], 3) == ([], 1, 1)
