"""Hints: what each step says, what it takes away, and what is left."""

from calendar import month_name
from collections import Counter
from datetime import date, timedelta
from math import factorial
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.gazetteer import Gazetteer, Place
from quiz.questions.hints import MOST, Hint, hints, left
from quiz.questions.question import Facet, Option, Question, Shape
from tests.factories import question
from tests.questions.builders import place, towns

LETTERS = "ABCDEFGHIJ"
MONTHS = tuple(month_name)


def chosen(number: int, key: int = 0, shape: Shape = Shape.CHOICE) -> Question:
    """A question with so many answers; a line has one option less."""
    texts = LETTERS[: number - (shape is Shape.GAP)]
    return question(shape=shape, options=tuple(Option(text) for text in texts), key=(key,))


def order(*key: int) -> Question:
    """Events to be put in this order."""
    options = tuple(Option(f"event {LETTERS[n]}", event=f"e{n}") for n in range(len(key)))
    return question(shape=Shape.ORDER, facet=Facet.SEQUENCE, options=options, key=key)


def on_days(first: date, last: date | None = None) -> Question:
    days = (first.isoformat(), (last or first).isoformat())
    return question(shape=Shape.DAY, options=(), key=(), days=days, half_life=3.0)


def typed(key: str, name: str) -> Question:
    return question(shape=Shape.PLACE, facet=Facet.PLACE, options=(), key=(), key_text=name, places=(key,))


def texts(made: Question, seed: int = 1, gazetteer: Gazetteer | None = None) -> list[str]:
    return [hint.text for hint in hints(made, Random(seed), gazetteer)]


# --- One of several -----------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [Shape.CHOICE, Shape.PIN, Shape.GAP])
@pytest.mark.parametrize(
    ("answers", "steps"),
    [(2, []), (3, [1]), (4, [1, 1]), (6, [2, 1, 1]), (7, [3, 1, 1]), (10, [4, 2, 1, 1])],
)
def test_each_step_takes_half_of_the_wrong_answers_until_two_are_left(
    shape: Shape, answers: int, steps: list[int]
) -> None:
    for key in range(answers):
        made = chosen(answers, key, shape)
        found = hints(made, Random(key))
        gone = [n for hint in found for n in hint.gone]
        assert [len(hint.gone) for hint in found] == steps
        assert len(set(gone)) == len(gone) == max(0, answers - 2)
        assert key not in gone
        assert [left(made, n) for n in range(len(steps) + 1)] == [
            answers - sum(steps[:n]) for n in range(len(steps) + 1)
        ]


def test_every_wrong_answer_is_taken_first_as_often_as_any_other_whichever_is_right() -> None:
    for key in range(4):
        first = Counter(hints(chosen(4, key), Random(seed))[0].gone[0] for seed in range(3000))
        assert sorted(first) == [n for n in range(4) if n != key]
        assert min(first.values()) > 900


def test_the_same_chance_takes_the_same_answers() -> None:
    assert hints(chosen(10, 3), Random("x")) == hints(chosen(10, 3), Random("x"))
    assert len({hints(chosen(10, 3), Random(seed)) for seed in range(50)}) > 40


def test_an_answer_that_is_taken_away_is_said_to_be_none() -> None:
    assert {text for seed in range(20) for text in texts(chosen(3, 1), seed)} == {
        "“A” is not the answer.",
        "“C” is not the answer.",
    }
    assert texts(chosen(10, 9), 4)[1].endswith(" are not the answer.")
    assert texts(chosen(7, 6), 1)[0].count("“") == 3


def test_quotation_marks_within_an_answer_become_inner_ones() -> None:
    options = (Option("government forces captured “Qatar” hill"), Option("right"), Option("“Kuwait” hill"))
    made = question(options=options, key=(1,))
    assert {text for seed in range(20) for text in texts(made, seed)} == {
        "“government forces captured ‘Qatar’ hill” is not the answer.",
        "“‘Kuwait’ hill” is not the answer.",
    }


def test_a_gap_is_told_by_what_stands_beside_it() -> None:
    told = {
        hint.gone: hint.text
        for key in (0, 3)
        for n in range(20)
        for hint in hints(chosen(4, key, Shape.GAP), Random(n))
    }
    assert told == {
        (0,): "It does not belong before all of these.",
        (1,): "It does not belong right after “A”.",
        (2,): "It does not belong right after “B”.",
        (3,): "It does not belong after all of these.",
    }


# --- An order -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ((1, 0), []),
        ((2, 0, 1), ["The earliest of these events is “event C”."]),
        ((2, 0, 1, 3), ["The earliest of these events is “event C”.", "The latest of these events is “event D”."]),
        (
            (5, 4, 3, 2, 1, 0),
            ["The earliest of these events is “event F”.", "The latest of these events is “event A”."],
        ),
    ],
)
def test_of_an_order_both_ends_are_told_as_long_as_something_is_left_to_do(
    key: tuple[int, ...], told: list[str]
) -> None:
    made = order(*key)
    assert texts(made) == told
    assert [left(made, n) for n in range(len(told) + 1)] == [factorial(len(key) - n) for n in range(len(told) + 1)]


# --- A day --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "month", "after", "before"),
    [
        (date(2013, 11, 1), "November 2013", "31 October 2013", "11 November 2013"),
        (date(2013, 11, 10), "November 2013", "31 October 2013", "11 November 2013"),
        (date(2013, 11, 11), "November 2013", "10 November 2013", "21 November 2013"),
        (date(2013, 11, 20), "November 2013", "10 November 2013", "21 November 2013"),
        (date(2013, 11, 30), "November 2013", "20 November 2013", "1 December 2013"),
        (date(2014, 2, 28), "February 2014", "20 February 2014", "1 March 2014"),
        (date(2013, 12, 31), "December 2013", "20 December 2013", "1 January 2014"),
    ],
)
def test_a_day_lies_in_its_month_and_in_a_third_of_it(day: date, month: str, after: str, before: str) -> None:
    expected = [f"The day lies in {month}.", f"The day lies after {after} and before {before}."]
    assert [texts(on_days(day), seed) for seed in range(5)] == [expected] * 5
    assert left(on_days(day), 1) == 0


def stretch(text: str) -> tuple[date, date]:
    """The first and the last day that a text leaves."""
    words = text.removesuffix(".").split()
    edges = [date(int(words[n + 2]), MONTHS.index(words[n + 1]), int(words[n])) for n in (4, 9)]
    return edges[0] + timedelta(days=1), edges[1] - timedelta(days=1)


@given(st.dates(date(2013, 1, 1), date(2014, 12, 1)), st.integers(1, 2), st.integers(0, 999))
def test_of_several_right_days_all_lie_in_thirty_and_in_ten_days_of_these(first: date, more: int, seed: int) -> None:
    last = first + timedelta(days=more)
    (wide, end), (narrow, near) = map(stretch, texts(on_days(first, last), seed))
    assert ((end - wide).days, (near - narrow).days) == (29, 9)
    assert wide <= narrow <= first < last <= near <= end


def test_where_right_days_lie_in_their_ten_days_tells_nothing() -> None:
    first = date(2013, 11, 30)
    made = on_days(first, first + timedelta(days=1))
    places = Counter((first - stretch(texts(made, seed)[1])[0]).days for seed in range(4500))
    tens = Counter((stretch(texts(made, seed)[1])[0] - stretch(texts(made, seed)[0])[0]).days for seed in range(900))
    assert sorted(places) == list(range(9))
    assert min(places.values()) > 400
    assert sorted(tens) == [0, 10, 20]
    assert min(tens.values()) > 240


# --- A place ------------------------------------------------------------------------------------

SYRIA = place("syria", kind="country")
HILLS = place("hills", kind="region", parent="syria", name="Hill Country")


def told(name: str, *above: Place, **changes: Any) -> list[str]:
    """The hints on a place of this name in these places, the nearest first."""
    here = place("here", name=name, **{"parent": above[0].key if above else None, **changes})
    return texts(typed("here", name), gazetteer=Gazetteer([here, *above]))


@pytest.mark.parametrize(
    ("name", "one", "two"),
    [
        ("Yabroud", "name begins with “Y”.", "name begins with “Ya” and has 7 letters."),
        ("Rima", "name begins with “R”.", "name begins with “Ri” and has 4 letters."),
        ("Elm", "name begins with “E”.", "name begins with “E” and has 3 letters."),
        ("Deir Attiyeh", "name begins with “D”.", "name begins with “De” and has words of 4 and 7 letters."),
        (
            "An-Nabk",
            "name, without articles, begins with “N”.",
            "name, without articles, begins with “Na” and has 4 letters.",
        ),
        (
            "al-Jarajir",
            "name, without articles, begins with “J”.",
            "name, without articles, begins with “Ja” and has 7 letters.",
        ),
        (
            "Ras al-Ain",
            "name, without articles, begins with “R”.",
            "name, without articles, begins with “Ra” and has words of 3 and 3 letters.",
        ),
        (
            "the old quarter of Maaloula",
            "name, without articles, begins with “O”.",
            "name, without articles, begins with “Ol” and has words of 3, 7, 2 and 8 letters.",
        ),
        ("“Qatar” hill", "name begins with “Q”.", "name begins with “Qa” and has words of 5 and 4 letters."),
        ("Damascus–Homs road", "name begins with “D”.", "name begins with “Da” and has words of 8, 4 and 4 letters."),
        ("Anjar", "name begins with “A”.", "name begins with “An” and has 5 letters."),
        (
            "Al Qusayr",
            "name, without articles, begins with “Q”.",
            "name, without articles, begins with “Qu” and has 6 letters.",
        ),
    ],
)
def test_a_name_is_told_by_its_first_letters_and_its_length(name: str, one: str, two: str) -> None:
    assert told(name) == [f"Its usual {one}", f"Its usual {two}"]


def test_a_place_is_told_by_the_nearest_and_the_widest_that_it_lies_in() -> None:
    assert told("Qara", HILLS, SYRIA)[0] == "It lies in Hill Country, Syria. Its usual name begins with “Q”."
    assert told("Qara", SYRIA)[0] == "It lies in Syria. Its usual name begins with “Q”."


def test_what_bears_the_name_of_the_place_is_not_named() -> None:
    district = place("district", name="The Qara District", kind="district", parent="hills")
    assert told("Qara", district, HILLS, SYRIA)[0] == "It lies in Hill Country, Syria. Its usual name begins with “Q”."
    assert told("Qara", place("alone", name="Old Qara"))[0] == "Its usual name begins with “Q”."
    spelt = told("Deir Attiyeh", place("near", name="Around Dayr Atiyah"), spellings=("Dayr Atiyah",))
    assert spelt[0] == "Its usual name begins with “D”."


def test_a_place_that_is_not_known_any_more_is_told_by_the_name_it_had() -> None:
    expected = ["Its usual name begins with “Q”.", "Its usual name begins with “Qa” and has 4 letters."]
    assert texts(typed("here", "Qara")) == expected
    assert texts(typed("here", "Qara"), gazetteer=Gazetteer(towns("there"))) == expected


def test_no_question_has_more_hints_than_are_counted() -> None:
    assert len(hints(chosen(10), Random(1))) == MOST
    assert hints(chosen(3), Random(1))[0] in {
        Hint("“B” is not the answer.", (1,)),
        Hint("“C” is not the answer.", (2,)),
    }
