"""The table of kinds, and that the same seed makes the same question in any process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quiz.gazetteer import Gazetteer
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import Refusal
from quiz.questions.making import KINDS, kinds_of, make
from quiz.questions.question import Facet, Question
from tests.bench.synthetic import synthetic

ROOT = Path(__file__).resolve().parents[2]
KINDS_OF_FACETS = {
    Facet.DATE: ["choose-date", "enter-date", "choose-phase"],
    Facet.PLACE: ["choose-place", "type-place", "find-place", "happened-here"],
    Facet.SEQUENCE: ["first", "order", "insert", "next", "settled"],
    Facet.SOURCE: ["who-reports", "source-date"],
}


@pytest.fixture(scope="module")
def story() -> Chronicle:
    """A made-up chronicle with something to ask for every kind."""
    return synthetic(240)


def everything(told: Chronicle) -> list[Question | Refusal]:
    return [make(told, kind, key, seed=3) for kind in KINDS for key in sorted(told.events)]


def test_the_kinds_are_these() -> None:
    listed = [name for names in KINDS_OF_FACETS.values() for name in names]
    assert list(KINDS) == [kind.name for kind in KINDS.values()] == listed
    assert len({kind.title for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("facet", Facet)
def test_each_facet_has_its_kinds(facet: Facet) -> None:
    assert [kind.name for kind in kinds_of(facet)] == KINDS_OF_FACETS[facet]


def test_without_a_facet_all_kinds_are_meant() -> None:
    assert kinds_of(None) == list(KINDS.values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_is_of_its_kind_and_facet_and_about_its_event(story: Chronicle, kind: str) -> None:
    made = [(key, make(story, kind, key, 1)) for key in story.events]
    questions = [(key, question) for key, question in made if isinstance(question, Question)]
    assert questions
    for key, question in questions:
        assert (question.kind, question.facet, question.event) == (kind, KINDS[kind].facet, key)
        assert question.id.split("/")[:2] == [kind, key]


@pytest.mark.parametrize("kind", KINDS)
def test_every_pair_that_is_drawn_is_among_the_pairs_enumerated(story: Chronicle, kind: str) -> None:
    """The proof goes over the pairs: a question with a pair that they lack would go unproved."""
    seen = 0
    for key in sorted(story.events)[:60]:
        pairs = {frozenset(told(question)) for question in KINDS[kind].pairs(story, story.events[key])}
        for seed in range(3):
            made = make(story, kind, key, seed)
            if isinstance(made, Question) and made.options:
                seen += 1
                assert set().union(*pairs) >= set(told(made))
    assert seen or kind in {"enter-date", "type-place"}


def told(question: Question) -> list[tuple[str, str, str]]:
    """What the options of a question stand for."""
    return [(option.text, option.event, option.place) for option in question.options]


@pytest.mark.parametrize(("kind", "key"), [("nonsense", "e1"), ("first", "nobody")])
def test_an_unknown_kind_or_event_is_an_error(story: Chronicle, kind: str, key: str) -> None:
    with pytest.raises(KeyError):
        make(story, kind, key, 1)


def test_the_same_seed_and_content_make_the_same_question(story: Chronicle) -> None:
    assert everything(synthetic(240)) == everything(story)


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"enter-date", "type-place", "choose-phase"}))
def test_other_seeds_make_other_questions(story: Chronicle, kind: str) -> None:
    made = [{str(make(story, kind, key, seed)) for seed in range(8)} for key in sorted(story.events)[:60]]
    assert max(map(len, made)) >= 3


def test_the_order_in_which_events_come_makes_no_difference(story: Chronicle) -> None:
    turned = Chronicle(
        reversed(story.events.values()),
        Gazetteer(reversed(story.gazetteer.places)),
        phases=story.phases,
        stated=story.sequence.stated,
    )
    assert everything(turned) == everything(story)


SCRIPT = """
from hashlib import sha256
from tests.bench.synthetic import synthetic
from tests.questions.test_making import everything
print(sha256(repr(everything(synthetic(240))).encode()).hexdigest())
"""


def test_another_process_with_another_hash_seed_makes_the_same_questions() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
    assert len(told.pop()) == 65
