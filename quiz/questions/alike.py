"""Events told alike: those of which another one's clause, without its place, could be true."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from quiz.chronology import Interval, precedes
from quiz.questions.facts import EventFact
from quiz.questions.place_kinds import kinds_told_alike

LONG_MONTHS = 6
"""A date over more months than this is taken for 'at any time': nothing is excluded by it."""
ANYWHERE = ""
"""Stands for all places at once."""


class AlikeEvents:
    """Events by place, kind, month and sides, so that those told alike are found without a walk over all.

    Two events are told alike if they are of a kind told alike and may be of a side in common; of the same time if
    any day is allowed by a claim of either, whoever claims it and however.
    """

    def __init__(self, events: Mapping[str, EventFact]) -> None:
        """Index the events."""
        self._events = events
        self._in_month: dict[tuple[str, str, int], list[str]] = defaultdict(list)
        self._any_time: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._sides: dict[tuple[str, str], Counter[frozenset[str]]] = defaultdict(Counter)
        self._seen: dict[tuple[str, frozenset[str]], dict[str, None]] = defaultdict(dict)
        self._of_kind: dict[str, set[frozenset[str]]] = defaultdict(set)
        for key, event in sorted(events.items()):
            self._of_kind[event.kind].add(event.sides)
            self._seen[event.kind, event.sides].update(dict.fromkeys(sorted(event.every_place)))
            for place in (ANYWHERE, *event.every_place):
                self._sides[place, event.kind][event.sides] += 1
                self._put(key, event, place)

    def _put(self, key: str, event: EventFact, place: str) -> None:
        months = _months(event.intervals)
        if months is None:
            self._any_time[place, event.kind].append(key)
        for month in months or ():
            self._in_month[place, event.kind, month].append(key)

    def at(self, place: str, event: EventFact, *, dated: bool) -> bool:
        """Whether another event told alike has a place, in any role; if `dated`, one of the same time."""
        months = _months(event.intervals) if dated else None
        if months is not None:
            return any(self._of_that_time(place, event, months))
        for kind in kinds_told_alike(event.kind):
            itself = kind == event.kind and place in event.every_place
            for sides, count in self._sides.get((place, kind), {}).items():
                if count > (itself and sides == event.sides) and _of_one_side(sides, event.sides):
                    return True
        return False

    def places(self, event: EventFact, *, dated: bool, limit: int) -> set[str]:
        """The places, in any role, of all events told alike, the event itself included; if `dated`, of the same time.

        Where there are more than `limit`, some of them.
        """
        months = _months(event.intervals) if dated else None
        found: set[str] = set()
        for places in self._by_event(event, months) if months is not None else self._by_side(event):
            found.update(places)
            if len(found) > limit:
                break
        return found

    def _by_event(self, event: EventFact, months: frozenset[int]) -> Iterator[frozenset[str]]:
        return (other.every_place for other in self._of_that_time(ANYWHERE, event, months))

    def _by_side(self, event: EventFact) -> Iterator[Mapping[str, None]]:
        for kind in sorted(kinds_told_alike(event.kind)):
            for sides in sorted(self._of_kind.get(kind, ()), key=sorted):
                if _of_one_side(sides, event.sides):
                    yield self._seen[kind, sides]

    def _of_that_time(self, place: str, event: EventFact, months: frozenset[int]) -> Iterator[EventFact]:
        for kind in kinds_told_alike(event.kind):
            keys = [*self._any_time.get((place, kind), ())]
            for month in months:
                keys += self._in_month.get((place, kind, month), ())
            for other in map(self._events.__getitem__, keys):
                if other.key != event.key and _of_one_side(other.sides, event.sides) and _same_time(other, event):
                    yield other


def _of_one_side(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether they have a side in common, or may have as nobody is named."""
    return bool(ones & others or not ones or not others)


def _same_time(one: EventFact, other: EventFact) -> bool:
    """Whether two events may have happened on one day, as far as any claim says."""
    if not one.intervals or not other.intervals:
        return True
    return any(not precedes(a, b) and not precedes(b, a) for a in one.intervals for b in other.intervals)


def _months(intervals: tuple[Interval, ...]) -> frozenset[int] | None:
    """The months that dates touch, each as one number; None for 'at any time'."""
    found: set[int] = set()
    for interval in intervals:
        if interval.earliest is None:
            return None
        first, last = _month(interval.earliest), _month(interval.latest)
        if last - first >= LONG_MONTHS:
            return None
        found.update(range(first, last + 1))
    return frozenset(found) or None


def _month(day: date) -> int:
    return day.year * 12 + day.month
