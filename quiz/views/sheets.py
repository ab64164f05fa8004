"""A quiz on paper: its questions as they were asked, and their answers as somebody reads them who gave none."""

from string import ascii_uppercase
from typing import Any

from quiz.models import AskedQuestion, Sitting, SittingMode
from quiz.questions.chronicle import Chronicle
from quiz.questions.marking import Answer
from quiz.questions.question import Shape
from quiz.study.feedback import told
from quiz.views import shapes


def can_be_printed(sitting: Sitting) -> bool:
    """Whether a sitting has a sheet: not before its end, which the key would give away.

    A timeline run has none, as each of its steps tells the answer to the one before.
    """
    return bool(sitting.finished_at) and sitting.mode != SittingMode.TIMELINE


def sheet(sitting: Sitting, story: Chronicle) -> list[dict[str, Any]]:
    """Each question with what its place on the sheet and in the key needs, in the order asked."""
    return [_row(asked, story) for asked in sitting.asked.all()]


def _row(asked: AskedQuestion, story: Chronicle) -> dict[str, Any]:
    question = asked.question
    row = {"asked": asked, "question": question, "feedback": told(question, Answer(), story)}
    if question.shape in {Shape.CHOICE, Shape.PIN}:
        row["letter"] = ascii_uppercase[question.key[0]]
    if question.shape is Shape.PIN:
        row |= {"map": shapes.chart(question.options), "spots": shapes.spots(question.options)}
    return row
