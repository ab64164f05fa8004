"""Events that a learner could take for one another: the same sort of act, of one side, at one place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from quiz.chronology import Interval, precedes
from quiz.questions.facts import EventFact

GAINING = frozenset({"advance", "capture", "entry", "recapture"})
"""Kinds by which a side comes to hold ground: a later step at the same place answers to an earlier one's clause."""

MARGIN_DAYS = 2
"""A wrong day lies at least so many days outside every claim's interval."""
UNDATED = 0
"""Stands for the month of what no claim dates."""


def outcome(event: EventFact) -> str:
    """What sort of act an event is; all gaining of ground is one sort."""
    return "gaining" if event.kind in GAINING else event.kind


def may_be_of_one_side(one: EventFact, other: EventFact) -> bool:
    """Whether two events have a side in common, or may have as nobody is named."""
    return bool(one.sides & other.sides or not one.sides or not other.sides)


class Likeness:
    """Events by place, sort of act and month, so that those like one are found without a walk over all of them."""

    def __init__(self, events: Mapping[str, EventFact]) -> None:
        """Index the events; one that no claim dates is like others at any time."""
        self._events = events
        lows = [i.earliest for event in events.values() for i in event.intervals if i.earliest]
        self._first = min(lows, default=date.min)
        self._last = max((i.latest for event in events.values() for i in event.intervals), default=date.min)
        self._dated: dict[tuple[str, str, int], list[str]] = defaultdict(list)
        for key, event in sorted(events.items()):
            months = {month for i in event.intervals for month in self._months(i)} or {UNDATED}
            for place in event.every_place:
                for month in months:
                    self._dated[place, outcome(event), month].append(key)

    def at_once(self, event: EventFact) -> list[EventFact]:
        """Similar events that may have been on the same day; what no claim dates may have been on any."""
        mine = event.intervals
        since = min((i.earliest or date.min for i in mine), default=date.min)
        until = max((i.latest for i in mine), default=self._last)
        others = self.similar(event, since, until)
        return [o for o in others if not mine or not o.intervals or overlap(o.intervals, mine)]

    def barred(self, event: EventFact, since: date, until: date) -> list[tuple[date, date]]:
        """Days that are no wrong answer: within MARGIN_DAYS of any claim on it or a twin, or a similar event's own.

        Similar ones are looked for in the months of these days only.
        """
        margin = timedelta(days=MARGIN_DAYS - 1)
        whole = sorted({event.key, *event.twins} & self._events.keys())
        mine = [i for key in whole for i in self._events[key].intervals]
        near = [i for other in self.similar(event, since, until) for i in other.intervals]
        return [((i.earliest or date.min + margin) - margin, i.latest + margin) for i in mine] + [
            (i.earliest or date.min, i.latest) for i in near
        ]

    def _months(self, interval: Interval) -> range:
        return _months(interval.earliest or min(self._first, interval.latest), interval.latest)

    def similar(self, event: EventFact, since: date, until: date) -> list[EventFact]:
        """Other events of its sort and side at one of its places, in these months by any claim, or dated by none."""
        sort, months = outcome(event), [UNDATED, *_months(max(since, self._first), until)]
        places = sorted(event.every_place)
        keys = {key for place in places for month in months for key in self._dated.get((place, sort, month), ())}
        others = (self._events[key] for key in sorted(keys - {event.key}))
        return [other for other in others if may_be_of_one_side(other, event)]


def _months(first: date, last: date) -> range:
    """Months counted from year 0."""
    return range(first.year * 12 + first.month, last.year * 12 + last.month + 1)


def overlap(ones: Iterable[Interval], others: Iterable[Interval]) -> bool:
    """Whether any two intervals share a day."""
    listed = list(others)
    return any(not precedes(a, b) and not precedes(b, a) for a in ones for b in listed)
