"""Memory: the state of a card follows from its log alone, and what is done is counted day by day."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from quiz.models import Card, Confidence, Deed, Event, Review, StudyDay, User
from quiz.questions.marking import Answer
from quiz.questions.question import Shape
from quiz.scheduling import Rating, rate, retrievability
from quiz.study import memory, reviews
from quiz.study.sittings import answer
from tests import factories as make
from tests.study.lives import Life, counts, replayed, state, states
from tests.study.stories import right, sat_down, tell

pytestmark = pytest.mark.django_db

DAY = make.NOW.date()
NEXT = timedelta(days=1)


def remember(user: User, *entries: Review, days: float = 0) -> None:
    """Enter things into the log, some days after NOW."""
    with transaction.atomic():
        memory.remember(memory.locked(user.pk), entries, now=make.NOW + days * NEXT)


def rated(card: Card, rating: Rating, days: float = 0, **values: Any) -> Review:
    """A rating of a card, some days after NOW."""
    entry = Review(card=card, rating=rating, **values)
    remember(card.user, entry, days=days)
    return entry


def fresh(**values: Any) -> Card:
    """A new card, not stored yet."""
    return memory.blank(make.UserFactory(**values), make.EventFactory(), "date", DAY)


def counted(user: User, day: date = DAY) -> dict[str, float]:
    """What is counted on a day, without what is nothing."""
    return {name: value for name, value in counts(user).get(day, {}).items() if value}


# --- The log alone --------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_whatever_a_learner_does_cards_are_what_their_logs_give_and_days_what_was_done(seed: int) -> None:
    tell()
    user = make.UserFactory()
    life = Life(seed, [user])
    life.live(110)
    assert {"quiz", "rate", "add", "misses", "undo", "suspended", "buried", "resumed"} <= set(+life.done)
    for card in user.cards.select_related("event"):
        assert state(replayed(card)) == state(card)
    before = states(user)
    user.cards.update(stability=1.5, difficulty=5, day=DAY, due=DAY, reviews=99, lapses=7, suspended=True, kinds={})
    memory.rebuild(list(user.cards.select_related("event")))
    assert states(user) == before
    assert counts(user) == life.counts(user)


def test_what_was_undone_stays_in_the_log_and_counts_no_more() -> None:
    card = fresh()
    rated(card, Rating.GOOD)
    entry = rated(card, Rating.AGAIN, days=2)
    with transaction.atomic():
        memory.undone(entry, make.NOW + 3 * NEXT)
    assert [one.undone_at for one in card.log.all()] == [None, make.NOW + 3 * NEXT]
    assert list(card.log.standing()) == [card.log.first()]
    card.refresh_from_db()
    assert state(card) == state(replayed(card))
    assert (card.reviews, card.lapses, card.day) == (1, 0, DAY)


def test_a_rating_without_its_parts_is_an_error() -> None:
    with pytest.raises(ValueError, match="review 5 is no rating"):
        memory.move(fresh(), Review(pk=5, rating=None, retention=0.9))
    with pytest.raises(ValueError, match="review 6 is no rating"):
        memory.move(fresh(), Review(pk=6, rating=3, retention=None))


@pytest.mark.parametrize("what", [Deed.BURIED, Deed.SUSPENDED, Deed.ADDED])
def test_a_card_is_due_on_the_day_of_its_first_entry_whatever_that_is(what: Deed) -> None:
    card = fresh()
    card.due = DAY + 40 * NEXT
    memory.replay(card, [Review(card=card, what=what, day=DAY), Review(card=card, what=Deed.RESUMED, day=DAY + NEXT)])
    assert card.due == DAY


def test_an_entry_of_an_unknown_sort_is_an_error() -> None:
    with pytest.raises(ValueError, match="review 7 does nothing known: 'dreamt'"):
        memory.move(fresh(), Review(pk=7, what="dreamt"))


def test_logs_are_rebuilt_in_the_same_number_of_statements_for_many_cards() -> None:
    costs = []
    for number in (1, 3, 30):
        user = make.UserFactory()
        cards = [make.CardFactory(user=user) for _ in range(number)]
        for card in cards:
            make.ReviewFactory(card=card)
        with CaptureQueriesContext(connection) as queries:
            memory.rebuild(cards)
        costs.append(len(queries))
    assert costs == [2, 2, 2]


def test_nothing_is_rebuilt_of_no_cards() -> None:
    memory.rebuild([])


# --- What an entry keeps --------------------------------------------------------------------------


def test_an_entry_keeps_what_was_foreseen_and_what_was_given() -> None:
    card = fresh(desired_retention=0.8)
    first = rated(card, Rating.GOOD, milliseconds=1200, kind="next")
    before = card.memory
    second = rated(card, Rating.HARD, days=9)
    assert before
    assert (first.foreseen, first.retention, first.day, first.at) == (None, 0.8, DAY, make.NOW)
    assert (first.interval, first.milliseconds, first.kind) == ((before.due - DAY).days, 1200, "next")
    assert second.foreseen == retrievability(before, DAY + 9 * NEXT)
    after = rate(before, Rating.HARD, DAY + 9 * NEXT, retention=0.8, seed=memory.seed(card))
    assert (card.memory, second.interval) == (after, (after.due - DAY).days - 9)
    stored = Review.objects.get(pk=second.pk)
    assert (stored.foreseen, stored.interval, stored.day) == (second.foreseen, second.interval, second.day)


def test_the_day_of_an_entry_is_the_learners_study_day() -> None:
    card = fresh(time_zone="Pacific/Auckland")
    assert rated(card, Rating.GOOD, days=0.25).day == DAY + NEXT
    User.objects.update(time_zone="America/Los_Angeles")
    west = rated(card, Rating.GOOD, days=0.25)
    assert (west.day, card.day) == (DAY, DAY + NEXT)
    assert west.interval == (card.due - DAY).days


def test_the_retention_in_force_is_kept_and_the_past_stays_as_it_was() -> None:
    card = fresh()
    rated(card, Rating.GOOD)
    User.objects.update(desired_retention=0.97)
    rated(card, Rating.GOOD, days=3)
    assert list(card.log.values_list("retention", flat=True)) == [0.9, 0.97]
    assert state(replayed(card)) == state(card)


def test_what_is_no_rating_keeps_neither_and_counts_as_nothing() -> None:
    card = fresh()
    for what in (Deed.ADDED, Deed.SUSPENDED, Deed.RESUMED, Deed.BURIED):
        entry = Review(card=card, what=what)
        remember(card.user, entry)
        assert (entry.rating, entry.retention, entry.foreseen, entry.interval) == (None, None, None, None)
    assert not StudyDay.objects.exists()


def test_kinds_and_places_taken_are_counted_on_the_card() -> None:
    card = fresh()
    rated(card, Rating.GOOD, kind="type-place", credit=1.0)
    rated(card, Rating.AGAIN, kind="type-place", credit=0.25, taken="qara")
    rated(card, Rating.AGAIN, kind="choose-place", credit=0.0, taken="qara")
    rated(card, Rating.AGAIN, kind="enter-date")
    assert card.kinds == {"type-place": [2, 1.25], "choose-place": [1, 0.0]}
    assert card.taken == {"qara": 2}


# --- Set aside and taken back ---------------------------------------------------------------------


def test_a_card_is_suspended_buried_and_taken_back() -> None:
    card = fresh()
    told = []
    for what in (Deed.SUSPENDED, Deed.BURIED, Deed.RESUMED, Deed.BURIED, Deed.SUSPENDED, Deed.ADDED):
        remember(card.user, Review(card=card, what=what), days=len(told))
        told.append((card.suspended, card.buried_until and (card.buried_until - DAY).days))
    assert told == [(True, None), (True, 2), (False, None), (False, 4), (True, 4), (False, None)]
    assert card.due == DAY + 5 * NEXT


def test_a_leech_is_set_aside_at_eight_lapses_and_after_every_four_more() -> None:
    card = fresh()
    rated(card, Rating.GOOD)
    aside = []
    for n in range(1, 18):
        # Forgotten, and remembered again, so that it can be forgotten anew.
        rated(card, Rating.AGAIN, days=20 * n)
        assert card.lapses == n
        aside += [n] if card.suspended else []
        assert card.is_leech == (n >= 8)
        if card.suspended:
            remember(card.user, Review(card=card, what=Deed.RESUMED), days=20 * n)
            assert not card.suspended
        rated(card, Rating.GOOD, days=20 * n + 1)
        assert not card.suspended
    assert aside == [8, 12, 16]
    assert state(replayed(card)) == state(card)


def test_a_leech_that_is_forgotten_again_on_the_same_day_stays_taken_back() -> None:
    card = fresh()
    rated(card, Rating.GOOD)
    for n in range(1, 9):
        rated(card, Rating.AGAIN, days=20 * n)
        rated(card, Rating.GOOD, days=20 * n + 1) if n < 8 else None
    assert (card.lapses, card.suspended) == (8, True)
    remember(card.user, Review(card=card, what=Deed.RESUMED), days=160)
    rated(card, Rating.AGAIN, days=160)
    assert (card.lapses, card.suspended) == (8, False)


# --- Counting -------------------------------------------------------------------------------------


def test_a_first_rating_is_new_a_later_one_seen_and_a_second_one_that_day_neither() -> None:
    card = fresh()
    rated(card, Rating.AGAIN)
    assert counted(card.user) == {"ratings": 1, "new": 1}
    rated(card, Rating.GOOD)
    assert counted(card.user) == {"ratings": 2, "new": 1}
    foreseen = rated(card, Rating.HARD, days=4).foreseen
    assert counted(card.user, DAY + 4 * NEXT) == {
        "ratings": 1,
        "seen": 1,
        "foreseen": 1,
        "expected": pytest.approx(foreseen, abs=1e-6),
        "recalled": 1,
    }
    again = rated(card, Rating.AGAIN, days=9)
    assert counted(card.user, DAY + 9 * NEXT) == {
        "ratings": 1,
        "seen": 1,
        "foreseen": 1,
        "expected": pytest.approx(again.foreseen, abs=1e-6),
    }


@pytest.mark.parametrize("shape", Shape)
def test_an_answer_counts_and_only_a_typed_one_tries_recall(shape: Shape) -> None:
    tell()
    user = make.UserFactory()
    for days in (0, 4):
        asked = sat_down(shape, user=user)
        answer(asked.pk, right(asked.question), now=make.NOW + days * NEXT)
    assert counted(user) == {"answers": 1}
    typed = shape in {Shape.DAY, Shape.PLACE}
    foreseen = Review.objects.filter(asked=asked).first()
    assert foreseen
    more = {"foreseen": 1, "expected": pytest.approx(foreseen.foreseen, abs=1e-6), "recalled": 1} if typed else {}
    assert counted(user, DAY + 4 * NEXT) == {"answers": 1, **more}


def test_counting_a_day_costs_one_statement_and_two_more_the_first_time() -> None:
    user = make.UserFactory()
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            StudyDay.count(user.pk, DAY, answers=1, expected=0.25)
        costs.append(len(queries))
    assert costs == [3, 1]
    assert counted(user) == {"answers": 2, "expected": 0.5}


def test_days_and_confidences_tell_what_they_count() -> None:
    assert str(StudyDay(day=DAY, answers=3, ratings=4)) == "2026-11-22: 3 + 4"
    assert str(Confidence(level=2, answers=3, credit=1.5)) == "2: 1.5 of 3"
    assert str(Card(event_id=3, facet="date")) == "3/date"


def test_how_right_one_was_is_counted_for_each_confidence() -> None:
    user = make.UserFactory()
    costs = []
    for level, credit in ((1, 0.5), (1, 0.25), (3, 1.0)):
        with CaptureQueriesContext(connection) as queries:
            Confidence.count(user.pk, level, credit)
        costs.append(len(queries))
    assert costs == [3, 1, 3]
    assert list(user.confidences.values_list("level", "answers", "credit")) == [(1, 2, 0.75), (3, 1, 1.0)]


# --- Answers of quizzes ---------------------------------------------------------------------------


def test_an_order_of_four_events_rates_four_facts_each_by_its_own_pairs() -> None:
    tell()
    asked = sat_down(Shape.ORDER)
    first, second, third, fourth = asked.question.key
    answer(asked.pk, Answer(order=(second, first, third, fourth)), now=make.NOW)
    found = {entry.card.event.key: Rating(entry.rating) for entry in asked.reviews.select_related("card__event")}
    named = [asked.question.options[item].event for item in asked.question.key]
    assert [found[key] for key in named] == [Rating.AGAIN, Rating.AGAIN, Rating.HARD, Rating.HARD]
    assert Card.objects.count() == 4


def test_facts_of_events_that_were_deleted_since_are_passed_over() -> None:
    tell()
    asked = sat_down(Shape.ORDER)
    gone = asked.question.events[1]
    Event.objects.get(key=gone).delete()
    answer(asked.pk, right(asked.question), now=make.NOW)
    assert {entry.card.event.key for entry in asked.reviews.all()} == set(asked.question.events) - {gone}
    assert counted(asked.sitting.user) == {"answers": 1}


def test_an_answer_of_which_no_event_is_left_still_counts_as_one() -> None:
    learner = make.UserFactory()
    asked = make.AskedQuestionFactory(sitting__user=learner, content=make.question("gone").as_dict())
    answer(asked.pk, Answer(choice=0), now=make.NOW)
    assert (Card.objects.count(), Review.objects.count(), learner.study_days.count()) == (0, 0, 0)


def test_how_sure_one_was_and_what_was_taken_go_into_the_log() -> None:
    tell()
    sure, wrong = (sat_down(Shape.PIN, user=make.UserFactory()) for _ in range(2))
    answer(sure.pk, right(sure.question), now=make.NOW, confidence=1)
    answer(wrong.pk, Answer(choice=0), now=make.NOW, confidence=3)
    guessed, missed = sure.reviews.get(), wrong.reviews.get()
    assert (guessed.rating, guessed.credit, guessed.taken, guessed.kind) == (Rating.AGAIN, 1.0, "", "find-place")
    place = wrong.question.options[0].place
    assert (missed.rating, missed.credit, missed.taken, missed.card.taken) == (Rating.AGAIN, 0.0, place, {place: 1})
    assert None not in {guessed.hardness, missed.hardness}


def test_an_answer_about_one_fact_and_about_four_cost_the_same() -> None:
    tell()
    user = make.UserFactory()
    costs: dict[Shape, list[int]] = {}
    for shape in (Shape.CHOICE, Shape.DAY, Shape.ORDER, Shape.GAP, Shape.PIN, Shape.PLACE):
        costs[shape] = []
        for _ in range(2):
            asked = sat_down(shape, length=2, user=user)
            with CaptureQueriesContext(connection) as queries:
                answer(asked.pk, right(asked.question), now=make.NOW)
            costs[shape].append(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))
    # The first answer of the day counts it anew; facts that have no card yet need their events.
    assert costs.pop(Shape.CHOICE) == [15, 12]
    assert costs.pop(Shape.ORDER) == [13, 12]
    assert {first for first, _ in costs.values()} <= {12, 13}
    assert {again for _, again in costs.values()} == {12}


def test_a_rating_costs_five_statements() -> None:
    card = make.CardFactory()
    StudyDay.objects.create(user=card.user, day=DAY)
    with CaptureQueriesContext(connection) as queries:
        reviews.rate(card.user, card.pk, Rating.GOOD, reviews.Shown(1), now=make.NOW)
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) == 5


def test_the_chance_in_intervals_is_the_same_for_everybody() -> None:
    event = make.EventFactory()
    dues = set()
    for _ in range(3):
        card = memory.blank(make.UserFactory(), event, "date", DAY)
        for days in (0, 3, 15):
            rated(card, Rating.GOOD, days=days)
        dues.add(card.due)
    assert len(dues) == 1


def test_entries_of_one_moment_stand_in_the_order_in_which_they_were_made() -> None:
    card = fresh()
    for rating in (Rating.GOOD, Rating.AGAIN, Rating.EASY):
        rated(card, rating)
    found = list(card.log.standing())
    assert [one.rating for one in found] == [3, 1, 4]
    assert all(a.pk < b.pk for a, b in pairwise(found))
    assert list(Review.objects.undoable()) == found[::-1]
    assert str(found[0]) == "2026-11-22: rated"
