"""The proof as a whole: everything that can be asked of a chronicle, held against everything that must be true."""

from collections.abc import Iterable, Sequence
from itertools import chain

from quiz.models import StatedOrder
from quiz.questions import typed_places
from quiz.questions.asking import date_agreement, place_agreement
from quiz.questions.chronicle import Chronicle
from quiz.questions.proving.bots import BOTS
from quiz.questions.proving.learning import learned
from quiz.questions.proving.properties import CHRONICLE_PROPERTIES
from quiz.questions.proving.space import Rate, balances, counts, guessing, spreads
from quiz.questions.proving.world import Agreements, Site, Stated, World
from quiz.questions.question import Question
from quiz.study.coverage import Coverage, coverage
from quiz.study.proof import assembled, identity, sources
from quiz.study.proof.constants import constants, constants_row
from quiz.study.proof.drawing import CHUNK, Drawn, Work, draw, makings
from quiz.study.proof.processes import spread
from quiz.study.proof.report import Fault, Proof, Row
from quiz.study.proof.runs import runs

SITTINGS = 6
"""Seeds with which sittings of every sort are drawn."""


def stated_orders() -> list[Stated]:
    """The orders that documents state in words, each with its document, from the database."""
    rows = StatedOrder.objects.filter(earlier__retired=False, later__retired=False)
    return [Stated(*row) for row in rows.values_list("earlier__key", "later__key", "passage__source__key")]


def world(chronicle: Chronicle, stated: Iterable[Stated] | None = None) -> World:
    """What the judges know: the raw facts, and what the site makes of them, to be judged as well."""
    closed = (Stated(earlier, later) for earlier, later in sorted(chronicle.sequence.stated))
    events = chronicle.events.values()
    begun = [interval.earliest for event in events for interval in event.intervals if interval.earliest]
    return World(
        events,
        chronicle.gazetteer.places,
        closed if stated is None else stated,
        chronicle.phases,
        first_day=min([*begun, *(phase.first for phase in chronicle.phases)], default=chronicle.first_day),
        site=Site(
            agreements={e.key: Agreements(str(date_agreement(e.claims)), str(place_agreement(e))) for e in events},
            read=lambda text: _read(text, chronicle),
        ),
    )


def _read(text: str, chronicle: Chronicle) -> str | None:
    try:
        return typed_places.read(text, chronicle.gazetteer).place.key
    except typed_places.UnreadablePlace:
        return None


def prove(
    chronicle: Chronicle,
    *,
    seeds: int = 4,
    jobs: int = 1,
    most: int | None = None,
    stated: Iterable[Stated] | None = None,
) -> Proof:
    """Draw every question with so many seeds and every pair, in so many processes, and judge them.

    `most` bounds the number of events asked about, for chronicles too large to be gone through whole: they are taken
    at even distances, and the proof says so.
    """
    keys = _sample(sorted(chronicle.events), most)
    known = world(chronicle, stated)
    # First, as what the chronicle works out for its first questions is then there for all processes.
    same = identity.same_in_any_process(chronicle, keys)
    work = Work(chronicle, known, seeds)
    drawn = draw(work, keys, jobs)
    along = runs(work, jobs)
    wholes = [*(question for one in drawn for question in one.wholes), *along.wholes]
    rates = guessing(wholes)
    covered = covered_by(chronicle, keys, jobs)
    constant = constants(chronicle, wholes)
    rows = [
        *_chronicle_rows(known, jobs),
        *_question_rows(drawn),
        *along.rows,
        *_space_rows(wholes, rates),
        constants_row(constant),
        same,
        sources.chance_and_clock(),
        sources.independence(),
        *assembled.sittings(chronicle, covered, min(seeds, SITTINGS), jobs),
    ]
    return Proof(
        rows=tuple(rows),
        made=makings(drawn),
        rates=tuple(rates),
        spreads=tuple(spreads(wholes)),
        balances=tuple(balances(wholes)),
        counts=tuple(counts(wholes)),
        constants=constant,
        slips=tuple(chronicle.gazetteer.confusable()),
        coverage=covered,
        sampled="" if len(keys) == len(chronicle.events) else f"{len(keys)} of {len(chronicle.events)} events",
    )


def _sample(keys: Sequence[str], most: int | None) -> Sequence[str]:
    """At most so many keys, at even distances."""
    if most is None or most >= len(keys):
        return keys
    return [keys[n * len(keys) // most] for n in range(most)]


def covered_by(chronicle: Chronicle, keys: Sequence[str], jobs: int) -> Coverage:
    """What can be asked of these events, tried in so many processes."""
    chunks = [(keys[n : n + CHUNK],) for n in range(0, len(keys), CHUNK)]
    parts = spread(chronicle, coverage, chunks, jobs)
    return Coverage(tuple(fact for part in parts for fact in part.facts))


def _chronicle_rows(known: World, jobs: int = 1) -> list[Row]:
    """Each property of the facts themselves."""
    return spread(known, _chronicle_row, [(n,) for n in range(len(CHRONICLE_PROPERTIES))], jobs)


def _chronicle_row(known: World, number: int) -> Row:
    prop = CHRONICLE_PROPERTIES[number]
    checked, skipped, faults = prop.check(known)
    return Row(prop.group, prop.name, checked, skipped, [Fault(text) for text in faults])


def _question_rows(drawn: Iterable[Drawn]) -> list[Row]:
    """Each property of a question, over all kinds."""
    total: dict[tuple[str, str], Row] = {}
    for row in chain.from_iterable(one.rows for one in drawn):
        total.setdefault((row.group, row.name), Row(row.group, row.name)).add(row)
    return list(total.values())


def _space_rows(wholes: Sequence[Question], rates: Iterable[Rate]) -> list[Row]:
    """Each property of the questions taken together."""
    ranks = Row("Options", "the key stands at each rank about as often")
    for one in spreads(wholes):
        text = f"{one.kind}: {', '.join(f'{share:.3f}' for share in one.ranks)} over {one.events} events"
        ranks.see([Fault(text)] if one.fails else [])
    sides = Row("Options", "as many wrong dates lie before the key as after it")
    for balance in balances(wholes):
        sides.see([Fault(f"{balance.kind}: {balance.before:.3f} lie before")] if balance.fails else [])
    return [ranks, sides, *_guessing_rows(rates)]


def _guessing_rows(rates: Iterable[Rate]) -> list[Row]:
    """For each bot whether it does better than chance in any kind."""
    rows = {name: Row("Guessing", f"taking what is {name} gains nothing") for name in (*BOTS, *learned([]))}
    for rate in rates:
        row = rows.setdefault(rate.bot, Row("Guessing", f"an order left {rate.bot} gains nothing"))
        text = f"{rate.kind}: {rate.hits:.3f} where chance is {rate.chance:.3f} and the bound {rate.bound:.3f}"
        row.see([Fault(f"{text} ({rate.events} events)")] if rate.fails else [])
    return list(rows.values())
