"""Today: what is due, what is new, in which order and how much of it; and when the study day turns."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quiz.models import Card, Deed, Event, Sitting, StudyDay, User
from quiz.questions.marking import Answer
from quiz.questions.question import Shape
from quiz.scheduling import Rating, retrievability
from quiz.study import reviews, today
from quiz.study.deck import TAUGHT, face
from quiz.study.facts import chronicle
from quiz.study.reviews import Shown
from quiz.study.sittings import answer
from quiz.study.today import PLANNED_DAYS, Planned, plan
from tests import factories as make
from tests.study.lives import Life
from tests.study.stories import TOWNS, right, sat_down, tell

pytestmark = pytest.mark.django_db

DAY = make.NOW.date()
NEXT = timedelta(days=1)
FACETS = ("date", "place", "sequence")


@pytest.fixture
def user() -> User:
    """A learner to whom a dozen captures may be told."""
    tell()
    return make.UserFactory()


def key(n: int) -> str:
    return f"{TOWNS[n].lower()}-captured"


def card(user: User, n: int = 0, facet: str = "date", **changes: Any) -> Card:
    """A card of the n-th event that is due on DAY."""
    values = {"day": DAY - 7 * NEXT, "due": DAY, "stability": 7.0, **changes}
    return make.CardFactory(user=user, event=Event.objects.get(key=key(n)), facet=facet, **values)


def new(user: User, n: int, facet: str = "date", **changes: Any) -> Card:
    """A new card of the n-th event."""
    return card(user, n, facet, **{"stability": None, "difficulty": None, "day": None, "reviews": 0, **changes})


def queue(user: User, now: datetime = make.NOW) -> today.Queue:
    return today.queue(user, chronicle(), now)


def wish(user: User, **values: int) -> None:
    for name, value in values.items():
        setattr(user, name, value)
    user.save()


def begun(user: User, now: datetime = make.NOW) -> list[tuple[str, str]]:
    """The facts that would be taken up now."""
    return today.to_take_up(user, chronicle(), queue(user, now))


# --- What comes, and in which order ---------------------------------------------------------------


def test_the_best_remembered_come_first_then_new_ones_then_what_was_forgotten_today(user: User) -> None:
    weak = card(user, 0, stability=2.0)
    strong = card(user, 1, stability=40.0)
    middle = card(user, 2, day=DAY - 3 * NEXT, stability=7.0)
    again = card(user, 3, day=DAY)
    fresh = [new(user, n) for n in (6, 5)]
    found = queue(user)
    assert (found.reviews, found.new, found.again) == ([strong, middle, weak], fresh, [again])
    assert found.cards == [strong, middle, weak, *fresh, again]
    assert (found.day, found.waiting) == (DAY, 0)
    kept = [retrievability(one.memory, DAY) for one in found.reviews if one.memory]
    assert kept == sorted(kept, reverse=True)


def test_cards_remembered_alike_come_as_they_were_made_and_forgotten_ones_as_they_were_last_met(user: User) -> None:
    alike = [card(user, n) for n in (3, 1, 2)]
    again = [forgotten(user, n, minutes=minutes) for n, minutes in ((7, 3), (5, 1), (6, 2))]
    assert queue(user).cards == [*alike, again[1], again[2], again[0]]


def forgotten(user: User, n: int, facet: str = "date", *, minutes: int = 0) -> Card:
    """A card that was rated Again so many minutes after NOW."""
    made = card(user, n, facet, day=DAY)
    make.ReviewFactory(card=made, rating=Rating.AGAIN, at=make.NOW + timedelta(minutes=minutes), interval=0)
    return made


@pytest.mark.parametrize(
    "changes",
    [
        {"suspended": True},
        {"buried_until": DAY + NEXT},
        {"due": DAY + NEXT},
        {"facet": "source"},
    ],
)
def test_what_is_set_aside_not_due_or_cannot_be_asked_is_left_out(user: User, changes: dict[str, Any]) -> None:
    card(user, 0, **changes)
    card(user, 1, **{"day": DAY, **changes})
    new(user, 2, **changes)
    assert queue(user).cards == []


def test_cards_of_retired_events_and_of_other_learners_are_left_out(user: User) -> None:
    card(user, 0)
    card(make.UserFactory(), 1)
    Event.objects.filter(key=key(0)).update(retired=True)
    assert queue(user).cards == []


def test_what_was_buried_until_today_or_is_overdue_comes(user: User) -> None:
    cards = [card(user, 0, buried_until=DAY), card(user, 1, due=DAY - 9 * NEXT)]
    assert queue(user).reviews == cards


# --- Siblings -------------------------------------------------------------------------------------


def test_of_the_facts_of_one_event_the_best_remembered_comes_and_the_others_wait(user: User) -> None:
    card(user, 0, "place", stability=2.0)
    best = card(user, 0, "date", stability=30.0)
    new(user, 0, "sequence")
    fresh = new(user, 1, "place")
    new(user, 1, "date")
    found = queue(user)
    assert (found.reviews, found.new, found.waiting) == ([best], [fresh], 0)


def test_a_fact_that_cannot_be_asked_keeps_no_sibling_away(user: User) -> None:
    card(user, 0, "source", stability=90.0)
    asked = card(user, 0, "place")
    new(user, 1, "source")
    fresh = new(user, 1)
    assert queue(user).cards == [asked, fresh]


@pytest.mark.parametrize("suspended", [False, True])
def test_what_was_rated_today_keeps_its_siblings_away_until_tomorrow(user: User, suspended: bool) -> None:
    first = card(user, 0)
    card(user, 0, "place")
    new(user, 0, "sequence")
    reviews.rate(user, first.pk, Rating.GOOD, Shown(1), now=make.NOW)
    if suspended:
        reviews.set_aside(user, first.pk, Deed.SUSPENDED, now=make.NOW)
    assert queue(user).cards == []
    assert key(0) not in {event for event, _ in begun(user)}
    assert [one.facet for one in queue(user, make.NOW + NEXT).cards] == ["place"]
    reviews.undo(user, now=make.NOW)
    reviews.undo(user, now=make.NOW)
    assert len(queue(user).cards) == 1


def test_what_a_quiz_asked_today_keeps_its_siblings_away(user: User) -> None:
    card(user, 1, "place")
    other = card(user, 9, "place")
    asked = sat_down(Shape.CHOICE, user=user)
    assert asked.question.event == key(1)
    answer(asked.pk, right(asked.question), now=make.NOW)
    assert queue(user).cards == [other]
    assert key(1) not in {event for event, _ in begun(user)}


def test_two_facts_of_one_event_that_were_forgotten_today_both_come_back(user: User) -> None:
    again = [forgotten(user, 0, facet) for facet in ("date", "place")]
    assert queue(user).again == again


@pytest.mark.parametrize("seed", range(4))
def test_whatever_a_learner_does_no_two_facts_of_an_event_come_on_one_day(user: User, seed: int) -> None:
    life = Life(seed, [user])
    for _ in range(12):
        life.live(7)
        found = queue(user, life.now)
        fresh = begun(user, life.now)
        events = [one.event.key for one in (*found.reviews, *found.new)] + [event for event, _ in fresh]
        assert max(Counter(events).values(), default=0) <= 1
        rated = set(user.cards.filter(day=found.day).values_list("event__key", flat=True))
        assert rated.isdisjoint(events)
        assert {one.event.key for one in found.again} <= rated


# --- Caps -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cap", "seen", "shown"), [(20, 0, 6), (6, 0, 6), (5, 0, 5), (5, 3, 2), (5, 5, 0), (5, 9, 0), (0, 0, 0)]
)
def test_no_more_reviews_come_than_the_cap_still_allows(user: User, cap: int, seen: int, shown: int) -> None:
    wish(user, reviews_per_day=cap)
    StudyDay.objects.create(user=user, day=DAY, seen=seen, ratings=seen + 30, new=0)
    StudyDay.objects.create(user=user, day=DAY - NEXT, seen=99, new=99)
    cards = [card(user, n) for n in range(6)]
    again = card(user, 7, day=DAY)
    found = queue(user)
    assert (found.reviews, found.waiting, found.again) == (cards[:shown], 6 - shown, [again])


@pytest.mark.parametrize(("cap", "done", "shown"), [(5, 0, 5), (5, 2, 3), (5, 5, 0), (5, 7, 0), (0, 0, 0), (9, 0, 6)])
def test_no_more_new_cards_come_than_the_cap_still_allows(user: User, cap: int, done: int, shown: int) -> None:
    wish(user, new_per_day=cap)
    StudyDay.objects.create(user=user, day=DAY, new=done)
    fresh = [new(user, n) for n in range(6)]
    assert queue(user).new == fresh[:shown]
    assert len(begun(user)) == max(cap - done - 6, 0)


def test_nothing_new_comes_while_there_is_a_backlog(user: User) -> None:
    wish(user, reviews_per_day=2)
    cards = [card(user, n) for n in range(3)]
    new(user, 5)
    found = queue(user)
    assert (found.reviews, found.new, found.waiting) == (cards[:2], [], 1)
    assert begun(user) == []
    wish(user, reviews_per_day=3)
    assert (len(queue(user).new), len(begun(user))) == (1, 4)


def test_a_day_is_worked_off_within_its_caps(user: User) -> None:
    wish(user, reviews_per_day=3, new_per_day=2)
    for n in range(3):
        card(user, n)
    reviews.begin(user, chronicle(), now=make.NOW)
    rated = []
    while found := queue(user).cards:
        rated.append(found[0])
        reviews.rate(user, found[0].pk, Rating.GOOD, Shown(found[0].reviews), now=make.NOW)
    assert len({one.pk for one in rated}) == len(rated) == 5
    assert begun(user) == []
    counted = StudyDay.objects.get()
    assert (counted.seen, counted.new, counted.ratings) == (3, 2, 5)


# --- New cards ------------------------------------------------------------------------------------


def test_new_facts_come_in_the_order_of_the_story_one_of_an_event(user: User) -> None:
    assert begun(user) == [(key(n), "date") for n in range(5)]


def test_dates_come_before_places_before_sequence_and_what_is_held_is_passed_over(user: User) -> None:
    wish(user, new_per_day=3)
    later = {"due": DAY + 9 * NEXT}
    for facets, n in ((("date",), 0), (("date", "place"), 1), (FACETS, 2)):
        for facet in facets:
            card(user, n, facet, **later)
    assert begun(user) == [(key(0), "place"), (key(1), "sequence"), (key(3), "date")]


@pytest.mark.parametrize(
    "changes", [{"due": DAY}, {"day": DAY, "due": DAY + 3 * NEXT}, {"suspended": True, "due": DAY}]
)
def test_no_new_fact_is_taken_up_of_an_event_that_comes_or_came_today(user: User, changes: dict[str, Any]) -> None:
    card(user, 0, **changes)
    assert begun(user)[0] == (key(1), "date")


def test_only_facts_that_can_be_asked_are_taken_up(user: User) -> None:
    event = Event.objects.get(key=key(0))
    event.claims.update(date="", date_basis="")
    story = chronicle()
    askable = [(name, facet.value) for name in sorted(story.events) for facet in TAUGHT if face(story, name, facet, 0)]
    assert (key(0), "date") not in askable
    wish(user, new_per_day=500)
    found = begun(user)
    assert set(found) <= set(askable)
    assert len({name for name, _ in found}) == len(found) == len({name for name, _ in askable})
    Event.objects.filter(key=key(1)).update(retired=True)
    assert key(1) not in {name for name, _ in begun(user)}


def test_all_facts_are_taken_up_in_time(user: User) -> None:
    wish(user, new_per_day=4, reviews_per_day=500)
    story, now, days = chronicle(), make.NOW, 0
    while reviews.begin(user, story, now=now):
        for one in queue(user, now).cards:
            reviews.rate(user, one.pk, Rating.EASY, Shown(one.reviews), now=now)
        now, days = now + NEXT, days + 1
    askable = {(name, facet.value) for name in story.events for facet in TAUGHT if face(story, name, facet, 0)}
    assert set(user.cards.values_list("event__key", "facet")) == askable
    assert days >= len(askable) / 4


# --- The page of the day --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cards", "cap", "days"),
    [
        (0, 5, []),
        (5, 5, [5]),
        (6, 5, [5, 1]),
        (12, 5, [5, 5, 2]),
        (3, 0, []),
        (1000, 10, [10] * PLANNED_DAYS),
    ],
)
def test_a_plan_works_off_so_many_a_day(cards: int, cap: int, days: list[int]) -> None:
    assert plan(cards, cap, DAY) == [Planned(DAY + n * NEXT, number) for n, number in enumerate(days)]


def test_a_plan_counts_in_what_falls_due_meanwhile_until_nothing_is_left() -> None:
    coming = {DAY: 9, DAY + NEXT: 3, DAY + 2 * NEXT: 1, DAY + 5 * NEXT: 50}
    days = [Planned(DAY + n * NEXT, number) for n, number in enumerate([4, 4, 4, 2])]
    assert plan(10, 4, DAY, coming) == days


def test_the_plan_of_a_backlog_counts_in_the_cards_to_come(user: User) -> None:
    wish(user, reviews_per_day=2)
    for n in range(5):
        card(user, n)
    card(user, 5, due=DAY + NEXT)
    card(user, 6, due=DAY + 2 * NEXT, suspended=True)
    found = today.today(user, chronicle(), make.NOW)
    assert [one.cards for one in found.plan] == [2, 2, 2]


def test_there_is_a_plan_only_where_there_is_a_backlog(user: User) -> None:
    for n in range(4):
        card(user, n)
    assert today.today(user, chronicle(), make.NOW).plan == []
    wish(user, reviews_per_day=3)
    assert [one.cards for one in today.today(user, chronicle(), make.NOW).plan] == [3, 1]
    wish(user, reviews_per_day=0)
    assert today.today(user, chronicle(), make.NOW).plan == []


@pytest.mark.parametrize(("ago", "away"), [(None, 0), (-1, 0), (0, 0), (6, 0), (7, 7), (400, 400)])
def test_who_was_away_for_a_week_is_told_for_how_long(user: User, ago: int | None, away: int) -> None:
    if ago is not None:
        StudyDay.objects.create(user=user, day=DAY - ago * NEXT, answers=1)
        StudyDay.objects.create(user=user, day=DAY - (ago + 30) * NEXT, answers=1)
    StudyDay.objects.create(user=make.UserFactory(), day=DAY, answers=1)
    assert today.today(user, chronicle(), make.NOW).away == away


def test_what_is_to_do_is_counted_before_new_cards_are_taken_up_as_after(user: User) -> None:
    card(user, 0)
    before = today.today(user, chronicle(), make.NOW)
    assert (before.count, before.new, before.to_come, before.to_review) == (6, 5, 5, 1)
    reviews.begin(user, chronicle(), now=make.NOW)
    after = today.today(user, chronicle(), make.NOW)
    assert (after.count, after.new, after.to_come, after.to_review) == (6, 5, 0, 1)


@pytest.mark.parametrize(
    ("changes", "caps", "days"),
    [
        ({"due": DAY + 5 * NEXT}, {}, 5),
        ({"due": DAY + 5 * NEXT, "suspended": True}, {}, None),
        ({"buried_until": DAY + NEXT}, {}, 1),
        ({}, {"reviews_per_day": 0}, None),
        ({"stability": None, "difficulty": None, "day": None, "reviews": 0}, {}, None),
    ],
    ids=["due later", "suspended", "buried", "no reviews are wanted", "no new ones are wanted"],
)
def test_the_next_day_with_a_card_is_named(
    user: User, changes: dict[str, Any], caps: dict[str, int], days: int | None
) -> None:
    wish(user, new_per_day=0, **caps)
    card(user, 0, **changes)
    found = today.today(user, chronicle(), make.NOW)
    assert (found.count, found.next_day) == (0, None if days is None else DAY + days * NEXT)
    assert found.next_at == (datetime(2026, 11, 22, 4, tzinfo=UTC) + days * NEXT if days else None)


def test_no_next_day_is_named_while_something_is_left(user: User) -> None:
    card(user, 0)
    assert (today.today(user, chronicle(), make.NOW).next_day, today.today(user, chronicle(), make.NOW).next_at) == (
        None,
        None,
    )


def test_nobody_is_told_of_a_next_day_where_there_is_no_card_and_no_story() -> None:
    found = today.today(make.UserFactory(), chronicle(), make.NOW)
    assert (found.count, found.next_day, found.next_at, found.done, found.away) == (0, None, None, 0, 0)


# --- When the study day turns ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "turn", "day"),
    [
        ("", "2026-11-22T04:00Z", "2026-11-22"),
        ("Asia/Damascus", "2026-11-22T01:00Z", "2026-11-22"),
        ("America/Los_Angeles", "2026-11-22T12:00Z", "2026-11-22"),
        ("Pacific/Auckland", "2026-11-21T15:00Z", "2026-11-22"),
        # The clock is put forward, and back, in the night before.
        ("Europe/Berlin", "2026-03-29T02:00Z", "2026-03-29"),
        ("Europe/Berlin", "2026-10-25T03:00Z", "2026-10-25"),
    ],
)
def test_the_day_turns_at_four_by_the_learners_clock(user: User, zone: str, turn: str, day: str) -> None:
    user.time_zone = zone
    wish(user, new_per_day=0)
    turns, begins = datetime.fromisoformat(turn), date.fromisoformat(day)
    due = card(user, 0, due=begins, day=begins - 7 * NEXT)
    early, late = (today.today(user, chronicle(), now) for now in (turns - timedelta(seconds=1), turns))
    assert (early.queue.day, early.queue.cards) == (begins - NEXT, [])
    assert (early.next_day, early.next_at) == (begins, turns)
    assert (late.queue.day, late.queue.cards) == (begins, [due])


def test_a_learner_who_moves_west_begins_the_day_again_without_the_siblings_of_what_was_rated(user: User) -> None:
    wish(user, new_per_day=0)
    user.time_zone = "Pacific/Auckland"
    user.save()
    now = datetime(2026, 11, 22, 18, tzinfo=UTC)
    first, other = card(user, 0), card(user, 1)
    card(user, 0, "place")
    reviews.rate(user, first.pk, Rating.GOOD, Shown(1), now=now)
    assert [one.pk for one in queue(user, now).cards] == [other.pk]
    user.time_zone = "America/Los_Angeles"
    user.save()
    found = queue(user, now)
    assert (found.day, [one.pk for one in found.cards]) == (DAY, [other.pk])
    wish(user, new_per_day=5)
    assert key(0) not in {event for event, _ in begun(user, now)}


def test_a_learner_who_moves_west_sees_what_was_forgotten_when_that_day_comes_again(user: User) -> None:
    wish(user, new_per_day=0)
    user.time_zone = "Pacific/Auckland"
    user.save()
    now = datetime(2026, 11, 22, 18, tzinfo=UTC)
    # So weak that it comes back on the same day.
    weak = card(user, 0, stability=0.01)
    reviews.rate(user, weak.pk, Rating.AGAIN, Shown(1), now=now)
    assert queue(user, now).again == [weak]
    user.time_zone = "America/Los_Angeles"
    user.save()
    assert queue(user, now).cards == []
    assert queue(user, now + NEXT).again == [weak]


def test_a_learner_who_moves_east_has_the_next_day_at_once(user: User) -> None:
    wish(user, new_per_day=0)
    user.time_zone = "America/Los_Angeles"
    user.save()
    now = datetime(2026, 11, 22, 18, tzinfo=UTC)
    rated, sibling = card(user, 0), card(user, 0, "place")
    tomorrow = card(user, 1, due=DAY + NEXT)
    reviews.rate(user, rated.pk, Rating.GOOD, Shown(1), now=now)
    assert queue(user, now).cards == []
    user.time_zone = "Pacific/Auckland"
    user.save()
    found = queue(user, now)
    assert (found.day, set(found.cards)) == (DAY + NEXT, {sibling, tomorrow})


# --- Costs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_day_costs_the_same_however_many_cards_there_are(count: int) -> None:
    tell(40)
    user = make.UserFactory(new_per_day=40, reviews_per_day=40)
    for n in range(count):
        card(user, n)
        new(user, n, "place")
    story, costs = chronicle(), []
    for verb in (
        lambda: today.queue(user, story, make.NOW),
        lambda: today.today(user, story, make.NOW),
        lambda: reviews.begin(user, story, now=make.NOW),
        lambda: reviews.last_done(user),
    ):
        with CaptureQueriesContext(connection) as queries:
            verb()
        costs.append(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))
    user.cards.update(due=DAY + NEXT)
    StudyDay.objects.create(user=user, day=DAY, new=40)
    with CaptureQueriesContext(connection) as queries:
        assert today.today(user, story, make.NOW).next_day == DAY + NEXT
    assert [*costs, len(queries)] == [4, 9, 12, 1, 7]


def test_i_do_not_know_in_a_quiz_brings_the_fact_back_tomorrow_and_today_if_it_is_taken_up(user: User) -> None:
    asked = sat_down(Shape.DAY, user=user)
    answer(asked.pk, Answer(), now=make.NOW)
    assert queue(user).cards == []
    assert [one.event.key for one in queue(user, make.NOW + timedelta(days=1)).reviews] == [asked.question.event]
    assert reviews.add_misses(user, asked.sitting, now=make.NOW) == 1
    assert [one.event.key for one in queue(user).again] == [asked.question.event]


def test_something_is_due_where_a_card_comes_today_that_no_sibling_keeps_away(user: User) -> None:
    def due() -> bool:
        with CaptureQueriesContext(connection) as queries:
            found = today.is_anything_due(user, make.NOW)
        assert len(queries) == 1
        return found

    assert not due()
    kept = card(user, 0)
    assert due()
    sibling = card(user, 0, "place", day=DAY, due=DAY + 3 * NEXT)
    assert not due()
    sibling.delete()
    reviews.set_aside(user, kept.pk, Deed.BURIED, now=make.NOW)
    assert not due()
    forgotten(user, 1)
    assert due()


# --- An exam still open ---------------------------------------------------------------------------


def test_what_an_open_exam_asked_for_waits_until_the_exam_is_finished(user: User) -> None:
    told, missed = card(user, 0), card(user, 1)
    again = card(user, 2, day=DAY)
    for one in (missed, again):
        make.ReviewFactory(answered=True, card=one, asked__sitting__mode="exam")
    make.ReviewFactory(answered=True, card=told)
    # The exam of somebody else holds nothing back.
    make.ReviewFactory(answered=True, card__event=told.event, asked__sitting__mode="exam")
    assert queue(user).cards == [told]
    Card.objects.filter(pk=told.pk).update(due=DAY + NEXT)
    assert not today.is_anything_due(user, make.NOW)
    Sitting.objects.update(finished_at=make.NOW)
    assert queue(user).cards == [missed, again]
    assert today.is_anything_due(user, make.NOW)
