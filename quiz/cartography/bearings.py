"""Where a place lies, for those who do not see the map: how far from which towns, in which direction, on which side."""

from collections.abc import Collection
from dataclasses import dataclass
from math import atan2, degrees, hypot

from quiz.cartography.ground import Town, in_lebanon, is_known, towns
from quiz.cartography.projection import KM_PER_DEGREE, SHRINK, Point

WINDS = 8
"""Directions that are told apart: north, north-east and so on, each true within 22.5 degrees."""
WELL_KNOWN = ("damascus", "homs", "baalbek", "hermel", "hisya", "al-qutayfah")
"""Towns from which positions are told: spread round the region, and named on the maps."""
WIDE_ANGLE = 40.0
"""Two towns fix a position well where a place sees them so many degrees apart, and not nearly in line either."""


@dataclass(frozen=True, slots=True)
class Fix:
    """`km` whole kilometres from a town towards `wind`: the number of the direction clockwise from north, from 0."""

    town: Town
    km: int
    wind: int


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A position from one or two towns; `in_lebanon` is None outside the known ground."""

    fixes: tuple[Fix, ...]
    in_lebanon: bool | None


def whereabouts(lat: float, lon: float, *, without: Collection[str] = ()) -> Whereabouts:
    """Where a point lies: from the nearest of the well-known towns, and across from the nearest of the others.

    Two bearings that cross tell places apart that lie equally far in one direction from a single town. None of the
    towns whose keys are in `without` is used; ValueError where that leaves none.
    """
    known = [town for town in towns() if town.key in WELL_KNOWN and town.key not in without]
    if not known:
        raise ValueError("There is no town left to tell a position from.")
    ways = sorted((*way((town.lat, town.lon), (lat, lon)), town.key, town) for town in known)
    first = ways[0]
    across = [one for one in ways[1:] if WIDE_ANGLE <= abs((one[1] - first[1] + 180) % 360 - 180) <= 180 - WIDE_ANGLE]
    fixes = tuple(Fix(town, round(km), round(turn * WINDS / 360) % WINDS) for km, turn, _, town in (first, *across[:1]))
    return Whereabouts(fixes, in_lebanon(lat, lon) if is_known(lat, lon) else None)


def way(start: Point, end: Point) -> tuple[float, float]:
    """Kilometres from one point (latitude, longitude) to another, and the direction in degrees clockwise from north.

    Measured in the plane of the maps: within the known ground it is off by half a per cent and half a degree at most.
    """
    north, east = (end[0] - start[0]) * KM_PER_DEGREE, (end[1] - start[1]) * KM_PER_DEGREE * SHRINK
    return hypot(north, east), degrees(atan2(east, north)) % 360
