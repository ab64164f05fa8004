"""Marking: what an answer earns, for which facts, and which answers fit no question."""

from datetime import date, timedelta
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.questions.marking import (
    Answer,
    FactCredit,
    InvalidAnswer,
    Marked,
    day_credit,
    longest_run,
    mark,
    order_credit,
)
from quiz.questions.question import Facet, Mode, Option, Question, Shape

ORDERS = st.integers(2, 7).flatmap(lambda n: st.permutations(range(n)))
TWO_ORDERS = st.integers(2, 7).flatmap(lambda n: st.tuples(st.permutations(range(n)), st.permutations(range(n))))


def question(shape: Shape, **changes: object) -> Question:
    values: dict[str, object] = {
        "id": "kind/e",
        "kind": "kind",
        "shape": shape,
        "facet": Facet.DATE,
        "mode": Mode.PLAIN,
        "events": ("e",),
        "stem": "When?",
        "options": (),
        "key": (),
        "key_text": "",
        "explanation": "",
        "citations": (),
    }
    return Question(**{**values, **changes})


CHOICE = question(Shape.CHOICE, options=(Option("a"), Option("b"), Option("c")), key=(1,), events=("e", "f"))
DAY = question(Shape.DAY, days=("2014-01-14", "2014-01-16"), half_life=7.0)
ORDER = question(
    Shape.ORDER,
    facet=Facet.SEQUENCE,
    options=tuple(Option(key, event=key) for key in "wxyz"),
    key=(2, 0, 3, 1),
    events=("x", "y", "w", "z"),
)
PIN = question(Shape.PIN, facet=Facet.PLACE, options=(Option("a"), Option("b")), key=(0,))
GAP = question(
    Shape.GAP,
    facet=Facet.SEQUENCE,
    options=tuple(Option(key, event=key) for key in "xyz"),
    key=(3,),
    events=tuple("exyz"),
)
PLACE = question(Shape.PLACE, facet=Facet.PLACE, places=("qara", "yabroud"), aside=("syria",))


# --- Choices ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "credit"), [(0, 0.0), (1, 1.0), (2, 0.0)])
def test_a_choice_earns_all_or_nothing_for_each_event_it_tells_of(choice: int, credit: float) -> None:
    facts = (FactCredit("e", Facet.DATE, credit), FactCredit("f", Facet.DATE, credit))
    assert mark(CHOICE, Answer(choice=choice)) == Marked(credit, facts)
    assert mark(CHOICE, Answer(choice=choice)).right == (choice == 1)


@pytest.mark.parametrize(("choice", "credit"), [(0, 1.0), (1, 0.0)])
def test_a_pin_earns_all_or_nothing(choice: int, credit: float) -> None:
    assert mark(PIN, Answer(choice=choice)) == Marked(credit, (FactCredit("e", Facet.PLACE, credit),))


@pytest.mark.parametrize(("gap", "credit"), [(0, 0.0), (1, 0.0), (2, 0.0), (3, 1.0)])
def test_a_gap_earns_for_the_event_put_into_the_line_alone(gap: int, credit: float) -> None:
    assert mark(GAP, Answer(choice=gap)) == Marked(credit, (FactCredit("e", Facet.SEQUENCE, credit),))


@pytest.mark.parametrize(("place", "credit"), [("qara", 1.0), ("yabroud", 1.0), ("rima", 0.0)])
def test_a_typed_place_earns_all_or_nothing(place: str, credit: float) -> None:
    assert mark(PLACE, Answer(place=place)) == Marked(credit, (FactCredit("e", Facet.PLACE, credit),))


# --- Days ---------------------------------------------------------------------------------------


@given(st.integers(1, 30), st.sampled_from([3.0, 7.0]))
def test_the_credit_of_a_day_halves_with_every_half_life(days_off: int, half_life: float) -> None:
    assert day_credit(days_off, half_life) == 2 ** (-days_off / half_life)


@pytest.mark.parametrize(
    ("days_off", "half_life", "credit"),
    [(-1, 3.0, 1.0), (0, 3.0, 1.0), (3, 3.0, 0.5), (6, 3.0, 0.25), (7, 7.0, 0.5), (30, 3.0, 2**-10), (31, 7.0, 0.0)],
)
def test_golden_credits_of_days(days_off: int, half_life: float, credit: float) -> None:
    assert day_credit(days_off, half_life) == credit


@given(st.integers(-400, 400), st.integers(-400, 400))
def test_a_day_nearer_never_earns_less(one: int, other: int) -> None:
    nearer, further = sorted((abs(one), abs(other)))
    assert 0 <= day_credit(further, 3.0) <= day_credit(nearer, 3.0) <= 1


@pytest.mark.parametrize(
    ("day", "off"),
    [("2014-01-14", 0), ("2014-01-15", 0), ("2014-01-16", 0), ("2014-01-13", 1), ("2014-01-17", 1), ("2014-01-23", 7)],
)
def test_a_day_is_measured_from_the_nearest_accepted_one(day: str, off: int) -> None:
    credit = 2 ** (-off / 7)
    marked = mark(DAY, Answer(day=date.fromisoformat(day)))
    assert marked == Marked(credit, (FactCredit("e", Facet.DATE, credit),), off)
    assert marked.right == (off == 0)


@given(st.integers(0, 60))
def test_days_before_earn_as_much_as_days_after(off: int) -> None:
    before = mark(DAY, Answer(day=date(2014, 1, 14) - timedelta(days=off)))
    assert before == mark(DAY, Answer(day=date(2014, 1, 16) + timedelta(days=off)))


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_earn_nothing(day: date) -> None:
    assert mark(DAY, Answer(day=day)).credit == 0.0


# --- Orders -------------------------------------------------------------------------------------


def tau(given_order: tuple[int, ...], right: tuple[int, ...]) -> float:
    """Kendall's tau by its definition: concordant less discordant pairs over all pairs."""
    pairs = list(combinations(range(len(right)), 2))
    signs = [(given_order.index(a) - given_order.index(b)) * (right.index(a) - right.index(b)) > 0 for a, b in pairs]
    return (sum(signs) - (len(signs) - sum(signs))) / len(pairs)


@pytest.mark.parametrize("given_order", list(permutations(range(4))))
def test_the_credit_of_an_order_is_kendalls_tau_clipped_at_0(given_order: tuple[int, ...]) -> None:
    assert order_credit(given_order, ORDER.key) == pytest.approx(max(0, tau(given_order, ORDER.key)))


@given(ORDERS)
def test_the_right_order_earns_all_and_a_reversed_one_nothing(order: list[int]) -> None:
    right = tuple(order)
    assert order_credit(right, right) == 1.0
    assert order_credit(right[::-1], right) == 0.0


@given(TWO_ORDERS)
def test_only_the_right_order_earns_all_and_none_more_or_less_than_a_share(orders: tuple[list[int], list[int]]) -> None:
    one, other = map(tuple, orders)
    assert 0 <= order_credit(one, other) <= 1
    assert (order_credit(one, other) == 1) == (one == other)


@given(TWO_ORDERS)
def test_orders_measure_each_other_alike(orders: tuple[list[int], list[int]]) -> None:
    one, other = map(tuple, orders)
    assert order_credit(one, other) == order_credit(other, one) == order_credit(one[::-1], other[::-1])


@given(TWO_ORDERS, st.randoms(use_true_random=False))
def test_names_of_items_do_not_matter(orders: tuple[list[int], list[int]], rng: object) -> None:
    one, other = orders
    names = list(range(len(one)))
    rng.shuffle(names)  # type: ignore[attr-defined]
    renamed = tuple(names[i] for i in one), tuple(names[i] for i in other)
    assert order_credit(*renamed) == order_credit(tuple(one), tuple(other))


def test_each_event_of_an_order_earns_its_share_of_the_pairs_that_are_right() -> None:
    marked = mark(ORDER, Answer(order=(0, 2, 3, 1)))
    assert marked.credit == pytest.approx(2 / 3)
    assert marked.facts == (
        FactCredit("x", Facet.SEQUENCE, 1.0),
        FactCredit("y", Facet.SEQUENCE, 2 / 3),
        FactCredit("w", Facet.SEQUENCE, 2 / 3),
        FactCredit("z", Facet.SEQUENCE, 1.0),
    )


def longest_by_force(given_order: tuple[int, ...], right: tuple[int, ...]) -> int:
    """The length of the longest subsequence that both orders share, by trying all."""
    return max(
        size
        for size in range(len(right) + 1)
        for chosen in combinations(given_order, size)
        if list(chosen) == sorted(chosen, key=right.index)
    )


@given(TWO_ORDERS)
def test_the_longest_run_is_as_long_as_any_and_in_order(orders: tuple[list[int], list[int]]) -> None:
    one, other = map(tuple, orders)
    run = longest_run(one, other)
    assert len(run) == longest_by_force(one, other)
    assert list(run) == sorted(run, key=other.index) == sorted(run, key=one.index)
    assert len(set(run)) == len(run)


def test_nothing_has_no_run() -> None:
    assert longest_run((), ()) == ()


# --- I don't know; answers that fit no question ---------------------------------------------------


@pytest.mark.parametrize("asked", [CHOICE, DAY, ORDER, PIN, PLACE])
def test_i_do_not_know_earns_nothing_for_any_fact(asked: Question) -> None:
    assert Answer().unknown
    assert mark(asked, Answer()) == Marked(0.0, tuple(FactCredit(key, asked.facet, 0.0) for key in asked.events))


def test_i_do_not_know_where_an_event_belongs_tells_nothing_of_the_line() -> None:
    assert mark(GAP, Answer()) == Marked(0.0, (FactCredit("e", Facet.SEQUENCE, 0.0),))


@pytest.mark.parametrize(
    "given_answer", [Answer(choice=0), Answer(place="qara"), Answer(day=date(2014, 1, 1)), Answer(order=(0,))]
)
def test_any_answer_is_no_i_do_not_know(given_answer: Answer) -> None:
    assert not given_answer.unknown


@pytest.mark.parametrize(
    ("asked", "given_answer", "message"),
    [
        (CHOICE, Answer(choice=3), "Choose one of the answers."),
        (CHOICE, Answer(choice=-1), "Choose one of the answers."),
        (CHOICE, Answer(choice=10**400), "Choose one of the answers."),
        (CHOICE, Answer(day=date(2014, 1, 1)), "Choose one of the answers."),
        (CHOICE, Answer(order=(0, 1, 2)), "Choose one of the answers."),
        (PIN, Answer(choice=2), "Choose one of the answers."),
        (GAP, Answer(choice=4), "Choose one of the answers."),
        (GAP, Answer(choice=-1), "Choose one of the answers."),
        (PLACE, Answer(place="syria"), "Type the name of a place."),
        (PLACE, Answer(choice=0), "Type the name of a place."),
        (DAY, Answer(choice=0), "Enter a date."),
        (DAY, Answer(order=(0,)), "Enter a date."),
        (ORDER, Answer(choice=0), "Give each event its own place in the order."),
        (ORDER, Answer(order=(0, 1, 2)), "Give each event its own place in the order."),
        (ORDER, Answer(order=(0, 1, 2, 2)), "Give each event its own place in the order."),
        (ORDER, Answer(order=(0, 1, 2, 4)), "Give each event its own place in the order."),
        (ORDER, Answer(order=(0, 1, 2, 3, 3)), "Give each event its own place in the order."),
    ],
)
def test_an_answer_that_fits_no_question_is_refused(asked: Question, given_answer: Answer, message: str) -> None:
    with pytest.raises(InvalidAnswer) as refused:
        mark(asked, given_answer)
    assert str(refused.value) == message
