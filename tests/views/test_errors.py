"""What is told where something is not there, not open, not done or broken."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import server_error

from quiz.models import User
from tests import factories as make


def test_an_address_that_only_takes_forms_says_so_when_it_is_opened(client: Client) -> None:
    client.force_login(make.UserFactory())
    page = client.get(reverse("quiz:log-out"))
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "There is nothing to read here" in page.content.decode()
    assert reverse("quiz:home") in page.content.decode()


def test_a_page_that_only_shows_refuses_forms_and_says_so(client: Client) -> None:
    page = client.post("/search/?q=qara&all=place")
    assert (page.status_code, page["Allow"]) == (405, "GET, HEAD")
    text = page.content.decode()
    assert "This page only shows something; nothing was sent." in text
    assert 'href="/search/?q=qara&amp;all=place">Open the page</a>' in text
    assert "There is nothing to read here" not in text


def test_an_open_quiz_waits_on_the_page_of_an_error(client: Client) -> None:
    sitting = make.AskedQuestionFactory(number=1).sitting
    client.force_login(sitting.user)
    for page in (client.get("/no-such-page/"), client.get(reverse("quiz:log-out"))):
        assert f'href="{sitting.get_absolute_url()}"' in page.content.decode()


def test_the_page_of_a_failure_asks_nothing_of_the_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        page = server_error(RequestFactory().get("/"))
    assert page.status_code == 500
    assert "every answer given so far is kept" in page.content.decode()


@pytest.mark.parametrize("path", ["/", "/no-such-page/", "/admin/login/"])
def test_no_page_lets_anything_run_or_come_from_elsewhere(client: Client, path: str) -> None:
    policy = dict(one.split(" ", 1) for one in client.get(path)["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "object-src": "'none'",
        "form-action": "'self'",
        "base-uri": "'self'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize("path", ["/favicon.ico", "/apple-touch-icon.png"])
def test_what_browsers_ask_for_by_themselves_is_there(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("image/")
    answer.close()


def test_a_page_is_compressed_with_a_token_that_differs_each_time(client: Client) -> None:
    pages = [client.get("/log-in/", headers={"accept-encoding": "gzip"}) for _ in range(2)]
    assert [page["Content-Encoding"] for page in pages] == ["gzip", "gzip"]
    assert "Accept-Encoding" in pages[0]["Vary"]
    assert pages[0].context["csrf_token"] != pages[1].context["csrf_token"]


def test_the_theme_that_a_learner_chose_is_that_of_the_browsers_bar(client: Client) -> None:
    user: User = make.UserFactory(theme="dark")
    assert client.get("/").content.decode().count('name="theme-color"') == 2
    client.force_login(user)
    page = client.get("/").content.decode()
    assert page.count('name="theme-color"') == 1
    assert '<meta name="theme-color" content="#1d2125">' in page
