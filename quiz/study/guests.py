"""Guests: learners without an account."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from quiz.models import Attempt, Sitting, User
from quiz.models.sittings import new_token


def learner(user: User | AnonymousUser, now: datetime) -> User:
    """The user, or a new guest for somebody who has none yet. Call it on a POST only: a visit writes nothing."""
    if isinstance(user, User):
        return user
    guest = User(username=f"guest-{new_token()}", is_guest=True, date_joined=now)
    guest.set_unusable_password()
    guest.save()
    return guest


def keep(guest: User, username: str, password: str) -> User:
    """Turn a guest into an account with all that was answered; the name is already checked by the form."""
    guest.username, guest.is_guest = username, False
    guest.set_password(password)
    guest.save()
    return guest


@transaction.atomic
def merge(guest: User, account: User) -> int:
    """Hand what a guest did to an account and remove the guest; gives the number of answers that moved.

    Doing it again moves nothing: the guest is gone.
    """
    Sitting.objects.filter(user=guest).update(user=account)
    moved = Attempt.objects.filter(user=guest).update(user=account)
    guest.delete()
    return moved


def prune(now: datetime, days: int) -> int:
    """Delete guests who joined more than so many days ago and never answered; gives their number."""
    before = now - timedelta(days=days)
    _, deleted = User.objects.unused_guests(before).delete()
    return deleted.get("quiz.User", 0)
