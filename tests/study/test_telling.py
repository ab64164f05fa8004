"""The chronicle told: lines in the order of the story, under their phases; documents section by section."""

from datetime import date
from typing import Any

import pytest

from quiz.models import Event, Phase, Source
from quiz.questions.chronicle import Chronicle
from quiz.study.telling import Differing, Line, chapters, differing, kept, line, lines, sections
from tests import factories as make
from tests.questions.builders import chronicle, claim, event


def told() -> Chronicle:
    return chronicle(
        event("plain", "2013-11-19", at="qara"),
        event("voiced", claim("2013-11-19", voice="sohr"), sensitive=True),
        event("disputed", "2013-11-20", claim("2013-11-22", "003")),
        event("elsewhere", "2013-11-21", claim("2013-11-21", "003", at=["rima"]), at="qara"),
        event("lasting", "2013-11-01/2013-12-24", claim("2013-12-20", stance="predicted")),
        event("undated", claim(), told_only=True),
    )


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("plain", Line("plain", "Government forces captured Qara", "19 November 2013", False, "", False)),
        (
            "voiced",
            Line(
                "voiced",
                "Government forces captured the voiced post",
                "19 November 2013",
                False,
                "According to SOHR",
                True,
            ),
        ),
        (
            "disputed",
            Line(
                "disputed",
                "Government forces captured the disputed post",
                "20 November 2013 or 22 November 2013",
                True,
                "",
                False,
            ),
        ),
        ("elsewhere", Line("elsewhere", "Government forces captured Qara", "21 November 2013", True, "", False)),
        (
            "undated",
            Line(
                "undated",
                "Government forces captured the undated post",
                "on a day that is not given",
                False,
                "",
                False,
            ),
        ),
    ],
)
def test_an_event_becomes_a_line(key: str, expected: Line) -> None:
    assert line(told(), key) == expected


def test_an_unknown_event_is_an_error() -> None:
    with pytest.raises(KeyError):
        line(told(), "nobody")


def test_lines_come_in_the_order_of_the_story_and_undated_ones_last() -> None:
    keys = ["undated", "disputed", "elsewhere", "voiced", "plain"]
    assert [one.key for one in lines(told(), keys)] == ["plain", "voiced", "disputed", "elsewhere", "undated"]


def test_lines_that_are_kept_stay_in_the_order_given() -> None:
    assert [one.key for one in kept(told(), ["undated", "gone", "plain"])] == ["undated", "plain"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("plain", Differing(date=False, place=False)),
        ("disputed", Differing(date=True, place=False)),
        ("elsewhere", Differing(date=False, place=True)),
    ],
)
def test_an_event_says_in_what_its_claims_differ(key: str, expected: Differing) -> None:
    assert differing(told(), key) == expected


def phase(key: str, number: int, first: date, last: date) -> Phase:
    return Phase(key=key, number=number, name=f"{key.title()} phase", earliest=first, latest=last)


FIRST = phase("first", 1, date(2013, 11, 15), date(2013, 12, 15))
SECOND = phase("second", 2, date(2014, 2, 10), date(2014, 3, 16))


def days(**texts: str) -> Chronicle:
    return chronicle(*(event(key, text) for key, text in texts.items()))


def test_events_stand_in_phases_and_in_the_times_before_between_and_after() -> None:
    story = days(
        a="2013-11-14",
        b="2013-11-15",
        c="2013-12-15",
        d="2013-12-16",
        e="2014-02-09",
        f="2014-02-10",
        g="2014-03-16",
        h="2014-03-17",
        i="",
        j="[..2013-12-01]",
    )
    assert [
        (one.slug, one.title, one.phase, [told.key for told in one.lines]) for one in chapters(story, [FIRST, SECOND])
    ] == [
        ("before-first", "Before the first phase", None, ["a"]),
        ("first", "First phase", FIRST, ["b", "j", "c"]),
        ("before-second", "Between the first phase and the second phase", None, ["d", "e"]),
        ("second", "Second phase", SECOND, ["f", "g"]),
        ("after", "After the second phase", None, ["h"]),
        ("undated", "Without a date", None, ["i"]),
    ]


def test_empty_chapters_are_left_out() -> None:
    assert [one.slug for one in chapters(days(a="2013-11-20"), [FIRST, SECOND])] == ["first"]


def test_a_story_without_phases_is_one_chapter() -> None:
    assert [(one.slug, one.title) for one in chapters(days(a="2013-11-20"), [])] == [("after", "The story")]


# --- Documents ----------------------------------------------------------------------------------


def cite(source: Source, section: str, *places: tuple[int, int], day: str = "", event: Event | None = None) -> Any:
    """A claim that rests on these sentences of a section."""
    passages = [
        make.PassageFactory(source=source, section=section, paragraph=paragraph, sentence=sentence)
        for paragraph, sentence in places
    ] or [make.PassageFactory(source=source, infobox=True)]
    return make.ClaimFactory(source=source, passages=passages, date=day, event=event or make.EventFactory())


@pytest.mark.django_db
def test_a_document_is_told_section_by_section_in_the_order_of_its_sentences() -> None:
    source = make.SourceFactory()
    late = cite(source, "Yabroud", (1, 1), day="2014-03-01")
    second = cite(source, "Qara", (1, 10), day="2013-11-20")
    first = cite(source, "Qara", (2, 1), (1, 2), day="2013-11-19")
    box = cite(source, "infobox", day="2014-04-01")
    cite(make.SourceFactory(), "Qara", (1, 1))
    cite(source, "Gone", (1, 1), event=make.EventFactory(retired=True))
    shown = [(one.title, [(p.locator, c) for p, c in one.claims]) for one in sections(source)]
    assert shown == [
        ("infobox", [("infobox", box)]),
        ("Qara", [("“Qara”, ¶ 1, sentence 2", first), ("“Qara”, ¶ 1, sentence 10", second)]),
        ("Yabroud", [("“Yabroud”, ¶ 1, sentence 1", late)]),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_telling_a_document_costs_one_query_however_long_it_is(count: int, django_assert_num_queries: Any) -> None:
    source = make.SourceFactory()
    for n in range(count):
        cite(source, "Qara", (1, n + 1))
    with django_assert_num_queries(1):
        (section,) = sections(source)
        assert len([(p.source, c.event, c.voice) for p, c in section.claims]) == count
