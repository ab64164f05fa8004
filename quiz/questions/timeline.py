"""A timeline that grows: events are put one after the other into the line of those put before.

The events are drawn first, spread over the time that there is, and then asked in an order of chance. So the rank of
each among those before it is equally often the first, the last and any other, whatever was asked already: no gap is a
better guess than another.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from random import Random

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import Refusal
from quiz.questions.insert import into_line
from quiz.questions.ordering import citations, clause, dated_line
from quiz.questions.question import Question
from quiz.questions.stems import refused_stem

MOST_STEPS = 9
"""How many events are put in at most: the last one into a line of nine, which has ten gaps."""
LOOKED_AT = 300
"""Among how many events those of a run are drawn: chronicles may be large."""
LEAST_DAYS_APART, MOST_DAYS_APART = 2, 10
"""So many days one event is over before the next begins, where there is enough to draw from; else one."""
TRIES = 3
"""How often a line is drawn anew before the rules are loosened."""
SHARE = 2
"""One agent, one place or one kind has part in one of so many events of a run, in one of them at least."""
WIDE_DAYS = 31
"""An event of which the days lie further apart would keep many others out of its run."""


@dataclass(frozen=True, slots=True)
class TooFewEvents(Refusal):
    """There are too few events for a run; one of `possible` steps is possible, whatever the chance."""

    possible: int = 0


@dataclass(frozen=True, slots=True)
class _Rule:
    """What holds for the events of one run: days between any two, and in how many one trait may come up."""

    apart: int
    most: int


LOOSEST = _Rule(apart=1, most=MOST_STEPS + 1)


def run(chronicle: Chronicle, keys: Sequence[str], steps: int, rng: Random) -> list[Question] | Refusal:
    """The questions of a run of so many steps with events among these keys; the same arguments give the same ones.

    Every two of the events are definitely in order by their dates, no steps of one fight, and rest on no common
    sentence. What may stand in no order is passed over. Raises ValueError for steps outside 1 to MOST_STEPS.
    """
    if not 1 <= steps <= MOST_STEPS:
        raise ValueError(f"a run has 1 to {MOST_STEPS} steps, not {steps}")
    drawn = _drawn(chronicle, keys, steps + 1, rng)
    if isinstance(drawn, Refusal):
        return drawn
    return [_asked(chronicle, drawn[n], drawn[:n]) for n in range(1, len(drawn))]


# --- Drawing the events ---------------------------------------------------------------------


def _drawn(chronicle: Chronicle, keys: Sequence[str], size: int, rng: Random) -> list[str] | TooFewEvents:
    """So many events in the order in which they are asked."""
    at = rng.sample(range(len(keys)), min(LOOKED_AT, len(keys)))
    pool = [keys[n] for n in at if _usable(chronicle, keys[n])]
    pools, distances = (_first_choice(chronicle, pool), pool), _distances(chronicle, pool, size)
    for wanted, apart, _ in product(pools, distances, range(TRIES)):
        line = _fitting(chronicle, rng.sample(wanted, len(wanted)), size, _Rule(apart, -(-size // SHARE)))
        if len(line) == size:
            # Anew: what happened on a busy day is met early, and would always be in the line before what did not.
            return rng.sample(line, size)
    line = _longest(chronicle, keys)
    return rng.sample(line, size) if len(line) >= size else _too_few(max(0, len(line) - 1))


def _too_few(possible: int) -> TooFewEvents:
    told = "1 step is possible" if possible == 1 else f"{possible or 'no'} steps are possible"
    return TooFewEvents(f"too few of these events stand in a strict order: {told}", possible=possible)


def _usable(chronicle: Chronicle, key: str) -> bool:
    """Whether an event may be put into a line at all."""
    return key in chronicle.sequence and refused_stem(_stem(chronicle, key)) is None


def _first_choice(chronicle: Chronicle, pool: Iterable[str]) -> list[str]:
    """Those that need no note on their content, which all questions after them would need, and are narrowly dated."""
    spans = ((key, *chronicle.sequence.span[key]) for key in pool)
    narrow = (key for key, first, last in spans if first and (last - first).days <= WIDE_DAYS)
    return [key for key in narrow if not chronicle.events[key].sensitive]


def _distances(chronicle: Chronicle, pool: Iterable[str], size: int) -> Iterable[int]:
    """How many days apart the events are to be, tried one after the other.

    At first half of what would fit in if all days with events followed each other: with more, the few events of quiet
    times would be in every run.
    """
    days = len({chronicle.sequence.span[key][1] for key in pool})
    return range(min(MOST_DAYS_APART, max(LEAST_DAYS_APART, days // (2 * size))), 0, -1)


def _longest(chronicle: Chronicle, keys: Iterable[str]) -> list[str]:
    """A line that does not depend on chance, up to the longest of a run: of those that fit, the first to be over.

    By dates alone none is longer: what is over first keeps the fewest others out.
    """
    rank = chronicle.sequence.rank
    waiting = sorted({key for key in keys if _usable(chronicle, key)}, key=lambda key: rank[key])
    return _fitting(chronicle, waiting, MOST_STEPS + 1, LOOSEST)


def _fitting(chronicle: Chronicle, waiting: Iterable[str], size: int, rule: _Rule) -> list[str]:
    """Events of which each fits to all those taken before it, up to a size."""
    line: list[str] = []
    seen: Counter[tuple[str, str]] = Counter()
    for key in waiting:
        if all(_fit(chronicle, key, other, rule.apart) for other in line):
            traits = _traits(chronicle, key)
            if all(seen[trait] < rule.most for trait in traits):
                line.append(key)
                seen.update(traits)
        if len(line) == size:
            break
    return line


def _fit(chronicle: Chronicle, one: str, other: str, apart: int) -> bool:
    """Whether two events may stand in one run: so many days apart, in order, and none told of by the other's source."""
    if _days_between(chronicle, one, other) < apart or not chronicle.sequence.strict(one, other):
        return False
    return _sentences(chronicle, one).isdisjoint(_sentences(chronicle, other))


def _days_between(chronicle: Chronicle, one: str, other: str) -> int:
    """From the last day of the earlier to the first of the later, over all claims; 0 or less where they overlap."""
    (low, high), (first, last) = chronicle.sequence.span[one], chronicle.sequence.span[other]
    return max((first - high).days if first else 0, (low - last).days if low else 0)


def _sentences(chronicle: Chronicle, key: str) -> set[tuple[str, str]]:
    """Where the claims of an event stand, boxes apart: what is cited under one event must not tell of a later one."""
    return {(c.source, at) for c in chronicle.events[key].claims if not c.infobox for at in c.locators}


def _traits(chronicle: Chronicle, key: str) -> list[tuple[str, str]]:
    """What makes events alike: who acts, where, and what they do."""
    event = chronicle.events[key]
    agents, places = sorted(event.agents), sorted(chronicle.sequence.told_places(key))
    return [("kind", event.kind), *(("agent", one) for one in agents), *(("place", one) for one in places)]


# --- Asking -----------------------------------------------------------------------------------


def _stem(chronicle: Chronicle, key: str) -> str:
    return f"Where in the line of events so far does this belong: {clause(chronicle, key)}?"


def _asked(chronicle: Chronicle, key: str, placed: Collection[str]) -> Question:
    """The question for the next event of a run.

    Only the dates and claims of its neighbours are told with its own: those of the others were, when they were put
    in, and stand beside them.
    """
    rank = chronicle.sequence.rank
    line = sorted(placed, key=lambda other: rank[other])
    gap = sum(rank[other] < rank[key] for other in line)
    beside = line[max(0, gap - 1) : gap + 1]
    made = into_line(chronicle, key, line, gap)
    return replace(
        made,
        id="/".join(("timeline", key, *line)),
        stem=_stem(chronicle, key),
        explanation=f"{dated_line(chronicle, key)} {_beside(chronicle, line, gap)}",
        citations=citations(chronicle, (key, *beside)),
    )


def _beside(chronicle: Chronicle, line: Sequence[str], gap: int) -> str:
    """The dates between which an event stands; those of a line of nine, one after the other, nobody would take in."""
    before = f"{chronicle.date_words(line[gap - 1])} for the event before it" if gap else ""
    if gap == len(line):
        return f"The documents give {before}."
    after = f"{chronicle.date_words(line[gap])} for the {'one' if gap else 'event'} after it"
    return f"The documents give {before}, and {after}." if gap else f"The documents give {after}."
