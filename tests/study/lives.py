"""Learners who do all that can be done with cards and quizzes, over weeks, drawn from a seed."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import transaction

from quiz.models import Card, Deed, Event, Review, Sitting, StudyDay, User
from quiz.models.cards import COUNTED
from quiz.questions.marking import Answer, mark
from quiz.questions.question import Facet, Question, Shape
from quiz.scheduling import Rating, retrievability, study_day
from quiz.study import memory, reviews
from quiz.study.facts import chronicle
from quiz.study.sittings import answer
from quiz.study.today import queue, to_take_up
from tests import factories as make
from tests.study.stories import TOWNS, by_hand, right

ZONES = ("", "Asia/Damascus", "Pacific/Auckland", "America/Los_Angeles")
Fact = tuple[str, str]


def state(card: Card) -> dict[str, Any]:
    """What follows from the log of a card."""
    return {name: getattr(card, name) for name in memory.STATE}


def states(user: User) -> dict[Fact, dict[str, Any]]:
    """What a learner remembers, by fact."""
    return {(card.event.key, card.facet): state(card) for card in user.cards.select_related("event")}


def replayed(card: Card) -> Card:
    """The card that the log alone gives, from nothing."""
    fresh = Card(event=card.event, facet=card.facet, due=date(1, 1, 1))
    memory.replay(fresh, card.log.standing())
    return fresh


def counts(user: User) -> dict[date, dict[str, float]]:
    """What is counted of a learner, by day; days with nothing are left out."""
    days = StudyDay.objects.filter(user=user)
    return _rounded({row.day: {name: getattr(row, name) for name in COUNTED} for row in days})


def _rounded(days: dict[date, dict[str, float]]) -> dict[date, dict[str, float]]:
    found = {day: {name: round(values[name], 6) for name in COUNTED} for day, values in days.items()}
    return {day: values for day, values in sorted(found.items()) if any(values.values())}


def card_of(user: User, fact: Fact) -> Card:
    return user.cards.select_related("event").get(event__key=fact[0], facet=fact[1])


class Life:
    """Some learners who take turns; `twin` does all that any of them does.

    `expected` is what should be counted of each learner and day.
    """

    def __init__(self, seed: int, users: list[User], twin: User | None = None, towns: int = 12) -> None:
        self.rng = Random(seed)
        self.users = users
        self.twin = twin
        self.towns = towns
        self.now = make.NOW
        self.done: Counter[str] = Counter()
        self.expected: dict[User, dict[date, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self._counted: dict[int, tuple[date, dict[str, float]]] = {}

    def live(self, deeds: int) -> None:
        """Let so many things happen, with hours or days between them."""
        verbs = [self.quiz, self.quiz, self.rate, self.rate, self.rate, self.rate, self.aside, self.add, self.misses]
        for _ in range(deeds):
            self.now += timedelta(minutes=self.rng.choice([1, 7, 200, 900, 1500, 3000, 9000]))
            self.rng.choice([*verbs, self.undo, self.move])(self.rng.choice(self.users))

    def counts(self, user: User) -> dict[date, dict[str, float]]:
        """What should be counted of a learner."""
        return _rounded({day: {name: values[name] for name in COUNTED} for day, values in self.expected[user].items()})

    def quiz(self, user: User) -> None:
        """Answer a question by hand: of any shape and facet, rightly or not."""
        question = self.question()
        given, sure = self.given(question), self.rng.choice([None, 1, 2, 3])
        self._count_answer(user, question, given)
        for who in self._both(user):
            sitting = make.SittingFactory(user=who, length=1, started_at=self.now)
            asked = make.AskedQuestionFactory(
                sitting=sitting,
                number=1,
                event=Event.objects.get(key=question.event),
                kind=question.kind,
                facet=question.facet.value,
                content=question.as_dict(),
            )
            answer(asked.pk, given, now=self.now, confidence=sure)
        self._rate_alike(user)
        self.done["quiz"] += 1

    def _rate_alike(self, user: User) -> None:
        """Rate the twin's facts as this learner's were: what was new to the one may not have been to the other."""
        if self.twin is None:
            return
        given = dict(Review.objects.filter(user=user, at=self.now).values_list("card__event", "rating"))
        for entry in Review.objects.filter(user=self.twin, at=self.now).select_related("card__event"):
            if entry.rating != given[entry.card.event_id]:
                entry.rating = given[entry.card.event_id]
                entry.save(update_fields=["rating"])
                memory.rebuild([entry.card])

    def rate(self, user: User) -> None:
        """Rate a card, often Again."""
        fact = self._fact(user)
        if fact is None:
            return
        given = self.rng.choice([Rating.AGAIN, *Rating])
        before, day = card_of(user, fact).memory, study_day(self.now, user.zone)
        counted: dict[str, float] = {"ratings": 1}
        if before is None:
            counted |= {"new": 1}
        elif before.day < day:
            expected = retrievability(before, day)
            counted |= {"seen": 1, "foreseen": 1, "expected": expected, "recalled": given > Rating.AGAIN}
        self.expected[user][day].update(counted)
        for who in self._both(user):
            card = card_of(who, fact)
            reviews.rate(who, card.pk, given, reviews.Shown(card.reviews, "enter-date", 900), now=self.now)
        self._counted[user.reviews.latest("id").pk if not self.twin else 0] = day, counted
        self.done["rate"] += 1

    def aside(self, user: User) -> None:
        """Suspend a card, bury it, or take it back."""
        fact, what = self._fact(user), self.rng.choice([Deed.SUSPENDED, Deed.BURIED, Deed.RESUMED])
        if fact:
            for who in self._both(user):
                reviews.set_aside(who, card_of(who, fact).pk, what, now=self.now)
            self.done[what] += 1

    def add(self, user: User) -> None:
        """Take up what is new today."""
        story = chronicle()
        facts = to_take_up(user, story, queue(user, story, self.now))
        if self.twin is None:
            assert reviews.begin(user, story, now=self.now) == len(facts)
        else:
            self._add(user, facts)
        self.done["add"] += len(facts)

    def misses(self, user: User) -> None:
        """Put what a sitting missed among today's cards."""
        sitting = Sitting.objects.filter(user=user).order_by("-id").first()
        if sitting and self.twin is None:
            self.done["misses"] += reviews.add_misses(user, sitting, now=self.now)
        elif sitting:
            self._add(user, reviews.misses(sitting))

    def undo(self, user: User) -> None:
        """Take back the last thing done with a card."""
        entry = reviews.last_done(user)
        if entry is None:
            return
        if self.twin:
            mirrored = Review.objects.get(user=self.twin, at=entry.at, card__event=entry.card.event, asked=None)
            with transaction.atomic():
                memory.undone(mirrored, self.now)
        else:
            day, counted = self._counted.get(entry.pk, (entry.day, {}))
            self.expected[user][day].subtract(counted)
        reviews.undo(user, now=self.now)
        self.done["undo"] += 1

    def move(self, _user: User) -> None:
        """Travel, and wish for more or less."""
        zone, wish = self.rng.choice(ZONES), self.rng.choice([0.7, 0.85, 0.9, 0.97])
        for who in {*self.users, *([self.twin] if self.twin else [])}:
            who.time_zone, who.desired_retention = zone, wish
            who.save(update_fields=["time_zone", "desired_retention"])

    def _both(self, user: User) -> list[User]:
        return [user, self.twin] if self.twin else [user]

    def _add(self, user: User, facts: list[Fact]) -> None:
        for who in self._both(user):
            with transaction.atomic():
                reviews.add(memory.locked(who.pk), facts, now=self.now)

    def _fact(self, user: User) -> Fact | None:
        facts = list(user.cards.order_by("id").values_list("event__key", "facet"))
        return self.rng.choice(facts) if facts else None

    def question(self) -> Question:
        """One made by hand, of any shape and facet."""
        made = by_hand(self.rng.choice(list(Shape)), self.rng.randrange(self.towns - 5))
        other = made.facet is Facet.DATE and made.shape is Shape.CHOICE and self.rng.random() < 0.5
        return replace(made, facet=Facet.SOURCE, kind="source-date") if other else made

    def given(self, question: Question) -> Answer:
        """An answer to it: right, wrong, in part or not known."""
        if self.rng.random() < 0.5:
            return self.rng.choice([Answer(), right(question)])
        match question.shape:
            case Shape.DAY:
                return Answer(day=question.accepted[1] + timedelta(days=self.rng.randrange(6)))
            case Shape.ORDER:
                return Answer(order=tuple(self.rng.sample(range(4), 4)))
            case Shape.PLACE:
                towns = {town.lower() for town in TOWNS[: self.towns]} - {*question.aside}
                return Answer(place=self.rng.choice(sorted(towns)))
            case _:
                return Answer(choice=self.rng.randrange(question.choices))

    def _count_answer(self, user: User, question: Question, given: Answer) -> None:
        day = study_day(self.now, user.zone)
        mine = self.expected[user][day]
        mine["answers"] += 1
        if question.shape not in {Shape.DAY, Shape.PLACE}:
            return
        for fact in mark(question, given).facts:
            card = user.cards.select_related("event").filter(event__key=fact.event, facet=fact.facet).first()
            if card and card.memory and card.memory.day < day:
                recalled = fact.credit >= (0.8 if question.shape is Shape.DAY else 1)
                mine.update(foreseen=1, recalled=recalled)
                mine.update(expected=retrievability(card.memory, day))
