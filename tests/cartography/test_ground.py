"""The ground: what a frame shows of it, where it came from, how it was made."""

import json
from pathlib import Path
from typing import Any

import pytest

from quiz.cartography.deriving import CONTEXT, GROUND, LEAST_RIVER_KM, ROAD, derive, main
from quiz.cartography.ground import ground, in_lebanon, is_known, towns
from quiz.cartography.projection import HEART, REGION, around


def line(kind: str, *points: tuple[float, float], multi: bool = False) -> dict[str, Any]:
    """A feature as GeoJSON has it, its points as longitude and latitude."""
    coordinates: Any = [list(map(list, points))] if multi else list(map(list, points))
    return {
        "properties": {"kind": kind, "source": f"source of {kind}", "licence": "free"},
        "geometry": {"type": "MultiLineString" if multi else "LineString", "coordinates": coordinates},
    }


def places() -> dict[str, Any]:
    return {
        "places": [
            {
                "id": key,
                "name": key.title(),
                "name_ar": "",
                "lat": 34.0,
                "lon": 36.0 + n / 100,
                "found": True,
                "sources": [{"dataset": "A gazetteer", "licence": "CC BY"}],
            }
            for n, key in enumerate(dict.fromkeys((*CONTEXT, *ROAD)))
        ]
        + [{"id": "nowhere", "found": False}]
    }


BORDER = {
    "features": [
        line("border", (36.0, 33.5), (36.0, 33.8), multi=True),
        line("border", (36.2, 34.2), (36.0, 33.801), multi=True),
    ]
}
CONTEXT_LINES = {
    "features": [
        line("river", (36.0, 34.0), (36.1, 34.0)),
        line("river", (36.1, 34.001), (36.2, 34.001), (36.2, 34.1)),
        line("river", (36.5, 34.5), (36.51, 34.5)),
        line("coast", (35.9, 34.5), (35.9, 34.7)),
    ]
}


def test_pieces_that_meet_become_one_line() -> None:
    derived = derive(BORDER, CONTEXT_LINES, places())
    (border,) = derived["border"]["lines"]
    assert (border[0], border[-1]) == ((36.0, 33.5), (36.2, 34.2))
    (river,) = derived["rivers"]["lines"]
    assert (river[0], river[-1]) == ((36.0, 34.0), (36.2, 34.1))


def test_what_is_short_or_no_river_is_left_out() -> None:
    rivers = derive(BORDER, CONTEXT_LINES, places())["rivers"]["lines"]
    assert LEAST_RIVER_KM > 1
    assert [point for river in rivers for point in river if point[0] > 36.3 or point[0] < 36] == []


def test_each_part_keeps_its_origin_and_its_licence() -> None:
    derived = derive(BORDER, CONTEXT_LINES, places())
    assert (derived["border"]["origin"], derived["border"]["licence"]) == ("source of border", "free")
    assert (derived["rivers"]["origin"], derived["rivers"]["licence"]) == ("source of river", "free")
    assert {(town["origin"], town["licence"]) for town in derived["towns"]} == {("A gazetteer", "CC BY")}
    assert all(derived[name]["origin"].startswith("schematic") for name in ("road", "ridge"))


def test_the_file_is_written_from_three(tmp_path: Path) -> None:
    for name, content in (("border_osm", BORDER), ("context", CONTEXT_LINES)):
        (tmp_path / f"{name}.geojson").write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "places.json").write_text(json.dumps(places()), encoding="utf-8")
    main(tmp_path, tmp_path / "ground.json")
    written = json.loads((tmp_path / "ground.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(derive(BORDER, CONTEXT_LINES, places())))


def test_the_shipped_file_names_where_each_part_came_from() -> None:
    shipped = json.loads(GROUND.read_text(encoding="utf-8"))
    assert "OpenStreetMap" in shipped["border"]["origin"]
    assert "ODbL" in shipped["border"]["licence"]
    assert "GSHHG" in shipped["rivers"]["origin"]
    assert all(town["licence"] for town in shipped["towns"])
    assert GROUND.stat().st_size < 20_000


def test_a_frame_shows_what_lies_in_it() -> None:
    heart, region = ground(HEART), ground(REGION)
    assert all((region.lebanon, region.border, region.rivers, region.road, region.ridge))
    assert len(heart.border) < len(region.border)
    east = ground(around([(33.9, 36.95)]))
    assert (east.lebanon, east.border, east.ridge) == ("", "", "")


def test_the_ground_of_a_frame_is_made_once() -> None:
    assert ground(HEART) is ground(HEART)


@pytest.mark.parametrize(
    ("lat", "lon", "lebanese"),
    [(34.00583, 36.21806, True), (33.5102, 36.29128, False), (34.5078, 36.58029, False), (34.39417, 36.38472, True)],
)
def test_a_point_lies_on_one_side_of_the_border(lat: float, lon: float, lebanese: bool) -> None:
    assert in_lebanon(lat, lon) is lebanese


def test_beyond_its_edges_the_ground_is_not_known() -> None:
    assert is_known(34, 36.5)
    assert not any((is_known(36.2, 37.1), is_known(34, 38), is_known(34, 35), is_known(33, 36.5)))


def test_an_arabic_name_is_shown_where_a_gazetteer_gives_it() -> None:
    assert {town.key: town.name_ar for town in towns() if town.key in {"baalbek", "labweh"}} == {
        "baalbek": "بعلبك",
        "labweh": "",
    }
