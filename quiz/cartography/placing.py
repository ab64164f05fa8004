"""Free spots for names: boxes that letters take up, and the best of several stands beside what is there already."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import atan2, cos, degrees, radians, sin

from quiz.cartography.ground import in_lebanon
from quiz.cartography.lettering import LETTERS, Anchor
from quiz.cartography.lines import Line, apart, from_stretch
from quiz.cartography.projection import Frame, Point

WIDE = 0.58
"""Width of a letter in heights, on average and a little more."""
SMALL = 11.0
"""Height of the letters along a line in units."""
ABOVE_LINE, BELOW_LINE = -0.5, 1.2
"""Where the baseline of a text along a line runs, in heights of its letters below the line."""
STEPS = 14
"""Into so many fields a map is divided each way in the search for room for the name of a country."""


@dataclass(frozen=True, slots=True)
class Box:
    """A field of a map in units."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def overlap(self, other: "Box") -> float:
        """The area that two fields share, in square units."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)

    def outside(self, width: float, height: float) -> float:
        """How far it reaches beyond the edges of a map, all sides together."""
        return (
            max(0.0, -self.left) + max(0.0, -self.top) + max(0.0, self.right - width) + max(0.0, self.bottom - height)
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands beside a line: a point of the line, the text's turn in degrees, and how far below it is.

    `turn` is clockwise, from -90 to 90; `down` is in heights of the letters (em), negative above the line.
    """

    x: float
    y: float
    turn: float
    down: float


def about(spot: Point, radius: float) -> Box:
    """The field around a spot."""
    x, y = spot
    return Box(x - radius, y - radius, x + radius, y + radius)


def written(text: str, x: float, y: float, anchor: Anchor = "middle", size: float = LETTERS, rows: int = 1) -> Box:
    """The field of a text whose first baseline is at `y`; further rows lie below it."""
    wide = len(text) * size * WIDE
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return Box(left, y - 0.8 * size, left + wide, y + 0.25 * size + (rows - 1) * 1.15 * size)


def trouble(field: Box, taken: Iterable[Box], frame: Frame) -> float:
    """How badly a field fits in: what it shares with others, and what of it lies outside; 0 where it is free."""
    return sum(map(field.overlap, taken)) + 20 * field.outside(frame.width, frame.height)


def along(text: str, lines: Iterable[Line], taken: Sequence[Box], frame: Frame) -> Place | None:
    """Where a text may stand beside a line; None for nowhere.

    On the longest straight stretch that has room for it, in its middle if that is free, above the line if that is.
    """
    wide = len(text) * SMALL * WIDE
    stretches = sorted((pair for line in lines for pair in pairwise(line)), key=lambda pair: -apart(*pair))
    for start, end in (pair for pair in stretches if apart(*pair) >= wide):
        turn = degrees(atan2(end[1] - start[1], end[0] - start[0]))
        turn += -180 if turn > 90 else 180 if turn <= -90 else 0
        for part, side in product((0.5, 0.4, 0.6, 0.3, 0.7), (ABOVE_LINE, BELOW_LINE)):
            x, y = start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
            if all(trouble(field, taken, frame) == 0 for field in _strip(x, y, turn, side, wide)):
                return Place(round(x, 1), round(y, 1), round(turn, 1), side)
    return None


def _strip(x: float, y: float, turn: float, side: float, wide: float) -> Iterator[Box]:
    """The small fields that a turned text takes up, whose baseline runs `side` em below its line's point."""
    right, down = cos(radians(turn)), sin(radians(turn))
    off = (side - 0.3) * SMALL
    for n in range(-4, 5):
        step = n * wide / 8
        yield about((x + step * right - off * down, y + step * down + off * right), 0.55 * SMALL)


def in_country(text: str, frame: Frame, taken: Sequence[Box], border: Iterable[Line], *, lebanon: bool) -> Point | None:
    """The middle of the roomiest spot for a country's name on its side of the border; None where there is none."""
    edges = [pair for line in border for pair in pairwise(line)]
    best: tuple[float, Point] | None = None
    for column, row in product(range(1, STEPS), repeat=2):
        x, y = frame.width * column / STEPS, frame.height * row / STEPS
        field = written(text, x, y, size=LETTERS * 1.8)
        ends = [(field.left, y), (x, y), (field.right, y)]
        if trouble(field, taken, frame) or any(in_lebanon(*frame.at(*end)) != lebanon for end in ends):
            continue
        room = min(
            *(from_stretch(end, *edge) for edge in edges for end in ends),
            *(apart((x, y), _middle(box)) for box in taken),
            x,
            frame.width - x,
            y,
            frame.height - y,
        )
        if best is None or room > best[0]:
            best = room, (x, y)
    return best[1] if best and best[0] >= LETTERS else None


def _middle(box: Box) -> Point:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2
