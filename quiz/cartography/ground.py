"""The ground of a map: border, rivers, towns to find one's way by, and two schematic lines.

ground.json names the origin and the licence of each; `quiz.cartography.deriving` says how it was made.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from quiz.cartography.lines import Line, cut, cut_area, path, simplified, within
from quiz.cartography.projection import EXTENT, Frame, Point

FINE = 0.4
"""What is drawn is simplified once more, to so many units: half a pixel."""
OVER = 6.0
"""Lines reach so far beyond the edges of a map that no end of theirs is seen."""
CORNERS = ((35.9, 34.8), (35.0, 34.8), (35.0, 33.4))
"""(Longitude, latitude) by which the border, from south to north, is closed to an area that holds Lebanon's part."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town for orientation; the Arabic name only where a gazetteer gives it."""

    key: str
    name: str
    name_ar: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground of one frame, each part the value of a path's `d`, blank where none of it is seen.

    `border_lines`, `road_lines` and `ridge_lines` are the same as points in units, for what is written beside them.
    """

    lebanon: str
    border: str
    rivers: str
    road: str
    ridge: str
    border_lines: tuple[Line, ...]
    road_lines: tuple[Line, ...]
    ridge_lines: tuple[Line, ...]


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Path(__file__).with_name("ground.json").read_text(encoding="utf-8"))
    return data


@cache
def towns() -> tuple[Town, ...]:
    """All towns for orientation, the largest first."""
    rows = (dict(row) for row in _data()["towns"])
    return tuple(
        Town(row["key"], row["name"], row["name_ar"] if "GeoNames" in row["origin"] else "", row["lat"], row["lon"])
        for row in rows
    )


@cache
def _lebanon() -> tuple[Point, ...]:
    """Lebanon's part of the known ground as an area of longitudes and latitudes."""
    (border,) = _data()["border"]["lines"]
    return (*map(tuple, border), *CORNERS)


def in_lebanon(lat: float, lon: float) -> bool:
    """Whether a point of the known ground lies on the Lebanese side of the (approximate) border."""
    return within((lon, lat), _lebanon())


def is_known(lat: float, lon: float) -> bool:
    """Whether the border and the rivers near a point are known."""
    west, east, south, north = EXTENT
    return west <= lon <= east and south <= lat <= north


@lru_cache(256)
def ground(frame: Frame) -> Ground:
    """What of the ground a frame shows."""
    border = _seen(frame, _data()["border"]["lines"])
    road, ridge = (_seen(frame, [_data()[name]["line"]]) for name in ("road", "ridge"))
    area = cut_area([frame.xy(lat, lon) for lon, lat in _lebanon()], frame.width, frame.height, OVER)
    return Ground(
        lebanon=path([simplified(area, FINE)], closed=True),
        border=path(border),
        rivers=path(_seen(frame, _data()["rivers"]["lines"])),
        road=path(road),
        ridge=path(ridge),
        border_lines=border,
        road_lines=road,
        ridge_lines=ridge,
    )


def _seen(frame: Frame, lines: Iterable[Iterable[Point]]) -> tuple[Line, ...]:
    """Lines of longitudes and latitudes in units, cut at the edges of a frame and simplified for it."""
    parts = (
        part
        for line in lines
        for part in cut([frame.xy(lat, lon) for lon, lat in line], frame.width, frame.height, OVER)
    )
    return tuple(tuple(simplified(part, FINE)) for part in parts)
