"""Put events in order: every pair is strictly ordered, and the order shown first gives nothing away."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.chronology import Interval
from quiz.questions import ordering
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.marking import Answer, mark
from quiz.questions.question import Facet, Mode, Question, Shape
from tests.questions.builders import chronicle, claim, event

SEEDS = range(120)


def ask(told: Chronicle, seed: int = 1, key: str = "a") -> Question:
    made = make(told, "order", key, seed)
    assert isinstance(made, Question), made
    return made


def week(*days: str) -> Chronicle:
    """Events a, b, c … on these days."""
    return chronicle(*(event(chr(97 + n), day) for n, day in enumerate(days)))


def right(made: Question) -> list[str]:
    return [made.options[n].event for n in made.key]


FOUR = week("2013-11-19", "2013-11-20", "2013-11-21", "2013-11-22")


def test_four_events_are_shown_and_the_key_puts_them_in_order() -> None:
    made = ask(FOUR)
    assert (made.kind, made.shape, made.facet, made.mode) == ("order", Shape.ORDER, Facet.SEQUENCE, Mode.PLAIN)
    assert (made.id, made.events) == ("order/a/b/c/d", ("a", "b", "c", "d"))
    assert made.stem == "In which order did these happen, from the earliest to the latest?"
    assert sorted(made.key) == [0, 1, 2, 3]
    assert right(made) == ["a", "b", "c", "d"]
    assert made.key_text.startswith("Government forces captured the a post (19 November 2013); Government forces")
    assert {option.note for option in made.options} == {FOUR.story_line(key) for key in "abcd"}
    assert len(made.citations) == 4


def test_the_event_asked_about_comes_first_among_the_events_and_in_the_name() -> None:
    made = ask(FOUR, key="c")
    assert (made.id, made.events) == ("order/c/a/b/d", ("c", "a", "b", "d"))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_start_is_neither_right_nor_one_swap_away(seed: int) -> None:
    shown = [option.event for option in ask(FOUR, seed).options]
    assert sum(one != other for one, other in zip(shown, "abcd", strict=True)) > 2
    for i, j in combinations(range(4), 2):
        swapped = list(shown)
        swapped[i], swapped[j] = swapped[j], swapped[i]
        assert swapped != ["a", "b", "c", "d"]


def test_every_other_start_is_shown() -> None:
    """Of 24 orders, one is right and six are one swap away."""
    assert len({tuple(option.event for option in ask(FOUR, seed).options) for seed in range(300)}) == 17


def test_the_key_is_the_one_order_that_earns_all() -> None:
    made = ask(FOUR)
    assert mark(made, Answer(order=made.key)).credit == 1.0


def days_of(interval: Interval) -> set[int]:
    assert interval.earliest
    return set(range(interval.earliest.toordinal(), interval.latest.toordinal() + 1))


FORMS = st.one_of(
    st.integers(1, 30).map(lambda d: f"2013-11-{d:02}"),
    st.tuples(st.integers(1, 29), st.integers(1, 5)).map(lambda p: f"2013-11-{p[0]:02}/2013-11-{min(30, sum(p)):02}"),
    st.integers(3, 28).map(lambda d: f"2013-11-{d:02}~"),
)


@given(st.lists(st.lists(FORMS, min_size=1, max_size=2), min_size=4, max_size=12), st.integers(0, 99))
def test_every_pair_is_in_order_on_all_days_that_any_claim_allows(stories: list[list[str]], seed: int) -> None:
    told = chronicle(
        *(
            event(f"e{n}", *(claim(text, f"00{k}", overtaken=k > 0) for k, text in enumerate(texts)))
            for n, texts in enumerate(stories)
        )
    )
    made = make(told, "order", "e0", seed)
    if isinstance(made, Question):
        days = [set().union(*map(days_of, told.events[key].intervals)) for key in right(made)]
        assert all(x < y for one, other in combinations(days, 2) for x in one for y in other)


def test_a_stated_order_stands_beside_that_of_the_days() -> None:
    told = chronicle(
        *(event(key, "2013-11-19", agents=[key]) for key in "abc"),
        event("d", "2013-11-20"),
        stated=[("c", "b"), ("b", "a")],
    )
    for seed in range(20):
        assert right(ask(told, seed)) == ["c", "b", "a", "d"]


def test_the_others_lie_at_most_60_days_away() -> None:
    near = week("2013-11-01", "2013-11-02", "2013-11-03", "2013-12-31")
    far = week("2013-11-01", "2013-11-02", "2013-11-03", "2014-01-01")
    assert (right(ask(near)), right(ask(far))) == (["a", "b", "c", "d"], ["a", "b", "c"])


def test_events_that_share_a_day_never_stand_together() -> None:
    told = week("2013-11-19", "2013-11-20", "2013-11-20", "2013-11-21", "2013-11-22")
    chosen = {tuple(right(ask(told, seed))) for seed in SEEDS}
    assert chosen == {("a", "b", "d", "e"), ("a", "c", "d", "e")}


def test_four_to_six_stand_in_an_order_where_there_are_so_many() -> None:
    told = week(*(f"2013-11-{day:02}" for day in range(1, 15)))
    assert {len(ask(told, seed, "g").options) for seed in SEEDS} == {4, 5, 6}


def test_three_stand_in_an_order_where_there_are_no_more_and_none_of_them_where_it_belongs() -> None:
    told = week("2013-11-19", "2013-11-20", "2013-11-21")
    assert {tuple(option.event for option in ask(told, seed).options) for seed in SEEDS} == {
        ("b", "c", "a"),
        ("c", "a", "b"),
    }


def test_two_events_are_too_few() -> None:
    told = week("2013-11-19", "2013-11-20", "2013-11-20")
    assert make(told, "order", "a", 1) == Refusal("too few events near it in time stand in a strict order")


def test_what_is_not_told_plainly_stands_with_its_witness() -> None:
    told = chronicle(event("a", claim("2013-11-19", voice="sohr")), event("b", "2013-11-20"), event("c", "2013-11-21"))
    made = ask(told)
    assert (made.mode, right(made)) == (Mode.ATTRIBUTED, ["a", "b", "c"])
    assert made.options[made.key[0]].text == "According to SOHR, government forces captured the a post"
    assert made.explanation == (
        "The documents give these dates: 19 November 2013, then 20 November 2013, then 21 November 2013."
    )


def test_what_may_stand_in_no_order_is_refused_with_its_reason() -> None:
    undated = chronicle(event("z", claim()), *FOUR.events.values())
    assert make(undated, "order", "z", 1) == Refusal("no claim dates it")
    assert list(KINDS["order"].pairs(undated, undated.events["z"])) == []


def test_the_pairs_are_all_two_that_may_stand_in_one_order() -> None:
    told = week("2013-11-19", "2013-11-20", "2013-11-20", "2013-11-22")
    paired = [(made.events[0], tuple(right(made))) for made in KINDS["order"].pairs(told, told.events["a"])]
    assert sorted(paired) == [
        ("a", ("a", "b")),
        ("a", ("a", "c")),
        ("a", ("a", "d")),
        ("b", ("b", "d")),
        ("c", ("c", "d")),
    ]


def test_a_sensitive_event_makes_the_question_sensitive() -> None:
    days = ["2013-11-20", "2013-11-21", "2013-11-22"]
    calm = [event(chr(98 + n), day) for n, day in enumerate(days)]
    assert ask(chronicle(event("a", "2013-11-19", sensitive=True), *calm)).sensitive
    assert not ask(FOUR).sensitive


def test_of_many_near_events_those_at_the_strides_are_taken_from_a_shift_on() -> None:
    many = "abcdefghijklmnopqrst"
    assert "".join(ordering._strided(many, 0)) == "acehlq"
    assert "".join(ordering._strided(many, 3)) == "dfhkot"
    assert "".join(ordering._strided("abcdefgh", 0)) == "aceh"
    assert "".join(ordering._strided("abcdef", 1)) == "abcdef"
