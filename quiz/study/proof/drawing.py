"""Every question that can be asked, drawn and judged: events x kinds x seeds, and every pair of answers."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import product

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.marking import Answer, mark
from quiz.questions.proving.properties import QUESTION_PROPERTIES, Property, Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Question, Shape
from quiz.study.proof import hinting
from quiz.study.proof.processes import spread
from quiz.study.proof.report import Fault, Making, Row

CHUNK = 60
"""Events that a process takes at a time."""


@dataclass(slots=True)
class Drawn:
    """Questions of one kind: what was judged of them, and what is left of them for the space as a whole."""

    kind: str
    rows: list[Row]
    wholes: list[Question] = field(default_factory=list)
    pairs: int = 0
    refused: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Work:
    """What processes share: the chronicle, its judge's world, and how many seeds there are."""

    chronicle: Chronicle
    world: World
    seeds: int
    properties: tuple[Property, ...] = QUESTION_PROPERTIES


def draw(work: Work, events: Sequence[str], jobs: int) -> list[Drawn]:
    """Draw and judge all questions about these events, kind by kind in the order of the table.

    With more than one job in so many processes; the result is the same.
    """
    chunks = [events[n : n + CHUNK] for n in range(0, len(events), CHUNK)] or [()]
    done = spread(work, _chunk, list(product(KINDS, chunks)), jobs)
    return [_joined(one for one in done if one.kind == kind) for kind in KINDS]


def _joined(parts: Iterable[Drawn]) -> Drawn:
    first, *others = parts
    for other in others:
        for row, more in zip(first.rows, other.rows, strict=True):
            row.add(more)
        first.wholes += other.wholes
        first.pairs += other.pairs
        first.refused.update(other.refused)
    return first


def _chunk(work: Work, kind: str, keys: Sequence[str]) -> Drawn:
    """The questions of one kind about some events, judged one by one."""
    stored = Row("Determinism", "a question is the same after it was stored")
    marked = Row("Marking", "the key earns all, any other answer less, 'I don't know' nothing")
    judged = [Row(one.group, one.name) for one in work.properties]
    hinted = hinting.rows()
    drawn = Drawn(kind, [*judged, stored, marked, *hinted])
    for key in keys:
        for seed in range(work.seeds):
            made = make(work.chronicle, kind, key, seed)
            if isinstance(made, Refusal):
                drawn.refused[made.reason] += 1
                continue
            judge(work, judged, made, seed)
            stored.see(storing_faults(made, seed))
            marked.see(marking_faults(made, seed))
            hinting.judge(work.world, work.chronicle.gazetteer, hinted, made, seed)
            drawn.wholes.append(slim(made))
        for pair in KINDS[kind].pairs(work.chronicle, work.chronicle.events[key]):
            drawn.pairs += 1
            judge(work, judged, pair, None)
    return drawn


def judge(work: Work, rows: Sequence[Row], question: Question, seed: int | None) -> None:
    """Hold one question against every property; a seed of None is a pair."""
    for row, prop in zip(rows, work.properties, strict=True):
        found = prop.check(work.world, question, seed is not None)
        if isinstance(found, Skipped):
            row.skipped[found.reason] += 1
        else:
            row.see(Fault.of(text, question, seed) for text in found)


def storing_faults(question: Question, seed: int) -> Iterator[Fault]:
    """Whether it comes back from JSON as it was."""
    if Question.from_dict(json.loads(json.dumps(question.as_dict()))) != question:
        yield Fault.of("comes back otherwise than it was stored", question, seed)


def slim(question: Question) -> Question:
    """What a browser has of a question before the answer, and its key: little to send between processes."""
    options = tuple(replace(option, note="") for option in question.options)
    return replace(question, options=options, explanation="", citations=(), aside=())


def makings(drawn: Iterable[Drawn]) -> tuple[Making, ...]:
    """How many questions there are of each kind, and why others are not made."""
    return tuple(Making(one.kind, len(one.wholes), one.pairs, one.refused) for one in drawn)


# --- Marking ------------------------------------------------------------------------------------


def marking_faults(question: Question, seed: int) -> Iterator[Fault]:
    """Whether the right answers, and they alone, earn all."""
    right, wrong = answers(question)
    if not right or any(mark(question, answer).credit != 1 for answer in right):
        yield Fault.of("a right answer does not earn all", question, seed)
    if any(mark(question, answer).credit >= 1 for answer in wrong):
        yield Fault.of("a wrong answer earns all", question, seed)
    if mark(question, Answer()).credit != 0:
        yield Fault.of("no answer earns something", question, seed)


def answers(question: Question) -> tuple[list[Answer], list[Answer]]:
    """Right answers, and some or all of the wrong ones."""
    match question.shape:
        case Shape.CHOICE | Shape.PIN | Shape.GAP:
            every = range(question.choices)
            return (
                [Answer(choice=n) for n in every if n in question.key],
                [Answer(choice=n) for n in every if n not in question.key],
            )
        case Shape.DAY:
            first, last = question.accepted
            outside = [first - timedelta(days=365), last + timedelta(days=365)]
            return [Answer(day=first), Answer(day=last)], [Answer(day=day) for day in outside]
        case Shape.ORDER:
            return [Answer(order=question.key)], [Answer(order=question.key[::-1])]
        case Shape.PLACE:
            return [Answer(place=key) for key in question.places], [Answer(place="nowhere")]
