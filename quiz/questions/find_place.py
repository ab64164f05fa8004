"""Find the place on the map: seven pins, and the same names as a list."""

from collections.abc import Sequence
from dataclasses import replace
from math import cos, hypot, radians
from random import Random

from quiz.questions.balance import Rules
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.near_places import within_reach, wrong_places
from quiz.questions.place_choices import Asked, PlaceChoice, by_name_and_length, place_option
from quiz.questions.place_index import MOST_NEAR
from quiz.questions.place_stems import may_ask_place, stem_date
from quiz.questions.question import Option, Shape

KIND = "find-place"
TOLERANCE_KM = 1.5
"""A click so near a pin counts as that pin: pins lie at least twice as far apart, so no circle holds two of them."""
WRONG, LEAST_POOL = 6, 8
WIDTH = 20
"""How many neighbours the pins of a question are drawn from."""


def _rules(chronicle: Chronicle) -> Rules:
    return Rules(
        lambda one, other: _are_apart(chronicle, one, other) and within_reach(chronicle, one, other),
        by_name_and_length(chronicle),
        lambda right, pool, rng: _round(chronicle, right, pool, rng),
        lambda right, drawn: _lie_of(chronicle, right, drawn),
    )


def _round(chronicle: Chronicle, right: str, pool: Sequence[str], rng: Random) -> list[str]:
    """The wrong places in one of the rounds of neighbours that the right one belongs to, drawn by lot.

    So the right one need not lie in the middle: had another of the round been asked for, it could be the same one.
    """
    neighbours = chronicle.places_told.round_about(right, WIDTH, rng)
    return [key for key in pool if key in neighbours]


def _lie_of(chronicle: Chronicle, right: str, drawn: Sequence[str]) -> tuple[int, int]:
    """Among these pins, how many lie more in the middle than the right one, and how many have a nearer neighbour."""
    spots = [(place.lat or 0.0, place.lon or 0.0) for place in map(chronicle.gazetteer.__getitem__, (right, *drawn))]
    wide = cos(radians(spots[0][0]))
    away = [sorted(hypot(lat - y, (lon - x) * wide) for y, x in spots) for lat, lon in spots]
    total = list(map(sum, away))
    return sum(one < total[0] for one in total), sum(one < away[0] for one in away)


def _asked(chronicle: Chronicle, event: EventFact) -> Asked | Refusal:
    """How the place may be asked for, and the places whose pins may stand beside its own."""
    how = may_ask_place(chronicle, event)
    if isinstance(how, Refusal):
        return how
    if not _has_pin(chronicle, how.place):
        return Refusal("nobody knows the coordinates of its place")
    wrong = wrong_places(chronicle, event, how.place, dated=bool(stem_date(chronicle, event)), most=MOST_NEAR)
    pinned = [key for key in wrong if _are_apart(chronicle, key, how.place)]
    if len(_apart(chronicle, pinned)) < LEAST_POOL:
        return Refusal("too few places with known coordinates are excluded by what is said of it")
    return how, pinned


def _has_pin(chronicle: Chronicle, key: str) -> bool:
    place = chronicle.gazetteer[key]
    return place.lat is not None and place.lon is not None


def _are_apart(chronicle: Chronicle, one: str, other: str) -> bool:
    distance = chronicle.gazetteer.distance_km(one, other)
    return distance is not None and distance >= 2 * TOLERANCE_KM


def _apart(chronicle: Chronicle, places: list[str]) -> list[str]:
    """The first LEAST_POOL of these places, without those that lie too near to one before them."""
    chosen: list[str] = []
    for key in places:
        if len(chosen) < LEAST_POOL and all(_are_apart(chronicle, key, other) for other in chosen):
            chosen.append(key)
    return chosen


def _pin(chronicle: Chronicle, event: EventFact, key: str, right: bool, /) -> Option:
    place = chronicle.gazetteer[key]
    return replace(place_option(chronicle, event, key, right), lat=place.lat, lon=place.lon)


_CHOICE = PlaceChoice(KIND, Shape.PIN, WRONG, WRONG, _asked, _rules, _pin)
make, pairs = _CHOICE.make, _CHOICE.pairs
