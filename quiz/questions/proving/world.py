"""The world as a judge knows it: events with their claims, places, stated orders, phases. Raw facts only."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from quiz.gazetteer import Place
from quiz.questions.facts import EventFact
from quiz.questions.proving.about import About
from quiz.questions.proving.days import Bounds, Days
from quiz.questions.proving.folding import plain

SLOT = "{place}"
GAINING = {"advance", "capture", "entry", "recapture"}
"""Kinds by which a side comes to hold ground: one clause may tell of any of them."""


class PhaseDays(Protocol):
    """A phase: its key, its name, its first and last day."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Stated:
    """An order that a document states in words; `source` is the document's key, blank if not known."""

    earlier: str
    later: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Agreements:
    """How the site says that the witnesses of an event's date and of its place stand to each other."""

    date: str
    place: str


@dataclass(frozen=True, slots=True)
class Site:
    """What the site itself works out, to be held against the judge's own reckoning.

    `agreements` by the key of the event; `read` gives the key of the place that a typed name is taken for, None
    where it is asked back.
    """

    agreements: Mapping[str, Agreements] | None = None
    read: Callable[[str], str | None] | None = None


NOTHING_KNOWN = Site()


class World:
    """What is claimed, indexed for judging. Raises KeyError for keys that it does not hold."""

    def __init__(
        self,
        events: Iterable[EventFact],
        places: Iterable[Place],
        stated: Iterable[Stated] = (),
        phases: Iterable[PhaseDays] = (),
        *,
        first_day: date,
        site: Site = NOTHING_KNOWN,
    ) -> None:
        """Take the raw facts.

        `first_day` is the first day of any claim or phase.
        """
        self.events: Mapping[str, EventFact] = {event.key: event for event in events}
        self.places: Mapping[str, Place] = {place.key: place for place in places}
        self.stated = tuple(stated)
        self.phases = tuple(sorted(phases, key=lambda phase: phase.first))
        self.first_day = first_day
        self.site = site
        self._texts: dict[str, str] = {}
        self._above: dict[str, set[str]] = {}
        self._alike: dict[str, list[EventFact]] = {}
        self._about: dict[str, About] = {}
        # Kept by those who judge dates, places and order, event by event.
        self.barred: dict[str, Days] = {}
        self.before: dict[tuple[str, str], bool] = {}
        self.elsewhere: dict[tuple[str, Days], set[str]] = {}
        self.told_by: dict[str, Bounds] = {}
        self.nearest: dict[tuple[date, date], int] = {}

    def about(self, key: str) -> About:
        """What is to be made of an event."""
        found = self._about.get(key)
        if found is None:
            found = self._about[key] = About(self.events[key])
        return found

    # Texts

    def text(self, event: EventFact) -> str:
        """The clause with the place in its slot."""
        found = self._texts.get(event.key)
        if found is None:
            name = self.places[event.slot].name if event.slot else ""
            found = plain(event.clause.replace(SLOT, name)).replace("the the ", "the ")
            self._texts[event.key] = found
        return found

    @cached_property
    def by_text(self) -> dict[str, list[str]]:
        """Keys of the events that each text tells of."""
        told: dict[str, list[str]] = defaultdict(list)
        for event in self.events.values():
            told[self.text(event)].append(event.key)
        return dict(told)

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Keys of places by their main name."""
        return {plain(place.name): place.key for place in self.places.values()}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Names of the documents as sentences give them, by key."""
        return {c.source: c.source_name for event in self.events.values() for c in event.claims}

    @cached_property
    def voices(self) -> dict[str, str]:
        """Names of those on whose word claims stand, by key."""
        return {c.voice: c.voice_name for event in self.events.values() for c in event.claims if c.voice}

    # Days and order

    @cached_property
    def days(self) -> dict[str, Days]:
        """Every day that any claim of an event allows."""
        return {key: self.about(key).days for key in self.events}

    @cached_property
    def dated_days(self) -> set[date]:
        """Every day that any claim of any event gives as a single day."""
        return {i.latest for event in self.events.values() for i in event.intervals if i.earliest == i.latest}

    @cached_property
    def settled_days(self) -> dict[str, Days]:
        """Events that may be told of a day without more ado, with the one day that all who vouch for them give."""
        quiet = (key for key, event in self.events.items() if not (event.sensitive or event.told_only or event.twins))
        return {key: self.about(key).common for key in quiet if len(self.about(key).common) == 1}

    @cached_property
    def followers(self) -> dict[str, set[str]]:
        """All events that come later by stated orders, step after step until nothing is added."""
        later: dict[str, set[str]] = defaultdict(set)
        for pair in self.stated:
            later[pair.earlier].add(pair.later)
        growing = True
        while growing:
            growing = False
            for found in later.values():
                more = set().union(*(later[b] for b in found if b in later)) - found
                growing = growing or bool(more)
                found.update(more)
        return dict(later)

    def whole(self, event: EventFact) -> list[EventFact]:
        """An event with those that are perhaps the same."""
        return [event, *(self.events[key] for key in sorted(event.twins) if key in self.events)]

    # Places

    def above(self, key: str) -> set[str]:
        """All that a place lies in."""
        found = self._above.get(key)
        if found is None:
            found = set()
            parent = self.places[key].parent
            while parent is not None and parent in self.places and parent not in found:
                found.add(parent)
                parent = self.places[parent].parent
            self._above[key] = found
        return found

    def overlaps(self, one: str, other: str) -> bool:
        """Whether two places are one, or one lies in the other."""
        return one == other or one in self.above(other) or other in self.above(one)

    @cached_property
    def readings(self) -> dict[str, str | None]:
        """How the site reads each spelling of each place."""
        read = self.site.read
        names = [name for place in self.places.values() for name in place.names]
        return {name: read(name) for name in names} if read else {}

    @cached_property
    def occurring(self) -> set[str]:
        """Places that any event or claim names, in any role."""
        return {place for event in self.events.values() for place in event.every_place}

    @cached_property
    def by_sort(self) -> dict[str, list[EventFact]]:
        """Events by what came of them (see `sort_of`), and by their clause without its place."""
        found: dict[str, list[EventFact]] = defaultdict(list)
        for event in self.events.values():
            for name in {sort_of(event.kind), plain(event.clause)}:
                found[name].append(event)
        return dict(found)

    def alike(self, event: EventFact) -> list[EventFact]:
        """Other events of which its clause, without place and date, could be true: one outcome and perhaps one side,
        or the same words.
        """
        found = self._alike.get(event.key)
        if found is None:
            same = self.by_sort[sort_of(event.kind)]
            near = {o.key: o for o in same if o.sides & event.sides or not o.sides or not event.sides}
            near |= {o.key: o for o in self.by_sort[plain(event.clause)]}
            found = [o for key, o in near.items() if key != event.key]
            self._alike[event.key] = found
        return found


def sort_of(kind: str) -> str:
    """What came of an event: ground gained, whatever it is called, or its kind."""
    return "gain" if kind in GAINING else kind
