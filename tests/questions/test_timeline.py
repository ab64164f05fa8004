"""Runs along the timeline: a line grows by one event after the other, and no gap is a better guess than another."""

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.marking import Answer, mark
from quiz.questions.proving.bots import BOTS
from quiz.questions.proving.space import binomial_bound
from quiz.questions.question import Facet, Mode, Question, Shape
from quiz.questions.timeline import LOOKED_AT, MOST_STEPS, TooFewEvents, _distances, run
from tests.bench.synthetic import synthetic
from tests.questions.builders import chronicle, claim, event

SEEDS = range(40)
STORY = synthetic(440)


def on(key: str, day: str, voice: str = "", **changes: Any) -> EventFact:
    """An event that a sentence of its own dates, done by people of its own."""
    kinds = {"agents": [key], "kind": f"{key} kind"}
    return event(key, claim(day, locators=(key,), voice=voice), **(kinds | changes))


def spaced(count: int, days: int = 20, **changes: Any) -> list[EventFact]:
    """Events a, b, c … so many days apart."""
    first = date(2013, 9, 1)
    return [on(chr(97 + n), (first + timedelta(days=days * n)).isoformat(), **changes) for n in range(count)]


TWELVE = chronicle(*spaced(12))


def ask(told: Chronicle = TWELVE, steps: int = 4, seed: int = 1, keys: Sequence[str] | None = None) -> list[Question]:
    made = run(told, told.keys if keys is None else keys, steps, Random(seed))
    assert isinstance(made, list), made
    return made


def refused(told: Chronicle, steps: int, seed: int = 1) -> TooFewEvents:
    made = run(told, told.keys, steps, Random(seed))
    assert isinstance(made, TooFewEvents), made
    return made


def drawn(told: Chronicle, steps: int, seed: int = 1) -> set[str]:
    """The events of a run."""
    return set(ask(told, steps, seed)[-1].events)


# --- Questions ------------------------------------------------------------------------------------


def test_a_question_puts_one_event_into_the_line_so_far() -> None:
    made = ask()[2]
    line = [option.event for option in made.options]
    assert (made.kind, made.shape, made.facet, made.mode) == ("insert", Shape.GAP, Facet.SEQUENCE, Mode.PLAIN)
    assert made.stem == (
        f"Where in the line of events so far does this belong: government forces captured the {made.event} post?"
    )
    assert made.id == "/".join(("timeline", made.event, *line))
    assert (made.events, made.choices) == ((made.event, *line), 4)
    assert [option.note for option in made.options] == [TWELVE.story_line(key) for key in line]
    assert not made.sensitive


@pytest.mark.parametrize("steps", range(1, MOST_STEPS + 1))
def test_each_line_holds_in_order_what_was_put_in_before(steps: int) -> None:
    for seed in SEEDS:
        made = ask(steps=steps, seed=seed)
        placed = [made[0].options[0].event, *(question.event for question in made)]
        lines = [[option.event for option in question.options] for question in made]
        assert lines == [sorted(placed[: n + 1]) for n in range(steps)]
        assert len(set(placed)) == steps + 1


@pytest.mark.parametrize("seed", SEEDS)
def test_an_event_belongs_before_the_first_that_came_later(seed: int) -> None:
    for made in ask(steps=MOST_STEPS, seed=seed):
        right = sum(option.event < made.event for option in made.options)
        assert made.key == (right,)
        assert mark(made, Answer(choice=right)).right


def gap(number: int, size: int) -> Question:
    """A question with so many events in its line, of which so many came earlier."""
    every = (made for seed in range(200) for made in ask(steps=3, seed=seed))
    return next(made for made in every if (made.key[0], len(made.options)) == (number, size))


@pytest.mark.parametrize(
    ("number", "size", "text"),
    [
        (0, 1, "Before this: government forces captured the {0} post"),
        (1, 1, "After this: government forces captured the {0} post"),
        (0, 3, "Before all of these"),
        (2, 3, "After this: government forces captured the {1} post"),
        (3, 3, "After all of these"),
    ],
)
def test_the_gap_is_told_in_words(number: int, size: int, text: str) -> None:
    made = gap(number, size)
    assert made.key_text == text.format(*(option.event for option in made.options))


@pytest.mark.parametrize(
    ("number", "size", "text"),
    [
        (0, 1, "The documents give {0} for the event after it."),
        (1, 1, "The documents give {0} for the event before it."),
        (0, 3, "The documents give {0} for the event after it."),
        (1, 3, "The documents give {0} for the event before it, and {1} for the one after it."),
        (3, 3, "The documents give {2} for the event before it."),
    ],
)
def test_of_a_line_only_the_dates_beside_the_event_are_told_with_its_own(number: int, size: int, text: str) -> None:
    made = gap(number, size)
    days = [TWELVE.date_words(option.event) for option in made.options]
    assert made.explanation == f"{TWELVE.story_line(made.event)} {text.format(*days)}"


@pytest.mark.parametrize(("number", "size", "beside"), [(0, 3, "0"), (1, 3, "01"), (3, 3, "2"), (0, 1, "0")])
def test_the_claims_of_the_event_and_of_those_beside_it_are_cited(number: int, size: int, beside: str) -> None:
    made = gap(number, size)
    assert [cited.locator for cited in made.citations] == [
        made.event,
        *(made.options[int(at)].event for at in beside),
    ]


def test_an_event_on_somebodys_word_is_told_with_it_wherever_it_stands() -> None:
    told = chronicle(on("a", "2013-11-01", voice="sohr"), on("b", "2013-12-01"))
    asked = {made.event: made for seed in SEEDS for made in ask(told, 1, seed)}
    assert {made.mode for made in asked.values()} == {Mode.ATTRIBUTED}
    assert asked["a"].stem.endswith("belong: according to SOHR, government forces captured the a post?")
    assert asked["b"].options[0].text == "According to SOHR, government forces captured the a post"


def test_a_sensitive_event_makes_all_that_show_it_sensitive() -> None:
    told = chronicle(*spaced(2), on("z", "2014-06-01", sensitive=True))
    for seed in SEEDS:
        for made in ask(told, 2, seed):
            assert made.sensitive is ("z" in made.events)


# --- Chance ---------------------------------------------------------------------------------------


def test_the_same_arguments_give_the_same_questions() -> None:
    assert ask(STORY, 5, seed=3) == ask(STORY, 5, seed=3)
    assert len({made[-1].id for made in (ask(STORY, 5, seed=seed) for seed in SEEDS)}) == len(SEEDS)


def test_another_hash_seed_changes_nothing() -> None:
    code = (
        "from random import Random; from quiz.questions.timeline import run; from tests.bench.synthetic import "
        "synthetic; s = synthetic(120); print([q.id for n in range(9) for q in run(s, s.keys, 6, Random(n))])"
    )
    root = Path(__file__).resolve().parents[2]
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


RUNS = [ask(STORY, MOST_STEPS, seed) for seed in range(300)]


@pytest.mark.parametrize("bot", ["first", "middle", "lower middle", "upper middle", "last"])
@pytest.mark.parametrize("step", range(MOST_STEPS))
def test_a_guess_by_the_place_of_a_gap_gains_nothing_in_any_step(bot: str, step: int) -> None:
    asked = [made[step] for made in RUNS]
    picks = [(question, BOTS[bot](question)) for question in asked]
    hits = [len(picked & {*question.key}) / len(picked) for question, picked in picks if picked]
    chance = 1 / (step + 2)
    assert not hits or sum(hits) / len(hits) <= max(chance + 0.03, binomial_bound(len(RUNS), chance))


def test_each_rank_is_drawn_about_as_often_in_each_step() -> None:
    for step in range(MOST_STEPS):
        ranks = Counter(made[step].key[0] for made in RUNS)
        even = len(RUNS) / (step + 2)
        assert sorted(ranks) == list(range(step + 2))
        assert all(abs(count - even) < 4 * even**0.5 for count in ranks.values()), ranks


def test_the_rank_of_an_event_does_not_depend_on_the_one_before() -> None:
    both = Counter((made[0].key[0], made[1].key[0]) for made in RUNS)
    assert len(both) == 6
    assert all(25 <= count <= 80 for count in both.values()), both


def test_of_a_busy_day_and_a_quiet_one_either_is_asked_as_often() -> None:
    told = chronicle(*(on(key, "2013-11-01") for key in "abcdefghijk"), on("z", "2014-02-01"))
    later = sum(ask(told, 1, seed)[0].event == "z" for seed in range(200))
    assert 70 <= later <= 130


def test_where_rules_are_loosened_the_order_is_left_to_chance_as_well() -> None:
    told = chronicle(*spaced(3, agents=["army"]))
    asked = Counter(tuple(made.event for made in ask(told, 2, seed)) for seed in range(120))
    assert len(asked) == 6
    assert min(asked.values()) >= 8


# --- Which events ---------------------------------------------------------------------------------


def test_every_two_events_are_in_order_and_no_steps_of_one_fight() -> None:
    for made in RUNS[:100]:
        assert all(STORY.sequence.strict(one, other) for one, other in combinations(made[-1].events, 2))


@pytest.mark.parametrize(
    "other",
    [
        on("b", "2013-11-01"),
        on("b", "2013-10-25/2013-11-03"),
        on("b", "[..2013-12-31]"),
        on("b", "2013-12-01", twins=["a"]),
        on("b", "2013-12-01", clause="government forces captured the a post"),
        on("b", "2013-12-01", clause="government forces recaptured the b post"),
        on("b", "2013-12-01", clause="government forces captured a second post"),
        on("b", "2013-12-01", clause="government forces took what they took in May"),
        on("b", "2013-12-01", clause="government forces " + "and others " * 20 + "captured the b post"),
        on("b", "2013-12-01", told_only=True),
        event("b", claim("2013-12-01", locators=("a",))),
        event("b", claim(locators=("b",))),
    ],
)
def test_two_that_may_not_stand_together_are_no_run(other: EventFact) -> None:
    told = chronicle(on("a", "2013-11-01"), other)
    assert refused(told, 1) == TooFewEvents(
        "too few of these events stand in a strict order: no steps are possible", possible=0
    )


def test_steps_of_one_fight_are_no_run() -> None:
    fight = [on(key, day, at="qara", kind=kind) for key, day, kind in
             (("a", "2013-11-01", "attack"), ("b", "2013-12-01", "capture"))]  # fmt: skip
    assert refused(chronicle(*fight), 1).possible == 0


def test_an_order_that_words_alone_state_is_no_run() -> None:
    told = chronicle(on("a", "2013-11-01"), on("b", "2013-11-01"), stated=[("a", "b")])
    assert refused(told, 1).possible == 0


def test_sentences_of_two_documents_are_two() -> None:
    one, other = on("a", "2013-11-01"), event("b", claim("2013-12-01", "001", locators=("a",)), kind="visit")
    assert len(ask(chronicle(one, other), 1)) == 1


def test_a_box_that_two_events_stand_in_keeps_neither_out() -> None:
    boxed = [event(key, claim(day, locators=(key,)), claim(day, "001", infobox=True, locators=("box",)))
             for key, day in (("a", "2013-11-01"), ("b", "2013-12-01"))]  # fmt: skip
    assert len(ask(chronicle(*boxed), 1)) == 1


def test_two_events_of_which_one_has_no_lower_bound_stand_in_order_where_it_was_over() -> None:
    told = chronicle(on("a", "[..2013-11-01]"), on("b", "2013-12-01"))
    assert {ask(told, 1, seed)[0].key for seed in SEEDS} == {(0,), (1,)}


def test_only_the_events_among_which_it_is_drawn_are_asked() -> None:
    for seed in SEEDS:
        assert set(ask(keys=["a", "c", "c", "d"], steps=2, seed=seed)[-1].events) == {"a", "c", "d"}
    made = run(TWELVE, ["a", "c", "c"], 2, Random(1))
    assert isinstance(made, Refusal)


def test_where_there_is_enough_no_two_events_lie_on_neighbouring_days() -> None:
    told = chronicle(*spaced(26, days=1))
    for seed in SEEDS:
        assert all(ord(later) - ord(one) >= 2 for one, later in pairwise(sorted(drawn(told, 5, seed))))


def test_where_there_is_little_they_do() -> None:
    assert drawn(chronicle(*spaced(6, days=1)), 5) == set("abcdef")


@pytest.mark.parametrize(
    ("events", "size", "days"), [(12, 5, [2, 1]), (36, 3, [6, 5, 4, 3, 2, 1]), (300, 2, range(10, 0, -1))]
)
def test_how_far_they_lie_apart_depends_on_how_many_days_there_are(events: int, size: int, days: Sequence[int]) -> None:
    first = date(2013, 9, 1)
    told = chronicle(*(on(f"e{n}", (first + timedelta(days=n)).isoformat()) for n in range(events)))
    assert list(_distances(told, told.keys, size)) == list(days)


@pytest.mark.parametrize(
    "later", [{"sensitive": True}, {"day": "2014-06-01/2014-07-10"}, {"day": "[..2013-08-01]"}], ids=str
)
def test_what_would_burden_a_run_is_drawn_only_where_others_do_not_suffice(later: dict[str, Any]) -> None:
    changes = {"day": "2014-06-01"} | later
    told = chronicle(*spaced(5), on("z", **changes))
    assert not any("z" in drawn(told, 4, seed) for seed in SEEDS)
    assert drawn(told, 5) == set("abcdez")


@pytest.mark.parametrize(
    "shared",
    [{"agents": ["army"]}, {"kind": "visit"}, {"at": "qara", "clause": "the {} guests came to {{place}}"}],
    ids=["agent", "kind", "place"],
)
def test_at_most_half_of_the_events_have_one_thing_in_common_where_there_are_others(shared: dict[str, Any]) -> None:
    def changes(key: str) -> dict[str, Any]:
        return {**shared, **({"clause": shared["clause"].format(key)} if "clause" in shared else {})}

    alike = [on(key, f"2014-{n:02}-01", **changes(key)) for n, key in enumerate("uvwxyz", 6)]
    told = chronicle(*spaced(5), *alike)
    for seed in SEEDS:
        assert len(drawn(told, 5, seed) & set("uvwxyz")) <= 3
    assert max(len(drawn(told, 4, seed) & set("uvwxyz")) for seed in SEEDS) == 3
    assert drawn(chronicle(*alike), 5) == set("uvwxyz")


def test_all_events_of_a_story_come_up_and_none_in_most_runs() -> None:
    often = Counter(key for made in RUNS for key in made[-1].events)
    assert len(often) > 250
    assert max(often.values()) < 60


# --- Nothing told before ----------------------------------------------------------------------------


def test_no_text_of_an_event_is_read_before_it_is_asked() -> None:
    for made in RUNS[:60]:
        for earlier, later in combinations(made, 2):
            notes = [text for option in earlier.options for text in (option.text, option.note)]
            cited = [text for one in earlier.citations for text in (one.sentence, one.locator)]
            read = " ".join([earlier.stem, earlier.explanation, earlier.key_text, *notes, *cited]).casefold()
            assert STORY.texts[later.event].casefold() not in read
            assert later.event not in earlier.events


# --- Too few, and too many --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "told"),
    [(0, "no steps are"), (1, "no steps are"), (2, "1 step is"), (3, "2 steps are"), (9, "8 steps are")],
)
def test_too_few_events_are_refused_with_the_number_of_steps_that_are_possible(events: int, told: str) -> None:
    few = chronicle(*spaced(events))
    found = refused(few, MOST_STEPS)
    assert found.reason == f"too few of these events stand in a strict order: {told} possible"
    assert found.possible == max(0, events - 1)
    for seed in SEEDS:
        assert not found.possible or len(ask(few, found.possible, seed)) == found.possible


def test_as_many_steps_are_possible_as_events_that_do_not_overlap() -> None:
    """The long one would keep all others out."""
    told = chronicle(on("z", "2013-09-01/2014-06-01"), *spaced(6))
    assert refused(told, MOST_STEPS).possible == 5
    assert {len(ask(told, 5, seed)) for seed in SEEDS} == {5}


def test_the_longest_run_is_possible_where_all_events_are_alike() -> None:
    told = chronicle(*spaced(MOST_STEPS + 1, agents=["army"]))
    assert len(ask(told, MOST_STEPS)) == MOST_STEPS


@pytest.mark.parametrize("steps", [0, -1, MOST_STEPS + 1])
def test_a_number_of_steps_that_no_run_has_is_an_error(steps: int) -> None:
    with pytest.raises(ValueError, match=f"a run has 1 to 9 steps, not {steps}"):
        run(TWELVE, TWELVE.keys, steps, Random(1))


class Counted(Sequence[str]):
    """Keys that count how often one of them is looked at."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys, self.seen = keys, 0

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, at: Any) -> Any:
        self.seen += 1
        return self.keys[at]


def test_of_many_events_only_some_are_looked_at() -> None:
    large = synthetic(2000)
    keys = Counted(large.keys)
    assert len(ask(large, MOST_STEPS, keys=keys)) == MOST_STEPS
    assert keys.seen <= 2 * LOOKED_AT


def test_all_are_looked_at_before_a_run_is_refused() -> None:
    undated = [event(f"x{n}", claim()) for n in range(2 * LOOKED_AT)]
    told = chronicle(*undated, *spaced(4))
    assert {len(ask(told, 3, seed)) for seed in range(5)} == {3}
    assert refused(told, 4).possible == 3
