"""Clauses with a question in their slots, and which of them are then true of two events, at two places."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from quiz.gazetteer import fold
from quiz.questions.facts import EventFact

SLOT = "{place}"
_NOUN = r"town|village|city|hill|road|plain|valley|convent|hospital"
_SLOT_WITH_NOUN = re.compile(
    rf"(?:\b(?:the|an?) )?(?:(?:Lebanese |Syrian |border )*(?:{_NOUN}) of )?{re.escape(SLOT)}", re.IGNORECASE
)

_Told = tuple[date, date, str]
"""First and last day that a claim allows, and the place in the slot."""
_Latest = tuple[date, str]


def place_clause(event: EventFact, noun: str) -> str:
    """The clause with a question in its slot: 'government forces captured which town or village'.

    A noun before the slot ('the village of') goes: it would tell which of the options are meant.
    """
    return _SLOT_WITH_NOUN.sub(f"which {noun}", event.clause)


class Placeless:
    """Clauses without their places, with the days on which they were true, and of which places."""

    def __init__(self, events: Iterable[EventFact]) -> None:
        """Index the events with a slot; one that no claim dates may have been on any day."""
        told: dict[str, list[EventFact]] = defaultdict(list)
        for event in events:
            if event.slot:
                told[fold(place_clause(event, "place"))].append(event)
        self._lines: dict[str, _Line] = {}
        for alike in told.values():
            if len({event.slot for event in alike}) > 1:
                line = _Line([one for event in alike for one in _told(event)])
                self._lines.update((event.key, line) for event in alike)

    def tells_of_two(self, event: EventFact, first: date = date.min, last: date = date.max) -> bool:
        """Whether between these days, both included, the clause is true of another event at another place as well."""
        line = self._lines.get(event.key)
        return line is not None and line.has_other(event.slot, first, last)


class _Line:
    """Intervals with places, in which those of another place that meet some days are found by one look."""

    def __init__(self, told: Sequence[_Told]) -> None:
        self._firsts = sorted(first for first, _, _ in told)
        self._latest: list[tuple[_Latest, ...]] = []
        """For each interval the latest last day up to it, and the latest at any other place."""
        best: tuple[_Latest, ...] = ()
        for _, last, slot in sorted(told):
            best = _two_latest((*best, (last, slot)))
            self._latest.append(best)

    def has_other(self, slot: str, first: date, last: date) -> bool:
        """Whether an interval of another place than this one meets these days."""
        at = bisect_right(self._firsts, last)
        return at > 0 and any(other != slot and until >= first for until, other in self._latest[at - 1])


def _told(event: EventFact) -> Iterator[_Told]:
    if not event.intervals:
        yield date.min, date.max, event.slot
    yield from ((i.earliest or date.min, i.latest, event.slot) for i in event.intervals)


def _two_latest(found: Iterable[_Latest]) -> tuple[_Latest, ...]:
    """The latest of these days, and the latest at another place."""
    by_place = {slot: last for last, slot in sorted(found)}
    return tuple(sorted(((last, slot) for slot, last in by_place.items()), reverse=True))[:2]
