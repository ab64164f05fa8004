"""Three weeks of learners who use quizzes and cards as meant, with a memory of their own that the site can't see.

    python -m tests.bench.three_weeks [--days 21] [--gap 9] [--seed 1] [--only diligent] [--caps 5 20]

The diligent one takes a quiz and does all cards every day, the busy one every second or third day for five minutes,
the one who goes away is diligent for eight days, gone for `--gap`, and back; the plain one does cards alone. All of
it goes through the site's own verbs. Prints day by day what there was to do and what was done, and what the site
believes beside what is true (see tests/bench/mind.py); at the end what became of the facts, whether what was foreseen
came true, and what the caps did.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter

from quiz.models import Card, Sitting, SittingMode, User
from quiz.questions.chronicle import Chronicle
from quiz.questions.question import Shape
from quiz.scheduling import Rating, study_day
from quiz.study import reviews, sittings, today, wanted
from quiz.study.drawing import Choice, TooFewQuestions, Wanted
from tests.bench.diary import Day, Diary, tell
from tests.bench.mind import Mind
from tests.bench.stage import say, stage

START = datetime(2026, 11, 2, 17, tzinfo=UTC)
LENGTH = 10
CARD, READ = timedelta(seconds=9), timedelta(seconds=6)
"""The pace: a card recalled, and the feedback read on one that was not."""
QUESTION = {Shape.ORDER: timedelta(seconds=45), Shape.DAY: timedelta(seconds=25)}
USUAL_QUESTION = timedelta(seconds=18)
SLIPS = 0.02
"""How often the wrong button is pressed, and undone."""
MOST_CARDS = 300
"""More cards than anybody does in a day: a queue that never ends is told."""
BUSY = timedelta(minutes=5)
ALL_DAY = timedelta(hours=8)


@dataclass
class Learner:
    """Somebody who learns: a user of the site, a mind, a clock, and a diary."""

    name: str
    story: Chronicle
    seed: int
    caps: tuple[int, int] | None = None
    now: datetime = START
    user: User = field(init=False)
    mind: Mind = field(init=False)
    rng: Random = field(init=False)
    diary: Diary = field(init=False)

    def __post_init__(self) -> None:
        """Sign up."""
        self.user = User(username=self.name, date_joined=self.now, time_zone="Europe/London")
        if self.caps:
            self.user.new_per_day, self.user.reviews_per_day = self.caps
        self.user.save()
        self.mind = Mind(self.story, f"{self.name}/{self.seed}")
        self.rng = Random(f"deeds of {self.name}/{self.seed}")
        self.diary = Diary(self.user, self.story, self.mind)

    # --- Quizzes ---

    def quiz(self, day: Day, number: int, until: datetime) -> None:
        """Begin a quiz, another kind of one on some days, and answer it until its end or that of the time."""
        try:
            sitting = self._begin(number)
        except TooFewQuestions:
            sitting = self._begin(0)
        day.mode = sitting.mode
        for asked in sitting.asked.select_related("sitting").order_by("number"):
            if self.now >= until:
                sittings.finish(self.user, sitting.pk, now=self.now)
                break
            question = asked.question
            given, sure = self.mind.answer(question, self.now)
            outcome = sittings.answer(asked.pk, given, now=self.now, confidence=sure)
            day.answers += 1
            day.credit += outcome.marked.credit
            self.now += QUESTION.get(question.shape, USUAL_QUESTION)
        if number % 3 == 0:
            reviews.add_misses(self.user, sitting, now=self.now)

    def _begin(self, number: int) -> Sitting:
        seed = self.rng.getrandbits(32)
        if number % 7 == 3:
            return sittings.begin_run(self.user, self.story, None, now=self.now, seed=seed)
        if number % 7 == 5:
            return self._about(wanted.weak(self.user, self.now), SittingMode.WEAK, seed)
        choice = Choice(LENGTH, aim=0.75 if number % 2 else None)
        return sittings.begin(self.user, self.story, choice, now=self.now, seed=seed)

    def _about(self, facts: list[Wanted], mode: SittingMode, seed: int) -> Sitting:
        return sittings.begin_about(self.user, self.story, facts, mode, now=self.now, seed=seed)

    # --- Cards ---

    def cards(self, day: Day, until: datetime) -> None:
        """Take up what is new, and review one card after the other, as the pages do."""
        day.begun = reviews.begin(self.user, self.story, now=self.now)
        while self.now < until and day.reviewed < MOST_CARDS:
            ready = today.queue(self.user, self.story, self.now)
            if not ready.cards:
                break
            self._card(ready.cards[0], day)

    def _card(self, card: Card, day: Day) -> None:
        fact = card.event.key, card.facet
        shown = reviews.Shown(card.reviews, "card", int(CARD.total_seconds() * 1000))
        if self.rng.random() < SLIPS:
            reviews.rate(self.user, card.pk, self.rng.choice(list(Rating)), shown, now=self.now)
            reviews.undo(self.user, now=self.now + timedelta(seconds=2))
            self.now += timedelta(seconds=4)
        self.diary.seen(card, self.now)
        same_day = card.day == study_day(self.now, self.user.zone)
        rating = self.mind.rate(fact, self.now)
        reviews.rate(self.user, card.pk, rating, shown, now=self.now)
        day.reviewed += 1
        day.repeated += same_day
        day.again += rating is Rating.AGAIN
        self.now += CARD + (READ if rating is Rating.AGAIN else timedelta())

    # --- Days ---

    def live(self, number: int, time: timedelta, *, quiz: bool = True, cards_first: bool = False) -> None:
        """One day at the site."""
        self.now = max(START + timedelta(days=number), self.now)
        day, begun = self.diary.morning(number, self.now), self.now
        steps: list[Callable[[], None]] = [lambda: self.cards(day, begun + time)]
        if quiz:
            steps.insert(len(steps) if cards_first else 0, lambda: self.quiz(day, number, begun + time))
        for step in steps:
            if self.now < begun + time:
                step()
        day.minutes = (self.now - begun).total_seconds() / 60
        self.diary.evening(day, self.now)


@dataclass(frozen=True)
class Plan:
    """How many days are played, when one goes away and for how long, and the daily caps (new, reviews; None: the
    site's own).
    """

    days: int = 21
    leaves: int = 8
    gap: int = 9
    seed: int = 1
    caps: tuple[int, int] | None = None


def diligent(learner: Learner, plan: Plan) -> None:
    """A quiz and all cards, every day."""
    for number in range(plan.days):
        learner.live(number, ALL_DAY)


def busy(learner: Learner, plan: Plan) -> None:
    """Every second or third day five minutes: cards, and a quiz with what is left of them."""
    number = 0
    while number < plan.days:
        learner.live(number, BUSY, cards_first=True)
        number += learner.rng.choice((2, 3))


def away(learner: Learner, plan: Plan) -> None:
    """Diligent for some days, gone, and back: then the cards come first."""
    for number in range(plan.days):
        if not plan.leaves <= number < plan.leaves + plan.gap:
            learner.live(number, ALL_DAY, cards_first=number >= plan.leaves)


def plain(learner: Learner, plan: Plan) -> None:
    """All cards every day, and no quiz: what the new cards of the site's own choice lead to."""
    for number in range(plan.days):
        learner.live(number, ALL_DAY, quiz=False)


PLAYS: dict[str, Callable[[Learner, Plan], None]] = {
    "diligent": diligent,
    "busy": busy,
    "away": away,
    "plain": plain,
}


def play(story: Chronicle, name: str, plan: Plan) -> Learner:
    """A learner with these days behind."""
    learner = Learner(name, story, plan.seed, plan.caps)
    PLAYS[name](learner, plan)
    return learner


def main() -> None:
    """Play and print."""
    parser = argparse.ArgumentParser(description="Three weeks of learners who use quizzes and cards as meant.")
    parser.add_argument("--days", type=int, default=Plan.days)
    parser.add_argument("--gap", type=int, default=Plan.gap)
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--only", choices=PLAYS, action="append")
    parser.add_argument("--caps", type=int, nargs=2, metavar=("NEW", "REVIEWS"))
    options = parser.parse_args()
    caps = (options.caps[0], options.caps[1]) if options.caps else None
    plan = Plan(options.days, gap=options.gap, seed=options.seed, caps=caps)
    for name in options.only or PLAYS:
        # A stage for each: how hard the answers of one make the questions is nothing to the next.
        with stage("three_weeks") as story:
            start = perf_counter()
            learner = play(story, name, plan)
            say(f"\n{name.upper()} ({perf_counter() - start:.0f} s)\n")
            for line in tell(learner.diary, learner.now):
                say(line)


if __name__ == "__main__":
    main()
