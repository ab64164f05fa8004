"""Feedback: the verdict, what was given, and a row for each option that says what it was."""

from datetime import timedelta
from typing import Any

import pytest

from quiz.models import AskedQuestion
from quiz.questions.marking import Answer
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.study.feedback import Feedback, Row, Verdict, feedback
from quiz.study.sittings import answer
from tests import factories as make

pytestmark = pytest.mark.django_db


def asked(**changes: Any) -> AskedQuestion:
    event = make.EventFactory(key="e")
    question: Question = make.question(event.key, **changes)
    return make.AskedQuestionFactory(event=event, content=question.as_dict(), facet=question.facet.value)


def after(one: AskedQuestion, given: Answer) -> Feedback:
    answer(one.pk, given, now=make.NOW)
    one.refresh_from_db()
    return feedback(one)


DAY = {"shape": Shape.DAY, "options": (), "key": (), "days": ("2014-01-14", "2014-01-15"), "half_life": 3.0}
ITEMS = tuple(Option(key, event=key) for key in "wxyz")
ORDER = {
    "shape": Shape.ORDER,
    "facet": Facet.SEQUENCE,
    "options": ITEMS,
    "key": (2, 0, 3, 1),
    "events": ("x", "y", "w", "z"),
}


@pytest.mark.parametrize(
    ("given", "verdict", "text", "percent"),
    [
        (Answer(choice=0), Verdict.RIGHT, "19 November 2013", 100),
        (Answer(choice=1), Verdict.WRONG, "23 November 2013", 0),
        (Answer(), Verdict.UNKNOWN, "", 0),
    ],
)
def test_a_choice_comes_out_right_wrong_or_unknown(given: Answer, verdict: Verdict, text: str, percent: int) -> None:
    told = after(asked(), given)
    assert (told.verdict, told.given, told.percent) == (verdict, text, percent)
    options = told.question.options
    assert told.rows == (
        Row(options[0], chosen=given.choice == 0, right=True),
        Row(options[1], chosen=given.choice == 1, right=False),
    )


@pytest.mark.parametrize(
    ("days", "verdict", "percent"),
    [(0, Verdict.RIGHT, 100), (1, Verdict.RIGHT, 100), (4, Verdict.PARTLY, 50), (99, Verdict.WRONG, 0)],
)
def test_a_day_comes_out_right_partly_or_wrong(days: int, verdict: Verdict, percent: int) -> None:
    one = asked(**DAY)
    first = one.question.accepted[0]
    told = after(one, Answer(day=first + timedelta(days=days)))
    assert (told.verdict, told.percent, told.rows) == (verdict, percent, ())
    assert told.marked.days_off == max(days - 1, 0)


def test_a_day_is_told_in_words() -> None:
    one = asked(**DAY)
    assert after(one, Answer(day=one.question.accepted[0])).given == "14 January 2014"


def test_an_order_shows_the_right_order_the_places_given_and_the_longest_run() -> None:
    told = after(asked(**ORDER), Answer(order=(0, 2, 3, 1)))
    assert (told.verdict, told.given, told.percent) == (Verdict.PARTLY, "", 67)
    rows = [(row.option.event, row.chosen, row.given, row.rank) for row in told.rows]
    assert rows == [("y", True, 2, 1), ("w", True, 1, 2), ("z", True, 3, 3), ("x", True, 4, 4)]
    assert sum(row.right for row in told.rows) == 3


def test_a_reversed_order_is_wrong_and_a_right_one_right() -> None:
    assert after(asked(**ORDER), Answer(order=(1, 3, 0, 2))).verdict == Verdict.WRONG


def test_a_right_order_is_one_run() -> None:
    told = after(asked(**ORDER), Answer(order=(2, 0, 3, 1)))
    assert (told.verdict, [row.right for row in told.rows]) == (Verdict.RIGHT, [True] * 4)


def test_an_order_that_was_not_known_shows_no_places() -> None:
    told = after(asked(**ORDER), Answer())
    assert told.verdict == Verdict.UNKNOWN
    assert [(row.option.event, row.chosen, row.right, row.given, row.rank) for row in told.rows] == [
        ("y", False, False, 0, 1),
        ("w", False, False, 0, 2),
        ("z", False, False, 0, 3),
        ("x", False, False, 0, 4),
    ]


def test_there_is_no_feedback_before_the_answer() -> None:
    with pytest.raises(ValueError, match="is not answered"):
        feedback(asked())
