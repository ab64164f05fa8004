"""The order in which the story map tells events: by day, then as the documents tell them and order them in words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from quiz.chronology import Order, all_precede, precedes
from quiz.models import Claim
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact
from quiz.study import telling


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A sentence of a document, by section, paragraph and sentence; an infobox has 0 for both."""

    source: str
    section: str
    paragraph: int
    sentence: int


SETTLED = frozenset({Order.BEFORE, Order.SOURCE_BEFORE})
"""How an event may stand to one told later for the order to be settled: by all claims, or by each source of both."""

Told = Mapping[str, frozenset[Spot]]
"""Where the documents tell of each event, by its key."""


def told_in() -> Told:
    """The sentences that tell of each event that is not retired: one query."""
    found: dict[str, set[Spot]] = defaultdict(set)
    rows = Claim.passages.through.objects.filter(claim__event__retired=False).values_list(
        "claim__event__key",
        "passage__source__key",
        "passage__section",
        "passage__paragraph",
        "passage__sentence",
    )
    for key, source, section, paragraph, sentence in rows:
        found[key].add(Spot(source, section, paragraph or 0, sentence or 0))
    return {key: frozenset(spots) for key, spots in found.items()}


def in_order(chronicle: Chronicle, keys: Iterable[str], told: Told) -> list[str]:
    """Events in the order of the story.

    First by the first day that `telling.when` gives. Among those of one day: the beginning of a phase first and its
    end last; what happened by that day before what happened on it; what took less time first; the rest as the
    document that tells most of them tells them, what counts the dead after what it counts. At last whatever a
    document orders in words is put in that order, where no date is against it.
    """
    listed = list(keys)
    rank = _ranks(chronicle, listed, told)

    def place(key: str) -> tuple[date, int, bool, date, tuple[int, str, int, int], bool, str]:
        event = chronicle.events[key]
        first, last, _ = telling.when(chronicle, key)
        after = not _is_by(event) or event.counts_the_dead
        return first, _edge(event), after, last, rank[key], event.counts_the_dead, key

    return _by_words(chronicle, sorted(listed, key=place))


def _is_by(event: EventFact) -> bool:
    """Whether the documents give no day from which on it can have happened."""
    return bool(event.intervals) and all(interval.earliest is None for interval in event.intervals)


def _edge(event: EventFact) -> int:
    """-1 for the beginning of a phase, 1 for its end, 0 for all else."""
    names_a_phase = event.needs_source and not event.counts_the_dead
    return {"start": -1, "end": 1}.get(event.kind, 0) if names_a_phase else 0


def _ranks(chronicle: Chronicle, keys: Iterable[str], told: Told) -> dict[str, tuple[int, str, int, int]]:
    """Where each event stands in the document that tells most of these: sections by the middle one of their days."""
    spots = {key: told.get(key, frozenset()) for key in keys}
    counted = Counter(source for mine in spots.values() for source in {spot.source for spot in mine})
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for key, mine in spots.items():
        for spot in mine:
            days[spot.source, spot.section].append(telling.when(chronicle, key)[0].toordinal())
    middle = {section: median_low(found) for section, found in days.items()}

    def rank(mine: frozenset[Spot]) -> tuple[int, str, int, int]:
        in_text = [spot for spot in mine if spot.paragraph] or list(mine)
        if not in_text:
            return date.max.toordinal(), "", 0, 0
        first = min(in_text, key=lambda spot: (-counted[spot.source], spot))
        return middle[first.source, first.section], first.section, first.paragraph, first.sentence

    return {key: rank(mine) for key, mine in spots.items()}


def _by_words(chronicle: Chronicle, keys: Sequence[str]) -> list[str]:
    """The same events, each after all that a document states to be earlier; a circle is left as it is.

    What is stated to be earlier is told earlier, if it can have happened by then; else what is later waits for it.
    """
    held, waits = set(keys), defaultdict[str, set[str]](set)
    for earlier, later in chronicle.sequence.stated:
        if {earlier, later} <= held and not _dated_before(chronicle, later, earlier):
            waits[later].add(earlier)
    left, told = list(keys), list[str]()
    while left:
        key = _next(chronicle, left, waits)
        left.remove(key)
        told.append(key)
    return told


def _next(chronicle: Chronicle, left: Sequence[str], waits: Mapping[str, set[str]]) -> str:
    """The first of the events that are left, or what must be told before it."""
    unplaced = set(left)
    for key in left:
        missing = [one for one in left if one in waits.get(key, ())]
        if not missing:
            return key
        early = [
            one for one in missing if _can_be_early(chronicle, one, key) and unplaced.isdisjoint(waits.get(one, ()))
        ]
        if early:
            return early[0]
    return left[0]


def _can_be_early(chronicle: Chronicle, one: str, other: str) -> bool:
    """Whether an event can have happened by the first day of another."""
    lows = [i.earliest for i in chronicle.events[one].intervals]
    return None in lows or min((low for low in lows if low), default=date.max) <= telling.when(chronicle, other)[0]


def _dated_before(chronicle: Chronicle, one: str, other: str) -> bool:
    """Whether any claim dates the one before any of the other."""
    ones, others = chronicle.events[one].intervals, chronicle.events[other].intervals
    return any(precedes(i, j) for i in ones for j in others)


def relation(chronicle: Chronicle, earlier: str, later: str) -> Order:
    """What the documents say of the order of two events that are told one after the other."""
    sequence = chronicle.sequence
    if earlier in sequence and later in sequence:
        return sequence.relation(earlier, later)
    ones, others = chronicle.events[earlier].intervals, chronicle.events[later].intervals
    stated = (earlier, later) in sequence.stated and not _dated_before(chronicle, later, earlier)
    return Order.BEFORE if stated or all_precede(ones, others) else Order.OPEN
