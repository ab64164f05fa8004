"""What is shown after an answer: right or wrong, the key, why, and what each choice really was."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quiz.chronology import day_in_words
from quiz.models import AskedQuestion
from quiz.questions.marking import Answer, Marked, longest_run, mark
from quiz.questions.question import Option, Question, Shape
from quiz.study.sittings import stored_answer


class Verdict(StrEnum):
    """How an answer came out."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Row:
    """One option after the answer. `given` and `rank` are places in an order, from 1; 0 where there is none."""

    option: Option
    chosen: bool
    right: bool
    given: int = 0
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that a feedback page says of one answered question."""

    question: Question
    marked: Marked
    verdict: Verdict
    given: str
    rows: tuple[Row, ...]

    @property
    def percent(self) -> int:
        """The credit in per cent, rounded."""
        return round(self.marked.credit * 100)


def feedback(asked: AskedQuestion) -> Feedback:
    """The feedback on an answered question; raises ValueError for one that is not answered."""
    question, answer = asked.question, stored_answer(asked)
    marked = mark(question, answer)
    rows = _order_rows(question, answer) if question.shape is Shape.ORDER else _choice_rows(question, answer)
    return Feedback(question, marked, _verdict(marked, answer), _given(question, answer), rows)


def _verdict(marked: Marked, answer: Answer) -> Verdict:
    if answer.unknown:
        return Verdict.UNKNOWN
    if marked.right:
        return Verdict.RIGHT
    # What rounds to nothing is not called partly right.
    return Verdict.PARTLY if round(marked.credit * 100) else Verdict.WRONG


def _given(question: Question, answer: Answer) -> str:
    """The answer in words; blank for an order, which its rows show."""
    if answer.choice is not None:
        return question.options[answer.choice].text
    return day_in_words(answer.day) if isinstance(answer.day, date) else ""


def _choice_rows(question: Question, answer: Answer) -> tuple[Row, ...]:
    return tuple(
        Row(option, chosen=n == answer.choice, right=n in question.key) for n, option in enumerate(question.options)
    )


def _order_rows(question: Question, answer: Answer) -> tuple[Row, ...]:
    """The events in their right order, each with the place it was given; `right` marks the longest run in order."""
    run = set(longest_run(answer.order, question.key)) if answer.order else set()
    given = {item: place for place, item in enumerate(answer.order, 1)}
    return tuple(
        Row(question.options[item], chosen=item in given, right=item in run, given=given.get(item, 0), rank=rank)
        for rank, item in enumerate(question.key, 1)
    )
