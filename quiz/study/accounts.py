"""Accounts: what a learner decides about oneself. Each verb is one transaction."""

from dataclasses import asdict, dataclass

from django.db import transaction

from quiz.models import AskedQuestion, Deed, User


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner can set; named and bounded as the fields of `User`."""

    time_zone: str
    desired_retention: float
    new_per_day: int
    reviews_per_day: int
    shortcuts: bool
    theme: str


@dataclass(frozen=True, slots=True)
class Done:
    """How many questions somebody answered, and how many ratings of cards stand."""

    answers: int
    ratings: int


def settle(user: User, wanted: Settings) -> None:
    """Keep settings; nothing else of the learner is written. The bounds are already checked by the form."""
    values = asdict(wanted)
    for name, value in values.items():
        setattr(user, name, value)
    user.save(update_fields=list(values))


def learn_zone(user: User, zone: str) -> None:
    """Take the time zone of a device for the learner's where none is known; one that was chosen stays.

    `zone` is an IANA name, already checked; blank says nothing. One statement at most.
    """
    if zone and User.objects.filter(pk=user.pk, time_zone="").update(time_zone=zone):
        user.time_zone = zone


def done_by(user: User) -> Done:
    """What somebody did so far: two statements."""
    return Done(
        answers=AskedQuestion.objects.filter(sitting__user=user, answered_at__isnull=False).count(),
        ratings=user.reviews.standing().filter(what=Deed.RATED, asked=None).count(),
    )


@transaction.atomic
def forget(user: User) -> None:
    """Delete a learner with everything that was ever kept of them; problems they reported stay as nobody's."""
    # Locked whole, so that nothing is added in this moment that would keep the row alive.
    User.objects.select_for_update().get(pk=user.pk).delete()
