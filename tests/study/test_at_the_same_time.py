"""Several answers at the same moment: each question counts once, and no answer is lost to a lock."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from quiz.models import AskedQuestion, Attempt
from quiz.questions.marking import Answer
from quiz.study import sittings
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 8
T = TypeVar("T")


def together(verb: Callable[[int], T]) -> list[T]:
    """Let all writers start at once, each with a connection of its own."""
    gate = Barrier(WRITERS)

    def run(number: int) -> T:
        gate.wait()
        try:
            return verb(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def test_one_question_answered_by_many_tabs_counts_once() -> None:
    asked = make.AskedQuestionFactory()
    outcomes = together(lambda n: sittings.answer(asked.pk, Answer(choice=n % 2), now=make.NOW))
    assert sorted(outcome.repeated for outcome in outcomes) == [False] + [True] * (WRITERS - 1)
    stored = AskedQuestion.objects.get(pk=asked.pk)
    assert {outcome.marked.credit for outcome in outcomes} == {stored.credit}
    assert Attempt.objects.count() == 1


def test_many_learners_answering_at_once_are_all_kept() -> None:
    asked = [make.AskedQuestionFactory() for _ in range(WRITERS)]
    together(lambda n: sittings.answer(asked[n].pk, Answer(choice=0), now=make.NOW))
    assert AskedQuestion.objects.filter(credit=1.0).count() == WRITERS
    assert Attempt.objects.count() == WRITERS
