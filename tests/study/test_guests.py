"""Guests: made once, kept with all they answered, merged once, pruned only when they never answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from quiz.models import Ability, AskedQuestion, Card, Confidence, Deed, Review, Sitting, StudyDay, User
from quiz.models.cards import COUNTED
from quiz.study import guests, reviews
from tests import factories as make
from tests.study.lives import Life, counts, replayed, state, states
from tests.study.stories import tell

pytestmark = pytest.mark.django_db


def guest(**values: object) -> User:
    return make.UserFactory(is_guest=True, **values)


def answered_by(user: User) -> Review:
    """A sitting of somebody with one answer."""
    return make.ReviewFactory(answered=True, card__user=user)


def test_somebody_without_an_account_becomes_a_guest_without_a_password() -> None:
    made = guests.learner(AnonymousUser(), make.NOW)
    assert User.objects.get() == made
    assert (made.is_guest, made.date_joined, made.has_usable_password()) == (True, make.NOW, False)
    assert (made.is_staff, made.is_superuser, made.is_active) == (False, False, True)
    assert guests.learner(AnonymousUser(), make.NOW).username != made.username


@pytest.mark.parametrize("is_guest", [True, False])
def test_somebody_who_is_known_stays_who_they_are(is_guest: bool) -> None:
    user = make.UserFactory(is_guest=is_guest)
    assert guests.learner(user, make.NOW) is user
    assert User.objects.count() == 1


def test_a_guest_who_signs_up_keeps_everything() -> None:
    user = guest()
    review = answered_by(user)
    kept = guests.keep(user, "reader", "a long pass phrase", make.NOW)
    stored = User.objects.get()
    assert (stored.pk, stored.username, stored.is_guest) == (user.pk, "reader", False)
    assert stored.check_password("a long pass phrase")
    assert kept == stored
    review.refresh_from_db()
    assert (review.user, review.asked.sitting.user) == (stored, stored)


def test_what_a_guest_did_is_handed_to_an_account() -> None:
    visitor, account = guest(), make.UserFactory()
    answered_by(account)
    for _ in range(2):
        answered_by(visitor)
    make.SittingFactory(user=visitor)
    assert guests.merge(visitor, account) == 2
    assert set(User.objects.all()) == {account}
    assert (account.reviews.count(), account.sittings.count()) == (3, 4)
    assert AskedQuestion.objects.count() == 3


def test_merging_again_moves_nothing() -> None:
    visitor, account = guest(), make.UserFactory()
    answered_by(visitor)
    same = User.objects.get(pk=visitor.pk)
    assert [guests.merge(visitor, account), guests.merge(same, account)] == [1, 0]
    assert (User.objects.count(), Review.objects.count()) == (1, 1)


def test_abilities_are_joined_by_the_answers_behind_them() -> None:
    visitor, account, stranger = guest(), make.UserFactory(), make.UserFactory()
    for user, facet, ability, answers in (
        (visitor, "date", 1.0, 30),
        (account, "date", -1.0, 10),
        (visitor, "place", 0.5, 4),
        (account, "sequence", -0.5, 6),
        (visitor, "source", 0.0, 0),
        (account, "source", 0.0, 0),
        (stranger, "date", 2.0, 9),
    ):
        Ability.objects.create(user=user, facet=facet, ability=ability, answers=answers)
    guests.merge(visitor, account)
    assert set(account.abilities.values_list("facet", "ability", "answers")) == {
        ("date", 0.5, 40),
        ("place", 0.5, 4),
        ("sequence", -0.5, 6),
        ("source", 0.0, 0),
    }
    assert list(stranger.abilities.values_list("facet", "ability", "answers")) == [("date", 2.0, 9)]
    assert Ability.objects.count() == 5


def test_a_guest_who_signs_up_keeps_the_abilities_and_who_leaves_takes_them_along() -> None:
    user = guest()
    Ability.objects.create(user=user, facet="date", ability=0.7, answers=3)
    kept = guests.keep(user, "reader", "a long pass phrase", make.NOW)
    assert kept.abilities.get().ability == 0.7
    kept.delete()
    assert Ability.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3, 30])
def test_merging_costs_the_same_however_much_there_is(count: int, django_assert_num_queries: Any) -> None:
    visitor, account = guest(time_zone="Asia/Damascus"), make.UserFactory()
    for n in range(count):
        both = answered_by(visitor).card.event
        make.ReviewFactory(card__user=account, card__event=both)
        answered_by(visitor)
        make.ProblemReportFactory(user=visitor)
        for user in (visitor, account):
            make.ProblemReportFactory(user=user, of_event=True, event=both, problem="source")
            StudyDay.objects.create(user=user, day=make.NOW.date() - n * timedelta(days=1), answers=1)
    for n, facet in enumerate(("date", "place", "source")[:count]):
        Ability.objects.create(user=visitor, facet=facet, ability=0.1, answers=1)
        Confidence.objects.create(user=visitor, level=n + 1, answers=1)
    with django_assert_num_queries(42):
        assert guests.merge(visitor, account) == 2 * count


# --- One memory of two ----------------------------------------------------------------------------


def log_of(user: User) -> list[tuple[object, ...]]:
    """What the memory follows from, in the order of time."""
    fields = ("card__event__key", "card__facet", "what", "at", "day", "rating", "retention", "kind", "credit", "taken")
    return list(user.reviews.standing().values_list(*fields))


@pytest.mark.parametrize("seed", range(6))
def test_a_merged_learner_remembers_what_one_would_who_did_all_of_it(seed: int) -> None:
    tell()
    visitor, account, one = guest(), make.UserFactory(), make.UserFactory()
    life = Life(seed, [visitor, account], twin=one)
    life.live(110)
    rated = visitor.reviews.filter(what=Deed.RATED).count()
    assert set(states(visitor)) & set(states(account))
    done = [counts(user) for user in (visitor, account)]
    sure = [{row.level: (row.answers, row.credit) for row in user.confidences.all()} for user in (visitor, account)]
    assert guests.merge(visitor, account) == rated
    assert states(account) == states(one)
    assert log_of(account) == log_of(one)
    for card in account.cards.select_related("event"):
        assert state(replayed(card)) == state(card)
        assert {entry.user_id for entry in card.log.all()} == {account.pk}
    days = {day for counted in done for day in counted}
    assert set(counts(account)) == days
    for day in days:
        summed = {name: sum(counted.get(day, {}).get(name, 0) for counted in done) for name in COUNTED}
        assert counts(account)[day] == pytest.approx(summed, abs=1e-5)
    for level in (1, 2, 3):
        row = account.confidences.get(level=level)
        assert (row.answers, row.credit) == tuple(
            map(pytest.approx, map(sum, zip(*(levels.get(level, (0, 0)) for levels in sure), strict=True)))
        )
    assert {row.level: row.answers for row in account.confidences.all()} == {
        row.level: row.answers for row in one.confidences.all()
    }
    # What either did can be undone one by one, and nothing is counted below nothing.
    while reviews.undo(account, now=life.now):
        pass
    for card in account.cards.select_related("event"):
        assert state(replayed(card)) == state(card)


def test_a_card_of_the_guest_alone_moves_as_it_is() -> None:
    visitor, account = guest(), make.UserFactory()
    card = make.CardFactory(user=visitor, suspended=True, lapses=9)
    make.ReviewFactory(card=card)
    before = state(card)
    assert guests.merge(visitor, account) == 1
    card.refresh_from_db()
    assert (card.user, state(card), card.log.get().user) == (account, before, account)


def test_only_ratings_are_told_of_but_all_moves() -> None:
    visitor, account = guest(), make.UserFactory()
    card = make.CardFactory(user=visitor, new=True)
    make.ReviewFactory(card=card, what=Deed.ADDED, rating=None, retention=None)
    assert guests.merge(visitor, account) == 0
    assert (account.cards.get(), account.reviews.get().what) == (card, Deed.ADDED)


@pytest.mark.parametrize(
    ("theirs", "mine", "then"),
    [("Asia/Damascus", "", "Asia/Damascus"), ("Asia/Damascus", "Asia/Tokyo", "Asia/Tokyo"), ("", "", "")],
)
def test_the_zone_of_the_account_stays_and_that_of_the_guest_fills_in(theirs: str, mine: str, then: str) -> None:
    visitor, account = guest(time_zone=theirs), make.UserFactory(time_zone=mine)
    guests.merge(visitor, account)
    account.refresh_from_db()
    assert account.time_zone == then


def test_a_new_guest_has_the_zone_of_the_device() -> None:
    assert guests.learner(AnonymousUser(), make.NOW, zone="Asia/Damascus").time_zone == "Asia/Damascus"
    assert guests.learner(AnonymousUser(), make.NOW).time_zone == ""


def test_nobody_is_merged_into_themselves() -> None:
    visitor = guest()
    answered_by(visitor)
    assert guests.merge(visitor, visitor) == 0
    assert guests.merge(AnonymousUser(), visitor) == 0
    assert (User.objects.get(), visitor.reviews.count()) == (visitor, 1)


def test_a_merge_of_hundreds_of_doubled_facts_succeeds() -> None:
    visitor, account = guest(), make.UserFactory()
    events = [make.EventFactory() for _ in range(75)]
    for user in (visitor, account):
        cards = [
            make.CardFactory.build(user=user, event=event, facet=facet)
            for event in events
            for facet in ("date", "place", "sequence", "source")
        ]
        made = Card.objects.bulk_create(cards)
        Review.objects.bulk_create(make.ReviewFactory.build(card=card, user=user) for card in made)
    assert guests.merge(visitor, account) == 300
    assert set(account.cards.values_list("reviews", flat=True)) == {2}
    assert account.cards.count() == 300


def test_only_guests_who_never_answered_and_joined_long_ago_are_pruned() -> None:
    day = timedelta(days=1)
    old = make.NOW - 30 * day - timedelta(seconds=1)
    visitor = guest(date_joined=old)
    make.AskedQuestionFactory(sitting__user=visitor, sitting__started_at=old)
    begun = guest(date_joined=old)
    make.SittingFactory(user=begun)
    active = guest(date_joined=old)
    answered_by(active)
    fresh = guest(date_joined=make.NOW - 30 * day)
    account = make.UserFactory(date_joined=old)
    assert guests.prune(make.NOW, 30) == 1
    assert set(User.objects.all()) == {active, begun, fresh, account}
    assert (Sitting.objects.count(), Review.objects.count()) == (2, 1)
    assert guests.prune(make.NOW, 30) == 0


def test_somebody_who_signed_up_a_moment_ago_is_no_guest_to_be_merged_away() -> None:
    seen = guest()
    kept = guests.keep(seen, "reader", "a long pass phrase", make.NOW)
    account = make.UserFactory()
    assert guests.merge(User.objects.get(pk=seen.pk), account) == 0
    seen.is_guest = True  # as a request still believes that began before
    assert guests.merge(seen, account) == 0
    assert set(User.objects.all()) == {kept, account}


def test_a_second_sign_up_from_one_guest_makes_a_second_account() -> None:
    seen = guest()
    one = guests.keep(seen, "one", "a long pass phrase", make.NOW)
    other = guests.keep(seen, "other", "a long pass phrase", make.NOW)
    assert {user.username for user in User.objects.all()} == {"one", "other"}
    assert one.pk != other.pk
