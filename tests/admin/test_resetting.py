"""Links for a new password: who may make one for whom, what is noted, and that nobody rises by it."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client

from quiz.models import User
from tests import factories as make
from tests.admin.conftest import fields, url

OLD, NEW = "correct horse battery staple", "stone-slate-and-thyme"
BUTTON = "Make a link for a new password"


@pytest.fixture
def reader(db: None) -> User:
    """Somebody who has forgotten the password."""
    user = make.UserFactory.build(username="reader")
    user.set_password(OLD)
    user.save()
    return user


@pytest.fixture
def keeper(db: None) -> User:
    """An editor who looks after accounts, and may do nothing else."""
    keeper = make.UserFactory(username="keeper", is_staff=True)
    keeper.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user", "delete_user"]))
    return keeper


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def press(client: Client, user: User) -> HttpResponse:
    """Press the button on the page of an account."""
    return client.post(url(user, "reset-link"))


def link_on(page: HttpResponse) -> str:
    found = re.search(r'<code id="reset-link">http://testserver(/[^<]+)</code>', page.content.decode())
    assert found
    return found[1]


def test_a_link_from_the_page_of_an_account_sets_its_password(client: Client, reader: User) -> None:
    assert BUTTON in client.get(url(reader)).content.decode()
    page = press(client, reader)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    theirs = Client()
    form = theirs.get(link_on(page))["Location"]
    theirs.post(form, {"new_password1": NEW, "new_password2": NEW})
    reader.refresh_from_db()
    assert reader.check_password(NEW)
    assert theirs.post("/log-in/", {"username": "reader", "password": NEW}).status_code == 302


def test_the_page_says_how_long_it_holds(client: Client, reader: User) -> None:
    text = re.sub(r"\s+", " ", press(client, reader).content.decode())
    assert re.search(r"holds until \d+ \w+ \d{4}, \d\d:\d\d UTC\. It also ends", text)


def test_the_history_says_that_a_link_was_made_and_not_which(client: Client, editor: User, reader: User) -> None:
    address = link_on(press(client, reader))
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.change_message) == (
        editor,
        str(reader.pk),
        "Made a one-time link for a new password.",
    )
    assert address.split("/")[-2] not in client.get(url(reader, "history")).content.decode()


def test_a_visit_makes_no_link(client: Client, reader: User) -> None:
    assert client.get(url(reader, "reset-link")).status_code == 405
    assert not LogEntry.objects.exists()


def test_the_button_needs_the_forms_token(editor: User, reader: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert press(strict, reader).status_code == 403


@pytest.mark.parametrize("changes", [{"is_guest": True}, {"is_active": False}])
def test_guests_and_closed_accounts_have_no_password_to_set(client: Client, changes: dict[str, bool]) -> None:
    user = make.UserFactory(**changes)
    assert BUTTON not in client.get(url(user)).content.decode()
    assert press(client, user).status_code == 403


@pytest.mark.parametrize("number", ["0", "x", "9" * 30, "_0A", "1_0", "٣"])
def test_nobody_has_no_link(client: Client, number: str) -> None:
    assert client.post(f"/admin/quiz/user/{number}/reset-link/").status_code == 404


@pytest.mark.parametrize("rights", [{}, {"is_staff": True}])
def test_who_may_not_change_accounts_makes_no_link(reader: User, rights: dict[str, bool]) -> None:
    page = press(browser(make.UserFactory(**rights)), reader)
    assert page.status_code == (403 if rights else 302)
    assert not LogEntry.objects.exists()


def test_who_looks_after_accounts_makes_links_for_learners(keeper: User, reader: User) -> None:
    client = browser(keeper)
    assert BUTTON in client.get(url(reader)).content.decode()
    assert press(client, reader).status_code == 200


@pytest.mark.parametrize(
    "rights", [{"is_superuser": True}, {"is_staff": True}, {"is_staff": True, "is_superuser": True}]
)
def test_nobody_rises_by_a_password_of_who_has_more_rights(keeper: User, rights: dict[str, bool]) -> None:
    above = make.UserFactory(username="above", password="!", **rights)
    client = browser(keeper)
    assert BUTTON not in client.get(url(above)).content.decode()
    assert press(client, above).status_code == 403
    assert client.get(url(above, "password")).status_code == 403
    assert client.post(url(above), {"username": "mine"}).status_code == 403
    assert client.post(url(above, "delete"), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": above.pk, "post": "yes"}
    client.post("/admin/quiz/user/", action)
    assert User.objects.get(pk=above.pk).username == "above"
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("target", ["reader", "keeper"])
def test_nobody_hands_out_rights_without_having_them_all(keeper: User, reader: User, target: str) -> None:
    client, user = browser(keeper), {"reader": reader, "keeper": keeper}[target]
    sent = {**fields(client, url(user)), "first_name": "R", "is_superuser": "on", "is_staff": "on"}
    permission = Permission.objects.get(codename="add_event")
    assert client.post(url(user), {**sent, "user_permissions": [permission.pk]}).status_code == 302
    user.refresh_from_db()
    assert (user.first_name, user.is_superuser, user.is_staff) == ("R", False, target == "keeper")
    assert not user.has_perm("quiz.add_event")


def test_who_may_do_everything_makes_links_for_editors_too(client: Client, keeper: User) -> None:
    assert press(client, keeper).status_code == 200
    assert client.get(url(keeper, "password")).status_code == 200
