"""Hints in a sitting: asked for one after the other, kept with the question, and what an answer with them counts."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from quiz.models import Ability, AskedQuestion, Card, Confidence, ItemDifficulty, Review, SittingMode, StudyDay
from quiz.questions.hints import MOST
from quiz.questions.marking import Answer
from quiz.questions.question import Shape
from quiz.scheduling import Rating
from quiz.study import hints
from quiz.study.facts import chronicle
from quiz.study.hints import Hints, StruckOut, ask, on
from quiz.study.sittings import answer, finish
from tests import factories as make
from tests.study.stories import right, sat_down, tell
from tests.study.test_at_the_same_time import together

pytestmark = pytest.mark.django_db
STEPS = {Shape.CHOICE: 2, Shape.GAP: 2, Shape.PIN: 3, Shape.ORDER: 2, Shape.DAY: 2, Shape.PLACE: 2}


@pytest.fixture(autouse=True)
def _story() -> None:
    tell()


def seated(shape: Shape = Shape.CHOICE, mode: SittingMode = SittingMode.PRACTICE) -> AskedQuestion:
    asked = sat_down(shape, length=2)
    asked.sitting.mode = mode
    asked.sitting.save()
    return asked


def hinted(shape: Shape, steps: int) -> AskedQuestion:
    """A question with so many hints asked for."""
    asked = seated(shape)
    for step in range(1, steps + 1):
        asked = ask(asked.pk, step, chronicle())
    return asked


def shown(asked: AskedQuestion) -> Hints:
    return on(AskedQuestion.objects.select_related("sitting").get(pk=asked.pk), chronicle())


# --- Asking ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", Shape)
def test_hints_are_told_one_by_one_and_stay_the_same(shape: Shape) -> None:
    asked = seated(shape)
    assert (shown(asked).told, shown(asked).left, shown(asked).next) == ((), STEPS[shape], 1)
    before: tuple[object, ...] = ()
    for step in range(1, STEPS[shape] + 1):
        assert ask(asked.pk, step, chronicle()).hints == step
        found = shown(asked)
        assert (found.told[:-1], len(found.told), found.total) == (before, step, STEPS[shape])
        assert found.latest == found.told[-1]
        before = found.told
    assert (shown(asked).left, shown(asked).next) == (0, 0)
    assert ask(asked.pk, STEPS[shape] + 1, chronicle()).hints == STEPS[shape]


@pytest.mark.parametrize("mode", SittingMode)
def test_there_are_hints_in_practice_and_reviews_but_not_in_exams_and_runs(mode: SittingMode) -> None:
    asked = seated(mode=mode)
    given = ask(asked.pk, 1, chronicle()).hints
    assert given == (mode not in {SittingMode.EXAM, SittingMode.TIMELINE})
    assert shown(asked).total == 2 * given


@pytest.mark.parametrize("step", [0, 1, 3, 4, -1])
def test_a_step_that_is_not_the_next_one_changes_nothing(step: int) -> None:
    asked = hinted(Shape.CHOICE, 1)
    assert ask(asked.pk, step, chronicle()).hints == 1
    assert len(shown(asked).told) == 1


def test_what_is_struck_out_depends_on_more_than_the_page_shows() -> None:
    asked = seated(Shape.PIN)
    first = set()
    for seed in range(20):
        asked.sitting.seed, asked.hints = seed, 1
        first.add(on(asked, chronicle()).gone)
    assert len(first) > 3


def test_an_answered_question_and_an_ended_sitting_take_no_more_hints() -> None:
    asked = seated()
    answer(asked.pk, Answer(), now=make.NOW)
    assert ask(asked.pk, 1, chronicle()).hints == 0
    other = seated()
    finish(other.sitting.user, other.sitting_id, now=make.NOW)
    assert ask(other.pk, 1, chronicle()).hints == 0


def test_a_question_that_is_not_there_has_no_hints() -> None:
    with pytest.raises(AskedQuestion.DoesNotExist):
        ask(0, 1, chronicle())


def test_a_hint_costs_four_statements(django_assert_num_queries: Any) -> None:
    asked, story = seated(), chronicle()
    with django_assert_num_queries(4):  # the transaction and what ends it, the row, the number
        ask(asked.pk, 1, story)


def test_a_place_that_is_no_longer_told_has_as_many_hints() -> None:
    asked = seated(Shape.PLACE)
    asked.content["places"] = ["atlantis"]
    assert on(asked, chronicle()) == Hints(left=2)


@pytest.mark.parametrize("number", [-1, MOST + 1])
def test_the_database_refuses_more_hints_than_there_are(number: int) -> None:
    asked = seated()
    with pytest.raises(IntegrityError), transaction.atomic():
        AskedQuestion.objects.filter(pk=asked.pk).update(hints=number)
    AskedQuestion.objects.filter(pk=asked.pk).update(hints=MOST)


# --- Answering --------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [Shape.CHOICE, Shape.PIN, Shape.GAP])
def test_what_a_hint_struck_out_is_not_taken_as_an_answer(shape: Shape) -> None:
    asked = hinted(shape, 1)
    gone = shown(asked).gone
    for choice in gone:
        with pytest.raises(StruckOut):
            answer(asked.pk, Answer(choice=choice), now=make.NOW)
    assert (Review.objects.count(), Card.objects.count()) == (0, 0)
    wrong = next(n for n in range(asked.question.choices) if n not in gone and n not in asked.question.key)
    answer(asked.pk, Answer(choice=wrong), now=make.NOW)
    assert [one.credit for one in AskedQuestion.objects.filter(answered_at__isnull=False)] == [0.0]


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("steps", [1, 2])
def test_i_do_not_know_is_an_answer_after_hints_too(shape: Shape, steps: int) -> None:
    asked = hinted(shape, steps)
    answer(asked.pk, Answer(), now=make.NOW)
    assert set(Review.objects.values_list("rating", flat=True)) == {Rating.AGAIN}


@pytest.mark.parametrize("shape", Shape)
def test_a_hint_takes_nothing_from_the_credit_and_lowers_the_rating(shape: Shape) -> None:
    alone, helped = seated(shape), hinted(shape, 1)
    for asked in (alone, helped):
        outcome = answer(asked.pk, right(asked.question), now=make.NOW)
        assert (outcome.marked.credit, outcome.asked.credit) == (1.0, 1.0)
    typed = shape in {Shape.DAY, Shape.PLACE}
    assert _ratings(alone) == {Rating.GOOD if typed else Rating.HARD}
    assert _ratings(helped) == {Rating.HARD if typed else Rating.AGAIN}


def _ratings(asked: AskedQuestion) -> set[int]:
    return set(Review.objects.filter(asked=asked).values_list("rating", flat=True))


@pytest.mark.parametrize("given", [Answer(choice=1), Answer()])
def test_answers_with_hints_move_no_difficulty_no_ability_and_no_confidence(given: Answer) -> None:
    asked = hinted(Shape.CHOICE, 1)
    AskedQuestion.objects.filter(pk=asked.pk).update(difficulty=0.5)
    answer(asked.pk, given, now=make.NOW, confidence=3)
    assert (ItemDifficulty.objects.count(), Ability.objects.count(), Confidence.objects.count()) == (0, 0, 0)
    assert set(Review.objects.values_list("hardness", flat=True)) == {0.5}


@pytest.mark.parametrize(("steps", "foreseen"), [(0, 1), (1, 0)])
def test_a_recall_with_a_hint_says_nothing_of_how_well_recall_is_foreseen(steps: int, foreseen: int) -> None:
    asked = hinted(Shape.DAY, steps)
    card = make.CardFactory(
        user=asked.sitting.user, event=asked.event, facet="date", day=make.NOW.date().replace(day=1)
    )
    assert card.memory is not None
    answer(asked.pk, right(asked.question), now=make.NOW)
    day = StudyDay.objects.get()
    assert (day.answers, day.foreseen) == (1, foreseen)


# --- At the same time -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_same_hint_asked_for_many_times_at_once_counts_once() -> None:
    asked, story = seated(Shape.PIN), chronicle()
    together(lambda _: ask(asked.pk, 1, story))
    asked.refresh_from_db()
    assert asked.hints == 1


def test_reading_hints_asks_nothing_of_the_database() -> None:
    asked, story = hinted(Shape.CHOICE, 2), chronicle()
    with CaptureQueriesContext(connection) as queries:
        assert hints.on(asked, story).left == 0
    assert len(queries) == 0
