"""How ground.json was made of the files that it names: clipped to the known ground, joined and simplified.

`python -c "from quiz.cartography.deriving import main; main('FOLDER')"` reads border_osm.geojson, context.geojson and
places.json of a folder and writes ground.json anew.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from quiz.cartography.lines import apart, cut, simplified
from quiz.cartography.projection import EXTENT, KM_PER_DEGREE, SHRINK, Point

GROUND = Path(__file__).with_name("ground.json")
BORDER_KM, RIVER_KM = 0.1, 0.15
"""Tolerances of Douglas and Peucker: a tenth of a kilometre is three pixels on the largest map that is drawn."""
JOIN_KM = 1.0
LEAST_RIVER_KM = 6.0
"""Shorter pieces of rivers only look like dirt."""
CONTEXT = ("baalbek", "hermel", "hisya", "al-qutayfah", "jayrud", "labweh", "ras-baalbek", "damascus", "homs")
"""Towns that are shown for orientation, where the chronicle has no place of that name on the map."""
ROAD = ("damascus", "al-qutayfah", "al-qastal", "an-nabk", "deir-atiyah", "qara", "hisya", "homs")
"""Along what the Damascus–Homs highway runs; between them the line is straight, and says that it is schematic."""
RIDGE = (
    (36.22, 33.87),
    (36.3, 33.93),
    (36.38, 33.98),
    (36.48, 34.029),
    (36.545, 34.09),
    (36.59, 34.17),
    (36.61, 34.26),
)
"""The ridge of the Anti-Lebanon as drawn by hand, north-east along the border and over Tallat Musa: schematic."""


def derive(border: dict[str, Any], context: dict[str, Any], places: dict[str, Any]) -> dict[str, Any]:
    """What ground.json holds, from two GeoJSON collections and a list of places with their datasets."""
    rows = {row["id"]: row for row in places["places"] if row["found"]}
    edge, rivers = border["features"], [one for one in context["features"] if one["properties"]["kind"] == "river"]
    return {
        "border": {**_origin(edge[0]), "lines": _drawn(_joined(_lines(edge)), BORDER_KM)},
        "rivers": {**_origin(rivers[0]), "lines": _drawn(_long(_joined(_lines(rivers))), RIVER_KM)},
        "road": {"origin": "schematic: straight from town to town", "line": [_lon_lat(rows[key]) for key in ROAD]},
        "ridge": {"origin": "schematic: drawn by hand along the border and over Tallat Musa", "line": RIDGE},
        "towns": [_town(rows[key]) for key in CONTEXT],
    }


def _origin(feature: dict[str, Any]) -> dict[str, str]:
    return {name: feature["properties"][{"origin": "source"}.get(name, name)] for name in ("origin", "licence")}


def _town(row: dict[str, Any]) -> dict[str, Any]:
    dataset = row["sources"][0]
    kept = {"key": row["id"], "name": row["name"], "name_ar": row["name_ar"], "lat": row["lat"], "lon": row["lon"]}
    return {**kept, "origin": dataset["dataset"], "licence": dataset["licence"]}


def _lon_lat(row: dict[str, Any]) -> Point:
    return row["lon"], row["lat"]


def _lines(features: Iterable[dict[str, Any]]) -> list[list[Point]]:
    """The lines of features in kilometres east and north of the south-western corner, cut at the edges."""
    west, east, south, north = EXTENT
    found = []
    for feature in features:
        shape = feature["geometry"]
        for line in shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]:
            flat = [((lon - west) * SHRINK * KM_PER_DEGREE, (lat - south) * KM_PER_DEGREE) for lon, lat in line]
            found += cut(flat, (east - west) * SHRINK * KM_PER_DEGREE, (north - south) * KM_PER_DEGREE)
    return found


def _joined(lines: Sequence[list[Point]]) -> list[list[Point]]:
    """Lines of which one ends where another begins, as one; the datasets cut them at the edges of their tiles."""
    left = [list(line) for line in lines]
    done: list[list[Point]] = []
    while left:
        line = left.pop(0)
        while following := next((other for other in left if _meets(line, other)), None):
            left.remove(following)
            line = _as_one(line, following)
        done.append(line)
    return done


def _meets(one: Sequence[Point], other: Sequence[Point]) -> bool:
    return min(apart(a, b) for a in (one[0], one[-1]) for b in (other[0], other[-1])) <= JOIN_KM


def _as_one(one: list[Point], other: list[Point]) -> list[Point]:
    ways = [(a, b) for a in (one, one[::-1]) for b in (other, other[::-1])]
    first, second = min(ways, key=lambda way: apart(way[0][-1], way[1][0]))
    return first + second


def _long(lines: Iterable[list[Point]]) -> list[list[Point]]:
    return [line for line in lines if sum(apart(a, b) for a, b in pairwise(line)) >= LEAST_RIVER_KM]


def _drawn(lines: Iterable[list[Point]], tolerance: float) -> list[list[Point]]:
    """Lines made simpler, as longitudes and latitudes to four decimals: about ten metres."""
    west, south = EXTENT[0], EXTENT[2]
    return [
        [(round(west + x / SHRINK / KM_PER_DEGREE, 4), round(south + y / KM_PER_DEGREE, 4)) for x, y in line]
        for line in (simplified(line, tolerance) for line in lines)
    ]


def main(folder: Path | str, ground: Path = GROUND) -> None:
    """Write the file anew from the three of a folder."""
    names = ("border_osm.geojson", "context.geojson", "places.json")
    derived = derive(*(json.loads(Path(folder, name).read_text(encoding="utf-8")) for name in names))
    ground.write_text(json.dumps(derived, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
