"""Accounts: sign up and keep what was answered, log in and bring it along, log out; no door opens elsewhere."""

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from quiz.models import Review, Sitting, User
from quiz.questions.marking import Answer
from quiz.questions.question import Shape
from quiz.study import sittings as study
from tests import factories as make
from tests.views.conftest import Seat

SIGN_UP, LOG_IN, LOG_OUT = (reverse(f"quiz:{name}") for name in ("sign-up", "log-in", "log-out"))
HOME = reverse("quiz:home")
PASSWORD = "correct horse battery staple"
RESERVED = "Usernames that begin with “guest-” are kept for guests. Choose another."
SIGNS = "Use only letters, digits and the signs @ . + - _ without spaces."


def form(name: str = "reader", **changes: str) -> dict[str, str]:
    return {"username": name, "password1": PASSWORD, "password2": PASSWORD, **changes}


def account(name: str = "reader") -> User:
    user = make.UserFactory.build(username=name)
    user.set_password(PASSWORD)
    user.save()
    return user


def who(client: Client) -> Any:
    return get_user(client)  # type: ignore[arg-type]


# --- Signing up ---------------------------------------------------------------------------------


def test_signing_up_makes_an_account_and_logs_in(client: Client) -> None:
    response = client.post(SIGN_UP, form())
    assert (response.status_code, response["Location"]) == (302, HOME)
    user = User.objects.get()
    assert (user.username, user.is_guest, user.is_staff) == ("reader", False, False)
    assert user.check_password(PASSWORD)
    assert who(client) == user


def test_a_guest_who_signs_up_keeps_the_answers_and_the_open_quiz(client: Client, seat: Seat) -> None:
    asked = seat()
    study.answer(asked.pk, Answer(), now=make.NOW)
    client.post(SIGN_UP, form())
    user = User.objects.get()
    assert (user.pk, user.username, user.is_guest) == (asked.sitting.user_id, "reader", False)
    assert (who(client), user.reviews.count()) == (user, len(asked.question.events))
    went_on = client.get(reverse("quiz:sitting-detail", args=[asked.sitting.token]))
    assert went_on.status_code == 302
    assert went_on["Location"].endswith("/2/")


def test_signing_up_starts_a_new_session(client: Client, seat: Seat) -> None:
    seat()
    before = client.cookies["sessionid"].value
    client.post(SIGN_UP, form())
    assert client.cookies["sessionid"].value != before


def test_signing_up_says_what_came_along(client: Client, seat: Seat) -> None:
    asked = seat(Shape.ORDER)
    study.answer(asked.pk, Answer(), now=make.NOW)
    response = client.post(SIGN_UP, form(), follow=True)
    told = "1 answer that you gave as a guest was added to your account."
    assert [str(message) for message in response.context["messages"]] == [told]
    assert told in response.content.decode()


def test_signing_up_with_nothing_says_nothing(client: Client) -> None:
    assert list(client.post(SIGN_UP, form(), follow=True).context["messages"]) == []


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"username": ""}, "username", "Type a username."),
        ({"username": "taken"}, "username", "Somebody has this username already. Choose another."),
        ({"username": "guest-abc"}, "username", RESERVED),
        ({"username": "Guest-abc"}, "username", RESERVED),
        ({"username": "TAKEN"}, "username", "Somebody has this username already. Choose another."),
        ({"username": "two words"}, "username", SIGNS),
        ({"username": "x" * 151}, "username", "A username has at most 150 characters."),
        ({"username": "nul\0"}, "username", "Null characters are not allowed."),
        ({"username": "<b>"}, "username", SIGNS),
        ({"password2": "something else"}, "password2", "This is not the same as the password above."),
        ({"password1": "", "password2": ""}, "password1", "Type a password."),
        ({"password2": ""}, "password2", "Type the password once more."),
        ({"password1": "short", "password2": "short"}, "password1", "This password is too short."),
        ({"password1": "12345678901", "password2": "12345678901"}, "password1", "This password is too common."),
        ({"password1": "password", "password2": "password"}, "password1", "This password is too common."),
        ({"password1": "nul\0nul\0nul", "password2": "nul\0nul\0nul"}, "password1", "Null characters are not allowed."),
    ],
)
def test_a_name_or_password_that_will_not_do_is_refused_at_its_field_and_in_a_summary(
    client: Client, changes: dict[str, str], field: str, message: str
) -> None:
    account("taken")
    response = client.post(SIGN_UP, form(**changes))
    assert response.status_code == 422
    shown = response.context["form"]
    assert shown.errors[field][0].startswith(message)
    page = response.content.decode()
    assert f'<a href="#id_{field}">{shown[field].label}</a>: {message}' in page
    assert f'id="id_{field}_error"' in page
    assert "<b>" not in page
    assert PASSWORD not in page
    assert User.objects.count() == 1
    assert not who(client).is_authenticated


def test_the_rules_of_a_password_stand_before_it_is_typed(client: Client) -> None:
    page = client.get(SIGN_UP).content.decode()
    assert page.index("At least 8 characters.") < page.index('name="password1"')


def test_a_refused_name_leaves_the_guest_a_guest(client: Client, seat: Seat) -> None:
    asked = seat()
    client.post(SIGN_UP, form(username=""))
    assert User.objects.get().is_guest
    assert who(client) == asked.sitting.user


# --- Logging in ---------------------------------------------------------------------------------


def test_logging_in_brings_a_guests_answers_along_and_says_so(client: Client, seat: Seat) -> None:
    asked = seat()
    study.answer(asked.pk, Answer(), now=make.NOW)
    user = account()
    response = client.post(LOG_IN, {"username": "reader", "password": PASSWORD}, follow=True)
    assert User.objects.get() == user
    assert (who(client), user.sittings.count()) == (user, 1)
    told = "1 answer that you gave as a guest was added to your account."
    assert [str(message) for message in response.context["messages"]] == [told]
    assert told in response.content.decode()
    assert client.get(reverse("quiz:question-detail", args=[asked.sitting.token, 1])).status_code == 200


@pytest.mark.parametrize("door", [SIGN_UP, LOG_IN])
def test_answers_and_reviews_of_cards_that_come_along_are_told_apart(client: Client, seat: Seat, door: str) -> None:
    account("known")
    guest = seat(Shape.ORDER).sitting.user
    study.answer(guest.sittings.get().asked.get(number=1).pk, Answer(), now=make.NOW)
    for card in (make.CardFactory(user=guest), make.CardFactory(user=guest)):
        make.ReviewFactory(card=card)
    make.ReviewFactory(card=card, undone_at=make.NOW)
    make.ReviewFactory(card=card, what="suspended", rating=None, retention=None)
    data = {**form("new"), "username": "known" if door == LOG_IN else "new", "password": PASSWORD}
    assert [str(message) for message in client.post(door, data, follow=True).context["messages"]] == [
        "1 answer that you gave as a guest was added to your account.",
        "2 reviews of cards that you did as a guest were added to your account.",
    ]


def test_logging_in_from_nowhere_brings_nothing_and_says_nothing(client: Client) -> None:
    user = account()
    response = client.post(LOG_IN, {"username": "reader", "password": PASSWORD}, follow=True)
    assert (who(client), list(response.context["messages"])) == (user, [])


@pytest.mark.parametrize(
    "changes",
    [
        {"password": "wrong"},
        {"password": ""},
        {"username": "nobody"},
        {"username": ""},
        {"username": "reader\0"},
        {"username": "x" * 10_000},
        {"password": "x" * 10_000},
        {"password": "\0"},
    ],
)
def test_a_wrong_name_or_password_is_refused_and_the_guest_stays(
    client: Client, seat: Seat, changes: dict[str, str]
) -> None:
    asked = seat()
    account()
    response = client.post(LOG_IN, {"username": "reader", "password": PASSWORD, **changes})
    assert response.status_code == 422
    assert response.context["form"].errors
    assert (who(client), User.objects.count()) == (asked.sitting.user, 2)


def test_a_guest_cannot_log_in_by_name(client: Client) -> None:
    guest = make.UserFactory(is_guest=True)
    guest.set_unusable_password()
    guest.save()
    assert client.post(LOG_IN, {"username": guest.username, "password": ""}).status_code == 422
    assert client.post(LOG_IN, {"username": guest.username, "password": guest.password}).status_code == 422


def test_an_account_that_is_closed_cannot_log_in(client: Client) -> None:
    account()
    User.objects.update(is_active=False)
    assert client.post(LOG_IN, {"username": "reader", "password": PASSWORD}).status_code == 422


@pytest.mark.parametrize("door", [SIGN_UP, LOG_IN])
@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize(("target", "leads"), [("", HOME), ("/progress/", "/progress/"), ("//example.org/", HOME)])
def test_who_is_signed_in_is_led_on_and_stays_who_they_are(
    client: Client, door: str, verb: str, target: str, leads: str
) -> None:
    first = account("first")
    account()
    client.force_login(first)
    data = {**form("new"), "username": "reader" if door == LOG_IN else "new", "password": PASSWORD}
    response = getattr(client, verb)(door, data if verb == "post" else None, query_params={"next": target})
    assert (response.status_code, response["Location"]) == (302, leads)
    assert (who(client), User.objects.count()) == (first, 2)


@pytest.mark.parametrize("door", [SIGN_UP, LOG_IN])
def test_a_guest_may_sign_up_and_log_in(client: Client, seat: Seat, door: str) -> None:
    seat()
    assert client.get(door).status_code == 200


@pytest.mark.parametrize(("path", "target"), [("/progress/", "/progress/"), (f"{LOG_IN}?next=/places/", "/places/")])
def test_the_head_of_a_page_leads_through_the_door_and_back(client: Client, path: str, target: str) -> None:
    page = client.get(path).content.decode()
    head = page[page.index("<header") : page.index("<main")]
    assert f'href="{LOG_IN}?next={target}"' in head
    assert f'href="{SIGN_UP}?next={target}"' in head


# --- Logging out --------------------------------------------------------------------------------


def test_logging_out_ends_the_session(client: Client) -> None:
    client.force_login(account())
    response = client.post(LOG_OUT)
    assert (response.status_code, response["Location"]) == (302, HOME)
    assert not who(client).is_authenticated


def test_a_link_cannot_log_out(client: Client) -> None:
    user = account()
    client.force_login(user)
    assert client.get(LOG_OUT).status_code == 405
    assert who(client) == user


# --- The time zone of the device ----------------------------------------------------------------


@pytest.mark.parametrize("door", [SIGN_UP, LOG_IN])
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Asia/Beirut", "Asia/Beirut"),
        ("", ""),
        ("Mars/Olympus", ""),
        ("../../etc/passwd", ""),
        ("Asia/Beirut\0", ""),
        ("x" * 10_000, ""),
    ],
)
def test_the_zone_of_the_device_is_taken_where_none_is_known(client: Client, door: str, said: str, kept: str) -> None:
    account("known")
    data = {**form("new"), "username": "known" if door == LOG_IN else "new", "password": PASSWORD, "zone": said}
    assert client.post(door, data).status_code == 302
    assert who(client).time_zone == kept


@pytest.mark.parametrize("door", [SIGN_UP, LOG_IN])
def test_a_zone_that_was_chosen_is_never_overwritten(client: Client, seat: Seat, door: str) -> None:
    account("known")
    User.objects.update(time_zone="Europe/London")
    seat(user=make.UserFactory(is_guest=True, time_zone="Asia/Tokyo"))
    data = {**form("new"), "username": "known" if door == LOG_IN else "new", "password": PASSWORD}
    client.post(door, {**data, "zone": "Asia/Beirut"})
    assert who(client).time_zone == ("Europe/London" if door == LOG_IN else "Asia/Tokyo")


@pytest.mark.parametrize("door", [SIGN_UP, LOG_IN])
def test_the_doors_have_a_hidden_field_for_the_zone(client: Client, door: str) -> None:
    page = client.get(door).content.decode()
    assert '<input type="hidden" name="zone" data-zone>' in page
    assert page.count('name="zone"') == 1


# --- The editors' door --------------------------------------------------------------------------


def test_who_logs_in_at_the_editors_door_brings_the_guests_answers_along(client: Client, seat: Seat) -> None:
    asked = seat()
    study.answer(asked.pk, Answer(), now=make.NOW)
    user = account()
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    response = client.get("/admin/quiz/event/", follow=True)
    assert response.redirect_chain[-1] == (f"{LOG_IN}?next=/admin/quiz/event/", 302)
    page = client.post(response.redirect_chain[-1][0], {"username": "reader", "password": PASSWORD})
    assert (page.status_code, page["Location"]) == (302, "/admin/quiz/event/")
    assert user.sittings.count() == 1
    assert client.get("/admin/quiz/event/").status_code == 200


def test_the_editors_door_leads_to_their_first_page_by_itself(client: Client) -> None:
    assert client.get("/admin/login/")["Location"] == f"{LOG_IN}?next=/admin/"


def test_the_editors_door_leads_nowhere_else(client: Client) -> None:
    response = client.get("/admin/login/", {"next": "https://example.org/"})
    assert client.get(response["Location"]).context["next"] == HOME


def test_who_is_no_editor_is_told_so_and_not_sent_to_and_fro(client: Client) -> None:
    client.force_login(account())
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "This is not open to you" in response.content.decode()


def test_the_log_in_page_says_what_to_do_without_a_password(client: Client) -> None:
    assert "Forgot your password? Ask an editor for a link" in client.get(LOG_IN).content.decode()


# --- Where to next ------------------------------------------------------------------------------


@pytest.mark.parametrize("door", [SIGN_UP, LOG_IN])
@pytest.mark.parametrize("way", ["query", "form"])
@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("/progress/", "/progress/"),
        ("/quiz/?facet=date", "/quiz/?facet=date"),
        ("http://testserver/progress/", "/"),
        ("quiz", "/"),
        ("?x", "/"),
        ("#y", "/"),
        ("https://example.org/", HOME),
        ("//example.org/", HOME),
        ("///example.org/", HOME),
        ("/\\example.org/", HOME),
        ("\\\\example.org", HOME),
        ("http:example.org", HOME),
        ("javascript:alert(1)", HOME),
        ("http://testserver@example.org/", HOME),
        ("/progress/\0", "/progress/%00"),
        (" https://example.org", HOME),
        ("", HOME),
    ],
)
def test_one_is_led_to_pages_of_this_site_only(client: Client, door: str, way: str, target: str, leads: str) -> None:
    account("known")
    name = "known" if door == LOG_IN else "reader"
    data = {**form(name), "password": PASSWORD}
    if way == "query":
        response = client.post(door, data, query_params={"next": target})
    else:
        response = client.post(door, {**data, "next": target})
    assert (response.status_code, response["Location"]) == (302, leads)


@pytest.mark.parametrize("door", [SIGN_UP, LOG_IN])
def test_a_stranger_in_the_address_is_not_put_into_the_form(client: Client, door: str) -> None:
    page = client.get(door, {"next": "https://example.org/"}).content.decode()
    assert "example.org" not in page


@pytest.mark.parametrize("door", [SIGN_UP, LOG_IN])
def test_account_pages_are_kept_by_no_cache(client: Client, door: str) -> None:
    assert "no-store" in client.get(door)["Cache-Control"]


# --- Forged forms -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sign-up", "log-in", "log-out", "sitting-begin"])
def test_a_form_without_its_token_is_refused(name: str) -> None:
    account()
    strict = Client(enforce_csrf_checks=True)
    data = {**form("new"), "password": PASSWORD, "length": "5"}
    assert strict.post(reverse(f"quiz:{name}"), data).status_code == 403
    assert (User.objects.count(), Sitting.objects.count()) == (1, 0)


def test_an_answer_without_the_forms_token_is_refused(seat: Seat) -> None:
    asked = seat()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(asked.sitting.user)
    url = reverse("quiz:question-detail", args=[asked.sitting.token, 1])
    data = {"token": asked.token, "unknown": "on"}
    assert strict.post(url, data).status_code == 403
    assert Review.objects.count() == 0
    token = strict.get(url).context["csrf_token"]
    assert strict.post(url, {**data, "csrfmiddlewaretoken": str(token)}).status_code == 302
    assert Review.objects.count() == len(asked.question.events)
