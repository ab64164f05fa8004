"""The list of events and the page of one, as editors use them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from quiz.models import Claim, Event, EventPlace
from quiz.questions.making import Kind
from tests import factories as make
from tests.admin.conftest import confirm, errors, fields, happening, listed, new_claim, said, save, url

LIST = "/admin/quiz/event/"


# --- The list -------------------------------------------------------------------------------


def row(client: Client, event: Event, query: str = "") -> dict[str, Any]:
    """The columns of an event in the list, as text."""
    changes = client.get(LIST + query).context["cl"]
    found = next(one for one in changes.result_list if one == event)
    names = ("told", "dates", "claims", "witnesses", "asked_by")
    return {name: getattr(changes.model_admin, name)(found) for name in names}


@pytest.fixture
def two_kinds(kinds: dict[str, Kind]) -> None:
    """A table with two kinds of question, both on dates; the second needs no other event."""
    for name in kinds.keys() - {"choose-date", "enter-date"}:
        del kinds[name]


@pytest.mark.usefixtures("two_kinds")
def test_the_list_shows_clause_with_place_dates_claims_and_agreement(client: Client) -> None:
    event = happening()
    make.ClaimFactory(event=event, date="2014-03-16")
    assert row(client, event) == {
        "told": "government forces captured Yabroud",
        "dates": "16 March 2014",
        "claims": 2,
        "witnesses": "agreed",
        "asked_by": "date (1)",
    }


def test_a_dispute_on_the_date_is_shown_with_both_dates(client: Client) -> None:
    event = happening()
    make.ClaimFactory(event=event, date="2014-03-19")
    shown = row(client, event)
    assert shown["dates"] == "16 March 2014 or 19 March 2014"
    assert shown["witnesses"] == "disputed; agreed"


@pytest.mark.usefixtures("two_kinds")
def test_an_event_that_every_kind_can_ask_is_marked(client: Client) -> None:
    events = [happening(town, f"2014-03-{5 + 3 * n:02}") for n, town in enumerate(("Qara", "Nabk", "Flita"))]
    assert row(client, events[1])["asked_by"] == "all kinds"


def test_an_event_that_no_kind_asks_is_marked(client: Client) -> None:
    assert row(client, happening(told_only=True))["asked_by"] == "nothing"


def test_a_retired_event_keeps_its_clause_and_days_in_the_list(client: Client) -> None:
    event = happening(retired=True)
    assert row(client, event) == {
        "told": "government forces captured Yabroud",
        "dates": "16 March 2014",
        "claims": 1,
        "witnesses": "",
        "asked_by": "retired",
    }


def test_a_retired_event_without_claims_and_place_is_listed(client: Client) -> None:
    shown = row(client, make.EventFactory(clause="they left {place}", retired=True))
    assert (shown["told"], shown["dates"]) == ("they left …", "")


def test_events_come_in_the_order_of_the_story_and_undated_ones_last(client: Client) -> None:
    late, undated, early = happening(date="2014-05-01"), make.EventFactory(), happening("Qara", "2013-11-19")
    assert listed(client.get(LIST)) == [early.key, late.key, undated.key]


def test_the_list_costs_the_same_at_one_and_at_three_events(client: Client, queries: Callable[[str], int]) -> None:
    happening()
    one = queries(LIST)
    happening("Qara")
    happening("Nabk", retired=True)
    assert queries(LIST) == one


@pytest.mark.parametrize("query", ["?disputed=either", "?askable=no", "?_facets=True", "?q=captured"])
def test_filters_and_search_cost_the_same_too(client: Client, queries: Callable[[str], int], query: str) -> None:
    make.ClaimFactory(event=happening(told_only=True), date="2014-01-01")
    one = queries(LIST + query)
    for town in ("Qara", "Nabk"):
        make.ClaimFactory(event=happening(town, told_only=True), date="2014-01-01")
    assert len(listed(client.get(LIST + query))) == 3
    assert queries(LIST + query) == one


def test_events_are_filtered_by_dispute_on_date_or_place(client: Client) -> None:
    happening("Qara")
    on_date, on_place = happening("Nabk"), happening("Flita", "2014-04-01")
    make.ClaimFactory(event=on_date, date="2014-03-20")
    make.ClaimPlaceFactory(claim=make.ClaimFactory(event=on_place, date="2014-04-01"))
    assert listed(client.get(LIST + "?disputed=date")) == [on_date.key]
    assert listed(client.get(LIST + "?disputed=place")) == [on_place.key]
    assert listed(client.get(LIST + "?disputed=either")) == [on_date.key, on_place.key]


def test_events_are_filtered_by_whether_any_kind_asks_them(client: Client) -> None:
    asked, told = happening(), happening("Qara", "2014-01-01", told_only=True)
    happening("Nabk", retired=True)
    assert listed(client.get(LIST + "?askable=yes")) == [asked.key]
    assert listed(client.get(LIST + "?askable=no")) == [told.key]


def test_an_unknown_value_of_a_filter_filters_nothing(client: Client) -> None:
    event = happening()
    assert listed(client.get(LIST + "?askable=perhaps")) == [event.key]


@pytest.mark.parametrize(
    ("flag", "query"),
    [("sensitive", "?sensitive__exact=1"), ("retired", "?retired__exact=1"), ("told_only", "?told_only__exact=1")],
)
def test_events_are_filtered_by_their_flags(client: Client, flag: str, query: str) -> None:
    happening("Qara")
    event = happening(**{flag: True})
    assert listed(client.get(LIST + query)) == [event.key]


def test_events_are_filtered_by_phase_kind_and_source_each_listed_once(client: Client) -> None:
    happening("Qara")
    event = happening(kind="clash", phase=make.PhaseFactory())
    source = event.claims.get().source
    make.ClaimFactory(event=event, source=source)
    assert listed(client.get(f"{LIST}?phase__id__exact={event.phase_id}")) == [event.key]
    assert listed(client.get(f"{LIST}?kind__exact=clash")) == [event.key]
    found = client.get(f"{LIST}?claims__source__id__exact={source.pk}")
    assert listed(found) == [event.key]
    assert found.context["cl"].result_list[0].claim_count == 2


@pytest.mark.parametrize("text", ["yabrud", "captured yabroud", "tank", "capture-of"])
def test_events_are_found_by_clause_key_spelling_and_claim(client: Client, text: str) -> None:
    happening("Qara", clause="rebels left {place}")
    event = happening(key="capture-of-it")
    make.PlaceSpellingFactory(place=event.places.get().place, name="Yabrud")
    make.ClaimFactory(event=event, sentence="A tank was lost.")
    assert listed(client.get(LIST, {"q": text})) == [event.key]


# --- Retiring and deleting ------------------------------------------------------------------


def act(client: Client, action: str, *events: Event, **more: Any) -> Any:
    return client.post(LIST, {"action": action, "_selected_action": [event.pk for event in events], **more})


def test_events_are_retired_and_brought_back_from_the_list(client: Client) -> None:
    one, other = happening(), happening("Qara", retired=True)
    assert said(confirm(client, act(client, "retire", one, other)), client) == ["1 event is retired."]
    assert Event.objects.filter(retired=True).count() == 2
    assert said(confirm(client, act(client, "bring_back", one, other)), client) == ["2 events are back."]
    assert Event.objects.filter(retired=True).count() == 0
    assert LogEntry.objects.count() == 3


def test_an_event_without_answers_is_deleted(client: Client) -> None:
    event = happening()
    assert client.post(url(event, "delete"), {"post": "yes"}).status_code == 302
    assert not Event.objects.exists()


def test_an_event_that_learners_were_asked_about_is_not_deleted_but_to_be_retired(client: Client) -> None:
    event = happening()
    make.AskedQuestionFactory(event=event)
    for method in (client.get, client.post):
        response = method(url(event, "delete"), {"post": "yes"})
        assert response["Location"] == url(event)
        assert said(response, client) == [
            (
                "Learners were asked about this: Government forces captured Yabroud (16 March 2014). "
                "Nothing was deleted. Retire it instead: tick “retired”."
            )
        ]
    assert Event.objects.exists()


def test_an_event_in_another_ones_answer_is_kept_too(client: Client) -> None:
    event = happening()
    make.ReviewFactory(answered=True, card__event=event, asked__event=make.EventFactory())
    client.post(url(event, "delete"), {"post": "yes"})
    assert Event.objects.filter(pk=event.pk).exists()


def test_deleting_several_is_refused_as_a_whole_where_one_was_asked_about(client: Client) -> None:
    asked, free = happening(), happening("Qara")
    make.AskedQuestionFactory(event=asked)
    response = act(client, "delete_selected", asked, free, post="yes")
    assert ["Retire it instead" in text for text in said(response, client)] == [True]
    assert Event.objects.count() == 2


def test_several_events_are_deleted_after_a_page_that_asks(client: Client) -> None:
    events = [happening(), happening("Qara")]
    assert act(client, "delete_selected", *events).status_code == 200
    assert Event.objects.count() == 2
    assert said(act(client, "delete_selected", *events, post="yes"), client) == ["Successfully deleted 2 events."]
    assert not Event.objects.exists()


# --- The page of an event -------------------------------------------------------------------


def test_the_page_of_an_event_is_saved_as_it_was_shown(client: Client) -> None:
    event = happening()
    before = list(Claim.objects.values()), list(Event.objects.values()), list(EventPlace.objects.values())
    assert save(client, event).status_code == 302
    assert (list(Claim.objects.values()), list(Event.objects.values()), list(EventPlace.objects.values())) == before


def test_the_page_says_which_event_it_is_and_what_may_be_asked(client: Client) -> None:
    page = client.get(url(happening()))
    text = page.content.decode()
    assert page.context["subtitle"] == "Government forces captured Yabroud (16 March 2014)"
    assert "Enter the date" in text
    assert "On which day did this happen: government forces captured Yabroud?" in text
    assert "too few places of its kind are excluded by what is said of it" in text


def test_the_page_of_a_retired_event_says_that_it_is_not_asked(client: Client) -> None:
    assert "Nothing: it is retired." in client.get(url(happening(retired=True))).content.decode()


def test_the_title_names_the_site(client: Client) -> None:
    text = client.get("/admin/").content.decode()
    assert "Qalamoun — editors</title>" in text
    assert "quiz/favicon.svg" in text


def test_an_event_is_made_with_its_place_and_a_claim_whose_key_is_made(client: Client) -> None:
    place, passage = make.PlaceFactory(name="Qara"), make.PassageFactory()
    add = "/admin/quiz/event/add/"
    values = {
        "key": "capture-of-qara",
        "clause": "government forces captured {place}",
        "kind": "capture",
        "places-TOTAL_FORMS": 1,
        "places-0-place": place.pk,
        "places-0-role": "at",
        "places-0-slot": "on",
        "claims-TOTAL_FORMS": 1,
        "claims-0-sentence": "They took Qara.",
        "claims-0-source": passage.source_id,
        "claims-0-passages": [passage.pk],
        "claims-0-stance": "asserts",
        "claims-0-date": "2013-11-19",
        "claims-0-date_basis": "stated",
    }
    assert confirm(client, client.post(add, {**fields(client, add), **values})).status_code == 302
    claim = Claim.objects.get()
    assert claim.key == f"capture-of-qara-{passage.source.key}"
    assert str(claim.latest) == "2013-11-19"


def test_a_second_claim_of_a_source_gets_a_key_of_its_own(client: Client) -> None:
    claim = happening(key="fall").claims.get()
    Claim.objects.update(key=f"fall-{claim.source.key}")
    assert save(client, claim.event, **new_claim(claim)).status_code == 302
    assert set(Claim.objects.values_list("key", flat=True)) == {
        f"fall-{claim.source.key}",
        f"fall-{claim.source.key}-2",
    }


def test_the_key_of_an_event_stays(client: Client) -> None:
    event = happening(key="fall")
    save(client, event, key="rise")
    assert Event.objects.get().key == "fall"


def test_other_events_are_looked_up_with_place_and_date(client: Client, queries: Callable[[str], int]) -> None:
    event = happening()
    query = "/admin/quiz/event/search/?term=yabroud&app_label=quiz&model_name=event&field_name=perhaps_same_as"
    one = queries(query)
    happening("Yabroud Hills", "2014-04-01", retired=True)
    happening("Old Yabroud", "2014-04-02")
    found = client.get(query).json()["results"]
    assert found[0] == {"id": str(event.pk), "text": "Government forces captured Yabroud (16 March 2014)"}
    assert [one["text"] for one in found[1:]] == [
        "government forces captured …",
        "Government forces captured Old Yabroud (2 April 2014)",
    ]
    assert queries(query) == one


def test_the_event_chosen_as_its_double_is_shown_with_place_and_date(client: Client) -> None:
    event = happening(perhaps_same_as=happening("Qara", "2014-01-05"))
    assert "Government forces captured Qara (5 January 2014)</option>" in client.get(url(event)).content.decode()


# --- What is refused ------------------------------------------------------------------------


NEEDS_PLACE = "{place} in the clause needs one place that fills the slot: tick “fills the slot” for one place."
NEEDS_SLOT = "A place fills the slot, but the clause has none: write {place} where its name stands, or untick it."


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"clause": "they took {town}"}, "The clause may hold {place} once, and no other braces."),
        ({"clause": "{place} fell to {place}"}, "The clause may hold {place} once, and no other braces."),
        ({"clause": "they took {place}."}, "Write a clause, without a full stop."),
        ({"clause": "they took the town"}, NEEDS_SLOT),
        ({"places-0-slot": ""}, NEEDS_PLACE),
        ({"places-0-DELETE": "on"}, NEEDS_PLACE),
        ({"claims-0-date": "16 March 2014"}, "“16 March 2014” is no date of the chronicle."),
        ({"claims-0-date": "2014-02-30"}, "“2014-02-30” is no day of the calendar."),
        ({"claims-0-date": "2" * 25}, "Ensure this value has at most 24 characters"),
        ({"claims-0-date_basis": ""}, "Say where this date comes from."),
        ({"claims-0-date": ""}, "Give the date, or leave its basis blank."),
        ({"claims-0-date_basis": "relative"}, "Say from what this date was reckoned"),
        ({"claims-0-passages": []}, "This field is required."),
        ({"claims-0-sentence": " "}, "This field is required."),
        ({"claims-0-sentence": "x" * 401}, "Ensure this value has at most 400 characters"),
        ({"clause": "x" * 161}, "Ensure this value has at most 160 characters"),
        ({"note": "a\0b"}, "Null characters are not allowed."),
        ({"claims-0-source": "abc"}, "Select a valid choice."),
        ({"claims-0-source": "9" * 40}, "Select a valid choice."),
        ({"claims-0-passages": ["9" * 40]}, "“?” is not a valid value."),
        ({"claims-0-passages": ["a\0b"]}, "“?” is not a valid value."),
        ({"phase": "9" * 40}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(client: Client, changes: dict[str, Any], message: str) -> None:
    event = happening()
    response = save(client, event, **changes)
    assert response.status_code == 200
    assert [text for text in errors(response) if message in text], errors(response)
    assert Event.objects.get().clause == "government forces captured {place}"


def test_two_places_cannot_fill_one_slot(client: Client) -> None:
    event, other = happening(), make.PlaceFactory()
    second = {"places-1-place": other.pk, "places-1-role": "at", "places-1-slot": "on", "places-1-event": event.pk}
    assert errors(save(client, event, **{"places-TOTAL_FORMS": 2}, **second)) == [NEEDS_PLACE]


def test_the_slot_moves_from_one_place_to_another_in_one_go(client: Client) -> None:
    event = happening()
    other = make.EventPlaceFactory(event=event, role="mentioned")
    assert save(client, event, **{"places-0-slot": "", "places-1-slot": "on"}).status_code == 302
    assert EventPlace.objects.get(slot=True) == other


def test_a_place_is_listed_once_per_role(client: Client) -> None:
    event = happening()
    place = event.places.get().place
    second = {"places-TOTAL_FORMS": 2, "places-1-place": place.pk, "places-1-role": "at", "places-1-event": event.pk}
    assert "Please correct the duplicate" in " ".join(errors(save(client, event, **second)))


def test_a_passage_of_another_source_is_refused_by_name(client: Client) -> None:
    claim = happening().claims.get()
    stray = make.PassageFactory(section="Elsewhere", sentence=7)
    response = save(client, claim.event, **{"claims-0-passages": [stray.pk]})
    assert errors(response) == [
        (
            f"Not in {claim.source}: “Elsewhere”, ¶ 1, sentence 7. "
            "Choose passages of this source, or make a claim for each source."
        )
    ]


def test_a_claim_is_overtaken_by_a_claim_of_the_same_event_only(client: Client) -> None:
    event = happening()
    later, stranger = make.ClaimFactory(event=event), make.ClaimFactory()
    first = event.claims.exclude(pk=later.pk).get()
    prefix = f"claims-{[claim.pk for claim in event.claims.all()].index(first.pk)}"
    assert save(client, event, **{f"{prefix}-overtaken_by": stranger.pk}).status_code == 200
    assert save(client, event, **{f"{prefix}-overtaken_by": later.pk}).status_code == 302
    first.refresh_from_db()
    assert first.overtaken_by == later


def test_a_claim_that_makes_a_question_unsound_is_taken(client: Client) -> None:
    claim = happening().claims.get()
    added = new_claim(claim, date="2014-03-01", date_basis="stated", stance="denies")
    assert save(client, claim.event, **added).status_code == 302
    assert Claim.objects.count() == 2
