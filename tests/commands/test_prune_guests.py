"""Guests who never answered are removed after some days."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from quiz.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_only_unused_guests_of_some_age_are_removed() -> None:
    old = timezone.now() - timedelta(days=31)
    make.UserFactory(is_guest=True, date_joined=old)
    new = make.UserFactory(is_guest=True, date_joined=timezone.now())
    account = make.UserFactory(date_joined=old)
    used = make.UserFactory(is_guest=True, date_joined=old)
    make.ReviewFactory(answered=True, card__user=used)
    out = StringIO()
    call_command("prune_guests", stdout=out)
    assert out.getvalue() == "1 unused guests removed\n"
    assert set(User.objects.all()) == {new, account, used}


def test_the_age_can_be_chosen() -> None:
    make.UserFactory(is_guest=True, date_joined=timezone.now() - timedelta(days=2))
    call_command("prune_guests", days=1, stdout=StringIO())
    assert not User.objects.exists()
