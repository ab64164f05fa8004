"""A question as a value: it comes back from storage as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.questions.making import KINDS, make
from quiz.questions.question import Citation, Facet, Mode, Option, Question, Shape
from tests.bench.synthetic import synthetic

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
DEGREES = st.none() | st.floats(-180, 180)
OPTIONS = st.builds(Option, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, DEGREES, DEGREES)
CITATIONS = st.builds(Citation, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT)
DAYS = st.dates().map(lambda day: day.isoformat())
QUESTIONS = st.builds(
    Question,
    id=TEXT,
    kind=TEXT,
    shape=st.sampled_from(Shape),
    facet=st.sampled_from(Facet),
    mode=st.sampled_from(Mode),
    events=st.lists(TEXT, min_size=1, max_size=4).map(tuple),
    stem=TEXT,
    options=st.lists(OPTIONS, max_size=4).map(tuple),
    key=st.lists(st.integers(0, 9), max_size=4).map(tuple),
    key_text=TEXT,
    explanation=TEXT,
    citations=st.lists(CITATIONS, max_size=3).map(tuple),
    days=st.none() | st.tuples(DAYS, DAYS),
    half_life=st.sampled_from([0.0, 3.0, 7.0]),
    places=st.lists(TEXT, max_size=3).map(tuple),
    aside=st.lists(TEXT, max_size=3).map(tuple),
    sensitive=st.booleans(),
)


@given(QUESTIONS)
def test_a_question_comes_back_from_json_as_it_was(question: Question) -> None:
    back = Question.from_dict(json.loads(json.dumps(question.as_dict())))
    assert back == question
    assert (type(back.shape), type(back.facet), type(back.mode)) == (Shape, Facet, Mode)
    lists = (back.events, back.options, back.key, back.citations, back.places, back.aside)
    assert {type(one) for one in lists} == {tuple}


def test_a_question_stored_before_places_could_be_typed_comes_back() -> None:
    stored = bare(options=(Option("Qara"),)).as_dict()
    for name in ("places", "aside"):
        del stored[name]
    for name in ("place", "witness", "lat", "lon"):
        del stored["options"][0][name]
    assert Question.from_dict(stored) == bare(options=(Option("Qara"),))


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_each_kind_comes_back_from_json_as_it_was(kind: str) -> None:
    told = synthetic(200)
    tried = (make(told, kind, key, 1) for key in told.events)
    made = next(question for question in tried if isinstance(question, Question))
    assert Question.from_dict(json.loads(json.dumps(made.as_dict()))) == made


def bare(**changes: object) -> Question:
    values: dict[str, object] = {
        "id": "kind/e",
        "kind": "kind",
        "shape": Shape.DAY,
        "facet": Facet.DATE,
        "mode": Mode.PLAIN,
        "events": ("e", "f"),
        "stem": "When?",
        "options": (),
        "key": (),
        "key_text": "",
        "explanation": "",
        "citations": (),
    }
    return Question(**{**values, **changes})


def test_the_event_asked_about_is_the_first() -> None:
    assert bare().event == "e"


def test_the_accepted_days_are_days() -> None:
    first, last = bare(days=("2014-01-14", "2014-01-16")).accepted
    assert (first.isoformat(), last.isoformat()) == ("2014-01-14", "2014-01-16")


def test_a_question_that_asks_for_no_day_has_no_accepted_days() -> None:
    with pytest.raises(ValueError, match="kind/e asks for no day"):
        _ = bare().accepted


@pytest.mark.parametrize(
    ("shape", "options", "choices", "chance"),
    [
        (Shape.CHOICE, 4, 4, 1 / 4),
        (Shape.PIN, 8, 8, 1 / 8),
        (Shape.GAP, 3, 4, 1 / 4),
        (Shape.ORDER, 4, 0, 1 / 24),
        (Shape.DAY, 0, 0, 0.0),
        (Shape.PLACE, 0, 0, 0.0),
    ],
)
def test_a_blind_guess_has_its_chance(shape: Shape, options: int, choices: int, chance: float) -> None:
    question = bare(shape=shape, options=tuple(Option(str(n)) for n in range(options)))
    assert (question.choices, question.chance) == (choices, chance)
