"""Weak spots: which facts a learner is about to lose."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from heapq import nsmallest

from quiz.models import Card, User
from quiz.scheduling import USUAL_RETENTION, Memory, retrievability
from quiz.study.sittings import MOST_ABOUT

_STATE = ("stability", "difficulty", "day", "due", "reviews", "lapses")


def weakest(user: User, day: date, most: int = MOST_ABOUT) -> list[Card]:
    """The learner's weakest cards on a study day, with their events, the weakest first: two statements.

    Weak is what would be recalled tomorrow, if nothing were done for it, less surely than in nine cases of ten.
    The rank is that chance; ties go to what was forgotten more often, then to what earned less in quizzes. Tomorrow, as
    today everything that was rated today counts as known, also what was just forgotten. What an open exam asked for
    is left out.
    """
    cards = user.cards.known().outside_open_exams(user).filter(suspended=False, event__retired=False)
    tomorrow = day + timedelta(days=1)
    ranked = (
        (retrievability(Memory(*state), tomorrow), -state[-1], _mean_credit(kinds), pk)
        for pk, kinds, *state in cards.values_list("pk", "kinds", *_STATE)
    )
    weak = nsmallest(most, (rank for rank in ranked if rank[0] < USUAL_RETENTION))
    found = cards.select_related("event").in_bulk([pk for *_, pk in weak])
    return [found[pk] for *_, pk in weak if pk in found]


def _mean_credit(kinds: Mapping[str, Sequence[float]]) -> float:
    """The mean credit of a card's answers in quizzes, 0 to 1; 1 where there are none, which speaks for no weakness."""
    answers = sum(count for count, _ in kinds.values())
    return sum(credit for _, credit in kinds.values()) / answers if answers else 1.0
