"""Sittings: drawn by chance and stored as asked; each answer counts once, whatever becomes of the chronicle."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from quiz.models import Ability, AskedQuestion, Event, ItemDifficulty, Phase, Review, Sitting
from quiz.questions.difficulty import expected, floor, structural
from quiz.questions.marking import Answer, InvalidAnswer, mark
from quiz.questions.question import Facet, Shape
from quiz.study.drawing import Choice, TooFewQuestions
from quiz.study.facts import chronicle
from quiz.study.sittings import answer, begin, stored_answer
from tests import factories as make
from tests.study.stories import drawn, right, sat_down, seated, tell

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _story() -> None:
    tell()


def of_shape(shape: Shape) -> AskedQuestion:
    """A question of this shape that waits for its answer, as later questions of its sitting do."""
    return sat_down(shape, length=2)


# --- Beginning ----------------------------------------------------------------------------------


def test_a_sitting_is_stored_with_its_questions_as_they_will_be_asked() -> None:
    user = make.UserFactory()
    phase = Phase.objects.get(key="first")
    choice = Choice(2, phase=phase, facet=Facet.DATE)
    sitting = begin(user, chronicle(), choice, now=make.NOW, seed=3)
    sitting.refresh_from_db()
    assert (sitting.user, sitting.phase, sitting.facet, sitting.length) == (user, phase, "date", 2)
    assert (sitting.seed, sitting.started_at, sitting.finished_at) == (3, make.NOW, None)
    asked = list(sitting.asked.all())
    questions = drawn(2, 3, phase=phase, facet=Facet.DATE)
    assert [one.question for one in asked] == questions
    assert [(one.number, one.event.key, one.kind, one.facet) for one in asked] == [
        (number, question.event, question.kind, question.facet) for number, question in enumerate(questions, 1)
    ]
    assert {(one.answered_at, one.answer, one.credit) for one in asked} == {(None, None, None)}
    story = chronicle()
    hard = [structural(story, question) for question in questions]
    assert [(one.difficulty, one.probe) for one in asked] == [(difficulty, False) for difficulty in hard]
    assert [one.expected for one in asked] == [
        expected(0.0, difficulty, floor(question)) for difficulty, question in zip(hard, questions, strict=True)
    ]
    assert len({one.token for one in asked} | {sitting.token}) == 3


def test_what_a_learner_chose_is_kept_and_what_is_known_of_them_counts() -> None:
    user = make.UserFactory()
    kinds = ("choose-date", "enter-date")
    choice = Choice(2, kinds=kinds, aim=0.9)
    asked = begin(user, chronicle(), choice, now=make.NOW, seed=3).asked.all()
    Ability.objects.filter(user=user).update(ability=3.0)
    later = begin(user, chronicle(), choice, now=make.NOW, seed=3)
    later.refresh_from_db()
    assert (later.kinds, later.aim) == (list(kinds), 0.9)
    assert {one.kind for one in asked} | {one.kind for one in later.asked.all()} <= set(kinds)
    assert max(one.expected for one in asked) < min(one.expected for one in later.asked.all())


def test_each_item_and_each_facet_has_its_row_from_the_beginning() -> None:
    asked = seated()
    assert {(row.event_id, row.kind, row.difficulty, row.answers) for row in ItemDifficulty.objects.all()} == {
        (one.event_id, one.kind, 0.0, 0) for one in asked
    }
    assert {(row.facet, row.ability, row.answers) for row in asked[0].sitting.user.abilities.all()} == {
        (one.facet, 0.0, 0) for one in asked
    }


def test_a_sitting_on_everything_keeps_no_facet() -> None:
    assert seated()[0].sitting.facet == ""


def test_too_few_questions_store_nothing_and_say_how_many_there_are() -> None:
    user = make.UserFactory()
    with pytest.raises(TooFewQuestions, match=r"only [1-9]") as too_few:
        begin(user, chronicle(), Choice(50), now=make.NOW, seed=1)
    assert 0 < too_few.value.found < 50
    assert (Sitting.objects.count(), AskedQuestion.objects.count()) == (0, 0)


def test_an_empty_phase_has_no_questions() -> None:
    empty = make.PhaseFactory(key="empty")
    with pytest.raises(TooFewQuestions) as too_few:
        begin(make.UserFactory(), chronicle(), Choice(1, phase=empty), now=make.NOW, seed=1)
    assert too_few.value.found == 0


@pytest.mark.parametrize("length", [1, 3])
def test_beginning_costs_the_same_however_long_the_sitting(length: int, django_assert_num_queries: Any) -> None:
    user, story = make.UserFactory(), chronicle()
    with django_assert_num_queries(9):
        begin(user, story, Choice(length), now=make.NOW, seed=1)


# --- Answering ----------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", Shape)
def test_a_right_answer_is_kept_and_logged_for_each_fact(shape: Shape) -> None:
    asked = of_shape(shape)
    question = asked.question
    outcome = answer(asked.pk, right(question), now=LATER)
    assert (outcome.asked, outcome.repeated, outcome.marked.right) == (asked, False, True)
    asked.refresh_from_db()
    assert (asked.answered_at, asked.credit, stored_answer(asked)) == (LATER, 1.0, right(question))
    logged = asked.reviews.order_by("card__event__key")
    facts = sorted(
        (fact.event, fact.facet, question.kind, fact.credit) for fact in mark(question, right(question)).facts
    )
    assert [(one.card.event.key, one.card.facet, one.kind, one.credit) for one in logged] == facts
    assert {credit for *_, credit in facts} == {1.0}
    assert {(one.user, one.at) for one in logged} == {(asked.sitting.user, LATER)}


def test_a_partly_right_answer_earns_its_share() -> None:
    asked = of_shape(Shape.DAY)
    day = asked.question.accepted[1] + timedelta(days=3)
    assert answer(asked.pk, Answer(day=day), now=LATER).marked.credit == 0.5
    assert Review.objects.get().credit == 0.5


def test_i_do_not_know_is_an_answer() -> None:
    asked = seated()[0]
    outcome = answer(asked.pk, Answer(), now=LATER)
    assert (outcome.marked.credit, outcome.marked.right) == (0.0, False)
    asked.refresh_from_db()
    assert (asked.answered_at, asked.credit, stored_answer(asked)) == (LATER, 0.0, Answer())


@pytest.mark.parametrize("shape", Shape)
def test_a_second_answer_writes_nothing_and_gives_the_result_of_the_first(shape: Shape) -> None:
    asked = of_shape(shape)
    first = answer(asked.pk, Answer(), now=make.NOW)
    before = list(AskedQuestion.objects.values()), list(Review.objects.values()), list(Sitting.objects.values())
    with CaptureQueriesContext(connection) as queries:
        second = answer(asked.pk, right(asked.question), now=LATER)
    assert (second.marked, second.repeated, second.asked) == (first.marked, True, asked)
    writing = [one["sql"] for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writing == []
    after = list(AskedQuestion.objects.values()), list(Review.objects.values()), list(Sitting.objects.values())
    assert after == before


@pytest.mark.parametrize(
    ("shape", "given"),
    [
        (Shape.CHOICE, Answer(choice=9)),
        (Shape.CHOICE, Answer(day=date(2014, 1, 1))),
        (Shape.DAY, Answer(choice=0)),
        (Shape.ORDER, Answer(order=(0, 0, 1, 2))),
    ],
)
def test_an_answer_that_does_not_fit_stores_nothing(shape: Shape, given: Answer) -> None:
    asked = of_shape(shape)
    with pytest.raises(InvalidAnswer):
        answer(asked.pk, given, now=LATER)
    asked.refresh_from_db()
    assert (asked.answered_at, asked.answer, Review.objects.count()) == (None, None, 0)


def test_an_unknown_question_is_an_error() -> None:
    with pytest.raises(AskedQuestion.DoesNotExist):
        answer(0, Answer(), now=LATER)


def test_what_is_not_answered_has_no_stored_answer() -> None:
    asked = seated()[0]
    with pytest.raises(ValueError, match=f"question {asked.pk} is not answered"):
        stored_answer(asked)


@pytest.mark.parametrize("shape", Shape)
def test_an_answer_costs_few_statements(shape: Shape) -> None:
    asked = of_shape(shape)
    with CaptureQueriesContext(connection) as queries:
        answer(asked.pk, right(asked.question), now=LATER)
    assert len(queries) == 17
    with CaptureQueriesContext(connection) as queries:
        answer(asked.pk, right(asked.question), now=LATER)
    assert len(queries) == 3


def test_the_last_answer_finishes_the_sitting_and_costs_one_statement_more() -> None:
    asked = seated(3)
    times: list[datetime | None] = []
    costs: list[int] = []
    for n, one in enumerate(reversed(asked)):
        with CaptureQueriesContext(connection) as queries:
            answer(one.pk, Answer(), now=LATER + n * timedelta(minutes=1))
        times.append(Sitting.objects.get(pk=one.sitting_id).finished_at)
        costs.append(len(queries))
    assert times == [None, None, LATER + timedelta(minutes=2)]
    # The first answer of a day costs two more.
    assert costs == [17, 15, 16]


# --- When the chronicle changes in mid-sitting ----------------------------------------------------


def test_an_edited_event_is_asked_and_marked_as_it_was() -> None:
    asked = seated()[0]
    before = asked.question
    Event.objects.update(clause="nothing happened")
    Event.objects.all()[0].claims.update(date="2020-01-01")
    chronicle()
    asked.refresh_from_db()
    assert asked.question == before
    assert answer(asked.pk, right(before), now=LATER).marked.right


def test_a_retired_event_is_asked_and_marked_as_it_was() -> None:
    asked = seated()[0]
    before = asked.question
    Event.objects.update(retired=True)
    assert dict(chronicle().events) == {}
    assert answer(asked.pk, right(before), now=LATER).marked.right
    assert asked.reviews.count() == len(mark(before, right(before)).facts)


def test_the_database_keeps_an_event_that_was_asked_about() -> None:
    asked = seated()[0]
    with pytest.raises(ProtectedError):
        asked.event.delete()
    with pytest.raises(ProtectedError):
        Event.objects.filter(pk=asked.event_id).delete()
    assert Event.objects.filter(pk=asked.event_id).exists()


def test_another_event_of_an_order_may_go_and_the_rest_is_logged() -> None:
    asked = of_shape(Shape.ORDER)
    question = asked.question
    gone = question.events[1]
    AskedQuestion.objects.exclude(pk=asked.pk).delete()
    Event.objects.get(key=gone).delete()
    outcome = answer(asked.pk, right(question), now=LATER)
    assert outcome.marked.right
    assert {one.card.event.key for one in asked.reviews.all()} == set(question.events) - {gone}
