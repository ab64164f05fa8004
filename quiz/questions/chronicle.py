"""The whole chronicle in memory, with the indexes that question makers need; built once per content revision."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from quiz.chronology import day_in_words, in_words
from quiz.gazetteer import Gazetteer, fold
from quiz.questions.asking import (
    SHORT_DAYS,
    Asking,
    DateAsking,
    PlaceAsking,
    ask_date,
    ask_place,
    happening,
    same_days,
)
from quiz.questions.day_notes import DayNotes
from quiz.questions.deals import REACH, Card, Deals
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.likeness import Likeness
from quiz.questions.phases import PhaseFact, Phases
from quiz.questions.place_index import PlaceIndex
from quiz.questions.placeless import SLOT
from quiz.questions.question import Citation, Mode
from quiz.questions.sequence import EventSequence
from quiz.questions.witnesses import VoiceFact, Witnesses

TURNING = frozenset({"capture", "recapture", "withdrawal", "entry", "truce", "release", "start", "end"})
"""Kinds of events that a reader knows a place or a day by."""


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
        voices: Iterable[VoiceFact] = (),
        revision: str = "",
    ) -> None:
        """Index the events; `stated` are pairs (earlier, later) that documents state in words, `voices` those whom
        they quote.
        """
        self.events: Mapping[str, EventFact] = {event.key: event for event in events}
        self.gazetteer = gazetteer
        self.phases = tuple(phases)
        self.phasing = Phases(self.events, self.phases)
        self.alike = Likeness(self.events)
        self.witnesses = Witnesses(self.events, self.alike, voices)
        self.revision = revision
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
        self._index_phases()
        self._index_places()
        self.sequence = EventSequence(self.events, gazetteer, stated, self.texts, self.doubled)

    # Building

    def _told(self, event: EventFact) -> str:
        """The clause with its place, as one line of a story."""
        name = self.gazetteer[event.slot].name if event.slot else ""
        text = event.clause.replace(SLOT, name)
        return re.sub(r"\b(the) the\b", r"\1", text, flags=re.IGNORECASE)

    def _index_days(self) -> None:
        """Events of which all claims that vouch for them leave the same single day, also where it is inferred."""
        self.on_day: dict[date, list[str]] = defaultdict(list)
        for key, event in sorted(self.events.items()):
            told = [claim.interval for claim in event.claims if claim.vouches and claim.interval]
            first, last = (told and same_days(told)) or (None, date.max)
            if first == last and not event.told_only and not event.twins:
                self.on_day[last].append(key)
        self.deals = Deals(map(self._card, self._dealt()))
        self.day_notes = self._day_notes()

    def _day_notes(self) -> DayNotes:
        """Of each day what is dated to it alone, and needs no note on its content."""
        quiet = {day: [k for k in keys if not self.events[k].sensitive] for day, keys in self.on_day.items()}
        single = {i.latest for event in self.events.values() for i in event.intervals if i.days == 1}
        return DayNotes({day: self.most_telling(keys) for day, keys in quiet.items() if keys}, single)

    def _dealt(self) -> Iterator[tuple[EventFact, DateAsking]]:
        """Events of which the day may be asked."""
        for key, how in self.dates.items():
            if isinstance(how, DateAsking) and how.days <= SHORT_DAYS and key not in self.doubled:
                yield self.events[key], how

    def _card(self, dealt: tuple[EventFact, DateAsking]) -> Card:
        event, how = dealt
        reach = timedelta(days=REACH)
        barred = self.alike.barred(event, how.first - reach, how.last + reach)
        return Card(event.key, how.first, how.last, tuple(barred))

    def _index_phases(self) -> None:
        """All keys and those of each phase, sorted, to be drawn from by rank; and the days of each phase."""
        self.keys = tuple(sorted(self.events))
        self.of_phase: dict[str, list[str]] = defaultdict(list)
        for key in self.keys:
            self.of_phase[self.events[key].phase].append(key)
        self.phase_days = {phase.key: (phase.first, phase.last) for phase in self.phases}

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
        self.told_of = {place: self.most_telling(keys) for place, keys in self.slot_place.items()}
        """The event that says most of each place that stands in the slot of one."""
        self.places_told = PlaceIndex(self.events, self.gazetteer, self.places, self.dates, self.texts)

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
    intervals = [claim.interval for claim in claims if claim.interval]
    if intervals and same_days(intervals):
        return in_words(min(intervals, key=lambda i: (i.days is None, i.days or 0, i.text)))
    told = sorted({(interval.latest, in_words(interval)) for interval in intervals})
    return " or ".join(dict.fromkeys(words for _, words in told)) or "on a day that is not given"


def _doubled(texts: Iterable[str]) -> frozenset[str]:
    """Folds of texts that occur more than once."""
    seen: set[str] = set()
    twice: set[str] = set()
    for folded in map(fold, texts):
        (twice if folded in seen else seen).add(folded)
    return frozenset(twice)
