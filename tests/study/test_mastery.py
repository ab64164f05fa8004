"""Mastery: what would be recalled today, group by group, and which places are confused; from the cards alone."""

from datetime import date, timedelta
from typing import Any

import pytest

from quiz.models import Event, Place, Sitting, User
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import Refusal
from quiz.questions.making import make as make_question
from quiz.scheduling import Memory, retrievability
from quiz.study import mastery
from quiz.study.coverage import coverage
from quiz.study.facts import chronicle
from quiz.study.mastery import Confusion, Held, KindMastery, Mastery
from quiz.study.weak import weakest
from tests import factories as make
from tests.questions.builders import chronicle as story_of
from tests.questions.builders import claim, event
from tests.study.stories import TOWNS, tell

pytestmark = pytest.mark.django_db
DAY = make.NOW.date()


@pytest.fixture
def learner() -> User:
    return make.UserFactory()


@pytest.fixture
def story() -> Chronicle:
    tell(12)
    return chronicle()


def key(n: int) -> str:
    """The key of the n-th capture, from 0."""
    return f"{TOWNS[n].lower()}-captured"


def met(n: int, recall: float = 1.0, facet: str = "date", **changes: Any) -> Held:
    values: dict[str, Any] = {"rated": DAY, "comes": DAY, "kinds": {}, "taken": {}}
    return Held((key(n), facet), recall, **{**values, **changes})


def facts(story: Chronicle, *, facet: str = "", place: str = "") -> int:
    """How many facts can be asked, tried with several seeds."""
    found = coverage(story).askable()
    return sum(facet in ("", one.facet) and place in ("", story.events[one.event].slot) for one in found)


# --- What was met -------------------------------------------------------------------------------


def test_recall_is_the_retrievability_of_the_learners_study_day(learner: User, story: Chronicle) -> None:
    first = Event.objects.get(key=key(0))
    card = make.CardFactory(user=learner, event=first, kinds={"choose-date": [2, 1.5]}, taken={"birch": 1})
    make.CardFactory(event=first)
    day = DAY + timedelta(days=5)
    [found] = mastery.held(learner, story, day)
    assert found == Held(
        (key(0), "date"),
        retrievability(Memory(2.3065, card.difficulty, DAY, card.due, 1, 0), day),
        rated=DAY,
        comes=DAY + timedelta(days=2),
        kinds={"choose-date": [2, 1.5]},
        taken={"birch": 1},
    )
    assert found.recall < 0.9


def test_only_what_was_rated_and_is_still_told_was_met(learner: User, story: Chronicle) -> None:
    events = [Event.objects.get(key=key(n)) for n in range(3)]
    make.CardFactory(user=learner, event=events[0], new=True)
    make.CardFactory(user=learner, event=events[1])
    make.CardFactory(user=learner, event=make.EventFactory(retired=True))
    make.CardFactory(user=learner, event=events[2], facet="place")
    assert [one.fact for one in mastery.held(learner, story, DAY)] == [(key(1), "date"), (key(2), "place")]


@pytest.mark.parametrize(
    ("changes", "comes"),
    [
        ({}, DAY + timedelta(days=2)),
        ({"suspended": True}, None),
        ({"buried_until": DAY + timedelta(days=1)}, DAY + timedelta(days=2)),
        ({"buried_until": DAY + timedelta(days=3)}, DAY + timedelta(days=3)),
    ],
)
def test_a_card_comes_when_it_is_due_and_neither_buried_nor_set_aside(
    learner: User, story: Chronicle, changes: dict[str, Any], comes: date | None
) -> None:
    make.CardFactory(user=learner, event=Event.objects.get(key=key(0)), **changes)
    assert [one.comes for one in mastery.held(learner, story, DAY)] == [comes]


@pytest.mark.parametrize("count", [1, 3])
def test_what_was_met_is_read_in_one_statement(
    learner: User, story: Chronicle, count: int, django_assert_num_queries: Any
) -> None:
    for n in range(count):
        make.CardFactory(user=learner, event=Event.objects.get(key=key(n)))
    with django_assert_num_queries(1):
        mine = mastery.held(learner, story, DAY)
    with django_assert_num_queries(0):
        mastery.by_phase(mine, story)
        mastery.by_place(mine, story)
        mastery.confusions(mine, story)


def test_a_fact_can_be_asked_if_some_kind_asks_it_with_some_seed(story: Chronicle) -> None:
    assert mastery.askable(story) == {(one.event, one.facet.value) for one in coverage(story).askable()}
    assert mastery.askable(story) is mastery.askable(story)


def test_a_fact_that_only_chance_keeps_from_being_asked_can_be_asked() -> None:
    # One document tells most: it is asked for so seldom that some of its events are refused with the first seed.
    events = [event(f"n{n}", claim(f"2014-{n + 1:02}-10", "one"), at=f"town{n}") for n in range(9)]
    events += [event(f"by-{s}", claim(f"2014-{n + 1:02}-20", s), at=f"far{n}") for n, s in enumerate(("two", "six"))]
    told = story_of(*events)
    refused = [one.key for one in events if isinstance(make_question(told, "who-reports", one.key, 0), Refusal)]
    assert refused
    assert mastery.askable(told) >= {(key, "source") for key in refused}


def test_what_an_open_exam_asked_for_is_told_once_the_exam_is_finished(learner: User, story: Chronicle) -> None:
    cards = [
        make.CardFactory(user=learner, event=Event.objects.get(key=key(n)), lapses=1, stability=0.1) for n in (0, 1)
    ]
    make.ReviewFactory(answered=True, card=cards[0], asked__sitting__mode="exam")
    make.ReviewFactory(answered=True, card=cards[1])
    assert [one.fact for one in mastery.held(learner, story, DAY)] == [(key(1), "date")]
    assert weakest(learner, DAY) == cards[1:]
    Sitting.objects.update(finished_at=make.NOW)
    assert [one.fact for one in mastery.held(learner, story, DAY)] == [(key(0), "date"), (key(1), "date")]
    assert weakest(learner, DAY) == cards


# --- Groups -------------------------------------------------------------------------------------


def test_mastery_is_the_mean_over_what_was_met(story: Chronicle) -> None:
    mine = [met(n, recall) for n, recall in enumerate((1, 0.9, 0.8, 0.7, 0.6))]
    assert mastery.overall(mine, story) == Mastery("", facts(story), 5, pytest.approx(0.8))
    assert mastery.overall(mine[1:], story) == Mastery("", facts(story), 4, None)


def test_a_fact_that_can_not_be_asked_any_more_counts_among_all_once_met(story: Chronicle) -> None:
    assert (key(0), "gone") not in mastery.askable(story)
    assert mastery.overall([met(0, facet="gone")], story).facts == facts(story) + 1


def test_facets_are_told_apart(story: Chronicle) -> None:
    mine = [*(met(n, 0.5, "place") for n in range(5)), met(0)]
    assert mastery.by_facet(mine, story) == [
        Mastery("dates", facts(story, facet="date"), 1, None),
        Mastery("places", facts(story, facet="place"), 5, 0.5),
        Mastery("sequence", facts(story, facet="sequence"), 0, None),
        Mastery("sources", facts(story, facet="source"), 0, None),
    ]


def test_phases_come_in_their_order_and_what_has_none_last(story: Chronicle) -> None:
    found = mastery.by_phase([*(met(n, 0.25) for n in range(5)), met(6)], story)
    assert [(one.label, one.met, one.recall) for one in found] == [
        ("First phase", 5, 0.25),
        ("Second phase", 1, None),
        ("Before, between and after the phases", 0, None),
    ]
    assert sum(one.facts for one in found) == facts(story)
    assert found[2].facts == 0


def test_what_lies_in_no_phase_has_its_group() -> None:
    tell(6)
    Event.objects.update(phase=None)
    story = chronicle()
    assert mastery.by_phase([met(0)], story)[-1].met == 1


def test_places_come_by_what_was_met_of_them_and_bring_their_names(story: Chronicle) -> None:
    Place.objects.filter(key="cedar").update(name_ar="أرز")
    mine = [met(1), met(1, facet="place"), met(2), met(0)]
    assert mastery.by_place(mine, chronicle()) == [
        Mastery("Birch", facts(story, place="birch"), 2, None, "birch"),
        Mastery("Amber", facts(story, place="amber"), 1, None, "amber"),
        Mastery("Cedar", facts(story, place="cedar"), 1, None, "cedar", "أرز"),
    ]


def test_an_event_without_a_slot_counts_for_each_of_its_places_once() -> None:
    tell(6)
    elsewhere = make.EventFactory(key="elsewhere")
    for town, role in (("birch", "near"), ("amber", "from"), ("birch", "toward")):
        make.EventPlaceFactory(event=elsewhere, place=Place.objects.get(key=town), role=role)
    make.ClaimFactory(event=elsewhere)
    story = chronicle()
    assert mastery.places_of(story.events["elsewhere"]) == ["birch", "amber"]
    found = mastery.by_place([Held(("elsewhere", "date"), 1.0, DAY, DAY, {}, {})], story)
    assert [(one.label, one.met) for one in found] == [("Amber", 1), ("Birch", 1)]


def test_an_event_with_a_slot_counts_for_the_place_in_it_alone() -> None:
    [first, *_] = tell(6)
    make.EventPlaceFactory(event=first, place=Place.objects.get(key="birch"), role="near")
    assert mastery.places_of(chronicle().events[first.key]) == ["amber"]


def test_five_answers_are_enough_for_a_share() -> None:
    assert [one.right for one in mastery.by_kind([met(0, kinds={"order": [5, 4.0]})])] == [pytest.approx(0.8)]
    assert [one.right for one in mastery.by_kind([met(0, kinds={"order": [4, 4.0]})])] == [None]


def test_kinds_tell_what_was_answered_and_what_would_be_recalled_of_it() -> None:
    mine = [met(n, 0.5, kinds={"enter-date": [2, 0.5], "choose-date": [1, 1]}) for n in range(4)]
    mine += [met(4, 1.0, kinds={"enter-date": [1, 1]}), met(5, 0.1), met(6, kinds={"gone": [9, 9]})]
    assert mastery.by_kind(mine) == [
        KindMastery("choose-date", met=4, recall=None, answers=4, right=None),
        KindMastery("enter-date", met=5, recall=pytest.approx(0.6), answers=9, right=pytest.approx(3 / 9)),
    ]


# --- Confusions ---------------------------------------------------------------------------------


def test_a_confusion_names_the_place_taken_and_the_right_one(story: Chronicle) -> None:
    mine = [met(0, taken={"birch": 1, "cedar": 3}), met(0, facet="place", taken={"birch": 1})]
    assert mastery.confusions(mine, story) == [
        Confusion(("cedar", "Cedar", ""), ("amber", "Amber", ""), 3),
        Confusion(("birch", "Birch", ""), ("amber", "Amber", ""), 2),
    ]


def test_places_that_are_gone_or_are_right_by_now_are_no_confusion(story: Chronicle) -> None:
    assert mastery.confusions([met(0, taken={"gone": 3, "amber": 2})], story) == []


def test_an_event_without_a_place_gives_no_confusion() -> None:
    tell(6)
    make.ClaimFactory(event=make.EventFactory(key="nowhere"))
    assert mastery.confusions([Held(("nowhere", "place"), 1.0, DAY, DAY, {}, {"amber": 1})], chronicle()) == []


def test_only_the_most_frequent_confusions_are_told(story: Chronicle) -> None:
    mine = [met(0, taken={TOWNS[n].lower(): 20 - n}) for n in range(1, 12)]
    assert [one.times for one in mastery.confusions(mine, story)] == list(range(19, 9, -1))
