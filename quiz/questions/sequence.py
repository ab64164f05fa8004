"""The order of events: which of them definitely came before which, and which lie near each other in time."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache

from quiz.chronology import Interval, Order, all_precede, precedes
from quiz.gazetteer import Gazetteer
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.leads import lead

STEPS = frozenset(
    {
        "advance", "attack", "capture", "clash", "deployment", "entry", "forecast", "recapture", "repulse", "shelling",
        "siege", "surrender", "visit", "withdrawal",
    }
)  # fmt: skip
"""Kinds of events that lead up to each other in a fight for a place."""
CAPTIVITY = frozenset({"abduction", "arrest", "release"})
"""Kinds of events of which anybody can guess the order: who is let go was taken before."""
NAME = re.compile(r"\b[A-Z][\w-]+")
"""A word that may be the name of a place."""
WIDE = frozenset({"country", "region", "mountains", "province", "district", "border"})
"""Kinds of places so wide that what happens there need not have to do with each other."""
CACHED_NAMES = 4096
NEAREST = 40
"""How many events on either side count as near, at most: a bound for chronicles that are dense in time."""
BESIDE = 20
"""How many in no definite order with one count as near, at most."""


class EventSequence:
    """Events that may stand in questions of order, by the first and by the last day of their claims.

    Methods that take a key raise KeyError for an event that may not.
    """

    def __init__(
        self,
        events: Mapping[str, EventFact],
        gazetteer: Gazetteer,
        stated: Iterable[tuple[str, str]],
        texts: Mapping[str, str],
        doubled: Collection[str],
    ) -> None:
        """Index the events; `stated` are pairs (earlier, later) that documents state in words, `texts` what is
        shown of each event, `doubled` the events whose text tells of another one as well.
        """
        self._events, self._gazetteer, self._texts = events, gazetteer, texts
        # A cache for each sequence: the same few names come in many texts.
        self._found = lru_cache(CACHED_NAMES)(gazetteer.find)
        self.stated = closed(stated)
        self._named: dict[str, list[str]] = defaultdict(list)
        for pair in sorted(self.stated):
            for key, other in (pair, pair[::-1]):
                self._named[key].append(other)
        told = {key: lead(event, texts[key], doubled=key in doubled) for key, event in events.items()}
        self.refused = {key: how for key, how in told.items() if isinstance(how, Refusal)}
        """Why an event stands in no question of order."""
        self.leads = {key: how for key, how in told.items() if not isinstance(how, Refusal)}
        """The words that say on whose word each of the others is told ('According to …'), blank if plainly."""
        self.span = {key: self._span(events[key]) for key in self.leads}
        self._starts = sorted((low, key) for key, (low, _) in self.span.items() if low)
        self._ends = sorted((high, key) for key, (_, high) in self.span.items())
        self.rank = {key: n for n, (_, key) in enumerate(self._ends)}
        """The place of each in the order of their last days."""

    def __contains__(self, key: object) -> bool:
        return key in self.span

    def _span(self, event: EventFact) -> tuple[date | None, date]:
        """First and last day over all claims of an event and of those that are perhaps the same."""
        claims = self.whole(event.key)
        lows = [i.earliest for i in claims if i.earliest]
        return (min(lows) if len(lows) == len(claims) else None), max(i.latest for i in claims)

    def whole(self, key: str) -> list[Interval]:
        """The dates of an event and of those that are perhaps the same: they are ordered as a whole only."""
        return [claim.interval for claim in self.dated(key) if claim.interval]

    def dated(self, key: str) -> list[ClaimFact]:
        """The dated claims of an event and of those that are perhaps the same, in the order of their keys."""
        keys = sorted({key, *self._events[key].twins} & self._events.keys())
        return [claim for k in keys for claim in self._events[k].claims if claim.interval]

    # Order

    def are_twins(self, a: str, b: str) -> bool:
        """Whether two events are perhaps the same."""
        return b in self._events[a].twins or a in self._events[b].twins

    def precede(self, a: str, b: str) -> bool:
        """Whether one event definitely came before another, by all claims or by a document's own words."""
        if self.are_twins(a, b):
            return False
        return self._apart(a, b) or ((a, b) in self.stated and not self._any_precedes(b, a))

    def _any_precedes(self, a: str, b: str) -> bool:
        """Whether any claim puts a before b, by whatever voice and in whatever stance."""
        return any(precedes(i, j) for i in self.whole(a) for j in self.whole(b))

    def relation(self, a: str, b: str) -> Order:
        """What the documents together say of the order of two events, in dates or in words.

        Contested as soon as dates put either first, whoever gives them: two documents, two parties that one document
        quotes, or two accounts of what is perhaps one event.
        """
        if self.precede(a, b) or self.precede(b, a):
            return Order.BEFORE if self.precede(a, b) else Order.AFTER
        forward, backward = self._any_precedes(a, b), self._any_precedes(b, a)
        if forward and backward:
            return Order.CONTESTED
        if forward and self.documents_before(a, b):
            return Order.SOURCE_BEFORE
        return Order.SOURCE_AFTER if backward and self.documents_before(b, a) else Order.OPEN

    def documents_before(self, a: str, b: str) -> list[str]:
        """Documents, by key, that put a before b by dates that they give on their own word.

        None where a document that dates both does not put a first, or any claim or stated order puts b first.
        """
        low, high = self.span[a][0], self.span[b][1]
        if low is not None and low >= high:
            return []
        if self.are_twins(a, b) or (b, a) in self.stated or self._any_precedes(b, a):
            return []
        ones, others = _by_document(self.dated(a)), _by_document(self.dated(b))
        both = self._dating_both(a, b)
        return [source for source in both if _says_itself(ones[source]) and _says_itself(others[source])]

    def is_told(self, a: str, b: str) -> bool:
        """Whether a document states the order of two events in words, or all that date both agree on it.

        Others may give the one or the other a date that does not fit; then it is neither settled nor left open.
        """
        return bool({(a, b), (b, a)} & self.stated or self._dating_both(a, b) or self._dating_both(b, a))

    def _dating_both(self, a: str, b: str) -> list[str]:
        """Documents that date both events, sorted, if each of them puts a first, on whose word ever; else none."""
        ones, others = _by_document(self.dated(a)), _by_document(self.dated(b))
        both = sorted(ones.keys() & others.keys())
        agreed = all(all_precede(_days(ones[source]), _days(others[source])) for source in both)
        return both if agreed else []

    def strict(self, a: str, b: str) -> bool:
        """Whether two events are definitely in order, either way, and no steps of one fight."""
        return (self.precede(a, b) or self.precede(b, a)) and not self.are_steps(a, b)

    def are_steps(self, a: str, b: str) -> bool:
        """Whether two events are steps of one story, whose order anybody could guess.

        Of a fight for one place, of a captivity, or of what the same ones did one after the other on days that do not
        tell them apart.
        """
        one, other = self._events[a], self._events[b]
        kinds = {one.kind, other.kind}
        if kinds <= CAPTIVITY or (kinds <= STEPS and self.at_one_place(a, b)):
            return True
        in_words = not {(a, b), (b, a)}.isdisjoint(self.stated)
        return in_words and one.agents == other.agents and not self._apart(a, b) and not self._apart(b, a)

    def _apart(self, a: str, b: str) -> bool:
        """Whether by all claims one event was over before another began."""
        low, high = self.span[b][0], self.span[a][1]
        return low is not None and high < low

    def at_one_place(self, a: str, b: str) -> bool:
        """Whether two clauses name one place in their slots, or one that lies in the other."""
        one, other = self._events[a].slot, self._events[b].slot
        return bool(one) and bool(other) and self._gazetteer.related(one, other)

    def told_places(self, key: str) -> set[str]:
        """Where an event may have to do with others: its places in any role, those of what is perhaps the same, and
        those that its text names besides; no region.
        """
        whole = [self._events[k] for k in {key, *self._events[key].twins} & self._events.keys()]
        named = (self._found(word) for word in NAME.findall(self._texts[key]))
        places = {place for event in whole for place in event.every_place} | {place.key for place in named if place}
        return {place for place in places if self._gazetteer[place].kind not in WIDE}

    # Near in time

    def starting_after(self, day: date, until: date) -> list[str]:
        """Events of which every claim starts after a day, and none later than `until`; the nearest, in order."""
        low, high = bisect_right(self._starts, (day, "\uffff")), bisect_right(self._starts, (until, "\uffff"))
        return [key for _, key in self._starts[low : min(high, low + NEAREST)]]

    def ended_before(self, day: date, since: date) -> list[str]:
        """Events of which every claim ends before a day, and none before `since`; the nearest, in order."""
        low, high = bisect_left(self._ends, (since, "")), bisect_left(self._ends, (day, ""))
        return [key for _, key in self._ends[max(low, high - NEAREST) : high]]

    def around(self, key: str, days: int) -> list[str]:
        """Events near in time that are definitely before or after one, in order of time; steps of one fight left out.

        At most NEAREST on either side, and those whose order a document states.
        """
        first, last = self.span[key]
        before = self.ended_before(first, shifted(first, -days)) if first else []
        named = (k for k in self._named.get(key, ()) if k in self.span)
        near = {*before, *self.starting_after(last, shifted(last, days)), *named}
        chosen = (k for k in near if self.strict(k, key))
        return sorted(chosen, key=lambda k: (self.span[k][1], k))

    def beside(self, key: str, days: int) -> list[str]:
        """Events near in time that are definitely neither before nor after one: the nearest BESIDE, in order of time.

        Of one without a lower bound, the last that may have come before its last day.
        """
        first, last = self.span[key]
        if first is None:
            near = self.ended_before(shifted(last, 1), shifted(last, -days))[-BESIDE:]
        else:
            low, high = (bisect_left(self._ends, (day, "")) for day in (first, shifted(last, days)))
            near = [k for _, k in self._ends[low : min(high, low + BESIDE)]]
        return [k for k in near if k != key and not self.precede(k, key) and not self.precede(key, k)]


def shifted(day: date, days: int) -> date:
    """A day so many days away, within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _by_document(claims: Iterable[ClaimFact]) -> dict[str, list[ClaimFact]]:
    found: dict[str, list[ClaimFact]] = defaultdict(list)
    for claim in claims:
        found[claim.source].append(claim)
    return found


def _days(claims: Iterable[ClaimFact]) -> list[Interval]:
    return [claim.interval for claim in claims if claim.interval]


def _says_itself(claims: Iterable[ClaimFact]) -> bool:
    """Whether a document gives all these dates on its own word."""
    return all(claim.own_word and claim.vouches for claim in claims)


def closed(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """The transitive closure of an order."""
    after: dict[str, set[str]] = defaultdict(set)
    for earlier, later in pairs:
        after[earlier].add(later)
    found = set()
    for start in list(after):
        waiting, seen = list(after[start]), set()
        while waiting:
            key = waiting.pop()
            if key not in seen:
                seen.add(key)
                waiting.extend(after.get(key, ()))
        found |= {(start, key) for key in seen}
    return frozenset(found)
