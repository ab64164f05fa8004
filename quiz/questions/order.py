"""Put events in order: four events, each definitely before the next."""

from random import Random

from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.question import Facet, Mode, Option, Question, Shape

KIND = "order"
SIZE = 4
REACH_DAYS = 60
"""How far from the first event drawn the others lie at most, in days."""


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask for the order of an event and three near it, each pair of which is strictly ordered."""
    if event.key not in chronicle.span:
        return Refusal("its order against others is not told plainly")
    chain = _chain(chronicle, event.key, rng)
    if len(chain) < SIZE:
        return Refusal("too few events near it in time stand in a strict order")
    shown = _start(chain, rng)
    texts = [capital(chronicle.texts[key]) for key in shown]
    return Question(
        id="/".join((KIND, event.key, *sorted(set(chain) - {event.key}))),
        kind=KIND,
        shape=Shape.ORDER,
        facet=Facet.SEQUENCE,
        mode=Mode.PLAIN,
        events=(event.key, *(key for key in chain if key != event.key)),
        stem="In which order did these happen, from the earliest to the latest?",
        options=tuple(
            Option(text, chronicle.story_line(key), event=key) for text, key in zip(texts, shown, strict=True)
        ),
        key=tuple(shown.index(key) for key in chain),
        key_text="; ".join(f"{capital(chronicle.texts[key])} ({chronicle.date_words(key)})" for key in chain),
        explanation="Whichever source is followed, each of these ended before the next began, or a document says so.",
        citations=chronicle.citations(c for key in chain for c in chronicle.events[key].claims),
        sensitive=any(chronicle.events[key].sensitive for key in chain),
    )


def _chain(chronicle: Chronicle, key: str, rng: Random) -> list[str]:
    """The event and up to three others in order, every pair strictly ordered; others are drawn in a random order."""
    chain = [key]
    near = chronicle.around(key, REACH_DAYS)
    for other in rng.sample(near, len(near)):
        if len(chain) == SIZE:
            break
        if all(_strict(chronicle, other, k) for k in chain):
            at = sum(chronicle.precede(k, other) for k in chain)
            chain.insert(at, other)
    return chain


def _strict(chronicle: Chronicle, a: str, b: str) -> bool:
    return (chronicle.precede(a, b) or chronicle.precede(b, a)) and not chronicle.are_steps(a, b)


def _start(chain: list[str], rng: Random) -> list[str]:
    """An order to show first: neither the right one nor one swap of any two away from it."""
    while True:
        shown = rng.sample(chain, len(chain))
        if sum(one != other for one, other in zip(shown, chain, strict=True)) > 2:
            return shown
