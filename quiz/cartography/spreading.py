"""Where the badges of pins stand: beside their dots on short stalks, none upon another."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import cos, pi, sin

from quiz.cartography.lines import apart, cross, from_stretch
from quiz.cartography.projection import Point

RADIUS = 17.0
"""Of a badge, in units: 24 pixels across where a map is at least 283 pixels wide."""
DOT = 4.0
"""Of the dot at a pin's foot, in units."""
RING = 10.0
"""Of the ring around the dot of the place that a map is about, in units."""
GAP = 2.0
STALKS = (25.0, 34.0, 44.0, 56.0, 70.0, 88.0)
"""Lengths of stalks in units, from dot to middle of the badge; the shortest shows the whole dot."""
DIRECTIONS = 16
SWEEPS = 3


@lru_cache(256)
def spread(spots: tuple[Point, ...], width: float, height: float) -> tuple[Point, ...]:
    """The middle of each spot's badge, in units, on a map of this size; the same for the same spots.

    Each badge takes the best of its stands (shortest stalk first, upright first) beside those that stand already,
    the most crowded first; then each in turn takes a better one if there is any, three times over.
    """
    stands = [list(_stands(spot, width, height)) for spot in spots]
    chosen = [choices[0] for choices in stands]
    order = sorted(range(len(spots)), key=lambda n: (-_crowd(spots, n), n))
    settled: list[int] = []
    for n in order:
        chosen[n] = _best(n, stands[n], spots, chosen, settled)
        settled.append(n)
    for _ in range(SWEEPS):
        for n in order:
            chosen[n] = _best(n, stands[n], spots, chosen, order)
    return tuple(chosen)


def _stands(spot: Point, width: float, height: float) -> Iterator[Point]:
    """Where a spot's badge may stand, best first; where the map has no room for any, upright above it."""
    found = False
    for stalk in STALKS:
        for turn in _turns():
            x, y = spot[0] + stalk * sin(turn), spot[1] - stalk * cos(turn)
            if RADIUS + GAP <= x <= width - RADIUS - GAP and RADIUS + GAP <= y <= height - RADIUS - GAP:
                found = True
                yield round(x, 1), round(y, 1)
    if not found:
        yield round(spot[0], 1), round(spot[1] - STALKS[0], 1)


def _turns() -> Iterator[float]:
    """Directions from upright, clockwise angles: the nearest to upright first, right before left."""
    yield 0.0
    for step in range(1, DIRECTIONS // 2):
        yield from (step * 2 * pi / DIRECTIONS, -step * 2 * pi / DIRECTIONS)
    yield pi


def _crowd(spots: Sequence[Point], n: int) -> int:
    """How many other spots are so near that their badges may be in the way."""
    return sum(apart(spots[n], other) < 4 * RADIUS for m, other in enumerate(spots) if m != n)


def _best(
    n: int, stands: Sequence[Point], spots: Sequence[Point], chosen: Sequence[Point], others: Sequence[int]
) -> Point:
    """The stand with the least in its way; the earlier one of equals."""
    return min(
        enumerate(stands),
        key=lambda item: (_trouble(n, item[1], spots, chosen, others) + item[0] * 0.01, item[0]),
    )[1]


def _trouble(n: int, stand: Point, spots: Sequence[Point], chosen: Sequence[Point], others: Sequence[int]) -> float:
    """How badly a stand goes with all dots and with the badges that stand: 0 where nothing touches."""
    here, total = spots[n], 0.0
    for m, spot in enumerate(spots):
        if m != n:
            total += 20 * max(0.0, RADIUS + DOT + GAP - apart(stand, spot)) / RADIUS
    for m in others:
        if m == n:
            continue
        badge = chosen[m]
        total += 100 * max(0.0, 2 * RADIUS + GAP - apart(stand, badge)) / RADIUS
        total += 4 * (from_stretch(badge, here, stand) < RADIUS) + 4 * (from_stretch(stand, spots[m], badge) < RADIUS)
        total += 2 * cross(here, stand, spots[m], badge)
    return total


def overlaps(badges: Sequence[Point]) -> list[tuple[int, int]]:
    """Pairs of badges that touch, by their numbers."""
    numbered = list(enumerate(badges))
    return [(n, m) for n, one in numbered for m, other in numbered[n + 1 :] if apart(one, other) < 2 * RADIUS]
