"""What the kinds share that show places to choose from: drawing the wrong ones, and the question made of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from quiz.questions.asking import PlaceAsking
from quiz.questions.balance import Balance, Order, Rules
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.near_places import LEFT_OUT, Pool, balance_of
from quiz.questions.place_stems import place_stem
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.questions.stems import why

Asked = tuple[PlaceAsking, list[str]]
"""How the place may be asked for, and the places that may be offered as wrong."""


def place_option(chronicle: Chronicle, event: EventFact, key: str, right: bool, /) -> Option:
    """A place with what happened there; a killing elsewhere is not told of."""
    place = chronicle.gazetteer[key]
    told = event.key if right else chronicle.told_of[key]
    if chronicle.events[told].sensitive and not right:
        return Option(
            capital(place.name), f"{capital(place.name)} comes up elsewhere.", text_ar=place.name_ar, place=key
        )
    return Option(capital(place.name), chronicle.story_line(told), event=told, text_ar=place.name_ar, place=key)


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A kind of question with places as answers: how many wrong ones it shows, and which may stand together.

    It shows `most` wrong places, and is not made with less than `least`.
    """

    kind: str
    shape: Shape
    most: int
    least: int
    asked: Callable[[Chronicle, EventFact], Asked | Refusal]
    rules: Callable[[Chronicle], Rules]
    option: Callable[[Chronicle, EventFact, str, bool], Option]

    def make(self, chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
        """Ask for the place in the slot of the clause."""
        asked = self.asked(chronicle, event)
        if isinstance(asked, Refusal):
            return asked
        how, wrong = asked
        balance = self._balance(chronicle)
        drawn = balance.draw(how.place, wrong, rng)
        if len(drawn) < self.least:
            return Refusal("too few of the places drawn lie near each other", by_chance=True)
        made = self._build(chronicle, event, how, drawn)
        return LEFT_OUT if isinstance(made, Question) and balance.leaves_out(event.key, rng) else made

    def pairs(self, chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
        """The right place beside each wrong one."""
        asked = self.asked(chronicle, event)
        if not isinstance(asked, Refusal):
            made = (self._build(chronicle, event, asked[0], [key]) for key in asked[1])
            yield from (question for question in made if isinstance(question, Question))

    def _balance(self, chronicle: Chronicle) -> Balance:
        return balance_of(
            chronicle,
            self.kind,
            self.most,
            lambda event: self._right_and_wrong(chronicle, event),
            self.rules(chronicle),
        )

    def _right_and_wrong(self, chronicle: Chronicle, event: EventFact) -> Pool | None:
        """The right place and the wrong ones, for weighing them; None where no question is made."""
        asked = self.asked(chronicle, event)
        if isinstance(asked, Refusal) or isinstance(place_stem(chronicle, event, asked[0], ()), Refusal):
            return None
        return asked[0].place, asked[1]

    def _build(self, chronicle: Chronicle, event: EventFact, how: PlaceAsking, drawn: list[str]) -> Question | Refusal:
        stem = place_stem(chronicle, event, how, drawn)
        if isinstance(stem, Refusal):
            return stem
        chosen = sorted([how.place, *drawn], key=by_name_and_length(chronicle)[0])
        return Question(
            id=f"{self.kind}/{event.key}",
            kind=self.kind,
            shape=self.shape,
            facet=Facet.PLACE,
            mode=how.asking.mode,
            events=(event.key,),
            stem=stem,
            options=tuple(self.option(chronicle, event, key, key == how.place) for key in chosen),
            key=(chosen.index(how.place),),
            key_text=capital(chronicle.gazetteer[how.place].name),
            explanation=why(chronicle, event.key, how.asking, dated=False),
            citations=chronicle.citations(event.claims),
            sensitive=event.sensitive,
        )


def by_name_and_length(chronicle: Chronicle) -> tuple[Order, Order]:
    """By name without the article or quotation mark that opens it, as indexes sort; and by length."""

    def name(key: str) -> tuple[str, str]:
        return _index_name(chronicle.gazetteer[key].name), key

    return name, lambda key: (len(chronicle.gazetteer[key].name), key)


@lru_cache(4096)
def _index_name(name: str) -> str:
    """A name as an index sorts it."""
    return name.casefold().removeprefix("the ").removeprefix("al-").lstrip('"“')
