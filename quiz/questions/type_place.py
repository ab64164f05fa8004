"""Type the place: the clause with a question in its slot, and no options."""

from collections.abc import Iterator
from random import Random

from quiz.questions.asking import PlaceAsking
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.place_stems import may_ask_place, place_stem, stem_date
from quiz.questions.question import Facet, Question, Shape
from quiz.questions.stems import why

KIND = "type-place"
MOST_ASIDE = 60
"""An event that so many other places may have seen as well points to none of them."""


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask for the name of the place in the slot of the clause."""
    how = may_ask_place(chronicle, event)
    return how if isinstance(how, Refusal) else _build(chronicle, event, how)


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """The one question that there is: every other place is wrong or asked back."""
    how = may_ask_place(chronicle, event)
    made = how if isinstance(how, Refusal) else _build(chronicle, event, how)
    if isinstance(made, Question):
        yield made


def _build(chronicle: Chronicle, event: EventFact, how: PlaceAsking) -> Question | Refusal:
    stem = place_stem(chronicle, event, how, ())
    if isinstance(stem, Refusal):
        return stem
    aside = _aside(chronicle, event, how.place)
    if len(aside) > MOST_ASIDE:
        return Refusal("its clause could be true of too many places")
    place = chronicle.gazetteer[how.place]
    return Question(
        id=f"{KIND}/{event.key}",
        kind=KIND,
        shape=Shape.PLACE,
        facet=Facet.PLACE,
        mode=how.asking.mode,
        events=(event.key,),
        stem=stem,
        options=(),
        key=(),
        key_text=capital(place.name),
        explanation=why(chronicle, event.key, how.asking, dated=False),
        citations=chronicle.citations(event.claims),
        places=(place.key,),
        aside=tuple(sorted(aside)),
        sensitive=event.sensitive,
    )


def _aside(chronicle: Chronicle, event: EventFact, key: str) -> set[str]:
    """Places that are neither right nor wrong.

    They hold the right one or lie in it; the event, or one that is perhaps the same, is told of them too, in any
    role; or an event happened there of which the stem would be true as well. Above MOST_ASIDE some are left out.
    """
    told, dated = chronicle.places_told, bool(stem_date(chronicle, event))
    found = {*event.every_place, *chronicle.gazetteer.lineage(key), *told.inside(key, MOST_ASIDE)}
    for twin in event.twins & chronicle.events.keys():
        found |= chronicle.events[twin].every_place
    return (found | told.alike.places(event, dated=dated, limit=MOST_ASIDE)) - {key}
