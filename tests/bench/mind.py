"""A memory that the site can't see: what a made-up learner truly knows, and how it comes to be so.

It is not the site's own model: it fades exponentially, a repetition helps the more the nearer it comes to forgetting,
facts differ by their nature, feedback sticks by chance only, what can't be recalled may still be recognised, and
days known tell the sequence. Chance comes from a seed.
"""

from dataclasses import dataclass
from datetime import datetime
from math import exp
from random import Random

from quiz.questions.chronicle import Chronicle
from quiz.questions.marking import Answer
from quiz.questions.question import Facet, Question, Shape
from quiz.scheduling import Rating
from tests.bench.stage import guess
from tests.study.stories import right

Fact = tuple[str, str]
"""Key of an event, and facet."""

FIRST_DAYS = 7.0
"""Days until a newly learnt fact of a usual kind is recalled with a chance of 1/e."""
SPREAD = 0.6
"""How unlike facts are: deviation of the logarithm of these days."""
GAIN, CURVE = 5.0, 0.6
"""A recall at chance p lengthens the days by the factor 1 + GAIN · (1 - p) ** CURVE."""
KEPT_DAYS, LEAST_DAYS = 0.5, 3.0
"""Forgotten and told again, a fact has that share of its days left, and at least so many."""
STICKS = {"card": 0.8, "asked": 0.65, "beside": 0.35}
"""How likely a fact that was not known is learnt when it is told: on a card, in a question, beside others in one."""
RECOGNISED = 0.6
"""What is recalled with chance p is recognised with p to this power."""
GIVES_UP = {True: 0.6, False: 0.1}
"""How often one who does not know says so: where the answer is typed, and where it is chosen."""


@dataclass
class Trace:
    """What is left of a fact: its days, and when it was last learnt."""

    days: float
    at: datetime


class Mind:
    """One learner's true memory; the same seed and the same deeds give the same."""

    def __init__(self, story: Chronicle, seed: str) -> None:
        self.story, self.seed, self.rng = story, seed, Random(seed)
        self.traces: dict[Fact, Trace] = {}

    def recall(self, fact: Fact, now: datetime) -> float:
        """The true chance, 0 to 1, that a fact is recalled; where an event stands is also known by its day."""
        if fact[1] != Facet.SEQUENCE:
            return self._left(fact, now)
        return 1 - (1 - self._left(fact, now)) * (1 - self._left((fact[0], Facet.DATE.value), now))

    def _left(self, fact: Fact, now: datetime) -> float:
        trace = self.traces.get(fact)
        return exp(-((now - trace.at).total_seconds() / 86400) / trace.days) if trace else 0.0

    def knows(self, fact: Fact, now: datetime, *, recognised: bool = False) -> bool:
        """Whether it comes to mind just now."""
        chance = self.recall(fact, now)
        return self.rng.random() < (chance**RECOGNISED if recognised else chance)

    def told(self, fact: Fact, now: datetime, how: str, *, known: bool) -> None:
        """What seeing the right answer does."""
        trace = self.traces.get(fact)
        if trace and known:
            trace.days *= 1 + GAIN * (1 - self._left(fact, now)) ** CURVE
            trace.at = now
        elif self.rng.random() < STICKS[how]:
            days = max(LEAST_DAYS, trace.days * KEPT_DAYS) if trace else FIRST_DAYS
            nature = exp(Random(f"{self.seed}/{fact}").gauss(0, SPREAD)) if not trace else 1.0
            self.traces[fact] = Trace(days * nature, now)

    # --- What is done with it ---

    def rate(self, fact: Fact, now: datetime) -> Rating:
        """Look at a card, turn it, and rate it: mostly honestly."""
        known = self.knows(fact, now)
        self.told(fact, now, "card", known=known)
        chance = self.rng.random()
        if not known:
            return Rating.AGAIN if chance < 0.97 else Rating.HARD
        return Rating.GOOD if chance < 0.8 else Rating.EASY if chance < 0.9 else Rating.HARD

    def answer(self, question: Question, now: datetime) -> tuple[Answer, int]:
        """Answer a question of a quiz with a confidence from 1 to 3, and read its feedback."""
        typed = question.shape in {Shape.DAY, Shape.PLACE}
        facts = [(event, question.facet.value) for event in question.events]
        known = {fact: self.knows(fact, now, recognised=not typed) for fact in facts}
        given = self._given(question, known, typed=typed)
        sure = self.rng.choice((2, 3, 3) if known[facts[0]] else (1, 1, 2))
        asked = facts if question.shape is not Shape.GAP else facts[:1]
        for n, fact in enumerate(asked):
            self.told(
                fact, now, "asked" if n == 0 and question.shape is not Shape.ORDER else "beside", known=known[fact]
            )
        return given, sure

    def _given(self, question: Question, known: dict[Fact, bool], *, typed: bool) -> Answer:
        if question.shape is Shape.ORDER:
            return self._ordered(question, {event for (event, _), one in known.items() if one})
        if known[question.event, question.facet.value]:
            return right(question)
        return Answer() if self.rng.random() < GIVES_UP[typed] else guess(question, self.story, self.rng)

    def _ordered(self, question: Question, known: set[str]) -> Answer:
        """Events whose place is known stand rightly to each other; the others anywhere."""
        order = self.rng.sample(question.key, len(question.key))
        sure = iter([item for item in question.key if question.options[item].event in known])
        return Answer(order=tuple(next(sure) if question.options[i].event in known else i for i in order))
