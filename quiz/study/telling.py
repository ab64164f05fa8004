"""The chronicle told to readers: events as lines of a story, under their phases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from quiz.models import INFOBOX, Claim, Passage, Phase, Source
from quiz.questions.asking import Agreement, Asking, date_agreement, happening, place_agreement
from quiz.questions.chronicle import Chronicle, capital


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
    """A stretch of the story: a phase, or the time before, between or after phases."""

    slug: str
    title: str
    phase: Phase | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document with what is claimed in it, in the order of its sentences."""

    title: str
    claims: tuple[tuple[Passage, Claim], ...]


def line(chronicle: Chronicle, key: str) -> Line:
    """One event as a line; raises KeyError for one that the chronicle does not hold."""
    event = chronicle.events[key]
    how = happening(event)
    lead = how.lead if isinstance(how, Asking) else ""
    disputed = Agreement.DISPUTED in {date_agreement(event.claims), place_agreement(event)}
    # Dates of several witnesses do not stand on the word of one.
    lead = "" if date_agreement(event.claims) is Agreement.DISPUTED else lead
    return Line(key, capital(chronicle.texts[key]), chronicle.date_words(key), disputed, lead, event.sensitive)


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
    return tuple(line(chronicle, key) for key in sorted(keys, key=lambda k: when(chronicle, k)))


def when(chronicle: Chronicle, key: str) -> tuple[date, date, str]:
    """First and last day of an event for sorting."""
    days = chronicle.events[key].intervals
    if not days:
        return date.max, date.max, key
    lows = [i.earliest or i.latest for i in days if not i.lasted] or [i.earliest or i.latest for i in days]
    return min(lows), max(i.latest for i in days), key


def chapters(chronicle: Chronicle, phases: Iterable[Phase]) -> list[Chapter]:
    """The whole story: each event stands in the phase or the gap in which its first day lies."""
    stretches: list[tuple[str, str, Phase | None, date]] = []
    last: Phase | None = None
    for phase in phases:
        title = f"Between {_lower(last.name)} and {_lower(phase.name)}" if last else f"Before {_lower(phase.name)}"
        stretches.append((f"before-{phase.key}", title, None, phase.earliest))
        stretches.append((phase.key, phase.name, phase, phase.latest))
        last = phase
    told: dict[str, list[str]] = {slug: [] for slug, *_ in stretches}
    told |= {"after": [], "undated": []}
    for key in chronicle.events:
        told[_stretch(when(chronicle, key)[0], stretches)].append(key)
    after = f"After {_lower(last.name)}" if last else "The story"
    titles = [*((s, t, p) for s, t, p, _ in stretches), ("after", after, None), ("undated", "Without a date", None)]
    return [Chapter(s, t, p, lines(chronicle, told[s])) for s, t, p in titles if told[s]]


def _stretch(day: date, stretches: list[tuple[str, str, Phase | None, date]]) -> str:
    """The stretch that a day falls in; a gap ends the day before its phase begins."""
    if day == date.max:
        return "undated"
    for slug, _, phase, end in stretches:
        if day < end or (phase and day == end):
            return slug
    return "after"


def _lower(name: str) -> str:
    return f"the {name[:1].lower()}{name[1:]}"


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


def _place_in_document(section: Section) -> tuple[bool, date, str]:
    """The infobox first, then by the middle one of a section's dates: the documents tell their story in order."""
    days = sorted(claim.latest for _, claim in section.claims if claim.latest)
    return section.title != INFOBOX, days[len(days) // 2] if days else date.max, section.title
