"""Find the place on the map: seven pins, and the same names as a list."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import cos, hypot, radians
from random import Random

from quiz.questions.asking import PlaceAsking
from quiz.questions.balance import Balance, Rules
from quiz.questions.choose_place import by_name_and_length, place_option, right_and_wrong
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.near_places import LEFT_OUT, balance_of, within_reach, wrong_places
from quiz.questions.place_stems import may_ask_place, place_stem, stem_date
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.questions.stems import why

KIND = "find-place"
TOLERANCE_KM = 1.5
"""A click so near a pin counts as that pin: pins lie at least twice as far apart, so no circle holds two of them."""
WRONG, LEAST_POOL = 6, 8
WIDTH = 20
"""How many neighbours the pins of a question are drawn from."""
POOL = 60
"""Of how many nearest places the neighbours of a neighbour are a part, mostly."""


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask for the pin of the place in the slot of the clause."""
    asked = _asked(chronicle, event)
    if isinstance(asked, Refusal):
        return asked
    how, wrong = asked
    balance = _balance(chronicle)
    drawn = balance.draw(how.place, wrong, rng)
    if len(drawn) < WRONG:
        return Refusal("too few of the places drawn lie near each other", by_chance=True)
    made = _build(chronicle, event, how, drawn)
    return LEFT_OUT if isinstance(made, Question) and balance.leaves_out(event.key, rng) else made


def _balance(chronicle: Chronicle) -> Balance:
    return balance_of(
        chronicle,
        KIND,
        WRONG,
        lambda event: right_and_wrong(chronicle, event, _asked(chronicle, event)),
        Rules(
            lambda one, other: _are_apart(chronicle, one, other) and within_reach(chronicle, one, other),
            by_name_and_length(chronicle),
            lambda right, pool, rng: _round(chronicle, right, pool, rng),
            lambda right, drawn: _lie_of(chronicle, right, drawn),
        ),
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


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """The right pin beside each wrong one."""
    asked = _asked(chronicle, event)
    if not isinstance(asked, Refusal):
        made = (_build(chronicle, event, asked[0], [key]) for key in asked[1])
        yield from (question for question in made if isinstance(question, Question))


def _asked(chronicle: Chronicle, event: EventFact) -> tuple[PlaceAsking, list[str]] | Refusal:
    """How the place may be asked for, and the places whose pins may stand beside its own."""
    how = may_ask_place(chronicle, event)
    if isinstance(how, Refusal):
        return how
    if not _has_pin(chronicle, how.place):
        return Refusal("nobody knows the coordinates of its place")
    wrong = wrong_places(chronicle, event, how.place, dated=bool(stem_date(chronicle, event)), most=POOL)
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


def _build(chronicle: Chronicle, event: EventFact, how: PlaceAsking, drawn: list[str]) -> Question | Refusal:
    stem = place_stem(chronicle, event, how, drawn)
    if isinstance(stem, Refusal):
        return stem
    chosen = sorted([how.place, *drawn], key=by_name_and_length(chronicle)[0])
    return Question(
        id=f"{KIND}/{event.key}",
        kind=KIND,
        shape=Shape.PIN,
        facet=Facet.PLACE,
        mode=how.asking.mode,
        events=(event.key,),
        stem=stem,
        options=tuple(_pin(chronicle, event, key, right=key == how.place) for key in chosen),
        key=(chosen.index(how.place),),
        key_text=capital(chronicle.gazetteer[how.place].name),
        explanation=why(chronicle, event.key, how.asking, dated=False),
        citations=chronicle.citations(event.claims),
        sensitive=event.sensitive,
    )


def _pin(chronicle: Chronicle, event: EventFact, key: str, *, right: bool) -> Option:
    place = chronicle.gazetteer[key]
    return replace(place_option(chronicle, event, key, right=right), lat=place.lat, lon=place.lon)
