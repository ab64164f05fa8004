"""Places, actors, sources, passages and phases in the admin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from quiz.models import Actor, Passage, Phase, Place, PlaceSpelling
from tests import factories as make
from tests.admin.conftest import errors, fields, said, save, url


def spelling(place: Place, name: str, row: int = 0) -> dict[str, Any]:
    prefix = f"spellings-{row}"
    return {"spellings-TOTAL_FORMS": row + 1, f"{prefix}-name": name, f"{prefix}-place": place.pk}


def test_a_place_gets_a_spelling(client: Client) -> None:
    place = make.PlaceFactory()
    response = save(client, place, **spelling(place, "Yabrud"))
    assert len(said(response, client)) == 1
    assert PlaceSpelling.objects.get().place == place


def test_a_spelling_that_reads_like_another_place_is_saved_with_a_warning(client: Client) -> None:
    make.PlaceFactory(name="Yabroud", key="yabroud")
    place = make.PlaceFactory(name="Jobar")
    response = save(client, place, **spelling(place, "Yabrud"))
    assert said(response, client)[0] == (
        "Saved. But a name of this place reads like one of Yabroud (“yabrud”): check both."
    )
    assert PlaceSpelling.objects.exists()


def test_the_very_name_of_another_place_is_no_spelling(client: Client) -> None:
    make.PlaceFactory(name="Yabroud", key="yabroud")
    place = make.PlaceFactory()
    response = save(client, place, **spelling(place, "yabroud"))
    assert errors(response) == ["This is the main name of another place: yabroud."]


def test_a_spelling_of_another_place_is_refused_here_and_as_a_main_name(client: Client) -> None:
    listed, place = make.PlaceSpellingFactory(name="Yabrud"), make.PlaceFactory()
    response = save(client, place, **spelling(place, "yabrud"))
    assert errors(response) == ["This spelling is listed already, here or with another place."]
    response = save(client, place, name="Yabrud")
    assert errors(response) == [
        f"This is listed as a spelling of {listed.place}: take it out there first, or use a fuller name."
    ]


def test_a_spelling_typed_twice_is_refused(client: Client) -> None:
    place = make.PlaceFactory()
    response = save(client, place, **{**spelling(place, "Yabrud"), **spelling(place, "YABRUD", 1)})
    assert errors(response) == ["This spelling is listed above."]


def test_a_place_does_not_lie_in_what_lies_in_it(client: Client) -> None:
    outer = make.PlaceFactory()
    inner = make.PlaceFactory(lies_in=outer)
    assert errors(save(client, outer, lies_in=inner.pk)) == [f"{inner} lies in this place already."]
    assert errors(save(client, outer, lies_in=outer.pk)) == [f"{outer} lies in this place already."]


def test_half_of_the_coordinates_are_refused(client: Client) -> None:
    response = save(client, make.PlaceFactory(), latitude="34.0")
    assert errors(response) == ["Give latitude, longitude and their origin, or none of the three."]


def test_a_place_is_added(client: Client) -> None:
    add = "/admin/quiz/place/add/"
    assert client.post(add, {**fields(client, add), "key": "qara", "name": "Qara", "kind": "town"}).status_code == 302
    assert Place.objects.get().name == "Qara"


@pytest.mark.parametrize("key", ["Qara", "qa ra", "-qara", "qara--x", "q" * 101])
def test_a_malformed_key_is_refused(client: Client, key: str) -> None:
    add = "/admin/quiz/place/add/"
    response = client.post(add, {**fields(client, add), "key": key, "name": "Qara", "kind": "town"})
    assert len(errors(response)) == 1


def test_a_place_in_use_is_not_deleted(client: Client) -> None:
    place = make.EventPlaceFactory().place
    assert "Cannot delete place" in client.post(url(place, "delete"), {"post": "yes"}).content.decode()
    assert Place.objects.exists()


def test_an_actor_is_not_part_of_its_own_part(client: Client) -> None:
    whole = make.ActorFactory()
    part = make.ActorFactory(part_of=whole)
    assert errors(save(client, whole, part_of=part.pk)) == [f"{part} is part of this actor already."]
    assert save(client, part, part_of=make.ActorFactory().pk).status_code == 302


def test_an_actor_whose_wholes_go_in_a_round_can_still_be_mended(client: Client) -> None:
    one, other, third = make.ActorFactory(), make.ActorFactory(), make.ActorFactory()
    Actor.objects.filter(pk=one.pk).update(part_of=other)
    Actor.objects.filter(pk=other.pk).update(part_of=one)
    assert save(client, third, part_of=one.pk).status_code == 302


def test_an_actor_gets_a_name(client: Client) -> None:
    actor = make.ActorFactory()
    row = {"names-TOTAL_FORMS": 1, "names-0-name": "the Army", "names-0-actor": actor.pk}
    assert save(client, actor, **row).status_code == 302
    assert actor.names.get().name == "the Army"


def test_names_of_actors_are_looked_up_but_not_listed_on_the_first_page(client: Client) -> None:
    name = make.ActorNameFactory(name="the Army")
    query = "/admin/autocomplete/?term=army&app_label=quiz&model_name=claim&field_name=names"
    assert client.get(query).json()["results"] == [{"id": str(name.pk), "text": f"the Army ({name.actor})"}]
    assert "/admin/quiz/actorname/" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(("term", "count"), [("wiki 2 3", 1), ("aftermath", 1), ("wiki", 2), ("wiki 9", 0)])
def test_passages_are_looked_up_by_source_section_and_numbers(client: Client, term: str, count: int) -> None:
    source = make.SourceFactory(short_name="Wikipedia (2013–9)")
    make.PassageFactory(source=source, section="Lead", paragraph=2, sentence=3)
    make.PassageFactory(source=source, section="Aftermath", paragraph=12, sentence=1)
    make.PassageFactory(infobox=True)
    query = {"term": term, "app_label": "quiz", "model_name": "claim", "field_name": "passages"}
    assert len(client.get("/admin/autocomplete/", query).json()["results"]) == count


def test_looking_up_passages_costs_the_same_at_one_and_at_three(client: Client, queries: Callable[[str], int]) -> None:
    query = "/admin/autocomplete/?term=&app_label=quiz&model_name=claim&field_name=passages"
    make.PassageFactory()
    one = queries(query)
    make.PassageFactory.create_batch(2)
    assert queries(query) == one


def test_a_passage_that_a_claim_cites_is_not_deleted(client: Client) -> None:
    passage = make.ClaimFactory().passages.get()
    response = client.post(url(passage, "delete"), {"post": "yes"})
    assert said(response, client) == [
        f"Claims or phases cite {passage}. Nothing was deleted. Point them to another passage first."
    ]
    free = make.PassageFactory()
    client.post(url(free, "delete"), {"post": "yes"})
    assert list(Passage.objects.all()) == [passage]


def test_a_passage_stays_in_its_source(client: Client) -> None:
    passage = make.PassageFactory()
    assert save(client, passage, source=make.SourceFactory().pk, sentence=9).status_code == 302
    assert Passage.objects.values_list("source", "sentence").get() == (passage.source_id, 9)


def test_an_infobox_has_no_sentences(client: Client) -> None:
    response = save(client, make.PassageFactory(infobox=True), sentence=3)
    assert errors(response) == ["A passage needs section, paragraph and sentence; an infobox has only its name."]


def test_a_phase_is_added_and_its_days_are_reckoned(client: Client) -> None:
    add = "/admin/quiz/phase/add/"
    values = {"key": "one", "number": 1, "name": "One", "date": "2013-11", "passages": [make.PassageFactory().pk]}
    assert client.post(add, {**fields(client, add), **values}).status_code == 302
    assert "30 Nov 2013" in client.get(url(Phase.objects.get())).content.decode()


@pytest.mark.parametrize(
    ("name", "factory"),
    [
        ("place", make.PlaceSpellingFactory),
        ("actor", make.ActorNameFactory),
        ("source", make.PassageFactory),
        ("passage", make.ClaimFactory),
        ("phase", make.PhaseFactory),
    ],
)
def test_lists_cost_the_same_at_one_and_at_three(
    client: Client, queries: Callable[[str], int], name: str, factory: Any
) -> None:
    factory()
    one = queries(f"/admin/quiz/{name}/")
    factory.create_batch(2)
    assert queries(f"/admin/quiz/{name}/") == one


def test_sources_and_passages_are_listed_with_their_claims(client: Client) -> None:
    claim = make.ClaimFactory()
    make.PassageFactory(source=claim.source)
    make.ClaimFactory(source=claim.source, passages=list(claim.passages.all()))
    source = client.get("/admin/quiz/source/").context["cl"].result_list[0]
    assert (source.passage_count, source.claim_count) == (2, 2)
    counts = [passage.claim_count for passage in client.get("/admin/quiz/passage/").context["cl"].result_list]
    assert sorted(counts) == [0, 2]
