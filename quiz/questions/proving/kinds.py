"""The kinds of questions that are judged, and how a property is said to hold for some of them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from quiz.questions.proving.verdicts import Property, Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Facet, Question, Shape


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind is asked: its shape, its facet, and between how many options."""

    shape: Shape
    facet: Facet
    least: int
    most: int


FORMS = {
    "choose-date": Form(Shape.CHOICE, Facet.DATE, 4, 4),
    "enter-date": Form(Shape.DAY, Facet.DATE, 0, 0),
    "choose-phase": Form(Shape.CHOICE, Facet.DATE, 3, 3),
    "choose-place": Form(Shape.CHOICE, Facet.PLACE, 3, 4),
    "type-place": Form(Shape.PLACE, Facet.PLACE, 0, 0),
    "find-place": Form(Shape.PIN, Facet.PLACE, 6, 10),
    "happened-here": Form(Shape.CHOICE, Facet.PLACE, 3, 4),
    "first": Form(Shape.CHOICE, Facet.SEQUENCE, 2, 2),
    "order": Form(Shape.ORDER, Facet.SEQUENCE, 3, 6),
    "insert": Form(Shape.GAP, Facet.SEQUENCE, 3, 3),
    "next": Form(Shape.CHOICE, Facet.SEQUENCE, 3, 4),
    "settled": Form(Shape.CHOICE, Facet.SEQUENCE, 3, 3),
    "who-reports": Form(Shape.CHOICE, Facet.SOURCE, 3, 4),
    "source-date": Form(Shape.CHOICE, Facet.SOURCE, 4, 4),
}
DATES = {"choose-date", "enter-date"}
PLACES = {"choose-place", "type-place", "find-place"}
PLACE_OPTIONS = {"choose-place", "find-place"}
ORDERS = {"first", "order", "insert", "next", "settled"}
DATE_OPTIONS = {"choose-date", "source-date"}

Faults = Callable[[World, Question, bool], Iterable[str] | Skipped]


def judged(group: str, name: str, faults: Faults, kinds: Collection[str] = FORMS, otherwise: str = "") -> Property:
    """A property of questions of these kinds; of other ones it says nothing, for the reason `otherwise`."""
    elsewhere = Skipped(otherwise or "a kind that nobody judges")
    unknown = Skipped("a kind that nobody judges")

    def check(world: World, question: Question, whole: bool) -> list[str] | Skipped:
        if question.kind not in kinds:
            return elsewhere if question.kind in FORMS else unknown
        found = faults(world, question, whole)
        return found if isinstance(found, Skipped) else list(found)

    return Property(group, name, check)
