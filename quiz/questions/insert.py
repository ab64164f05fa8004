"""Insert into the timeline: a line of events in order, and one more to be put before, between or after them."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.ordering import (
    all_strict,
    citations,
    clause,
    dated_line,
    in_order,
    mode_of,
    near,
    option,
    sensitive,
    why_in_order,
)
from quiz.questions.question import Facet, Question, Shape
from quiz.questions.stems import refused_stem

KIND = "insert"
LINE = 3
"""How many events stand in the line; there is one gap more."""


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask where in a line of three an event belongs; the gap is drawn first, then the line around it.

    Only of an event that any gap may be right for, as early and late ones would make the first and the last gap a
    good guess.
    """
    if event.key not in chronicle.sequence:
        return chronicle.sequence.refused[event.key]
    before, after = near(chronicle, event.key)
    if not (_lines(chronicle, before, [], LINE) and _lines(chronicle, [], after, 0)):
        return Refusal("too few events near it in time come definitely before it, or after it")
    gap = rng.randrange(LINE + 1)
    lines = _lines(chronicle, before, after, gap)
    if not lines:
        return Refusal("too few events near it in time stand in a strict order", by_chance=True)
    return _build(chronicle, event, rng.choice(lines), gap)


def _lines(chronicle: Chronicle, before: list[str], after: list[str], gap: int) -> list[list[str]]:
    """All lines with so many events before the gap, and the rest after it."""
    drawn = (one + other for one in combinations(before, gap) for other in combinations(after, LINE - gap))
    return [in_order(chronicle, line) for line in drawn if all_strict(chronicle, line)]


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """The event and each two of those near it that may stand in one line."""
    if event.key not in chronicle.sequence:
        return
    sequence, (before, after) = chronicle.sequence, near(chronicle, event.key)
    for one, other in combinations([*before[::-1], *after], 2):
        if sequence.strict(one, other):
            line = in_order(chronicle, [one, other])
            made = _build(chronicle, event, line, sum(sequence.precede(key, event.key) for key in line))
            if isinstance(made, Question):
                yield made


def _build(chronicle: Chronicle, event: EventFact, line: list[str], gap: int) -> Question | Refusal:
    made = into_line(chronicle, event.key, line, gap)
    return refused_stem(made.stem) or made


def into_line(chronicle: Chronicle, key: str, line: Sequence[str], gap: int) -> Question:
    """The question for an event and the line that it is to be put into; every two of them are strictly ordered."""
    whole = [*line[:gap], key, *line[gap:]]
    return Question(
        id="/".join((KIND, key, *line)),
        kind=KIND,
        shape=Shape.GAP,
        facet=Facet.SEQUENCE,
        mode=mode_of(chronicle, whole),
        events=(key, *line),
        stem=f"Where in this line of events does this belong: {clause(chronicle, key)}?",
        options=tuple(option(chronicle, other) for other in line),
        key=(gap,),
        key_text=_gap_in_words(chronicle, line, gap),
        explanation=f"{dated_line(chronicle, key)} {why_in_order(chronicle, whole)}",
        citations=citations(chronicle, whole),
        sensitive=sensitive(chronicle, whole),
    )


def _gap_in_words(chronicle: Chronicle, line: Sequence[str], gap: int) -> str:
    """Where the event belongs: first, last, or after which one."""
    if gap == 0:
        return "Before all of these" if len(line) > 1 else f"Before this: {clause(chronicle, line[0])}"
    if gap == len(line) > 1:
        return "After all of these"
    return f"After this: {clause(chronicle, line[gap - 1])}"
