"""Hints in the proof: judged for each question that is drawn, and makers with faults are found out."""

from collections.abc import Sequence
from random import Random

from quiz.gazetteer import Gazetteer
from quiz.questions.chronicle import Chronicle
from quiz.questions.hints import Hint, hints
from quiz.questions.making import KINDS
from quiz.questions.making import make as make_question
from quiz.questions.question import Question
from quiz.study.proof import hinting
from quiz.study.proof.drawing import Work, draw
from quiz.study.proof.report import Row
from quiz.study.proof.whole import world
from tests.questions.builders import chronicle, event, frame

TOWNS = ("amber", "birch", "cedar", "dune", "elder", "fern")
STORY = chronicle(*frame(), *(event(town, f"2014-03-{3 * n + 2:02}", at=town) for n, town in enumerate(TOWNS)))


def questions(story: Chronicle = STORY) -> list[Question]:
    """A question of each kind that the story gives, about each town."""
    made = [make_question(story, kind, town, 0) for kind in KINDS for town in TOWNS]
    return [one for one in made if isinstance(one, Question)]


def judged(make: hinting.Maker = hints) -> dict[str, Row]:
    """The rows, after all questions were judged, by name."""
    rows, known = hinting.rows(), world(STORY, ())
    for question in questions():
        hinting.judge(known, STORY.gazetteer, rows, question, 1, make)
    return {row.name: row for row in rows}


def failing(make: hinting.Maker) -> set[str]:
    return {name for name, row in judged(make).items() if row.faults}


def test_every_question_is_judged_or_passed_over_with_a_reason() -> None:
    rows, number = judged(), len(questions())
    assert {row.checked + row.skipped.total() for row in rows.values()} == {number}
    assert [name for name, row in rows.items() if row.empty or row.faults] == []


def test_hints_are_judged_with_all_that_is_drawn() -> None:
    drawn = draw(Work(STORY, world(STORY, ()), 2), list(TOWNS), 1)
    rows = [row for one in drawn for row in one.rows if row.name == hinting.SAME]
    assert sum(row.checked for row in rows) == sum(len(one.wholes) for one in drawn) > 0
    assert [row.faults for row in rows if row.faults] == []


def test_hints_drawn_by_another_chance_each_time_are_found_out() -> None:
    chance = Random(1)

    def careless(question: Question, _rng: Random, gazetteer: Gazetteer) -> Sequence[Hint]:
        return hints(question, chance, gazetteer)

    assert failing(careless) == {hinting.SAME}


def test_hints_that_take_the_key_away_are_found_out() -> None:
    def generous(question: Question, rng: Random, gazetteer: Gazetteer) -> Sequence[Hint]:
        given = hints(question, rng, gazetteer)
        return [Hint(hint.text, (*hint.gone, *question.key)) if hint.gone else hint for hint in given]

    assert "no hint takes the right answer away" in failing(generous)


def test_a_maker_without_hints_is_found_out() -> None:
    assert failing(lambda *_: ()) == {"the number of hints tells nothing"}
