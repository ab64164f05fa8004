"""How much a learner earns who types the same date whatever is asked: above that, a typed date proves something."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from quiz.questions.marking import FURTHEST_DAYS, day_credit
from quiz.questions.question import Question, Shape


@dataclass(frozen=True, slots=True)
class ConstantAnswer:
    """The day that earns most when it is typed for all of some questions, and its mean credit, from 0 to 1."""

    day: date
    mean: float
    questions: int


def best_constant(questions: Iterable[Question]) -> ConstantAnswer | None:
    """The best constant answer to the DAY questions among these, the earliest of several; None where there are none."""
    asked = [(*question.accepted, question.half_life) for question in questions if question.shape is Shape.DAY]
    if not asked:
        return None
    earned: dict[date, float] = defaultdict(float)
    for first, last, half_life in asked:
        for n in range(-FURTHEST_DAYS, (last - first).days + FURTHEST_DAYS + 1):
            earned[first + timedelta(days=n)] += day_credit(max(-n, n - (last - first).days), half_life)
    day = min(earned, key=lambda day: (-earned[day], day))
    return ConstantAnswer(day, earned[day] / len(asked), len(asked))


def best_constants(questions: Iterable[Question], phase_of: Callable[[str], str]) -> dict[str, ConstantAnswer]:
    """The same for each phase, given the phase of an event (blank for none), by the phases' keys."""
    asked: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        asked[phase_of(question.event)].append(question)
    found = ((phase, best_constant(held)) for phase, held in sorted(asked.items()))
    return {phase: best for phase, best in found if best}
