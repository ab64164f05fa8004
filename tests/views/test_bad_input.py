"""Bad input: a clear message and the right status, nothing written, and never a traceback."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from quiz.models import AskedQuestion, Review, Sitting, User
from quiz.questions.question import Shape
from tests.views.conftest import Seat

HTMX = {"HX-Request": "true"}
BEGIN = reverse("quiz:sitting-begin")
CHOOSE = "Choose one of the answers, or “I don’t know”."
ORDER = "Put the events in order: each needs a place of its own, from 1 to 4."
UNREAD = "This answer could not be read. Please answer once more."
UNMOVED = "You have not moved an event yet."
WHICH = "You typed 6 January 2014 and picked 5 January 2014: which do you mean?"
ELSEWHERE = "This answer belongs to another question. Please answer the one shown here."
FORM = "application/x-www-form-urlencoded"
LONG = "9" * 400


def send(client: Client, asked: AskedQuestion, data: dict[str, Any], **changes: Any) -> HttpResponse:
    url = reverse("quiz:question-detail", args=[asked.sitting.token, asked.number])
    return client.post(url, {"token": asked.token, **data}, **changes)


def nothing_is_written(asked: AskedQuestion) -> bool:
    asked.refresh_from_db()
    return (asked.answered_at, asked.answer, asked.credit, Review.objects.count()) == (None, None, None, 0)


# --- Answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("shape", "data", "message"),
    [
        (Shape.CHOICE, {}, CHOOSE),
        (Shape.CHOICE, {"choice": ""}, CHOOSE),
        (Shape.CHOICE, {"choice": "4"}, CHOOSE),
        (Shape.CHOICE, {"choice": "9"}, CHOOSE),
        (Shape.CHOICE, {"choice": "-1"}, ""),
        (Shape.CHOICE, {"choice": "10"}, ""),
        (Shape.CHOICE, {"choice": LONG}, ""),
        (Shape.CHOICE, {"choice": "9" * 5000}, ""),
        (Shape.CHOICE, {"choice": "1_000"}, ""),
        (Shape.CHOICE, {"choice": "one"}, ""),
        (Shape.CHOICE, {"choice": "1.5"}, ""),
        (Shape.CHOICE, {"choice": "NaN"}, ""),
        (Shape.CHOICE, {"choice": "1e1"}, ""),
        (Shape.CHOICE, {"choice": "0\0"}, ""),
        (Shape.CHOICE, {"choice": "²"}, ""),
        (Shape.CHOICE, {"day": "2014-01-05"}, CHOOSE),
        (Shape.CHOICE, {"unknown": "false"}, CHOOSE),
        (Shape.CHOICE, {"choice": "0", "day": "x" * 201}, UNREAD),
        (Shape.DAY, {"day": "2014-01-05", "place": "\0"}, UNREAD),
        (Shape.DAY, {}, "Type a date"),
        (Shape.DAY, {"day": "   "}, "Type a date"),
        (Shape.DAY, {"day": "1/2/2014"}, "can be read in two ways"),
        (Shape.DAY, {"day": "31 February 2014"}, "There is no such day"),
        (Shape.DAY, {"day": "5 January"}, "Add the year"),
        (Shape.DAY, {"day": "5 January 1999"}, "check the year"),
        (Shape.DAY, {"day": "soon"}, "be read as a date"),
        (Shape.DAY, {"day": "<b>soon</b>"}, "be read as a date"),
        (Shape.DAY, {"day": "2014-01-05\0"}, "Null characters are not allowed"),
        (Shape.DAY, {"day": "x" * 201}, "at most 200 characters"),
        (Shape.DAY, {"day": "٣" * 100}, "Type a date"),
        (Shape.DAY, {"choice": "0"}, "Type a date"),
        (Shape.DAY, {"picked": "31.31.2014"}, "There is no such day"),
        (Shape.DAY, {"picked": "1999-01-05"}, "check the year"),
        (Shape.DAY, {"picked": "soon"}, "be read as a date"),
        (Shape.DAY, {"picked": "2014-01-05\0"}, "Null characters are not allowed"),
        (Shape.DAY, {"picked": "x" * 201}, "at most 200 characters"),
        (Shape.DAY, {"picked": "2014-01-05", "day": "soon"}, "be read as a date"),
        (Shape.DAY, {"picked": "soon", "day": "2014-01-05"}, "be read as a date"),
        (Shape.DAY, {"picked": "2014-01-05", "day": "6 January 2014"}, WHICH),
        (Shape.ORDER, {}, ORDER),
        (Shape.ORDER, {"arrows": "on"}, UNMOVED),
        (Shape.ORDER, {"arrows": "on", "place_0": "1"}, ORDER),
        (Shape.ORDER, {f"place_{n}": "1" for n in range(4)}, ORDER),
        (Shape.ORDER, {"place_0": "1", "place_1": "2", "place_2": "3"}, ORDER),
        (Shape.ORDER, {"place_0": "1", "place_1": "2", "place_2": "3", "place_3": "5"}, ""),
        (Shape.ORDER, {"place_0": "0", "place_1": "1", "place_2": "2", "place_3": "3"}, ""),
        (Shape.ORDER, {"place_0": LONG, "place_1": "1", "place_2": "2", "place_3": "3"}, ""),
        (Shape.ORDER, {"place_0": "\0", "place_1": "1", "place_2": "2", "place_3": "3"}, ""),
        (Shape.ORDER, {f"place_{n + 4}": str(n + 1) for n in range(4)}, ORDER),
        (Shape.GAP, {}, CHOOSE),
        (Shape.GAP, {"choice": "4"}, CHOOSE),
        (Shape.GAP, {"choice": "-1"}, ""),
        (Shape.GAP, {"choice": "here"}, ""),
        (Shape.GAP, {"place_0": "1"}, CHOOSE),
        (Shape.PIN, {}, CHOOSE),
        (Shape.PIN, {"choice": "6"}, CHOOSE),
        (Shape.PIN, {"choice": "C"}, ""),
        (Shape.PIN, {"place": "Cedar"}, CHOOSE),
        (Shape.PLACE, {}, "Type the name of a place"),
        (Shape.PLACE, {"place": " "}, "Type the name of a place"),
        (Shape.PLACE, {"place": "Atlantis"}, "No place of the chronicle"),
        (Shape.PLACE, {"place": "<b>soon</b>"}, ""),
        (Shape.PLACE, {"place": "Birch"}, "Birch is neither right nor wrong here"),
        (Shape.PLACE, {"place": "Amber\0"}, "Null characters are not allowed"),
        (Shape.PLACE, {"place": "x" * 201}, "at most 200 characters"),
        (Shape.PLACE, {"place": "x" * 199}, "Type the name of a place"),
        (Shape.PLACE, {"choice": "0"}, "Type the name of a place"),
        (Shape.PLACE, {"place": "Amber", "picked": "\0"}, UNREAD),
    ],
)
def test_an_answer_that_will_not_do_is_asked_back_and_costs_nothing(
    client: Client, seat: Seat, shape: Shape, data: dict[str, str], message: str, headers: dict[str, str]
) -> None:
    asked = seat(shape)
    response = send(client, asked, data, headers=headers)
    assert response.status_code == 422
    page = response.content.decode()
    assert message in page
    assert asked.question.stem in re.sub("<[^>]+>", "", page).replace("&#x27;", "'").replace("&quot;", '"')
    assert "<b>soon" not in page
    assert response.context["form"].errors
    assert nothing_is_written(asked)


@pytest.mark.parametrize(
    ("shape", "data"),
    [
        (Shape.CHOICE, {"choice": "١"}),
        (Shape.CHOICE, {"choice": " 1 "}),
        (Shape.DAY, {"day": "٢٠١٤-٠١-٠٥"}),
        (Shape.DAY, {"day": "２０１４-０１-０５"}),
        (Shape.DAY, {"picked": "2014-01-05"}),
        (Shape.DAY, {"picked": "2014-01-05", "day": "5 January 2014"}),
        (Shape.ORDER, {f"place_{n}": digit for n, digit in enumerate("١٢٣٤")}),
        (Shape.ORDER, {"arrows": "on", **{f"place_{n}": str(n + 1) for n in range(4)}}),
        (Shape.GAP, {"choice": "٣"}),
        (Shape.PIN, {"choice": "٥"}),
    ],
)
def test_all_ways_to_write_an_answer_are_read(client: Client, seat: Seat, shape: Shape, data: dict[str, str]) -> None:
    asked = seat(shape)
    assert send(client, asked, data).status_code == 302
    asked.refresh_from_db()
    assert asked.answered_at is not None


@pytest.mark.parametrize(
    ("shape", "data", "kept"),
    [
        (Shape.DAY, {"day": "5 Janury"}, ['value="5 Janury"']),
        (Shape.DAY, {"picked": "2014-01-05", "day": "soon"}, ['value="soon"', 'value="2014-01-05"']),
        (Shape.ORDER, {"place_0": "3"}, ["<option selected>3</option>"]),
        (Shape.PLACE, {"place": "Atlantis"}, ['value="Atlantis"']),
    ],
)
def test_what_was_typed_is_kept(
    client: Client, seat: Seat, shape: Shape, data: dict[str, str], kept: list[str]
) -> None:
    page = send(client, seat(shape), data).content.decode()
    assert [text for text in kept if text not in page] == []


@pytest.mark.parametrize("shape", [Shape.CHOICE, Shape.GAP, Shape.PIN])
def test_a_choice_that_could_not_be_kept_still_stands(client: Client, seat: Seat, shape: Shape) -> None:
    """A choice is kept where it could be read, and something else that was sent could not."""
    page = send(client, seat(shape), {"choice": "2", "day": "x" * 201}).content.decode()
    assert re.findall(r'value="(\d)" checked', page) == ["2"]


# --- Tokens of steps ----------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("token", ["forged", "next", "x" * 22, "é", "<b>"])
def test_an_answer_that_belongs_elsewhere_is_not_taken_for_this_one(
    client: Client, seat: Seat, token: str, headers: dict[str, str]
) -> None:
    asked = seat()
    if token == "next":
        token = asked.sitting.asked.get(number=2).token
    response = send(client, asked, {"token": token, "choice": "0"}, headers=headers)
    assert response.status_code == 409
    assert ELSEWHERE in response.content.decode()
    assert nothing_is_written(asked)


@pytest.mark.parametrize("token", ["", "   ", "x" * 23, "x" * 100_000, "\0"])
def test_an_answer_without_a_token_is_asked_back(client: Client, seat: Seat, token: str) -> None:
    asked = seat()
    assert send(client, asked, {"token": token, "choice": "0"}).status_code == 422
    assert nothing_is_written(asked)


# --- Bodies -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", FORM, 422),
        (b"\xff\xfe\xfd", FORM, 422),
        (b"token=%FF%FE&choice=%C3%28", FORM, 409),
        (b"token=%ED%A0%80&choice=%ED%B0%80", FORM, 409),
        (b"%ED%A0%80=1&&&===&", FORM, 422),
        (b"token=a&choice=1", f"{FORM}; charset=latin-1", 400),
        (b"token=a&choice=1", f"{FORM}; charset=nonsense", 409),
        (b"token=a&choice=1", "text/plain", 422),
        (b'{"token": 1', "application/json", 422),
        (b"no boundary at all", "multipart/form-data", 400),
        (b"nothing of the sort", "multipart/form-data; boundary=x", 422),
        (b"--x\r\nContent-Disposition: form-data; name=token\r\n\r\na\r\n", "multipart/form-data; boundary=x", 409),
        (
            b"--x\r\nContent-Disposition: form-data; name=\xff\r\n\r\n\xff\r\n--x--",
            "multipart/form-data; boundary=x",
            422,
        ),
        (b"x" * (1024 * 1024 + 1), FORM, 400),
        (b"a=1&" * 4001, FORM, 400),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(client: Client, seat: Seat, body: bytes, kind: str, status: int) -> None:
    asked = seat()
    url = reverse("quiz:question-detail", args=[asked.sitting.token, 1])
    response = client.generic("POST", url, body, content_type=kind)
    assert response.status_code == status
    assert "Traceback" not in response.content.decode()
    assert nothing_is_written(asked)


@pytest.mark.parametrize("name", ["sitting-begin", "sign-up", "log-in"])
@pytest.mark.parametrize("body", [b"\xff\xfe", b"x" * (1024 * 1024 + 1), b"a=1&" * 4001])
def test_no_door_breaks_at_a_body_that_cannot_be_read(client: Client, name: str, body: bytes) -> None:
    response = client.post(reverse(f"quiz:{name}"), body, content_type=FORM)
    if name == "sitting-begin" and len(body) == 2:
        assert (response.status_code, Sitting.objects.count()) == (302, 1)
    else:
        assert response.status_code == (422 if len(body) == 2 else 400)
        assert (User.objects.count(), Sitting.objects.count()) == (0, 0)


# --- Beginning ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        {"phase": "nonsense"},
        {"phase": "\0"},
        {"phase": "1"},
        {"phase": "x" * 100_000},
        {"phase": "\ufffd"},
        {"facet": "nonsense"},
        {"facet": "\0"},
        {"facet": "DATE"},
        {"length": "0"},
        {"length": "-5"},
        {"length": "6"},
        {"length": "1_0"},
        {"length": LONG},
        {"length": "five"},
        {"length": "5\0"},
        {"kinds": "nonsense"},
        {"kinds": "\0"},
        {"kinds": ["first", "first\0"]},
        {"aim": "1"},
        {"aim": "0.90"},
        {"aim": "nan"},
        {"aim": "\0"},
    ],
)
def test_a_choice_that_is_not_offered_is_refused_and_makes_no_guest(client: Client, data: dict[str, Any]) -> None:
    response = client.post(BEGIN, data)
    assert response.status_code == 400
    assert list(response.context["form"].errors) == list(data)
    assert (User.objects.count(), Sitting.objects.count()) == (0, 0)


# --- Addresses and verbs ------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["0", "4", "99999999999999999999", "9" * 400, "9" * 5000, "-1", "1.0", "one", "٢"])
def test_a_question_that_there_is_not_is_not_found(client: Client, seat: Seat, number: str) -> None:
    asked = seat()
    url = f"/quiz/{asked.sitting.token}/{number}/"
    assert client.get(url).status_code == 404
    assert client.post(url, {"token": asked.token, "choice": "0"}).status_code == 404
    assert nothing_is_written(asked)


@pytest.mark.parametrize("token", ["nonsense", "x" * 3000, "-", "0"])
def test_a_sitting_that_there_is_not_is_not_found(client: Client, seat: Seat, token: str) -> None:
    seat()
    assert client.get(f"/quiz/{token}/").status_code == 404
    assert client.get(f"/quiz/{token}/1/").status_code == 404


@pytest.mark.parametrize("path", ["/quiz/%00/", "/quiz/%FF/", "/chronicle/%00/", "/places/%ED%A0%80/", "/nowhere/"])
def test_an_address_that_makes_no_sense_is_not_found(client: Client, seat: Seat, path: str) -> None:
    seat()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("verb", ["put", "patch", "delete"])
def test_verbs_that_nobody_offers_are_refused(client: Client, seat: Seat, verb: str) -> None:
    asked = seat()
    token = asked.sitting.token
    for path in ("/", "/quiz/", f"/quiz/{token}/", f"/quiz/{token}/1/", "/progress/", "/sign-up/", "/log-in/"):
        assert getattr(client, verb)(path).status_code == 405
    assert nothing_is_written(asked)


@pytest.mark.parametrize("path", ["/", "/progress/"])
def test_pages_to_look_at_take_no_post(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("session", ["", "forged", "x" * 5000, "\x7f", "é"])
def test_a_forged_session_is_nobodys(seat: Seat, session: str) -> None:
    asked, stranger = seat(), Client()
    stranger.cookies["sessionid"] = session
    assert stranger.get(reverse("quiz:home")).status_code == 200
    assert stranger.get(reverse("quiz:sitting-detail", args=[asked.sitting.token])).status_code == 302


@pytest.mark.parametrize("query", ["?next=%00", "?next=%FF", "?x=" + "y" * 5000, "?length=%ED%A0%80"])
@pytest.mark.parametrize("path", ["/", "/quiz/", "/log-in/", "/sign-up/", "/chronicle/", "/progress/"])
def test_questions_in_an_address_break_nothing(client: Client, path: str, query: str) -> None:
    assert client.get(path + query).status_code == 200
