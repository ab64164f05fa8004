"""A whole map: the ground of a frame, marked places, and all that is written on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from quiz.cartography.ground import Ground, ground
from quiz.cartography.lettering import LETTERS
from quiz.cartography.marks import Label, Mark, Spot
from quiz.cartography.naming import countries, lines, named, orienting
from quiz.cartography.placing import Box, about
from quiz.cartography.projection import Frame
from quiz.cartography.spreading import spread

FOOT = 30
"""Height of the strip below the ground for the scale bar and north, in units."""
NEAR_KM = 8.0
"""Where the names of marked places are not to be seen, no other town so near to one of them is named either."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on the ground, in the language of the page."""

    lebanon: str
    syria: str
    road: str
    ridge: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map to be rendered by `quiz/maps/_map.html`.

    - `picks`: its pins choose answers of the form that it lies in.
    - `name`: what it shows, for those who do not see it; blank where the text beside it says the same.
    - `box`: a part of it that another map shows larger.
    """

    frame: Frame
    ground: Ground
    spots: tuple[Spot, ...]
    towns: tuple[Label, ...]
    lines: tuple[Label, ...]
    countries: tuple[Label, ...]
    picks: bool = False
    name: str = ""
    box: Box | None = None

    @property
    def height(self) -> int:
        """Of the ground and the strip below it, in units."""
        return self.frame.height + FOOT

    @property
    def bar(self) -> float:
        """The length of the scale bar in units."""
        return round(self.frame.bar, 1)

    @property
    def bar_from(self) -> float:
        """Where the scale bar begins, in units from the left."""
        return round(self.frame.width - self.bar - 12, 1)


@lru_cache(512)
def drawn(marks: tuple[Mark, ...], frame: Frame, words: Words, *, labels: bool, inner: Frame | None) -> Drawing:
    """The map of a frame with the marks that lie in it; the same for the same ones, so it is made once.

    `labels=False` names none of them, and no town near them. `inner` is framed, as another map shows it larger.
    """
    spots = _spots(marks, frame)
    if labels:
        spots = named(spots, frame, inner)
    taken = [box for spot in spots for box in spot.boxes]
    towns = orienting(marks, frame, taken, 0.0 if labels else NEAR_KM)
    taken += [label.box for label in towns]
    base = ground(frame)
    taken += _edges(_box(frame, inner)) if inner else []
    written = lines(base, (words.road, words.ridge), frame, taken)
    taken += [about((label.x, label.y), 2 * LETTERS) for label in written]
    names = countries(base, (words.lebanon, words.syria), frame, taken)
    return Drawing(frame, base, spots, towns, written, names, box=_box(frame, inner) if inner else None)


def _spots(marks: Sequence[Mark], frame: Frame) -> tuple[Spot, ...]:
    """Dots and badges, without names."""
    seen = [(number, mark) for number, mark in enumerate(marks) if frame.holds(mark.lat, mark.lon)]
    spots = [Spot(mark, number, *_rounded(frame.xy(mark.lat, mark.lon))) for number, mark in seen]
    pinned = [n for n, spot in enumerate(spots) if spot.mark.badge]
    stands = spread(tuple((spots[n].x, spots[n].y) for n in pinned), frame.width, frame.height)
    for n, (x, y) in zip(pinned, stands, strict=True):
        spots[n] = replace(spots[n], badge_x=x, badge_y=y)
    return tuple(spots)


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)


def _edges(box: Box) -> list[Box]:
    """The four edges of a box as narrow fields, so that no name is written across them."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    return [
        Box(left, top - 2, right, top + 2),
        Box(left, bottom - 2, right, bottom + 2),
        Box(left - 2, top, left + 2, bottom),
        Box(right - 2, top, right + 2, bottom),
    ]


def _box(frame: Frame, inner: Frame) -> Box:
    return Box(*_rounded(frame.xy(inner.north, inner.west)), *_rounded(frame.xy(inner.south, inner.east)))
