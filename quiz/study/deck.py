"""Faces of cards: the question that a fact is asked by on its card, and the facts of the story in their order.

And the deck of a learner: all cards, in piles.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from weakref import WeakKeyDictionary

from django.db.models import Q

from quiz.models import Card, User
from quiz.models.cards import LEECH_LAPSES, CardQuerySet
from quiz.questions.chronicle import Chronicle
from quiz.questions.making import make
from quiz.questions.question import Facet, Question
from quiz.scheduling import retrievability
from quiz.study.telling import Line, line, when

FACES: dict[Facet, tuple[str, ...]] = {
    Facet.DATE: ("enter-date", "choose-date", "choose-phase"),
    Facet.PLACE: ("type-place", "choose-place", "find-place", "happened-here"),
    Facet.SEQUENCE: ("next", "first", "settled"),
    Facet.SOURCE: ("source-date", "who-reports"),
}
"""The kinds of question that a card asks by, the first that can ask its fact: free recall before choices."""
TAUGHT = (Facet.DATE, Facet.PLACE, Facet.SEQUENCE)
"""Facets that new cards are made of. What the documents say of it is remembered from quizzes, and reviewed."""
MOST_FACES = 2000
"""So many faces are kept in memory: a queue asks of each of its cards whether it has one, at every request."""
TRIES = 4
"""Some kinds can't ask a fact with every seed: so many are tried."""

_faces: WeakKeyDictionary[Chronicle, dict[tuple[str, str, int], Question | None]] = WeakKeyDictionary()


def face(story: Chronicle, event: str, facet: str, turn: int) -> Question | None:
    """The question on the card of a fact after so many ratings; None for a fact that can't be asked (any more).

    Pure: the same arguments give the same question, so that both sides of a card are of one question.
    """
    known = _faces.setdefault(story, {})
    if len(known) > MOST_FACES:
        known.clear()
    if (event, facet, turn) not in known:
        known[event, facet, turn] = _made(story, event, facet, turn)
    return known[event, facet, turn]


def _made(story: Chronicle, event: str, facet: str, turn: int) -> Question | None:
    if event not in story.events:
        return None
    for kind in FACES[Facet(facet)]:
        for n in range(TRIES):
            made = make(story, kind, event, turn * TRIES + n)
            if isinstance(made, Question):
                return made
    return None


@lru_cache(2)
def in_story_order(story: Chronicle) -> tuple[str, ...]:
    """The keys of all dated events in the order of the story; those whose day nobody gives come last."""
    return tuple(sorted(story.events, key=lambda key: when(story, key)))


# --- The deck of a learner ------------------------------------------------------------------------


class Pile(StrEnum):
    """Cards of one sort. A leech lies in its pile beside whichever other it belongs to."""

    ALL = ""
    DUE = "due"
    LEARNING = "learning"
    ASIDE = "aside"
    LEECHES = "leeches"


class Sorting(StrEnum):
    """How a deck is sorted."""

    STORY = ""
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Held:
    """A card in the deck: what it tells of, None once that was taken out of the chronicle.

    `recall` is the chance, 0 to 1, that it is remembered today, None before the first rating; `days` until it is due,
    0 or less where it is.
    """

    card: Card
    line: Line | None
    recall: float | None
    days: int
    buried: bool


def is_ready(card: Card, day: date) -> bool:
    """Whether a card, with its event, can be rated on a study day: due, and neither suspended, buried nor retired."""
    buried = card.buried_until is not None and card.buried_until > day
    return card.due <= day and not (card.suspended or buried or card.event.retired)


def pile(user: User, name: Pile, day: date) -> CardQuerySet:
    """The learner's cards of a pile on a study day: due are also new ones that were taken up."""
    match name:
        case Pile.DUE:
            return user.cards.shown(day).filter(due__lte=day)
        case Pile.LEARNING:
            return user.cards.shown(day).filter(due__gt=day)
        case Pile.ASIDE:
            return user.cards.filter(Q(suspended=True) | Q(buried_until__gt=day))
        case Pile.LEECHES:
            return user.cards.filter(lapses__gte=LEECH_LAPSES)
        case _all:
            return user.cards.all()


def in_order(story: Chronicle, cards: CardQuerySet, sorting: Sorting) -> list[int]:
    """The ids of cards in the order of the story, or by due day: one statement."""
    rank = {key: n for n, key in enumerate(in_story_order(story))}
    facets = list(Facet)
    rows = [
        (due if sorting is Sorting.DUE else date.min, rank.get(key, len(rank)), facets.index(Facet(facet)), pk)
        for pk, key, facet, due in cards.values_list("pk", "event__key", "facet", "due")
    ]
    return [pk for *_, pk in sorted(rows)]


def held(story: Chronicle, ids: Sequence[int], day: date) -> list[Held]:
    """Cards by their ids, in this order, as they stand on a study day: one statement."""
    found = Card.objects.select_related("event").in_bulk(ids)
    return [hold(story, found[pk], day) for pk in ids if pk in found]


def hold(story: Chronicle, card: Card, day: date) -> Held:
    """A card, with its event, as it stands on a study day."""
    key = card.event.key
    return Held(
        card,
        line(story, key) if key in story.events else None,
        retrievability(card.memory, day) if card.memory else None,
        (card.due - day).days,
        buried=card.buried_until is not None and card.buried_until > day,
    )
