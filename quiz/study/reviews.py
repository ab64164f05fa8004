"""Reviews: what learners do with their cards. Each verb is one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from quiz.models import Card, Deed, Review, Sitting, User
from quiz.models.cards import ReviewQuerySet
from quiz.questions.chronicle import Chronicle
from quiz.scheduling import Memory, Rating, preview, study_day
from quiz.study import memory
from quiz.study.today import queue, to_take_up

KEPT = 20
"""So many of the latest things done with cards can be undone."""
LONGEST_MS = 10 * 60 * 1000
"""Who looks longer at a card was away: the time is kept as this."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A card as it was shown: after how many ratings, by which kind of question, and how long (ms; None: unknown)."""

    reviews: int
    kind: str = ""
    milliseconds: int | None = None


class AlreadyRated(ValueError):
    """The card was rated since it was shown: nothing is written."""


@transaction.atomic
def begin(user: User, story: Chronicle, *, now: datetime) -> int:
    """Take up today's new cards, and give their number; doing it again takes up none beyond the cap."""
    learner = memory.locked(user.pk)
    facts = to_take_up(learner, story, queue(learner, story, now))
    add(learner, facts, now=now)
    return len(facts)


def add(learner: User, facts: Iterable[tuple[str, str]], *, now: datetime) -> int:
    """Take up facts, by event and facet, as cards due today, and give their number.

    Within the transaction that holds the learner's lock.
    """
    cards = memory.cards(learner, list(dict.fromkeys(facts)), now)
    memory.remember(learner, [Review(card=card, what=Deed.ADDED) for card in cards.values()], now=now)
    return len(cards)


@transaction.atomic
def add_misses(user: User, sitting: Sitting, *, now: datetime) -> int:
    """Put the facts that a sitting's answers missed among today's cards; gives how many there are."""
    learner = memory.locked(user.pk)
    return add(learner, misses(sitting), now=now)


@dataclass(frozen=True, slots=True)
class Missed:
    """How much a sitting's answers missed, in whole or in part: questions, and facts of which they tell.

    `today` says that all these facts are among the cards of a study day, `tomorrow` that the others come the day after.
    """

    questions: int
    facts: int
    today: bool
    tomorrow: bool


def missed(sitting: Sitting, day: date) -> Missed:
    """What a sitting's answers missed, and whether it comes on that study day: one statement."""
    rows = _missed(sitting).values_list("asked__number", "card", "card__due", "card__suspended", "card__buried_until")
    found = list(rows)
    first = [max(due, buried or due) if not suspended else date.max for *_, due, suspended, buried in found]
    latest = max(first, default=day)
    questions, facts = {number for number, *_ in found}, {card for _, card, *_ in found}
    return Missed(len(questions), len(facts), latest <= day, latest == day + timedelta(days=1))


def misses(sitting: Sitting) -> list[tuple[str, str]]:
    """The facts, by event and facet, that a sitting's answers missed in whole or in part, in the order asked."""
    rows = _missed(sitting).order_by("asked__number", "id").values_list("card__event__key", "card__facet")
    return list(dict.fromkeys(rows))


def _missed(sitting: Sitting) -> ReviewQuerySet:
    return Review.objects.filter(asked__sitting=sitting, credit__lt=1, card__event__retired=False)


@transaction.atomic
def rate(user: User, card_id: int, rating: Rating, shown: Shown, *, now: datetime) -> Card:
    """Rate a card as it was shown, and give it as it is now.

    Raises AlreadyRated where it was rated since, Card.DoesNotExist where it is not this learner's.
    """
    learner = memory.locked(user.pk)
    card = _card(learner, card_id)
    if card.reviews != shown.reviews:
        raise AlreadyRated(f"card {card_id} has {card.reviews} reviews, not {shown.reviews}")
    spent = None if shown.milliseconds is None else min(max(shown.milliseconds, 0), LONGEST_MS)
    entry = Review(card=card, rating=rating, kind=shown.kind, milliseconds=spent)
    memory.remember(learner, [entry], now=now)
    return card


@transaction.atomic
def set_aside(user: User, card_id: int, what: Deed, *, now: datetime) -> Card:
    """Suspend a card, bury it until tomorrow, or take it back; raises Card.DoesNotExist for others' cards."""
    learner = memory.locked(user.pk)
    card = _card(learner, card_id)
    memory.remember(learner, [Review(card=card, what=what)], now=now)
    return card


@transaction.atomic
def undo(user: User, *, now: datetime) -> Card | None:
    """Take back the latest thing done with a card that still stands, and give the card; None if there is none.

    Only the last KEPT things can be undone, one after the other.
    """
    learner = memory.locked(user.pk)
    entry = last_done(learner)
    if entry is None:
        return None
    memory.undone(entry, now)
    return entry.card


def last_done(user: User) -> Review | None:
    """What `undo` would take back."""
    latest = user.reviews.undoable().exclude(what=Deed.ADDED).select_related("card__event")[:KEPT]
    return next((entry for entry in latest if entry.undone_at is None), None)


def previewed(user: User, card: Card, now: datetime) -> dict[Rating, Memory]:
    """What each rating would make of a card now: exactly what `rate` does. One statement, none for a loaded event."""
    day = study_day(now, user.zone)
    return preview(card.memory, day, retention=user.desired_retention, seed=memory.seed(card))


def _card(learner: User, card_id: int) -> Card:
    return learner.cards.select_related("event").get(pk=card_id)
