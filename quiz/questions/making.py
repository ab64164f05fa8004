"""The table of kinds, and making a question of one of them. A new kind is one file and one line here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from quiz.questions import (
    choose_date,
    choose_phase,
    choose_place,
    enter_date,
    find_place,
    first,
    happened_here,
    insert,
    order,
    settled,
    source_date,
    type_place,
    who_reports,
)
from quiz.questions import next as next_event
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.question import Facet, Question

Maker = Callable[[Chronicle, EventFact, Random], Question | Refusal]
Pairs = Callable[[Chronicle, EventFact], Iterator[Question]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: its name in addresses and logs, what it asks, its title for people, and its maker.

    `pairs` gives every pair of answers that may stand in one question about an event, each as a question of these
    two alone, made as `make` makes it: when all pairs are sound, all questions drawn from them are.
    """

    name: str
    facet: Facet
    title: str
    make: Maker
    pairs: Pairs


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(choose_date.KIND, Facet.DATE, "Choose the date", choose_date.make, choose_date.pairs),
        Kind(enter_date.KIND, Facet.DATE, "Enter the date", enter_date.make, enter_date.pairs),
        Kind(choose_phase.KIND, Facet.DATE, "Choose the phase", choose_phase.make, choose_phase.pairs),
        Kind(choose_place.KIND, Facet.PLACE, "Choose the place", choose_place.make, choose_place.pairs),
        Kind(type_place.KIND, Facet.PLACE, "Type the place", type_place.make, type_place.pairs),
        Kind(find_place.KIND, Facet.PLACE, "Find it on the map", find_place.make, find_place.pairs),
        Kind(happened_here.KIND, Facet.PLACE, "What happened here?", happened_here.make, happened_here.pairs),
        Kind(first.KIND, Facet.SEQUENCE, "Which came first?", first.make, first.pairs),
        Kind(order.KIND, Facet.SEQUENCE, "Put in order", order.make, order.pairs),
        Kind(insert.KIND, Facet.SEQUENCE, "Insert into the timeline", insert.make, insert.pairs),
        Kind(next_event.KIND, Facet.SEQUENCE, "What came next?", next_event.make, next_event.pairs),
        Kind(settled.KIND, Facet.SEQUENCE, "Which came first, or is it not settled?", settled.make, settled.pairs),
        Kind(who_reports.KIND, Facet.SOURCE, "Who reports this?", who_reports.make, who_reports.pairs),
        Kind(source_date.KIND, Facet.SOURCE, "What date does this source give?", source_date.make, source_date.pairs),
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
