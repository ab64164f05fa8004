"""The page of a claim, with its figures and places, and the orders of events."""

from collections.abc import Callable

from django.test import Client

from quiz.models import Claim, Figure
from tests import factories as make
from tests.admin.conftest import errors, happening, save, url


def test_a_claim_is_not_added_without_its_event(client: Client) -> None:
    assert client.get("/admin/quiz/claim/add/").status_code == 403


def test_the_page_of_an_event_links_to_the_pages_of_its_claims(client: Client) -> None:
    claim = happening().claims.get()
    assert f'href="{url(claim)}"' in client.get(url(claim.event)).content.decode()


def test_the_days_that_the_database_reckons_are_shown(client: Client) -> None:
    text = client.get(url(make.ClaimFactory(date="[..2014-02-28]"))).content.decode()
    assert "by 28 February 2014" in text
    assert "… – 2014-02-28" in text


def test_figures_are_numbered_in_the_order_they_are_added(client: Client) -> None:
    claim = make.ClaimFactory()
    rows = {
        f"figures-{n}-{name}": value
        for n, words in enumerate(("dozens", "hundreds"))
        for name, value in {"what": "killed", "words": words, "claim": claim.pk}.items()
    }
    assert save(client, claim, **{"figures-TOTAL_FORMS": 2}, **rows).status_code == 302
    assert list(Figure.objects.values_list("number", "words")) == [(1, "dozens"), (2, "hundreds")]


def test_a_figure_that_was_changed_keeps_its_number(client: Client) -> None:
    figure = make.FigureFactory(number=3)
    assert save(client, figure.claim, **{"figures-0-high": 20}).status_code == 302
    assert Figure.objects.values_list("number", "high").get() == (3, 20)


def test_a_figure_without_a_number_is_refused(client: Client) -> None:
    claim = make.FigureFactory().claim
    response = save(client, claim, **{"figures-0-low": "", "figures-0-high": ""})
    assert errors(response) == ["Give a lower or upper number, or words such as 'dozens'."]


def test_a_claim_gets_a_place_of_its_own(client: Client) -> None:
    claim, place = make.ClaimFactory(), make.PlaceFactory()
    row = {"places-TOTAL_FORMS": 1, "places-0-place": place.pk, "places-0-role": "near", "places-0-claim": claim.pk}
    assert save(client, claim, **row).status_code == 302
    assert claim.places.get().place == place


def test_a_claim_moves_to_another_event_but_not_with_one_that_overtakes_it(client: Client) -> None:
    claim, other = make.ClaimFactory(), make.EventFactory()
    assert save(client, claim, event=other.pk).status_code == 302
    assert Claim.objects.get().event == other
    Claim.objects.filter(pk=claim.pk).update(overtaken_by=make.ClaimFactory(event=other))
    claim.refresh_from_db()
    response = save(client, claim, event=make.EventFactory().pk)
    assert "Choose a claim of the same event, or leave this blank." in errors(response)


def test_the_list_of_claims_costs_the_same_at_one_and_at_three(client: Client, queries: Callable[[str], int]) -> None:
    make.ClaimFactory(voice=make.ActorFactory(), date="2014-01-01")
    one = queries("/admin/quiz/claim/")
    make.ClaimFactory(voice=make.ActorFactory())
    make.ClaimFactory(date="2014-01-02")
    assert queries("/admin/quiz/claim/") == one


def test_the_list_of_orders_tells_events_apart_at_the_same_cost(client: Client, queries: Callable[[str], int]) -> None:
    def order(*towns: str) -> None:
        make.StatedOrderFactory(earlier=happening(towns[0]), later=happening(towns[1]))

    order("Yabroud", "Qara")
    one = queries("/admin/quiz/statedorder/")
    order("Flita", "Nabk")
    order("Rankous", "Jarajir")
    assert queries("/admin/quiz/statedorder/") == one
    assert "Government forces captured Qara (16 March 2014)" in client.get("/admin/quiz/statedorder/").content.decode()


def test_an_event_does_not_come_before_itself(client: Client) -> None:
    order = make.StatedOrderFactory()
    response = save(client, order, later=order.earlier_id)
    assert errors(response) == ["An event does not come before itself."]
