"""Learners and editors."""

from datetime import UTC, datetime, tzinfo
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.scheduling import LEAST_RETENTION, MOST_RETENTION, USUAL_RETENTION

MOST_PER_DAY = 500
"""No daily cap of cards is higher."""


class Users(UserManager["User"]):
    """Accounts, and guests without one."""

    def unused_guests(self, before: datetime) -> models.QuerySet["User"]:
        """Guests who neither came nor began a sitting since a time, and never answered a question or rated a card."""
        idle = self.filter(is_guest=True, date_joined__lt=before)
        return idle.exclude(reviews__what="rated").exclude(sittings__started_at__gte=before)


class Theme(models.TextChoices):
    """Whether pages are light or dark."""

    AUTO = "auto", _("As the device has it")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class User(AbstractUser):
    """A person who learns or edits.

    A guest is a row like any other, made when somebody first starts a sitting without an account: it has no
    usable password, and becomes an account by signing up, with everything it answered.

    `time_zone` is an IANA name, blank while it is not known (then UTC); `desired_retention` is the share of due cards
    that shall be remembered, from 0.7 to 0.97; the caps are cards a day.
    """

    is_guest = models.BooleanField(_("guest"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    desired_retention = models.FloatField(
        _("desired retention"),
        default=USUAL_RETENTION,
        validators=[MinValueValidator(LEAST_RETENTION), MaxValueValidator(MOST_RETENTION)],
    )
    new_per_day = models.PositiveSmallIntegerField(
        _("new cards a day"), default=5, validators=[MaxValueValidator(MOST_PER_DAY)]
    )
    reviews_per_day = models.PositiveSmallIntegerField(
        _("reviews a day"), default=40, validators=[MaxValueValidator(MOST_PER_DAY)]
    )
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)
    theme = models.CharField(_("theme"), max_length=5, choices=Theme.choices, default=Theme.AUTO)

    objects: ClassVar[Users] = Users()

    class Meta(AbstractUser.Meta):
        indexes = (models.Index(fields=["date_joined"], condition=models.Q(is_guest=True), name="guest_joined"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(desired_retention__range=(LEAST_RETENTION, MOST_RETENTION)),
                name="desired_retention_is_in_range",
                violation_error_message=_("The desired retention lies between 70 % and 97 %."),
            ),
            models.CheckConstraint(
                condition=models.Q(new_per_day__lte=MOST_PER_DAY, reviews_per_day__lte=MOST_PER_DAY),
                name="daily_caps_are_in_range",
                violation_error_message=_("At most 500 cards a day."),
            ),
        )

    @property
    def zone(self) -> tzinfo:
        """The learner's time zone; UTC while it is not known, and where the machine no longer knows it."""
        try:
            return ZoneInfo(self.time_zone or "UTC")
        except ZoneInfoNotFoundError:
            return UTC
