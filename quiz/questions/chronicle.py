"""The whole chronicle in memory, with the indexes that question makers need; built once per content revision."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quiz.chronology import Interval, day_in_words, in_words, precedes
from quiz.gazetteer import Gazetteer, fold
from quiz.questions.facts import (
    Asking,
    ClaimFact,
    DateAsking,
    EventFact,
    PlaceAsking,
    Refusal,
    ask_date,
    ask_place,
    asking,
    happening,
    same_days,
)
from quiz.questions.question import Citation, Mode

SLOT = "{place}"
TURNING = frozenset({"capture", "recapture", "withdrawal", "entry", "truce", "release", "start", "end"})
"""Kinds of events that a reader knows a place or a day by."""
STEPS = frozenset({"advance", "attack", "capture", "clash", "deployment", "entry", "forecast", "repulse", "shelling"})
"""Kinds of events that lead up to each other in a fight for a place."""
TELLING = re.compile(
    r"\b(re-?(captur|tak|took|open|gain|enter|join|new|inforc)\w*|again|first|second|third|last|final\w*|another|"
    r"also|still|beg[au]n|start\w*|end(ed|ing)?|continu\w*|resum\w*|remain\w*|further|more|after|before|since|"
    r"follow\w*|open(ed|ing)|outset|broke out|went on|remnants?|until|already|earlier|later|then|"
    r"renew\w*|complet\w*|previous\w*|next)\b",
    re.IGNORECASE,
)
"""Words that tell where in a story an event stands, so that order could be read off them."""


@dataclass(frozen=True, slots=True)
class PhaseFact:
    """A phase with its days, both included."""

    key: str
    name: str
    first: date
    last: date


def capital(text: str) -> str:
    """A text with its first letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]


class Chronicle:
    """Events by key, with what may be asked of each and where to find their neighbours.

    Raises KeyError for keys that it does not hold.
    """

    def __init__(
        self,
        events: Iterable[EventFact],
        gazetteer: Gazetteer,
        *,
        phases: Iterable[PhaseFact] = (),
        stated: Iterable[tuple[str, str]] = (),
        revision: str = "",
    ) -> None:
        """Index the events; `stated` are pairs (earlier, later) that documents state in words."""
        self.events: Mapping[str, EventFact] = {event.key: event for event in events}
        self.gazetteer = gazetteer
        self.phases = tuple(phases)
        self.revision = revision
        self.stated = _closed(stated)
        self.dates: dict[str, DateAsking | Refusal] = {k: ask_date(e) for k, e in self.events.items()}
        self.places: dict[str, PlaceAsking | Refusal] = {k: ask_place(e) for k, e in self.events.items()}
        self.texts = {key: self._told(event) for key, event in self.events.items()}
        twice = _doubled(self.texts.values())
        self.doubled = frozenset(key for key, text in self.texts.items() if fold(text) in twice)
        """Keys of events whose text tells of another one as well, so that no stem points to them."""
        bounds = [i for event in self.events.values() for i in event.intervals]
        lows = [i.earliest for i in bounds if i.earliest] + [p.first for p in self.phases]
        self.first_day = min(lows, default=date.min)
        self.last_day = max((i.latest for i in bounds), default=date.max)
        self._index_days()
        self._index_places()
        self._index_sequence()

    # Building

    def _told(self, event: EventFact) -> str:
        """The clause with its place, as one line of a story."""
        name = self.gazetteer[event.slot].name if event.slot else ""
        text = event.clause.replace(SLOT, name)
        return re.sub(r"\b(the) the\b", r"\1", text, flags=re.IGNORECASE)

    def _index_days(self) -> None:
        """Events of which every claim that vouches for them gives the same single day, also where it is inferred."""
        self.single_days = {i.latest for event in self.events.values() for i in event.intervals if i.days == 1}
        self.on_day: dict[date, list[str]] = defaultdict(list)
        for key, event in sorted(self.events.items()):
            told = {(c.interval.earliest, c.interval.latest) for c in event.claims if c.vouches and c.interval}
            if len(told) == 1 and not event.told_only and not event.twins:
                first, last = told.pop()
                if first == last:
                    self.on_day[last].append(key)

    def _index_places(self) -> None:
        self.at_place: dict[str, list[str]] = defaultdict(list)
        self.slot_place: dict[str, list[str]] = defaultdict(list)
        self.of_kind: dict[str, list[str]] = defaultdict(list)
        for key, event in sorted(self.events.items()):
            self.of_kind[event.kind].append(key)
            for place in sorted(event.every_place):
                self.at_place[place].append(key)
            if event.slot and not event.told_only:
                self.slot_place[event.slot].append(key)

    def _index_sequence(self) -> None:
        """Events that may stand in a question of order, by the first and by the last day of their claims."""
        self.span = {key: self._span(event) for key, event in self.events.items() if self.tells_sequence(event)}
        self._starts = sorted((low, key) for key, (low, _) in self.span.items() if low)
        self._ends = sorted((high, key) for key, (_, high) in self.span.items())

    def _span(self, event: EventFact) -> tuple[date | None, date]:
        """First and last day over all claims of an event and of those that are perhaps the same."""
        claims = self._whole(event)
        lows = [i.earliest for i in claims if i.earliest]
        return (min(lows) if len(lows) == len(claims) else None), max(i.latest for i in claims)

    def _whole(self, event: EventFact) -> list[Interval]:
        """The dates of an event and of those that are perhaps the same: they are ordered as a whole only."""
        return [i for key in {event.key, *event.twins} & self.events.keys() for i in self.events[key].intervals]

    def tells_sequence(self, event: EventFact) -> bool:
        """Whether an event may stand in a question of order: dated plainly, alone, without words that tell its rank."""
        how = asking(event, [claim for claim in event.claims if claim.interval])
        return (
            not isinstance(how, Refusal)
            and how.mode is Mode.PLAIN
            and event.key not in self.doubled
            and not TELLING.search(self.texts[event.key])
        )

    # Asking

    def precede(self, a: str, b: str) -> bool:
        """Whether one event definitely came before another, by all claims or by a document's own words."""
        if b in self.events[a].twins or a in self.events[b].twins:
            return False
        low, high = self.span[b][0], self.span[a][1]
        if low is not None and high < low:
            return True
        return (a, b) in self.stated and not self._reversed(a, b)

    def _reversed(self, a: str, b: str) -> bool:
        """Whether any claim puts b before a."""
        ones, others = self._whole(self.events[a]), self._whole(self.events[b])
        return any(precedes(j, i) for i in ones for j in others)

    def starting_after(self, day: date, until: date) -> list[str]:
        """Sequence events of which every claim starts after a day, and none later than `until`; in order."""
        low, high = bisect_right(self._starts, (day, "\uffff")), bisect_right(self._starts, (until, "\uffff"))
        return [key for _, key in self._starts[low:high]]

    def ended_before(self, day: date, since: date) -> list[str]:
        """Sequence events of which every claim ends before a day, and none before `since`; in order."""
        low, high = bisect_left(self._ends, (since, "")), bisect_left(self._ends, (day, ""))
        return [key for _, key in self._ends[low:high]]

    def around(self, key: str, days: int) -> list[str]:
        """Sequence events near in time that are definitely before or after one, in order of time."""
        first, last = self.span[key]
        reach = timedelta(days=days)
        before = self.ended_before(first, first - reach) if first else []
        stated = [b if a == key else a for a, b in self.stated if key in (a, b)]
        near = [*before, *self.starting_after(last, last + reach), *(k for k in stated if k in self.span)]
        chosen = {k for k in near if (self.precede(k, key) or self.precede(key, k)) and not self.are_steps(k, key)}
        return sorted(chosen, key=lambda k: (self.span[k][1], k))

    def are_steps(self, a: str, b: str) -> bool:
        """Whether two events are steps of one fight for one place, whose order anybody could guess."""
        one, other = self.events[a], self.events[b]
        same = bool(one.slot) and bool(other.slot) and self.gazetteer.related(one.slot, other.slot)
        return same and {one.kind, other.kind} <= STEPS

    # Telling

    def date_words(self, key: str) -> str:
        """The date of an event as all its claims allow it, or what the claims say, one after the other."""
        how = self.dates[key]
        if isinstance(how, DateAsking):
            return in_words(how.interval) if how.days > 1 else day_in_words(how.first)
        return _listed_dates(claim for claim in self.events[key].claims if not claim.overtaken)

    def story_line(self, key: str) -> str:
        """An event as one sentence with its date, on whose word they stand if it is not told or dated plainly."""
        dated = self.dates[key]
        how = dated.asking if isinstance(dated, DateAsking) else happening(self.events[key])
        if not isinstance(how, Asking) or not how.lead:
            return f"{capital(self.texts[key])} ({self.date_words(key)})."
        # Under a lead only that witness's dates are told: another's would be laid into its mouth.
        words = self.date_words(key) if isinstance(dated, DateAsking) else _listed_dates(how.claims)
        return f"{capital(f'{how.lead}, {self.texts[key]}')} ({words})."

    def most_telling(self, keys: Sequence[str]) -> str:
        """Of several events the one that says most of a place or a day: what is plainly dated, and changed hands."""

        def rank(key: str) -> tuple[bool, bool, bool, bool, str]:
            event, how = self.events[key], self.dates[key]
            plain = isinstance(how, DateAsking) and how.asking.mode is Mode.PLAIN
            there = any(place.place == event.slot and place.role == "at" for place in event.places)
            return event.sensitive, not plain, event.kind not in TURNING, not there, key

        return min(keys, key=rank)

    def citations(self, claims: Iterable[ClaimFact]) -> tuple[Citation, ...]:
        """Who says what, for showing below an answer."""
        return tuple(
            Citation(
                source=claim.source_name,
                source_key=claim.source,
                locator="; ".join(claim.locators),
                sentence=claim.sentence,
                date=in_words(claim.interval) if claim.interval else "",
                voice=claim.voice_name,
            )
            for claim in sorted(claims, key=lambda c: (c.source, c.key))
        )


def _listed_dates(claims: Iterable[ClaimFact]) -> str:
    """The dates that claims give, the earliest first; where they do not contradict each other, the narrowest."""
    claims = [claim for claim in claims if claim.interval]
    intervals = [claim.interval for claim in claims if claim.interval]
    if intervals and same_days(intervals):
        return in_words(min(intervals, key=lambda i: (i.days is None, i.days or 0, i.text)))
    told = sorted({(c.interval.latest, in_words(c.interval)) for c in claims if c.interval})
    return " or ".join(dict.fromkeys(words for _, words in told)) or "at a date that no document gives"


def _closed(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """The transitive closure of an order."""
    after: dict[str, set[str]] = defaultdict(set)
    for earlier, later in pairs:
        after[earlier].add(later)
    closed = set()
    for start in list(after):
        waiting, seen = list(after[start]), set()
        while waiting:
            key = waiting.pop()
            if key not in seen:
                seen.add(key)
                waiting.extend(after.get(key, ()))
        closed |= {(start, key) for key in seen}
    return frozenset(closed)


def _doubled(texts: Iterable[str]) -> frozenset[str]:
    """Folds of texts that occur more than once."""
    seen: set[str] = set()
    twice: set[str] = set()
    for folded in map(fold, texts):
        (twice if folded in seen else seen).add(folded)
    return frozenset(twice)


def overlap(ones: Iterable[Interval], others: Iterable[Interval]) -> bool:
    """Whether any two intervals share a day."""
    listed = list(others)
    return any(not precedes(a, b) and not precedes(b, a) for a in ones for b in listed)
