"""Two people take one name at the same moment: the second is told, and keeps what it did as a guest."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from quiz.forms.accounts import SignUpForm
from quiz.models import User
from quiz.views.accounts import _account
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_name_taken_after_the_form_was_checked_is_an_error_of_the_form(rf: RequestFactory) -> None:
    guest = make.UserFactory(is_guest=True, username="guest-1")
    form = SignUpForm({"username": "salma", "password1": "quiet-slate-7", "password2": "quiet-slate-7"})
    assert form.is_valid()
    make.UserFactory(username="salma")
    request: HttpRequest = rf.post("/sign-up/")
    request.user = guest
    assert _account(request, form) is None
    assert form.errors["username"] == ["This name was taken just now. Please choose another."]
    assert list(User.objects.filter(is_guest=True).values_list("username", flat=True)) == ["guest-1"]
