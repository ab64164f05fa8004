"""A learner with a long past, made in bulk and true to the models: every row is what the verbs would have left.

Each study day has quizzes and cards: those that are due, the next ones of the story, and others too early. The states
of the cards are moved by the log's own steps, entry by entry; some entries were undone, leeches are taken back.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, islice
from random import Random

from quiz.models import AskedQuestion, Card, Confidence, Deed, Event, Review, Sitting, StudyDay, User
from quiz.questions.chronicle import Chronicle
from quiz.questions.difficulty import structural
from quiz.questions.marking import mark
from quiz.questions.question import Question
from quiz.scheduling import Rating, retrievability
from quiz.study import difficulty, memory, ratings
from quiz.study.deck import TAUGHT, face, in_story_order
from quiz.study.drawing import Choice, TooFewQuestions, assemble
from tests.bench.stage import guess
from tests.study.stories import right

A_DAY = 50
"""So many ratings a study day at most; a short past has fewer, so that it lasts LEAST_DAYS."""
LEAST_DAYS = 10
LENGTH = 10
QUIZZED = 0.4
"""The share of ratings that come from quizzes."""
RIGHT = 0.7
UNDONE = 0.03
RATED = (Rating.AGAIN, Rating.HARD, *(Rating.GOOD,) * 7, Rating.EASY)
NEW_A_DAY = 10
DRAWN = 60
"""So many quizzes are drawn, and asked again and again."""


class Past:
    """What happened to one learner, day by day, until yesterday; in memory until `store`."""

    def __init__(self, story: Chronicle, reviews: int, seed: int, now: datetime, drawn: int = DRAWN) -> None:
        self.story, self.wanted, self.now, self.rng = story, reviews, now, Random(f"{seed}/{reviews}")
        self.user = User(username=f"learner-of-{reviews}", date_joined=now, time_zone="UTC")
        self.cards: dict[tuple[str, str], Card] = {}
        self.log: list[Review] = []
        self.sittings: list[Sitting] = []
        self.asked: list[AskedQuestion] = []
        self.days: dict[object, Counter[str]] = defaultdict(Counter)
        self.sure: dict[int, list[float]] = defaultdict(list)
        self._kinds: dict[tuple[str, str], str] = {}
        self._events = Event.objects.in_bulk(field_name="key")
        self._quizzes = list(self._drawn(drawn))
        self._facts = self._untold()
        self._live()

    def _drawn(self, quizzes: int) -> Iterator[list[tuple[Question, float]]]:
        for n in range(quizzes):
            try:
                questions = assemble(self.story, Choice(LENGTH), n)
            except TooFewQuestions:
                return
            yield [(question, structural(self.story, question)) for question in questions]

    def _untold(self) -> Iterator[tuple[str, str]]:
        """The facts in the order in which they are taken up: first one of each event, then the next."""
        every = ((key, facet.value) for facet in TAUGHT for key in in_story_order(self.story))
        return ((key, facet) for key, facet in every if face(self.story, key, facet, 0))

    # --- The days ---

    def _live(self) -> None:
        days = max(LEAST_DAYS, -(-self.wanted // A_DAY))
        for n in range(days):
            start = self.now - timedelta(days=days - n)
            until = self.wanted * (n + 1) // days
            clock = (start + timedelta(seconds=20 * tick) for tick in count())
            while self._quizzes and self._rated < self.wanted * n // days + QUIZZED * (until - self.wanted * n // days):
                self._sit(clock)
            self._review(clock, until)

    @property
    def _rated(self) -> int:
        return len(self.log)

    def _card(self, key: str, facet: str, at: datetime) -> Card:
        if (key, facet) not in self.cards:
            self.cards[key, facet] = memory.blank(self.user, self._events[key], facet, at.date())
        return self.cards[key, facet]

    def _enter(self, entry: Review, at: datetime) -> None:
        """As `memory.remember` does, but kept in memory."""
        entry.user, entry.at, entry.day = self.user, at, at.date()
        if entry.what == Deed.RATED:
            entry.retention = self.user.desired_retention
            entry.foreseen = retrievability(entry.card.memory, entry.day) if entry.card.memory else None
            self.days[entry.day].update(memory._counted(entry))
        memory.move(entry.card, entry)
        entry.interval = (entry.card.due - entry.day).days if entry.what == Deed.RATED else None
        self.log.append(entry)

    def _sit(self, clock: Iterator[datetime]) -> None:
        questions = self.rng.choice(self._quizzes)
        at = next(clock)
        sitting = Sitting(user=self.user, length=len(questions), seed=len(self.sittings), started_at=at)
        self.sittings.append(sitting)
        for number, (question, hard) in enumerate(questions, 1):
            self._answer(sitting, number, question, hard, next(clock))
        sitting.finished_at = self.asked[-1].answered_at

    def _answer(self, sitting: Sitting, number: int, question: Question, hard: float, at: datetime) -> None:
        knows = self.rng.random() < RIGHT
        given = right(question) if knows else guess(question, self.story, self.rng)
        marked = mark(question, given)
        asked = AskedQuestion(
            sitting=sitting,
            number=number,
            event=self._events[question.event],
            kind=question.kind,
            facet=question.facet,
            content=question.as_dict(),
            difficulty=hard,
            expected=RIGHT,
            answered_at=at,
            answer={
                "choice": given.choice,
                "day": given.day.isoformat() if given.day else None,
                "order": list(given.order),
                "place": given.place,
                "typed": given.typed,
            },
            credit=marked.credit,
            confidence=self.rng.choice((None, 1, 2, 3)),
        )
        self.asked.append(asked)
        self.days[at.date()]["answers"] += 1
        if asked.confidence:
            self.sure[asked.confidence].append(marked.credit)
        for fact in marked.facts:
            told = {"kind": question.kind, "credit": fact.credit, "hardness": hard}
            taken = ratings.taken(question, given)
            card = self._card(fact.event, fact.facet.value, at)
            rating = ratings.rating(question, fact, asked.confidence, met=card.memory is not None)
            self._enter(Review(card=card, asked=asked, rating=rating, taken=taken, **told), at)

    def _review(self, clock: Iterator[datetime], until: int) -> None:
        """New cards, those that are due, then any, until the day has its ratings."""
        at = next(clock)
        for card in [card for card in self.cards.values() if card.suspended]:
            self._enter(Review(card=card, what=Deed.RESUMED), next(clock))
        room = max(until - self._rated, 0)
        due = [card for card in self.cards.values() if card.due <= at.date() and card.day != at.date()]
        new = (fact for fact in self._facts if fact not in self.cards)
        chosen = [self._card(*fact, at) for fact in islice(new, min(NEW_A_DAY, room))]
        chosen += self.rng.sample(due, min(len(due), room - len(chosen)))
        taken = {(card.event.key, card.facet) for card in chosen}
        others = [card for fact, card in self.cards.items() if fact not in taken] if room > len(chosen) else []
        chosen += self.rng.choices(others, k=room - len(chosen)) if others else []
        for card in chosen:
            self._rate(card, next(clock))

    def _rate(self, card: Card, at: datetime) -> None:
        kind = self._kind(card.event.key, card.facet)
        undone = None if self.rng.random() >= UNDONE else at + timedelta(seconds=5)
        spent = self.rng.randrange(900, 30_000)
        entry = Review(card=card, rating=self.rng.choice(RATED), kind=kind, milliseconds=spent)
        if undone is None:
            self._enter(entry, at)
            return
        entry.user, entry.at, entry.day, entry.undone_at = self.user, at, at.date(), undone
        entry.retention, entry.interval = self.user.desired_retention, 1
        self.log.append(entry)

    def _kind(self, key: str, facet: str) -> str:
        """The kind of question on a card; asked once."""
        if (key, facet) not in self._kinds:
            asks = face(self.story, key, facet, 0)
            self._kinds[key, facet] = asks.kind if asks else ""
        return self._kinds[key, facet]

    # --- The rows ---

    def store(self) -> User:
        """Write it all; a card that only has undone entries is a new one."""
        self.user.save()
        Card.objects.bulk_create(self.cards.values(), batch_size=500)
        Sitting.objects.bulk_create(self.sittings, batch_size=500)
        AskedQuestion.objects.bulk_create(self.asked, batch_size=500)
        Review.objects.bulk_create(self.log, batch_size=500)
        StudyDay.objects.bulk_create(StudyDay(user=self.user, day=day, **row) for day, row in self.days.items())
        Confidence.objects.bulk_create(
            Confidence(user=self.user, level=level, answers=len(earned), credit=sum(earned))
            for level, earned in self.sure.items()
        )
        difficulty.make_rows(self.user, self.asked)
        return self.user
