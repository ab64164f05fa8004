"""Days dealt out as options: what a set may hold, that each day in it is the key of one event, and who is left out."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quiz.questions.deals import APART, HAND, REACH, ROUNDS, Card, Deals

FIRST = date(2014, 1, 1)


def card(event: str, day: int, days: int = 1, barred: tuple[int, ...] = ()) -> Card:
    """An event so many days after New Year; days beside which it may not stand are counted alike."""
    spans = tuple((on(n), on(n)) for n in barred)
    return Card(event, on(day), on(day + days - 1), spans)


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 3)), max_size=40))
def test_a_set_holds_four_events_with_days_apart_and_within_reach(dealt: list[tuple[int, int]]) -> None:
    cards = {f"e{n}": card(f"e{n}", day, days) for n, (day, days) in enumerate(dealt)}
    deals = Deals(cards.values())
    for key in cards:
        for hand in deals.hands(key):
            days = [one.day for one in hand]
            assert len(hand) == HAND == len({one.event for one in hand})
            assert key in {one.event for one in hand}
            assert days == sorted(days)
            assert all((b - a).days >= APART for a, b in pairwise(days))
            assert (days[-1] - days[0]).days <= REACH
            assert all(cards[one.event].first <= one.day <= cards[one.event].last for one in hand)


def test_each_event_of_a_set_has_that_set() -> None:
    keys = [f"e{n}" for n in range(12)]
    deals = Deals(card(key, 3 * n) for n, key in enumerate(keys))
    hands = [hand for key in keys for hand in deals.hands(key)]
    assert hands
    assert all(hand in list(deals.hands(one.event)) for hand in hands for one in hand)


def test_a_day_barred_for_one_event_stands_in_no_set_with_it() -> None:
    deals = Deals([card("e0", 0, barred=(3,)), *(card(f"e{n}", 3 * n) for n in range(1, 7))])
    assert deals.holds("e0")
    assert all(on(3) not in {one.day for one in hand} for hand in deals.hands("e0"))


def test_what_finds_no_company_is_left_out() -> None:
    deals = Deals([card("far", 200), *(card(f"e{n}", 3 * n) for n in range(4))])
    assert (deals.holds("far"), list(deals.hands("far")), deals.draw("far", Random(1))) == (False, [], None)
    assert deals.holds("e0")
    assert len(list(deals.hands("e0"))) == ROUNDS


def test_those_left_out_of_one_round_are_dealt_in_another() -> None:
    deals = Deals(card(f"e{n}", 3 * n) for n in range(6))
    assert [deals.holds(f"e{n}") for n in range(6)] == [True] * 6


def test_the_same_events_are_dealt_alike_in_any_order() -> None:
    cards = [card(f"e{n}", 2 * n) for n in range(20)]
    one, other = Deals(cards), Deals(reversed(cards))
    assert [list(one.hands(f"e{n}")) for n in range(20)] == [list(other.hands(f"e{n}")) for n in range(20)]


def test_what_was_never_dealt_is_asked_in_a_small_share_unless_nothing_was() -> None:
    assert Deals([card("far", 200)]).alone == 1
    assert Deals([]).alone == 1
    assert Deals([card("far", 200), *(card(f"e{n}", 3 * n) for n in range(4))]).alone == 4 / 12
