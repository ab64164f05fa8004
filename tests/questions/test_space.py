"""What is judged over all questions of a kind: bounds, bots, ranks, balance; each must be seen to fail."""

from dataclasses import replace
from math import comb

import pytest

from quiz.questions.proving.space import (
    RARE,
    Balance,
    Rate,
    Spread,
    balances,
    binomial_bound,
    chi_square_tail,
    counts,
    guessing,
    spreads,
)
from quiz.questions.question import Question, Shape
from tests.questions.test_bots import DAYS, asked, pins, question


def rated(questions: list[Question]) -> dict[str, Rate]:
    return {rate.bot: rate for rate in guessing(questions)}


# --- Bounds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "p"), [(1, 0.5), (10, 0.25), (12, 1 / 3), (60, 0.25), (200, 0.5)])
def test_the_binomial_bound_is_the_least_that_chance_hardly_passes(n: int, p: float) -> None:
    hits = round(binomial_bound(n, p) * n)

    def above(least: int) -> float:
        return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(least + 1, n + 1))

    assert above(hits) <= RARE < above(hits - 1)


def test_the_binomial_bound_at_its_ends() -> None:
    assert binomial_bound(0, 0.5) == 0
    assert binomial_bound(10, 0.0) == 0
    assert binomial_bound(10, 1.0) == 1
    assert binomial_bound(1, 0.0001) == 0


@pytest.mark.parametrize(
    ("freedom", "statistic"), [(1, 10.828), (2, 13.816), (3, 16.266), (4, 18.467), (5, 20.515), (9, 27.877)]
)
def test_the_tail_of_chi_square_is_that_of_the_tables(freedom: int, statistic: float) -> None:
    assert chi_square_tail(statistic, freedom) == pytest.approx(0.001, rel=1e-3)


# --- Guessing -----------------------------------------------------------------------------------


def even(events: int, size: int = 4) -> list[Question]:
    """Dates of which each rank is the key equally often; no option is longer than another."""
    days = [f"{10 + 2 * n} May 2014" for n in range(size)]
    return [asked(f"e{n}", *days, key=n % size) for n in range(events)]


def test_bots_gain_nothing_where_the_keys_are_even() -> None:
    rates = guessing(even(400))
    assert {rate.bot for rate in rates} == {
        "first", "last", "middle", "lower middle", "upper middle", "most frequent", "most frequent date", "median date",
    }  # fmt: skip
    assert [rate for rate in rates if rate.fails] == []
    first = rated(even(400))["first"]
    assert first == Rate("kind", "first", 400, 400, 400, 0.25, 0.25, pytest.approx(0.3175))


@pytest.mark.parametrize(
    ("texts", "key", "bot"),
    [
        (DAYS, 0, "first"),
        (DAYS, 3, "last"),
        (DAYS, 3, "loneliest date"),
        (DAYS, 1, "lower middle"),
        (DAYS, 2, "upper middle"),
        (("a", "b", "c"), 1, "middle"),
        (("a", "bbbb", "c"), 1, "longest"),
        (("aaa", "b", "ccc"), 1, "shortest"),
        (("Qara", "When it was", "Flita"), 1, "most similar to the stem"),
        (("rebels took", "shells", "rebels left"), 1, "odd wording out"),
        (("Left", "According to SOHR, left", "Came"), 1, "attributed"),
        (("Left", "Came", "Not settled"), 2, "not settled"),
        (("Qara", "Flita"), 0, "most frequent"),
        (DAYS, 2, "most frequent date"),
        (DAYS, 2, "median date"),
    ],
)
def test_a_key_that_can_be_guessed_is_found_out(texts: tuple[str, ...], key: int, bot: str) -> None:
    found = rated([asked(f"e{n}", *texts, key=key) for n in range(60)])
    assert found[bot].hits == 1
    assert found[bot].fails


def test_a_pin_in_the_middle_is_found_out() -> None:
    where = [(34.0, 36.0), (34.1, 36.0), (34.15, 36.0), (35.0, 36.0)]
    central = rated([pins(*where, key=1, events=(f"e{n}",)) for n in range(60)])
    lonely = rated([pins(*where, key=3, events=(f"e{n}",)) for n in range(60)])
    assert central["most central pin"].fails
    assert lonely["loneliest pin"].fails


def test_a_tie_earns_its_share_and_a_bot_without_a_clue_guesses_blindly() -> None:
    tied = [asked("e", "aa", "bb", "c", key=0), asked("f", "aa", "bb", "cc", key=0)]
    longest = rated(tied)["longest"]
    assert longest.hits == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert (longest.said, longest.questions, longest.events) == (1, 2, 2)


def test_each_question_counts_once() -> None:
    often = [asked("e", *DAYS, key=0)] * 9 + [asked("f", *DAYS, key=1)]
    assert rated(often)["first"].hits == 0.9
    assert rated(often)["first"].events == 2


def test_few_events_are_held_to_the_binomial_bound_and_many_to_the_margin() -> None:
    assert rated(even(8))["first"].bound == binomial_bound(8, 0.25)
    assert rated(even(20_000))["first"].bound == pytest.approx(0.28)


def order(key: tuple[int, ...], event: str) -> Question:
    shown = question("a", "bb", "ccc", "dddd", shape=Shape.ORDER, events=(event,))
    return replace(shown, key=key)


def test_orders_earn_credit_and_are_held_against_blind_ones() -> None:
    rates = rated([order((3, 2, 1, 0), f"e{n}") for n in range(40)])
    assert {bot: rate.hits for bot, rate in rates.items()} == {
        "as shown": 0,
        "reversed": 1,
        "shortest first": 0,
        "longest first": 1,
    }
    assert {bot for bot, rate in rates.items() if rate.fails} == {"reversed", "longest first"}
    # Of the 24 orders of four, 1 has all 6 pairs right, 3 have 5, 5 have 4; the others earn nothing.
    assert rates["reversed"].chance == pytest.approx((1 + 3 * 2 / 3 + 5 / 3) / 24)


# --- Spread -----------------------------------------------------------------------------------


def test_even_ranks_pass_and_uneven_ones_fail() -> None:
    assert spreads(even(40)) == [Spread("kind of 4", 40, (0.25, 0.25, 0.25, 0.25), pytest.approx(1))]
    skewed = [*even(40), *(asked(f"f{n}", *DAYS, key=0) for n in range(20))]
    (spread,) = spreads(skewed)
    assert spread.fails
    assert spread.ranks == pytest.approx((0.5, 1 / 6, 1 / 6, 1 / 6))


def test_ranks_are_counted_for_each_number_of_answers() -> None:
    assert [one.kind for one in spreads([*even(4), *even(3, size=3)])] == ["kind of 3", "kind of 4"]
    assert spreads([question(shape=Shape.DAY, days=("2014-05-01", "2014-05-01"))]) == []


def test_wrong_dates_on_both_sides_pass_and_on_one_side_fail() -> None:
    assert balances(even(400)) == [Balance("kind", 400, 0.5, pytest.approx(0.0614, abs=1e-4))]
    (early,) = balances([asked(f"e{n}", *DAYS, key=n % 2) for n in range(400)])
    assert early.before == pytest.approx(1 / 6)
    assert early.fails


def test_dates_out_of_order_and_other_answers_have_no_before_and_after() -> None:
    assert balances([asked("e", *DAYS[::-1], key=0), asked("f", "Qara", "Flita", key=0)]) == []


def test_answers_are_counted() -> None:
    asked_for = [*even(3), *even(2, size=3), question(shape=Shape.DAY, days=("2014-05-01", "2014-05-01"))]
    assert list(counts(asked_for)) == [("kind", 0, 1), ("kind", 3, 2), ("kind", 4, 3)]
