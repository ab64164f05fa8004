"""The table of kinds, and that the same seed makes the same question in any process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.making import KINDS, kinds_of, make
from quiz.questions.question import Facet, Question
from tests.questions.builders import chronicle, claim, event, frame, towns

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("qara", "rima", "tfail", "jobeh", "bakha", "jbaadin", "hosh", "flitah", "yabroud", "rankous")


def story() -> Chronicle:
    """Ten captures of ten towns a few days apart, and a stated order."""
    places = towns(*NAMES)
    events: list[EventFact] = [
        event(f"e{n}", claim(f"2014-01-{3 * n + 1:02}", at=[place.key, NAMES[(n + 3) % 10]]), at=place.key)
        for n, place in enumerate(places)
    ]
    return chronicle(*events, *frame(), places=places, stated=[("e1", "e2"), ("e2", "e3")])


def everything(told: Chronicle) -> list[Question | Refusal]:
    return [make(told, kind, key, seed) for kind in KINDS for key in told.events for seed in range(4)]


def test_the_kinds_are_these() -> None:
    assert {name: (kind.name, kind.facet) for name, kind in KINDS.items()} == {
        "choose-date": ("choose-date", Facet.DATE),
        "enter-date": ("enter-date", Facet.DATE),
        "choose-place": ("choose-place", Facet.PLACE),
        "first": ("first", Facet.SEQUENCE),
        "order": ("order", Facet.SEQUENCE),
    }


@pytest.mark.parametrize(
    ("facet", "names"),
    [
        (Facet.DATE, ["choose-date", "enter-date"]),
        (Facet.PLACE, ["choose-place"]),
        (Facet.SEQUENCE, ["first", "order"]),
        (None, ["choose-date", "enter-date", "choose-place", "first", "order"]),
    ],
)
def test_each_facet_has_its_kinds(facet: Facet | None, names: list[str]) -> None:
    assert [kind.name for kind in kinds_of(facet)] == names


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_is_of_its_kind_and_facet_and_about_its_event(kind: str) -> None:
    made = make(story(), kind, "e5", 1)
    assert isinstance(made, Question)
    assert (made.kind, made.facet, made.event) == (kind, KINDS[kind].facet, "e5")
    assert made.id.split("/")[:2] == [kind, "e5"]


@pytest.mark.parametrize(("kind", "key"), [("nonsense", "e1"), ("first", "nobody")])
def test_an_unknown_kind_or_event_is_an_error(kind: str, key: str) -> None:
    with pytest.raises(KeyError):
        make(story(), kind, key, 1)


def test_the_same_seed_and_content_make_the_same_question() -> None:
    assert everything(story()) == everything(story())


def test_other_seeds_make_other_questions() -> None:
    told = story()
    for kind in ("choose-date", "choose-place", "first", "order"):
        assert len({str(make(told, kind, "e5", seed)) for seed in range(30)}) > 5


def test_the_order_in_which_events_come_makes_no_difference() -> None:
    told = story()
    turned = chronicle(*reversed(told.events.values()), places=reversed(told.gazetteer.places), stated=told.stated)
    assert [make(turned, kind, "e5", seed) for kind in KINDS for seed in range(9)] == [
        make(told, kind, "e5", seed) for kind in KINDS for seed in range(9)
    ]


SCRIPT = """
from hashlib import sha256
from tests.questions.test_making import everything, story
print(sha256(repr(everything(story())).encode()).hexdigest())
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
