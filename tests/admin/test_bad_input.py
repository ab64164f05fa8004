"""What no page of the admin sends, and somebody does."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import QuerySet
from django.http import HttpRequest
from django.test import Client, RequestFactory

from quiz.admin.chronicle import EventAdmin
from quiz.models import AskedQuestion, Event, User
from tests import factories as make
from tests.admin.conftest import happening, said, save, url

ALL = [
    "event",
    "claim",
    "statedorder",
    "place",
    "actor",
    "actorname",
    "source",
    "passage",
    "phase",
    "user",
    "sitting",
    "askedquestion",
    "card",
    "review",
    "studyday",
    "confidence",
    "ability",
    "itemdifficulty",
]


@pytest.mark.parametrize("model", ALL)
@pytest.mark.parametrize("made_up", ["abc", "0", "9" * 30, "-1", "%00", "1_2F", "1%27", "é"])
def test_a_made_up_id_leads_back_to_the_first_page(client: Client, model: str, made_up: str) -> None:
    records = {*ALL[ALL.index("sitting") :]}
    for verb in ("change", "history") if model in records else ("change", "history", "delete"):
        response = client.get(f"/admin/quiz/{model}/{made_up}/{verb}/")
        assert (response.status_code, response["Location"]) == (302, "/admin/")


@pytest.mark.parametrize("model", ALL)
@pytest.mark.parametrize(
    "query", ["?q=%00", "?kind__exact=%00", "?nonsense=1", "?p=99999", "?o=99.-7.x", "?id__gt=abc"]
)
def test_a_made_up_query_gives_a_list(client: Client, model: str, query: str) -> None:
    assert client.get(f"/admin/quiz/{model}/{query}", follow=True).status_code == 200


@pytest.mark.parametrize("made_up", ["abc", "9" * 30, "a\0b"])
def test_an_action_on_made_up_rows_does_nothing(client: Client, made_up: str) -> None:
    event = happening()
    for action in ("retire", "delete_selected"):
        values = {"action": action, "_selected_action": [event.pk, made_up], "post": "yes"}
        response = client.post("/admin/quiz/event/", values)
        assert said(response, client) == ["The rows chosen don't exist. Choose them anew."]
    assert not Event.objects.get().retired


@pytest.mark.parametrize("field", ["event/search/", "autocomplete/"])
def test_a_lookup_of_what_no_row_can_hold_finds_nothing(client: Client, field: str) -> None:
    happening()
    base = "/admin/quiz/" if field.startswith("event") else "/admin/"
    query = {"term": "\0", "app_label": "quiz", "model_name": "event", "field_name": "perhaps_same_as"}
    assert client.get(base + field, query).json()["results"] == []


def test_a_page_sent_without_its_rows_is_refused(client: Client) -> None:
    event = happening()
    response = client.post(url(event), {"clause": "x"})
    assert response.status_code == 200
    assert response.context["errors"]


def test_a_claim_deleted_meanwhile_is_no_crash(client: Client) -> None:
    event = happening()
    gone = event.claims.get()
    client.get(url(event))
    values: dict[str, Any] = {"claims-0-id": gone.pk, "claims-TOTAL_FORMS": 1, "claims-INITIAL_FORMS": 1}
    gone.delete()
    assert save(client, event, **values).status_code == 200


def test_an_event_deleted_meanwhile_leads_back_with_a_message(client: Client) -> None:
    event = happening()
    address = url(event)
    event.delete()
    response = client.post(address, {"clause": "x"})
    assert "doesn’t exist" in said(response, client)[0]


# Two people at the same moment


def test_rows_that_contradict_each_other_only_while_they_are_written_are_no_crash(client: Client) -> None:
    event = happening()
    other = make.EventPlaceFactory(event=event)
    first = event.places.get(slot=True)
    response = save(client, event, **{"places-0-place": other.place_id, "places-1-place": first.place_id})
    assert ["Nothing was saved" in text for text in said(response, client)] == [True]
    assert event.places.get(slot=True) == first


class Late(EventAdmin):
    """An admin in which a learner is asked about an event after it was checked, and before it is deleted."""

    def delete_model(self, request: HttpRequest, obj: Event) -> None:
        make.AskedQuestionFactory(event=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        make.AskedQuestionFactory(event=queryset.get())
        super().delete_queryset(request, queryset)


def posted(editor: User) -> HttpRequest:
    """A confirmed deletion."""
    request = RequestFactory().post("/", {"post": "yes"})
    request.user, request.session = editor, SessionStore()
    request._dont_enforce_csrf_checks = True
    request._messages = FallbackStorage(request)
    return request


def test_a_question_asked_while_its_event_is_deleted_keeps_it(editor: User) -> None:
    event, late, request = happening(), Late(Event, admin.site), posted(editor)
    late.delete_view(request, str(event.pk))
    AskedQuestion.objects.all().delete()
    late.delete_selected(request, Event.objects.all())
    text = "Something began to use this just now. Nothing was deleted."
    assert [str(message) for message in request._messages] == [text, text]
    assert Event.objects.exists()
