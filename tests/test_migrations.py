"""What learners answered before there were cards is kept: each attempt becomes a review, and the cards follow."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from quiz.models import AskedQuestion, Card, Confidence, Deed, Review, StudyDay
from quiz.questions.marking import Answer, FactCredit, mark
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.scheduling import USUAL_RETENTION, Rating, retrievability, study_day
from quiz.study import memory, ratings
from quiz.study.sittings import stored_answer
from tests.factories import NOW, question
from tests.study.lives import Life, replayed, state
from tests.study.stories import TOWNS, by_hand, right

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = ("quiz", "0002_kinds_and_difficulty")
DAY = timedelta(days=1)


def migrate(*targets: tuple[str, str]) -> Any:
    """Bring the database to some migrations, and give the models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


def forward() -> None:
    """Bring the database to the latest migrations."""
    migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes("quiz"))


@pytest.fixture
def old() -> Iterator[Any]:
    """The models as they were before cards, with the dozen events of the story; afterwards all is as it is now."""
    models = migrate(BEFORE)
    try:
        for town in TOWNS[:12]:
            key = f"{town.lower()}-captured"
            models.get_model("quiz", "Event").objects.create(key=key, kind="capture", clause="they captured {place}")
        yield models
    finally:
        forward()


def answered(models: Any, user: Any, asked: Question, given: Answer, at: datetime, hardness: float | None) -> None:
    """Store an answer as it was stored then: the question, and an attempt for each fact."""
    marked = mark(asked, given)
    events = {event.key: event for event in models.get_model("quiz", "Event").objects.all()}
    sitting = models.get_model("quiz", "Sitting").objects.create(user=user, length=1, seed=1, started_at=at)
    row = models.get_model("quiz", "AskedQuestion").objects.create(
        sitting=sitting,
        number=1,
        event=events[asked.event],
        kind=asked.kind,
        facet=asked.facet.value,
        content=asked.as_dict(),
        answered_at=at,
        credit=marked.credit,
        answer={
            "choice": given.choice,
            "day": given.day.isoformat() if given.day else None,
            "order": list(given.order),
            "place": given.place,
            "typed": given.typed,
        },
    )
    for fact in marked.facts:
        models.get_model("quiz", "Attempt").objects.create(
            user=user,
            asked=row,
            event=events[fact.event],
            facet=fact.facet.value,
            kind=asked.kind,
            credit=fact.credit,
            difficulty=hardness,
            answered_at=at,
        )


def lived(models: Any) -> None:
    """Three learners: two who answered all sorts of questions over weeks, one who forgot one fact again and again."""
    learners = [models.get_model("quiz", "User").objects.create(username=name) for name in ("anna", "berta", "celia")]
    rng = Random(7)
    life = Life(7, [])
    for user in learners[:2]:
        at = NOW - 60 * DAY
        for _ in range(70):
            at += timedelta(minutes=rng.choice([0, 1, 50, 700, 2000]))
            made = life.question()
            answered(models, user, made, life.given(made), at, rng.choice([None, 0.5]))
    made = by_hand(Shape.CHOICE)
    for n in range(17):
        given = Answer(choice=0) if n % 2 else right(made)
        answered(models, learners[2], made, given, NOW - (400 - 20 * n) * DAY, 0.25)
    even = question(made.event, kind="first", options=(Option("a"), Option("b")), facet=Facet.SEQUENCE)
    answered(models, learners[2], even, Answer(choice=0), NOW, None)


def kept(models: Any) -> list[tuple[Any, ...]]:
    """The attempts as they are."""
    fields = ("user__username", "asked", "event__key", "facet", "kind", "credit", "difficulty", "answered_at")
    return sorted(models.get_model("quiz", "Attempt").objects.values_list(*fields), key=str)


def test_no_attempt_is_lost_and_each_is_rated_by_the_table(old: Any) -> None:
    lived(old)
    before = kept(old)
    assert len(before) > 150
    forward()
    fields = ("user__username", "asked", "card__event__key", "card__facet", "kind", "credit", "hardness", "at")
    assert sorted(Review.objects.values_list(*fields), key=str) == before
    found: Counter[Rating] = Counter()
    for entry in Review.objects.select_related("asked", "card__event"):
        assert entry.asked
        assert entry.credit is not None
        asked = entry.asked.question
        fact = FactCredit(entry.card.event.key, asked.facet, entry.credit)
        assert entry.rating == ratings.rating(asked, fact, met=entry.foreseen is not None)
        assert entry.taken == ratings.taken(asked, stored_answer(entry.asked))
        assert (entry.what, entry.day, entry.user_id) == (Deed.RATED, study_day(entry.at, UTC), entry.card.user_id)
        assert (entry.retention, entry.undone_at, entry.milliseconds) == (USUAL_RETENTION, None, None)
        found[Rating(entry.rating or 0)] += 1
    assert set(found) == {Rating.AGAIN, Rating.HARD, Rating.GOOD}
    assert Review.objects.exclude(taken="").count() > 5


def test_the_cards_are_what_their_logs_give(old: Any) -> None:
    lived(old)
    forward()
    facts = set(Review.objects.values_list("user", "card__event", "card__facet"))
    assert {(card.user_id, card.event_id, card.facet) for card in Card.objects.all()} == facts
    for card in Card.objects.select_related("event"):
        assert state(replayed(card)) == state(card)
        memories = None
        for entry in card.log.standing():
            foreseen = None if memories is None else retrievability(memories, entry.day)
            assert entry.foreseen == foreseen
            fresh = Card(event=card.event, facet=card.facet, due=entry.day)
            memory.replay(fresh, [one for one in card.log.standing() if (one.at, one.pk) <= (entry.at, entry.pk)])
            assert entry.interval == (fresh.due - entry.day).days
            memories = fresh.memory
    leech = Card.objects.get(user__username="celia", facet="date")
    assert (leech.lapses, leech.suspended) == (8, True)
    assert Card.objects.filter(suspended=False).exists()


def test_the_days_count_the_questions_answered(old: Any) -> None:
    lived(old)
    forward()
    expected: dict[tuple[str, date], int] = defaultdict(int)
    for asked in AskedQuestion.objects.select_related("sitting__user"):
        assert asked.answered_at
        expected[asked.sitting.user.username, study_day(asked.answered_at, UTC)] += 1
    rows = StudyDay.objects.select_related("user")
    assert {(row.user.username, row.day): row.answers for row in rows} == expected
    assert {(row.ratings, row.new, row.seen, row.foreseen, row.expected, row.recalled) for row in rows} == {
        (0, 0, 0, 0, 0.0, 0)
    }
    assert not Confidence.objects.exists()


def test_where_nothing_was_answered_nothing_is_made(old: Any) -> None:
    old.get_model("quiz", "User").objects.create(username="anna")
    forward()
    assert (Card.objects.count(), Review.objects.count(), StudyDay.objects.count()) == (0, 0, 0)


def test_attempts_are_gone_afterwards(old: Any) -> None:
    assert "quiz_attempt" in connection.introspection.table_names()
    forward()
    assert "quiz_attempt" not in connection.introspection.table_names()
