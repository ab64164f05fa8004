"""Choose the place: three or four places near each other, of which one is right."""

from collections.abc import Iterator
from functools import lru_cache
from random import Random

from quiz.questions.asking import PlaceAsking
from quiz.questions.balance import Balance, Order, Rules
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.near_places import LEFT_OUT, Pool, balance_of, within_reach, wrong_places
from quiz.questions.place_stems import may_ask_place, place_stem, stem_date
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.questions.stems import why

KIND = "choose-place"
MOST_WRONG, LEAST_WRONG = 3, 2


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask which place fills the slot of the clause."""
    asked = _asked(chronicle, event)
    if isinstance(asked, Refusal):
        return asked
    how, wrong = asked
    balance = _balance(chronicle)
    drawn = balance.draw(how.place, wrong, rng)
    if len(drawn) < LEAST_WRONG:
        return Refusal("too few of the places drawn lie near each other", by_chance=True)
    made = _build(chronicle, event, how, drawn)
    return LEFT_OUT if isinstance(made, Question) and balance.leaves_out(event.key, rng) else made


def _balance(chronicle: Chronicle) -> Balance:
    return balance_of(
        chronicle,
        KIND,
        MOST_WRONG,
        lambda event: right_and_wrong(chronicle, event, _asked(chronicle, event)),
        Rules(lambda one, other: within_reach(chronicle, one, other), by_name_and_length(chronicle)),
    )


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """The right place beside each wrong one."""
    asked = _asked(chronicle, event)
    if not isinstance(asked, Refusal):
        made = (_build(chronicle, event, asked[0], [key]) for key in asked[1])
        yield from (question for question in made if isinstance(question, Question))


def _asked(chronicle: Chronicle, event: EventFact) -> tuple[PlaceAsking, list[str]] | Refusal:
    """How the place may be asked for, and the places that may be offered as wrong."""
    how = may_ask_place(chronicle, event)
    if isinstance(how, Refusal):
        return how
    wrong = wrong_places(chronicle, event, how.place, dated=bool(stem_date(chronicle, event)))
    if len(wrong) < LEAST_WRONG:
        return Refusal("too few places of its kind are excluded by what is said of it")
    return how, wrong


def right_and_wrong(
    chronicle: Chronicle, event: EventFact, asked: tuple[PlaceAsking, list[str]] | Refusal
) -> Pool | None:
    """The right place and the wrong ones, for weighing them; None where no question is made."""
    if isinstance(asked, Refusal) or isinstance(place_stem(chronicle, event, asked[0], ()), Refusal):
        return None
    return asked[0].place, asked[1]


def _build(chronicle: Chronicle, event: EventFact, how: PlaceAsking, drawn: list[str]) -> Question | Refusal:
    stem = place_stem(chronicle, event, how, drawn)
    if isinstance(stem, Refusal):
        return stem
    chosen = sorted([how.place, *drawn], key=by_name_and_length(chronicle)[0])
    return Question(
        id=f"{KIND}/{event.key}",
        kind=KIND,
        shape=Shape.CHOICE,
        facet=Facet.PLACE,
        mode=how.asking.mode,
        events=(event.key,),
        stem=stem,
        options=tuple(place_option(chronicle, event, key, right=key == how.place) for key in chosen),
        key=(chosen.index(how.place),),
        key_text=capital(chronicle.gazetteer[how.place].name),
        explanation=why(chronicle, event.key, how.asking, dated=False),
        citations=chronicle.citations(event.claims),
        sensitive=event.sensitive,
    )


def by_name_and_length(chronicle: Chronicle) -> tuple[Order, Order]:
    """By name without the article or quotation mark that opens it, as indexes sort; and by length."""

    def name(key: str) -> tuple[str, str]:
        return index_name(chronicle.gazetteer[key].name), key

    return name, lambda key: (len(chronicle.gazetteer[key].name), key)


@lru_cache(4096)
def index_name(name: str) -> str:
    """A name as an index sorts it."""
    return name.casefold().removeprefix("the ").removeprefix("al-").lstrip('"“')


def place_option(chronicle: Chronicle, event: EventFact, key: str, *, right: bool) -> Option:
    """A place with what happened there; a killing elsewhere is not told of."""
    place = chronicle.gazetteer[key]
    told = event.key if right else chronicle.told_of[key]
    if chronicle.events[told].sensitive and not right:
        return Option(
            capital(place.name), f"{capital(place.name)} comes up elsewhere.", text_ar=place.name_ar, place=key
        )
    return Option(capital(place.name), chronicle.story_line(told), event=told, text_ar=place.name_ar, place=key)
