"""How densely the documents report, as a drawing: a bar for each week, bands for the phases, an area for each chapter.

In units of its own from the upper left corner; no wider than WIDTH, so that on the narrowest phones, with 288 pixels
for it, its letters of 13 units are still more than 11 pixels.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from quiz.study.telling import UNDATED, Chapter
from quiz.study.timeline import WEEK, Timeline

WIDTH, PLOT = 330, 284
"""Of the whole, and of the part with the time; beside it stands what has no close date."""
BAND, TOP, BASE = 18, 22, 112
"""Height of the band of phases; where the tallest bar begins, and where all stand."""
HEIGHT = BASE + 32
NARROW = 0.6
"""A bar is never narrower."""


@dataclass(frozen=True, slots=True)
class Area:
    """The days of a chapter: where they lie, and where the chapter is told."""

    chapter: Chapter
    x: float
    width: float
    url: str
    here: bool

    @property
    def middle(self) -> float:
        """Where its name stands."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Bar:
    """A week: the height of all its events, and of those that are told."""

    monday: date
    x: float
    width: float
    all: float
    told: float


@dataclass(frozen=True, slots=True)
class Month:
    """A month: where it begins, and where its name stands."""

    first: date
    x: float
    middle: float


@dataclass(frozen=True, slots=True)
class Density:
    """The whole drawing; `is_part` says whether not all of it is told.

    `most` is the number of events of the tallest bar, `loose` that of events without a bar.
    """

    areas: tuple[Area, ...]
    bars: tuple[Bar, ...]
    months: tuple[Month, ...]
    most: int
    is_part: bool
    loose: int
    loose_told: int
    width: int = WIDTH
    plot: int = PLOT
    height: int = HEIGHT
    band: int = BAND
    top: int = TOP
    base: int = BASE
    apart: int = PLOT + 8

    @property
    def apart_width(self) -> int:
        """Width of the box for what has no bar."""
        return WIDTH - self.apart

    @property
    def apart_middle(self) -> float:
        """Where the number in that box stands, from the left."""
        return self.apart + self.apart_width / 2

    @property
    def loose_height(self) -> int:
        """Height of that box: it measures nothing."""
        return BASE - TOP

    @property
    def apart_text(self) -> float:
        """Where the number in that box stands, from above."""
        return (TOP + BASE) / 2


def density(timeline: Timeline, told: Collection[str], here: str, url: Callable[[str], str]) -> Density:
    """The drawing of a timeline of which these events are told; `here` is the chapter shown, `url` leads to one."""
    lasts = [chapter.last for chapter in timeline.chapters.values() if chapter.last]
    start, end = _months_around(timeline.story.first_day, max([timeline.story.last_day, *lasts]))
    unit = PLOT / (end - start).days

    def x(day: date) -> float:
        return round((day - start).days * unit, 1)

    every, chosen = timeline.weeks(timeline.story.events), timeline.weeks(told)
    most = max(every.values(), default=1)
    tall = (BASE - TOP) / most
    wide = round(max(WEEK * unit - 1, NARROW), 1)
    areas = []
    for chapter in timeline.chapters.values():
        left = x(chapter.first) if chapter.first else 0
        right = x(chapter.last + timedelta(days=1)) if chapter.last else PLOT
        if chapter.slug != UNDATED:
            areas.append(Area(chapter, left, round(right - left, 1), url(chapter.slug), chapter.slug == here))
    return Density(
        areas=tuple(areas),
        bars=tuple(
            Bar(monday, x(max(monday, start)), wide, round(count * tall, 1), round(chosen[monday] * tall, 1))
            for monday, count in sorted(every.items())
        ),
        months=tuple(_months(start, end, x)),
        most=most,
        is_part=len(told) < len(timeline.story.events),
        loose=len(timeline.story.events) - every.total(),
        loose_told=len(told) - chosen.total(),
    )


def _months_around(first: date, last: date) -> tuple[date, date]:
    """The first day of the first month, and the day after the last."""
    return first.replace(day=1), _next(last)


def _next(day: date) -> date:
    """The first day of the month after that of a day."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _months(start: date, end: date, x: Callable[[date], float]) -> Iterable[Month]:
    while start < end:
        after = _next(start)
        yield Month(start, x(start), round((x(start) + x(after)) / 2, 1))
        start = after
