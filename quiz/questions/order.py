"""Put events in order: three to six events, each definitely before the next."""

from collections.abc import Iterator
from itertools import combinations
from random import Random

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.ordering import (
    citations,
    extended,
    in_order,
    line_in_words,
    mode_of,
    near,
    option,
    sensitive,
    why_in_order,
)
from quiz.questions.question import Facet, Question, Shape

KIND = "order"
LEAST = 3
SIZES = (4, 5, 6)
"""How many events are asked for. Three stand only where no more fit: they leave two orders to be shown first, so that
the right one could be guessed from the order shown.
"""


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask for the order of an event and some near it, each pair of which is strictly ordered."""
    if event.key not in chronicle.sequence:
        return chronicle.sequence.refused[event.key]
    before, after = near(chronicle, event.key)
    line = extended(chronicle, [event.key], before + after, rng.choice(SIZES), rng)
    if len(line) < LEAST:
        return Refusal("too few events near it in time stand in a strict order")
    return _build(chronicle, event, line, _start(line, rng))


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """Each two of the event and those near it that may stand in one order."""
    if event.key not in chronicle.sequence:
        return
    before, after = near(chronicle, event.key)
    for one, other in combinations([*before[::-1], event.key, *after], 2):
        if chronicle.sequence.strict(one, other):
            line = in_order(chronicle, [one, other])
            yield _build(chronicle, event, line, line[::-1])


def _build(chronicle: Chronicle, event: EventFact, line: list[str], shown: list[str]) -> Question:
    return Question(
        id="/".join((KIND, event.key, *sorted(set(line) - {event.key}))),
        kind=KIND,
        shape=Shape.ORDER,
        facet=Facet.SEQUENCE,
        mode=mode_of(chronicle, line),
        events=(*(key for key in line if key == event.key), *(key for key in line if key != event.key)),
        stem="In which order did these happen, from the earliest to the latest?",
        options=tuple(option(chronicle, key) for key in shown),
        key=tuple(shown.index(key) for key in line),
        key_text=line_in_words(chronicle, line),
        explanation=why_in_order(chronicle, line),
        citations=citations(chronicle, line),
        sensitive=sensitive(chronicle, line),
    )


def _start(line: list[str], rng: Random) -> list[str]:
    """An order to show first: neither the right one nor one swap of any two away from it."""
    while True:
        shown = rng.sample(line, len(line))
        if sum(one != other for one, other in zip(shown, line, strict=True)) > 2:
            return shown
