"""Progress: shares by phase and facet, 'too few' below five answers, past sittings; in few queries."""

from datetime import timedelta
from typing import Any

import pytest

from quiz.models import Phase, User
from quiz.questions.question import Facet
from quiz.study.progress import SITTINGS_SHOWN, Share, by_facet, by_phase, sittings
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    return make.UserFactory()


def answers(user: User, *shares: float, phase: Phase | None = None, facet: Facet = Facet.DATE) -> None:
    """Answers of somebody, each about an event of its own."""
    for credit in shares:
        event = make.EventFactory(phase=phase)
        make.AttemptFactory(asked__sitting__user=user, asked__event=event, credit=credit, facet=facet.value)


def test_the_accuracy_of_a_facet_is_the_mean_of_its_credits(learner: User) -> None:
    answers(learner, 1, 1, 0, 0.5, 0, facet=Facet.PLACE)
    answers(learner, 1, 1, 1, 1, facet=Facet.SEQUENCE)
    answers(make.UserFactory(), 1, 1, 1, 1, 1, 1)
    assert by_facet(learner) == [
        Share("Dates", 0, None),
        Share("Places", 5, pytest.approx(0.5)),
        Share("Sequence", 4, None),
        Share("Sources", 0, None),
    ]


def test_phases_come_in_their_order_and_what_has_none_last(learner: User) -> None:
    second = make.PhaseFactory(number=2, name="Second phase")
    first = make.PhaseFactory(number=1, name="First phase")
    answers(learner, 1, 1, 1, 1, 0, phase=first)
    answers(learner, 1, 0, phase=second)
    answers(learner, 0, 0, 0, 0, 0)
    answers(make.UserFactory(), 1, 1, 1, phase=second)
    assert by_phase(learner) == [
        Share("First phase", 5, pytest.approx(0.8)),
        Share("Second phase", 2, None),
        Share("Before, between and after the phases", 5, 0.0),
    ]


def test_nothing_answered_gives_no_share(learner: User) -> None:
    make.PhaseFactory(name="First phase")
    assert by_phase(learner) == [
        Share("First phase", 0, None),
        Share("Before, between and after the phases", 0, None),
    ]
    assert [share.accuracy for share in by_facet(learner)] == [None, None, None, None]
    assert list(sittings(learner)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_progress_costs_the_same_however_much_was_answered(
    learner: User, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        answers(learner, 1, phase=make.PhaseFactory())
    with django_assert_num_queries(2):
        by_phase(learner)
    with django_assert_num_queries(1):
        by_facet(learner)
    with django_assert_num_queries(1):
        assert len([sitting.phase for sitting in sittings(learner)]) == count


def test_sittings_come_with_their_results_the_newest_first(learner: User) -> None:
    old = make.SittingFactory(user=learner, started_at=make.NOW - timedelta(days=1))
    new = make.SittingFactory(user=learner)
    make.SittingFactory()
    for credit in (1.0, 0.25):
        make.AskedQuestionFactory(sitting=old, answered_at=make.NOW, answer={}, credit=credit)
    make.AskedQuestionFactory(sitting=old)
    assert [(one, one.answered, one.score) for one in sittings(learner)] == [(new, 0, 0.0), (old, 2, 1.25)]


def test_only_the_latest_sittings_are_listed(learner: User) -> None:
    made = [
        make.SittingFactory(user=learner, started_at=make.NOW + timedelta(hours=n)) for n in range(SITTINGS_SHOWN + 2)
    ]
    assert list(sittings(learner)) == made[:1:-1]
