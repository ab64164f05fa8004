"""Guests: learners without an account."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from quiz.models import Attempt, Sitting, User
from quiz.models.sittings import new_token
from quiz.study import difficulty

GUEST_PREFIX = "guest-"
"""How the names of guests begin."""


def learner(user: User | AnonymousUser, now: datetime) -> User:
    """The user, or a new guest for somebody who has none yet. Call it on a POST only: a visit writes nothing."""
    if isinstance(user, User):
        return user
    guest = User(username=f"{GUEST_PREFIX}{new_token()}", is_guest=True, date_joined=now)
    guest.set_unusable_password()
    guest.save()
    return guest


@transaction.atomic
def keep(user: User | AnonymousUser, username: str, password: str, now: datetime) -> User:
    """A new account; a guest becomes it with all that was answered. The name is already checked by the form.

    Whether the user still is a guest is read anew under a lock: another tab may have signed up or logged in meanwhile.
    Raises IntegrityError if somebody took the name since it was checked.
    """
    account = _locked(user) or User(date_joined=now)
    account.username, account.is_guest = username, False
    account.set_password(password)
    account.save()
    return account


@transaction.atomic
def merge(guest: User | AnonymousUser, account: User) -> int:
    """Hand what a guest did to an account and remove the guest; gives the number of facts answered that moved.

    Doing it again moves nothing: the guest is gone. Somebody who is no guest, or no longer, is left alone.
    """
    found = _locked(guest)
    if found is None or found == account:
        return 0
    Sitting.objects.filter(user=found).update(user=account)
    moved = Attempt.objects.filter(user=found).update(user=account)
    difficulty.join(found, account)
    found.delete()
    return moved


def _locked(user: User | AnonymousUser) -> User | None:
    """The row of a user who is a guest at this moment, locked until the transaction ends.

    Not its key: an answer being stored at this moment points to it, and would wait for this while this waits for it.
    """
    return User.objects.select_for_update(no_key=True).filter(pk=user.pk or 0, is_guest=True).first()


@transaction.atomic
def prune(now: datetime, days: int) -> int:
    """Delete guests who are idle for so many days and never answered; gives their number.

    Idle is who neither joined nor began a sitting since.
    """
    before = now - timedelta(days=days)
    # Locked, and asked again in the deletion, so that an answer given in this moment keeps its guest.
    unused = [user.pk for user in User.objects.unused_guests(before).select_for_update(of=("self",))]
    _, deleted = User.objects.filter(pk__in=unused, attempts__isnull=True).delete()
    return deleted.get("quiz.User", 0)
