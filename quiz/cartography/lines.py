"""Lines on a map: made simpler, cut at its edges, written as paths."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import hypot

from quiz.cartography.projection import Point

Line = Sequence[Point]
"""Points (x, y) in any flat measure, in their order."""


def apart(one: Point, other: Point) -> float:
    """The distance of two points."""
    return hypot(one[0] - other[0], one[1] - other[1])


def from_stretch(spot: Point, start: Point, end: Point) -> float:
    """How far a point lies from the nearest point of a straight stretch."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    square = dx * dx + dy * dy
    along = ((spot[0] - start[0]) * dx + (spot[1] - start[1]) * dy) / square if square else 0.0
    along = min(1.0, max(0.0, along))
    return apart(spot, (start[0] + along * dx, start[1] + along * dy))


def cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the stretch from a to b crosses the one from c to d."""
    return _left(a, b, c) != _left(a, b, d) and _left(c, d, a) != _left(c, d, b)


def _left(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


def simplified(line: Line, tolerance: float) -> list[Point]:
    """The line without the points that it can spare: none of them lies further from it than the tolerance.

    D. H. Douglas and T. K. Peucker, 'Algorithms for the reduction of the number of points required to represent a
    digitized line or its caricature', Cartographica 10 (1973), pp. 112–122.
    """
    if len(line) < 3:
        return list(line)
    kept, open_parts = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        away = [(from_stretch(line[n], line[first], line[last]), -n) for n in range(first + 1, last)]
        worst, n = max(away, default=(0.0, 0))
        if worst > tolerance:
            kept.add(-n)
            open_parts += [(first, -n), (-n, last)]
    return [line[n] for n in sorted(kept)]


def cut(line: Line, width: float, height: float, over: float = 0.0) -> list[list[Point]]:
    """The parts of a line within a rectangle from the origin, which reaches `over` beyond each of its edges.

    Each stretch is cut as Y.-D. Liang and B. A. Barsky describe ('A New Concept and Method for Line Clipping', ACM
    Transactions on Graphics 3, 1984, pp. 1–22).
    """
    parts: list[list[Point]] = []
    for start, end in pairwise(line):
        stretch = _cut_stretch(start, end, (-over, width + over), (-over, height + over))
        if stretch is None:
            continue
        if parts and parts[-1][-1] == stretch[0]:
            parts[-1].append(stretch[1])
        else:
            parts.append(list(stretch))
    return parts


def _cut_stretch(
    start: Point, end: Point, across: tuple[float, float], down: tuple[float, float]
) -> tuple[Point, Point] | None:
    enter, leave = 0.0, 1.0
    dx, dy = end[0] - start[0], end[1] - start[1]
    for step, room in (
        (-dx, start[0] - across[0]),
        (dx, across[1] - start[0]),
        (-dy, start[1] - down[0]),
        (dy, down[1] - start[1]),
    ):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    if enter > leave:
        return None
    first = (start[0] + enter * dx, start[1] + enter * dy) if enter else start
    last = (start[0] + leave * dx, start[1] + leave * dy) if leave < 1 else end
    return first, last


def cut_area(area: Line, width: float, height: float, over: float = 0.0) -> list[Point]:
    """The part of an area within a rectangle from the origin, which reaches `over` beyond each edge; empty for none.

    I. E. Sutherland and G. W. Hodgman, 'Reentrant polygon clipping', Communications of the ACM 17 (1974), pp. 32–42:
    edge by edge; where it falls apart, the parts hang together along the edge, which lies out of sight.
    """
    found = list(area)
    for axis, bound, sign in ((0, -over, 1), (0, width + over, -1), (1, -over, 1), (1, height + over, -1)):
        found = list(_cut_edge(found, axis, bound, sign))
    return found


def _cut_edge(area: Sequence[Point], axis: int, bound: float, sign: int) -> Iterator[Point]:
    for n, here in enumerate(area):
        before = area[n - 1]
        inside, was = sign * (here[axis] - bound) >= 0, sign * (before[axis] - bound) >= 0
        if inside != was:
            part = (bound - before[axis]) / (here[axis] - before[axis])
            yield before[0] + part * (here[0] - before[0]), before[1] + part * (here[1] - before[1])
        if inside:
            yield here


def within(spot: Point, area: Line) -> bool:
    """Whether a point lies in an area: its ray crosses the edge an odd number of times."""
    x, y = spot
    inside = False
    for (ax, ay), (bx, by) in pairwise([*area, area[0]]):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def path(lines: Iterable[Line], *, closed: bool = False) -> str:
    """The value of a path's `d`: lines in tenths of a unit, each step from the point before."""
    return "".join(_steps(line) + ("z" if closed else "") for line in lines if len(line) > 1)


def _steps(line: Line) -> str:
    tenths = [(round(x * 10), round(y * 10)) for x, y in line]
    first = f"M{_tenth(tenths[0][0])} {_tenth(tenths[0][1])}l"
    steps = [f"{_tenth(bx - ax)} {_tenth(by - ay)}" for (ax, ay), (bx, by) in pairwise(tenths) if (ax, ay) != (bx, by)]
    return first + " ".join(steps or ["0 0"])


def _tenth(tenths: int) -> str:
    return f"{tenths / 10:g}"
