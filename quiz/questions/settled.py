"""Which came first, or is it not settled? Two events, and as a third answer that the documents leave it open."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random

from quiz.chronology import Interval, Order, in_words, precedes
from quiz.questions.asking import SHORT_DAYS
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.leads import listed
from quiz.questions.ordering import (
    REACH_DAYS,
    citations,
    clause,
    dated_line,
    mode_of,
    near,
    option,
    sensitive,
    why_in_order,
)
from quiz.questions.question import Facet, Mode, Option, Question, Shape

KIND = "settled"
OPEN = "The documents do not settle it"
UNSETTLED = 2
"""The index of that answer."""
HOURS = re.compile(
    r"\b(dawn|morning|noon|midday|afternoon|dusk|evening|midnight|night|early|late|hours?)\b", re.IGNORECASE
)
"""Words that give the time of a day: events of one day may be in order by them."""

Pool = tuple[list[str], list[str], list[str]]


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask for the order of an event and another; which of the three answers is right is drawn first.

    An event is asked only where a partner for each answer is there: so each is right a third of the time.
    """
    if event.key not in chronicle.sequence:
        return chronicle.sequence.refused[event.key]
    settled, contested, open_ = _pool(chronicle, event.key)
    if not settled:
        return Refusal("nothing near it in time comes definitely before or after it at another place")
    if not contested and not open_:
        return Refusal("nothing near it in time leaves its order against it open")
    right = rng.randrange(UNSETTLED + 1)
    if right == UNSETTLED:
        other = rng.choice(rng.choice([side for side in (contested, open_) if side]))
        return _build(chronicle, event, other, rng.sample([event.key, other], 2))
    other = rng.choice(settled)
    pair = [event.key, other] if chronicle.sequence.precede(event.key, other) else [other, event.key]
    return _build(chronicle, event, other, pair if right == 0 else pair[::-1])


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """The event beside each that may stand with it, in all three sorts."""
    if event.key in chronicle.sequence:
        pool = _pool(chronicle, event.key)
        if pool[0] and (pool[1] or pool[2]):
            yield from (_build(chronicle, event, other, [event.key, other]) for keys in pool for other in keys)


def _pool(chronicle: Chronicle, key: str) -> Pool:
    """Events near in time whose order against one is settled, contested, and open.

    Those at a place of its own are left out in all three: there one thing leads to another, and a shared name would
    tell that the order is settled.
    """

    def apart(others: list[str]) -> list[str]:
        return [other for other in others if not _share_place(chronicle, key, other)]

    before, after = near(chronicle, key)
    beside = [] if chronicle.events[key].twins else chronicle.sequence.beside(key, REACH_DAYS)
    beside = [k for k in beside if not chronicle.events[k].twins]
    untold = [k for k in beside if not chronicle.sequence.is_told(key, k)]
    relation = {other: chronicle.sequence.relation(key, other) for other in untold}
    contested = [k for k in untold if relation[k] is Order.CONTESTED and _contested_in_earnest(chronicle, key, k)]
    open_ = [k for k in untold if relation[k] is Order.OPEN and _left_open(chronicle, key, k)]
    return apart(before + after), apart(contested), apart(open_)


def _contested_in_earnest(chronicle: Chronicle, a: str, b: str) -> bool:
    """Whether claims of these two events themselves put either first, and none of these is doubted or overtaken.

    An account of what is perhaps the same event tells it in other words: whoever reads these would be misled.
    """
    firm = [
        [claim.interval for claim in chronicle.events[key].claims if claim.interval and claim.is_firm] for key in (a, b)
    ]
    forward = any(precedes(i, j) for i in firm[0] for j in firm[1])
    return forward and any(precedes(j, i) for i in firm[0] for j in firm[1])


def _share_place(chronicle: Chronicle, a: str, b: str) -> bool:
    """Whether two events have to do with one place, or with one that lies in another.

    Of the same actors at no named place nobody can say that they did two things.
    """
    ones, others = (chronicle.sequence.told_places(key) for key in (a, b))
    if not (ones and others):
        return chronicle.events[a].agents == chronicle.events[b].agents
    return any(chronicle.gazetteer.related(one, other) for one in ones for other in others)


# --- What nobody orders ---------------------------------------------------------------------


def _left_open(chronicle: Chronicle, a: str, b: str) -> bool:
    """Whether dates that the documents give in full leave an order open."""
    ones, others = chronicle.sequence.dated(a), chronicle.sequence.dated(b)
    if not (_well_dated(ones) and _well_dated(others)) or HOURS.search(chronicle.texts[a] + " " + chronicle.texts[b]):
        return False
    if _locators(ones) & _locators(others):
        return False
    starts = [(_starts(c.interval), _starts(d.interval)) for c in ones for d in others if c.interval and d.interval]
    return not (all(i[1] < j[0] for i, j in starts) or all(j[1] < i[0] for i, j in starts))


def _well_dated(claims: list[ClaimFact]) -> bool:
    """Whether every claim gives a date of its own to the day or nearly so, and none an hour."""
    return all(
        claim.interval and (claim.interval.days or SHORT_DAYS + 1) <= SHORT_DAYS and not claim.inferred
        for claim in claims
    ) and not any(HOURS.search(claim.sentence) for claim in claims)


def _locators(claims: list[ClaimFact]) -> set[tuple[str, str]]:
    """The sentences of documents that claims rest on: what one sentence tells of is one happening."""
    return {(claim.source, locator) for claim in claims for locator in claim.locators}


def _starts(interval: Interval) -> tuple[date, date]:
    """The first and the last day on which it may have begun: what lasted began on its first day."""
    low = interval.earliest or date.min
    return low, low if interval.lasted else interval.latest


# --- The question ---------------------------------------------------------------------------


def _build(chronicle: Chronicle, event: EventFact, other: str, shown: list[str]) -> Question:
    sequence = chronicle.sequence
    settled = sequence.precede(*shown) or sequence.precede(*shown[::-1])
    right = UNSETTLED if not settled else int(not sequence.precede(*shown))
    told = shown if right == 0 else shown[::-1]
    return Question(
        id=f"{KIND}/{event.key}/{other}",
        kind=KIND,
        shape=Shape.CHOICE,
        facet=Facet.SEQUENCE,
        mode=mode_of(chronicle, shown) if settled else Mode.DISPUTED,
        events=(event.key, other),
        stem="Which of these two came first, or do the documents leave it open?",
        options=(
            *(option(chronicle, key) for key in shown),
            Option(
                OPEN, "What the documents say does settle it." if settled else "What the documents say leaves it open."
            ),
        ),
        key=(right,),
        key_text=capital(clause(chronicle, shown[right])) if settled else OPEN,
        explanation=why_in_order(chronicle, told) if settled else _why_open(chronicle, shown),
        citations=citations(chronicle, told),
        sensitive=sensitive(chronicle, {*shown, *(twin for key in shown for twin in _twins(chronicle, key))}),
    )


def _why_open(chronicle: Chronicle, keys: list[str]) -> str:
    told = " ".join(_dates_told(chronicle, key) for key in keys)
    if chronicle.sequence.relation(*keys) is Order.CONTESTED:
        return f"{told} Some of their dates put the one first, some the other."
    return f"{told} Their dates leave the order open, and no document states it in words."


def _dates_told(chronicle: Chronicle, key: str) -> str:
    """An event with its dates, and what is perhaps the same event with its own."""
    given = _dates_given(chronicle.events[key])
    # Where several give dates, each is named beside the date it gives.
    told = f"{capital(chronicle.texts[key])}: {' or '.join(given)}." if len(given) > 1 else dated_line(chronicle, key)
    perhaps = (f"Perhaps the same event: {chronicle.story_line(twin)}" for twin in _twins(chronicle, key))
    return " ".join([told, *perhaps])


def _twins(chronicle: Chronicle, key: str) -> list[str]:
    return sorted(chronicle.events[key].twins & chronicle.events.keys())


def _dates_given(event: EventFact) -> list[str]:
    """The dates of an event, the earliest first, each with those who give it."""
    givers: dict[str, list[str]] = defaultdict(list)
    dated = [(claim.interval, claim.said_by) for claim in event.claims if claim.interval]
    for interval, name in sorted(dated, key=lambda pair: pair[0].latest):
        givers[in_words(interval)].append(name)
    return [f"{words} (by {listed(list(dict.fromkeys(names)))})" for words, names in givers.items()]
