"""Reviews: what learners do with their cards, each verb once, and taken back."""

from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quiz.models import Card, Deed, Event, Review, Sitting, StudyDay, User
from quiz.questions.marking import Answer
from quiz.questions.question import Shape
from quiz.scheduling import Rating
from quiz.study import reviews
from quiz.study.facts import chronicle
from quiz.study.reviews import KEPT, LONGEST_MS, AlreadyRated, Shown
from quiz.study.sittings import answer
from tests import factories as make
from tests.study.lives import counts, state, states
from tests.study.stories import TOWNS, right, sat_down, tell

pytestmark = pytest.mark.django_db

DAY = make.NOW.date()
NEXT = timedelta(days=1)


@pytest.fixture
def user() -> User:
    """A learner to whom a dozen captures may be told, with one card that is due."""
    tell()
    learner = make.UserFactory()
    card = make.CardFactory(user=learner, event=Event.objects.get(key=f"{TOWNS[0].lower()}-captured"))
    entry = make.ReviewFactory(card=card)
    StudyDay.objects.create(user=learner, day=entry.day, ratings=1, new=1)
    return learner


def rate(user: User, card: Card, rating: Rating = Rating.GOOD, days: float = 3) -> Card:
    """Rate a card as it stands, some days after NOW."""
    return reviews.rate(user, card.pk, rating, Shown(card.reviews), now=make.NOW + days * NEXT)


def undo(user: User, days: float = 9) -> Card | None:
    return reviews.undo(user, now=make.NOW + days * NEXT)


# --- Rating ---------------------------------------------------------------------------------------


def test_a_rating_is_kept_with_what_was_shown(user: User) -> None:
    before = user.cards.get()
    card = reviews.rate(user, before.pk, Rating.HARD, Shown(1, "enter-date", 4200), now=make.NOW + 3 * NEXT)
    entry = card.log.latest("id")
    assert (entry.rating, entry.kind, entry.milliseconds, entry.asked, entry.credit) == (
        2,
        "enter-date",
        4200,
        None,
        None,
    )
    card.refresh_from_db()
    assert (card.reviews, card.day, card.due > card.day) == (2, DAY + 3 * NEXT, True)


@pytest.mark.parametrize(
    ("given", "kept"), [(None, None), (-5, 0), (0, 0), (LONGEST_MS, LONGEST_MS), (LONGEST_MS + 1, LONGEST_MS)]
)
def test_the_time_on_a_card_is_kept_within_reason(user: User, given: int | None, kept: int | None) -> None:
    card = user.cards.get()
    reviews.rate(user, card.pk, Rating.GOOD, Shown(1, milliseconds=given), now=make.NOW)
    assert card.log.latest("id").milliseconds == kept


@pytest.mark.parametrize("shown", [0, 2])
def test_a_card_that_was_rated_since_is_not_rated_again(user: User, shown: int) -> None:
    card = user.cards.get()
    with pytest.raises(AlreadyRated, match=f"card {card.pk} has 1 reviews, not {shown}"):
        reviews.rate(user, card.pk, Rating.EASY, Shown(shown), now=make.NOW)
    assert (Review.objects.count(), StudyDay.objects.get().ratings) == (1, 1)


def test_a_second_click_rates_nothing(user: User) -> None:
    card = user.cards.get()
    rate(user, card)
    with pytest.raises(AlreadyRated):
        rate(user, card, Rating.AGAIN)
    assert Review.objects.count() == 2


def test_others_cards_are_out_of_reach(user: User) -> None:
    card, stranger = user.cards.get(), make.UserFactory()
    for verb in (
        lambda: rate(stranger, card),
        lambda: reviews.set_aside(stranger, card.pk, Deed.SUSPENDED, now=make.NOW),
        lambda: rate(user, Card(pk=card.pk + 1, reviews=1)),
    ):
        with pytest.raises(Card.DoesNotExist):
            verb()
    assert undo(stranger) is None
    assert Review.objects.standing().count() == 1


@pytest.mark.parametrize("seed", range(4))
def test_what_is_previewed_is_exactly_what_a_rating_gives(user: User, seed: int) -> None:
    rng, now = Random(seed), make.NOW
    pk = user.cards.get().pk
    for _ in range(25):
        now += timedelta(minutes=rng.choice([5, 700, 1440, 4000, 20000]))
        user.desired_retention, user.time_zone = rng.choice([0.7, 0.9, 0.97]), rng.choice(["", "Asia/Tokyo"])
        user.save()
        card = user.cards.select_related("event").get(pk=pk)
        seen = reviews.previewed(user, card, now)
        given = rng.choice([Rating.AGAIN, *Rating])
        assert reviews.rate(user, pk, given, Shown(card.reviews), now=now).memory == seen[given]
        assert user.cards.get(pk=pk).memory == seen[given]


def test_a_preview_costs_nothing_for_a_loaded_event_and_writes_nothing(user: User) -> None:
    card = user.cards.select_related("event").get()
    with CaptureQueriesContext(connection) as queries:
        assert set(reviews.previewed(user, card, make.NOW)) == set(Rating)
    assert len(queries) == 0


# --- Taking up ------------------------------------------------------------------------------------


def test_todays_new_cards_are_taken_up_once(user: User) -> None:
    story = chronicle()
    assert [reviews.begin(user, story, now=make.NOW) for _ in range(2)] == [4, 0]
    new = list(user.cards.new(DAY).select_related("event"))
    assert [(card.event.key, card.facet, card.due) for card in new] == [
        (f"{town.lower()}-captured", "date", DAY) for town in TOWNS[1:5]
    ]
    assert {(entry.what, entry.rating) for entry in Review.objects.filter(card__in=new)} == {(Deed.ADDED, None)}


def test_taking_up_more_cards_costs_no_more(user: User) -> None:
    story, costs = chronicle(), []
    for number in (1, 3):
        learner = make.UserFactory(new_per_day=number)
        with CaptureQueriesContext(connection) as queries:
            assert reviews.begin(learner, story, now=make.NOW) == number
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_missed_facts_come_back_today_and_a_second_time_changes_nothing(user: User) -> None:
    missed = sat_down(Shape.ORDER, length=2, user=user)
    sitting = missed.sitting
    first, second, third, fourth = missed.question.key
    answer(missed.pk, Answer(order=(second, first, third, fourth)), now=make.NOW)
    known = sitting.asked.get(number=2)
    answer(known.pk, right(known.question), now=make.NOW)
    named = [missed.question.options[item].event for item in (first, second)]
    facts = reviews.misses(sitting)
    assert sorted(facts) == sorted((key, "sequence") for key in named)
    today = make.NOW.date()
    assert {values["due"] for values in states(user).values()} == {today + NEXT, today + 2 * NEXT}
    assert reviews.add_misses(user, sitting, now=make.NOW) == 2
    before = states(user)
    assert {fact for fact, values in before.items() if values["due"] == today} == set(facts)
    assert reviews.add_misses(user, sitting, now=make.NOW) == 2
    assert states(user) == before


def test_a_sitting_without_misses_adds_nothing(user: User) -> None:
    asked = sat_down(Shape.CHOICE, user=user)
    answer(asked.pk, right(asked.question), now=make.NOW)
    assert reviews.add_misses(user, asked.sitting, now=make.NOW) == 0


def test_misses_come_in_the_order_asked_and_retired_events_are_left_out(user: User) -> None:
    asked = sat_down(Shape.PIN, length=3, user=user)
    for one in asked.sitting.asked.order_by("-number"):
        answer(one.pk, Answer(), now=make.NOW)
    events = [one.question.event for one in asked.sitting.asked.order_by("number")]
    assert [event for event, _ in reviews.misses(asked.sitting)][:3] == events[:3]
    Event.objects.filter(key=events[1]).update(retired=True)
    assert events[1] not in {event for event, _ in reviews.misses(asked.sitting)}
    assert reviews.misses(Sitting.objects.create(user=user, length=1, seed=1, started_at=make.NOW)) == []


def test_a_fact_missed_twice_is_added_once(user: User) -> None:
    sitting = make.SittingFactory(user=user)
    event = Event.objects.get(key=f"{TOWNS[3].lower()}-captured")
    for asked in [make.AskedQuestionFactory(sitting=sitting, event=event) for _ in range(2)]:
        answer(asked.pk, Answer(choice=1), now=make.NOW)
    assert reviews.misses(sitting) == [(event.key, "date")]
    assert reviews.add_misses(user, sitting, now=make.NOW) == 1


def test_adding_takes_a_suspended_card_back(user: User) -> None:
    asked = sat_down(Shape.DAY, user=user)
    answer(asked.pk, Answer(), now=make.NOW)
    card = asked.reviews.get().card
    reviews.set_aside(user, card.pk, Deed.SUSPENDED, now=make.NOW)
    reviews.add_misses(user, asked.sitting, now=make.NOW)
    card.refresh_from_db()
    assert not card.suspended


# --- Undoing --------------------------------------------------------------------------------------


def test_a_rating_is_undone_as_if_it_had_never_been(user: User) -> None:
    card = user.cards.get()
    before, counted = state(card), counts(user)
    rate(user, card, Rating.AGAIN)
    assert (state(user.cards.get()) == before, counts(user) == counted) == (False, False)
    undone = undo(user)
    assert undone == card
    assert (state(undone), state(user.cards.get()), counts(user)) == (before, before, counted)


def test_twenty_things_are_undone_and_no_more(user: User) -> None:
    assert KEPT == 20
    card = user.cards.get()
    kept = [state(card)]
    for n in range(KEPT + 1):
        card = rate(user, card, Rating.GOOD, days=10 * n)
        kept.append(state(card))
    for n in range(KEPT):
        assert undo(user) == card
        assert state(user.cards.get()) == kept[KEPT - n]
    assert (reviews.last_done(user), undo(user)) == (None, None)
    assert state(user.cards.get()) == kept[1]
    # What is done afterwards can be undone again.
    rate(user, user.cards.get(), days=300)
    assert undo(user) == card
    assert undo(user) is None


def test_an_answer_of_a_quiz_in_between_stays(user: User) -> None:
    card = user.cards.get()
    rate(user, card, Rating.AGAIN, days=3)
    asked = make.AskedQuestionFactory(sitting__user=user, event=card.event)
    answer(asked.pk, Answer(choice=0), now=make.NOW + 5 * NEXT)
    undo(user)
    assert list(card.log.standing().values_list("what", "rating", "asked")) == [
        (Deed.RATED, 3, None),
        (Deed.RATED, 2, asked.pk),
    ]
    card.refresh_from_db()
    assert (card.reviews, card.lapses, card.day) == (2, 0, DAY + 5 * NEXT)
    assert [row.answers + row.ratings for row in user.study_days.order_by("day")] == [1, 0, 1]
    undo(user)
    card.refresh_from_db()
    assert (card.reviews, card.day) == (1, DAY + 5 * NEXT)
    assert undo(user) is None


@pytest.mark.parametrize("what", [Deed.SUSPENDED, Deed.BURIED])
def test_setting_aside_is_undone(user: User, what: Deed) -> None:
    card = user.cards.get()
    before = state(card)
    found = reviews.set_aside(user, card.pk, what, now=make.NOW + 3 * NEXT)
    assert (found.suspended, found.buried_until) == (
        what == Deed.SUSPENDED,
        DAY + 4 * NEXT if what == Deed.BURIED else None,
    )
    assert not user.cards.due(DAY + 3 * NEXT).exists()
    assert undo(user) == card
    assert state(user.cards.get()) == before
    assert user.cards.due(DAY + 3 * NEXT).exists()


def test_a_buried_card_comes_back_tomorrow_and_a_suspended_one_when_it_is_taken_back(user: User) -> None:
    card = user.cards.get()
    reviews.set_aside(user, card.pk, Deed.BURIED, now=make.NOW + 3 * NEXT)
    assert [user.cards.due(DAY + n * NEXT).exists() for n in (3, 4)] == [False, True]
    reviews.set_aside(user, card.pk, Deed.SUSPENDED, now=make.NOW + 4 * NEXT)
    assert not user.cards.due(DAY + 90 * NEXT).exists()
    reviews.set_aside(user, card.pk, Deed.RESUMED, now=make.NOW + 5 * NEXT)
    assert user.cards.due(DAY + 5 * NEXT).exists()
    undo(user)
    assert not user.cards.due(DAY + 5 * NEXT).exists()


def test_a_new_card_is_new_again_and_stays_taken_up(user: User) -> None:
    reviews.begin(user, chronicle(), now=make.NOW)
    card = user.cards.new(DAY).first()
    assert card
    before, counted = state(card), counts(user)
    rate(user, card, Rating.EASY, days=0)
    assert counts(user)[DAY]["new"] == 2
    undo(user)
    assert (state(user.cards.get(pk=card.pk)), counts(user)) == (before, counted)
    assert card in user.cards.new(DAY)
    # What is left to undo is the rating of before; that cards were taken up is not undone.
    undo(user)
    assert (undo(user), user.cards.count()) == (None, 5)


def test_things_are_undone_over_several_cards_the_latest_first(user: User) -> None:
    reviews.begin(user, chronicle(), now=make.NOW)
    cards = list(user.cards.new(DAY))
    for n, card in enumerate(cards):
        rate(user, card, days=n / 1000)
    assert [undo(user) for _ in cards] == cards[::-1]


def test_a_learner_whose_logs_were_merged_can_undo_what_was_new_only_to_one_of_them(user: User) -> None:
    card = user.cards.get()
    # Rated as new: what a guest knew of it before comes to light only afterwards.
    make.ReviewFactory(card=card, at=make.NOW - 5 * NEXT)
    undo(user)
    assert counts(user) == {}


def test_undoing_costs_the_same_however_long_the_log(user: User) -> None:
    costs = []
    card = user.cards.get()
    for number in (1, 3, 30):
        for _ in range(number):
            card = rate(user, card)
        with CaptureQueriesContext(connection) as queries:
            undo(user)
        costs.append(len(queries))
        card = user.cards.get()
    assert set(costs) == {9}
