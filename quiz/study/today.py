"""Today: which cards are due, which new ones come, and how a backlog is worked off. Days are study days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from types import MappingProxyType

from django.db import models

from quiz.models import Card, Review, StudyDay, User
from quiz.models.cards import LEECH_LAPSES
from quiz.questions.chronicle import Chronicle
from quiz.scheduling import day_begins, retrievability, study_day
from quiz.study.deck import TAUGHT, face, in_story_order

AWAY_DAYS = 7
"""After so many days without a rating a learner counts as coming back."""
PLANNED_DAYS = 14
"""A plan names so many days at most."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The cards of a study day in the order in which they come, within the daily caps.

    `reviews` are due, the best remembered first: so most is saved where not all can be reviewed. `new` come after
    them, and at last `again`, forgotten earlier the same day. `waiting` is how many are due beyond the cap.
    """

    day: date
    reviews: list[Card] = field(default_factory=list)
    new: list[Card] = field(default_factory=list)
    again: list[Card] = field(default_factory=list)
    waiting: int = 0

    @property
    def cards(self) -> list[Card]:
        """All of them, in order."""
        return [*self.reviews, *self.new, *self.again]


@dataclass(frozen=True, slots=True)
class Left:
    """How many cards the daily caps still allow."""

    reviews: int
    new: int


@dataclass(frozen=True, slots=True)
class Planned:
    """How many cards a day of a plan holds."""

    day: date
    cards: int


@dataclass(frozen=True, slots=True)
class Today:
    """What the page of the day says.

    `to_come` are the new cards that would be taken up now; `done` how many cards were rated today; `away` the days
    since the last rating or answer if that is a week or more, else 0; `plan` how a backlog is worked off, empty for
    none; `next_day` and `next_at` say when the next card comes where nothing is left today.
    """

    queue: Queue
    to_come: int
    done: int
    away: int
    plan: list[Planned]
    next_day: date | None
    next_at: datetime | None

    @property
    def count(self) -> int:
        """How many cards there are to do now."""
        return len(self.queue.cards) + self.to_come

    @property
    def new(self) -> int:
        """How many of them are new."""
        return len(self.queue.new) + self.to_come

    @property
    def to_review(self) -> int:
        """How many of them are not, those forgotten today among them."""
        return len(self.queue.reviews) + len(self.queue.again)


def queue(user: User, story: Chronicle, now: datetime) -> Queue:
    """The cards that are due now, within the daily caps: five statements at most.

    No two facts of one event on the same day: what was rated today, in a quiz as well, keeps its siblings away. Only
    what was forgotten today comes back whatever else did. What an open exam asked for waits until that is finished.
    """
    day = study_day(now, user.zone)
    left = _left(user, day)
    due = list(user.cards.due(day).outside_open_exams(user).select_related("event"))
    again = _longest_ago_first([card for card in due if card.day == day])
    earlier = sorted((card for card in due if card.day != day), key=lambda card: (-_kept(card, day), card.pk))
    # Who travels west has rated cards on a study day that begins again.
    seen = _Siblings(user.cards.filter(day__gte=day).values_list("event_id", flat=True))
    shown = [card for card in earlier if _has_face(story, card) and seen.first(card.event_id)]
    # While there is more to review than a day allows, nothing new is begun.
    room = left.new if len(shown) <= left.reviews else 0
    fresh = user.cards.new(day).select_related("event") if room else ()
    new = [card for card in fresh if _has_face(story, card) and seen.first(card.event_id)]
    return Queue(
        day=day,
        reviews=shown[: left.reviews],
        new=new[:room],
        again=[card for card in again if _has_face(story, card)],
        waiting=max(len(shown) - left.reviews, 0),
    )


def is_anything_due(user: User, now: datetime) -> bool:
    """Whether there is a card to review today that no sibling keeps away: one statement, whatever the caps say."""
    day = study_day(now, user.zone)
    met = user.cards.filter(day__gte=day).values("event")
    due = user.cards.due(day).outside_open_exams(user)
    return due.filter(models.Q(day=day) | ~models.Q(event__in=met)).exists()


def _left(user: User, day: date) -> Left:
    done = StudyDay.objects.filter(user=user, day=day).first() or StudyDay()
    return Left(max(user.reviews_per_day - done.seen, 0), max(user.new_per_day - done.new, 0))


def _kept(card: Card, day: date) -> float:
    """The retrievability of a card on a day; 0 for a new one."""
    return retrievability(card.memory, day) if card.memory else 0.0


def _longest_ago_first(cards: list[Card]) -> list[Card]:
    """Cards as they were last met, so that what was just missed does not come at once."""
    if len(cards) < 2:
        return cards
    by_id = {card.pk: card for card in cards}
    rows = Review.objects.filter(card__in=cards).values_list("card").annotate(latest=models.Max("at"))
    return [card for *_, card in sorted((at, pk, by_id[pk]) for pk, at in rows)]


def _has_face(story: Chronicle, card: Card) -> bool:
    return face(story, card.event.key, card.facet, card.reviews) is not None


class _Siblings:
    """The events of which a fact came today already."""

    def __init__(self, events: Iterable[int]) -> None:
        self._events = set(events)

    def first(self, event: int) -> bool:
        """Whether nothing of an event has come yet; from now on something has."""
        if event in self._events:
            return False
        self._events.add(event)
        return True


# --- New cards ----------------------------------------------------------------------------------


def to_take_up(user: User, story: Chronicle, ready: Queue) -> list[tuple[str, str]]:
    """The next facts of the story, by event and facet, that today's cap of new cards still allows.

    One fact of an event at a time, dates before places before sequence; none while there is a backlog, and none of
    which the learner has a card already.
    """
    room = _left(user, ready.day).new - len(ready.new)
    if room <= 0 or ready.waiting:
        return []
    held = set(user.cards.values_list("event__key", "facet"))
    today = models.Q(day__gte=ready.day) | models.Q(due__lte=ready.day)
    busy = set(user.cards.filter(today).values_list("event__key", flat=True))
    return list(islice(_untold(story, held, busy), room))


def _untold(story: Chronicle, held: set[tuple[str, str]], busy: set[str]) -> Iterator[tuple[str, str]]:
    for key in in_story_order(story):
        facets = () if key in busy else TAUGHT
        fresh = (facet for facet in facets if (key, facet.value) not in held)
        found = next((facet for facet in fresh if face(story, key, facet, 0)), None)
        if found:
            yield key, found.value


# --- The page of the day ------------------------------------------------------------------------


def today(user: User, story: Chronicle, now: datetime) -> Today:
    """What is to be done today, and when something will be if that is nothing."""
    ready = queue(user, story, now)
    to_come = len(to_take_up(user, story, ready))
    upcoming = None if ready.cards or to_come else _next_day(user, story, ready.day)
    return Today(
        queue=ready,
        to_come=to_come,
        done=done(user, ready.day),
        away=_away(user, ready.day),
        plan=_planned(user, ready) if ready.waiting else [],
        next_day=upcoming,
        next_at=day_begins(upcoming, user.zone) if upcoming else None,
    )


def done(user: User, day: date) -> int:
    """How many cards the learner rated on a day."""
    return StudyDay.objects.filter(user=user, day=day).values_list("ratings", flat=True).first() or 0


def leeches(user: User) -> list[Card]:
    """The cards that were set aside as they were forgotten so often, with their events."""
    aside = user.cards.outside_open_exams(user).filter(suspended=True, lapses__gte=LEECH_LAPSES, event__retired=False)
    return list(aside.select_related("event").order_by("id"))


def _next_day(user: User, story: Chronicle, day: date) -> date | None:
    """The next study day with something to do, after one with nothing left; None where there is no card at all."""
    tomorrow = day + timedelta(days=1)
    if user.new_per_day and any(_untold(story, set(user.cards.values_list("event__key", "facet")), set())):
        return tomorrow
    cards = user.cards.outside_open_exams(user).filter(suspended=False, event__retired=False)
    if not user.new_per_day:
        cards = cards.known()
    if not user.reviews_per_day:
        cards = cards.filter(stability=None)
    first = cards.order_by("due").values_list("due", flat=True).first()
    # What is due already was kept back: by the cap, by a sibling, or buried.
    return max(first, tomorrow) if first else None


def _away(user: User, day: date) -> int:
    """Days since the learner last rated or answered anything, if a week or more; else 0."""
    last = StudyDay.objects.filter(user=user).order_by("-day").values_list("day", flat=True).first()
    days = (day - last).days if last else 0
    return days if days >= AWAY_DAYS else 0


def _planned(user: User, ready: Queue) -> list[Planned]:
    """How a backlog is worked off: today what today's cap still allows, then so many a day."""
    soon = (ready.day + timedelta(days=1), ready.day + timedelta(days=PLANNED_DAYS))
    falling = user.cards.shown(ready.day).known().outside_open_exams(user).filter(due__range=soon)
    coming = dict(falling.values_list("due").annotate(cards=models.Count("id")))
    today = plan(len(ready.reviews), user.reviews_per_day, ready.day)
    rest = plan(ready.waiting + coming.get(soon[0], 0), user.reviews_per_day, soon[0], coming)
    return [*today, *rest][:PLANNED_DAYS]


def plan(cards: int, cap: int, day: date, coming: Mapping[date, int] = MappingProxyType({})) -> list[Planned]:
    """So many cards at so many a day from a day on, until none is left; PLANNED_DAYS days at most, none for a cap of 0.

    `coming` says how many more fall due on the days after; what is forgotten on the way is not foreseen.
    """
    found: list[Planned] = []
    while cap and cards > 0 and len(found) < PLANNED_DAYS:
        found.append(Planned(day, min(cap, cards)))
        day += timedelta(days=1)
        left = cards - cap
        cards = left + coming.get(day, 0) if left > 0 else 0
    return found
