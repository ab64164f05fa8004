"""Learners and editors."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Users(UserManager["User"]):
    """Accounts, and guests without one."""

    def unused_guests(self, before: datetime) -> models.QuerySet["User"]:
        """Guests who neither came nor began a sitting since a time, and never answered a question."""
        unused = self.filter(is_guest=True, date_joined__lt=before, attempts__isnull=True)
        return unused.exclude(sittings__started_at__gte=before)


class User(AbstractUser):
    """A person who learns or edits.

    A guest is a row like any other, made when somebody first starts a sitting without an account: it has no
    usable password, and becomes an account by signing up, with everything it answered.
    """

    is_guest = models.BooleanField(_("guest"), default=False)

    objects: ClassVar[Users] = Users()

    class Meta(AbstractUser.Meta):
        indexes = (models.Index(fields=["date_joined"], condition=models.Q(is_guest=True), name="guest_joined"),)
