"""Guests: learners without an account."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction

from quiz.models import Card, Confidence, Deed, Review, Sitting, StudyDay, User
from quiz.models.cards import COUNTED
from quiz.models.sittings import new_token
from quiz.study import difficulty, memory, reports

Row = TypeVar("Row", StudyDay, Confidence)

GUEST_PREFIX = "guest-"
"""How the names of guests begin."""


def learner(user: User | AnonymousUser, now: datetime, *, zone: str = "") -> User:
    """The user, or a new guest for somebody who has none yet. Call it on a POST only: a visit writes nothing.

    `zone` is the IANA name of the time zone of the device, already checked, blank where it is not known.
    """
    if isinstance(user, User):
        return user
    guest = User(username=f"{GUEST_PREFIX}{new_token()}", is_guest=True, date_joined=now, time_zone=zone)
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
    """Hand what a guest did to an account and remove the guest; gives the number of facts rated that moved.

    The logs of both are united in the order of time, and the memory of what both had answered is replayed from them.
    Doing it again moves nothing: the guest is gone. Somebody who is no guest, or no longer, is left alone.
    """
    found = _locked(guest)
    if found is None or found == account:
        return 0
    learner = memory.locked(account.pk)
    Sitting.objects.filter(user=found).update(user=learner)
    moved = _merge_cards(found, learner)
    _merge_days(found, learner)
    difficulty.join(found, learner)
    reports.join(found, learner)
    if not learner.time_zone and found.time_zone:
        learner.time_zone = found.time_zone
        learner.save(update_fields=["time_zone"])
    found.delete()
    return moved


def _merge_cards(guest: User, account: User) -> int:
    """Give the guest's cards to the account, one card for each fact; how many ratings moved."""
    theirs = {(card.event_id, card.facet): card for card in guest.cards.all()}
    both = [card for card in account.cards.select_related("event") if (card.event_id, card.facet) in theirs]
    doubled = {theirs[card.event_id, card.facet].pk: card.pk for card in both}
    whose = models.Case(*(models.When(card=old, then=models.Value(new)) for old, new in doubled.items()))
    if doubled:
        Review.objects.filter(card__in=doubled).update(card=whose)
        Card.objects.filter(pk__in=doubled).delete()
    guest.cards.update(user=account)
    moved = guest.reviews.filter(what=Deed.RATED).update(user=account)
    guest.reviews.update(user=account)
    memory.rebuild(both)
    return moved


def _merge_days(guest: User, account: User) -> None:
    """Add what was counted of the guest to what was counted of the account."""
    days = {row.day: row for row in account.study_days.filter(day__in=guest.study_days.values("day"))}
    StudyDay.objects.bulk_create(
        (_sum(StudyDay(user=account, day=row.day), COUNTED, row, days.get(row.day)) for row in guest.study_days.all()),
        update_conflicts=True,
        unique_fields=["user", "day"],
        update_fields=COUNTED,
    )
    names = ("answers", "credit")
    levels = {row.level: row for row in account.confidences.all()}
    Confidence.objects.bulk_create(
        (_sum(Confidence(user=account, level=c.level), names, c, levels.get(c.level)) for c in guest.confidences.all()),
        update_conflicts=True,
        unique_fields=["user", "level"],
        update_fields=names,
    )


def _sum(row: Row, names: Iterable[str], *parts: models.Model | None) -> Row:
    """A row with the sums of some fields over others."""
    for name in names:
        setattr(row, name, sum(getattr(part, name) for part in parts if part))
    return row


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
    _, deleted = User.objects.filter(pk__in=unused).exclude(reviews__what=Deed.RATED).delete()
    return deleted.get("quiz.User", 0)
