"""How answers rate facts: the table of the room, row by row."""

import re
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from quiz.questions.marking import Answer, FactCredit, mark
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.scheduling import Rating
from quiz.study import ratings
from quiz.study.ratings import rating, taken
from tests.factories import question

OPTIONS = {Shape.CHOICE: 4, Shape.PIN: 4, Shape.GAP: 3, Shape.ORDER: 4, Shape.DAY: 0, Shape.PLACE: 0}
CHOSEN = (Shape.CHOICE, Shape.PIN, Shape.GAP)


def asked(shape: Shape, options: int | None = None, **changes: Any) -> Question:
    """A question of a shape with so many options, the first of which is right; an order as it is shown."""
    number = OPTIONS[shape] if options is None else options
    values: dict[str, Any] = {
        "shape": shape,
        "options": tuple(Option(f"option {n}", event=f"e{n}", place=f"p{n}") for n in range(number)),
        "events": tuple(f"e{n}" for n in range(number)) if shape is Shape.ORDER else ("e0",),
        "key": tuple(range(number)) if shape is Shape.ORDER else (0,),
        "days": ("2013-11-19", "2013-11-20") if shape is Shape.DAY else None,
        "half_life": 3.0,
        "places": ("p0",) if shape is Shape.PLACE else (),
    }
    return question("e0", **{**values, **changes})


def rated(
    shape: Shape,
    credit: float,
    options: int | None = None,
    confidence: int | None = None,
    *,
    met: bool = True,
    hints: int = 0,
    event: str = "",
) -> Rating:
    """The rating of one fact, with hints that of one they do not name."""
    made = asked(shape, options)
    event = event or ("e1" if hints and shape is Shape.ORDER else "e0")
    return rating(made, FactCredit(event, made.facet, credit), confidence, met=met, hints=hints)


# --- The table ----------------------------------------------------------------------------------

Rated = Callable[[], set[Rating]]
ROWS: dict[tuple[str, str], Rated] = {
    ("any", '"I don\'t know", or wrong'): lambda: (
        {rating(made, fact) for shape in Shape for made in [asked(shape)] for fact in mark(made, Answer()).facts}
        | {rated(shape, 0.0, confidence=level) for shape in Shape for level in (None, 1, 2, 3)}
    ),
    ("recall: a place typed", "right"): lambda: {rated(Shape.PLACE, 1.0)},
    ("recall: a day entered", "an accepted day"): lambda: {rated(Shape.DAY, 1.0)},
    ("recall: a day entered", "a day off, credit at least 0.8"): lambda: {
        rated(Shape.DAY, credit) for credit in (0.8, 0.87, 0.999)
    },
    ("recall: a day entered", "credit below 0.8"): lambda: {rated(Shape.DAY, credit) for credit in (0.79, 0.5, 0.01)},
    ("recognition: one of several chosen", "right"): lambda: {
        rated(shape, 1.0, confidence=level) for shape in CHOSEN for level in (None, 2, 3)
    },
    ("recognition: one of several chosen", "right, where every second guess is, or said to be one"): lambda: (
        {rated(shape, 1.0, confidence=1) for shape in CHOSEN}
        | {rated(shape, 1.0, options, level) for shape, options in _EVEN for level in (None, 1, 2, 3)}
    ),
    ("order of N events, for each of N", "all its pairs with the others right"): lambda: {rated(Shape.ORDER, 1.0)},
    ("order of N events, for each of N", "at least two thirds of its pairs right"): lambda: {
        rated(Shape.ORDER, credit) for credit in (2 / 3, 0.75, 0.8)
    },
    ("order of N events, for each of N", "fewer"): lambda: {rated(Shape.ORDER, credit) for credit in (0.66, 0.6, 0.5)},
    ("chosen or put in order, at first", "what is rated Good above"): lambda: {
        rated(shape, 1.0, met=False) for shape in (*CHOSEN, Shape.ORDER)
    },
    ("chosen or put in order, at first", "what is rated Hard above"): lambda: (
        {rated(shape, 1.0, options, met=False) for shape, options in _EVEN}
        | {rated(shape, 1.0, confidence=1, met=False) for shape in CHOSEN}
        | {rated(Shape.ORDER, credit, met=False) for credit in (2 / 3, 0.8)}
    ),
    ("in any way, with one hint", "what is rated Good above"): lambda: {
        rated(shape, 1.0, options, hints=1) for shape, options in _MANY
    },
    ("in any way, with one hint", "what is rated Hard above"): lambda: (
        {rated(shape, 1.0, options, hints=1, met=False) for shape, options in _MANY if shape not in ratings.TYPED}
        | {rated(shape, 1.0, options, 1, hints=1) for shape, options in _MANY if shape in CHOSEN}
        | {rated(Shape.DAY, 0.8, hints=1), rated(Shape.ORDER, 2 / 3, hints=1)}
    ),
    ("one that leaves two answers", "any"): lambda: (
        {rated(shape, 1.0, options, hints=1) for shape, options in _THREE}
        | {rated(Shape.ORDER, 1.0, 3, hints=1, event=f"e{n}") for n in range(3)}
    ),
    ("one that names the event", "any"): lambda: {rated(Shape.ORDER, 1.0, n, hints=1, event="e0") for n in (4, 5, 6)},
    ("in any way, with more hints", "any"): lambda: {
        rated(shape, credit, options, level, hints=n, met=met)
        for shape, options in _MANY
        for n in (2, 3, 4)
        for credit in (0.0, 0.8, 1.0)
        for level in (None, 3)
        for met in (True, False)
    },
}
_EVEN = ((Shape.CHOICE, 2), (Shape.PIN, 2), (Shape.GAP, 1))
_THREE = ((Shape.CHOICE, 3), (Shape.PIN, 3), (Shape.GAP, 2))
_MANY = ((Shape.CHOICE, 4), (Shape.PIN, 10), (Shape.GAP, 3), (Shape.ORDER, 6), (Shape.DAY, 0), (Shape.PLACE, 0))


def table() -> dict[tuple[str, str], str]:
    """The rows of the docstring: how it was asked and how it came out, and the rating."""
    ruled = re.split(r"^=+  =+  =+$", ratings.__doc__ or "", flags=re.MULTILINE)[2]
    cells = [re.split(r" {2,}", line) for line in ruled.strip().splitlines()]
    return {(how, out): given for how, out, given in cells}


def test_the_table_tried_here_is_the_one_of_the_docstring() -> None:
    assert list(table()) == list(ROWS)


@pytest.mark.parametrize(("row", "given"), table().items())
def test_each_row_of_the_table_is_true(row: tuple[str, str], given: str) -> None:
    assert ROWS[row]() == {Rating[given.upper()]}


def test_no_answer_of_a_quiz_is_easy() -> None:
    shares = [n / 60 for n in range(61)]
    found = {rated(shape, share, confidence=level) for shape in Shape for share in shares for level in (None, 1, 2, 3)}
    assert found == {Rating.AGAIN, Rating.HARD, Rating.GOOD}


@pytest.mark.parametrize("shape", [Shape.DAY, Shape.PLACE, Shape.ORDER])
def test_what_is_typed_or_put_in_order_is_rated_alike_however_sure_one_was(shape: Shape) -> None:
    assert {rated(shape, 1.0, confidence=level) for level in (None, 1, 2, 3)} == {Rating.GOOD}


@pytest.mark.parametrize("credit", [0.0, 0.79, 0.8, 1.0])
@pytest.mark.parametrize("shape", [Shape.DAY, Shape.PLACE])
def test_what_is_typed_is_rated_alike_at_first_and_later(shape: Shape, credit: float) -> None:
    assert rated(shape, credit, met=False) is rated(shape, credit)


def test_a_place_typed_is_right_or_wrong() -> None:
    assert rated(Shape.PLACE, 0.9) is Rating.AGAIN


@pytest.mark.parametrize(
    ("number", "of_pairs"),
    [
        (3, {0: Rating.AGAIN, 1: Rating.AGAIN, 2: Rating.GOOD}),
        (4, {0: Rating.AGAIN, 1: Rating.AGAIN, 2: Rating.HARD, 3: Rating.GOOD}),
        (5, {0: Rating.AGAIN, 1: Rating.AGAIN, 2: Rating.AGAIN, 3: Rating.HARD, 4: Rating.GOOD}),
        (
            6,
            {0: Rating.AGAIN, 1: Rating.AGAIN, 2: Rating.AGAIN, 3: Rating.AGAIN, 4: Rating.HARD, 5: Rating.GOOD},
        ),
    ],
)
def test_each_event_of_an_order_is_rated_by_its_own_pairs(number: int, of_pairs: dict[int, Rating]) -> None:
    made = asked(Shape.ORDER, number)
    found = set()
    for given in permutations(range(number)):
        facts = mark(made, Answer(order=given)).facts
        assert [fact.event for fact in facts] == list(made.events)
        for n, fact in enumerate(facts):
            at = given.index(n)
            right = sum((other < n) == (given.index(other) < at) for other in range(number) if other != n)
            found.add(right)
            assert rating(made, fact) is of_pairs[right], (given, n)
    assert found == set(of_pairs)


# --- What was taken for what ----------------------------------------------------------------------


@pytest.mark.parametrize("shape", [Shape.CHOICE, Shape.PIN])
def test_a_wrong_option_is_the_place_taken_for_the_right_one(shape: Shape) -> None:
    made = asked(shape, facet=Facet.PLACE)
    assert [taken(made, Answer(choice=n)) for n in range(4)] == ["", "p1", "p2", "p3"]


def test_a_wrong_place_typed_is_taken_for_the_right_one() -> None:
    made = asked(Shape.PLACE, facet=Facet.PLACE, places=("p0", "p1"))
    assert [taken(made, Answer(place=f"p{n}")) for n in range(3)] == ["", "", "p2"]


def test_an_option_without_a_place_is_taken_for_none() -> None:
    bare = question("e0", facet=Facet.PLACE, options=(Option("here"), Option("there")))
    assert taken(bare, Answer(choice=1)) == ""


@pytest.mark.parametrize("shape", Shape)
def test_i_do_not_know_takes_nothing_for_anything(shape: Shape) -> None:
    assert taken(asked(shape, facet=Facet.PLACE), Answer()) == ""


@pytest.mark.parametrize("facet", [facet for facet in Facet if facet is not Facet.PLACE])
@pytest.mark.parametrize("shape", [Shape.CHOICE, Shape.PIN])
def test_no_place_is_taken_for_another_where_none_is_asked_for(facet: Facet, shape: Shape) -> None:
    assert taken(asked(shape, facet=facet), Answer(choice=1)) == ""


@pytest.mark.parametrize(("shape", "given"), [(Shape.GAP, Answer(choice=1)), (Shape.ORDER, Answer(order=(1, 0, 2, 3)))])
def test_a_line_of_events_names_no_place(shape: Shape, given: Answer) -> None:
    assert taken(asked(shape, facet=Facet.PLACE), given) == ""
