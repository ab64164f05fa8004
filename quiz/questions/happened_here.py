"""Which of these happened here? A place, and three or four dated events told without theirs, of which one is right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from quiz.questions.asking import SHORT_DAYS, DateAsking, PlaceAsking
from quiz.questions.balance import Balance, Rules
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.near_places import LEFT_OUT, Pool, balance_of, is_excluded
from quiz.questions.placeless import SLOT, place_clause
from quiz.questions.question import Facet, Mode, Option, Question, Shape
from quiz.questions.stems import leaves_slot_alone, why

KIND = "happened-here"
WRONG, LEAST_POOL = 3, 5
NOUNS = frozenset({"town", "village", "city", "hill"})
"""Kinds of places that a clause can speak of as 'the town' and the like."""
SPOKEN = frozenset({"forecast", "report", "statement", "talks"})
"""Kinds of events that are about a place, and need not have happened there."""
AT, NEAR = frozenset({"at", "target"}), frozenset({"near", "around"})
"""Roles of a place in which something happened there, and near it."""
NEAREST_PLACES, NEAREST_EVENTS = 12, 6
"""Wrong events are drawn from those at so many of the nearest places, so many of each: the nearest in time."""


@dataclass(frozen=True, slots=True)
class _Here:
    """An event that can be told with its date and without its place."""

    event: EventFact
    dated: DateAsking
    place: PlaceAsking
    near: bool


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask which of some events happened at the place in the slot of this one."""
    asked = _asked(chronicle, event)
    if isinstance(asked, Refusal):
        return asked
    here, wrong = asked
    balance = _balance(chronicle)
    if balance.leaves_out(event.key, rng):
        return LEFT_OUT
    drawn = balance.draw(event.key, [other.event.key for other in wrong], rng)
    if len(drawn) < WRONG:
        return Refusal("too few of the events drawn are of different days", by_chance=True)
    return _build(chronicle, here, [other for other in wrong if other.event.key in drawn])


def _balance(chronicle: Chronicle) -> Balance:
    return balance_of(
        chronicle,
        KIND,
        WRONG,
        lambda event: _right_and_wrong(_asked(chronicle, event)),
        Rules(
            lambda one, other: not _share_days(chronicle.dates[one], chronicle.dates[other]),
            (lambda key: _rank(chronicle, key), lambda key: (len(chronicle.texts[key]), key)),
        ),
    )


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """The event beside each that did not happen there."""
    asked = _asked(chronicle, event)
    if not isinstance(asked, Refusal):
        yield from (_build(chronicle, asked[0], [other]) for other in asked[1])


def _asked(chronicle: Chronicle, event: EventFact) -> tuple[_Here, list[_Here]] | Refusal:
    """The event as it is told, and those that may be offered as wrong."""
    here = _told_here(chronicle, event)
    if isinstance(here, Refusal):
        return here
    wrong = _pool(chronicle, here)
    return (here, wrong) if len(wrong) >= LEAST_POOL else Refusal("too few events near it are excluded for its place")


def _right_and_wrong(asked: tuple[_Here, list[_Here]] | Refusal) -> Pool | None:
    return None if isinstance(asked, Refusal) else (asked[0].event.key, [other.event.key for other in asked[1]])


def _told_here(chronicle: Chronicle, event: EventFact) -> _Here | Refusal:
    """How an event may be told for its place to be recognised, or why it may not."""
    dated, place = chronicle.dates[event.key], chronicle.places[event.key]
    if isinstance(place, Refusal):
        return place
    if isinstance(dated, Refusal):
        return dated
    if dated.asking.mode is not Mode.PLAIN or place.asking.mode is not Mode.PLAIN:
        return Refusal("its date or its place stands on somebody's word")
    if dated.days > SHORT_DAYS:
        return Refusal(f"its date is known to more than {SHORT_DAYS} days only")
    return _in_words(chronicle, event) or _where(event, dated, place)


def _in_words(chronicle: Chronicle, event: EventFact) -> Refusal | None:
    """Refuse a clause that can't do without the name of its place, or that gives it away."""
    place = chronicle.gazetteer[event.slot]
    if event.key in chronicle.doubled:
        return Refusal("its clause points to two events")
    if place.kind not in NOUNS:
        return Refusal("its place can't be spoken of as a town, a village, a city or a hill")
    rest = event.clause.replace(SLOT, "", 1).casefold()
    again = (*place.names, SLOT, "the town", "the village")
    if not leaves_slot_alone(event) or any(name.casefold() in rest for name in again):
        return Refusal("its clause can't be told without the name of its place")
    return None


def _where(event: EventFact, dated: DateAsking, place: PlaceAsking) -> _Here | Refusal:
    if place.role not in AT | NEAR or event.kind in SPOKEN:
        return Refusal("it is not told to have happened at its place or near it")
    return _Here(event, dated, place, place.role in NEAR)


def _pool(chronicle: Chronicle, here: _Here) -> list[_Here]:
    """Events near this one in time, at or near other places of the same kind, that are excluded for its place."""
    told, key = chronicle.places_told, here.event.slot
    kind = chronicle.gazetteer[key].kind
    names = [name.casefold() for name in chronicle.gazetteer[key].names]
    places = [place for place in told.near(key) if chronicle.gazetteer[place].kind == kind][:NEAREST_PLACES]
    found = []
    for other in (told.plain_near(place, here.dated.first, NEAREST_EVENTS) for place in places):
        for event in map(chronicle.events.__getitem__, other):
            if _share_days(chronicle.dates[event.key], here.dated) or (event.sensitive and not here.event.sensitive):
                continue
            there = _told_here(chronicle, event)
            if isinstance(there, Refusal) or there.near != here.near:
                continue
            named = any(name in chronicle.texts[event.key].casefold() for name in names)
            if not named and is_excluded(chronicle, event, key, dated=True):
                found.append(there)
    return found


def _rank(chronicle: Chronicle, key: str) -> tuple[date, date, str]:
    """By which the options are sorted: their dates."""
    how = chronicle.dates[key]
    return (date.max, date.max, key) if isinstance(how, Refusal) else (how.first, how.last, key)


def _share_days(one: DateAsking | Refusal, other: DateAsking | Refusal) -> bool:
    """Whether two events are told with a day in common: then one date beside two like ones would stand out."""
    if isinstance(one, Refusal) or isinstance(other, Refusal):
        return False
    return one.first <= other.last and other.first <= one.last


def _build(chronicle: Chronicle, here: _Here, drawn: list[_Here]) -> Question:
    chosen = sorted([here, *drawn], key=lambda one: _rank(chronicle, one.event.key))
    event, place = here.event, chronicle.gazetteer[here.event.slot]
    return Question(
        id=f"{KIND}/{event.key}",
        kind=KIND,
        shape=Shape.CHOICE,
        facet=Facet.PLACE,
        mode=Mode.PLAIN,
        events=(event.key,),
        stem=f"Which of these happened {_preposition(here, place.kind)} {place.name}?",
        options=tuple(
            Option(_line(chronicle, one), chronicle.story_line(one.event.key), event=one.event.key) for one in chosen
        ),
        key=(chosen.index(here),),
        key_text=_line(chronicle, here),
        explanation=why(chronicle, event.key, here.place.asking, dated=True),
        citations=chronicle.citations(event.claims),
        sensitive=event.sensitive,
    )


def _preposition(here: _Here, kind: str) -> str:
    if here.near:
        return "on or near" if kind == "hill" else "in or near"
    return "on" if kind == "hill" else "in"


def _line(chronicle: Chronicle, here: _Here) -> str:
    """The clause with 'the town' for its place, and its date."""
    noun = chronicle.gazetteer[here.event.slot].kind
    clause = place_clause(here.event, noun).replace(f"which {noun}", f"the {noun}", 1)
    return f"{capital(clause)} ({chronicle.date_words(here.event.key)})"
