"""The proof of runs: what holds of them, and a planted fault for each thing that must."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.proving.runs import RUN_PROPERTIES, RUN_QUESTION_PROPERTIES
from quiz.questions.proving.space import guessing
from quiz.questions.proving.verdicts import Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Question
from quiz.questions.timeline import MOST_STEPS, TooFewEvents, _asked, run
from quiz.study.proof import runs as proving
from quiz.study.proof.drawing import Work
from quiz.study.proof.report import Row
from quiz.study.proof.runs import EACH, OWN, REFUSED, _by_group, runs
from quiz.study.proof.whole import _space_rows, world
from quiz.study.spoiling import Told
from tests.bench.synthetic import synthetic
from tests.questions.builders import chronicle, claim, event

STORY = synthetic(240)
WORLD = world(STORY)
KEYS = STORY.keys
MADE = run(STORY, KEYS, 5, Random(1))
assert isinstance(MADE, list)

Change = Callable[[list[Question]], list[Question]]


def changed(at: int, **values: Any) -> Change:
    """A run of which one question is otherwise."""
    return lambda made: [replace(one, **values) if n == at else one for n, one in enumerate(made)]


def judged(name: str, made: Sequence[Question], judge: World = WORLD, among: Sequence[str] = KEYS) -> Any:
    """What a property of runs finds."""
    (prop,) = [one for one in RUN_PROPERTIES if name in one.name]
    return prop.check(judge, made, among)


def with_event(key: str, **values: Any) -> World:
    """The world in which an event is otherwise."""
    told = replace(STORY.events[key], **values)
    return world(Chronicle([told if one.key == key else one for one in STORY.events.values()], STORY.gazetteer))


def test_sound_runs_have_every_property() -> None:
    found = runs(Work(STORY, WORLD, 1))
    assert [(row.name, row.faults) for row in found.rows if row.faults or row.empty] == []
    assert [row.name for row in found.rows[: len(OWN)]] == list(OWN)
    assert found.rows[0].checked == EACH
    assert len(found.wholes) == found.rows[2].checked > 3 * EACH
    assert {question.kind for question in found.wholes} == {"run"}


def test_two_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "EACH", 6)
    assert runs(Work(STORY, WORLD, 1), 2) == runs(Work(STORY, WORLD, 1), 1)


# --- Runs -----------------------------------------------------------------------------------------

FIRST, SECOND = MADE[0].options[0].event, MADE[0].event
LAST = MADE[-1]


def text_of(key: str) -> str:
    return STORY.texts[key]


PLANTS: dict[str, tuple[str, Change, World]] = {
    "two events whose dates overlap": (
        "strictly in order",
        lambda made: made,
        with_event(FIRST, claims=STORY.events[LAST.event].claims),
    ),
    "two events that are perhaps the same": (
        "strictly in order",
        lambda made: made,
        with_event(FIRST, twins=frozenset({LAST.event})),
    ),
    "a line that does not grow": ("each line is", changed(2, options=MADE[1].options), WORLD),
    "an event that is asked twice": ("comes once", lambda made: [*made, made[-1]], WORLD),
    "an event that stood in the line before": (
        "no event is shown",
        changed(0, options=(*MADE[0].options, LAST.options[-1], replace(LAST.options[0], event=LAST.event))),
        WORLD,
    ),
    "one perhaps the same stood in the line before": (
        "no event is shown",
        lambda made: made,
        with_event(LAST.event, twins=frozenset({FIRST})),
    ),
    "a note that tells of a later event": (
        "no text",
        changed(0, options=(replace(MADE[0].options[0], note=f"Soon {text_of(LAST.event)}."),)),
        WORLD,
    ),
    "an explanation that does": ("no text", changed(3, explanation=f"Then {text_of(LAST.event)}."), WORLD),
    "a key in words that does": ("no text", changed(3, key_text=f"Before {text_of(LAST.event)}"), WORLD),
    "a citation that does": (
        "no text",
        changed(1, citations=(replace(MADE[1].citations[0], sentence=f"Later {text_of(LAST.event)}."),)),
        WORLD,
    ),
    "two events from one sentence": (
        "no event rests",
        lambda made: made,
        with_event(FIRST, claims=STORY.events[FIRST].claims + STORY.events[LAST.event].claims[:1]),
    ),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_a_fault_planted_in_a_run_is_found_out(plant: str) -> None:
    name, change, judge = PLANTS[plant]
    assert judged(name, MADE) == []
    assert judged(name, change(list(MADE)), judge) != []


def test_a_sentence_of_a_box_is_no_common_sentence() -> None:
    boxed = replace(STORY.events[LAST.event].claims[0], infobox=True)
    judge = with_event(FIRST, claims=(*STORY.events[FIRST].claims, boxed))
    assert judged("no event rests", MADE, judge) == []


def handful(**changes: Any) -> list[EventFact]:
    """Three visits a month apart, each told in a sentence of its own."""
    return [
        event(key, claim(f"2014-{n:02}-01", locators=(key,)), **{**visit(key), "at": key, **changes})
        for n, key in enumerate("abc", 1)
    ]


def visit(key: str) -> dict[str, Any]:
    return {"kind": "visit", "agents": [key], "clause": f"the {key} guests came to {{place}}"}


def others(**changes: Any) -> list[EventFact]:
    """Six more."""
    return [event(f"x{n}", claim("2014-06-01"), **{**visit(f"x{n}"), "at": f"x{n}", **changes}) for n in range(6)]


def story(*events: EventFact) -> tuple[list[Question], World, Sequence[str]]:
    """A run of the first three of these events, the world of all, and their keys."""
    told = chronicle(*events)
    asked = [_asked(told, "b", ["a"]), _asked(told, "c", ["a", "b"])]
    return asked, world(told), told.keys


@pytest.mark.parametrize("trait", [{"agents": ["army"]}, {"at": "qara"}])
def test_one_agent_or_place_in_all_events_is_found_out_unless_it_is_in_most_there_are(trait: dict[str, Any]) -> None:
    made, judge, keys = story(*handful(**trait), *others())
    assert judged("no agent", made, judge, keys) == [f"in every event: {'army' if 'agents' in trait else 'qara'}"]
    made, judge, keys = story(*handful(**trait), *others(**trait))
    assert judged("no agent", made, judge, keys) == Skipped("most of the events to draw from share it")
    made, judge, keys = story(*handful(), *others())
    assert judged("no agent", made, judge, keys) == []


def test_a_run_of_killings_is_found_out_unless_there_is_little_else() -> None:
    made, judge, keys = story(*handful(sensitive=True), *others())
    assert judged("most events", made, judge, keys) == ["3 of 3 need a content note"]
    made, judge, keys = story(*handful(sensitive=True), *others()[:5])
    assert judged("most events", made, judge, keys) == Skipped("too few others to draw from")
    made, judge, keys = story(*handful(), *others())
    assert judged("most events", made, judge, keys) == []


# --- Questions of runs ------------------------------------------------------------------------------


def faults(question: Question, judge: World = WORLD) -> set[str]:
    """Names of the properties of a question of a run that it does not have."""
    found = {one.name: one.check(judge, question, True) for one in RUN_QUESTION_PROPERTIES}
    return {name for name, said in found.items() if said and not isinstance(said, Skipped)}


@pytest.mark.parametrize("number", range(5))
def test_a_sound_question_of_a_run_has_every_property(number: int) -> None:
    assert faults(MADE[number]) == set()


@pytest.mark.parametrize(
    ("question", "caught"),
    [
        (replace(LAST, key=((LAST.key[0] + 1) % LAST.choices,)), "exactly one is right"),
        (replace(LAST, options=LAST.options[::-1]), "exactly one is right"),
        (replace(LAST, citations=LAST.citations[:1]), "gives all claims of an event and of those beside it"),
        (replace(LAST, key_text="After all of these or so"), "tells the gap in words"),
        (replace(MADE[0], key_text="Before all of these"), "tells the gap in words"),
        (replace(LAST, stem=LAST.stem.replace(" so far", " so far in May")), "no date gives it away"),
        (replace(LAST, options=(), key=(0,)), "a line has one to nine events"),
        (replace(LAST, options=LAST.options * 2), "a line has one to nine events"),
    ],
)
def test_a_fault_planted_in_a_question_of_a_run_is_found_out(question: Question, caught: str) -> None:
    assert caught in faults(question)


def test_every_property_that_judges_a_drawn_line_judges_those_of_runs() -> None:
    reasons = {one.name: one.check(WORLD, LAST, True) for one in RUN_QUESTION_PROPERTIES}
    assert {name for name, said in reasons.items() if not isinstance(said, Skipped)} >= {
        "exactly one is right",
        "every pair is strictly in order",
        "no claim reverses a pair",
        "no pair are steps of one fight",
        "no word gives it away",
        "no date gives it away",
        "points to exactly one event",
        "says why, truly",
        "says so truly",
        "has no loaded word outside attribution",
        "has a content note exactly where one is due",
        "the mode is that of stem, events and kind",
    }


# --- Makers that go wrong ---------------------------------------------------------------------------


def always_last(told: Chronicle, keys: Sequence[str], steps: int, rng: Random) -> list[Question] | Refusal:
    """Runs whose events are asked from the earliest to the latest."""
    made = run(told, keys, steps, rng)
    if isinstance(made, Refusal):
        return made
    line = sorted(made[-1].events, key=lambda key: told.sequence.rank[key])
    return [_asked(told, line[n], line[:n]) for n in range(1, len(line))]


def one_short(told: Chronicle, keys: Sequence[str], steps: int, rng: Random) -> list[Question] | Refusal:
    made = run(told, keys, steps, rng)
    return made if isinstance(made, Refusal) else made[:-1] or made


COUNT = iter(range(10_000))


def by_the_clock(told: Chronicle, keys: Sequence[str], steps: int, _rng: Random) -> list[Question] | Refusal:
    """Runs that are drawn otherwise each time."""
    return run(told, keys, steps, Random(next(COUNT)))


def boasting(told: Chronicle, keys: Sequence[str], steps: int, rng: Random) -> list[Question] | Refusal:
    """Says that one step more is possible than is."""
    made = run(told, keys, steps, rng)
    return replace(made, possible=made.possible + 1) if isinstance(made, TooFewEvents) else made


def never_refusing(told: Chronicle, _keys: Sequence[str], steps: int, rng: Random) -> list[Question] | Refusal:
    return run(told, told.keys, steps, rng)


def test_a_run_in_which_the_last_gap_is_always_right_is_found_out() -> None:
    wholes = runs(Work(STORY, WORLD, 1), make=always_last).wholes
    ranks, _, *bots = _space_rows(wholes, guessing(wholes))
    assert len(ranks.faults) == MOST_STEPS
    assert {row.name for row in bots if row.faults} >= {"taking what is last gains nothing"}


def test_no_bot_gains_in_sound_runs_and_those_that_go_by_places_try() -> None:
    sound = runs(Work(STORY, WORLD, 1)).wholes
    rates = guessing(sound)
    assert {"first", "middle", "last"} <= {rate.bot for rate in rates if rate.kind == "run"}
    assert [row.faults for row in _space_rows(sound, rates) if row.faults] == []


@pytest.mark.parametrize(
    ("make", "name"),
    [(one_short, OWN[0]), (by_the_clock, OWN[1]), (boasting, REFUSED), (never_refusing, REFUSED)],
)
def test_a_maker_that_goes_wrong_is_found_out(make: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "EACH", 6)
    rows = {row.name: row for row in runs(Work(STORY, WORLD, 1), make=make).rows}
    assert rows[name].faults


def test_few_events_give_a_shorter_run_and_one_event_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "EACH", 6)
    few = chronicle(*handful(agents=["army"]))
    found = runs(Work(few, world(few), 1))
    varied = next(row for row in found.rows if "no agent" in row.name)
    assert (varied.checked, varied.skipped) == (0, Counter({"most of the events to draw from share it": 6}))
    assert (found.rows[0].checked, found.rows[0].skipped) == (
        6,
        Counter({"a run of fewer steps stands for one with too few events": 6}),
    )
    assert len(found.wholes) == 12
    one = chronicle(handful()[0])
    length = runs(Work(one, world(one), 1)).rows[0]
    assert (length.checked, length.skipped) == (0, Counter({"there are too few events for any run": 6}))


def test_properties_are_told_by_their_groups_with_their_names_in_the_faults() -> None:
    made = changed(4, key_text="")(list(MADE))
    rows = [Row(one.group, one.name) for one in RUN_QUESTION_PROPERTIES]
    for question in made:
        proving.judge(Work(STORY, WORLD, 1, RUN_QUESTION_PROPERTIES), rows, question, 7)
    found = {row.name: row for row in _by_group(rows)}
    feedback = found["what must hold of any question: Feedback"]
    assert "gives the key: no key is told" in [fault.text for fault in feedback.faults]
    assert feedback.checked % len(made) == 0
    assert found["what must hold of any question: Order"].faults == []


# --- What is told before --------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(40))
def test_no_question_of_a_run_answers_a_later_one(seed: int) -> None:
    """The line shows events that were told of, as it must; the one that is asked was not."""
    made = run(STORY, KEYS, MOST_STEPS, Random(seed))
    assert isinstance(made, list)
    told = Told(STORY)
    for question in made:
        assert not told.of(question.event)
        assert not told.answers(replace(question, events=(question.event,), options=()))
        told.add(question)
        assert told.of(question.event)
