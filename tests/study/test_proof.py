"""The proof: each of its checks is seen to pass, and to fail on a fault planted for it."""

import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.making import KINDS, make
from quiz.questions.proving.space import Rate, guessing
from quiz.questions.proving.verdicts import Property, Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Facet, Mode, Option, Question, Shape
from quiz.study.coverage import Coverage, Fact, coverage
from quiz.study.drawing import Choice
from quiz.study.proof import assembled, identity, sources
from quiz.study.proof.constants import constants, constants_row
from quiz.study.proof.drawing import Drawn, Work, draw, makings, marking_faults, slim, storing_faults
from quiz.study.proof.report import Constant, Fault, Making, Proof, Row
from quiz.study.proof.whole import _guessing_rows, _sample, _space_rows, prove, world
from quiz.study.proof.words import coverage_lines, lines
from tests.bench.synthetic import synthetic
from tests.questions.test_bots import DAYS, asked, question
from tests.study.test_coverage import TOWNS, told

KEYS = sorted(told().events)


def made(kind: str = "enter-date", key: str = "dune", seed: int = 0) -> Question:
    """A sound question."""
    found = make(told(), kind, key, seed)
    assert isinstance(found, Question)
    return found


# --- Drawing and judging ----------------------------------------------------------------------


def day_questions_fail(_world: World, one: Question, whole: bool) -> list[str] | Skipped:
    if one.shape is not Shape.DAY:
        return Skipped("no day is asked for")
    return ["a whole"] if whole else []


PLANTED = Property("Planted", "no day is asked for as a whole", day_questions_fail)


def drawn(seeds: int = 2, jobs: int = 1, *properties: Property) -> list[Drawn]:
    story = told()
    return draw(Work(story, world(story), seeds, properties), KEYS, jobs)


def test_wholes_and_pairs_are_judged_and_counted_with_what_is_passed_over() -> None:
    rows = {one.kind: one.rows[0] for one in drawn(2, 1, PLANTED)}
    assert list(rows) == list(KINDS)
    entered = rows["enter-date"]
    assert (entered.checked, entered.skipped, len(entered.faults)) == (3 * len(TOWNS), Counter(), 2 * len(TOWNS))
    assert {fault.seed for fault in entered.faults} == {0, 1}
    assert entered.faults[0] == Fault.of("a whole", made(key="amber"), 0)
    choice = rows["choose-date"]
    assert (choice.checked, choice.faults) == (0, [])
    assert set(choice.skipped) == {"no day is asked for"}


def test_two_processes_find_what_one_finds() -> None:
    assert drawn(1, 2, PLANTED) == drawn(1, 1, PLANTED)


def test_what_was_made_is_counted_with_why_the_rest_was_not() -> None:
    entered = {one.kind: one for one in makings(drawn())}["enter-date"]
    told_only = "a state, a fear or an evaluation is told, not asked"
    assert entered == Making("enter-date", 2 * len(TOWNS), len(TOWNS), Counter({told_only: 4}))


def test_stored_and_marked_questions_are_checked_for_every_shape() -> None:
    for one in drawn(1):
        stored, marked = one.rows[:2]
        assert stored.checked == marked.checked == len(one.wholes)
        assert stored.faults == marked.faults == []


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"key": ()}, "a right answer does not earn all"),
        ({"key": (0, 1, 2, 3)}, ""),
    ],
)
def test_a_key_that_earns_nothing_is_found_out(changes: dict[str, Any], text: str) -> None:
    choice = question("a", "b", "c", "d")
    assert [fault.text for fault in marking_faults(choice, 0)] == []
    assert [fault.text for fault in marking_faults(replace(choice, **changes), 0)] == ([text] if text else [])


def test_a_question_that_is_stored_otherwise_is_found_out() -> None:
    assert list(storing_faults(made(), 0)) == []
    listed = replace(made(), events=["dune"])  # type: ignore[arg-type] as a careless maker may
    assert [fault.text for fault in storing_faults(listed, 0)] == ["comes back otherwise than it was stored"]


def test_what_goes_between_processes_tells_a_browsers_part_and_the_key() -> None:
    whole = made("choose-date")
    small = slim(whole)
    assert (small.stem, small.key, small.events) == (whole.stem, whole.key, whole.events)
    assert [option.text for option in small.options] == [option.text for option in whole.options]
    assert (small.citations, small.explanation, {option.note for option in small.options}) == ((), "", {""})


# --- The whole ----------------------------------------------------------------------------------


def test_the_proof_goes_through_every_property_and_says_what_it_could_not_check() -> None:
    proof = prove(apart(), seeds=2)
    names = [row.name for row in proof.rows]
    assert len(names) == len(set(names))
    assert {row.group for row in proof.rows} >= {"Determinism", "Guessing", "Assembly", "Marking", "Options"}
    assert not proof.holds
    assert [row.name for row in proof.unchecked if row.group == "Assembly"] == []
    assert proof.as_dict()["holds"] is False
    assert proof.sampled == ""


def test_a_large_chronicle_is_sampled_and_the_proof_says_so() -> None:
    proof = prove(told(), seeds=1, most=3)
    assert proof.sampled == "3 of 10 events"
    assert next(lines(proof)) == "Sampled: 3 of 10 events.\n"
    assert {fact.event for fact in proof.coverage.facts} == set(_sample(KEYS, 3))  # type: ignore[union-attr]


def test_what_can_be_asked_of_another_chronicle_is_proved_as_well() -> None:
    proof = prove(synthetic(300), seeds=2, jobs=2, most=12)
    assert [f"{row.name}: {fault.text}" for row in proof.failed for fault in row.faults] == []
    assert proof.sampled == "12 of 300 events"
    assert sum(one.wholes for one in proof.made) > 100


def test_a_sample_lies_at_even_distances() -> None:
    assert _sample("abcdefghij", 3) == ["a", "d", "g"]
    assert _sample("abc", 3) == _sample("abc", None) == "abc"


def test_keys_at_one_rank_and_wrong_dates_on_one_side_are_found_out() -> None:
    skewed = [asked(f"e{n}", *DAYS, key=0) for n in range(60)]
    ranks, sides, *_ = _space_rows(skewed, [])
    assert [fault.text for fault in ranks.faults] == ["kind of 4: 1.000, 0.000, 0.000, 0.000 over 60 events"]
    assert [fault.text for fault in sides.faults] == ["kind: 0.000 lie before"]
    even = [asked(f"e{n}", *DAYS, key=n % 4) for n in range(60)]
    assert [(row.checked, row.faults) for row in _space_rows(even, [])[:2]] == [(1, []), (1, [])]


def test_a_bot_that_gains_is_found_out_and_one_without_questions_is_empty() -> None:
    rows = {row.name: row for row in _guessing_rows(guessing([asked(f"e{n}", *DAYS, key=0) for n in range(60)]))}
    assert [fault.text for fault in rows["taking what is first gains nothing"].faults] == [
        "kind: 1.000 where chance is 0.250 and the bound 0.433 (60 events)"
    ]
    assert rows["taking what is last gains nothing"].faults == []
    assert rows["taking what is most central pin gains nothing"].empty


# --- Constant answers -----------------------------------------------------------------------------


def entered(event: str, day: str) -> Question:
    return question(shape=Shape.DAY, days=(day, day), half_life=3.0, events=(event,))


def test_the_best_constant_day_is_found_for_each_phase() -> None:
    days = {"amber": "2014-01-02", "birch": "2014-01-02", "cedar": "2014-01-05"}
    asked = [entered(*one) for one in days.items()] * 7
    found = constants(told(), asked)
    assert found == (Constant("no phase", 21, "2014-01-02", pytest.approx(2.5 / 3)),)
    assert [fault.text for fault in constants_row(found).faults] == [
        "no phase: 2014-01-02 earns 0.83 in the mean of 21"
    ]
    row = constants_row(constants(told(), asked[:19]))
    assert (row.checked, row.skipped) == (0, Counter({"a phase with fewer than 20 questions": 1}))


def test_dates_that_lie_apart_earn_a_constant_day_little() -> None:
    dates = [entered("amber", "2014-01-02"), entered("birch", "2014-03-02"), about("elm")] * 10
    row = constants_row(constants(told(), dates))
    assert (row.checked, row.faults) == (1, [])


# --- Determinism ----------------------------------------------------------------------------------


def test_another_process_makes_the_same_questions() -> None:
    row = identity.same_in_any_process(told(), KEYS, most=3)
    assert (row.checked, row.skipped, row.faults) == (4 * len(KINDS), Counter(), [])


def test_a_question_that_depends_on_its_process_is_found_out() -> None:
    tampered = told()
    tampered.texts["dune"] = "something else happened"
    row = identity.same_in_any_process(tampered, KEYS)
    assert "differs in another process: enter-date of dune, seed 0" in [fault.text for fault in row.faults]


def test_a_process_with_the_same_hash_seed_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "elsewhere", identity.digests)
    row = identity.same_in_any_process(told(), KEYS)
    assert row.empty
    assert set(row.skipped) == {"the other process has the same hash seed"}


def test_a_process_that_fails_is_no_proof() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        identity.elsewhere(identity.raw(told()), [("no such kind", "dune", 0)])


def test_a_refusal_has_a_digest_of_its_reason() -> None:
    story = told()
    opening = identity.digest(story, ("enter-date", "opening", 0))
    assert opening == identity.digest(story, ("enter-date", "opening", 1))
    assert opening != identity.digest(story, ("enter-date", "dune", 0))


# --- Sources --------------------------------------------------------------------------------------


def package(root: Path, **files: str) -> Path:
    """A package `quiz` of these files; `__` stands for a slash."""
    for name, text in files.items():
        file = root / "quiz" / f"{name.replace('__', '/')}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root / "quiz"


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("import random\nrandom.shuffle([])", "2: random.shuffle"),
        ("from random import choice", "1: random.choice"),
        ("from django.utils import timezone\ntimezone.now()", "2: timezone.now"),
        ("import datetime\nx = datetime.datetime.now", "2: datetime.now"),
        ("from datetime import date\ndate.today()", "2: date.today"),
        ("from time import time", "1: time.time"),
        ("import time\ntime.monotonic()", "2: time.monotonic"),
    ],
)
def test_chance_and_clock_below_the_views_are_found_out(tmp_path: Path, text: str, used: str) -> None:
    row = sources.chance_and_clock(package(tmp_path, study__x=text, views__y=text))
    assert (row.checked, [fault.text for fault in row.faults]) == (1, [f"study/x.py:{used}"])


def test_a_generator_of_ones_own_is_no_global_chance(tmp_path: Path) -> None:
    text = "import random\nfrom random import Random\n\n\ndef f(rng: random.Random) -> None:\n"
    text += "    rng.random()\n    (Random(1)).choice([1])\n    {}.now\n    datetime.fromisoformat('2014-01-01')\n"
    row = sources.chance_and_clock(package(tmp_path, study__x=text))
    assert (row.checked, row.faults) == (1, [])


def test_a_judge_that_imports_a_maker_by_whatever_way_is_found_out(tmp_path: Path) -> None:
    root = package(
        tmp_path,
        questions__proving__a="import json\nfrom quiz.questions.proving import b\n",
        questions__proving__b="from quiz.questions.question import Question\n",
        questions__question="import quiz.chronology\nfrom quiz.questions.making import make\n",
        questions__making="from quiz.questions.proving.a import x\n",
        chronology="import datetime\n",
    )
    row = sources.independence(root)
    assert (row.checked, [fault.text for fault in row.faults]) == (
        2,
        [
            "quiz.questions.proving.a knows quiz.questions.making",
            "quiz.questions.proving.b knows quiz.questions.making",
        ],
    )


def test_the_sites_own_code_is_sound() -> None:
    for row in (sources.independence(), sources.chance_and_clock()):
        assert row.checked > 5
        assert row.faults == []


# --- Sittings -------------------------------------------------------------------------------------


def about(*keys: str, options: tuple[str, ...] = (), **changes: Any) -> Question:
    told_of = tuple(Option(f"Option {n}", event=key) for n, key in enumerate(options))
    return question(events=keys, options=told_of, **changes)


@pytest.mark.parametrize(
    ("name", "earlier", "later", "found"),
    [
        ("tells of an event", about("amber"), about("birch"), ""),
        ("tells of an event", about("amber"), about("birch", "amber"), "amber"),
        ("tells of an event", about("amber", options=("", "birch")), about("birch"), "birch"),
        ("holds the text", about("amber"), about("birch"), ""),
        (
            "holds the text",
            about("amber", stem="When government forces captured Birch?"),
            about("birch"),
            "birch in kind/e",
        ),
        (
            "holds the text",
            about("amber", explanation="Government forces captured Birch."),
            about("birch"),
            "birch in kind/e",
        ),
        ("no fact comes twice", about("amber"), about("amber", facet=Facet.PLACE), ""),
        ("no fact comes twice", about("amber"), about("birch", "amber"), "amber"),
    ],
)
def test_a_question_that_gives_away_a_later_one_is_found_out(
    name: str, earlier: Question, later: Question, found: str
) -> None:
    (judge,) = [judge for title, judge in assembled.JUDGES.items() if name in title]
    assert judge(told(), later, [earlier]) == found
    faults = list(assembled._judged(told(), [earlier, later], judge, 3))
    assert faults == ([Fault.of(f"question 2: {found}", later, 3)] if found else [])


def test_notes_give_away_a_later_question_too() -> None:
    judge = assembled.JUDGES["no question holds the text of an event that a later one asks"]
    noted = question(events=("amber",), options=(Option("4 May", note="Government forces captured Birch (4 May)."),))
    assert judge(told(), about("birch"), [noted]) == "birch in kind/e"


def test_a_text_within_the_text_of_an_earlier_event_gives_nothing_away() -> None:
    judge = assembled.JUDGES["no question holds the text of an event that a later one asks"]
    story = told()
    longer = replace(story.events["amber"], clause="the night in which government forces captured Birch ended", slot="")
    held = Chronicle([*(e for e in story.events.values() if e.key != "amber"), longer], story.gazetteer)
    stem = "When was it that the night in which government forces captured Birch ended?"
    assert judge(held, about("birch"), [about("amber", stem=stem)]) == ""
    assert judge(held, about("birch"), [about("cedar", stem=stem)]) == "birch in kind/e"


def test_a_fact_may_come_again_after_five_questions() -> None:
    judge = assembled.JUDGES["no fact comes twice within five questions"]
    others = [about(key) for key in ("birch", "cedar", "dune", "elm")]
    assert judge(told(), about("amber"), [about("amber"), *others]) == ""
    assert judge(told(), about("amber"), [about("amber"), *others[1:]]) == "amber"


def test_a_twin_and_a_shared_sentence_give_away_a_later_question() -> None:
    story = told()
    events = dict(story.events)
    events["amber"] = replace(events["amber"], twins=frozenset({"birch"}))
    twins = Chronicle(events.values(), story.gazetteer)
    tells = assembled.JUDGES["no question tells of an event that a later one asks"]
    assert tells(twins, about("birch"), [about("amber")]) == "birch"
    shares = assembled.JUDGES["no question rests on a sentence of an earlier one"]
    assert shares(story, about("birch"), [about("amber")]) == "000 “Section”, ¶ 1, sentence 1"
    boxed = replace(events["amber"], claims=tuple(replace(c, infobox=True) for c in events["amber"].claims))
    assert shares(Chronicle([*story.events.values(), replace(boxed, key="box")], story.gazetteer),
                  about("birch"), [about("box")]) == ""  # fmt: skip


def test_a_fact_that_no_sitting_asks_is_found_out() -> None:
    story = told()
    unheard = Coverage((Fact("opening", Facet.DATE, {"enter-date": Mode.PLAIN}, {}, ("enter-date",)),))
    row = assembled._reachable(story, unheard)
    assert [fault.text for fault in row.faults] == ["date of opening in none of 1000 sittings"]
    rare = Coverage((Fact("opening", Facet.DATE, {"enter-date": None}, {}),))
    row = assembled._reachable(story, rare)
    assert (row.checked, row.skipped) == (0, Counter({"is asked by rare chance only": 1}))
    heard = Coverage(tuple(fact for fact in coverage(apart()).facts if fact.facet is Facet.DATE))
    row = assembled._reachable(apart(), heard)
    assert (row.checked, row.faults) == (len(TOWNS), [])


def test_of_many_events_those_that_do_not_come_up_are_said_to_be_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembled, "A_TURN_EACH", 10_000)
    facts = coverage(apart()).facts
    rare = Fact("opening", Facet.DATE, {"enter-date": Mode.PLAIN}, {}, ("enter-date",))
    row = assembled._reachable(apart(), Coverage((*(fact for fact in facts if fact.facet is Facet.DATE), rare)))
    reason = "did not come up, and 25 sittings can't reach all of so many events"
    assert (row.checked, row.skipped[reason], row.faults) == (len(TOWNS), 1, [])


def apart() -> Chronicle:
    """The same story, each event told in a sentence of its own."""
    story = told()
    events = (
        replace(event, claims=tuple(replace(c, locators=(f"sentence {n}",)) for c in event.claims))
        for n, event in enumerate(story.events.values())
    )
    return Chronicle(events, story.gazetteer)


def test_a_choice_that_should_give_too_little_but_does_not_is_found_out() -> None:
    assert [fault.text for fault in assembled._not_refused(told(), Choice(1))] == [
        "gave 1 questions where there should be too few"
    ]
    assert list(assembled._not_refused(told(), Choice(500))) == []


def test_sittings_of_all_sorts_are_judged_or_said_to_be_too_short() -> None:
    rows = assembled.sittings(apart(), coverage(apart()), 1)
    assert [row.name for row in rows[:4]] == list(assembled.JUDGES)
    assert all(row.checked + row.skipped.total() == 1 + len(Facet) + len(KINDS) + 2 for row in rows[:4])
    assert [row.faults for row in rows[:4]] == [[], [], [], []]


# --- Words ----------------------------------------------------------------------------------------


def test_a_bot_above_the_margin_but_within_its_bound_is_remarked() -> None:
    rates = [Rate("kind", name, 20, 20, 20, hits, 0.25, 0.6) for name, hits in {"a": 0.27, "b": 0.5, "c": 0.7}.items()]
    shown = [line[:2] for line in lines(Proof((), rates=tuple(rates))) if "chance 0.250" in line]
    assert shown == ["  ", "~ ", "! "]


def test_a_row_that_checked_nothing_and_one_that_fails_are_marked() -> None:
    fault = Fault.of("two are right", question("a", "b", key=1), 3)
    rows = (
        Row("Stem", "sound", 5),
        Row("Stem", "empty", 0, Counter({"no stem": 2, "a box": 2})),
        Row("Options", "bad", 20, Counter(), [fault] * 14 + [Fault("no question")]),
    )
    proof = Proof(rows)
    text = "\n".join(lines(proof))
    assert "  sound" in text
    assert "! empty" in text
    assert "skipped: 2 a box; 2 no stem" in text
    assert "- two are right\n        kind/e (seed 3): When was it?\n        a | *b" in text
    assert "… and 3 more" in text
    assert "Nothing was checked of 1: empty." in text
    assert "3 properties, 25 checks, 15 faults." in text
    assert not proof.holds
    assert Proof(rows[:1]).holds


def test_the_words_of_a_whole_proof_are_the_same_each_time_and_show_all_its_tables() -> None:
    proof = prove(told(), seeds=1)
    text = "\n".join(lines(proof))
    assert text == "\n".join(lines(prove(told(), seeds=1)))
    for heading in (
        "Questions made",
        "Guessing",
        "Ranks of the key",
        "best constant answer",
        "Facts that can be asked",
    ):
        assert heading in text


def test_coverage_is_listed_by_event_with_kinds_or_reasons() -> None:
    covered = Coverage(
        (
            Fact("a", Facet.DATE, {"enter-date": Mode.PLAIN, "choose-date": None}, {}),
            Fact("a", Facet.PLACE, {}, {"choose-place": "its place is disputed"}),
        )
    )
    assert list(coverage_lines(covered)) == [
        "a",
        "  date      enter-date (plain), choose-date (rarely)",
        "  place     not asked: choose-place: its place is disputed",
    ]
