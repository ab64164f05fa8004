"""What the best constant answer to entered dates would earn, phase by phase."""

from collections.abc import Iterable

from quiz.questions.chronicle import Chronicle
from quiz.questions.constant_answer import best_constants
from quiz.questions.question import Question
from quiz.study.proof.report import Constant, Fault, Row

ENOUGH = 0.8
"""A constant answer that earns so much in the mean would count as having recalled the dates."""
FEWEST = 20
"""Fewer dates may lie close together by mere chance, and whoever is asked so few learns no constant answer."""


def constants(chronicle: Chronicle, wholes: Iterable[Question]) -> tuple[Constant, ...]:
    """For each phase the day that earns most when it is entered for every date, with its mean credit."""
    found = best_constants(wholes, lambda key: chronicle.events[key].phase or "no phase")
    return tuple(Constant(phase, best.questions, best.day.isoformat(), best.mean) for phase, best in found.items())


def constants_row(found: Iterable[Constant]) -> Row:
    """Whether an entered date says more than one and the same day always entered."""
    row = Row("Typed and map", "no constant day earns what counts as recalled")
    for one in found:
        if one.questions < FEWEST:
            row.skipped[f"a phase with fewer than {FEWEST} questions"] += 1
            continue
        text = f"{one.phase}: {one.day} earns {one.credit:.2f} in the mean of {one.questions}"
        row.see([Fault(text)] if one.credit >= ENOUGH else [])
    return row
