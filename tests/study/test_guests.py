"""Guests: made once, kept with all they answered, merged once, pruned only when they never answered."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from quiz.models import Ability, AskedQuestion, Attempt, Sitting, User
from quiz.study import guests
from tests import factories as make

pytestmark = pytest.mark.django_db


def guest(**values: object) -> User:
    return make.UserFactory(is_guest=True, **values)


def answered_by(user: User) -> Attempt:
    """A sitting of somebody with one answer."""
    return make.AttemptFactory(asked__sitting__user=user)


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
    attempt = answered_by(user)
    kept = guests.keep(user, "reader", "a long pass phrase", make.NOW)
    stored = User.objects.get()
    assert (stored.pk, stored.username, stored.is_guest) == (user.pk, "reader", False)
    assert stored.check_password("a long pass phrase")
    assert kept == stored
    attempt.refresh_from_db()
    assert (attempt.user, attempt.asked.sitting.user) == (stored, stored)


def test_what_a_guest_did_is_handed_to_an_account() -> None:
    visitor, account = guest(), make.UserFactory()
    answered_by(account)
    for _ in range(2):
        answered_by(visitor)
    make.SittingFactory(user=visitor)
    assert guests.merge(visitor, account) == 2
    assert set(User.objects.all()) == {account}
    assert (account.attempts.count(), account.sittings.count()) == (3, 4)
    assert AskedQuestion.objects.count() == 3


def test_merging_again_moves_nothing() -> None:
    visitor, account = guest(), make.UserFactory()
    answered_by(visitor)
    same = User.objects.get(pk=visitor.pk)
    assert [guests.merge(visitor, account), guests.merge(same, account)] == [1, 0]
    assert (User.objects.count(), Attempt.objects.count()) == (1, 1)


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


@pytest.mark.parametrize("count", [1, 3])
def test_merging_costs_the_same_however_much_there_is(count: int, django_assert_max_num_queries: object) -> None:
    visitor, account = guest(), make.UserFactory()
    for _ in range(count):
        answered_by(visitor)
    for facet in ("date", "place", "source")[:count]:
        Ability.objects.create(user=visitor, facet=facet, ability=0.1, answers=1)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert guests.merge(visitor, account) == count


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
    assert (Sitting.objects.count(), Attempt.objects.count()) == (2, 1)
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
