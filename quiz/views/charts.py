"""Charts as plain values: where their marks lie, in units of their own from the upper left corner.

The letters of a chart are 13 units high. No chart is wider than 330 units, so that on the narrowest phones, with
288 pixels for it, they are still more than 11 pixels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from quiz.study.progress import Level, monday

# --- Calendar -----------------------------------------------------------------------------------

CELL, LEFT, TOP = 11, 34, 20
"""Of the calendar: side of a day, and what lies left of the days and above them."""
COLUMNS = 26
"""So many weeks stand beside each other."""
STEPS = (1, 10, 20, 40)
"""From so many answers and ratings on a day is a step darker, and its mark larger."""
SIDES = (2, 4, 6, 8, 10)
"""Side of the mark of each step, from none on: they can be told apart without their shade."""
WRITTEN_DAYS = (0, 2, 4)
"""Rows that are named: Monday, Wednesday, Friday."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a day: its corner and side, its step (0 for nothing done), and how much was done."""

    day: date
    x: float
    y: float
    side: int
    step: int
    count: int


@dataclass(frozen=True, slots=True)
class Label:
    """A day that names a column or a row, and where its name stands."""

    day: date
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weeks as columns, days of the week as rows, from Monday down; days to come are not drawn."""

    marks: tuple[Mark, ...]
    months: tuple[Label, ...]
    weekdays: tuple[Label, ...]
    width: int = LEFT + COLUMNS * CELL
    height: int = TOP + 7 * CELL

    @property
    def first(self) -> date:
        """The first day drawn."""
        return self.marks[0].day

    @property
    def last(self) -> date:
        """The last day drawn."""
        return self.marks[-1].day

    @property
    def days(self) -> int:
        """On how many days something was done."""
        return sum(bool(mark.count) for mark in self.marks)


def step_of(count: int) -> int:
    """The step, 0 to 4, of so many answers and ratings."""
    return sum(count >= least for least in STEPS)


def calendar(done: Mapping[date, int], last: date) -> Calendar:
    """The COLUMNS weeks that end with the week of a day; that day is the last one drawn."""
    start = monday(last) - timedelta(weeks=COLUMNS - 1)
    dates = [start + timedelta(days=n) for n in range((last - start).days + 1)]
    mondays = [day for day in dates if not day.weekday()]
    # A month is named above the first week that begins in it, the first one only if there is room before the next.
    named = [day for before, day in pairwise(mondays) if before.month != day.month]
    if not named or (named[0] - start).days >= 21:
        named.insert(0, start)
    # Too near the edge, the last name would be cut off.
    months = tuple(Label(day, _column(day, start), TOP - 7) for day in named if (last - day).days >= 14)
    weekdays = tuple(Label(start + timedelta(days=n), LEFT - 6, TOP + n * CELL + 10) for n in WRITTEN_DAYS)
    return Calendar(tuple(_mark(day, done.get(day, 0), start) for day in dates), months, weekdays)


def calendars(done: Mapping[date, int], day: date) -> list[Calendar]:
    """The last half year, and the one before it if something was done in it, the older one first."""
    this = calendar(done, day)
    before = calendar(done, this.first - timedelta(days=1))
    return [before, this] if before.days else [this]


def _column(day: date, start: date) -> int:
    return LEFT + (day - start).days // 7 * CELL


def _mark(day: date, count: int, start: date) -> Mark:
    step = step_of(count)
    inset = (CELL - SIDES[step]) / 2
    return Mark(day, _column(day, start) + inset, TOP + day.weekday() * CELL + inset, SIDES[step], step, count)


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the legend: from how many on to how many; `most` is None for the last."""

    step: int
    side: int
    least: int
    most: int | None

    @property
    def inset(self) -> float:
        """Where its mark begins within a cell."""
        return (CELL - self.side) / 2


def legend() -> list[Step]:
    """The steps of the calendar, from nothing done on."""
    bounds = [0, *STEPS, None]
    return [Step(n, SIDES[n], least or 0, most and most - 1) for n, (least, most) in enumerate(pairwise(bounds))]


# --- Forecast -----------------------------------------------------------------------------------

BAR, GAP, TALL = 8, 2, 110
"""Of the forecast: width of a bar, the space behind it, and the height of the tallest."""
SIDE, ABOVE, BELOW = 28, 16, 24
"""What lies left of the bars, above and below them."""
NAMED, NAME = 7, 40
"""Every so many days one is named, where so much room is left for it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar over a day, from its upper left corner down to the base line."""

    day: date
    count: int
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars over days; `lines` are heights with their numbers, the tallest bar's and the half of it."""

    bars: tuple[Bar, ...]
    days: tuple[Label, ...]
    lines: tuple[tuple[float, int], ...]
    width: int
    base: int = ABOVE + TALL
    height: int = ABOVE + TALL + BELOW
    left: int = SIDE
    bar: int = BAR


def bars(counts: Mapping[date, int]) -> Bars:
    """A bar for each day, as tall as its share of the most there are on one day."""
    top = max(max(counts.values(), default=0), 2)
    top += top % 2
    found = []
    for n, (day, count) in enumerate(counts.items()):
        height = round(count / top * TALL, 1)
        found.append(Bar(day, count, SIDE + n * (BAR + GAP), ABOVE + TALL - height, height))
    width = SIDE + len(found) * (BAR + GAP)
    named = [one for one in found[::NAMED] if one.x + NAME <= width]
    days = tuple(Label(one.day, one.x, ABOVE + TALL + 17) for one in named)
    return Bars(tuple(found), days, ((ABOVE, top), (ABOVE + TALL / 2, top // 2)), width)


# --- Calibration --------------------------------------------------------------------------------

CURVE_WIDTH, CURVE_TALL = 320, 150
INDENT = 44


@dataclass(frozen=True, slots=True)
class Point:
    """A degree of confidence on the curve."""

    label: str
    right: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Shares right over degrees of confidence; `names` are all degrees, also those with too few answers."""

    points: tuple[Point, ...]
    names: tuple[tuple[str, float], ...]
    lines: tuple[tuple[float, float], ...]
    width: int = CURVE_WIDTH
    base: int = ABOVE + CURVE_TALL
    height: int = ABOVE + CURVE_TALL + BELOW
    left: int = INDENT

    @property
    def line(self) -> str:
        """The points as those of a polyline."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)


def curve(levels: Sequence[Level]) -> Curve | None:
    """The calibration curve; None where no degree of confidence has answers enough."""
    room = (CURVE_WIDTH - INDENT) / max(len(levels), 1)
    names = tuple((level.label, round(INDENT + (n + 0.5) * room, 1)) for n, level in enumerate(levels))
    points = tuple(
        Point(label, level.right, x, round(_height(level.right), 1))
        for (label, x), level in zip(names, levels, strict=True)
        if level.right is not None
    )
    lines = tuple((_height(share), share) for share in (1.0, 0.5, 0.0))
    return Curve(points, names, lines) if points else None


def _height(share: float) -> float:
    return ABOVE + (1 - share) * CURVE_TALL
