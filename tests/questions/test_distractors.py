"""Wrong answers: which days and places may stand beside the right one, and how the rank of the right one is drawn."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.questions.asking import DateAsking
from quiz.questions.chronicle import Chronicle
from quiz.questions.distractors import by_rank, prefer, wrong_days
from quiz.questions.facts import ClaimFact, EventFact
from tests.questions.builders import chronicle, claim, event, frame

DAY = timedelta(days=1)


def days_for(told: Chronicle, key: str = "e") -> tuple[list[date], list[date]]:
    how = told.dates[key]
    assert isinstance(how, DateAsking)
    return wrong_days(told, told.events[key], how)


def offered(*claims: ClaimFact | str, others: tuple[EventFact, ...] = ()) -> set[date]:
    """All wrong days for an event with these claims, in a chronicle with room at both ends."""
    before, after = days_for(chronicle(event("e", *claims, at="qara"), *others, *frame()))
    return {*before, *after}


def around(first: str, last: str = "", reach: int = 21) -> set[date]:
    """All days from `reach` days before the first to as many after the last."""
    low, high = date.fromisoformat(first), date.fromisoformat(last or first)
    return {low + n * DAY for n in range(-reach, (high - low).days + reach + 1)}


# --- Days ---------------------------------------------------------------------------------------


def test_wrong_days_lie_from_two_to_21_days_away() -> None:
    assert offered("2014-01-15") == around("2014-01-15") - around("2014-01-15", reach=1)


def test_wrong_days_come_nearest_first_on_either_side() -> None:
    before, after = days_for(chronicle(event("e", "2014-01-15"), *frame()))
    assert before == [date(2014, 1, 15) - n * DAY for n in range(2, 22)]
    assert after == [date(2014, 1, 15) + n * DAY for n in range(2, 22)]


def test_wrong_days_keep_two_days_from_every_accepted_day() -> None:
    span = ("2014-01-14", "2014-01-16")
    assert offered("/".join(span)) == around(*span) - around(*span, reach=1)


@pytest.mark.parametrize(
    "changes",
    [{"stance": "doubts"}, {"stance": "denies"}, {"stance": "predicted"}, {"overtaken": True}],
)
def test_wrong_days_keep_two_days_from_claims_that_do_not_vouch(changes: dict[str, object]) -> None:
    other = claim("2014-01-25", "003", **changes)
    mine = around("2014-01-15") - around("2014-01-15", reach=1)
    assert offered("2014-01-15", other) == mine - around("2014-01-25", reach=1)


def test_wrong_days_keep_two_days_from_an_uncertain_claim() -> None:
    mine = around("2014-01-15") - around("2014-01-15", reach=1)
    assert offered("2014-01-15", claim("2014-01-15~", "003")) == mine - around("2014-01-15", reach=3)


def test_a_claim_without_a_lower_bound_bars_all_days_before_it() -> None:
    days = offered("2014-01-15", claim("[..2014-01-18]", "003"))
    assert days == {date(2014, 1, 15) + n * DAY for n in range(5, 22)}


def test_no_wrong_day_lies_outside_the_chronicle() -> None:
    told = chronicle(event("e", "2014-01-15"), *frame("2014-01-12", "2014-01-18"))
    assert days_for(told) == ([date(2014, 1, 13), date(2014, 1, 12)], [date(2014, 1, 17), date(2014, 1, 18)])


def similar(**changes: object) -> EventFact:
    """The same thing at the same place, five days later."""
    return event("again", "2014-01-20", at="qara", **changes)


def test_the_days_of_a_similar_act_at_that_place_are_not_offered() -> None:
    alone = offered("2014-01-15")
    assert alone - offered("2014-01-15", others=(similar(),)) == {date(2014, 1, 20)}


def test_an_act_of_nobody_named_is_similar_as_well() -> None:
    assert date(2014, 1, 20) not in offered("2014-01-15", others=(similar(sides=()),))


@pytest.mark.parametrize("kind", ["recapture", "entry", "advance"])
def test_other_steps_of_gaining_a_place_are_similar_to_its_capture(kind: str) -> None:
    assert date(2014, 1, 20) not in offered("2014-01-15", others=(similar(kind=kind),))


@pytest.mark.parametrize("changes", [{"kind": "shelling"}, {"kind": "withdrawal"}, {"sides": ["opposition"]}])
def test_the_days_of_another_kind_of_act_or_another_side_are_offered(changes: dict[str, object]) -> None:
    assert offered("2014-01-15", others=(similar(**changes),)) == offered("2014-01-15")


def test_the_days_of_the_same_act_elsewhere_are_offered() -> None:
    elsewhere = event("again", "2014-01-20", at="rima")
    assert offered("2014-01-15", others=(elsewhere,)) == offered("2014-01-15")


def test_days_of_a_perhaps_same_event_are_not_offered() -> None:
    told = event("e", "2014-01-15", at="qara", twins=["f"])
    twin = event("f", "2014-01-20", kind="shelling", twins=["e"])
    story = chronicle(told, twin, *frame())
    asked = chronicle(event("alone", "2014-01-15"), *frame()).dates["alone"]
    assert isinstance(asked, DateAsking)
    before, after = wrong_days(story, story.events["e"], asked)
    gone = {date(2014, 1, n) for n in (19, 20, 21)}
    assert {*before, *after} == around("2014-01-15") - around("2014-01-15", reach=1) - gone


# --- The rank of the key --------------------------------------------------------------------------


def test_each_rank_is_drawn_about_as_often_where_all_are_possible() -> None:
    rng = Random(1)
    draws = [by_rank(rng, "abcdef", "uvwxyz", 3) for _ in range(2000)]
    ranks = Counter(len(drawn[0]) for drawn in draws if drawn)
    assert set(ranks) == {0, 1, 2, 3}
    assert all(430 <= count <= 570 for count in ranks.values()), ranks


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 4), st.integers())
def test_a_draw_gives_so_many_items_of_both_sides_or_nothing(before: int, after: int, count: int, seed: int) -> None:
    ones, others = list(range(before)), list(range(10, 10 + after))
    drawn = by_rank(Random(seed), ones, others, count)
    if before + after < count:
        assert drawn is None
    else:
        assert drawn is not None
        assert len(drawn[0]) + len(drawn[1]) == count == len({*drawn[0], *drawn[1]})
        assert set(drawn[0]) <= set(ones)
        assert set(drawn[1]) <= set(others)


def test_a_rank_that_the_items_do_not_allow_is_not_drawn() -> None:
    draws = [by_rank(Random(seed), "a", "xyz", 3) for seed in range(60)]
    assert {len(drawn[0]) for drawn in draws if drawn} == {0, 1}


def test_good_items_are_preferred_and_both_sorts_come_in_a_random_order() -> None:
    draws = [prefer(Random(seed), range(10), lambda n: n % 2 == 0, 7) for seed in range(40)]
    assert all(set(drawn[:5]) == {0, 2, 4, 6, 8} and len(set(drawn)) == 7 for drawn in draws)
    assert len({tuple(drawn[:5]) for drawn in draws}) > 20
    assert {n for drawn in draws for n in drawn[5:]} == {1, 3, 5, 7, 9}
