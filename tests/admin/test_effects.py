"""What an edit changes, shown before it is final; several editors on one page."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from quiz.admin.previewing import summary
from quiz.admin.previewing import told as shown_as
from quiz.models import Claim, ContentRevision, Event, EventPlace, Place, PlaceSpelling
from quiz.questions.making import KINDS
from quiz.study.effects import Changes, Effect, Sort, Standing
from tests import factories as make
from tests.admin.conftest import (
    confirm,
    errors,
    fields,
    happening,
    is_preview,
    new_claim,
    said,
    save,
    send,
    sent_by,
    url,
)


def told(response: Any) -> list[tuple[str, str, str]]:
    """Sort, kind and event of each effect on a page."""
    return [(e.sort.value, e.kind.name, e.event) for e in response.context["changes"].effects]


# --- Before it is final -----------------------------------------------------------------------


def test_an_edit_shows_first_what_it_changes_and_saves_nothing(client: Client) -> None:
    event = happening(key="fall")
    before, revision = list(Claim.objects.values()), ContentRevision.current()
    response = send(client, event, **{"claims-0-date": "2014-03-20"})
    assert is_preview(response)
    assert ("key", "enter-date", "fall") in told(response)
    text = response.content.decode()
    assert "<del>16 March 2014</del> → <ins>20 March 2014</ins>" in text
    assert "Nothing is saved yet." in text
    assert (list(Claim.objects.values()), ContentRevision.current()) == (before, revision)
    assert LogEntry.objects.count() == 0
    assert [str(message) for message in response.context["messages"]] == []


def effects(sort: Sort, count: int) -> list[Effect]:
    return [Effect(sort, "fall", "The fall", KINDS["choose-date"], Standing(), Standing())] * count


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ((0, 0, 0, 0), "No question changes"),
        ((1, 0, 0, 0), "1 question disappears"),
        ((3, 2, 1, 0), "3 questions disappear, 2 keys change, 1 question appears"),
        ((0, 1, 2, 1), "1 key changes, 2 questions appear, 1 is asked in other words"),
        ((0, 0, 0, 5), "5 are asked in other words"),
    ],
)
def test_the_summary_counts_by_sort(counts: tuple[int, ...], text: str) -> None:
    listed = [effect for sort, n in zip(Sort, counts, strict=True) for effect in effects(sort, n)]
    assert summary(Changes(tuple(listed))) == text


def test_a_long_list_is_cut_and_says_by_how_much() -> None:
    (group,) = shown_as(Changes(tuple(effects(Sort.GONE, 63))))["groups"]
    assert (len(group["effects"]), group["more"]) == (60, 3)


def test_confirming_saves_once_and_logs_once(client: Client) -> None:
    event = happening()
    response = confirm(client, send(client, event, **{"claims-0-date": "2014-03-20"}))
    assert len(said(response, client)) == 1
    assert Claim.objects.get().date == "2014-03-20"
    assert LogEntry.objects.count() == 1


def test_an_edit_that_changes_no_question_is_saved_at_once(client: Client) -> None:
    event = happening()
    response = send(client, event, note="Look at the infobox again.")
    assert response.status_code == 302
    assert len(said(response, client)) == 1
    assert Event.objects.get().note == "Look at the infobox again."
    assert LogEntry.objects.count() == 1


def test_back_to_editing_loses_nothing(client: Client) -> None:
    event = happening()
    claim = event.claims.get()
    typed = {**new_claim(claim, date="2014-03-01", date_basis="stated", stance="denies"), "note": "\nfirst\nsecond"}
    shown = send(client, event, **typed)
    back = confirm(client, shown, "_back")
    assert back.status_code == 200
    assert "adminform" in back.context
    assert errors(back) == []
    assert {name: value for name, value in sent_by(back).items() if name in typed} == {
        name: [str(one) for one in value] if isinstance(value, list) else str(value) for name, value in typed.items()
    }
    assert Claim.objects.count() == 1
    again = client.post(url(event), {**sent_by(back), "_save": "Save"})
    assert confirm(client, again).status_code == 302
    assert Claim.objects.count() == 2
    assert Event.objects.get().note == "first\r\nsecond".replace("\r", "")


def test_the_button_that_was_pressed_is_the_one_that_counts(client: Client) -> None:
    event = happening()
    values = {**fields(client, url(event)), "claims-0-date": "2014-03-20", "_continue": "x"}
    response = client.post(url(event), values)
    assert 'name="_continue" value="Save"' in response.content.decode()
    assert confirm(client, response, "_continue")["Location"] == url(event)


def test_what_was_shown_for_an_older_content_is_shown_anew(client: Client) -> None:
    event = happening()
    shown = send(client, event, **{"claims-0-date": "2014-03-20"})
    happening("Qara", "2014-03-18")
    again = confirm(client, shown)
    assert is_preview(again)
    assert Claim.objects.get(event=event).date == "2014-03-16"
    assert confirm(client, again).status_code == 302


def test_a_new_event_shows_what_appears(client: Client) -> None:
    claim = happening().claims.get()
    add = "/admin/quiz/event/add/"
    response = client.post(add, {**fields(client, add), **event_values(claim), "_save": "Save"})
    assert ("new", "enter-date", "rebels-left-qara") in told(response)
    assert Event.objects.count() == 1
    assert confirm(client, response).status_code == 302
    assert Event.objects.count() == 2


def event_values(claim: Claim, **more: Any) -> dict[str, Any]:
    """A new event on the source of a claim."""
    place = make.PlaceFactory(name="Qara", key="qara")
    return {
        "clause": "rebels left {place}",
        "kind": "withdrawal",
        "places-TOTAL_FORMS": 1,
        "places-0-place": place.pk,
        "places-0-role": "at",
        "places-0-slot": "on",
        "claims-0-sentence": "They left Qara.",
        "claims-0-source": claim.source_id,
        "claims-0-passages": [passage.pk for passage in claim.passages.all()],
        "claims-0-stance": "asserts",
        "claims-0-date": "2013-11-19",
        "claims-0-date_basis": "stated",
        **more,
    }


def test_a_refused_form_is_no_trial(client: Client) -> None:
    event = happening()
    response = send(client, event, **{"claims-0-date": "someday"})
    assert not is_preview(response)
    assert len(errors(response)) == 1
    assert LogEntry.objects.count() == 0


def test_a_date_far_from_the_story_is_remarked_on_and_not_refused(client: Client) -> None:
    make.PhaseFactory(date="2013-11-15/2013-12-15")
    event = happening(told_only=True)
    response = send(client, event, **{"claims-0-date": "2041-03-16"})
    assert "is the year right?" in response.content.decode()
    assert confirm(client, response).status_code == 302
    assert Claim.objects.get().date == "2041-03-16"


def test_a_place_an_order_and_a_claim_show_what_they_change_too(client: Client) -> None:
    event = happening(key="fall")
    shown = send(client, event.places.get().place, name="Yabrood")
    assert ("words", "enter-date", "fall") in told(shown)
    shown = send(client, event.claims.get(), date="2014-03-20")
    assert ("key", "enter-date", "fall") in told(shown)
    assert confirm(client, shown).status_code == 302
    assert Claim.objects.get().date == "2014-03-20"


def test_a_warning_of_a_trial_is_said_once_and_after_saving(client: Client) -> None:
    make.PlaceFactory(name="Yabroud", key="yabroud")
    place = make.PlaceFactory(name="Jobar")
    rows = {"spellings-TOTAL_FORMS": 1, "spellings-0-name": "Yabrud", "spellings-0-place": place.pk}
    shown = send(client, place, **rows)
    assert [str(message) for message in shown.context["messages"]] == []
    assert "Spelling in two places: yabrud" in shown.content.decode()
    assert not PlaceSpelling.objects.exists()
    assert len(said(confirm(client, shown), client)) == 2


# --- Retiring and deleting ----------------------------------------------------------------------


def act(client: Client, action: str, *events: Event) -> Any:
    values = {"action": action, "_selected_action": [event.pk for event in events], "index": 0}
    return client.post("/admin/quiz/event/?retired__exact=0", values)


def test_retiring_shows_what_disappears_for_all_events_chosen(client: Client) -> None:
    one, other = happening(), happening("Qara", "2013-11-19")
    shown = act(client, "retire", one, other)
    assert {(sort, key) for sort, _, key in told(shown)} == {("gone", one.key), ("gone", other.key)}
    assert 'href="/admin/quiz/event/?retired__exact=0"' in shown.content.decode()
    assert Event.objects.filter(retired=True).count() == 0
    confirm(client, shown)
    assert Event.objects.filter(retired=True).count() == 2


def test_retiring_what_nobody_asks_is_done_at_once(client: Client) -> None:
    event = happening(told_only=True)
    assert said(act(client, "retire", event), client) == ["1 event is retired."]


def test_the_pages_that_ask_before_deleting_say_how_many_questions_disappear(client: Client) -> None:
    event = happening()
    page = client.get(url(event, "delete"))
    assert page.context["summary"].endswith("disappears") or page.context["summary"].endswith("disappear")
    assert "On which day" in page.content.decode()
    page = act(client, "delete_selected", event)
    assert "On which day" in page.content.decode()
    assert Event.objects.exists()


def test_what_cannot_be_deleted_changes_nothing(client: Client) -> None:
    place = happening().places.get().place
    page = client.get(url(place, "delete"))
    assert "protected" in page.content.decode()
    assert "changes" not in page.context
    assert Place.objects.exists()


# --- Two editors --------------------------------------------------------------------------------


@pytest.fixture
def colleague(db: None) -> Client:
    """Another editor's browser."""
    browser = Client()
    browser.force_login(make.UserFactory(username="colleague", is_staff=True, is_superuser=True))
    return browser


def test_a_later_save_does_not_overwrite_an_earlier_one(client: Client, colleague: Client) -> None:
    event = happening()
    opened = fields(client, url(event))
    assert save(colleague, event, note="Mine.").status_code == 302
    response = client.post(url(event), {**opened, "note": "No, mine.", "_save": "Save"})
    assert response.status_code == 200
    assert Event.objects.get().note == "Mine."
    (text,) = (str(message) for message in response.context["messages"])
    assert "Somebody changed this after you opened it." in text
    assert "— colleague, " in text
    assert "Changed Note for editors." in text
    assert sent_by(response)["note"] == "No, mine."
    assert errors(response) == []
    assert client.post(url(event), {**sent_by(response), "_save": "Save"}).status_code == 302
    assert Event.objects.get().note == "No, mine."


def test_a_change_of_a_claim_on_its_own_page_counts_too(client: Client, colleague: Client) -> None:
    event = happening()
    opened = fields(client, url(event))
    save(colleague, event.claims.get(), sentence="They took the town.")
    response = client.post(url(event), {**opened, "note": "x"})
    assert "Changed Sentence." in str(*response.context["messages"])
    assert Event.objects.get().note == ""


def test_a_new_row_of_somebody_else_stays(client: Client, colleague: Client) -> None:
    event = happening()
    opened = fields(client, url(event))
    added = new_claim(event.claims.get())
    assert save(colleague, event, **added).status_code == 302
    response = client.post(url(event), {**opened, "note": "x"})
    confirm(client, client.post(url(event), {**sent_by(response), "_save": "Save"}))
    assert (Event.objects.get().note, Claim.objects.count()) == ("x", 2)


def test_a_change_between_preview_and_confirmation_is_seen(client: Client, colleague: Client) -> None:
    event = happening()
    shown = send(client, event, **{"claims-0-date": "2014-03-20"})
    save(colleague, event, note="Mine.")
    response = confirm(client, shown)
    assert not is_preview(response)
    assert sent_by(response)["claims-0-date"] == "2014-03-20"
    assert (Event.objects.get().note, Claim.objects.get().date) == ("Mine.", "2014-03-16")


def test_a_change_by_no_page_is_named_as_such(client: Client) -> None:
    event = happening()
    opened = fields(client, url(event))
    EventPlace.objects.update(role="near")
    response = client.post(url(event), {**opened, "note": "x"})
    assert "loaded from files" in str(*response.context["messages"])


@pytest.mark.parametrize("made_up", ["", "abc", "0" * 32, f"{'0' * 32}.9", "x.abc", f"x.{'9' * 40}", "é.é", "a\0b"])
def test_a_made_up_fingerprint_is_a_change(client: Client, made_up: str) -> None:
    event = happening()
    response = send(client, event, _opened=made_up, note="x")
    assert response.status_code == 200
    assert "Somebody changed this" in str(*response.context["messages"])
    assert Event.objects.get().note == ""


def test_what_others_did_is_escaped(client: Client) -> None:
    event = happening()
    opened = fields(client, url(event))
    browser = Client()
    browser.force_login(make.UserFactory(username="<b>x</b>", is_staff=True, is_superuser=True))
    save(browser, event, note="Mine.")
    response = client.post(url(event), opened)
    assert "&lt;b&gt;x&lt;/b&gt;" in response.content.decode()
    assert "<b>x</b>" not in response.content.decode()


def test_looking_only_needs_no_fingerprint_and_saves_nothing(db: None) -> None:
    event = happening()
    browser = Client()
    browser.force_login(make.UserFactory(is_staff=True))
    assert browser.get(url(event)).status_code == 403
    assert browser.post(url(event), {"note": "x"}).status_code == 403


def test_what_was_typed_is_escaped_on_the_page_that_shows_its_effects(client: Client) -> None:
    response = send(client, happening(), clause="<b>rebels</b> left {place}", note='"><script>alert(1)</script>')
    assert is_preview(response)
    assert "<b>rebels" not in response.content.decode()
    assert "<script>alert" not in response.content.decode()
    assert sent_by(response)["note"] == '"><script>alert(1)</script>'
