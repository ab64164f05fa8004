"""One's own account: settings, data, password, goodbye, and the pages that lead back after an error."""

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.defaults import server_error

from quiz.forms.zones import LIKELY
from quiz.models import AskedQuestion, Review, User
from quiz.study import guests
from quiz.views.zone import learners_zone
from tests import factories as make
from tests.views.conftest import Seat

SETTINGS, DATA, JSON, CSV, PASSWORD, DELETE = (
    reverse(f"quiz:{name}")
    for name in ("account-settings", "own-data", "own-data-json", "own-data-csv", "password-change", "account-delete")
)
HOME, LOG_IN = reverse("quiz:home"), reverse("quiz:log-in")
OLD, NEW = "correct horse battery staple", "stone-slate-and-thyme"
WANTED = {
    "time_zone": "Asia/Beirut",
    "retention": "95",
    "new_per_day": "0",
    "reviews_per_day": "500",
    "theme": "dark",
}


@pytest.fixture
def reader(client: Client) -> User:
    """Somebody with an account and a password, logged in."""
    user = make.UserFactory.build(username="reader")
    user.set_password(OLD)
    user.save()
    client.force_login(user)
    return user


@pytest.fixture
def guest(client: Client) -> User:
    """Somebody without an account, in this browser."""
    guest = make.UserFactory(is_guest=True, username=f"{guests.GUEST_PREFIX}1", password="!")
    client.force_login(guest)
    return guest


def who(client: Client) -> Any:
    return get_user(client)


def told(response: HttpResponse) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# --- Doors --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [SETTINGS, DATA, JSON, CSV, PASSWORD, DELETE])
@pytest.mark.parametrize("verb", ["get", "post"])
def test_who_is_nobody_yet_is_led_to_log_in_and_back(client: Client, address: str, verb: str) -> None:
    response = getattr(client, verb)(address)
    assert (response.status_code, response["Location"]) == (302, f"{LOG_IN}?next={address}")


@pytest.mark.parametrize("address", [SETTINGS, DATA, JSON, CSV, PASSWORD, DELETE, "/account/reset/MQ/x-y/"])
def test_own_pages_are_kept_by_no_cache(client: Client, reader: User, address: str) -> None:
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("address", [DATA, JSON, CSV])
def test_what_only_shows_takes_no_post(client: Client, reader: User, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [SETTINGS, PASSWORD, DELETE])
def test_a_form_without_its_token_changes_nothing(reader: User, address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    data = {**WANTED, "password": OLD, "old_password": OLD, "new_password1": NEW, "new_password2": NEW}
    assert strict.post(address, data).status_code == 403
    found = User.objects.get()
    assert (found.theme, found.check_password(OLD)) == ("auto", True)


@pytest.mark.parametrize("address", [SETTINGS, DATA, JSON, CSV, PASSWORD, DELETE])
def test_a_visit_writes_nothing(client: Client, reader: User, address: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert [one["sql"] for one in captured if not one["sql"].startswith("SELECT")] == []


# --- Settings -----------------------------------------------------------------------------------


@pytest.mark.parametrize("someone", ["reader", "guest"])
def test_settings_are_kept_and_the_page_says_so(client: Client, someone: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(someone)
    response = client.post(SETTINGS, WANTED, follow=True)
    assert response.redirect_chain == [(SETTINGS, 302)]
    assert told(response) == ["Your settings are saved."]
    found = User.objects.get()
    assert (found.time_zone, found.desired_retention, found.new_per_day) == ("Asia/Beirut", 0.95, 0)
    assert (found.reviews_per_day, found.shortcuts, found.theme) == (500, False, "dark")
    page = response.content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-shortcuts="off"' in page
    assert '<meta name="color-scheme" content="dark">' in page


def test_the_page_shows_what_is_set(client: Client, reader: User) -> None:
    User.objects.update(time_zone="Asia/Beirut", desired_retention=0.93, new_per_day=7, shortcuts=False, theme="light")
    page = client.get(SETTINGS)
    form = page.context["form"]
    assert (form["time_zone"].value(), form["retention"].value(), form["new_per_day"].value()) == ("Asia/Beirut", 93, 7)
    assert (form["shortcuts"].value(), form["theme"].value()) == (False, "light")
    assert "Asia/Beirut" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("retention", "", "Type a whole number from 70 to 97."),
        ("retention", "69", "Type a whole number from 70 to 97."),
        ("retention", "98", "Type a whole number from 70 to 97."),
        ("retention", "0.9", "Type a whole number from 70 to 97."),
        ("retention", "NaN", "Type a whole number from 70 to 97."),
        ("retention", "9" * 5000, "Type a whole number from 70 to 97."),
        ("retention", "9\0", "Type a whole number from 70 to 97."),
        ("new_per_day", "-1", "Type a whole number from 0 to 500."),
        ("new_per_day", "501", "Type a whole number from 0 to 500."),
        ("new_per_day", "1_000", "Type a whole number from 0 to 500."),
        ("reviews_per_day", "many", "Type a whole number from 0 to 500."),
        ("reviews_per_day", "9" * 400, "Type a whole number from 0 to 500."),
        ("theme", "", "Choose one of the three."),
        ("theme", "pink", "Choose one of the three."),
        ("time_zone", "Mars/Olympus", "Choose a time zone from the list."),
        ("time_zone", "Asia/Beirut\0", "Choose a time zone from the list."),
        ("time_zone", "x" * 10_000, "Choose a time zone from the list."),
        ("time_zone", "Etc/GMT+3", "Choose a time zone from the list."),
    ],
)
def test_a_setting_that_will_not_do_is_told_beside_its_field_and_nothing_is_lost(
    client: Client, reader: User, name: str, value: str, message: str
) -> None:
    response = client.post(SETTINGS, {**WANTED, name: value})
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [name]
    assert form.errors[name] == [message]
    page = response.content.decode()
    assert f'id="id_{name}_error"' in page
    assert f'<a href="#{form[name].id_for_label or "id_theme_0"}">{form[name].label}</a>: {message}' in page
    assert form["reviews_per_day" if name != "reviews_per_day" else "new_per_day"].value() in {"500", "0"}
    assert User.objects.get().theme == "auto"


def test_likely_zones_stand_before_all_others(client: Client, reader: User) -> None:
    choices = client.get(SETTINGS).context["form"].fields["time_zone"].choices
    assert [label for _name, label in choices[:1]] == [dict(choices)[""]]
    title, likely = choices[1]
    assert (title, [name for name, _label in likely]) == ("Often chosen", [name for name, _label in LIKELY])
    assert likely[1][1].startswith("Beirut (")
    assert all(name in dict(dict(choices)[name.partition("/")[0]]) for name, _label in likely)


def test_the_zone_that_was_chosen_stands_first_of_all(client: Client, reader: User) -> None:
    User.objects.update(time_zone="Pacific/Kiritimati")
    choices = client.get(SETTINGS).context["form"].fields["time_zone"].choices
    assert choices[1][0] == "Pacific/Kiritimati"
    assert choices[1][1].startswith("Kiritimati (")


def test_zones_are_listed_by_continent_with_the_time_of_their_clocks(client: Client, reader: User) -> None:
    choices = dict(client.get(SETTINGS).context["form"].fields["time_zone"].choices)
    assert choices[""].startswith("Not chosen: UTC (")
    beirut = dict(choices["Asia"])["Asia/Beirut"]
    assert beirut.startswith("Beirut (")
    assert "America/Argentina/Buenos_Aires" in dict(choices["America"])
    assert dict(choices["America"])["America/Argentina/Buenos_Aires"].startswith("Argentina – Buenos Aires (")
    assert not any(name.startswith(("Etc", "US", "GMT")) for name in choices)


def test_a_zone_by_an_old_name_is_offered_to_who_has_it(client: Client, reader: User) -> None:
    User.objects.update(time_zone="Etc/GMT+3")
    assert client.get(SETTINGS).context["form"]["time_zone"].value() == "Etc/GMT+3"
    assert client.post(SETTINGS, {**WANTED, "time_zone": "Etc/GMT+3"}).status_code == 302


def test_the_zone_can_be_taken_back(client: Client, reader: User) -> None:
    User.objects.update(time_zone="Asia/Beirut")
    assert client.post(SETTINGS, {**WANTED, "time_zone": ""}).status_code == 302
    assert User.objects.get().time_zone == ""


def test_a_guest_is_told_how_to_keep_it(client: Client, guest: User) -> None:
    page = client.get(SETTINGS).content.decode()
    assert reverse("quiz:sign-up") in page
    assert PASSWORD not in page


# --- Times on all pages ---------------------------------------------------------------------------


@pytest.mark.parametrize(("zone", "name"), [("Asia/Beirut", "Asia/Beirut"), ("", "UTC"), ("Gone/Away", "UTC")])
def test_while_a_page_is_made_the_learners_zone_is_the_present_one(rf: RequestFactory, zone: str, name: str) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(timezone.get_current_timezone_name())

    request = rf.get("/")
    request.user = make.UserFactory(time_zone=zone)
    assert learners_zone(view)(request).content.decode() == name
    assert timezone.get_current_timezone_name() == "UTC"


def test_pages_show_the_learners_time(client: Client, reader: User) -> None:
    User.objects.update(time_zone="Pacific/Kiritimati")
    before = timezone.now() + timedelta(hours=14)
    page = client.get(SETTINGS).content.decode()
    after = timezone.now() + timedelta(hours=14)
    assert f"{before:%H:%M}</strong>" in page or f"{after:%H:%M}</strong>" in page
    assert "Pacific/Kiritimati" in page


# --- Own data -----------------------------------------------------------------------------------


def test_the_page_of_own_data_counts_what_is_kept(client: Client, reader: User) -> None:
    make.ReviewFactory(answered=True, card__user=reader)
    AskedQuestion.objects.update(answered_at=make.NOW, answer={}, credit=1.0)
    page = client.get(DATA)
    assert (page.context["kept"].answers, page.context["kept"].reviews) == (1, 1)
    text = page.content.decode()
    assert "Until you delete the account" in text
    assert "editors of this site" in text
    assert "sum of the chances foreseen" in text


def test_a_guest_is_told_for_how_long(client: Client, guest: User, settings: Any) -> None:
    settings.GUEST_DAYS = 17
    assert "once 17 days have passed" in client.get(DATA).content.decode()


def test_everything_comes_as_a_file(client: Client, reader: User) -> None:
    make.ReviewFactory(card__user=reader)
    response = client.get(JSON)
    assert (response.streaming, response["Content-Type"]) == (True, "application/json")
    day = timezone.localdate().isoformat()
    assert response["Content-Disposition"] == f'attachment; filename="qalamoun-{day}.json"'
    assert json.loads(b"".join(response.streaming_content))["account"]["username"] == "reader"


def test_the_log_comes_as_a_table(client: Client, guest: User) -> None:
    make.ReviewFactory(card__user=guest)
    response = client.get(CSV)
    assert (response.streaming, response["Content-Type"]) == (True, "text/csv; charset=utf-8")
    assert response["Content-Disposition"].endswith('.csv"')
    rows = list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode(), newline="")))
    assert [row["rating"] for row in rows] == ["3"]


@pytest.mark.parametrize("address", [DATA, DELETE])
def test_own_pages_cost_the_same_at_one_and_at_three(client: Client, reader: User, address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    make.ReviewFactory(answered=True, card__user=reader)
    one = queries()
    for _ in range(2):
        make.ReviewFactory(answered=True, card__user=reader)
    assert queries() == one == 10


# --- The password -------------------------------------------------------------------------------


def test_another_password_keeps_this_session_and_ends_others(client: Client, reader: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(reader)
    response = client.post(PASSWORD, {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}, follow=True)
    assert response.redirect_chain == [(SETTINGS, 302)]
    assert told(response) == ["Your password is changed. Where you were logged in elsewhere, that has ended."]
    assert User.objects.get().check_password(NEW)
    assert who(client) == reader
    assert not who(elsewhere).is_authenticated


@pytest.mark.parametrize(
    "changes",
    [
        {"old_password": "wrong"},
        {"old_password": ""},
        {"old_password": OLD + "\0"},
        {"new_password2": "something else"},
        {"new_password1": "", "new_password2": ""},
        {"new_password1": "12345678901", "new_password2": "12345678901"},
        {"new_password1": "reader12", "new_password2": "reader12"},
        {"new_password1": "nul\0nul\0nul", "new_password2": "nul\0nul\0nul"},
    ],
)
def test_a_password_that_will_not_do_is_refused_and_the_old_one_stays(
    client: Client, reader: User, changes: dict[str, str]
) -> None:
    data = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW, **changes}
    response = client.post(PASSWORD, data)
    assert response.status_code == 422
    assert response.context["form"].errors
    page = response.content.decode()
    assert OLD not in page
    assert NEW not in page
    assert User.objects.get().check_password(OLD)


@pytest.mark.parametrize("verb", ["get", "post"])
def test_who_has_no_password_is_led_to_make_one(client: Client, guest: User, verb: str) -> None:
    response = getattr(client, verb)(PASSWORD)
    assert response["Location"] == f"{reverse('quiz:sign-up')}?next=%2Faccount%2F"


# --- The password that was forgotten ----------------------------------------------------------------


def link(user: User) -> str:
    code = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("quiz:password-reset", args=[code, default_token_generator.make_token(user)])


@pytest.fixture
def forgetful() -> User:
    """Somebody with an account, logged in nowhere."""
    user = make.UserFactory.build(username="reader")
    user.set_password(OLD)
    user.save()
    return user


def follow(client: Client, address: str) -> str:
    """Open a link; the address that it leads to holds no token."""
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].endswith("/set-password/")
    return str(response["Location"])


def test_a_link_sets_a_new_password_once(client: Client, forgetful: User) -> None:
    address = link(forgetful)
    page = follow(client, address)
    assert client.get(page).status_code == 200
    response = client.post(page, {"new_password1": NEW, "new_password2": NEW}, follow=True)
    assert response.redirect_chain == [(LOG_IN, 302)]
    assert told(response) == ["Your new password is set. Log in with it."]
    assert User.objects.get().check_password(NEW)
    assert not who(client).is_authenticated
    again = Client().get(address)
    assert again.status_code == 404
    assert "This link is not good any more" in again.content.decode()
    assert client.post(page, {"new_password1": OLD, "new_password2": OLD}).status_code == 404
    assert User.objects.get().check_password(NEW)


def test_a_new_password_that_will_not_do_can_be_mended(client: Client, forgetful: User) -> None:
    page = follow(client, link(forgetful))
    response = client.post(page, {"new_password1": NEW, "new_password2": "other"})
    assert response.status_code == 422
    assert NEW not in response.content.decode()
    assert client.post(page, {"new_password1": NEW, "new_password2": NEW}).status_code == 302


def test_a_link_ends_after_three_days(client: Client, forgetful: User, settings: Any) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT == 3 * 24 * 3600
    address = link(forgetful)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert client.get(address).status_code == 404


def test_a_link_ends_when_its_owner_logs_in(client: Client, forgetful: User) -> None:
    address = link(forgetful)
    Client().post(LOG_IN, {"username": "reader", "password": OLD})
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("token", ["set-password", "x", "x-y", "-", "difvna-0000000000000000000000", "\0", "٣-٣"])
@pytest.mark.parametrize("code", ["", "MQ", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "%00", "_w", "é", "x" * 3000])
@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_made_up_link_gets_a_page_that_says_what_to_do(
    client: Client, forgetful: User, code: str, token: str, verb: str
) -> None:
    code = code or urlsafe_base64_encode(force_bytes(forgetful.pk))
    address = reverse("quiz:password-reset", args=[code, token])
    response = getattr(client, verb)(address, {"new_password1": NEW, "new_password2": NEW} if verb == "post" else None)
    assert response.status_code == 404
    assert "ask an editor for another link" in response.content.decode()
    assert User.objects.get().check_password(OLD)


def test_a_link_is_for_its_owner_alone(client: Client, forgetful: User) -> None:
    other = make.UserFactory()
    code = urlsafe_base64_encode(force_bytes(other.pk))
    address = reverse("quiz:password-reset", args=[code, default_token_generator.make_token(forgetful)])
    assert client.get(address).status_code == 404


def test_the_address_of_a_page_is_told_to_no_other_site(client: Client, forgetful: User) -> None:
    assert client.get(link(forgetful))["Referrer-Policy"] == "same-origin"


# --- Goodbye ------------------------------------------------------------------------------------


def test_an_account_is_deleted_with_its_password(client: Client, reader: User) -> None:
    make.ReviewFactory(answered=True, card__user=reader)
    response = client.post(DELETE, {"password": OLD}, follow=True)
    assert response.redirect_chain == [(HOME, 302)]
    assert told(response) == ["Everything that was kept of you here is deleted."]
    assert (User.objects.count(), Review.objects.count()) == (0, 0)
    assert not who(client).is_authenticated
    assert not any("_auth_user_id" in session.get_decoded() for session in Session.objects.all())


def test_a_guest_is_deleted_with_a_mark(client: Client, guest: User) -> None:
    assert client.post(DELETE, {"sure": "on"}, follow=True).redirect_chain == [(HOME, 302)]
    assert not User.objects.exists()


@pytest.mark.parametrize("data", [{}, {"password": "wrong"}, {"password": OLD + "\0"}, {"sure": "on"}])
def test_without_the_password_no_account_is_deleted(client: Client, reader: User, data: dict[str, str]) -> None:
    response = client.post(DELETE, data)
    assert response.status_code in {200, 422}
    assert User.objects.get() == reader
    assert who(client) == reader


def test_a_wrong_password_is_told_beside_its_field(client: Client, reader: User) -> None:
    response = client.post(DELETE, {"password": "wrong"})
    assert response.status_code == 422
    assert response.context["form"].errors == {"password": ["This is not your password."]}


@pytest.mark.parametrize("data", [{"sure": ""}, {"password": ""}, {"x": "y"}])
def test_without_the_mark_no_guest_is_deleted(client: Client, guest: User, data: dict[str, str]) -> None:
    assert client.post(DELETE, data).status_code == 422
    assert User.objects.get() == guest


def test_an_editor_hands_the_rights_over_first(client: Client, reader: User) -> None:
    User.objects.update(is_staff=True)
    assert "You are an editor" in client.get(DELETE).content.decode()
    client.post(DELETE, {"password": OLD})
    assert User.objects.get() == reader


# --- Errors -------------------------------------------------------------------------------------


def ways(page: str) -> list[str]:
    """Where the buttons of an error page lead."""
    main = page[page.index("<main") :]
    return [part.split('"')[0] for part in main.split('href="')[1:]]


WAYS = [HOME, reverse("quiz:today"), reverse("quiz:event-list")]


def test_a_page_that_is_not_there_leads_back_to_the_open_quiz(client: Client, seat: Seat) -> None:
    asked = seat()
    page = client.get("/no-such-page/")
    assert page.status_code == 404
    assert ways(page.content.decode()) == [asked.sitting.get_absolute_url(), *WAYS]


def test_a_quiz_of_somebody_else_is_not_offered(client: Client, seat: Seat) -> None:
    sitting = make.AskedQuestionFactory().sitting
    seat()
    page = client.get(sitting.get_absolute_url())
    assert page.status_code == 404
    assert sitting.get_absolute_url() not in ways(page.content.decode())


@pytest.mark.parametrize("finished", [True, False])
def test_without_an_open_quiz_the_other_ways_are_there(client: Client, seat: Seat, finished: bool) -> None:
    if finished:
        seat().sitting.user.sittings.update(finished_at=make.NOW)
    assert ways(client.get("/no-such-page/").content.decode()) == WAYS


def test_an_error_page_has_the_learners_theme(client: Client, reader: User) -> None:
    User.objects.update(theme="dark")
    assert 'data-theme="dark"' in client.get("/no-such-page/").content.decode()


def test_a_form_that_was_open_too_long_leads_back_to_the_open_quiz(seat: Seat) -> None:
    asked = seat()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(asked.sitting.user)
    page = strict.post(reverse("quiz:sitting-begin"), {"length": "5"})
    assert page.status_code == 403
    assert asked.sitting.get_absolute_url() in ways(page.content.decode())
    assert "cookies" in page.content.decode()


def test_the_page_of_a_broken_site_asks_the_database_nothing(rf: RequestFactory) -> None:
    with CaptureQueriesContext(connection) as captured:
        page = server_error(rf.get("/"))
    assert (page.status_code, len(captured)) == (500, 0)
    assert ways(page.content.decode()) == WAYS
