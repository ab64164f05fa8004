"""Sittings beyond plain practice: exams and their time, named facts, weak spots, what was missed, timeline runs."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from quiz.models import AskedQuestion, Card, Confidence, Event, Review, Sitting, SittingMode, User
from quiz.questions.marking import Answer
from quiz.questions.question import Facet, Shape
from quiz.scheduling import retrievability
from quiz.study import sittings as study
from quiz.study import wanted
from quiz.study.drawing import Beliefs, Choice, TooFewQuestions, Wanted, draw_about, draw_run
from quiz.study.facts import chronicle
from quiz.study.weak import weakest
from tests import factories as make
from tests.study.stories import by_hand, right, sat_down, tell

pytestmark = pytest.mark.django_db
NOW, TODAY = make.NOW, make.NOW.date()
MINUTE = timedelta(minutes=1)


def exam(minutes: int | None = 10, length: int = 5) -> Sitting:
    """An exam on the dates of a dozen towns."""
    tell()
    choice = Choice(length, facet=Facet.DATE, mode=SittingMode.EXAM, minutes=minutes)
    return study.begin(make.UserFactory(), chronicle(), choice, now=NOW, seed=1)


def first(sitting: Sitting) -> AskedQuestion:
    return sitting.asked.order_by("number")[0]


# --- Time ---------------------------------------------------------------------------------------


def test_an_exam_knows_its_time_and_is_silent_until_its_end() -> None:
    sitting = exam()
    assert (sitting.mode, sitting.minutes, sitting.ends_at) == (SittingMode.EXAM, 10, NOW + 10 * MINUTE)
    assert sitting.is_silent
    assert not study.finish(sitting.user, sitting.pk, now=NOW).is_silent


def test_an_exam_without_limit_is_never_over() -> None:
    sitting = exam(minutes=None)
    assert (sitting.minutes, sitting.ends_at) == (None, None)
    assert not study.is_over(sitting, NOW + timedelta(days=900))
    assert study.extend(sitting.user, sitting.pk, now=NOW).ends_at is None


def test_an_answer_counts_until_the_end_and_not_at_it() -> None:
    sitting = exam()
    asked = first(sitting)
    with pytest.raises(study.TimeIsUp):
        study.answer(asked.pk, Answer(), now=NOW + 10 * MINUTE)
    asked.refresh_from_db()
    assert (asked.answered_at, Review.objects.count()) == (None, 0)
    study.answer(asked.pk, Answer(), now=NOW + 10 * MINUTE - timedelta(seconds=1))
    asked.refresh_from_db()
    assert asked.answered_at is not None


@pytest.mark.parametrize(("when", "end"), [(3, 15), (10, 15), (12, 17)])
def test_five_minutes_are_added_to_the_end_or_from_now_on(when: int, end: int) -> None:
    sitting = exam()
    assert study.extend(sitting.user, sitting.pk, now=NOW + when * MINUTE).ends_at == NOW + end * MINUTE
    assert study.extend(sitting.user, sitting.pk, now=NOW + when * MINUTE).ends_at == NOW + (end + 5) * MINUTE


def test_an_exam_that_is_over_goes_on_when_it_is_extended() -> None:
    sitting = exam()
    asked = first(sitting)
    study.extend(sitting.user, sitting.pk, now=NOW + 12 * MINUTE)
    assert not study.answer(asked.pk, right(asked.question), now=NOW + 16 * MINUTE).repeated


def test_an_exam_ends_early_with_the_rest_unanswered_and_rated_nowhere() -> None:
    sitting = exam()
    study.answer(first(sitting).pk, Answer(), now=NOW)
    before = Review.objects.count()
    ended = study.finish(sitting.user, sitting.pk, now=NOW + MINUTE)
    assert ended.finished_at == NOW + MINUTE
    assert (sitting.asked.filter(answered_at=None).count(), Review.objects.count()) == (4, before)
    assert study.finish(sitting.user, sitting.pk, now=NOW + 2 * MINUTE).finished_at == NOW + MINUTE
    assert study.extend(sitting.user, sitting.pk, now=NOW).ends_at == sitting.ends_at
    with pytest.raises(study.TimeIsUp):
        study.answer(sitting.asked.get(number=2).pk, Answer(), now=NOW + MINUTE)


def test_other_peoples_exams_are_neither_extended_nor_ended() -> None:
    sitting, stranger = exam(), make.UserFactory()
    for verb in (study.extend, study.finish):
        with pytest.raises(Sitting.DoesNotExist):
            verb(stranger, sitting.pk, now=NOW)


def test_what_was_passed_over_is_told_as_unknown_and_not_stored() -> None:
    asked = first(exam())
    assert study.stored_answer(study.passed_over(asked)).unknown
    asked.refresh_from_db()
    assert asked.answer is None


# --- How sure -----------------------------------------------------------------------------------


def test_how_sure_somebody_was_is_kept_but_for_what_was_not_known() -> None:
    tell()
    one, other = sat_down(Shape.CHOICE, length=2).sitting.asked.order_by("number")
    study.answer(one.pk, right(one.question), now=NOW, confidence=3)
    study.answer(other.pk, Answer(), now=NOW, confidence=3)
    assert list(AskedQuestion.objects.order_by("number").values_list("confidence", flat=True)) == [3, None]
    assert list(Confidence.objects.values_list("level", "answers", "credit")) == [(3, 1, 1.0)]


# --- Named facts --------------------------------------------------------------------------------


def about(*facts: Wanted, most: int = 20) -> list[tuple[str, str, str]]:
    found = draw_about(chronicle(), facts, most, 1, Beliefs())
    return [(one.question.event, one.question.facet.value, one.question.kind) for one in found]


def test_facts_are_asked_in_their_order_by_their_kinds() -> None:
    tell()
    laurel = Wanted("laurel-captured", Facet.DATE, ("enter-date",))
    amber = Wanted("amber-captured", Facet.DATE, ("choose-date",))
    asked = [("laurel-captured", "date", "enter-date"), ("amber-captured", "date", "choose-date")]
    assert (about(laurel, amber), about(laurel, amber, most=1)) == (asked, asked[:1])


def test_a_fact_that_its_kind_cannot_ask_is_asked_by_another() -> None:
    tell()
    found = about(Wanted("amber-captured", Facet.DATE, ("find-place", "no-such-kind")))
    assert [(event, facet) for event, facet, _ in found] == [("amber-captured", "date")]


def test_what_cannot_be_asked_is_passed_over_and_nothing_at_all_is_said() -> None:
    tell()
    gone, untold = Wanted("no-such-event", Facet.DATE), Wanted("amber-captured", Facet.SOURCE)
    assert len(about(gone, untold, Wanted("cedar-captured", Facet.DATE))) == 1
    for nothing in ((), (gone,), (untold,)):
        with pytest.raises(TooFewQuestions):
            about(*nothing)


def test_a_question_that_an_earlier_one_answers_is_left_out() -> None:
    tell()
    same = Wanted("amber-captured", Facet.DATE)
    assert len(about(same, same)) == 1


def test_a_sitting_about_facts_is_as_long_as_what_can_be_asked() -> None:
    tell()
    user, facts = make.UserFactory(), [Wanted("amber-captured", Facet.DATE), Wanted("gone", Facet.DATE)]
    sitting = study.begin_about(user, chronicle(), facts, SittingMode.WEAK, now=NOW, seed=1)
    assert (sitting.mode, sitting.length, sitting.user, sitting.asked.count()) == (SittingMode.WEAK, 1, user, 1)
    with pytest.raises(TooFewQuestions):
        study.begin_about(user, chronicle(), facts[1:], SittingMode.WEAK, now=NOW, seed=1)
    assert Sitting.objects.count() == 1


def test_at_most_twenty_facts_are_asked_at_once() -> None:
    tell(40)
    facts = [Wanted(key, Facet.DATE) for key in chronicle().events]
    assert study.begin_about(make.UserFactory(), chronicle(), facts, SittingMode.DAILY, now=NOW, seed=1).length == 20


# --- What is due, weak, missed --------------------------------------------------------------------


def known(user: User, key: str, days: int = 0, **changes: object) -> Card:
    """A card of the date of an event, last rated so many days ago with a stability of ten days."""
    day = TODAY - timedelta(days=days)
    event = Event.objects.get(key=key)
    return make.CardFactory(**{"user": user, "event": event, "stability": 10.0, "day": day, "due": TODAY, **changes})


def test_the_weakest_are_those_that_tomorrow_would_be_recalled_least() -> None:
    tell()
    user = make.UserFactory()
    old, older = known(user, "amber-captured", 20), known(user, "birch-captured", 40)
    forgotten = known(user, "cedar-captured", 0, stability=0.2)
    known(user, "dune-captured", 0)  # as good as sure
    assert forgotten.memory
    assert retrievability(forgotten.memory, TODAY) == 1
    assert weakest(user, TODAY) == [forgotten, older, old]
    assert weakest(user, TODAY, most=1) == [forgotten]


def test_ties_go_to_what_was_forgotten_more_often_and_then_to_what_earned_less() -> None:
    tell()
    user = make.UserFactory()
    keys = ("amber-captured", "birch-captured", "cedar-captured", "dune-captured")
    plain = known(user, keys[0], 20)
    half = known(user, keys[1], 20, kinds={"choose-date": [2, 1.0]})
    poor = known(user, keys[2], 20, kinds={"choose-date": [1, 1.0], "enter-date": [3, 0.2]})
    lapsed = known(user, keys[3], 20, lapses=1)
    assert weakest(user, TODAY) == [lapsed, poor, half, plain]


def test_what_is_set_aside_retired_new_or_somebody_elses_is_no_weak_spot() -> None:
    tell()
    user = make.UserFactory()
    known(user, "amber-captured", 40, suspended=True)
    known(make.UserFactory(), "birch-captured", 40)
    known(user, "cedar-captured", 40)
    Event.objects.filter(key="cedar-captured").update(retired=True)
    make.CardFactory(user=user, event=Event.objects.get(key="dune-captured"), new=True)
    assert weakest(user, TODAY) == []


@pytest.mark.parametrize("cards", [1, 3])
def test_weak_spots_take_two_statements(django_assert_num_queries: Any, cards: int) -> None:
    tell()
    user = make.UserFactory()
    for event in Event.objects.order_by("key")[:cards]:
        known(user, event.key, 40)
    with django_assert_num_queries(2):
        assert len([card.event.key for card in weakest(user, TODAY)]) == cards


def test_what_is_due_and_what_is_weak_is_wanted_in_order() -> None:
    tell()
    user = make.UserFactory()
    known(user, "amber-captured", 40)
    known(user, "birch-captured", 20)
    known(user, "cedar-captured", 20, due=TODAY + timedelta(days=9))
    due = [(one.event, one.facet) for one in wanted.due(user, chronicle(), NOW)]
    assert due == [("birch-captured", Facet.DATE), ("amber-captured", Facet.DATE)]
    weak = [one.event for one in wanted.weak(user, NOW)]
    assert weak == ["amber-captured", "birch-captured", "cedar-captured"]


def test_what_is_due_keeps_to_the_daily_cap() -> None:
    tell()
    user = make.UserFactory(reviews_per_day=2)
    for event in Event.objects.all()[:5]:
        known(user, event.key, 20)
    assert len(wanted.due(user, chronicle(), NOW)) == 2


def test_what_was_missed_is_wanted_by_the_kind_that_asked_it() -> None:
    tell()
    sitting = sat_down(Shape.CHOICE, length=2).sitting
    for asked in sitting.asked.order_by("number"):
        study.answer(asked.pk, Answer() if asked.number == 1 else right(asked.question), now=NOW)
    assert wanted.missed(sitting) == [Wanted("birch-captured", Facet.DATE, ("choose-date",))]
    Event.objects.filter(key="birch-captured").update(retired=True)
    assert wanted.missed(sitting) == []


def test_the_same_fact_missed_by_two_kinds_is_wanted_once() -> None:
    tell()
    sitting = make.SittingFactory(length=2)
    for number, kind in ((1, "choose-date"), (2, "enter-date")):
        question = by_hand(Shape.CHOICE if number == 1 else Shape.DAY, number)
        event = Event.objects.get(key=question.event)
        make.AskedQuestionFactory(sitting=sitting, number=number, event=event, kind=kind, content=question.as_dict())
    for asked in sitting.asked.all():
        study.answer(asked.pk, Answer(), now=NOW)
    assert wanted.missed(sitting) == [Wanted("cedar-captured", Facet.DATE, ("choose-date", "enter-date"))]


# --- Timeline run -------------------------------------------------------------------------------


def test_a_run_has_nine_steps_and_its_line_grows() -> None:
    tell()
    sitting = study.begin_run(make.UserFactory(), chronicle(), None, now=NOW, seed=1)
    questions = [asked.question for asked in sitting.asked.order_by("number")]
    assert (sitting.mode, sitting.length) == (SittingMode.TIMELINE, 9)
    assert [len(question.options) for question in questions] == list(range(1, 10))
    placed: set[str] = {questions[0].options[0].event}
    for question in questions:
        assert {option.event for option in question.options} == placed
        placed.add(question.event)


def test_a_run_over_a_phase_is_as_long_as_its_events_allow() -> None:
    events = tell()
    sitting = study.begin_run(make.UserFactory(), chronicle(), events[0].phase, now=NOW, seed=1)
    assert (sitting.length, sitting.phase) == (5, events[0].phase)
    assert {asked.event.phase for asked in sitting.asked.select_related("event__phase")} == {events[0].phase}


@pytest.mark.parametrize(("towns", "steps"), [(3, None), (4, 3)])
def test_a_run_has_three_steps_at_least(towns: int, steps: int | None) -> None:
    tell(towns)
    if steps is None:
        with pytest.raises(TooFewQuestions) as refused:
            draw_run(chronicle(), None, 9, 1, Beliefs())
        assert refused.value.found == towns - 1
    else:
        assert len(draw_run(chronicle(), None, 9, 1, Beliefs())) == steps


def test_a_phase_without_events_gives_no_run() -> None:
    tell()
    with pytest.raises(TooFewQuestions):
        study.begin_run(make.UserFactory(), chronicle(), make.PhaseFactory(key="empty"), now=timezone.now(), seed=1)
    assert Sitting.objects.count() == 0
