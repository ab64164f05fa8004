"""Drawing a sitting: varied, none that gives another away, near the aim, and without looking at every event."""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from random import Random
from statistics import fmean
from typing import Any

import pytest

from quiz.models import Phase
from quiz.questions.chronicle import Chronicle
from quiz.questions.difficulty import expected, floor, structural
from quiz.questions.making import KINDS
from quiz.questions.question import Facet, Option, Question
from quiz.study.drawing import (
    PROBES,
    ROUNDS,
    TRIES,
    Beliefs,
    Choice,
    Drawn,
    TooFewQuestions,
    _as_they_come,
    _candidates,
    _Shuffled,
    _tried,
    assemble,
    draw,
)
from quiz.study.spoiling import SHOWING, Told
from tests import factories as make
from tests.bench.synthetic import synthetic
from tests.questions.builders import chronicle, claim, event

STORY = synthetic(240)
SEEDS = range(12)
ABLE = Beliefs(dict.fromkeys(Facet, 1.0))


def drawn(length: int = 10, seed: int = 1, beliefs: Beliefs = ABLE, **choice: Any) -> list[Drawn]:
    return draw(STORY, Choice(length, **choice), seed, beliefs)


# --- What comes in a sitting ----------------------------------------------------------------------


@pytest.mark.parametrize("aim", [None, 0.75])
def test_the_same_seed_draws_the_same_questions(aim: float | None) -> None:
    assert drawn(seed=7, aim=aim) == drawn(seed=7, aim=aim)
    assert len({tuple(one.question.id for one in drawn(seed=seed, aim=aim)) for seed in SEEDS}) == len(SEEDS)


def test_somebody_of_whom_nothing_is_known_gets_the_same_as_anybody_without_an_aim() -> None:
    assert assemble(STORY, Choice(10), 3) == [one.question for one in drawn(seed=3)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sitting_is_varied(seed: int) -> None:
    kinds = [one.question.kind for one in drawn(10, seed)]
    assert len(set(kinds)) >= 8
    assert all(one != other for one, other in pairwise(kinds))


@pytest.mark.parametrize("aim", [None, 0.6])
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_asked_that_came_up_before(seed: int, aim: float | None) -> None:
    told: set[str] = set()
    for question in (one.question for one in drawn(10, seed, aim=aim)):
        behind = {option.event for option in question.options} - {""}
        by_events = question.facet is Facet.SEQUENCE or question.kind in SHOWING
        assert told.isdisjoint({*question.events, *(behind if by_events else ())})
        told |= {*question.events, *behind}


@pytest.mark.parametrize("facet", Facet)
def test_a_facet_is_asked_alone(facet: Facet) -> None:
    asked = {one.question.facet for seed in SEEDS for one in drawn(4, seed, facet=facet)}
    assert asked == {facet}


@pytest.mark.parametrize("aim", [None, 0.75])
def test_the_kinds_chosen_are_asked_alone(aim: float | None) -> None:
    chosen = ("choose-place", "enter-date")
    kinds = [one.question.kind for one in drawn(6, kinds=chosen, aim=aim)]
    assert set(kinds) == set(chosen)
    assert aim or all(one != other for one, other in pairwise(kinds))


def test_kinds_of_another_facet_than_the_one_chosen_give_nothing() -> None:
    with pytest.raises(TooFewQuestions, match="only 0"):
        drawn(1, facet=Facet.DATE, kinds=("choose-place",))


def test_a_phase_is_asked_alone() -> None:
    asked = {one.question.event for seed in SEEDS for one in drawn(3, seed, phase=Phase(key="phase-0"))}
    assert len(asked) > 12
    assert {STORY.events[key].phase for key in asked} == {"phase-0"}


@pytest.mark.parametrize("aim", [None, 0.75])
def test_too_few_questions_say_how_many_there_are(aim: float | None) -> None:
    with pytest.raises(TooFewQuestions) as too_few:
        drawn(1, phase=Phase(key="elsewhere"), aim=aim)
    assert too_few.value.found == 0
    few = chronicle(*(event(f"e{n}", claim(f"2014-01-{n * 5 + 1:02}", locators=(str(n),))) for n in range(5)))
    with pytest.raises(TooFewQuestions) as too_few:
        draw(few, Choice(50, kinds=("enter-date",), aim=aim), 1, ABLE)
    assert too_few.value.found == 5


def test_kinds_of_which_the_options_are_events_are_named_as_they_are() -> None:
    assert set(KINDS) >= SHOWING


# --- What tells of what ---------------------------------------------------------------------------


def about(*events: str, **changes: object) -> Question:
    return make.question(events[0], events=events, options=(), **changes)


def test_an_event_that_was_asked_about_or_shown_after_a_wrong_answer_is_told() -> None:
    told = Told(chronicle(*(event(key) for key in "abcd")))
    told.add(make.question("a", options=(Option("x"), Option("y", "It was b.", event="b"))))
    assert [told.of(key) for key in "abcd"] == [True, True, False, False]
    assert [told.answers(about(*keys)) for keys in ("a", "b", "c", "cb", "cd")] == [True, True, False, True, False]


@pytest.mark.parametrize(
    ("changes", "answered"),
    [({"facet": Facet.SEQUENCE}, True), ({"kind": "happened-here", "facet": Facet.PLACE}, True), ({}, False)],
)
def test_a_question_that_chooses_among_events_is_answered_by_what_tells_of_any_of_them(
    changes: dict[str, object], answered: bool
) -> None:
    told = Told(chronicle(*(event(key) for key in "abc")))
    told.add(about("a"))
    asked = make.question("b", options=(Option("B", event="b"), Option("A", event="a")), **changes)
    assert told.answers(asked) is answered


def test_an_event_tells_of_one_that_is_perhaps_the_same_or_at_its_place_on_its_days() -> None:
    told = Told(
        chronicle(
            event("a", claim("2014-01-10", locators=("1",)), at="qara", twins={"b"}),
            event("b", claim("2014-03-10", locators=("2",)), twins={"a"}),
            event("c", claim("2014-01-20", locators=("3",)), at="qara"),
            event("d", claim("2014-01-20", locators=("4",)), at="qara", kind="visit"),
            event("e", claim("2014-01-20", locators=("5",)), at="nabk"),
        )
    )
    told.add(make.question("z", events=("e",), options=(Option("x", event="c"), Option("y", event="a"))))
    assert {key: told.answers(about(key)) for key in "bd"} == {"b": True, "d": True}


def test_a_sentence_tells_of_its_other_events_where_it_is_cited_only() -> None:
    story = chronicle(*(event(key, claim(f"2014-01-{n}0", locators=("the same",))) for n, key in ((1, "a"), (2, "b"))))
    told = Told(story)
    told.add(make.question("z", events=(), options=(Option("x", event="a"),)))
    assert not told.answers(about("b"))
    told.add(about("a"))
    assert told.answers(about("b"))


def test_an_infobox_does_not_tie_events_to_each_other() -> None:
    story = chronicle(*(event(key, claim(f"2014-01-{n}0", infobox=True)) for n, key in ((1, "a"), (2, "b"))))
    told = Told(story)
    told.add(about("a"))
    assert not told.answers(about("b"))


# --- How hard it is -------------------------------------------------------------------------------


def test_what_is_drawn_comes_with_its_difficulty_and_what_to_expect_of_the_learner() -> None:
    moved = {(key, kind): 0.5 for key in STORY.events for kind in KINDS}
    beliefs = Beliefs({Facet.DATE: -1.0}, lambda _: moved)
    for one in drawn(10, beliefs=beliefs):
        difficulty = structural(STORY, one.question)
        ability = -1.0 if one.question.facet is Facet.DATE else 0.0
        assert one.difficulty == difficulty
        assert one.expected == expected(ability, difficulty + 0.5, floor(one.question))
        assert not one.probe


def test_beliefs_about_items_are_asked_for_once_and_with_an_aim_a_few_times() -> None:
    def looked_up(aim: float | None) -> int:
        asked: list[set[str]] = []

        def shifts(keys: Iterable[str]) -> Mapping[tuple[str, str], float]:
            asked.append(set(keys))
            return {}

        drawn(10, beliefs=Beliefs({}, shifts), aim=aim)
        return len(asked)

    assert (looked_up(None), looked_up(0.75)) == (1, 2)


@cache
def chosen(aim: float, *, probes: bool) -> list[float]:
    """The credits expected in a number of sittings, of the questions chosen or of the probes."""
    return [one.expected for seed in range(20) for one in drawn(10, seed, aim=aim) if one.probe is probes]


@pytest.mark.parametrize(("aim", "off"), [(0.9, 0.07), (0.75, 0.02), (0.5, 0.06)])
def test_a_sitting_with_an_aim_comes_near_it(aim: float, off: float) -> None:
    assert fmean(chosen(aim, probes=False)) == pytest.approx(aim, abs=off)


def test_about_one_question_in_ten_is_a_probe_which_no_aim_colours() -> None:
    easy, hard = chosen(0.95, probes=True), chosen(0.4, probes=True)
    assert 0.5 * PROBES < len(easy) / 200 < 1.6 * PROBES
    assert len(easy) == len(hard)
    assert fmean(easy) == pytest.approx(fmean(hard), abs=0.08)
    assert fmean(chosen(0.95, probes=False)) - fmean(chosen(0.4, probes=False)) > 0.3


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sitting_with_an_aim_is_varied_too(seed: int) -> None:
    asked = drawn(10, seed, aim=0.75)
    assert all(a.question.kind != b.question.kind for a, b in pairwise(asked) if not b.probe)
    assert len({one.question.kind for one in asked}) >= 5


def test_an_item_that_proved_hard_is_left_out_where_easy_ones_are_wanted() -> None:
    easy = drawn(10, aim=0.9)
    moved = {(one.question.event, one.question.kind): 4.0 for one in easy if not one.probe}
    again = drawn(10, aim=0.9, beliefs=Beliefs(ABLE.abilities, lambda _: moved))
    kept = {(one.question.event, one.question.kind) for one in again if not one.probe} & set(moved)
    assert kept == set()


# --- Without looking at every event ---------------------------------------------------------------


class Counting(tuple[str, ...]):
    """Keys that count how often one is looked at."""

    looked = 0

    def __getitem__(self, at):  # type: ignore[no-untyped-def, override]
        self.looked += 1
        return super().__getitem__(at)


def test_shuffled_keys_are_all_the_keys_in_another_order() -> None:
    keys = [f"e{n}" for n in range(200)]
    queue = _Shuffled(keys, Random(1))
    found = [queue.pop() for _ in range(200)]
    assert sorted(found) == sorted(keys)
    assert found != keys
    assert len(queue) == 0
    with pytest.raises(ValueError, match="empty range"):
        queue.pop()


def test_every_order_of_shuffled_keys_is_as_likely() -> None:
    counts: dict[str, int] = {}
    for seed in range(2400):
        queue = _Shuffled("abc", Random(seed))
        order = queue.pop() + queue.pop() + queue.pop()
        counts[order] = counts.get(order, 0) + 1
    assert len(counts) == 6
    assert all(330 < count < 470 for count in counts.values()), counts


def test_few_of_many_keys_are_looked_at() -> None:
    keys = Counting(f"e{n}" for n in range(100_000))
    queue = _Shuffled(keys, Random(1))
    found = {queue.pop() for _ in range(50)}
    assert len(found) == 50
    assert keys.looked <= 100


def test_a_kind_that_asks_nothing_passes_its_turn() -> None:
    silent: Chronicle = chronicle(*(event(f"e{n}", told_only=True) for n in range(TRIES + 10)))
    queue = _Shuffled(silent.keys, Random(1))
    assert _tried(silent, "enter-date", queue, Told(silent), Random(1)) is None
    assert len(queue) == 10
    assert _tried(silent, "enter-date", queue, Told(silent), Random(1)) is None
    assert len(queue) == 0


def test_a_rare_question_is_found_wherever_it_stands() -> None:
    silent = [event(f"e{n}", "2014-01-01", told_only=True) for n in range(3 * TRIES)]
    story = chronicle(*silent, event("rare", "2014-02-02"))
    for seed in SEEDS:
        asked = draw(story, Choice(1, kinds=("enter-date", "choose-place")), seed, Beliefs())
        assert [one.question.event for one in asked] == ["rare"]


def test_a_kind_that_leaves_out_much_by_chance_fills_a_sitting_from_later_rounds() -> None:
    """One round alone draws less than so many: what it left out by chance comes with another seed."""
    first = next(n for n in range(1, 200) if not _fills(n, rounds=1))
    assert _fills(first, rounds=ROUNDS)


def _fills(length: int, rounds: int) -> bool:
    told, rng = Told(STORY), Random(5)
    found = list(_as_they_come(_candidates(STORY, STORY.keys, ["who-reports"], told, rng, rounds), told, length))
    return len(found) == length
