"""Choose the place: three or four places near each other, of which one is right."""

from random import Random

from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.distractors import group_of, wrong_places
from quiz.questions.facts import DateAsking, EventFact, Refusal
from quiz.questions.question import Facet, Mode, Option, Question, Shape
from quiz.questions.stems import attributed, leaves_slot_alone, names_itself, place_clause, refused_stem, why, with_day

KIND = "choose-place"
MOST_WRONG, LEAST_WRONG = 3, 2


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask which place fills the slot of the clause."""
    how = chronicle.places[event.key]
    if isinstance(how, Refusal):
        return how
    place = chronicle.gazetteer[how.place]
    group = group_of(place.kind)
    if group is None:
        return Refusal("a region, a border or an area is never asked for")
    if not leaves_slot_alone(event):
        return Refusal("its place can't be asked for without saying more of it")
    day = _opening_day(chronicle, event)
    wrong = wrong_places(chronicle, event, how.place, dated=bool(day))
    if len(wrong) < LEAST_WRONG:
        return Refusal("too few places of its kind are excluded by what is said of it")
    drawn = rng.sample(wrong, min(MOST_WRONG, len(wrong)))
    noun = "place" if any(chronicle.gazetteer[k].kind == "farms" for k in (how.place, *drawn)) else group[1]
    clause = place_clause(event, noun)
    stem = attributed(how.asking, f"{day}, {clause}?" if day else f"{clause}?")
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
    """A name without the article that opens it, as indexes sort."""
    return name.casefold().removeprefix("the ").removeprefix("al-")


def _opening_day(chronicle: Chronicle, event: EventFact) -> str:
    """The date that opens the stem: only one that is exact and stands plainly."""
    how = chronicle.dates[event.key]
    return with_day(how) if isinstance(how, DateAsking) and how.asking.mode is Mode.PLAIN else ""


def _option(chronicle: Chronicle, event: EventFact, key: str, *, right: bool) -> Option:
    place = chronicle.gazetteer[key]
    told = event.key if right else chronicle.most_telling(chronicle.slot_place[key])
    return Option(capital(place.name), chronicle.story_line(told), event=told, text_ar=place.name_ar)
