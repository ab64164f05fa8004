"""The group *Facts*: what must hold of the claims themselves before anything is asked."""

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from quiz.chronology import Interval
from quiz.questions.facts import ClaimFact, EventFact
from quiz.questions.proving.days import Bounds, Days, common_days, days_of, run, vouching
from quiz.questions.proving.verdicts import ChronicleProperty
from quiz.questions.proving.world import Stated, World

Found = tuple[int, Counter[str], list[str]]
_DAY = r"\d{4}-\d\d-\d\d"
_AROUND = timedelta(days=2)
PARAGRAPH = re.compile(r"¶|\bparagraph\b|\bsentence\b")


def dated(world: World) -> list[tuple[str, Interval]]:
    """Key and date of every claim that has one."""
    return [(c.key, c.interval) for event in world.events.values() for c in event.claims if c.interval]


def undated(world: World) -> Counter[str]:
    """How many claims have no date."""
    return Counter({"a claim without a date": sum(not c.interval for e in world.events.values() for c in e.claims)})


def bounds_in_order(world: World) -> Found:
    """The earliest day is never later than the latest, of claims and of phases."""
    listed = [
        *((key, i.earliest, i.latest) for key, i in dated(world)),
        *((p.key, p.first, p.last) for p in world.phases),
    ]
    return len(listed), undated(world), [key for key, low, high in listed if low is not None and low > high]


def reread(text: str) -> tuple[str, Bounds] | None:
    """Precision and bounds of a date as it is written; None for a text in no known form."""
    if found := re.fullmatch(rf"({_DAY})(~?)", text):
        day = date.fromisoformat(found[1])
        return ("approximate", (day - _AROUND, day + _AROUND)) if found[2] else ("day", (day, day))
    if found := re.fullmatch(r"(\d{4})-(\d\d)", text):
        year, month = int(found[1]), int(found[2])
        return "month", (date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    if found := re.fullmatch(rf"({_DAY})/({_DAY})", text):
        return "span", (date.fromisoformat(found[1]), date.fromisoformat(found[2]))
    if found := re.fullmatch(rf"\[({_DAY})?\.\.({_DAY})\]", text):
        low = date.fromisoformat(found[1]) if found[1] else None
        return ("within" if low else "by"), (low, date.fromisoformat(found[2]))
    return None


def precision_fits(world: World) -> Found:
    """The precision and the bounds that are stored are those that the written date gives."""
    listed = dated(world)
    return len(listed), undated(world), [key for key, i in listed if _other_precision(i)]


def _other_precision(interval: Interval) -> bool:
    read = reread(interval.text)
    return read is None or read[0] != interval.precision


def no_default(world: World) -> Found:
    """No day stands where none is written: not for a blank date, not for a missing lower bound."""
    listed = dated(world)
    bad = [key for key, i in listed if (reread(i.text) or ("", None))[1] != (i.earliest, i.latest)]
    return len(listed), undated(world), bad


def has_source_and_locator(world: World) -> Found:
    """Every claim names its document and where in it; one from an infobox names no paragraph."""
    claims = [c for event in world.events.values() for c in event.claims]
    empty = [event.key for event in world.events.values() if not event.claims]
    return len(claims), Counter(), [*(c.key for c in claims if not _located(c)), *empty]


def _located(claim: ClaimFact) -> bool:
    named = claim.source and claim.source_name and claim.family and claim.sentence.strip() and claim.locators
    paragraphs = [bool(PARAGRAPH.search(locator)) for locator in claim.locators]
    return bool(named) and all(claim.locators) and (not any(paragraphs) if claim.infobox else any(paragraphs))


# --- Agreement ----------------------------------------------------------------------------------


def witness(claim: ClaimFact) -> str:
    """On whose word a claim stands: a voice, somebody unnamed, or the family of its document."""
    return claim.voice or f"{claim.family}{' (unnamed)' if claim.stance == 'reported' else ''}"


def _agreement(values: int, witnesses: int, *, shared: bool) -> str:
    if not shared:
        return "disputed"
    return "compatible" if values > 1 else "agreed" if witnesses > 1 else "single-witness"


def date_agreement(event: EventFact) -> str:
    """How the witnesses of the date stand to each other, by the sets of days that they allow."""
    speaking = [c for c in vouching(event.claims) if c.interval]
    if not speaking:
        return "unknown"
    values: set[Days] = {days_of(c.interval) for c in speaking if c.interval}
    return _agreement(len(values), len(set(map(witness, speaking))), shared=bool(common_days(speaking)))


def place_agreement(event: EventFact) -> str:
    """How the witnesses of the place stand to each other, by the sets of places that they give."""
    speaking = [c for c in vouching(event.claims) if c.carries_place]
    values = {frozenset(p.place for p in (c.places or event.places) if p.role != "mentioned") for c in speaking}
    if not values or values == {frozenset()}:
        return "unknown"
    shared = len(values) == 1 or bool(frozenset.intersection(*values))
    return _agreement(len(values), len(set(map(witness, speaking))), shared=shared)


def agreement_recomputed(world: World) -> Found:
    """What the site says of agreement is what the claims say."""
    given = world.site.agreements
    if given is None:
        return 0, Counter({"the site did not say": len(world.events)}), []
    bad = [
        key
        for key, event in world.events.items()
        if key not in given or (given[key].date, given[key].place) != (date_agreement(event), place_agreement(event))
    ]
    return len(world.events), Counter(), bad


# --- Phases -------------------------------------------------------------------------------------


def phases_agree(world: World) -> Found:
    """Phases lie one after the other; an event is said to lie in one exactly if its days do."""
    bad = [f"{a.key}, {b.key}" for a, b in zip(world.phases, world.phases[1:], strict=False) if a.last >= b.first]
    phases = {phase.key: run(phase.first, phase.last) for phase in world.phases if phase.first <= phase.last}
    told = [event for event in world.events.values() if event.intervals]
    bad += [
        event.key for event in told if [event.phase] != ([k for k, d in phases.items() if settled(event) <= d] or [""])
    ]
    bad += [event.key for event in world.events.values() if event.phase and not event.intervals]
    return len(told), Counter({"an event without a date": len(world.events) - len(told)}), bad


def settled(event: EventFact) -> Days:
    """The days common to all its claims, else all of them."""
    days = [days_of(i) for i in event.intervals]
    return frozenset.intersection(*days) or frozenset.union(*days)


# --- Order --------------------------------------------------------------------------------------

Spans = Mapping[str, Bounds]


def left_in_circles(spans: Spans, stated: Iterable[Stated]) -> list[str]:
    """Events that can't be told in any order: others must come before them, and they before those.

    Again and again everything is told before which nothing is left that must come first, then from the other end.
    """
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for pair in stated:
        before[pair.later].add(pair.earlier)
        after[pair.earlier].add(pair.later)
    waiting, free = set(spans) | set(before) | set(after), {""}
    while waiting and free:
        first_end = min((spans[key][1] for key in waiting if key in spans), default=date.max)
        free = {key for key in waiting if not before[key] & waiting and not _starts_after(spans, key, first_end)}
        waiting -= free
    free = {""}
    while waiting and free:
        last_start = max((spans[key][0] or date.min for key in waiting if key in spans), default=date.min)
        free = {key for key in waiting if not after[key] & waiting and not _ends_before(spans, key, last_start)}
        waiting -= free
    return sorted(waiting)


def _starts_after(spans: Spans, key: str, day: date) -> bool:
    low = spans[key][0] if key in spans else None
    return low is not None and low > day


def _ends_before(spans: Spans, key: str, day: date) -> bool:
    return key in spans and spans[key][1] < day


def _spans(claims: Iterable[tuple[str, Interval]]) -> Spans:
    """First and last day of each event over these claims; no first day where one of them has no lower bound."""
    found: dict[str, Bounds] = {}
    for key, interval in claims:
        low, high = found.get(key, (interval.earliest, interval.latest))
        lowest = None if low is None or interval.earliest is None else min(low, interval.earliest)
        found[key] = (lowest, max(high, interval.latest))
    return found


def no_cycle(world: World) -> Found:
    """Dates and stated orders of all documents together can be told in one order."""
    spans = _spans((event.key, i) for event in world.events.values() for i in event.intervals)
    return len(spans) + len(world.stated), Counter(), left_in_circles(spans, world.stated)


def no_cycle_per_source(world: World) -> Found:
    """The same for what each document says alone; a stated order whose document is not known counts for all."""
    count, bad = 0, []
    for source in sorted({c.source for event in world.events.values() for c in event.claims}):
        spans = _spans(_said_by(world, source))
        stated = [pair for pair in world.stated if pair.source in {"", source}]
        count += len(spans) + len(stated)
        bad += [f"{source}: {key}" for key in left_in_circles(spans, stated)]
    return count, Counter(), bad


def _said_by(world: World, source: str) -> Iterator[tuple[str, Interval]]:
    for event in world.events.values():
        yield from ((event.key, c.interval) for c in event.claims if c.source == source and c.interval)


def stated_known(world: World) -> Found:
    """Every stated order and every 'perhaps the same' names events that there are, and holds both ways."""
    bad = [f"{p.earlier}, {p.later}" for p in world.stated if not {p.earlier, p.later} <= world.events.keys()]
    links = [(key, twin) for key, event in world.events.items() for twin in event.twins]
    bad += [f"{a}, {b}" for a, b in links if b not in world.events or a == b or a not in world.events[b].twins]
    return len(world.stated) + len(links), Counter(), bad


FACTS = tuple(
    ChronicleProperty("Facts", name, check)
    for name, check in (
        ("the earliest day is not later than the latest", bounds_in_order),
        ("the precision fits the interval", precision_fits),
        ("every claim has source and locator, an infobox line no paragraph", has_source_and_locator),
        ("the agreement status is what the claims give", agreement_recomputed),
        ("no blank date becomes a default", no_default),
        ("phase intervals and the events’ phases agree", phases_agree),
        ("the order relation has no cycle per source", no_cycle_per_source),
        ("the order relation has no cycle over all", no_cycle),
        ("what is ordered or perhaps the same is known, and the same both ways", stated_known),
    )
)
