"""The chronicle told: lines in the order of the story, under their phases; documents section by section."""

from datetime import date
from typing import Any

import pytest

from quiz.models import Event, Phase, Source
from quiz.questions.chronicle import Chronicle
from quiz.study.telling import Differing, Line, chapters, differing, in_order, kept, line, lines, sections
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


def test_an_event_of_several_witnesses_is_told_under_all_of_them_and_copies_count_once() -> None:
    army, sohr = claim("2013-11-19", voice="army"), claim("2013-11-19", voice="sohr")
    story = chronicle(
        event("both", army, sohr, claim(voice="sohr", source="001")),
        event("copied", claim("2013-11-19"), claim("2013-11-19", "002"), kind="casualties"),
        event("own", claim("2013-11-19"), army),
    )
    assert [line(story, key).attributed for key in ("both", "copied", "own")] == [
        "According to ARMY and SOHR",
        "According to Document 000",
        "",
    ]


def test_what_is_told_and_not_asked_stands_on_the_word_of_its_teller_too() -> None:
    story = chronicle(
        event("strength", claim("2013-11-19", voice="sohr"), told_only=True),
        event("killed", "2013-11-19", kind="execution", told_only=True),
        event("plain", "2013-11-19", told_only=True),
    )
    leads = {key: line(story, key).attributed for key in story.events}
    assert leads == {"strength": "According to SOHR", "killed": "According to Document 000", "plain": ""}


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["2013-11-19"], "19 November 2013"),
        (["[2013-11-15..2013-11-16]"], "15 or 16 November 2013"),
        (["[2013-11-30..2013-12-01]"], "30 November or 1 December 2013"),
        (["[2013-12-31..2014-01-01]"], "31 December 2013 or 1 January 2014"),
        (["[2013-11-15..2013-11-17]"], "some time between 15 and 17 November 2013"),
        (["2013-11-15/2013-11-16"], "15–16 November 2013"),
        (["[..2013-11-16]"], "by 16 November 2013"),
        (["2013-11-20", "2013-11-22"], "20 November 2013 or 22 November 2013"),
        (["[2013-11-15..2013-11-16]", "2013-11-20"], "some time between 15 and 16 November 2013 or 20 November 2013"),
        (["[..2013-11-16]", "[2013-11-14..2013-11-15]"], "14 or 15 November 2013"),
        ([], "on a day that is not given"),
    ],
)
def test_dates_are_told_as_a_reader_would_say_them(dates: list[str], words: str) -> None:
    claims = [claim(date, f"00{n}") for n, date in enumerate(dates, 2)] or [claim()]
    assert line(chronicle(event("e", *claims)), "e").when == words


def test_an_event_stands_at_the_date_that_is_told_not_at_the_widest_that_is_claimed() -> None:
    story = chronicle(event("a", "[2013-11-11..2013-11-20]", claim("2013-11-15", "003")), event("b", "2013-11-14"))
    assert in_order(story, story.events) == ["b", "a"]


def test_a_bound_comes_before_the_day_and_wider_dates_after_it() -> None:
    story = days(
        span="2013-11-15/2013-11-17",
        between="[2013-11-15..2013-11-16]",
        a="2013-11-15",
        z="[..2013-11-15]",
        b="2013-11-15",
    )
    assert in_order(story, story.events) == ["z", "a", "b", "between", "span"]


def test_events_of_one_day_stand_in_the_order_that_a_document_states() -> None:
    events = [event(key, day) for key, day in {"a": "2013-11-15", "b": "2013-11-15", "c": "2013-11-15"}.items()]
    story = chronicle(*events, stated=[("c", "b"), ("b", "a")])
    assert in_order(story, story.events) == ["c", "b", "a"]


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
        ("undated", "Without a close date", None, ["i"]),
    ]


def test_a_chapter_says_its_days() -> None:
    story = days(a="2013-11-14", b="2013-11-15", c="2013-12-16", d="2014-03-17", e="", f="2014-02-11")
    assert [one.days for one in chapters(story, [FIRST, SECOND])] == [
        "until 14 November 2013",
        "15 November – 15 December 2013",
        "16 December 2013 – 9 February 2014",
        "10 February – 16 March 2014",
        "from 17 March 2014",
        "",
    ]


def test_what_may_have_happened_in_several_chapters_stands_in_none_unless_it_lasted() -> None:
    story = days(
        wide="[2013-11-01..2014-10-10]",
        lasting="2013-11-01/2014-10-10",
        within="[2014-03-20..2014-10-10]",
        short="[2013-11-10..2013-11-20]",
    )
    told = {one.slug: [told.key for told in one.lines] for one in chapters(story, [FIRST, SECOND])}
    assert told == {"before-first": ["lasting", "short"], "after": ["within"], "undated": ["wide"]}


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
    lead = cite(source, "lead", (1, 1), day="2014-04-02")
    cite(make.SourceFactory(), "Qara", (1, 1))
    cite(source, "Gone", (1, 1), event=make.EventFactory(retired=True))
    shown = [(one.title, [(p.locator, c) for p, c in one.claims]) for one in sections(source)]
    assert shown == [
        ("infobox", [("infobox", box)]),
        ("lead", [("“lead”, ¶ 1, sentence 1", lead)]),
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
