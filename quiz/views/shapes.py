"""What the forms of the shapes show: the events of an order, pins on a map, the days to pick from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Any

from quiz.cartography.projection import around
from quiz.forms.sittings import AnswerForm
from quiz.models import AskedQuestion
from quiz.questions.chronicle import Chronicle
from quiz.questions.question import Option, Shape
from quiz.views.gaps import placing
from quiz.views.maps import Drawing, Mark, drawing, points
from quiz.views.whereabouts import position


@dataclass(frozen=True, slots=True)
class Spot:
    """An option of a PIN question with its position in words, blank where nobody knows it."""

    option: Option
    position: str


def spots(options: Sequence[Option]) -> list[Spot]:
    """The options with their positions, told from towns that are no options."""
    keys = {option.place for option in options}
    return [
        Spot(option, "" if option.lat is None or option.lon is None else position(option.lat, option.lon, without=keys))
        for option in options
    ]


def chart(options: Sequence[Option], states: Sequence[str] = (), *, picks: bool = False) -> Drawing | None:
    """The map of all pins, whichever is right, under their letters; None where one of them has no coordinates.

    `states` are those of the pins after the answer, which then have their names; before it no name is told. `picks`:
    the pins choose options of the form that the map lies in.
    """
    marks = [
        Mark(option.place, option.text, option.text_ar, option.lat, option.lon, letter, state)
        for letter, state, option in zip(ascii_uppercase, states or [""] * len(options), options, strict=False)
        if option.lat is not None and option.lon is not None
    ]
    if not marks or len(marks) < len(options):
        return None
    return drawing(marks, around(points(marks)), labels=bool(states), picks=picks)


def items(asked: AskedQuestion, form: AnswerForm | None) -> list[tuple[Option, str]]:
    """The options, each with the place that a refused answer to this very question gave it."""
    options = asked.question.options
    if form is None or form["token"].value() != asked.token:
        return [(option, "") for option in options]
    return [(option, str(form[f"place_{n}"].value() or "")) for n, option in enumerate(options)]


def years(story: Chronicle) -> tuple[date, date]:
    """The first and the last day of the years that the chronicle tells of."""
    return date(story.first_day.year, 1, 1), date(story.last_day.year, 12, 31)


def shown(asked: AskedQuestion, form: AnswerForm | None, story: Chronicle) -> dict[str, Any]:
    """What the form of the question's shape needs beside the question; the same whichever answer is right."""
    options = asked.question.options
    match asked.question.shape:
        case Shape.ORDER:
            return {"items": items(asked, form)}
        case Shape.GAP:
            return {"placing": placing(asked.question)}
        case Shape.PIN:
            return {"map": chart(options, picks=True), "spots": spots(options)}
        case Shape.DAY:
            return {"years": years(story)}
        case _:
            return {}
