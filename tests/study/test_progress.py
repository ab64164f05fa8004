"""Progress: day by day, foreseen and recalled, what comes, how sure, past sittings; never from the log."""

from datetime import date, timedelta
from typing import Any

import pytest

from quiz.models import Confidence, Sitting, StudyDay, User
from quiz.study import progress
from quiz.study.mastery import Held
from quiz.study.progress import FORECAST_DAYS, PAGE, SITTINGS_SHOWN, Forecast, Level, Past, Retention, Week
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = make.NOW.date()


@pytest.fixture
def learner() -> User:
    return make.UserFactory()


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def studied(user: User, day: date = DAY, **counted: float) -> StudyDay:
    return StudyDay.objects.create(user=user, day=day, **counted)


# --- Day by day ---------------------------------------------------------------------------------


def test_days_go_back_a_year_of_whole_weeks(learner: User) -> None:
    # The day is a Sunday: its week began six days before.
    first = ago(6 + 51 * 7)
    for day in (DAY, first, first - timedelta(days=1)):
        studied(learner, day)
    studied(make.UserFactory())
    assert [row.day for row in progress.days(learner, DAY)] == [first, DAY]
    assert first.weekday() == 0


def test_what_was_done_on_a_day_are_answers_and_ratings(learner: User) -> None:
    rows = [studied(learner, answers=3, ratings=4), studied(learner, ago(1), ratings=2), studied(learner, ago(2))]
    assert progress.done(rows) == {DAY: 7, ago(1): 2}


def test_weeks_with_nothing_done_are_left_out_and_the_latest_comes_first(learner: User) -> None:
    rows = [
        studied(learner, ago(20)),
        studied(learner, ago(13), answers=5),
        studied(learner, ago(1), answers=1, ratings=10),
        studied(learner, ratings=2),
    ]
    assert progress.weeks(rows) == [Week(ago(6), 2, 1, 12), Week(ago(13), 1, 5, 0)]


# --- How well it was foreseen --------------------------------------------------------------------


def test_retention_is_told_of_the_last_30_days_and_of_all_time(learner: User) -> None:
    studied(learner, foreseen=10, expected=9.5, recalled=8)
    studied(learner, ago(29), foreseen=10, expected=8.5, recalled=10)
    studied(learner, ago(30), foreseen=5, expected=4.5, recalled=1)
    studied(learner, ago(900), foreseen=1, expected=0.5, recalled=1)
    studied(make.UserFactory(), foreseen=100)
    assert progress.recent_retention(progress.days(learner, DAY), DAY) == Retention(20, 18, pytest.approx(18.0))
    assert progress.all_retention(learner) == Retention(26, 20, pytest.approx(23.0))
    assert progress.all_retention(make.UserFactory()) == Retention(0, 0, 0)


def test_retention_of_nothing_says_nothing() -> None:
    nothing = Retention(0, 0, 0.0)
    assert (nothing.is_enough, nothing.share, nothing.foreseen, nothing.differs) == (False, 0.0, 0.0, 0)
    assert not nothing.came_late(0.9)


def test_twenty_attempts_are_enough() -> None:
    assert not Retention(19, 19, 18.0).is_enough
    assert Retention(20, 19, 18.0).is_enough


@pytest.mark.parametrize(("recalled", "differs"), [(85, 0), (83, -1), (95, 0), (97, 1)])
def test_retention_differs_beyond_two_standard_errors(recalled: int, differs: int) -> None:
    # Of 100 attempts at 90 % the standard error is 3.
    assert Retention(100, recalled, 90.0).differs == differs


def test_a_sum_that_rounding_moved_beyond_its_bounds_is_still_a_share() -> None:
    assert Retention(1, 0, -1e-17).foreseen == 0.0
    assert Retention(1, 1, 1.0000001).foreseen == 1.0


def test_cards_came_late_where_less_was_foreseen_than_asked_for() -> None:
    assert Retention(100, 80, 86.9).came_late(0.9)
    assert not Retention(100, 80, 87.1).came_late(0.9)


def test_calibration_tells_each_degree_of_confidence(learner: User) -> None:
    Confidence.objects.create(user=learner, level=3, answers=5, credit=4.5)
    Confidence.objects.create(user=learner, level=1, answers=4, credit=4.0)
    Confidence.objects.create(user=make.UserFactory(), level=2, answers=9, credit=9.0)
    assert progress.calibration(learner) == [
        Level("guessing", 4, None),
        Level("fairly sure", 0, None),
        Level("sure", 5, pytest.approx(0.9)),
    ]


# --- What comes ---------------------------------------------------------------------------------


def card(comes: int | None, rated: int = -9) -> Held:
    """A card that comes so many days from today."""
    return Held(("event", "date"), 1.0, DAY + timedelta(days=rated), None if comes is None else ago(-comes), {}, {})


def test_cards_come_on_their_days_from_today_on() -> None:
    told = progress.forecast([card(0), card(1), card(1), card(29), card(30), card(None)], [], 20, DAY)
    assert list(told.days) == [ago(-n) for n in range(FORECAST_DAYS)]
    assert {day: n for day, n in told.days.items() if n} == {DAY: 1, ago(-1): 2, ago(-29): 1}
    assert (told.today, told.total, told.waiting) == (1, 4, 0)


def test_a_backlog_counts_on_today_within_the_cap(learner: User) -> None:
    rows = [studied(learner, ago(1), seen=7), studied(learner, seen=2)]
    overdue = [card(-n) for n in range(10)]
    assert progress.forecast(overdue, rows, 5, DAY).today == 3
    assert progress.forecast(overdue, rows, 5, DAY).waiting == 7
    assert progress.forecast(overdue, rows, 1, DAY).today == 0
    assert progress.forecast(overdue, rows, 1, DAY).waiting == 10
    assert progress.forecast(overdue, rows, 50, DAY).waiting == 0


def test_what_was_forgotten_today_comes_again_whatever_the_cap(learner: User) -> None:
    told = progress.forecast([card(0, rated=0), card(0)], [studied(learner, seen=5)], 5, DAY)
    assert (told.today, told.waiting) == (1, 1)


def test_a_forecast_of_no_days_has_nothing_today() -> None:
    assert Forecast({}, 0).today == 0


# --- Past sittings ------------------------------------------------------------------------------


def sat(user: User, count: int) -> list[Sitting]:
    """Sittings an hour apart, the newest first; each has one answer of a quarter of a point."""
    made = [make.SittingFactory(user=user, started_at=make.NOW - timedelta(hours=n)) for n in range(count)]
    for sitting in made:
        make.AskedQuestionFactory(sitting=sitting, answered_at=make.NOW, answer={}, credit=0.25)
        make.AskedQuestionFactory(sitting=sitting)
    return made


def test_the_latest_sittings_come_with_their_results_the_newest_first(learner: User) -> None:
    made = sat(learner, SITTINGS_SHOWN)
    sat(make.UserFactory(), 1)
    make.AskedQuestionFactory(sitting=made[0], answered_at=make.NOW, answer={}, credit=1.0)
    assert progress.latest(learner).sittings == [
        Past(made[0], 2, 1.25),
        *(Past(sitting, 1, 0.25) for sitting in made[1:]),
    ]
    assert progress.latest(learner).after == ""


def test_a_sitting_without_answers_has_none(learner: User) -> None:
    sitting = make.SittingFactory(user=learner)
    assert progress.latest(learner).sittings == [Past(sitting, 0, 0.0)]


def test_only_the_latest_sittings_are_listed(learner: User) -> None:
    made = sat(learner, SITTINGS_SHOWN + 1)
    page = progress.latest(learner)
    assert [past.sitting for past in page.sittings] == made[:SITTINGS_SHOWN]
    assert page.after == made[SITTINGS_SHOWN - 1].token


def test_the_history_is_paged_without_gaps_or_repeats_also_where_several_began_at_once(learner: User) -> None:
    for n in range(2 * PAGE + 3):
        make.SittingFactory(user=learner, started_at=make.NOW - timedelta(hours=n // 7))
    found, after = [], None
    for length in (PAGE, PAGE, 3):
        page = progress.older(learner, after)
        assert len(page.sittings) == length
        found += [past.sitting for past in page.sittings]
        after = Sitting.objects.get(token=page.after) if page.after else None
    assert after is None
    assert found == sorted(learner.sittings.all(), key=lambda one: (one.started_at, one.pk), reverse=True)


def test_after_the_oldest_sitting_comes_none(learner: User) -> None:
    [sitting] = sat(learner, 1)
    assert progress.older(learner, sitting) == progress.Page([])


@pytest.mark.parametrize("count", [1, 3])
def test_progress_costs_the_same_however_much_was_done(
    learner: User, count: int, django_assert_num_queries: Any
) -> None:
    for n, sitting in enumerate(sat(learner, count)):
        sitting.phase = make.PhaseFactory()
        sitting.save()
        studied(learner, DAY - timedelta(days=n), answers=1)
    with django_assert_num_queries(2):
        assert len({past.sitting.phase.name for past in progress.latest(learner).sittings}) == count
    with django_assert_num_queries(2):
        progress.older(learner, None)
    with django_assert_num_queries(3):
        assert len(progress.days(learner, DAY)) == count
        progress.all_retention(learner)
        progress.calibration(learner)
