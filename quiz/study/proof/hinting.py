"""Hints on every question that is drawn, judged."""

import json
from collections.abc import Callable, Iterator, Sequence
from random import Random

from quiz.gazetteer import Gazetteer
from quiz.questions.hints import Hint, hints
from quiz.questions.proving.hints import HINT_PROPERTIES
from quiz.questions.proving.verdicts import Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Question
from quiz.study.proof.report import Fault, Row

GROUP = "Hints"
SAME = "the hints on a question are the same when they are asked for again, also after it was stored"

Maker = Callable[[Question, Random, Gazetteer], Sequence[Hint]]


def rows() -> list[Row]:
    """A row for each property, and one for hints being the same again; nothing judged yet."""
    return [*(Row(GROUP, one.name) for one in HINT_PROPERTIES), Row(GROUP, SAME)]


def judge(
    world: World, gazetteer: Gazetteer, found: Sequence[Row], question: Question, seed: int, make: Maker = hints
) -> None:
    """Hold the hints on one question, drawn with this seed, against every property; `found` is as `rows` gives it."""
    given = make(question, Random(f"hints/{seed}"), gazetteer)
    for row, prop in zip(found, HINT_PROPERTIES, strict=False):
        faults = prop.check(world, question, given)
        if isinstance(faults, Skipped):
            row.skipped[faults.reason] += 1
        else:
            row.see(Fault.of(text, question, seed) for text in faults)
    found[-1].see(_changing(gazetteer, question, seed, given, make))


def _changing(
    gazetteer: Gazetteer, question: Question, seed: int, given: Sequence[Hint], make: Maker
) -> Iterator[Fault]:
    stored = Question.from_dict(json.loads(json.dumps(question.as_dict())))
    if tuple(make(stored, Random(f"hints/{seed}"), gazetteer)) != tuple(given):
        yield Fault.of("other hints when they are asked for again", question, seed)
