"""The best constant answer: the day that earns most, its mean credit, and what is left out."""

from datetime import date

import pytest

from quiz.questions.constant_answer import ConstantAnswer, best_constant, best_constants
from quiz.questions.making import make
from quiz.questions.question import Question
from tests.questions.builders import chronicle, event, frame


def questions(*texts: str, kind: str = "enter-date") -> list[Question]:
    told = chronicle(*(event(f"e{n}", text, at=f"town{n}") for n, text in enumerate(texts)), *frame())
    made = [make(told, kind, f"e{n}", 1) for n in range(len(texts))]
    return [one for one in made if isinstance(one, Question)]


def test_the_best_day_lies_where_most_is_asked() -> None:
    best = best_constant(questions("2014-01-10", "2014-01-10", "2014-01-13"))
    assert best == ConstantAnswer(date(2014, 1, 10), pytest.approx((1 + 1 + 0.5) / 3), 3)


def test_of_equal_days_the_earliest_is_named() -> None:
    assert best_constant(questions("2014-01-10/2014-01-12")) == ConstantAnswer(date(2014, 1, 10), 1.0, 1)


def test_any_accepted_day_earns_all() -> None:
    best = best_constant(questions("2014-01-10/2014-01-12", "2014-01-12"))
    assert best == ConstantAnswer(date(2014, 1, 12), 1.0, 2)


def test_a_day_far_from_all_others_earns_its_own_share_only() -> None:
    assert best_constant(questions("2014-01-10", "2014-06-10")) == ConstantAnswer(date(2014, 1, 10), 0.5, 2)


def test_only_typed_days_count() -> None:
    assert best_constant([]) is None
    assert best_constant(questions("2014-01-10", kind="choose-date")) is None


def test_each_phase_has_its_own() -> None:
    asked = questions("2014-01-10", "2014-06-10", "2014-06-10")
    best = best_constants(asked, {"e0": "first", "e1": "second", "e2": "second"}.__getitem__)
    assert best == {
        "first": ConstantAnswer(date(2014, 1, 10), 1.0, 1),
        "second": ConstantAnswer(date(2014, 6, 10), 1.0, 2),
    }
