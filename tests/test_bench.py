"""The benches run, on tiny sizes, and what they make is what the verbs of the site would have left."""

from collections import Counter
from datetime import timedelta

import pytest

from quiz.models import ItemDifficulty
from quiz.questions.chronicle import Chronicle
from quiz.study import memory
from quiz.study.facts import chronicle
from tests.bench import diary, heavy_learner, three_weeks
from tests.bench.mind import FIRST_DAYS, Mind
from tests.bench.past import Past
from tests.factories import NOW
from tests.study import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Chronicle:
    stories.tell(24)
    return chronicle()


# --- A long past --------------------------------------------------------------------------------


def test_a_past_has_as_many_entries_as_wished_and_counts_them_day_by_day(story: Chronicle) -> None:
    user = Past(story, 80, seed=1, now=NOW, drawn=3).store()
    assert 80 <= user.reviews.count() <= 95
    assert 5 <= user.reviews.order_by("day").values("day").distinct().count() <= 10
    assert user.reviews.latest("at").at < NOW
    assert user.sittings.filter(finished_at=None).count() == 0
    standing = user.reviews.standing().filter(what="rated")
    days = Counter(standing.filter(asked=None).values_list("day", flat=True))
    assert {row.day: row.ratings for row in user.study_days.all() if row.ratings} == days
    assert user.reviews.count() > standing.count() > sum(days.values())
    firsts = {entry.card_id: entry for entry in reversed(standing)}
    assert sum(user.study_days.values_list("new", flat=True)) == sum(not one.asked_id for one in firsts.values())
    answers = user.sittings.values("asked").count()
    assert sum(user.study_days.values_list("answers", flat=True)) == answers
    assert 0 < sum(user.confidences.values_list("answers", flat=True)) < answers


def test_the_cards_of_a_past_are_what_their_logs_replay_to(story: Chronicle) -> None:
    user = Past(story, 100, seed=2, now=NOW, drawn=2).store()
    cards = list(user.cards.select_related("event").order_by("id"))
    before = [[getattr(card, name) for name in memory.STATE] for card in cards]
    memory.rebuild(cards)
    assert [[getattr(card, name) for name in memory.STATE] for card in cards] == before
    assert any(card.lapses for card in cards)


# --- Measuring ----------------------------------------------------------------------------------


def test_pages_and_verbs_are_measured_and_told(story: Chronicle, capsys: pytest.CaptureFixture[str]) -> None:
    rows = heavy_learner.run(story, [30, 40], repeat=1, seed=1)
    assert [name for name, row in rows.items() if row.missing] == []
    assert set(rows["study.queue"].statements) <= {4, 5}
    heavy_learner.show(rows, [30, 40])
    heavy_learner.plans(rows)
    told = capsys.readouterr().out
    assert "study.queue" in told


def test_a_page_that_is_not_there_is_told() -> None:
    row = heavy_learner.Row()

    def nowhere() -> object:
        raise heavy_learner.NotThereError("404")

    heavy_learner.measure(row, [lambda: nowhere], 1)
    assert row.missing == "404"


@pytest.mark.parametrize(
    ("name", "statements", "milliseconds", "grows"),
    [
        ("home", [4, 4], [10.0, 25.0], False),
        ("home", [4, 4], [10.0, 25.1], True),
        ("home", [4, 5], [10.0, 10.0], True),
        ("home", [4, 3], [10.0, 10.0], False),
        ("own-data-json", [4, 9], [10.0, 999.0], False),
    ],
)
def test_growth_is_more_statements_or_more_than_twice_the_time(
    name: str, statements: list[int], milliseconds: list[float], grows: bool
) -> None:
    assert heavy_learner.grown(name, heavy_learner.Row(statements, milliseconds)) is grows


# --- Three weeks --------------------------------------------------------------------------------


def test_a_mind_forgets_and_learns_the_more_the_nearer_it_was_to_forgetting(story: Chronicle) -> None:
    mind, fact = Mind(story, "somebody"), ("amber-captured", "date")
    assert mind.recall(fact, NOW) == 0
    while fact not in mind.traces:
        mind.told(fact, NOW, "card", known=False)
    days = mind.traces[fact].days
    assert FIRST_DAYS / 10 < days < FIRST_DAYS * 10
    soon, late = NOW + timedelta(days=1), NOW + timedelta(days=5)
    assert 1 > mind.recall(fact, soon) > mind.recall(fact, late) > 0
    mind.told(fact, NOW, "card", known=True)
    assert mind.traces[fact].days == days
    mind.told(fact, late, "card", known=True)
    assert mind.traces[fact].days > 1.5 * days


def test_who_knows_the_day_knows_the_place_in_the_sequence(story: Chronicle) -> None:
    mind = Mind(story, "somebody")
    while ("amber-captured", "date") not in mind.traces:
        mind.told(("amber-captured", "date"), NOW, "card", known=False)
    assert mind.recall(("amber-captured", "sequence"), NOW) == 1
    assert mind.recall(("amber-captured", "place"), NOW) == 0


@pytest.mark.parametrize(("name", "days"), [("diligent", [0, 1]), ("busy", [0]), ("plain", [0, 1]), ("away", [0, 2])])
def test_each_learner_lives_some_days_and_tells_of_them(name: str, days: list[int], story: Chronicle) -> None:
    plan = three_weeks.Plan(days=3 if name == "away" else 2, leaves=1, gap=1, caps=(2, 3))
    learner = three_weeks.play(story, name, plan)
    lines = list(diary.tell(learner.diary, learner.now))
    assert [day.number for day in learner.diary.days] == days
    assert [line.split()[0] for line in lines[1 : len(days) + 1]] == [str(day + 1) for day in days]
    assert all(day.reviewed for day in learner.diary.days)


def test_the_same_seed_gives_the_same_day(story: Chronicle) -> None:
    days = []
    for _ in range(2):
        learner = three_weeks.play(story, "diligent", three_weeks.Plan(days=1))
        days.append(learner.diary.days)
        learner.user.delete()
        ItemDifficulty.objects.all().delete()
    assert days[0] == days[1]
