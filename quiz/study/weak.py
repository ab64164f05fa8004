"""Weak spots: which facts a learner is about to lose."""

from datetime import date, timedelta
from heapq import nsmallest

from quiz.models import Card, User
from quiz.scheduling import USUAL_RETENTION, retrievability
from quiz.study.sittings import MOST_ABOUT


def weakest(user: User, day: date, most: int = MOST_ABOUT) -> list[Card]:
    """The learner's weakest cards on a study day, with their events, the weakest first: one statement.

    Weak is what would be recalled tomorrow, if nothing were done for it, less surely than in nine cases of ten.
    The rank is that chance; ties go to what was forgotten more often, then to what earned less in quizzes. Tomorrow, as
    today everything that was rated today counts as known, also what was just forgotten.
    """
    cards = user.cards.known().filter(suspended=False, event__retired=False).select_related("event")
    tomorrow = day + timedelta(days=1)
    ranked = ((_chance(card, tomorrow), -card.lapses, _mean_credit(card), card.pk, card) for card in cards)
    weak = (rank for rank in ranked if rank[0] < USUAL_RETENTION)
    return [card for *_, card in nsmallest(most, weak)]


def _chance(card: Card, day: date) -> float:
    """How surely it is recalled on a day."""
    return retrievability(card.memory, day) if card.memory else 0.0


def _mean_credit(card: Card) -> float:
    """The mean credit of its answers in quizzes, 0 to 1; 1 where there are none, which speaks for no weakness."""
    answers = sum(count for count, _ in card.kinds.values())
    return sum(credit for _, credit in card.kinds.values()) / answers if answers else 1.0
