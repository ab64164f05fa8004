"""Insert into the timeline: the gap is drawn first, and every two events are strictly ordered."""

from collections import Counter
from itertools import combinations

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.marking import Answer, mark
from quiz.questions.question import Facet, Mode, Question, Shape
from tests.questions.builders import chronicle, claim, event

SEEDS = range(120)


def ask(told: Chronicle, seed: int = 1, key: str = "d") -> Question:
    made = make(told, "insert", key, seed)
    assert isinstance(made, Question), made
    return made


def week(*days: str) -> Chronicle:
    """Events a, b, c … on these days."""
    return chronicle(*(event(chr(97 + n), day) for n, day in enumerate(days)))


SEVEN = week(*(f"2013-11-{day}" for day in range(11, 18)))


def test_a_line_of_three_is_shown_in_order_with_four_gaps() -> None:
    made = ask(SEVEN)
    line = [option.event for option in made.options]
    assert (made.kind, made.shape, made.facet, made.mode) == ("insert", Shape.GAP, Facet.SEQUENCE, Mode.PLAIN)
    assert made.stem == "Where in this line of events does this belong: government forces captured the d post?"
    assert (made.events, made.choices, line) == (("d", *line), 4, sorted(line))
    assert [option.note for option in made.options] == [SEVEN.story_line(key) for key in line]
    assert len(made.citations) == 4


@pytest.mark.parametrize("seed", SEEDS)
def test_the_event_belongs_before_the_first_that_came_later(seed: int) -> None:
    made = ask(SEVEN, seed)
    assert made.key == (sum(option.event < "d" for option in made.options),)


def test_each_gap_is_right_equally_often() -> None:
    gaps = Counter(ask(SEVEN, seed).key[0] for seed in range(400))
    assert sorted(gaps) == [0, 1, 2, 3]
    assert all(70 <= count <= 130 for count in gaps.values())


@pytest.mark.parametrize(
    ("gap", "text"),
    [
        (0, "Before all of these"),
        (1, "After this: government forces captured the {} post"),
        (3, "After all of these"),
    ],
)
def test_the_gap_is_told_in_words(gap: int, text: str) -> None:
    made = next(made for made in (ask(SEVEN, seed) for seed in SEEDS) if made.key == (gap,))
    assert made.key_text == text.format(made.options[gap - 1].event)
    assert mark(made, Answer(choice=gap)).right
    assert not mark(made, Answer(choice=2)).right


def test_the_explanation_gives_the_events_own_date_and_those_of_the_line() -> None:
    made = next(made for made in (ask(SEVEN, seed) for seed in SEEDS) if made.key == (0,))
    assert made.explanation == (
        "Government forces captured the d post (14 November 2013). The documents give these dates: "
        "14 November 2013, then 15 November 2013, then 16 November 2013, then 17 November 2013."
    )


@pytest.mark.parametrize(
    "days",
    [
        ["2013-11-12", "2013-11-13", "2013-11-13", "2013-11-14", "2013-11-15", "2013-11-16", "2013-11-17"],
        ["2013-11-11", "2013-11-12", "2013-11-13", "2013-11-14", "2013-11-15", "2013-11-16"],
    ],
)
def test_an_event_without_three_in_order_on_either_side_is_not_asked(days: list[str]) -> None:
    refusal = Refusal("too few events near it in time come definitely before it, or after it")
    assert make(week(*days), "insert", "d", 1) == refusal


def test_events_that_share_a_day_never_stand_in_one_line() -> None:
    days = ["2013-11-11", "2013-11-12", "2013-11-12", "2013-11-13", "2013-11-14"]
    told = week(*days, "2013-11-15", "2013-11-16", "2013-11-17")
    lines = [made.events[1:] for made in (ask(told, seed, "e") for seed in SEEDS)]
    assert {key for line in lines for key in line} == set("abcdfgh")
    assert not any({"b", "c"} <= set(line) for line in lines)


def test_a_gap_that_no_line_has_may_be_another_with_another_seed() -> None:
    """What came before d by stated order alone is in no order with what came after d by its dates."""
    told = chronicle(
        *(event(key, "[..2013-11-30]", agents=[key]) for key in "abc"),
        event("d", "2013-11-19"),
        *(event(key, f"2013-11-{20 + n}") for n, key in enumerate("efg")),
        stated=[("a", "b"), ("b", "c"), ("c", "d")],
    )
    made = [make(told, "insert", "d", seed) for seed in SEEDS]
    assert {one.key for one in made if isinstance(one, Question)} == {(0,), (3,)}
    assert {one for one in made if isinstance(one, Refusal)} == {
        Refusal("too few events near it in time stand in a strict order", by_chance=True)
    }


def test_an_attributed_event_is_asked_with_its_witness() -> None:
    sohr = event("d", claim("2013-11-14", voice="sohr"))
    made = ask(chronicle(*(one for one in SEVEN.events.values() if one.key != "d"), sohr))
    assert made.mode is Mode.ATTRIBUTED
    assert made.stem == (
        "Where in this line of events does this belong: according to SOHR, government forces captured the d post?"
    )


def test_a_stem_that_is_too_long_is_refused() -> None:
    long = event("d", "2013-11-14", clause="rebels " + "and rebels " * 20 + "met")
    told = chronicle(*(one for one in SEVEN.events.values() if one.key != "d"), long)
    assert make(told, "insert", "d", 1) == Refusal("its stem would be too long")
    assert list(KINDS["insert"].pairs(told, told.events["d"])) == []


def test_a_sensitive_event_makes_the_question_sensitive() -> None:
    held = [one for one in SEVEN.events.values() if one.key != "d"]
    assert ask(chronicle(*held, event("d", "2013-11-14", sensitive=True))).sensitive
    assert not ask(SEVEN).sensitive


def test_what_may_stand_in_no_order_is_refused_with_its_reason() -> None:
    told = chronicle(event("z", claim()), *SEVEN.events.values())
    assert make(told, "insert", "z", 1) == Refusal("no claim dates it")
    assert list(KINDS["insert"].pairs(told, told.events["z"])) == []


def test_the_pairs_are_the_event_with_all_two_that_may_stand_in_one_line() -> None:
    paired = [made.events for made in KINDS["insert"].pairs(SEVEN, SEVEN.events["d"])]
    assert sorted(paired) == [("d", *two) for two in combinations("abcefg", 2)]
    assert [made.key for made in KINDS["insert"].pairs(SEVEN, SEVEN.events["d"])].count((1,)) == 9


def test_events_in_no_order_with_each_other_are_no_pair() -> None:
    told = week("2013-11-11", "2013-11-12", "2013-11-12", "2013-11-13")
    assert sorted(made.events for made in KINDS["insert"].pairs(told, told.events["d"])) == [
        ("d", "a", "b"),
        ("d", "a", "c"),
    ]
