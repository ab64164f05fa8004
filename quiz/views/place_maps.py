"""The maps of the chronicle's pages: all places, one place among its neighbours, the places of an event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from quiz.cartography.bearings import WINDS, way
from quiz.cartography.projection import HEART, REGION, Frame, around
from quiz.gazetteer import Gazetteer, Place
from quiz.models import EventPlace, Role
from quiz.views.maps import Drawing, Mark, drawing, points
from quiz.views.whereabouts import position

NEIGHBOURS = 5
"""So many of a place's neighbours are told, at most, and none further away than FURTHEST_KM."""
FURTHEST_KM = 25.0
LEAST_KM = 32.0
"""The map of one place is at least so wide: its surroundings say where it lies."""
REACH = 14.75
"""Half of a target on a map in units: 24 pixels across where the map is 326 pixels wide, as on a phone."""
TOWARDS = (
    pgettext_lazy("direction", "north"),
    pgettext_lazy("direction", "north-east"),
    pgettext_lazy("direction", "east"),
    pgettext_lazy("direction", "south-east"),
    pgettext_lazy("direction", "south"),
    pgettext_lazy("direction", "south-west"),
    pgettext_lazy("direction", "west"),
    pgettext_lazy("direction", "north-west"),
)
"""By number of the direction, clockwise from north."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another place near one: whole kilometres, at least 1, and the direction in words."""

    name: str
    name_ar: str
    url: str
    km: int
    towards: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a place lies: in words, among its neighbours, and on a map."""

    position: str
    neighbours: tuple[Neighbour, ...]
    map: Drawing


def overview(places: Gazetteer) -> list[Drawing]:
    """All places with coordinates: the mountains drawn large, and the whole region; none where there are no such."""
    marks = [mark for place in places.places if (mark := _mark(place))]
    if not marks:
        return []
    outside = [replace(mark, url="") if HEART.holds(mark.lat, mark.lon) else mark for mark in marks]
    return [drawing(_roomy(marks, HEART), HEART), drawing(_roomy(outside, REGION), REGION, inner=HEART)]


def surroundings(places: Gazetteer, key: str) -> Surroundings | None:
    """Where a place lies; None where nobody knows its coordinates."""
    here = _mark(places[key])
    if here is None:
        return None
    others = (mark for place in places.places if place.key != key and (mark := _mark(place)))
    ways = sorted((*way((here.lat, here.lon), (mark.lat, mark.lon)), mark.key, mark) for mark in others)
    near = [one for one in ways if one[0] <= FURTHEST_KM][:NEIGHBOURS]
    frame = around(points([here, *(mark for *_way, mark in near)]), least_km=LEAST_KM)
    marks = [*_roomy([one[3] for one in ways if frame.holds(one[3].lat, one[3].lon)], frame, but=here)]
    return Surroundings(
        position(here.lat, here.lon, without={key}),
        tuple(_neighbour(km, turn, mark) for km, turn, _key, mark in near),
        drawing([*marks, replace(here, state="now", url="")], frame),
    )


def event_map(places: Gazetteer, rows: Iterable[EventPlace]) -> Drawing | None:
    """The places of an event; for one without coordinates what it lies in, if that is a point. None where none is."""
    found: dict[str, Mark] = {}
    for row in rows:
        mark = next((mark for key in places.lineage(row.place.key) if (mark := _mark(places[key]))), None)
        if mark and found.get(mark.key, mark).state != "now":
            found[mark.key] = replace(mark, url="", state="" if row.role == Role.MENTIONED else "now")
    if not found:
        return None
    marks = list(found.values())
    told = "; ".join(f"{mark.name} ({position(mark.lat, mark.lon, without=found)})" for mark in marks)
    return drawing(marks, around(points(marks), least_km=LEAST_KM), name=_("Map: %(places)s") % {"places": told})


def _mark(place: Place) -> Mark | None:
    if place.lat is None or place.lon is None:
        return None
    url = reverse("quiz:place-detail", args=[place.key])
    return Mark(place.key, place.name, place.name_ar, place.lat, place.lon, url=url)


def _neighbour(km: float, turn: float, mark: Mark) -> Neighbour:
    towards = TOWARDS[round(turn * WINDS / 360) % WINDS]
    return Neighbour(mark.name, mark.name_ar, mark.url, max(1, round(km)), str(towards))


def _roomy(marks: Sequence[Mark], frame: Frame, but: Mark | None = None) -> list[Mark]:
    """The marks, without a link where another place lies so near that it could be hit instead."""
    places = [frame.xy(mark.lat, mark.lon) for mark in [*marks, *([but] if but else [])]]
    return [
        mark if sum(abs(complex(x - a, y - b)) < 2 * REACH for a, b in places) == 1 else replace(mark, url="")
        for mark, (x, y) in zip(marks, places, strict=False)
    ]
