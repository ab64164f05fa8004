"""When a card comes back: ratings, days, the forgetting curve, study days where clocks change."""

import random
from collections.abc import Sequence
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from math import inf, nan
from typing import Any
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.scheduling import (
    DAY_BEGINS,
    MOST_DAYS,
    USUAL_RETENTION,
    Memory,
    Rating,
    day_begins,
    preview,
    rate,
    replay,
    retrievability,
    study_day,
)

A, H, G, E = Rating
DAY_ONE = date(2024, 1, 1)
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)

RETENTIONS = st.floats(0.7, 0.97)
SEEDS = st.sampled_from(["", "a", "b", "card 7"])
ANSWERS = st.tuples(st.sampled_from(Rating), st.one_of(st.integers(0, 5), st.integers(0, 2000)), RETENTIONS)
HISTORIES = st.lists(ANSWERS, max_size=8)


def in_days(memory: Memory) -> int:
    return (memory.due - memory.day).days


def dated(answers: Sequence[tuple[Rating, int, float]]) -> list[tuple[Rating, date, float]]:
    """The history with each gap added up to a day."""
    day, history = DAY_ONE, []
    for rating, gap, retention in answers:
        day += gap * DAY
        history.append((rating, day, retention))
    return history


def days_given(ratings: str, retention: float = USUAL_RETENTION, seed: str = "") -> list[int]:
    """The intervals of a card that is always answered on the day it is due."""
    memory, day, given_ = None, DAY_ONE, []
    for letter in ratings:
        memory = rate(memory, {"A": A, "H": H, "G": G, "E": E}[letter], day, retention=retention, seed=seed)
        day = memory.due
        given_.append(in_days(memory))
    return given_


def buttons(memory: Memory | None, day: date, retention: float = USUAL_RETENTION, seed: str = "") -> list[int]:
    return [in_days(after) for after in preview(memory, day, retention=retention, seed=seed).values()]


def some(**changes: Any) -> Memory:
    """A memory in review, last rated on the first day, due ten days later."""
    usual = Memory(stability=10.0, difficulty=5.0, day=DAY_ONE, due=DAY_ONE + 10 * DAY, reviews=3, lapses=0)
    return replace(usual, **changes)


# --- Golden values ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rating", "stability", "difficulty", "days"),
    [(A, 0.212, 6.4133, 0), (H, 1.2931, 5.1122, 1), (G, 2.3065, 2.1181, 2), (E, 8.2956, 1.0, 8)],
)
def test_the_first_rating_sets_stability_and_difficulty(
    rating: Rating, stability: float, difficulty: float, days: int
) -> None:
    memory = rate(None, rating, DAY_ONE)
    assert (memory.stability, memory.difficulty) == (pytest.approx(stability), pytest.approx(difficulty, abs=1e-4))
    assert (memory.day, memory.due) == (DAY_ONE, DAY_ONE + days * DAY)
    assert (memory.reviews, memory.lapses) == (1, 0)


@pytest.mark.parametrize(
    ("ratings", "retention", "days"),
    [
        ("GGGGGG", 0.9, [2, 11, 46, 163, 497, 1346]),
        ("GGGGG", 0.7, [21, 310, 3002, 20889, 36500]),
        ("GGGGG", 0.95, [1, 3, 8, 19, 43]),
        ("HHHHH", 0.9, [1, 3, 7, 12, 18]),
        ("EEEEEE", 0.9, [8, 66, 397, 1875, 7265, 23933]),
        ("AGGG", 0.9, [0, 1, 2, 6]),
        ("GGGAG", 0.9, [2, 11, 46, 3, 8]),
        ("GGGAGA", 0.7, [21, 310, 3002, 77, 420, 35]),
    ],
)
def test_a_card_answered_when_due_comes_back_after(ratings: str, retention: float, days: list[int]) -> None:
    assert days_given(ratings, retention) == days


@pytest.mark.parametrize(
    ("answers", "stability", "difficulty", "days", "lapses"),
    [
        pytest.param([(G, 0), (H, 0), (E, 0)], 3.9461, 2.9847, 4, 0, id="all on one day"),
        pytest.param([(A, 0), (A, 0), (G, 0)], 0.1031, 8.7927, 1, 0, id="forgotten twice on the first day"),
        pytest.param([(G, 0), (G, 30), (G, 1)], 41.1740, 2.1043, 41, 0, id="late, then early"),
        pytest.param([(G, 0), (G, 2), (G, 11), (A, 60), (G, 0)], 3.0270, 7.3778, 4, 1, id="lapsed"),
    ],
)
def test_a_history_leaves(
    answers: list[tuple[Rating, int]], stability: float, difficulty: float, days: int, lapses: int
) -> None:
    memory = replay(dated([(rating, gap, 0.9) for rating, gap in answers]))
    assert memory
    assert memory.stability == pytest.approx(stability, abs=1e-4)
    assert memory.difficulty == pytest.approx(difficulty, abs=1e-4)
    assert (in_days(memory), memory.reviews, memory.lapses) == (days, len(answers), lapses)


def test_the_chance_of_a_seed_is_the_same_for_ever() -> None:
    assert days_given("GGGGGG", seed="a") == [2, 10, 44, 159, 462, 1228]
    assert days_given("GGGGGG", seed="b") == [2, 13, 54, 189, 553, 1487]


# --- Rating -----------------------------------------------------------------------------------


def test_ratings_are_numbered_as_in_anki() -> None:
    assert [(rating.name, rating.value) for rating in Rating] == [("AGAIN", 1), ("HARD", 2), ("GOOD", 3), ("EASY", 4)]


def test_a_memory_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        some().reviews = 4


@pytest.mark.parametrize("retention", [0.6999, 0.9701, 0, 1, -inf, inf, nan])
def test_a_retention_out_of_bounds_is_refused(retention: float) -> None:
    with pytest.raises(ValueError, match=r"Desired retention must be 0\.7 to 0\.97, not "):
        rate(None, G, DAY_ONE, retention=retention)
    with pytest.raises(ValueError, match="Desired retention"):
        preview(some(), DAY_ONE, retention=retention)
    with pytest.raises(ValueError, match="Desired retention"):
        replay([(G, DAY_ONE, retention)])


def test_the_bounds_of_retention_are_allowed() -> None:
    assert buttons(None, DAY_ONE, 0.7) == [2, 12, 21, 77]
    assert buttons(None, DAY_ONE, 0.97) == [0, 1, 1, 2]


def test_nothing_rated_leaves_no_memory() -> None:
    assert replay([]) is None


def test_a_day_before_the_last_rating_counts_as_that_one() -> None:
    memory = some()
    assert rate(memory, G, DAY_ONE - 3 * DAY) == rate(memory, G, DAY_ONE)
    assert rate(memory, G, DAY_ONE - 3 * DAY).day == DAY_ONE


@pytest.mark.parametrize(
    ("memory", "gap", "lapses"),
    [
        pytest.param(None, 0, 0, id="the first rating"),
        pytest.param(some(), 10, 1, id="when due"),
        pytest.param(some(), 1, 1, id="early"),
        pytest.param(some(lapses=2), 30, 3, id="not for the first time"),
        pytest.param(some(lapses=1), 0, 1, id="again on the same day"),
        pytest.param(some(lapses=1, due=DAY_ONE), 0, 1, id="forgotten, due on the same day"),
        pytest.param(some(lapses=1, due=DAY_ONE), 1, 1, id="forgotten, due on the same day, answered on the next"),
    ],
)
def test_a_lapse_is_forgetting_what_was_in_review(memory: Memory | None, gap: int, lapses: int) -> None:
    after = preview(memory, DAY_ONE + gap * DAY)
    before = memory.lapses if memory else 0
    assert [after[rating].lapses for rating in Rating] == [lapses, before, before, before]


def test_stability_ends_at_the_most_days() -> None:
    memory = some(stability=36000.0, due=DAY_ONE + MOST_DAYS * DAY)
    after = preview(memory, DAY_ONE + MOST_DAYS * DAY)
    assert [each.stability for each in after.values()][1:] == [MOST_DAYS] * 3
    assert after[A].stability < 150


# --- Days -------------------------------------------------------------------------------------


def test_again_below_half_a_day_is_due_on_the_same_day_and_from_half_a_day_on_the_next() -> None:
    below = next(memory for s in range(1, 9000) if (memory := some(stability=s / 1000)) if buttons(memory, DAY_ONE)[0])
    assert 0.5 <= preview(below, DAY_ONE)[A].stability < 0.501
    assert buttons(below, DAY_ONE)[0] == 1


def test_a_half_is_rounded_up() -> None:
    """Two and a half days, as near as floats go: Python's own rounding would give the even two."""
    assert [buttons(some(stability=s, due=DAY_ONE), DAY_ONE)[2] for s in (2.49, 2.5)] == [2, 3]


def test_good_may_equal_hard_until_it_is_in_review() -> None:
    assert buttons(None, DAY_ONE, 0.95) == [0, 1, 1, 3]
    assert buttons(some(stability=0.1, due=DAY_ONE), DAY_ONE) == [0, 1, 1, 2]
    assert buttons(some(stability=0.1, due=DAY_ONE + DAY), DAY_ONE) == [0, 1, 2, 3]


def test_an_interval_that_would_stay_is_not_shortened_and_one_that_grows_grows_by_a_day() -> None:
    """Answered again on the same day, Hard and Good leave a stability of 50 days as it is."""
    given_ = {last: buttons(some(stability=50.0, due=DAY_ONE + last * DAY), DAY_ONE)[1:3] for last in (48, 50, 54, 55)}
    assert given_ == {48: [50, 51], 50: [50, 51], 54: [54, 55], 55: [50, 51]}


def test_each_button_keeps_the_last_interval_where_only_chance_could_shorten_it() -> None:
    """After a change of the desired retention, an interval may shrink; a little less than the last is the last."""
    given_ = {
        last: buttons(some(stability=20.0, due=DAY_ONE + last * DAY), DAY_ONE + 10 * DAY) for last in (34, 38, 47)
    }
    assert given_ == {34: [2, 34, 43, 63], 38: [2, 38, 43, 63], 47: [2, 34, 47, 63]}
    assert buttons(some(stability=20.0, due=DAY_ONE + 68 * DAY), DAY_ONE + 10 * DAY) == [2, 34, 43, 68]
    assert buttons(some(stability=20.0, due=DAY_ONE + 69 * DAY), DAY_ONE + 10 * DAY) == [2, 34, 43, 63]


def test_at_the_most_days_the_buttons_meet() -> None:
    assert buttons(some(stability=36500.0, due=DAY_ONE + 36400 * DAY), DAY_ONE + DAY, 0.9)[1:] == [36500] * 3
    assert buttons(some(stability=36498.0, due=DAY_ONE + 100 * DAY), DAY_ONE)[1:] == [36498, 36499, 36500]
    assert buttons(some(stability=36500.0), DAY_ONE, 0.7) == [36500] * 4


@given(HISTORIES, st.integers(0, 2000), RETENTIONS, SEEDS)
def test_the_buttons_are_in_order(
    answers: list[tuple[Rating, int, float]], gap: int, retention: float, seed: str
) -> None:
    history = dated(answers)
    memory = replay(history, seed)
    again, hard, good, easy = buttons(memory, DAY_ONE + gap * DAY, retention, seed)
    assert 0 <= again <= hard <= good <= easy <= MOST_DAYS
    assert hard >= 1
    assert good < easy or good == MOST_DAYS
    if memory and memory.due > memory.day:
        assert hard < good or hard == MOST_DAYS


@given(HISTORIES, st.integers(0, 2000), RETENTIONS, SEEDS)
def test_the_preview_is_what_rating_gives(
    answers: list[tuple[Rating, int, float]], gap: int, retention: float, seed: str
) -> None:
    memory, day = replay(dated(answers), seed), DAY_ONE + gap * DAY
    shown = preview(memory, day, retention=retention, seed=seed)
    assert list(shown) == list(Rating)
    assert shown == {rating: rate(memory, rating, day, retention=retention, seed=seed) for rating in Rating}


@given(HISTORIES, SEEDS)
def test_a_history_replayed_is_its_ratings_one_by_one(answers: list[tuple[Rating, int, float]], seed: str) -> None:
    memory = None
    for rating, day, retention in dated(answers):
        memory = rate(memory, rating, day, retention=retention, seed=seed)
    assert replay(iter(dated(answers)), seed) == memory


@given(HISTORIES, st.integers(0, 2000), RETENTIONS, RETENTIONS, SEEDS)
def test_to_want_more_retention_never_gives_a_longer_interval(
    answers: list[tuple[Rating, int, float]], gap: int, one: float, other: float, seed: str
) -> None:
    memory, day = replay(dated(answers), seed), DAY_ONE + gap * DAY
    less, more = sorted((one, other))
    for longer, shorter in zip(buttons(memory, day, less, seed), buttons(memory, day, more, seed), strict=True):
        assert shorter <= longer


@given(HISTORIES, SEEDS)
def test_chance_and_retention_touch_neither_stability_nor_difficulty(
    answers: list[tuple[Rating, int, float]], seed: str
) -> None:
    assume(answers)
    one, other = replay(dated(answers), seed), replay([(rating, day, 0.9) for rating, day, _ in dated(answers)])
    assert one
    assert other
    assert (one.stability, one.difficulty) == (other.stability, other.difficulty)


def test_rating_leaves_the_global_chance_alone() -> None:
    before = random.getstate()
    preview(some(), DAY_ONE + 10 * DAY, seed="a")
    assert random.getstate() == before


# --- Chance -----------------------------------------------------------------------------------


def spread(stability: float) -> set[int]:
    """The days that chance gives to Hard, where it is as long as it would be computed."""
    memory = some(stability=stability, due=DAY_ONE)
    return {buttons(memory, DAY_ONE, seed=str(seed))[1] for seed in range(600)}


@pytest.mark.parametrize(
    ("stability", "least", "most"),
    [
        pytest.param(2.4, 2, 2, id="below 2.5 days: none"),
        pytest.param(2.5, 2, 4, id="a day either way"),
        pytest.param(7.0, 5, 9, id="15 % of the days from 2.5 to 7"),
        pytest.param(17.0, 14, 20, id="10 % of the days from 7 to 20"),
        pytest.param(37.0, 33, 41, id="5 % of the days above 20"),
        pytest.param(100.0, 93, 107, id="5 % of the days above 20, further"),
    ],
)
def test_chance_moves_an_interval_within_the_customary_range(stability: float, least: int, most: int) -> None:
    assert spread(stability) == set(range(least, most + 1))


def test_chance_does_not_take_growth_away_nor_make_a_loss_of_none() -> None:
    given_ = {
        last: {buttons(some(stability=50.0, due=DAY_ONE + last * DAY), DAY_ONE, seed=str(s))[1] for s in range(300)}
        for last in (49, 50, 52, 55)
    }
    ranges = {49: range(50, 55), 50: range(50, 55), 52: range(52, 58), 55: range(46, 55)}
    assert given_ == {last: set(days) for last, days in ranges.items()}


def test_chance_is_another_after_each_review() -> None:
    memories = [some(stability=200.0, due=DAY_ONE, reviews=reviews) for reviews in range(1, 21)]
    assert len({buttons(memory, DAY_ONE, seed="x")[1] for memory in memories}) > 8


@pytest.mark.parametrize("seed", ["x", "y", "z"])
def test_chance_is_the_same_for_all_buttons(seed: str) -> None:
    memory, day = some(stability=200.0, due=DAY_ONE), DAY_ONE + 200 * DAY
    moved, computed = buttons(memory, day, seed=seed)[1:], buttons(memory, day)[1:]
    ratios = [one / other for one, other in zip(moved, computed, strict=True)]
    assert max(ratios) - min(ratios) < 0.005


def test_again_is_not_moved_by_chance() -> None:
    memory = some(stability=1000.0)
    assert len({buttons(memory, DAY_ONE + 10 * DAY, seed=str(seed))[0] for seed in range(50)}) == 1


def test_at_the_most_days_chance_only_shortens() -> None:
    memory = some(stability=36500.0)
    given_ = [buttons(memory, DAY_ONE + 10 * DAY, seed=str(seed)) for seed in range(300)]
    assert min(days[1] for days in given_) < 35000
    assert all(days[1] < days[2] < days[3] <= MOST_DAYS or days[3] == MOST_DAYS for days in given_)


# --- Forgetting -------------------------------------------------------------------------------


@given(st.floats(0.001, 36500), st.integers(-10, 40000))
def test_retrievability_is_that_of_fsrs(stability: float, gap: int) -> None:
    noon = datetime(2024, 1, 1, 12, tzinfo=UTC)
    card = fsrs.Card(card_id=1, stability=stability, difficulty=5.0, due=noon, last_review=noon)
    truth = fsrs.Scheduler().get_card_retrievability(card, noon + timedelta(days=gap))
    assert retrievability(some(stability=stability), DAY_ONE + gap * DAY) == pytest.approx(truth, abs=1e-12)


@given(st.floats(0.001, 36500), st.integers(0, 40000), st.integers(1, 1000))
def test_retrievability_is_a_chance_and_falls_with_time(stability: float, gap: int, more: int) -> None:
    memory, day = some(stability=stability), DAY_ONE + gap * DAY
    assert 0 < retrievability(memory, day + more * DAY) < retrievability(memory, day) <= 1


@given(st.integers(1, MOST_DAYS))
def test_retrievability_is_nine_tenths_after_as_many_days_as_the_stability(days: int) -> None:
    assert retrievability(some(stability=float(days)), DAY_ONE + days * DAY) == pytest.approx(0.9, abs=1e-12)


def test_retrievability_is_one_on_the_day_of_the_last_review_and_before() -> None:
    assert [retrievability(some(), DAY_ONE + gap * DAY) for gap in (-1, 0)] == [1, 1]


@given(st.floats(5, 3000), RETENTIONS)
def test_an_interval_ends_where_retrievability_is_the_one_desired(stability: float, retention: float) -> None:
    memory = rate(some(stability=stability, due=DAY_ONE), H, DAY_ONE, retention=retention)
    assume(1 < in_days(memory) < MOST_DAYS)
    day_before, day_after = (retrievability(memory, memory.due + gap * DAY) for gap in (-1, 1))
    assert day_after < retention < day_before


# --- Study days -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("UTC", "2024-06-01T03:59:59.999999+00:00", "2024-05-31"),
        ("UTC", "2024-06-01T04:00:00+00:00", "2024-06-01"),
        ("UTC", "2024-06-02T00:00:00+00:00", "2024-06-01"),
        pytest.param("Europe/London", "2024-03-31T03:59:59+01:00", "2024-03-30", id="London, spring, before"),
        pytest.param("Europe/London", "2024-03-31T04:00:00+01:00", "2024-03-31", id="London, spring, from"),
        pytest.param("Europe/London", "2024-10-27T03:59:59+00:00", "2024-10-26", id="London, autumn, before"),
        pytest.param("Europe/London", "2024-10-27T04:00:00+00:00", "2024-10-27", id="London, autumn, from"),
        pytest.param("Asia/Beirut", "2024-03-31T03:59:59+03:00", "2024-03-30", id="Beirut, spring, before"),
        pytest.param("Asia/Beirut", "2024-03-31T04:00:00+03:00", "2024-03-31", id="Beirut, spring, from"),
        pytest.param("Asia/Beirut", "2024-10-27T03:59:59+02:00", "2024-10-26", id="Beirut, autumn, before"),
        pytest.param("Asia/Beirut", "2024-10-27T04:00:00+02:00", "2024-10-27", id="Beirut, autumn, from"),
        pytest.param("Asia/Damascus", "2014-03-28T03:59:59+03:00", "2014-03-27", id="Damascus, spring, before"),
        pytest.param("Asia/Damascus", "2014-03-28T04:00:00+03:00", "2014-03-28", id="Damascus, spring, from"),
        pytest.param("Asia/Damascus", "2022-10-28T03:59:59+03:00", "2022-10-27", id="Damascus, no more winter, before"),
        pytest.param("Asia/Damascus", "2022-10-28T04:00:00+03:00", "2022-10-28", id="Damascus, no more winter, from"),
        pytest.param("America/New_York", "2024-03-10T03:59:59-04:00", "2024-03-09", id="New York, spring, before"),
        pytest.param("America/New_York", "2024-03-10T04:00:00-04:00", "2024-03-10", id="New York, spring, from"),
        pytest.param("America/New_York", "2024-11-03T03:59:59-05:00", "2024-11-02", id="New York, autumn, before"),
        pytest.param("America/New_York", "2024-11-03T04:00:00-05:00", "2024-11-03", id="New York, autumn, from"),
        pytest.param("Pacific/Kiritimati", "2024-06-01T03:59:59+14:00", "2024-05-31", id="Kiritimati, before"),
        pytest.param("Pacific/Kiritimati", "2024-06-01T04:00:00+14:00", "2024-06-01", id="Kiritimati, from"),
        pytest.param("Antarctica/Troll", "2024-03-31T03:59:59+02:00", "2024-03-30", id="Troll, two hours, before"),
        pytest.param("Antarctica/Troll", "2024-03-31T04:00:00+02:00", "2024-03-31", id="Troll, two hours, from"),
        pytest.param("Pacific/Apia", "2011-12-29T23:59:59-10:00", "2011-12-29", id="Apia, before the missing date"),
        pytest.param("Pacific/Apia", "2011-12-31T00:00:00+14:00", "2011-12-30", id="Apia, four hours of it"),
        pytest.param("Pacific/Apia", "2011-12-31T03:59:59+14:00", "2011-12-30", id="Apia, its last second"),
        pytest.param("Pacific/Apia", "2011-12-31T04:00:00+14:00", "2011-12-31", id="Apia, after it"),
        pytest.param("Asia/Baku", "2013-03-31T03:59:59+04:00", "2013-03-30", id="Baku, 04:00 skipped, before"),
        pytest.param("Asia/Baku", "2013-03-31T05:00:00+05:00", "2013-03-31", id="Baku, 04:00 skipped, from"),
        pytest.param("Asia/Baku", "2013-10-27T03:59:59+05:00", "2013-10-26", id="Baku, 04:00 twice, before"),
        pytest.param("Asia/Baku", "2013-10-27T04:00:00+05:00", "2013-10-27", id="Baku, 04:00 twice, the first"),
        pytest.param("Asia/Baku", "2013-10-27T04:00:00+04:00", "2013-10-27", id="Baku, 04:00 twice, the second"),
        pytest.param("Asia/Hong_Kong", "1952-11-02T03:59:59+09:00", "1952-11-01", id="Hong Kong, before"),
        pytest.param("Asia/Hong_Kong", "1952-11-02T04:00:00+09:00", "1952-11-02", id="Hong Kong, from"),
        pytest.param("Asia/Hong_Kong", "1952-11-02T03:30:00+08:00", "1952-11-02", id="Hong Kong, put back over 04:00"),
        pytest.param("Pacific/Kwajalein", "1969-09-30T01:00:00-12:00", "1969-09-30", id="Kwajalein, put back 23 hours"),
        pytest.param("Antarctica/Casey", "2018-10-07T03:59:59+08:00", "2018-10-06", id="Casey, three hours, before"),
        pytest.param("Antarctica/Casey", "2018-10-07T07:00:00+11:00", "2018-10-07", id="Casey, three hours, from"),
    ],
)
def test_the_study_day_ends_at_four_by_the_learners_clock(zone: str, instant: str, day: str) -> None:
    now = datetime.fromisoformat(instant)
    assert now.astimezone(ZoneInfo(zone)).utcoffset() == now.utcoffset(), "the clock there shows another time"
    assert study_day(now, ZoneInfo(zone)) == date.fromisoformat(day)
    assert study_day(now.astimezone(UTC), ZoneInfo(zone)) == date.fromisoformat(day)


def test_a_time_without_a_zone_has_no_study_day() -> None:
    with pytest.raises(ValueError, match="must be aware"):
        study_day(datetime(2024, 6, 1, 12), UTC)


def test_the_study_day_begins_at_four() -> None:
    assert time(4) == DAY_BEGINS
    assert day_begins(date(2024, 6, 1), ZoneInfo("Asia/Beirut")) == datetime(2024, 6, 1, 1, tzinfo=UTC)
    assert day_begins(date(2024, 6, 1), ZoneInfo("Asia/Beirut")).tzinfo is UTC
    assert day_begins(date(2024, 6, 1), timezone(timedelta(hours=-5))) == datetime(2024, 6, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "shown"),
    [
        pytest.param("Asia/Baku", "2013-03-31", "2013-03-31T05:00:00+05:00", id="Baku, 04:00 skipped"),
        pytest.param("Asia/Baku", "2013-10-27", "2013-10-27T04:00:00+05:00", id="Baku, 04:00 twice"),
        pytest.param("Asia/Hong_Kong", "1952-11-02", "1952-11-02T04:00:00+09:00", id="Hong Kong, put back over 04:00"),
        pytest.param("Asia/Hong_Kong", "1973-12-30", "1973-12-30T04:30:00+09:00", id="Hong Kong, put forward over it"),
        pytest.param("Antarctica/Casey", "2018-10-07", "2018-10-07T07:00:00+11:00", id="Casey, three hours"),
        pytest.param("Antarctica/Vostok", "1994-11-01", "1994-11-01T07:00:00+07:00", id="Vostok, seven hours"),
        pytest.param("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00", id="Apia, the missing date"),
        pytest.param("Pacific/Apia", "2011-12-31", "2011-12-31T04:00:00+14:00", id="Apia, after it"),
    ],
)
def test_the_study_day_begins_when_the_clock_first_shows_four_or_later(zone: str, day: str, shown: str) -> None:
    begins = day_begins(date.fromisoformat(day), ZoneInfo(zone))
    assert begins == datetime.fromisoformat(shown)
    assert begins.astimezone(ZoneInfo(zone)).isoformat() == shown


ZONES = [
    "America/New_York",
    "Antarctica/Casey",
    "Antarctica/Troll",
    "Asia/Baku",
    "Asia/Beirut",
    "Asia/Damascus",
    "Asia/Hong_Kong",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Kwajalein",
    "UTC",
]


@pytest.mark.parametrize("name", ZONES)
def test_a_study_day_begins_where_the_one_before_ends(name: str) -> None:
    """On every day near a change of the clock, and the date that is missing has a short study day too."""
    zone = ZoneInfo(name)
    for day in near_changes(zone):
        begins = day_begins(day, zone)
        assert study_day(begins, zone) == day
        assert study_day(begins - MICROSECOND, zone) == day - DAY


def near_changes(zone: ZoneInfo) -> list[date]:
    """The days on which the clock is changed, and those beside them, from 1946 to 2030."""
    noons = [datetime(1946, 1, 1, 12, tzinfo=UTC) + days * DAY for days in range(31_000)]
    offsets = [noon.astimezone(zone).utcoffset() for noon in noons]
    changes = [noon for noon, one, other in zip(noons, offsets, offsets[1:], strict=False) if one != other]
    return [noon.date() + shift * DAY for noon in changes or noons[:3] for shift in (-1, 0, 1, 2)]


@given(st.sampled_from(ZONES), st.datetimes(datetime(1946, 1, 1), datetime(2040, 1, 1)), st.integers(0, 200_000))
def test_the_study_day_never_goes_back(name: str, naive: datetime, seconds: int) -> None:
    zone, now = ZoneInfo(name), naive.replace(tzinfo=UTC)
    day, later = study_day(now, zone), study_day(now + timedelta(seconds=seconds), zone)
    assert day <= later
    assert day_begins(day, zone) <= now < day_begins(day + DAY, zone)
