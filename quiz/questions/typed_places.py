"""Place names as people type them: all spellings, slips forgiven, and never one place taken for another."""

from dataclasses import dataclass

from quiz.gazetteer import Gazetteer, Place
from quiz.questions.question import Question

LONGEST = 80
"""No name of a place takes more characters; anything longer is not looked at."""


class UnreadablePlace(ValueError):
    """A text that names no place, or one of several; its message says what to type instead."""


@dataclass(frozen=True, slots=True)
class TypedPlace:
    """The place that a text names; `slips` is 0 for one of its spellings."""

    place: Place
    slips: int


def read(text: str, gazetteer: Gazetteer) -> TypedPlace:
    """Read a typed name: a spelling of a place, or a text that lies nearer to one place than to all others.

    Raises UnreadablePlace for a text that is neither, and for one that may stand for two places.
    """
    if not text.strip() or len(text) > LONGEST:
        raise UnreadablePlace("Type the name of a place.")
    found = gazetteer.slips(text)
    if not found:
        raise UnreadablePlace("No place of the chronicle has a name like this one. Check the spelling.")
    least = found[0][0]
    nearest = [place for count, place in found if count == least]
    if len(nearest) > 1:
        names = " or ".join(place.name for place in nearest)
        raise UnreadablePlace(f"This may stand for {names}. Type the one that you mean.")
    return TypedPlace(nearest[0], least)


def refused(question: Question, place: Place) -> str:
    """Why a place is asked back although it was read: blank for one that is right or wrong."""
    if place.key not in question.aside:
        return ""
    return (
        f"{place.name} is neither right nor wrong here: it holds the place asked for or lies in it, or something like "
        "this is told of it too. Name another place."
    )
