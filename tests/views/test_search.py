"""The search page: groups with counts, marks, ways on; nothing found, odd words, and days."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quiz.models import Claim, Place
from tests import factories as make

URL = reverse("quiz:search")


def get(client: Client, **query: Any) -> str:
    response = client.get(URL, query)
    assert response.status_code == 200
    return response.content.decode()


def headings(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<h2 id="found-\w+">(\w+) <small>(\d+)</small>', page)


def test_whoever_seeks_nothing_is_told_what_can_be_sought(client: Client) -> None:
    page = get(client)
    assert "A word is found by its beginning" in page
    assert headings(page) == []


@pytest.mark.parametrize("verb", ["post", "put", "delete", "patch"])
def test_search_takes_nothing(client: Client, verb: str) -> None:
    assert getattr(client, verb)(URL).status_code == 405


def test_names_come_before_texts_with_their_numbers(client: Client) -> None:
    make.ActorFactory(key="amber-guard", name="Amber Guard")
    make.SourceFactory(key="amber-book", short_name="The Amber Book")
    page = get(client, q="amber")
    assert headings(page) == [("Places", "1"), ("Actors", "1"), ("Sources", "1"), ("Events", "1")]
    assert "4 matches for “amber”" in page
    assert re.findall(r'<a href="(/\w+/[\w-]+/)"><?', page.split("</form>")[-1].split("site-footer")[0]) == [
        "/places/amber/",
        "/actors/amber-guard/",
        "/sources/amber-book/",
        "/chronicle/amber-captured/",
    ]


def test_what_was_sought_is_marked_also_through_folding(client: Client) -> None:
    Place.objects.filter(key="amber").update(name="Āmbur", name_ar="عَنبر")
    page = get(client, q="AMBOUR")
    assert '<a href="/places/amber/"><mark>Āmbur</mark></a>' in page
    assert "captured <mark>Āmbur</mark></a>" in page
    assert "<mark>عَنبر</mark>" in get(client, q="عنبر")


def test_of_many_events_ten_are_shown_and_all_on_demand(client: Client) -> None:
    page = get(client, q="captured")
    assert (headings(page), page.count("<mark>captured</mark>")) == ([("Events", "40")], 10)
    assert '<a href="/search/?q=captured&amp;all=events">All 40 events</a>' in page
    assert '<a href="/chronicle/?q=captured#told">' in page
    everything = get(client, q="captured", all="events")
    assert everything.count("<mark>captured</mark>") == 40
    assert "All 40 events" not in everything


def test_an_event_found_by_what_a_source_says_shows_who_says_it(client: Client) -> None:
    voice = make.ActorFactory(name="the Observatory", side="none")
    Claim.objects.filter(event__key="amber-captured").update(
        sentence="There were tanks, it was said.", voice=voice, stance="unconfirmed"
    )
    page = get(client, q="tanks")
    assert "The Observatory, as unconfirmed: There were <mark>tanks</mark>, it was said." in page


def test_where_nothing_is_found_near_names_are_offered(client: Client) -> None:
    page = get(client, q="Ambre")
    assert "Nothing in the chronicle holds “Ambre”." in page
    assert 'Places with a name like it: <a href="/places/amber/">Amber</a>' in page


def test_where_nothing_is_near_either_there_are_ways_on(client: Client) -> None:
    page = get(client, q="Constantinople")
    assert "Try fewer words" in page
    assert "Places with a name like it" not in page


@pytest.mark.parametrize(
    ("words", "link", "text"),
    [
        ("5 January 2014", "2014-01-05", "5\u00a0January 2014: 1 event"),
        ("2014-01", "2014-01", "January 2014: 10 events"),
    ],
)
def test_a_day_or_month_leads_to_its_events(client: Client, words: str, link: str, text: str) -> None:
    page = get(client, q=words)
    assert f'<a href="/chronicle/?on={link}#told">{text}</a>' in page
    assert "Nothing in the chronicle" not in page


@pytest.mark.parametrize(
    ("words", "text"), [("3 January 2014", "3\u00a0January 2014"), ("December 2014", "December 2014")]
)
def test_a_day_or_month_without_events_is_told_with_ways_on(client: Client, words: str, text: str) -> None:
    page = get(client, q=words)
    assert f'<p role="status">No event of the chronicle is dated {text}.' in page
    assert "Try another day or month" in page
    assert "0 events" not in page


@pytest.mark.parametrize("words", ["'", "…", "<script>", "%", "\u202e", "ـ", "a" * 100, "and or not", "١٢"])
def test_odd_words_do_no_harm(client: Client, words: str) -> None:
    assert "<script>" not in get(client, q=words).split("<main")[1]


@pytest.mark.parametrize(
    ("query", "message"), [({"q": "x" * 101}, "at most 100 characters"), ({"q": "\0"}, "These are no words")]
)
def test_what_cannot_be_sought_is_said(client: Client, query: dict[str, str], message: str) -> None:
    page = get(client, **query)
    assert message in page
    assert 'aria-invalid="true" aria-describedby="search-error"' in page


def test_a_group_that_is_not_known_shows_all_groups(client: Client) -> None:
    assert headings(get(client, q="amber", all="zebras")) == [("Places", "1"), ("Events", "1")]


@pytest.mark.parametrize(
    ("query", "cost"), [({}, 1), ({"q": "amber"}, 1), ({"q": "captured", "all": "events"}, 1), ({"q": "2014-01"}, 2)]
)
def test_a_search_costs_the_same_however_much_there_is(client: Client, query: dict[str, str], cost: int) -> None:
    costs = []
    for more in (1, 2):
        for n in range(more):
            make.EventPlaceFactory(event=make.EventFactory(), place=make.PlaceFactory(name=f"Amber {more}{n}"))
        client.get(URL, query)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL, query)
        costs.append(len(queries))
    assert costs == [cost, cost]
