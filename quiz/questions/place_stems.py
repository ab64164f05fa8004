"""The stem that kinds of questions on places share: the clause with a question in its slot, and its date before it."""

from collections.abc import Iterable

from quiz.questions.asking import DateAsking, PlaceAsking
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.place_kinds import group_of
from quiz.questions.placeless import place_clause
from quiz.questions.stems import (
    attributed,
    leaves_slot_alone,
    names_itself,
    opening_date,
    refused_stem,
    stands_alone,
)


def may_ask_place(chronicle: Chronicle, event: EventFact) -> PlaceAsking | Refusal:
    """How the place in the slot may be asked for, or why it is not, whatever the answers would be."""
    how = chronicle.places[event.key]
    if isinstance(how, Refusal):
        return how
    if group_of(chronicle.gazetteer[how.place].kind) is None:
        return Refusal("a region, a border or an area is never asked for")
    if not leaves_slot_alone(event):
        return Refusal("its place can't be asked for without saying more of it")
    day, told = _date_shown(chronicle, event), chronicle.places_told.placeless
    if not day and not stands_alone(event):
        return Refusal("without a date its clause could be true of other places")
    if told.tells_of_two(event, day.first, day.last) if day else told.tells_of_two(event):
        return Refusal("without its place its clause tells of two events")
    return how


def stem_date(chronicle: Chronicle, event: EventFact) -> str:
    """The date that opens the stem; blank for none."""
    how = _date_shown(chronicle, event)
    return opening_date(how) if how else ""


def _date_shown(chronicle: Chronicle, event: EventFact) -> DateAsking | None:
    """The date that the stem gives: one that stands plainly, or on the same word as the place."""
    how, place = chronicle.dates[event.key], chronicle.places[event.key]
    if isinstance(how, Refusal) or isinstance(place, Refusal):
        return None
    return how if how.asking.lead in {"", place.asking.lead} else None


def place_stem(chronicle: Chronicle, event: EventFact, how: PlaceAsking, answers: Iterable[str]) -> str | Refusal:
    """The stem that asks for one of these places, with the noun that fits all of them."""
    day, clause = stem_date(chronicle, event), place_clause(event, _noun(chronicle, how.place, answers))
    stem = attributed(how.asking, f"{day}, {clause}?" if day else f"{clause}?")
    if refused := refused_stem(stem):
        return refused
    return Refusal("its clause names the place asked for") if names_itself(chronicle, how.place, stem) else stem


def _noun(chronicle: Chronicle, key: str, answers: Iterable[str]) -> str:
    group = group_of(chronicle.gazetteer[key].kind)
    farms = any(chronicle.gazetteer[place].kind == "farms" for place in (key, *answers))
    return "place" if group is None or farms else group[1]
