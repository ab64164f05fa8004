"""The chronicle checked as a whole: what no single row or constraint can see."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.db.models import Count, F

from quiz.chronology import common_days, in_words, precedes
from quiz.models import SLOT, Claim, Event, Figure, Passage, Source
from quiz.models.edtf import DATE_IN_CLAUSE
from quiz.questions.asking import Agreement, date_agreement, place_agreement
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact
from quiz.questions.phases import PhaseFact
from quiz.study.coverage import coverage

SENTENCE_COLUMNS = ("document", "section", "paragraph", "sentence")


class Level(StrEnum):
    """How bad a finding is: an error makes the command fail, a remark is for reading."""

    ERROR = "error"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: what sort, about what, and what to do."""

    level: Level
    sort: str
    about: str
    text: str


class BadSentences(ValueError):
    """A file of sentences that is not in the form expected."""


def findings(chronicle: Chronicle) -> list[Finding]:
    """Everything found, errors first."""
    found = [
        *_claims(),
        *_places(chronicle),
        *_order(chronicle),
        *_figures(),
        *_extents(),
        *(finding for event in chronicle.events.values() for finding in _event(chronicle, event)),
    ]
    return sorted(found, key=lambda f: (f.level != Level.ERROR, f.sort, f.about))


def _error(sort: str, about: str, text: str) -> Finding:
    return Finding(Level.ERROR, sort, about, text)


def _remark(sort: str, about: str, text: str) -> Finding:
    return Finding(Level.REMARK, sort, about, text)


def _claims() -> Iterator[Finding]:
    for key in Event.objects.filter(claims=None).values_list("key", flat=True):
        yield _error("event without claims", key, "add a claim, or delete the event")
    for key in Claim.objects.filter(passages=None).values_list("key", flat=True):
        yield _error("claim without locator", key, "name the sentence that it rests on")
    strangers = Claim.objects.exclude(passages=None).exclude(passages__source=F("source"))
    for key in strangers.values_list("key", flat=True).distinct():
        yield _error("locator in another source", key, "a claim cites sentences of its own source only")


def _places(chronicle: Chronicle) -> Iterator[Finding]:
    gazetteer = chronicle.gazetteer
    for folded, one, other in gazetteer.clashes():
        yield _error("spelling in two places", folded, f"{one} and {other} share it: leave it with one of them")
    for cycle in gazetteer.cycles():
        yield _error("cycle in containment", " in ".join(cycle), "a place can't lie in itself by way of others")
    for one, other in gazetteer.confusable():
        yield _remark("spellings one slip apart", f"{one}, {other}", "a typed slip between them is asked back")


def _order(chronicle: Chronicle) -> Iterator[Finding]:
    for earlier, later in sorted(chronicle.sequence.stated):
        if earlier == later or (earlier < later and (later, earlier) in chronicle.sequence.stated):
            yield _error("cycle in order", f"{earlier} → {later}", "documents can't state both orders as one")
        firsts, seconds = chronicle.events[earlier].intervals, chronicle.events[later].intervals
        if firsts and seconds and all(precedes(b, a) for a in firsts for b in seconds):
            yield _error("order against dates", f"{earlier} → {later}", "every dated claim says the reverse")


def _event(chronicle: Chronicle, event: EventFact) -> Iterator[Finding]:
    if (SLOT in event.clause) != bool(event.slot):
        yield _error("slot without place", event.key, "a {place} in the clause needs the place that fills it")
    if DATE_IN_CLAUSE.search(event.clause):
        yield _error("date in a clause", event.key, "it would be told in every question: leave it out")
    if event.key in chronicle.doubled:
        yield _error("clause of two events", event.key, "another event has the same text: tell them apart")
    yield from _phase(chronicle, event)
    if date_agreement(event.claims) is Agreement.DISPUTED:
        told = "; ".join(f"{c.source} {c.voice}: {in_words(c.interval)}" for c in event.claims if c.interval)
        yield _remark("disputed date", event.key, told)
    if place_agreement(event) is Agreement.DISPUTED:
        yield _remark("disputed place", event.key, "see its claims")


def fits(event: EventFact, phase: PhaseFact) -> bool:
    """Whether an event lies in a phase: the days common to its claims do, or all of them where they contradict."""
    common = common_days(event.intervals)
    spans = [common] if common else [(i.earliest, i.latest) for i in event.intervals]
    return bool(event.intervals) and all(low and phase.first <= low and high <= phase.last for low, high in spans)


def _phase(chronicle: Chronicle, event: EventFact) -> Iterator[Finding]:
    fitting = [phase.key for phase in chronicle.phases if fits(event, phase)]
    if event.phase and event.phase not in fitting:
        yield _error("date outside its phase", event.key, f"its days do not lie in {event.phase}")
    if not event.phase and fitting:
        yield _error("phase missing", event.key, f"its days lie in {fitting[0]}")


def _figures() -> Iterator[Finding]:
    """Counts of the same thing in one event that no number satisfies; what a later claim overtakes is no dispute."""
    current = Figure.objects.filter(claim__overtaken_by=None, claim__event__retired=False)
    groups: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in current.select_related("claim__event", "claim__source").order_by("claim__key", "number"):
        groups[figure.claim.event.key, figure.what, figure.of_whom.casefold()].append(figure)
    for (event, what, of_whom), figures in groups.items():
        low = max(figure.low or 0 for figure in figures)
        if any(figure.high is not None and figure.high < low for figure in figures):
            told = "; ".join(dict.fromkeys(f"{f.claim.source.key}: {f.amount}" for f in figures))
            yield _remark("disputed figure", event, f"{of_whom} {what}: {told}")


def _extents() -> Iterator[Finding]:
    """Claims of one event that differ in how much was taken."""
    rows = Claim.objects.exclude(extent="").filter(overtaken_by=None).values_list("event__key", "extent").distinct()
    extents: dict[str, list[str]] = defaultdict(list)
    for event, extent in rows.order_by("event__key", "extent"):
        extents[event].append(extent)
    return (_remark("disputed extent", event, " or ".join(told)) for event, told in extents.items() if len(told) > 1)


# --- Coverage -------------------------------------------------------------------------------


def claims_per_section() -> list[tuple[str, str, int]]:
    """Source, section and number of claims that cite it, in the order of the documents."""
    rows = Passage.objects.order_by("source__key", "id").values_list("source__key", "section", "id")
    sections = list(dict.fromkeys((source, section) for source, section, _ in rows))
    cited = Claim.passages.through.objects.values_list("claim_id", "passage__source__key", "passage__section")
    counts = Counter((source, section) for _, source, section in set(cited))
    return [(source, section, counts[source, section]) for source, section in sections]


def totals() -> list[tuple[str, int, int]]:
    """Source, number of events it tells of, and number of its claims."""
    counted = Source.objects.annotate(events=Count("claims__event", distinct=True), told=Count("claims", distinct=True))
    return list(counted.values_list("key", "events", "told"))


def askable(chronicle: Chronicle) -> list[tuple[str, Counter[str]]]:
    """For each kind of question how many events it can ask, by mode."""
    return coverage(chronicle).kinds()


def short_section(heading: str) -> str:
    """A heading as passages name it: up to its first comma."""
    return heading.split(",", maxsplit=1)[0].strip()


def uncited(path: Path) -> list[tuple[str, str, int, int, str]]:
    """The sentences of a file (columns document, section, paragraph, sentence, text) that no claim cites.

    Raises BadSentences, with a message, for a file that can't be read in that form.
    """
    cited = set(
        Claim.passages.through.objects.values_list(
            "passage__source__key", "passage__section", "passage__paragraph", "passage__sentence"
        )
    )
    return [row for row in _sentences(path) if row[:4] not in cited]


def _sentences(path: Path) -> Iterable[tuple[str, str, int, int, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadSentences(f"{path}: {error}") from None
    for number, row in enumerate(rows, 2):
        try:
            document, section, paragraph, sentence = (row[name] for name in SENTENCE_COLUMNS)
            yield document, short_section(section), int(paragraph), int(sentence), row.get("text") or ""
        except (KeyError, TypeError, ValueError):
            raise BadSentences(f"{path}, line {number}: expected {', '.join(SENTENCE_COLUMNS)}") from None
