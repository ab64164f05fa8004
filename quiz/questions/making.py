"""The table of kinds, and making a question of one of them. A new kind is one file and one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from quiz.questions import choose_date, choose_place, enter_date, first, order
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.question import Facet, Question

Maker = Callable[[Chronicle, EventFact, Random], Question | Refusal]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: its name in addresses and logs, what it asks, its title for people, and its maker."""

    name: str
    facet: Facet
    title: str
    make: Maker


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(choose_date.KIND, Facet.DATE, "Choose the date", choose_date.make),
        Kind(enter_date.KIND, Facet.DATE, "Enter the date", enter_date.make),
        Kind(choose_place.KIND, Facet.PLACE, "Choose the place", choose_place.make),
        Kind(first.KIND, Facet.SEQUENCE, "Which came first?", first.make),
        Kind(order.KIND, Facet.SEQUENCE, "Put in order", order.make),
    )
}


def make(chronicle: Chronicle, kind: str, event: str, seed: int) -> Question | Refusal:
    """Make a question of a kind about an event; the same arguments on the same content give the same question.

    Raises KeyError for an unknown kind or event.
    """
    # Seeded by a text: the same in every process, whatever its hash seed.
    rng = Random(f"{seed}/{kind}/{event}")
    return KINDS[kind].make(chronicle, chronicle.events[event], rng)


def kinds_of(facet: Facet | None) -> list[Kind]:
    """The kinds that ask a facet, or all of them."""
    return [kind for kind in KINDS.values() if facet in (None, kind.facet)]
