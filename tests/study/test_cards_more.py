"""What the pages of cards ask of the deck and of the day: piles, their order, what can be rated, what comes next."""

from datetime import timedelta
from typing import Any

import pytest

from quiz.models import Card, Event, StudyDay, User
from quiz.questions.marking import Answer
from quiz.questions.question import Shape
from quiz.study import deck, today
from quiz.study.deck import Pile, Sorting
from quiz.study.facts import chronicle
from quiz.study.feedback import Verdict, told
from tests import factories as make
from tests.study.stories import TOWNS, by_hand, tell

pytestmark = pytest.mark.django_db

DAY = make.NOW.date()


def card(user: User, n: int = 0, facet: str = "date", **changes: Any) -> Card:
    """A card of the n-th event that is due on DAY."""
    values = {"day": DAY - timedelta(days=7), "due": DAY, "stability": 7.0, **changes}
    return make.CardFactory(user=user, event=event(n), facet=facet, **values)


def event(n: int) -> Event:
    return Event.objects.get(key=f"{TOWNS[n].lower()}-captured")


@pytest.fixture
def user() -> User:
    """A learner to whom a dozen captures may be told."""
    tell()
    return make.UserFactory()


# --- The deck -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "ready"),
    [
        ({}, True),
        ({"due": DAY - timedelta(days=1)}, True),
        ({"due": DAY + timedelta(days=1)}, False),
        ({"suspended": True}, False),
        ({"buried_until": DAY}, True),
        ({"buried_until": DAY + timedelta(days=1)}, False),
    ],
)
def test_a_card_can_be_rated_when_it_is_due_and_not_set_aside(user: User, changes: dict[str, Any], ready: bool) -> None:
    found = card(user, **changes)
    assert deck.is_ready(found, DAY) == ready
    assert user.cards.due(DAY).filter(pk=found.pk).exists() == ready


def test_a_card_of_a_retired_event_cannot_be_rated(user: User) -> None:
    found = card(user)
    found.event.retired = True
    assert not deck.is_ready(found, DAY)


def test_each_pile_holds_its_own_and_no_one_elses(user: User) -> None:
    due = card(user, 0)
    later = card(user, 1, due=DAY + timedelta(days=1))
    suspended = card(user, 2, suspended=True, lapses=8)
    buried = card(user, 3, buried_until=DAY + timedelta(days=1), lapses=7)
    card(make.UserFactory(), 4)
    found = {pile: list(deck.pile(user, pile, DAY).order_by("pk")) for pile in Pile}
    assert found == {
        Pile.ALL: [due, later, suspended, buried],
        Pile.DUE: [due],
        Pile.LEARNING: [later],
        Pile.ASIDE: [suspended, buried],
        Pile.LEECHES: [suspended],
    }


def test_a_deck_stands_in_the_order_of_the_story_and_of_facets_or_by_due_day(user: User) -> None:
    third = card(user, 2, due=DAY - timedelta(days=1))
    place = card(user, 0, "place")
    first = card(user, 0)
    gone = card(user, 1, due=DAY - timedelta(days=2))
    Event.objects.filter(pk=gone.event_id).update(retired=True)
    story = chronicle()
    assert deck.in_order(story, user.cards.all(), Sorting.STORY) == [first.pk, place.pk, third.pk, gone.pk]
    assert deck.in_order(story, user.cards.all(), Sorting.DUE) == [gone.pk, third.pk, first.pk, place.pk]


def test_cards_are_held_in_the_order_asked_for_with_what_is_remembered(user: User) -> None:
    known = card(user, 0)
    new = card(user, 1, stability=None, difficulty=None, day=None, reviews=0, buried_until=DAY + timedelta(days=1))
    later = card(user, 2, due=DAY + timedelta(days=3), day=DAY)
    found = deck.held(chronicle(), [later.pk, known.pk, 10**6, new.pk], DAY)
    assert [(one.card, one.recall and round(one.recall, 4), one.days, one.buried) for one in found] == [
        (later, 1.0, 3, False),
        (known, 0.9, 0, False),
        (new, None, 0, True),
    ]
    assert [one.line.key for one in found if one.line] == [event(n).key for n in (2, 0, 1)]


def test_a_card_of_an_event_that_is_told_no_more_has_no_line(user: User) -> None:
    found = card(user)
    Event.objects.filter(pk=found.event_id).update(retired=True)
    assert deck.hold(chronicle(), found, DAY).line is None


# --- The day --------------------------------------------------------------------------------------


def test_what_was_forgotten_today_is_to_be_reviewed_and_not_new(user: User) -> None:
    card(user, 0)
    card(user, 1, day=DAY)
    card(user, 2, stability=None, difficulty=None, day=None, reviews=0)
    found = today.today(user, chronicle(), make.NOW)
    assert (found.to_review, found.new, found.count) == (2, 5, 7)


def test_done_are_the_cards_rated_on_that_day(user: User) -> None:
    StudyDay.objects.create(user=user, day=DAY, ratings=4, answers=9)
    assert (today.done(user, DAY), today.done(user, DAY - timedelta(days=1))) == (4, 0)


def test_leeches_are_those_set_aside_of_events_still_told(user: User) -> None:
    leech = card(user, 0, lapses=8, suspended=True)
    card(user, 1, lapses=7, suspended=True)
    card(user, 2, lapses=9)
    gone = card(user, 3, lapses=8, suspended=True)
    Event.objects.filter(pk=gone.event_id).update(retired=True)
    assert today.leeches(user) == [leech]


@pytest.mark.parametrize(
    ("new_per_day", "held", "days"),
    [(5, 1, 1), (0, 1, 9), (5, 12, 9)],
    ids=["new ones come tomorrow", "none are wanted", "none are left"],
)
def test_the_next_card_may_be_a_new_one(user: User, new_per_day: int, held: int, days: int) -> None:
    user.new_per_day = new_per_day
    user.save()
    StudyDay.objects.create(user=user, day=DAY, new=new_per_day)
    for n in range(held):
        for facet in ("date", "place", "sequence"):
            card(user, n, facet, due=DAY + timedelta(days=9))
    found = today.today(user, chronicle(), make.NOW)
    assert found.next_day == DAY + timedelta(days=days)


@pytest.mark.parametrize(("seen", "cards"), [(0, [2, 2, 1]), (1, [1, 2, 2]), (2, [2, 2, 1])])
def test_a_plan_begins_with_what_today_still_holds(user: User, seen: int, cards: list[int]) -> None:
    user.reviews_per_day = 2
    user.save()
    StudyDay.objects.create(user=user, day=DAY, seen=seen)
    for n in range(5):
        card(user, n)
    plan = today.today(user, chronicle(), make.NOW).plan
    first = DAY + timedelta(days=seen == 2)
    assert [(one.day, one.cards) for one in plan] == [(first + timedelta(days=n), c) for n, c in enumerate(cards)]


def test_a_plan_names_fourteen_days_at_most_even_when_it_begins_today(user: User) -> None:
    user.reviews_per_day = 2
    queue = today.Queue(DAY, reviews=[Card()], waiting=100)
    assert len(today._planned(user, queue)) == today.PLANNED_DAYS


# --- What a card tells ----------------------------------------------------------------------------


@pytest.mark.parametrize("shape", Shape)
def test_a_question_that_nobody_answered_is_told_like_i_do_not_know(user: User, shape: Shape) -> None:
    question = by_hand(shape)
    found = told(question, Answer(), chronicle())
    assert (found.verdict, found.given, found.question) == (Verdict.UNKNOWN, "", question)
    assert [row for row in found.rows if row.chosen] == []
