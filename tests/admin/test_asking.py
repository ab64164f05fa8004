"""What an event's page says of its questions, and the small rules of its form."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from quiz.admin.asking import Verdict
from quiz.models import Claim, Event
from quiz.questions.facts import Refusal
from quiz.questions.making import KINDS, Kind
from quiz.questions.question import Option, Shape
from quiz.study import facts
from tests import factories as make
from tests.admin.conftest import confirm, errors, fields, happening, save, send, sent_by, url
from tests.admin.test_effects import event_values

THREE = (Option("first"), Option("second"), Option("third"))


@pytest.mark.parametrize(
    ("shape", "options", "key", "lines"),
    [
        (Shape.CHOICE, THREE, (1,), [("first", False), ("second", True), ("third", False)]),
        (Shape.PIN, THREE, (0,), [("first", True), ("second", False), ("third", False)]),
        (Shape.ORDER, THREE, (2, 0, 1), [("third", True), ("first", True), ("second", True)]),
        (Shape.GAP, THREE, (1,), [("first", False), ("here", True), ("second", False), ("third", False)]),
        (Shape.GAP, THREE, (3,), [("first", False), ("second", False), ("third", False), ("here", True)]),
        (Shape.DAY, (), (), [("19 November 2013", True)]),
        (Shape.PLACE, (), (), [("19 November 2013", True)]),
    ],
)
def test_an_example_is_told_by_its_shape(
    shape: Shape, options: tuple[Option, ...], key: tuple[int, ...], lines: list[tuple[str, bool]]
) -> None:
    question = make.question(shape=shape, options=options, key=key)
    assert list(Verdict(KINDS["choose-date"], question).lines) == lines


def one_kind(kinds: dict[str, Kind], made: Any) -> None:
    """Let one kind alone make this, whatever the event."""
    kind = kinds["choose-date"]
    kinds.clear()
    kinds["choose-date"] = replace(kind, make=made)


@pytest.mark.parametrize("shape", list(Shape))
def test_the_page_marks_the_key_of_each_shape(client: Client, kinds: dict[str, Kind], shape: Shape) -> None:
    typed = shape in {Shape.DAY, Shape.PLACE}
    question = make.question(shape=shape, options=() if typed else THREE, key=() if typed else (1,), key_text="KEY")
    one_kind(kinds, lambda chronicle, event, rng: question)
    page = " ".join(client.get(url(happening())).content.decode().split())
    right = {Shape.DAY: "KEY", Shape.PLACE: "KEY", Shape.GAP: "here", Shape.CHOICE: "second", Shape.PIN: "second"}
    found = re.findall(r'class="right">(\w+)', page)
    assert found == ([right[shape]] if shape in right else [])
    assert question.stem in page


def test_a_kind_that_refuses_by_chance_counts_as_askable(client: Client, kinds: dict[str, Kind]) -> None:
    one_kind(kinds, lambda chronicle, event, rng: Refusal("thinned", by_chance=True))
    event = happening()
    assert "now and then, as other events allow" in client.get(url(event)).content.decode()
    rows = client.get("/admin/quiz/event/?askable=yes").context["cl"].result_list
    assert list(rows) == [event]


def test_a_kind_that_refuses_by_chance_is_tried_with_more_seeds(client: Client, kinds: dict[str, Kind]) -> None:
    tried: list[float] = []

    def made(chronicle: Any, event: Any, rng: Any) -> Any:
        tried.append(rng.random())
        return make.question(event.key) if len(tried) > 4 else Refusal("thinned", by_chance=True)

    one_kind(kinds, made)
    assert make.question().stem in client.get(url(happening())).content.decode()
    assert len(set(tried)) == 5


def test_what_is_refused_says_why(client: Client, kinds: dict[str, Kind]) -> None:
    one_kind(kinds, lambda chronicle, event, rng: Refusal("too little is known of it"))
    page = " ".join(client.get(url(happening())).content.decode().split())
    assert "Not asked, because: too little is known of it." in page


def test_every_facet_of_an_event_is_told_of_once(client: Client) -> None:
    event = happening()
    page = client.get(url(event)).content.decode()
    asked = {kind.facet for kind in KINDS.values()}
    found = [name for name in re.findall(r"<h3>\s*(\w+)\s*</h3>", page) if name]
    assert len(found) == len(asked)
    assert all(page.count(f"<strong>{kind.title}</strong>") == 1 for kind in KINDS.values())
    assert event.key in facts.chronicle().events


# --- The form of an event -------------------------------------------------------------------------


def test_an_event_without_a_claim_is_refused_and_the_fields_are_named(client: Client) -> None:
    add = "/admin/quiz/event/add/"
    values = {**fields(client, add), **event_values(happening().claims.get())}
    bare = {**values, "claims-0-sentence": "", "claims-0-source": "", "claims-0-passages": [], "claims-0-date": ""}
    response = client.post(add, {**bare, "claims-0-date_basis": ""})
    (form,) = response.context["inline_admin_formsets"][1].formset.forms
    assert {"sentence", "source", "passages"} == set(form.errors)
    response = client.post(add, {**values, "claims-TOTAL_FORMS": 0})
    assert errors(response) == ["An event needs a claim: add one, with its source and the passages it rests on."]
    assert Event.objects.count() == 1


def test_the_last_claim_of_an_event_stays(client: Client) -> None:
    event = happening()
    response = send(client, event, **{"claims-0-DELETE": "on"})
    assert errors(response) == ["An event needs a claim: add one, with its source and the passages it rests on."]
    assert Claim.objects.exists()


def made_key(client: Client, clause: str, **more: Any) -> str:
    """The key of an event that is added without one."""
    claim = Claim.objects.first() or happening().claims.get()
    add, known = "/admin/quiz/event/add/", set(Event.objects.values_list("key", flat=True))
    values = {**fields(client, add), **event_values(claim, clause=clause), **more}
    assert confirm(client, client.post(add, values)).status_code == 302
    return Event.objects.exclude(key__in=known).get().key


def test_the_key_is_made_of_the_clause_with_its_place(client: Client) -> None:
    assert made_key(client, "rebels left {place} at night") == "rebels-left-qara-at-night"


def test_a_key_that_is_taken_gets_a_number(client: Client) -> None:
    make.EventFactory(key="rebels-left-qara")
    assert made_key(client, "rebels left {place}") == "rebels-left-qara-2"


def test_a_long_key_ends_with_a_whole_word(client: Client) -> None:
    key = made_key(client, "rebels " + "withdrew " * 14 + "to {place}")
    assert key == "rebels" + "-withdrew" * 9


def test_a_key_of_ones_own_is_kept(client: Client) -> None:
    assert made_key(client, "rebels left {place}", key="retreat") == "retreat"


def test_a_clause_without_latin_letters_asks_for_a_key(client: Client) -> None:
    add = "/admin/quiz/event/add/"
    values = {**fields(client, add), **event_values(happening().claims.get()), "clause": "قارة"}
    response = client.post(add, {**values, "places-0-slot": ""})
    assert errors(response) == ["The clause has no Latin letters: write a key."]


@pytest.mark.parametrize("place", ["", "abc", "9" * 40, "\0"])
def test_a_key_with_a_made_up_place_is_no_crash(client: Client, place: str) -> None:
    add = "/admin/quiz/event/add/"
    values = {**fields(client, add), **event_values(happening().claims.get()), "places-0-place": place}
    assert client.post(add, values).status_code == 200
    assert Event.objects.count() == 1


def test_the_forms_of_a_date_are_told_beside_the_field(client: Client) -> None:
    claim = happening().claims.get()
    for page in (url(claim), url(claim.event)):
        assert "[..2014-02-28] by that day" in client.get(page).content.decode()


def test_only_an_event_that_has_a_page_links_to_it(client: Client) -> None:
    shown, retired = happening(), happening("Qara", retired=True)
    assert "View on site" in client.get(url(shown)).content.decode()
    assert "View on site" not in client.get(url(retired)).content.decode()


def test_the_search_for_passages_heeds_the_source_chosen(client: Client) -> None:
    mine, _other = make.PassageFactory(section="Lead"), make.PassageFactory(section="Lead")
    query = {"app_label": "quiz", "model_name": "claim", "field_name": "passages", "term": "lead"}
    found = [
        [row["id"] for row in client.get("/admin/autocomplete/", {**query, "source": source}).json()["results"]]
        for source in (mine.source_id, "", "abc", "9" * 40)
    ]
    assert [len(ids) for ids in found] == [1, 2, 2, 2]
    assert found[0] == [str(mine.pk)]


def test_what_saving_refuses_keeps_what_was_typed(client: Client) -> None:
    event = happening()
    other = make.EventPlaceFactory(event=event)
    first = event.places.get(slot=True)
    swapped = {"places-0-place": other.place_id, "places-1-place": first.place_id, "note": "x"}
    response = save(client, event, **swapped)
    assert response.status_code == 200
    assert sent_by(response)["note"] == "x"
    assert sent_by(response)["places-0-place"] == str(other.place_id)
