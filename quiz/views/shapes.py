"""What the forms of the shapes show: gaps with their names, pins on a sketch, the days to pick from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import cos, radians
from string import ascii_uppercase
from typing import Any

from quiz.forms.sittings import AnswerForm
from quiz.models import AskedQuestion
from quiz.questions.chronicle import Chronicle
from quiz.questions.question import Option, Shape

KM_PER_DEGREE = 111.195
"""Length of a degree of latitude on a sphere of the Earth's mean radius."""
WIDTH, MARGIN, FOOT, LOWEST, TALLEST = 400, 26, 30, 120, 420
"""Of a sketch, in its own units: its width, the space around the pins, the strip for the scale bar below them, and
the least and greatest height of what is above it.
"""
ROUND_KM = (100, 50, 20, 10, 5, 2, 1)


@dataclass(frozen=True, slots=True)
class Pin:
    """A pin on a sketch: its letter, and where it lies in the sketch's units from its upper left corner.

    `state` is 'right' or 'wrong' after the answer, blank for a pin that was neither right nor chosen.
    """

    letter: str
    x: int
    y: int
    state: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """Pins in their true directions and distances, north up; `bar` is the length of the scale bar of `bar_km`."""

    pins: tuple[Pin, ...]
    height: int
    bar: int
    bar_km: int
    width: int = WIDTH

    @property
    def foot(self) -> int:
        """The middle of the strip for the scale bar, counted from above."""
        return self.height - FOOT // 2

    @property
    def bar_from(self) -> int:
        """Where the scale bar begins, counted from the left."""
        return self.width - self.bar - 14


def sketch(options: Sequence[Option], states: Sequence[str] = ()) -> Sketch | None:
    """The sketch of all pins, whichever is right; None where one of them has no coordinates.

    Equirectangular, on the parallel in the middle (Snyder, 'Map Projections', 1987, p. 90): over a hundred
    kilometres no pin is off by more than its own radius.
    """
    found = [(option.lat, option.lon) for option in options if option.lat is not None and option.lon is not None]
    if not found or len(found) < len(options):
        return None
    north, south = max(lat for lat, _ in found), min(lat for lat, _ in found)
    shrunk = cos(radians((north + south) / 2))
    west = min(lon for _, lon in found) * shrunk
    wide, high = max(lon for _, lon in found) * shrunk - west, north - south
    scale = min((WIDTH - 2 * MARGIN) / max(wide, 0.01), (TALLEST - 2 * MARGIN) / max(high, 0.01))
    height = max(LOWEST, round(high * scale) + 2 * MARGIN)
    left, top = (WIDTH - wide * scale) / 2, (height - high * scale) / 2
    pins = tuple(
        Pin(letter, round(left + (lon * shrunk - west) * scale), round(top + (north - lat) * scale), state)
        for letter, state, (lat, lon) in zip(ascii_uppercase, states or [""] * len(found), found, strict=False)
    )
    per_km = scale / KM_PER_DEGREE
    bar_km = next((km for km in ROUND_KM if km * per_km <= WIDTH / 3), ROUND_KM[-1])
    return Sketch(pins, height + FOOT, round(bar_km * per_km), bar_km)


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in a line of events, with what stands before and after it; None at an end of the line."""

    before: Option | None
    after: Option | None


def gaps(options: Sequence[Option]) -> list[Gap]:
    """The gaps of a line, from the one before all to the one after all."""
    ends = [None, *options, None]
    return [Gap(before, after) for before, after in pairwise(ends)]


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
            return {"gaps": gaps(options)}
        case Shape.PIN:
            return {"sketch": sketch(options)}
        case Shape.DAY:
            return {"years": years(story)}
        case _:
            return {}
