"""Difficulty: what the structure of a question says of it, and how answers move it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.questions.chronicle import Chronicle
from quiz.questions.difficulty import (
    FIRST_STEP,
    LEAST_STEP,
    LIMIT,
    OF_KIND,
    OF_SHAPE,
    PRIOR_ANSWERS,
    UNKNOWN,
    Estimate,
    answered,
    by_kind,
    expected,
    floor,
    structural,
)
from quiz.questions.making import KINDS
from quiz.questions.phases import PhaseFact
from quiz.questions.question import Facet, Mode, Option, Question, Shape
from tests.questions.builders import chronicle, claim, event, place

logits = st.floats(-4, 4)
floors = st.sampled_from([0.0, 0.2, 0.25, 1 / 3, 0.5])


def question(*options: Option | str, **changes: Any) -> Question:
    """A question about the event 'asked', of which the first option is right."""
    values: dict[str, Any] = {
        "id": "a-kind/asked",
        "kind": "a-kind",
        "shape": Shape.CHOICE,
        "facet": Facet.DATE,
        "mode": Mode.PLAIN,
        "events": ("asked",),
        "stem": "When?",
        "options": tuple(Option(one) if isinstance(one, str) else one for one in options),
        "key": (0,),
        "key_text": "",
        "explanation": "",
        "citations": (),
    }
    return Question(**{**values, **changes})


def days(*texts: str, **changes: Any) -> float:
    """How hard it is to choose the first of these dates."""
    return structural(chronicle(event("asked", "2014-01-10")), question(*texts, **changes))


# --- The model ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ability", "difficulty", "least", "credit"),
    [(0, 0, 0, 0.5), (0, 0, 0.25, 0.625), (1, -1, 0, 0.880797), (-1, 1, 0, 0.119203), (-1, 1, 0.5, 0.559601)],
)
def test_expected_credit(ability: float, difficulty: float, least: float, credit: float) -> None:
    assert expected(ability, difficulty, least) == pytest.approx(credit, abs=1e-6)


@given(ability=logits, difficulty=logits, least=floors, more=st.floats(0.01, 2))
def test_abler_learners_and_easier_questions_earn_more_and_never_less_than_a_guess(
    ability: float, difficulty: float, least: float, more: float
) -> None:
    credit = expected(ability, difficulty, least)
    assert least < credit < 1
    assert expected(ability + more, difficulty, least) > credit
    assert expected(ability, difficulty + more, least) < credit


@pytest.mark.parametrize(
    ("least", "credit", "step"),
    [(0.0, 1.0, 0.35), (0.25, 1.0, 0.21), (0.5, 1.0, 0.35 / 3), (0.0, 0.5, 0.0), (0.25, 0.625, 0.0)],
)
def test_a_first_answer_moves_both_by_its_surprise_less_what_was_guessed(
    least: float, credit: float, step: float
) -> None:
    ability, shift = answered(UNKNOWN, UNKNOWN, 0.0, least, credit)
    assert (ability.value, shift.value) == (pytest.approx(step), pytest.approx(-step))
    assert (ability.answers, shift.answers) == (1, 1)


@given(ability=logits, difficulty=logits, least=floors)
def test_no_credit_says_the_same_whatever_a_guess_would_have_earned(
    ability: float, difficulty: float, least: float
) -> None:
    # So "I don't know" and a wrong guess are one thing: the learner did not know.
    guessed = answered(Estimate(ability), UNKNOWN, difficulty, least, 0.0)
    said = answered(Estimate(ability), UNKNOWN, difficulty, 0.0, 0.0)
    assert guessed[0].value == pytest.approx(said[0].value)
    assert guessed[1].value == pytest.approx(said[1].value)
    assert guessed[0].value < ability
    assert guessed[1].value > 0


@given(ability=logits, difficulty=logits, least=floors)
def test_what_is_estimated_rightly_does_not_move_on_average(ability: float, difficulty: float, least: float) -> None:
    chance = expected(ability, difficulty, least)
    right, wrong = (answered(Estimate(ability), UNKNOWN, difficulty, least, credit) for credit in (1.0, 0.0))
    for one, other, start in ((right[0], wrong[0], ability), (right[1], wrong[1], 0.0)):
        assert chance * one.value + (1 - chance) * other.value == pytest.approx(start, abs=1e-9)


@given(ability=logits, shift=logits, structure=logits)
def test_structure_and_shift_count_alike(ability: float, shift: float, structure: float) -> None:
    one = answered(Estimate(ability), Estimate(shift), structure, 0.25, 1.0)
    other = answered(Estimate(ability), Estimate(0.0), structure + shift, 0.25, 1.0)
    assert one[0].value == pytest.approx(other[0].value)
    assert one[1].value - shift == pytest.approx(other[1].value)


def test_steps_fall_with_the_answers_and_those_of_a_learner_not_below_the_least() -> None:
    def steps(answers: int) -> tuple[float, float]:
        ability, shift = answered(Estimate(0.0, answers), Estimate(0.0, answers), 0.0, 0.0, 1.0)
        return ability.value / 0.5, -shift.value / 0.5

    assert steps(0) == pytest.approx((FIRST_STEP, FIRST_STEP))
    assert steps(PRIOR_ANSWERS) == pytest.approx((FIRST_STEP / 2, FIRST_STEP / 2))
    assert steps(990) == pytest.approx((LEAST_STEP, FIRST_STEP / 100))


@pytest.mark.parametrize(("answers", "low", "high"), [(1, 0.85, 0.98), (5, 0.6, 0.75), (10, 0.4, 0.6), (40, 0.1, 0.3)])
def test_up_to_about_ten_answers_the_structure_weighs_more(answers: int, low: float, high: float) -> None:
    # Two items that answers can't tell apart, of which the structure said that they lie a logit apart.
    shifts = [UNKNOWN, UNKNOWN]
    credit = expected(0.5, 0.0, 0.25)
    for _ in range(answers):
        shifts = [
            answered(Estimate(0.5), one, start, 0.25, credit)[1] for one, start in zip(shifts, (-0.5, 0.5), strict=True)
        ]
    assert low < (0.5 + shifts[1].value) - (-0.5 + shifts[0].value) < high


def test_no_estimate_leaves_its_limits() -> None:
    learner, item = Estimate(LIMIT - 0.1), Estimate(0.1 - LIMIT)
    for _ in range(20):
        learner, item = answered(learner, item, 2 * LIMIT, 0.0, 1.0)
    assert (learner.value, item.value) == (LIMIT, -LIMIT)


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (Estimate(1.0, 30), Estimate(-1.0, 10), Estimate(0.5, 40)),
        (Estimate(1.0, 3), UNKNOWN, Estimate(1.0, 3)),
        (UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_two_estimates_are_joined_by_their_answers(one: Estimate, other: Estimate, joined: Estimate) -> None:
    assert one.joined(other) == other.joined(one) == joined


@pytest.mark.parametrize(
    ("asked", "credit"),
    [
        (question("a", "b", "c"), 1 / 3),
        (question("a", "b", shape=Shape.PIN), 1 / 2),
        (question("a", "b", "c", shape=Shape.GAP), 1 / 4),
        (question("a", "b", "c", "d", shape=Shape.ORDER, key=(0, 1, 2, 3)), 7 / 36),
        (question("a", "b", shape=Shape.ORDER, key=(0, 1)), 1 / 2),
        (question(shape=Shape.DAY, key=(), days=("2014-01-10", "2014-01-10")), 0.0),
        (question(shape=Shape.PLACE, key=()), 0.0),
    ],
)
def test_what_a_blind_answer_earns(asked: Question, credit: float) -> None:
    assert floor(asked) == pytest.approx(credit)


# --- Structure ----------------------------------------------------------------------------------


def test_every_kind_has_its_place_on_the_scale() -> None:
    assert set(KINDS) <= set(OF_KIND)


def test_recalling_is_harder_than_recognising_and_an_order_than_a_pair() -> None:
    assert OF_KIND["choose-phase"] < OF_KIND["choose-date"] < OF_KIND["enter-date"]
    assert OF_KIND["choose-place"] < OF_KIND["find-place"] < OF_KIND["type-place"]
    assert OF_KIND["first"] < OF_KIND["settled"] < OF_KIND["order"]


def test_the_kinds_stand_in_this_order_on_the_scale() -> None:
    assert sorted(OF_KIND, key=lambda kind: (OF_KIND[kind], kind)) == [
        "choose-phase",
        "first",
        "choose-place",
        "happened-here",
        "find-place",
        "choose-date",
        "insert",
        "next",
        "settled",
        "source-date",
        "who-reports",
        "order",
        "type-place",
        "enter-date",
    ]
    assert (min(OF_KIND.values()), max(OF_KIND.values())) == (-0.7, 1.3)


def test_a_kind_without_a_place_on_the_scale_takes_that_of_its_shape() -> None:
    assert by_kind(question("a", "b", kind="first")) == OF_KIND["first"]
    assert {shape: by_kind(question(shape=shape)) for shape in Shape} == OF_SHAPE


def test_without_anything_else_the_kind_alone_decides() -> None:
    assert days("a", "b", kind="first") == OF_KIND["first"]
    assert days("10 January 2014", "soon") == OF_SHAPE[Shape.CHOICE]
    assert days("soon", "10 January 2014") == OF_SHAPE[Shape.CHOICE]


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("10 January 2014", "13 January 2014", "30 January 2014"), ("10 January 2014", "15 January 2014")),
        (("10 January 2014", "7 January 2014"), ("10 January 2014", "16 January 2014")),
        (("9–10 January 2014", "14–15 January 2014"), ("9–10 January 2014", "19–20 January 2014")),
        (("30 January – 2 February 2014", "3–6 February 2014"), ("30 January – 2 February 2014", "9–12 February 2014")),
        (("January 2014", "February 2014"), ("January 2014", "March 2014")),
        (("January 2014", "December 2013"), ("January 2014", "November 2013")),
        (("31 December 2013", "1 January 2014"), ("31 December 2013", "5 January 2014")),
    ],
)
def test_a_nearer_date_among_the_options_makes_it_harder(near: tuple[str, ...], far: tuple[str, ...]) -> None:
    assert days(*near) > days(*far)


def test_a_week_between_dates_is_neutral_and_beyond_two_months_no_easier() -> None:
    assert days("10 January 2014", "17 January 2014") == OF_SHAPE[Shape.CHOICE]
    assert days("10 January 2014", "11 March 2014") == days("10 January 2014", "10 January 2019")
    assert days("10 January 2014", "10 January 2014") == pytest.approx(OF_SHAPE[Shape.CHOICE] + 3 * 0.35)


def test_a_month_stands_for_its_first_day() -> None:
    assert days("15 March 2014", "April 2014") == days("15 March 2014", "1 April 2014")


def test_every_accepted_day_more_makes_a_typed_date_easier() -> None:
    def typed(last: str) -> float:
        return days(shape=Shape.DAY, key=(), days=("2014-01-10", last))

    assert typed("2014-01-10") > typed("2014-01-11") > typed("2014-01-12")


PHASES = (
    PhaseFact("one", "First", date(2014, 1, 1), date(2014, 2, 28)),
    PhaseFact("two", "Second", date(2014, 3, 1), date(2014, 4, 30)),
)


@pytest.mark.parametrize(("near", "far"), [("2014-01-03", "2014-01-20"), ("2014-02-25", "2014-02-10")])
def test_a_phase_is_harder_to_tell_near_its_edges(near: str, far: str) -> None:
    def told(day: str, **changes: Any) -> float:
        story = chronicle(event("asked", day, phase="one"), phases=PHASES)
        return structural(story, question("First", "Second", **{"kind": "choose-phase", **changes}))

    assert told(near) > told(far)
    assert told(near, kind="choose-date") == told(far, kind="choose-date")


def test_a_phase_is_not_judged_by_its_edges_where_nothing_dates_the_event_or_it_has_none() -> None:
    for one in (event("asked", claim(), phase="one"), event("asked", "2014-01-03")):
        story = chronicle(one, phases=PHASES)
        assert structural(story, question("First", "Second", kind="choose-phase")) == OF_KIND["choose-phase"]


def timeline(*dates: str) -> Chronicle:
    """The event 'asked' on the first of these days, 'b', 'c' and so on on the others."""
    return chronicle(*(event(key, day) for key, day in zip(("asked", "b", "c", "d"), dates, strict=False)))


def shown(*keys: str) -> tuple[Option, ...]:
    return tuple(Option(key, event=key) for key in keys)


SEQUENCES = [
    question(*shown("asked", "b"), facet=Facet.SEQUENCE, events=("asked", "b"), kind="first"),
    question(*shown("asked", "b", "c"), facet=Facet.SEQUENCE, events=("asked", "b", "c"), shape=Shape.ORDER),
    question(*shown("b", "c"), facet=Facet.SEQUENCE, events=("asked", "b", "c"), shape=Shape.GAP),
    question(Option("open"), *shown("asked", "b"), facet=Facet.SEQUENCE, events=("asked", "b"), kind="settled"),
]


@pytest.mark.parametrize("asked", SEQUENCES, ids=lambda one: str(one.shape) + one.kind)
def test_events_are_harder_to_order_the_nearer_they_lie(asked: Question) -> None:
    hard = [structural(timeline("2014-01-10", day, "2014-06-01"), asked) for day in ("2014-01-11", "2014-01-14")]
    easy = [structural(timeline("2014-01-10", day, "2014-06-01"), asked) for day in ("2014-01-30", "2014-03-30")]
    assert [*hard, *easy] == sorted([*hard, *easy], reverse=True)
    assert len({*hard, *easy}) == 4


def test_what_came_next_is_harder_the_nearer_another_event_lies_to_the_next() -> None:
    asked = question(*shown("b", "c", "d"), facet=Facet.SEQUENCE, events=("asked", "b"), kind="next")
    near = timeline("2014-01-01", "2014-01-20", "2014-01-22", "2014-05-01")
    far = timeline("2014-01-01", "2014-01-20", "2014-02-22", "2014-05-01")
    close_to_the_asked = timeline("2014-01-19", "2014-01-20", "2014-02-22", "2014-05-01")
    assert structural(near, asked) > structural(far, asked) == structural(close_to_the_asked, asked)


def test_an_order_is_as_hard_as_its_closest_neighbours() -> None:
    asked = question(*shown("d", "b", "asked", "c"), facet=Facet.SEQUENCE, shape=Shape.ORDER, key=(2, 1, 3, 0))
    wide = timeline("2014-01-01", "2014-02-01", "2014-03-01", "2014-04-01")
    narrow = timeline("2014-01-01", "2014-02-01", "2014-03-30", "2014-04-01")
    assert structural(narrow, asked) > structural(wide, asked)


def test_an_event_without_a_date_makes_an_order_neither_harder_nor_easier() -> None:
    for told in (timeline("2014-01-10"), chronicle(event("asked"), event("b", "2014-01-10"))):
        assert structural(told, SEQUENCES[0]) == OF_KIND["first"]


@pytest.mark.parametrize("shape", [Shape.CHOICE, Shape.PIN])
def test_a_place_is_harder_to_tell_from_a_nearer_one(shape: Shape) -> None:
    places = [place("here"), place("near", 2.0), place("mid", 5.0), place("far", 30.0), place("lost", None)]
    story = chronicle(event("asked", "2014-01-10", at="here"), places=places)

    def told(*keys: str) -> float:
        options = [Option(key, place=key) for key in ("here", *keys)]
        return structural(story, question(*options, facet=Facet.PLACE, shape=shape))

    assert told("near") > told("mid") > told("far") > told("lost", "far") - 1e-9
    assert told("near", "far") == told("near")
    assert told("mid") == pytest.approx(OF_SHAPE[shape], abs=1e-5)
    assert told("lost") == OF_SHAPE[shape]


def test_a_typed_place_has_no_rival() -> None:
    story = chronicle(event("asked", "2014-01-10", at="here"))
    asked = question(facet=Facet.PLACE, shape=Shape.PLACE, key=(), places=("here",))
    assert structural(story, asked) == OF_SHAPE[Shape.PLACE]


def test_similar_events_make_it_harder_up_to_a_number() -> None:
    def told(*others: Any) -> float:
        return structural(chronicle(event("asked", "2014-01-10", at="here"), *others), question("a", "b"))

    same = [event(f"again-{n}", f"2014-03-0{n}", at="here") for n in range(1, 6)]
    assert told() < told(same[0]) < told(*same[:2]) < told(*same[:3]) == told(*same)
    other_kind = event("again", "2014-03-01", at="here", kind="visit")
    other_place = event("again", "2014-03-01", at="there")
    assert told() == told(other_kind) == told(other_place)


def test_similar_events_are_looked_for_among_sixty_at_a_place() -> None:
    def told(others: int) -> float:
        visits = [event(f"e-{n:02}", "2014-03-01", at="here", kind="visit") for n in range(others)]
        similar = event("last", "2014-03-02", at="here")
        return structural(chronicle(event("asked", "2014-01-10", at="here"), *visits, similar), question("a", "b"))

    assert told(58) > told(59) == told(70)


def test_what_more_documents_tell_is_easier() -> None:
    def told(*sources: str) -> float:
        one = event("asked", *(claim("2014-01-10", source, key=f"c{n}") for n, source in enumerate(sources)))
        return structural(chronicle(one), question("a", "b"))

    assert told("000") > told("000", "003") > told("000", "003", "004")
    assert told("000", "000") == told("000")


def test_a_question_on_an_unknown_event_has_no_structure() -> None:
    with pytest.raises(KeyError):
        structural(timeline("2014-01-10"), replace(question("a", "b"), events=("gone",)))


def test_an_option_that_stands_for_a_lost_event_is_passed_over() -> None:
    asked = replace(SEQUENCES[0], options=shown("asked", "gone"), events=("asked",))
    assert structural(timeline("2014-01-10"), asked) == OF_KIND["first"]
