"""Choose the place: three or four places near each other, of which one is right."""

from random import Random

from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.distractors import group_of, wrong_places
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.questions.stems import (
    attributed,
    leaves_slot_alone,
    names_itself,
    opening_date,
    place_clause,
    refused_stem,
    stands_alone,
    why,
)

KIND = "choose-place"
MOST_WRONG, LEAST_WRONG = 3, 2


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask which place fills the slot of the clause."""
    how = chronicle.places[event.key]
    if isinstance(how, Refusal):
        return how
    place = chronicle.gazetteer[how.place]
    group, day = group_of(place.kind), _opening_date(chronicle, event)
    if group is None:
        return Refusal("a region, a border or an area is never asked for")
    wrong = wrong_places(chronicle, event, how.place, dated=bool(day))
    refused = _refused_clause(event, day)
    if refused or len(wrong) < LEAST_WRONG:
        return refused or Refusal("too few places of its kind are excluded by what is said of it")
    drawn = rng.sample(wrong, min(MOST_WRONG, len(wrong)))
    noun = "place" if any(chronicle.gazetteer[k].kind == "farms" for k in (how.place, *drawn)) else group[1]
    stem = attributed(how.asking, f"{day}, {place_clause(event, noun)}?" if day else f"{place_clause(event, noun)}?")
    refused = refused_stem(stem)
    if refused or names_itself(chronicle, how.place, stem):
        return refused or Refusal("its clause names the place asked for")
    chosen = sorted([how.place, *drawn], key=lambda k: _sorted_by(chronicle.gazetteer[k].name))
    return Question(
        id=f"{KIND}/{event.key}",
        kind=KIND,
        shape=Shape.CHOICE,
        facet=Facet.PLACE,
        mode=how.asking.mode,
        events=(event.key,),
        stem=stem,
        options=tuple(_option(chronicle, event, key, right=key == how.place) for key in chosen),
        key=(chosen.index(how.place),),
        key_text=capital(place.name),
        explanation=why(chronicle, event.key, how.asking, dated=False),
        citations=chronicle.citations(event.claims),
        sensitive=event.sensitive,
    )


def _sorted_by(name: str) -> str:
    """A name without the article or quotation mark that opens it, as indexes sort."""
    return name.casefold().removeprefix("the ").removeprefix("al-").lstrip('"“')


def _refused_clause(event: EventFact, day: str) -> Refusal | None:
    """Refuse a clause of which the slot can't be asked for."""
    if not leaves_slot_alone(event):
        return Refusal("its place can't be asked for without saying more of it")
    if not day and not stands_alone(event):
        return Refusal("without a date its clause could be true of other places")
    return None


def _opening_date(chronicle: Chronicle, event: EventFact) -> str:
    """The date that opens the stem: one that stands plainly, or on the same word as the place."""
    how, place = chronicle.dates[event.key], chronicle.places[event.key]
    if isinstance(how, Refusal) or isinstance(place, Refusal):
        return ""
    return opening_date(how) if how.asking.lead in {"", place.asking.lead} else ""


def _option(chronicle: Chronicle, event: EventFact, key: str, *, right: bool) -> Option:
    place = chronicle.gazetteer[key]
    told = event.key if right else chronicle.most_telling(chronicle.slot_place[key])
    if chronicle.events[told].sensitive and not right:
        return Option(capital(place.name), f"{capital(place.name)} comes up elsewhere.", text_ar=place.name_ar)
    return Option(capital(place.name), chronicle.story_line(told), event=told, text_ar=place.name_ar)
