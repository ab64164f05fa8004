"""The chronicle to read: every page opens for everybody, unknown and retired things are not found, costs are fixed."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quiz.models import Actor, Event, Place, Source
from tests import factories as make

EVENT = "amber-captured"
PAGES = [
    ("event-list", []),
    ("event-detail", [EVENT]),
    ("place-list", []),
    ("place-detail", ["amber"]),
    ("source-list", []),
    ("source-detail", ["book"]),
    ("actor-list", []),
    ("actor-detail", ["army"]),
    ("about", []),
]


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_a_page_opens_for_everybody(client: Client, name: str, args: list[str]) -> None:
    response = client.get(reverse(f"quiz:{name}", args=args))
    assert response.status_code == 200
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize(("name", "args"), PAGES)
@pytest.mark.parametrize("verb", ["post", "put", "delete", "patch"])
def test_a_page_to_read_takes_nothing(client: Client, name: str, args: list[str], verb: str) -> None:
    assert getattr(client, verb)(reverse(f"quiz:{name}", args=args)).status_code == 405


@pytest.mark.parametrize("name", ["event-detail", "place-detail", "source-detail", "actor-detail"])
@pytest.mark.parametrize("key", ["nobody", "0", "-", "x" * 3000, "_"])
def test_what_is_unknown_is_not_found(client: Client, name: str, key: str) -> None:
    assert client.get(reverse(f"quiz:{name}", args=[key])).status_code == 404


def test_a_retired_event_is_gone_from_all_pages(client: Client) -> None:
    Event.objects.filter(key=EVENT).update(retired=True)
    assert client.get(reverse("quiz:event-detail", args=[EVENT])).status_code == 404
    for name, args in (page for page in PAGES if page[0] != "event-detail"):
        page = client.get(reverse(f"quiz:{name}", args=args)).content.decode()
        assert "captured Amber" not in page


def test_an_event_shows_what_each_source_claims_and_on_whose_word(client: Client) -> None:
    event = Event.objects.get(key=EVENT)
    voice = make.ActorFactory(name="The Observatory", side="none")
    make.ClaimFactory(
        event=event, date="2014-01-05", voice=voice, stance="reported", sentence="It fell on the fifth, they say."
    )
    page = client.get(reverse("quiz:event-detail", args=[EVENT])).content.decode()
    for text in ("The Book", "The Observatory", "It fell on the fifth, they say.", "5 January 2014", "2 January 2014"):
        assert text in page


@pytest.mark.parametrize(
    ("name", "key", "text"),
    [
        ("place-detail", "amber", "Government forces captured Amber"),
        ("actor-detail", "army", "Government forces captured Amber"),
        ("source-detail", "book", "Government forces captured it"),
    ],
)
def test_a_place_an_actor_and_a_source_show_their_part_of_the_story(
    client: Client, name: str, key: str, text: str
) -> None:
    assert text in client.get(reverse(f"quiz:{name}", args=[key])).content.decode()


def test_names_are_shown_as_text(client: Client) -> None:
    Place.objects.filter(key="amber").update(name="<script>alert(1)</script>")
    Actor.objects.filter(key="army").update(name="<script>alert(2)</script>")
    Source.objects.filter(key="book").update(title="<script>alert(3)</script>", short_name="<script>alert(4)</script>")
    for name, args in PAGES:
        assert "<script>alert" not in client.get(reverse(f"quiz:{name}", args=args)).content.decode()


def cost(client: Client, name: str, args: list[str]) -> int:
    url = reverse(f"quiz:{name}", args=args)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def claims(number: int, **values: Any) -> None:
    for _ in range(number):
        claim = make.ClaimFactory(date="2014-01-02", **values)
        make.FigureFactory(claim=claim, whose=make.ActorFactory())
        make.ClaimPlaceFactory(claim=claim)
        claim.names.add(make.ActorNameFactory())


def test_an_event_costs_the_same_however_many_claims_it_has(client: Client) -> None:
    event = Event.objects.get(key=EVENT)
    costs = []
    for more in (1, 2):
        claims(more, event=event, voice=make.ActorFactory())
        costs.append(cost(client, "event-detail", [EVENT]))
    assert costs[0] == costs[1] <= 16


def test_a_source_costs_the_same_however_much_it_claims(client: Client) -> None:
    costs = []
    for more in (1, 2):
        claims(more, source=Source.objects.get(key="book"), voice=make.ActorFactory())
        costs.append(cost(client, "source-detail", ["book"]))
    assert costs[0] == costs[1] <= 6


@pytest.mark.parametrize("name", ["event-list", "place-list", "source-list", "actor-list"])
def test_a_list_costs_the_same_however_long_it_is(client: Client, name: str) -> None:
    costs = []
    for more in (1, 2):
        claims(more, event=make.EventFactory(phase=make.PhaseFactory(), agents=[make.ActorFactory()]))
        costs.append(cost(client, name, []))
    assert costs[0] == costs[1] <= 6


@pytest.mark.parametrize(("name", "key"), [("place-detail", "amber"), ("actor-detail", "army")])
def test_a_place_and_an_actor_cost_the_same_however_much_happened(client: Client, name: str, key: str) -> None:
    costs = []
    for more in (1, 2):
        for _ in range(more):
            army = Actor.objects.get(key="army")
            event = make.EventFactory(agents=[army])
            make.EventPlaceFactory(event=event, place=Place.objects.get(key="amber"))
            claims(1, event=event, voice=army)
            make.PlaceFactory(lies_in=Place.objects.get(key="amber"))
        costs.append(cost(client, name, [key]))
    assert costs[0] == costs[1] <= 12
