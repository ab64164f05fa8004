"""What a judge may say: properties of one question and of the chronicle, and what they found."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from quiz.questions.proving.world import World
from quiz.questions.question import Question


@dataclass(frozen=True, slots=True)
class Skipped:
    """A property says nothing about a question; `reason` is a short phrase, the same for all cases of one sort."""

    reason: str


@dataclass(frozen=True, slots=True)
class Property:
    """One statement that must hold for every question.

    `check` takes the world, the question, and whether it is a whole one: of a pair (the key beside one other answer)
    counts, ranks and the order first shown are not judged. It gives the faults, none if the property holds.
    """

    group: str
    name: str
    check: Callable[[World, Question, bool], list[str] | Skipped]


@dataclass(frozen=True, slots=True)
class ChronicleProperty:
    """One statement that must hold for the facts themselves.

    `check` gives how many things it looked at, how many it left out by reason, and the faults.
    """

    group: str
    name: str
    check: Callable[[World], tuple[int, Counter[str], list[str]]]
