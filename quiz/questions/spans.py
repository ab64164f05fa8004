"""Spans of days as options: thirds of months, months, or stretches as long as the key, at gaps that tell nothing."""

import calendar
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from random import Random

from quiz.chronology import Precision
from quiz.questions.asking import DateAsking
from quiz.questions.likeness import MARGIN_DAYS

SKIPPED_CELLS = (1, 2)
"""How many thirds or months are left out between two options: never none, as nearly right is no wrong answer."""
GAPS = tuple(range(MARGIN_DAYS, MARGIN_DAYS + 7))
"""By how many days a stretch starts after the one before it has ended."""

Span = tuple[date, date]
Step = Callable[[Span, int], Span]
"""The span that follows (or, for a gap below zero, precedes) another one at a gap."""


class SpanLine:
    """The spans that may stand beside a right one, step by step before and after it.

    Each gap between neighbours is drawn alike, so that neither the loneliest of them nor the closest is the right one.
    """

    def __init__(self, how: DateAsking, is_open: Callable[[Span], bool]) -> None:
        """Take the date that is asked, and which spans may be wrong."""
        self.key = (how.first, how.last)
        self._is_open = is_open
        self._step, self._gaps = _form(self.key, how.interval.precision)

    def draw(self, rng: Random, wrong: int) -> list[Span] | None:
        """So many wrong spans, the rank of the right one drawn first; None where too few are open for that rank.

        Another rank is not tried: what has room on one side only would make that side's rank the likelier one.
        """
        rank = rng.randrange(wrong + 1)
        before, after = self._walk(rng, -1, rank), self._walk(rng, 1, wrong - rank)
        return None if before is None or after is None else [*before, *after]

    def has_room(self, wrong: int) -> bool:
        """Whether `draw` can give anything."""
        room = [self._room(way, wrong) for way in (-1, 1)]
        return sum(room) >= wrong

    def _room(self, way: int, wrong: int) -> int:
        """How many steps can be gone on one side, at most so many."""
        return sum(1 for edge in self._edges(way, wrong) if edge)

    def _walk(self, rng: Random, way: int, count: int) -> list[Span] | None:
        found, at = [], self.key
        for _ in range(count):
            nexts = (self._step(at, way * gap) for gap in rng.sample(self._gaps, len(self._gaps)))
            chosen = next((span for span in nexts if self._is_open(span)), None)
            if chosen is None:
                return None
            found.append(chosen)
            at = chosen
        return found

    def reachable(self, wrong: int) -> Iterator[Span]:
        """Every span that `draw` can give, each once."""
        for way in (-1, 1):
            yield from sorted(set().union(*self._edges(way, wrong)))

    def _edges(self, way: int, steps: int) -> Iterator[set[Span]]:
        """The spans that one step, two steps and so on can lead to."""
        edge = {self.key}
        for _ in range(steps):
            edge = {span for at in edge for gap in self._gaps if self._is_open(span := self._step(at, way * gap))}
            yield edge


def _form(key: Span, precision: Precision) -> tuple[Step, tuple[int, ...]]:
    """How to step from one span to the next, and the gaps: in cells of the calendar, else in days."""
    cells = {Precision.WITHIN: _third, Precision.MONTH: _month}
    cell = cells.get(precision)
    if cell and cell(_number(key[0], cell)) == key:
        return partial(_cell_beside, cell), tuple(skip + 1 for skip in SKIPPED_CELLS)
    length = key[1] - key[0]

    def beside(span: Span, n: int) -> Span:
        first = span[1] + timedelta(days=n) if n > 0 else span[0] + timedelta(days=n) - length
        return first, first + length

    return beside, GAPS


def _cell_beside(cell: Callable[[int], Span], span: Span, n: int) -> Span:
    return cell(_number(span[0], cell) + n)


def _number(day: date, cell: Callable[[int], Span]) -> int:
    """Which cell a day opens, counted from year 0."""
    month = day.year * 12 + day.month - 1
    return month if cell is _month else month * 3 + min((day.day - 1) // 10, 2)


def _month(number: int) -> Span:
    year, month = number // 12, number % 12 + 1
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _third(number: int) -> Span:
    """Early, mid and late in a month: days 1-10, 11-20, 21 to the end."""
    first, last = _month(number // 3)
    starts = (1, 11, 21)
    return first.replace(day=starts[number % 3]), (last, first.replace(day=10), first.replace(day=20))[(number + 1) % 3]
