"""Difficulties and abilities as stored: moved by each answer, once, and read for the next sitting."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quiz.models import Ability, AskedQuestion, ItemDifficulty, Review
from quiz.questions.difficulty import FIRST_STEP, OF_KIND, UNKNOWN, Estimate, answered
from quiz.questions.marking import Answer
from quiz.questions.question import Facet, Option, Shape
from quiz.study import difficulty
from quiz.study.sittings import answer
from tests import factories as make
from tests.study.test_at_the_same_time import WRITERS, together

pytestmark = pytest.mark.django_db
RIGHT, WRONG = Answer(choice=0), Answer(choice=1)


def items() -> list[tuple[str, str, float, int]]:
    """The difficulties stored, by event and kind."""
    rows = ItemDifficulty.objects.order_by("event__key", "kind")
    return list(rows.values_list("event__key", "kind", "difficulty", "answers"))


def learners() -> list[tuple[str, str, float, int]]:
    """The abilities stored, by learner and facet."""
    rows = Ability.objects.order_by("user__username", "facet")
    return list(rows.values_list("user__username", "facet", "ability", "answers"))


def test_an_answer_moves_the_item_and_the_learner_apart() -> None:
    asked = make.AskedQuestionFactory(difficulty=0.0)
    ability, shift = answered(UNKNOWN, UNKNOWN, 0.0, 0.5, 1.0)
    answer(asked.pk, RIGHT, now=make.NOW)
    assert items() == [(asked.event.key, "choose-date", shift.value, 1)]
    assert learners() == [(asked.sitting.user.username, "date", ability.value, 1)]
    assert (ability.value, shift.value) == (pytest.approx(FIRST_STEP / 6), pytest.approx(-FIRST_STEP / 6))


@pytest.mark.parametrize("given", [WRONG, Answer()])
def test_not_knowing_moves_both_the_other_way_whether_guessed_or_said(given: Answer) -> None:
    asked = make.AskedQuestionFactory(difficulty=0.0)
    answer(asked.pk, given, now=make.NOW)
    assert (items()[0][2], learners()[0][2]) == (pytest.approx(FIRST_STEP / 2), pytest.approx(-FIRST_STEP / 2))


def test_the_next_answer_goes_on_from_the_last_and_keeps_how_hard_the_question_was() -> None:
    event, user = make.EventFactory(), make.UserFactory()
    asked = [make.AskedQuestionFactory(event=event, sitting__user=user, difficulty=start) for start in (0.4, -0.2)]
    ability, shift = Estimate(), Estimate()
    before = []
    for one, start, given, credit in zip(asked, (0.4, -0.2), (WRONG, RIGHT), (0.0, 1.0), strict=True):
        before.append(start + shift.value)
        ability, shift = answered(ability, shift, start, 0.5, credit)
        answer(one.pk, given, now=make.NOW)
    assert items() == [(event.key, "choose-date", pytest.approx(shift.value), 2)]
    assert learners() == [(user.username, "date", pytest.approx(ability.value), 2)]
    assert list(Review.objects.values_list("hardness", flat=True)) == pytest.approx(before)


def test_a_repeated_answer_moves_nothing() -> None:
    asked = make.AskedQuestionFactory(difficulty=0.0)
    answer(asked.pk, RIGHT, now=make.NOW)
    before = items(), learners()
    assert answer(asked.pk, WRONG, now=make.NOW).repeated
    assert (items(), learners()) == before


def test_an_order_of_several_events_moves_one_item_and_one_ability_once_by_its_credit() -> None:
    events = [make.EventFactory(key=f"e{n}") for n in range(4)]
    keys = tuple(event.key for event in events)
    changes: dict[str, Any] = {
        "kind": "order",
        "shape": Shape.ORDER,
        "facet": Facet.SEQUENCE,
        "events": keys,
        "key": (0, 1, 2, 3),
        "options": tuple(Option(key, event=key) for key in keys),
    }
    asked = make.AskedQuestionFactory(
        event=events[0],
        kind="order",
        facet="sequence",
        difficulty=0.5,
        content=make.question(**{"event": "e0", **changes}).as_dict(),
    )
    answer(asked.pk, Answer(order=(1, 0, 2, 3)), now=make.NOW)
    ability, shift = answered(UNKNOWN, UNKNOWN, 0.5, 7 / 36, 2 / 3)
    assert items() == [("e0", "order", pytest.approx(shift.value), 1)]
    assert learners() == [(asked.sitting.user.username, "sequence", pytest.approx(ability.value), 1)]
    assert list(Review.objects.values_list("hardness", flat=True)) == [0.5] * 4


def test_a_question_asked_before_difficulties_were_kept_counts_as_hard_as_its_kind() -> None:
    asked = make.AskedQuestionFactory()
    assert asked.difficulty is None
    answer(asked.pk, RIGHT, now=make.NOW)
    ability, shift = answered(UNKNOWN, UNKNOWN, OF_KIND["choose-date"], 0.5, 1.0)
    assert (items()[0][2], learners()[0][2]) == (pytest.approx(shift.value), pytest.approx(ability.value))
    assert Review.objects.get().hardness == OF_KIND["choose-date"]


def test_rows_are_made_once_and_for_what_will_be_moved_only() -> None:
    user, event = make.UserFactory(), make.EventFactory()
    one, other, of_place = (
        make.AskedQuestionFactory(event=event),
        make.AskedQuestionFactory(event=event),
        make.AskedQuestionFactory(event=event, kind="choose-place", facet="place"),
    )
    for _ in range(2):
        difficulty.make_rows(user, [one, other, of_place])
    assert items() == [(event.key, "choose-date", 0.0, 0), (event.key, "choose-place", 0.0, 0)]
    assert learners() == [(user.username, "date", 0.0, 0), (user.username, "place", 0.0, 0)]


def test_making_rows_leaves_what_was_learnt() -> None:
    asked = make.AskedQuestionFactory(difficulty=0.0)
    answer(asked.pk, RIGHT, now=make.NOW)
    before = items(), learners()
    difficulty.make_rows(asked.sitting.user, [asked])
    assert (items(), learners()) == before


def test_what_is_believed_of_a_learner_and_of_items() -> None:
    user, stranger = make.UserFactory(), make.UserFactory()
    events = [make.EventFactory(key=key) for key in ("one", "two", "three")]
    Ability.objects.create(user=user, facet="date", ability=0.8, answers=3)
    Ability.objects.create(user=stranger, facet="place", ability=0.9, answers=3)
    for event, kind, shift in ((events[0], "first", 0.1), (events[0], "order", 0.2), (events[2], "first", 0.3)):
        ItemDifficulty.objects.create(event=event, kind=kind, difficulty=shift)
    believed = difficulty.beliefs(user)
    assert dict(believed.abilities) == {Facet.DATE: 0.8}
    assert believed.shifts({"one", "two"}) == {("one", "first"): 0.1, ("one", "order"): 0.2}


def test_difficulties_go_with_their_event_and_abilities_with_their_learner() -> None:
    event, user = make.EventFactory(), make.UserFactory()
    ItemDifficulty.objects.create(event=event, kind="first", difficulty=0.1)
    Ability.objects.create(user=user, facet="date")
    event.delete()
    user.delete()
    assert (ItemDifficulty.objects.count(), Ability.objects.count()) == (0, 0)


def test_rows_say_what_they_are() -> None:
    item = ItemDifficulty(event_id=3, kind="first", difficulty=-0.25)
    assert (str(item), str(Ability(user_id=4, facet="date", ability=1))) == ("3/first: -0.25", "4/date: +1.00")


def test_moving_costs_four_statements() -> None:
    asked = AskedQuestion.objects.select_related("sitting").get(pk=make.AskedQuestionFactory(difficulty=0.0).pk)
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            difficulty.move(asked, asked.question, 1.0)
        assert len(queries) == 4


@pytest.mark.django_db(transaction=True)
def test_no_answer_is_lost_where_many_move_one_item_and_one_learner_at_once() -> None:
    event, user = make.EventFactory(key="event"), make.UserFactory()
    asked = [make.AskedQuestionFactory(event=event, sitting__user=user, difficulty=0.0) for _ in range(WRITERS)]
    difficulty.make_rows(user, asked)
    together(lambda n: answer(asked[n].pk, RIGHT, now=make.NOW))
    ability, shift = UNKNOWN, UNKNOWN
    for _ in range(WRITERS):
        ability, shift = answered(ability, shift, 0.0, 0.5, 1.0)
    assert items() == [("event", "choose-date", pytest.approx(shift.value), WRITERS)]
    assert learners() == [(user.username, "date", pytest.approx(ability.value), WRITERS)]
