"""What a sitting about named facts asks: what is due, what is weak, what was missed."""

from datetime import datetime

from quiz.models import Card, Review, Sitting, User
from quiz.questions.chronicle import Chronicle
from quiz.questions.question import Facet
from quiz.scheduling import study_day
from quiz.study.drawing import Wanted
from quiz.study.today import queue
from quiz.study.weak import weakest


def due(user: User, story: Chronicle, now: datetime) -> list[Wanted]:
    """The facts of today's cards in their order, within the daily caps."""
    return [_fact(card) for card in queue(user, story, now).cards]


def weak(user: User, now: datetime) -> list[Wanted]:
    """The learner's weakest facts, the weakest first."""
    return [_fact(card) for card in weakest(user, study_day(now, user.zone))]


def missed(sitting: Sitting) -> list[Wanted]:
    """The facts that a sitting's answers missed in whole or in part, in the order asked, by the same kinds."""
    rows = Review.objects.filter(asked__sitting=sitting, credit__lt=1, card__event__retired=False)
    kinds: dict[tuple[str, str], list[str]] = {}
    for event, facet, kind in rows.order_by("asked__number", "id").values_list(
        "card__event__key", "card__facet", "kind"
    ):
        kinds.setdefault((event, facet), []).append(kind)
    return [Wanted(event, Facet(facet), tuple(dict.fromkeys(asked))) for (event, facet), asked in kinds.items()]


def _fact(card: Card) -> Wanted:
    return Wanted(card.event.key, Facet(card.facet))
