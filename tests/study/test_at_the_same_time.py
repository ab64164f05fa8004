"""Several answers at the same moment: each question counts once, and no answer is lost to a lock."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from quiz.models import AskedQuestion, Card, Review, StudyDay, User
from quiz.questions.marking import Answer
from quiz.scheduling import Rating
from quiz.study import guests, memory, reviews, sittings
from quiz.study.reviews import AlreadyRated, Shown
from tests import factories as make
from tests.study.lives import replayed, state

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 8
T = TypeVar("T")


def together(verb: Callable[[int], T], writers: int = WRITERS) -> list[T]:
    """Let all writers start at once, each with a connection of its own."""
    gate = Barrier(writers)

    def run(number: int) -> T:
        gate.wait()
        try:
            return verb(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(writers) as pool:
        return list(pool.map(run, range(writers)))


def test_one_question_answered_by_many_tabs_counts_once() -> None:
    asked = make.AskedQuestionFactory()
    outcomes = together(lambda n: sittings.answer(asked.pk, Answer(choice=n % 2), now=make.NOW))
    assert sorted(outcome.repeated for outcome in outcomes) == [False] + [True] * (WRITERS - 1)
    stored = AskedQuestion.objects.get(pk=asked.pk)
    assert {outcome.marked.credit for outcome in outcomes} == {stored.credit}
    assert Review.objects.count() == 1


def test_many_learners_answering_at_once_are_all_kept() -> None:
    asked = [make.AskedQuestionFactory() for _ in range(WRITERS)]
    together(lambda n: sittings.answer(asked[n].pk, Answer(choice=0), now=make.NOW))
    assert AskedQuestion.objects.filter(credit=1.0).count() == WRITERS
    assert Review.objects.count() == WRITERS


def whole(user: User) -> None:
    """Each card of a learner is what its log gives, and all of its log is the learner's."""
    for card in user.cards.select_related("event"):
        assert state(replayed(card)) == state(card)
        assert {entry.user_id for entry in card.log.all()} == {user.pk}


def test_many_answers_of_one_learner_about_one_fact_are_all_remembered() -> None:
    user, event = make.UserFactory(), make.EventFactory()
    asked = [make.AskedQuestionFactory(sitting__user=user, event=event) for _ in range(WRITERS)]
    together(lambda n: sittings.answer(asked[n].pk, Answer(choice=n % 2), now=make.NOW, confidence=2))
    assert user.cards.get().reviews == WRITERS
    assert (user.study_days.get().answers, user.confidences.get().answers) == (WRITERS, WRITERS)
    whole(user)


def test_a_card_rated_in_many_tabs_is_rated_once() -> None:
    card = make.CardFactory()
    make.ReviewFactory(card=card)

    def rate(_number: int) -> bool:
        try:
            reviews.rate(card.user, card.pk, Rating.GOOD, Shown(1), now=make.NOW)
        except AlreadyRated:
            return False
        return True

    assert sorted(together(rate)) == [False] * (WRITERS - 1) + [True]
    assert (Review.objects.count(), StudyDay.objects.get().ratings) == (2, 1)


def test_undone_in_many_tabs_each_thing_is_taken_back_once() -> None:
    card = make.CardFactory(new=True)
    for n in range(3):
        reviews.rate(card.user, card.pk, Rating.GOOD, Shown(n), now=make.NOW)
    undone = together(lambda _: reviews.undo(card.user, now=make.NOW))
    assert [one for one in undone if one] == [card] * 3
    card.refresh_from_db()
    assert (card.reviews, Review.objects.standing().count(), StudyDay.objects.get().ratings) == (0, 0, 0)


@pytest.mark.parametrize("turn", range(10))
def test_an_answer_stored_while_its_guest_is_merged_counts_once_and_nothing_is_lost(turn: int) -> None:
    visitor, account = make.UserFactory(is_guest=True), make.UserFactory()
    events = [make.EventFactory() for _ in range(2)]
    asked = [make.AskedQuestionFactory(sitting__user=visitor, event=event) for event in events]
    own = make.AskedQuestionFactory(sitting__user=account, event=events[1])
    for user in (visitor, account):
        for event in events:
            make.ReviewFactory(card=make.CardFactory(user=user, event=event))
    verbs: list[Callable[[], object]] = [
        lambda: sittings.answer(asked[0].pk, Answer(choice=0), now=make.NOW, confidence=1),
        lambda: guests.merge(visitor, account),
        lambda: sittings.answer(own.pk, Answer(choice=1), now=make.NOW, confidence=2),
        lambda: sittings.answer(asked[1].pk, Answer(choice=0), now=make.NOW, confidence=3),
    ]
    turned = verbs[turn % 4 :] + verbs[: turn % 4]
    together(lambda n: turned[n](), len(verbs))
    assert list(User.objects.all()) == [account]
    assert {one.credit for one in AskedQuestion.objects.all()} == {0.0, 1.0}
    assert Review.objects.filter(user=account, asked__isnull=False).count() == 3
    assert [card.reviews for card in Card.objects.filter(user=account).order_by("event")] == [3, 4]
    assert account.study_days.get().answers == 3
    assert {row.level: row.answers for row in account.confidences.all()} == {1: 1, 2: 1, 3: 1}
    whole(account)


@pytest.mark.parametrize("turn", range(4))
def test_two_guests_of_one_account_are_merged_at_once(turn: int) -> None:
    account, event = make.UserFactory(), make.EventFactory()
    visitors = [make.UserFactory(is_guest=True) for _ in range(4)]
    for user in (account, *visitors[turn:]):
        make.ReviewFactory(card=make.CardFactory(user=user, event=event))
    moved = together(lambda n: guests.merge(visitors[n], account), len(visitors))
    assert sum(moved) == 4 - turn
    memory.rebuild(list(account.cards.select_related("event")))
    assert account.cards.get().reviews == 5 - turn
    whole(account)


def test_a_card_rated_while_its_guest_is_merged_is_rated_or_gone_but_never_half() -> None:
    for turn in range(4):
        visitor, account = make.UserFactory(is_guest=True), make.UserFactory()
        event = make.EventFactory()
        card = make.CardFactory(user=visitor, event=event)
        for one in (card, make.CardFactory(user=account, event=event)):
            make.ReviewFactory(card=one)

        def rate(visitor: User = visitor, card: Card = card) -> bool:
            try:
                reviews.rate(visitor, card.pk, Rating.GOOD, Shown(1), now=make.NOW)
            except User.DoesNotExist:
                return False
            return True

        def merge(visitor: User = visitor, account: User = account) -> bool:
            return guests.merge(visitor, account) > 0

        verbs = [rate, merge] if turn % 2 else [merge, rate]
        done = together(lambda n, verbs=verbs: verbs[n](), 2)
        assert account.cards.get().reviews == 2 + (done == [True, True])
        whole(account)
