"""Where a step of the story map happened: its places in words, and its map, framed alike for a whole chapter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quiz.cartography.lettering import STANDS
from quiz.cartography.placing import about, trouble
from quiz.cartography.projection import Frame, around
from quiz.cartography.spreading import DOT
from quiz.questions.chronicle import Chronicle
from quiz.study.story import Chapter
from quiz.study.story_sites import Site
from quiz.views.maps import Drawing, Mark, drawing

GROUND = Frame(west=36.02, east=36.95, south=33.62, north=34.34)
"""The mountains with the towns on either side of them, Zabadani and Brital to Qara, in degrees.

What lies outside (Damascus, Homs) is told in words: on a map that held it, the towns of a chapter would stand upon
each other.
"""
TALLEST = 350
"""No map of a chapter is higher, in units (it is 400 wide): on a phone that leaves room for the text."""
LEAST_KM = 40.0
"""A chapter with one place on the ground shows what lies around it too."""
RECENT = 4
"""So many steps before the present one have their places marked as gone before."""
ROLES: Mapping[str, str | Promise] = {
    "near": gettext_lazy("near"),
    "around": gettext_lazy("around"),
    "between": gettext_lazy("between"),
    "from": gettext_lazy("from"),
    "toward": gettext_lazy("towards"),
    "target": gettext_lazy("against"),
}
"""What a place is to a step; nothing is said where the step took place there."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in words: its role, its names, and what is to be said of it and the map, if anything."""

    key: str
    role: str | Promise
    name: str
    name_ar: str
    remark: str


def sites(chronicle: Chronicle, frame: Frame, found: Iterable[Site]) -> list[Where]:
    """Places of a step in words, beside a map of this frame; the second of two towns between which it was has 'and'."""
    listed = list(found)
    between = [site for site in listed if site.role == "between"]
    words = dict(zip(between, (ROLES["between"], *(_("and") for _second in between[1:])), strict=False))
    if len(between) == 1:
        words = {between[0]: ROLES["near"]}
    in_line = sorted(listed, key=lambda site: site in between)
    return [_where(chronicle, frame, site, words.get(site, ROLES.get(site.role, ""))) for site in in_line]


def _where(chronicle: Chronicle, frame: Frame, site: Site, role: str | Promise) -> Where:
    place = chronicle.gazetteer[site.key]
    if not site.shown:
        remark = _("no known coordinates")
    elif side := _outside(chronicle, frame, site.shown):
        remark = _("beyond this map, to the %(side)s") % {"side": side}
    elif site.shown != site.key:
        remark = _("shown at %(town)s") % {"town": chronicle.gazetteer[site.shown].name}
    else:
        remark = ""
    return Where(place.key, role, place.name, place.name_ar, remark)


def _outside(chronicle: Chronicle, frame: Frame, key: str) -> str:
    """On which side of a map a place lies that is not on it; blank for one that is."""
    lat, lon = _point(chronicle, key)
    if frame.holds(lat, lon):
        return ""
    upright = _("north") if lat > frame.north else _("south") if lat < frame.south else ""
    across = _("east") if lon > frame.east else _("west") if lon < frame.west else ""
    return "-".join(part for part in (upright, across) if part)


def _point(chronicle: Chronicle, key: str) -> tuple[float, float]:
    place = chronicle.gazetteer[key]
    return place.lat or 0.0, place.lon or 0.0


def mapped(chronicle: Chronicle, chapter: Chapter, number: int, frame: Frame) -> Drawing:
    """The map of a step: its places, those of the few steps before it, and quietly those of all before these.

    The towns that every reader of a map looks for are on it from the first step on, as the ground's own.
    """
    steps = chapter.steps[:number]
    states = {key: "" for step in steps for key in step.shown}
    states |= {key: "before" for step in steps[-1 - RECENT : -1] for key in step.shown}
    states |= dict.fromkeys(steps[-1].shown, "now")
    # Those of now are drawn last, above all others.
    listed = sorted(states.items(), key=lambda item: ["", "before", "now"].index(item[1]))
    marks = [_mark(chronicle, key, state) for key, state in listed]
    return _thinned(drawing([*_landmarks(chronicle, states), *marks], frame))


def _landmarks(chronicle: Chronicle, told: Iterable[str]) -> list[Mark]:
    """Places of the chronicle that are named on every map and that no step so far has told of."""
    known = {key for key, how in STANDS.items() if how.tier == 1} - set(told)
    found = sorted(key for key in known if key in chronicle.gazetteer and chronicle.gazetteer[key].lat is not None)
    return [replace(_mark(chronicle, key, ""), quiet=True) for key in found]


def _thinned(whole: Drawing) -> Drawing:
    """The same map without the names of places gone by that would stand upon others; those of now always stay."""
    order = ("now", "before", "")
    taken = {spot.number: [about((spot.x, spot.y), DOT)] for spot in whole.spots}
    bare: set[int] = set()
    for spot in sorted(whole.spots, key=lambda spot: (spot.mark.quiet, order.index(spot.mark.state))):
        others = [box for number, boxes in taken.items() if number != spot.number for box in boxes]
        if not spot.label or (spot.mark.state != "now" and trouble(spot.label.box, others, whole.frame)):
            bare.add(spot.number)
        else:
            taken[spot.number].append(spot.label.box)
    return replace(whole, spots=tuple(replace(s, label=None) if s.number in bare else s for s in whole.spots))


def _mark(chronicle: Chronicle, key: str, state: str) -> Mark:
    place = chronicle.gazetteer[key]
    return Mark(key, place.name, place.name_ar, *_point(chronicle, key), state=state)


def framed(chronicle: Chronicle, chapter: Chapter) -> Frame:
    """The map of a chapter, the same at each of its steps: around its places on the ground, not too high."""
    return _framed(chronicle, tuple(key for key in chapter.shown if GROUND.holds(*_point(chronicle, key))))


@lru_cache(32)
def _framed(chronicle: Chronicle, shown: tuple[str, ...]) -> Frame:
    points = [_point(chronicle, key) for key in shown] or [(GROUND.south, GROUND.west), (GROUND.north, GROUND.east)]
    fitted = around(points, least_km=LEAST_KM)
    spare = fitted.width * max(0.0, fitted.height / TALLEST - 1) / 2
    degrees = spare * (fitted.east - fitted.west) / fitted.width
    return Frame(fitted.west - degrees, fitted.east + degrees, fitted.south, fitted.north)
