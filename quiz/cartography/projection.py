"""From degrees to the units of a map: equirectangular, true to scale on the parallel of 34° N."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

KM_PER_DEGREE = 111.195
"""Length of a degree of latitude on a sphere of the Earth's mean radius."""
SHRINK = cos(radians(34))
"""By how much a degree of longitude is shorter than one of latitude at 34° N, the middle of the region."""
WIDTH = 400
"""Of every map, in its own units: on a phone about 0.8 pixels each, on a desk 1.2 to 1.5."""
LOWEST, TALLEST = 260, 470
"""The least and the greatest height of a map that is fitted to points, in units."""
MARGIN = 52
"""Space around the points of a fitted map, in units: a badge with its stalk fits into it."""
LEAST_KM = 26.0
"""A fitted map is at least so wide: nearer than that the ground would say nothing."""
EXTENT = (35.8, 37.3, 33.4, 34.8)
"""West, east, south and north end of what is known of the ground, in degrees."""
ROUND_KM = (100, 50, 20, 10, 5, 2, 1)

Point = tuple[float, float]
"""Latitude and longitude in degrees of WGS 84; or x and y in units, where a text says so."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a map shows: a field of degrees (WGS 84), WIDTH units wide, north up, its origin in the upper left corner.

    The plate carrée with its standard parallel at 34° N (J. P. Snyder, 'Map Projections: A Working Manual', 1987,
    pp. 90–91, equations 12-1 and 12-2): over this region no direction is off by more than half a degree.
    """

    west: float
    east: float
    south: float
    north: float

    @property
    def width(self) -> int:
        """Units from side to side."""
        return WIDTH

    @property
    def height(self) -> int:
        """Units from top to bottom."""
        return round((self.north - self.south) * self.per_degree)

    @property
    def per_degree(self) -> float:
        """Units in a degree of latitude."""
        return WIDTH / ((self.east - self.west) * SHRINK)

    @property
    def km_per_unit(self) -> float:
        """Kilometres in a unit."""
        return KM_PER_DEGREE / self.per_degree

    @property
    def bar_km(self) -> int:
        """The length of the scale bar: the longest round one within a quarter of the width, at least 1 km."""
        return next((km for km in ROUND_KM if km / self.km_per_unit <= WIDTH / 4), ROUND_KM[-1])

    @property
    def bar(self) -> float:
        """The length of the scale bar in units."""
        return self.bar_km / self.km_per_unit

    def xy(self, lat: float, lon: float) -> Point:
        """Where a point lies, in units from the left and from the top; also for points outside."""
        return (lon - self.west) * SHRINK * self.per_degree, (self.north - lat) * self.per_degree

    def at(self, x: float, y: float) -> Point:
        """The latitude and longitude of a point given in units."""
        return self.north - y / self.per_degree, self.west + x / (SHRINK * self.per_degree)

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point lies on the map."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


REGION = Frame(west=36.0, east=37.02, south=33.42, north=34.8)
"""The whole theatre: Damascus and Zabadani to Homs, Baalbek to the desert's edge; no sea lies in it."""
HEART = Frame(west=36.30, east=36.86, south=33.66, north=34.22)
"""The mountains between the highway and the border, from Saidnaya to Qara and Arsal."""


def around(points: Iterable[Point], *, least_km: float = LEAST_KM) -> Frame:
    """The map of these points (latitude, longitude): all at least MARGIN units from its edges.

    At least `least_km` wide and, while its points allow, within the known ground. ValueError without points.
    """
    found = list(points)
    if not found:
        raise ValueError("A map of nothing has no frame.")
    lats, lons = [lat for lat, _ in found], [lon for _, lon in found]
    wide, high = (max(lons) - min(lons)) * SHRINK, max(lats) - min(lats)
    per_unit = max(
        wide / (WIDTH - 2 * MARGIN),
        high / (TALLEST - 2 * MARGIN),
        least_km / KM_PER_DEGREE / WIDTH,
    )
    tall = min(TALLEST, max(LOWEST, high / per_unit + 2 * MARGIN)) * per_unit
    broad, spare = WIDTH * per_unit / SHRINK, MARGIN * per_unit
    west = _start(min(lons), max(lons), broad, spare / SHRINK, EXTENT[:2])
    south = _start(min(lats), max(lats), tall, spare, EXTENT[2:])
    return Frame(west, west + broad, south, south + tall)


def _start(low: float, high: float, length: float, spare: float, known: tuple[float, float]) -> float:
    """Where a stretch of this length begins: with the points in its middle, moved into what is known if it can be."""
    start = (low + high - length) / 2
    start = min(max(start, known[0]), max(known[0], known[1] - length))
    return max(high + spare - length, min(low - spare, start))
