"""The chronicle told to readers: events as lines of a story, with their dates in words, under their phases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from quiz.chronology import Interval, Precision, day_in_words, in_words, span_in_words
from quiz.models import INFOBOX, Claim, Passage, Phase, Source
from quiz.questions.asking import (
    LONG_DAYS,
    Agreement,
    Asking,
    DateAsking,
    date_agreement,
    happening,
    place_agreement,
    same_days,
    tellers,
)
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import EventFact
from quiz.questions.leads import listed

FIRST_SECTIONS = (INFOBOX, "lead", "opening")
"""What a document begins with, whatever its dates."""
UNDATED = "undated"
"""Slug of the chapter of what no claim dates, or only to a stretch that reaches through several chapters."""


@dataclass(frozen=True, slots=True)
class Line:
    """An event in a list: its text with the place, its date in words, and whether its claims differ."""

    key: str
    text: str
    when: str
    disputed: bool
    attributed: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Differing:
    """In what the claims of one event contradict each other."""

    date: bool
    place: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the story: a phase, or the time before, between or after phases, with its days if it has bounds."""

    slug: str
    title: str
    phase: Phase | None
    first: date | None
    last: date | None
    lines: tuple[Line, ...]

    @property
    def days(self) -> str:
        """Its days in words; blank where it has no bounds."""
        if self.first and self.last:
            return span_in_words(self.first, self.last)
        if self.first:
            return f"from {day_in_words(self.first)}"
        return f"until {day_in_words(self.last)}" if self.last else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document with what is claimed in it, in the order of its sentences."""

    title: str
    claims: tuple[tuple[Passage, Claim], ...]


def line(chronicle: Chronicle, key: str) -> Line:
    """One event as a line; raises KeyError for one that the chronicle does not hold."""
    event = chronicle.events[key]
    # What is told and not asked has its teller too.
    how = happening(replace(event, told_only=False))
    lead = _lead(event, how.lead) if isinstance(how, Asking) else ""
    disputed = Agreement.DISPUTED in {date_agreement(event.claims), place_agreement(event)}
    # Dates of several witnesses do not stand on the word of one.
    lead = "" if date_agreement(event.claims) is Agreement.DISPUTED else lead
    words = told_words(told_dates(chronicle, key))
    return Line(key, capital(chronicle.texts[key]), words, disputed, lead, event.sensitive)


def _lead(event: EventFact, lead: str) -> str:
    """The words for all witnesses of an attributed event: told under one of them, the others would be lost."""
    named: dict[str, str] = {}
    for claim in tellers(event.claims):
        named.setdefault(claim.witness, claim.said_by)
    names = list(named.values())
    return f"According to {listed(names)}" if lead and len(names) > 1 else lead


def kept(chronicle: Chronicle, keys: Iterable[str]) -> tuple[Line, ...]:
    """Those of the events that the chronicle still holds, as lines in the order given."""
    return tuple(line(chronicle, key) for key in keys if key in chronicle.events)


def differing(chronicle: Chronicle, key: str) -> Differing:
    """In what the claims of an event differ; raises KeyError for one that the chronicle does not hold."""
    event = chronicle.events[key]
    disputed = Agreement.DISPUTED
    return Differing(date_agreement(event.claims) is disputed, place_agreement(event) is disputed)


def lines(chronicle: Chronicle, keys: Iterable[str]) -> tuple[Line, ...]:
    """Events as lines in the order of the story; what no claim dates comes last."""
    return tuple(line(chronicle, key) for key in in_order(chronicle, keys))


def in_order(chronicle: Chronicle, keys: Iterable[str]) -> list[str]:
    """Events by their days; those of the same days as the documents put them in words, else by their keys."""
    told = {key: (when(chronicle, key)[:2], told_dates(chronicle, key)) for key in keys}
    together: dict[tuple[date, date], list[str]] = {}
    for key, (days, _) in told.items():
        together.setdefault(days, []).append(key)
    stated = chronicle.sequence.stated

    def place(key: str) -> tuple[tuple[date, date], bool, str, int, str]:
        days, dates = told[key]
        open_ended = any(one.precision is Precision.BY for one in dates)
        return days, not open_ended, told_words(dates), sum((one, key) in stated for one in together[days]), key

    return sorted(told, key=place)


# --- Dates ----------------------------------------------------------------------------------


def told_dates(chronicle: Chronicle, key: str) -> tuple[Interval, ...]:
    """The dates that an event is told under: the one that its claims agree on, or all they give; empty for none."""
    how = chronicle.dates[key]
    if isinstance(how, DateAsking):
        return (how.interval,)
    given = [claim.interval for claim in chronicle.events[key].claims if claim.interval and not claim.overtaken]
    if given and same_days(given):
        return (min(given, key=lambda i: (i.days is None, i.days or 0, i.text)),)
    return tuple({in_words(one): one for one in sorted(given, key=lambda i: (i.latest, i.text))}.values())


def told_words(dates: Sequence[Interval]) -> str:
    """Dates as a reader would say them: one of two days following each other as '15 or 16 November 2013'."""
    if not dates:
        return "on a day that is not given"
    (first, *others) = dates
    if not others and first.precision is Precision.WITHIN and first.earliest and first.days == 2:
        return span_in_words(first.earliest, first.latest, "or")
    return " or ".join(in_words(one) for one in dates)


def when(chronicle: Chronicle, key: str) -> tuple[date, date, str]:
    """First and last day of an event for sorting."""
    days = told_dates(chronicle, key)
    if not days:
        return date.max, date.max, key
    lows = [i.earliest or i.latest for i in days if not i.lasted] or [i.earliest or i.latest for i in days]
    return min(lows), max(i.latest for i in days), key


# --- Chapters -------------------------------------------------------------------------------


def chapters(chronicle: Chronicle, phases: Iterable[Phase]) -> list[Chapter]:
    """The whole story: each event stands in the phase or the gap in which its first day lies.

    One that happened at some time in a stretch of more than LONG_DAYS across several of them stands in none.
    """
    stretches = _stretches(phases)
    told: dict[str, list[str]] = {one.slug: [] for one in stretches}
    for key in chronicle.events:
        told[_chapter_of(chronicle, key, stretches)].append(key)
    return [replace(one, lines=lines(chronicle, told[one.slug])) for one in stretches if told[one.slug]]


def _stretches(phases: Iterable[Phase]) -> list[Chapter]:
    """The chapters, still empty: each phase, what lies before, between and after them, and what has no close date."""
    stretches: list[Chapter] = []
    last: Phase | None = None
    for phase in phases:
        title = f"Between {_lower(last.name)} and {_lower(phase.name)}" if last else f"Before {_lower(phase.name)}"
        since = last.latest + timedelta(days=1) if last else None
        stretches.append(Chapter(f"before-{phase.key}", title, None, since, phase.earliest - timedelta(days=1), ()))
        stretches.append(Chapter(phase.key, phase.name, phase, phase.earliest, phase.latest, ()))
        last = phase
    title = f"After {_lower(last.name)}" if last else "The story"
    stretches.append(Chapter("after", title, None, last.latest + timedelta(days=1) if last else None, None, ()))
    return [*stretches, Chapter(UNDATED, "Without a close date", None, None, None, ())]


def _chapter_of(chronicle: Chronicle, key: str, stretches: Sequence[Chapter]) -> str:
    first, last, _ = when(chronicle, key)
    slug = _stretch(first, stretches)
    wide = (last - first).days >= LONG_DAYS and not all(one.lasted for one in told_dates(chronicle, key))
    return UNDATED if wide and _stretch(last, stretches) != slug else slug


def _stretch(day: date, stretches: Sequence[Chapter]) -> str:
    """The stretch that a day falls in."""
    if day == date.max:
        return UNDATED
    return next(one.slug for one in stretches if one.last is None or day <= one.last)


def _lower(name: str) -> str:
    return f"the {name[:1].lower()}{name[1:]}"


# --- Documents ------------------------------------------------------------------------------


def sections(source: Source) -> list[Section]:
    """All claims of a document under its sections; a claim that rests on several sentences stands at its first."""
    first: dict[int, Passage] = {}
    claims: dict[int, Claim] = {}
    joined = Claim.passages.through.objects.filter(claim__source=source, claim__event__retired=False)
    for row in joined.select_related("passage__source", "claim__event", "claim__voice").order_by(*_IN_DOCUMENT):
        if row.claim_id not in first:
            first[row.claim_id], claims[row.claim_id] = row.passage, row.claim
    grouped: dict[str, list[tuple[Passage, Claim]]] = {}
    for pk, passage in first.items():
        grouped.setdefault(passage.section, []).append((passage, claims[pk]))
    return sorted((Section(title, tuple(told)) for title, told in grouped.items()), key=_place_in_document)


_IN_DOCUMENT = ("passage__section", "passage__paragraph", "passage__sentence", "claim_id")


def _place_in_document(section: Section) -> tuple[int, date, str]:
    """The infobox first, then how it opens, then by the middle one of a section's dates: the story is told in order."""
    days = sorted(claim.latest for _, claim in section.claims if claim.latest)
    rank = FIRST_SECTIONS.index(section.title) if section.title in FIRST_SECTIONS else len(FIRST_SECTIONS)
    return rank, days[len(days) // 2] if days else date.max, section.title
