"""The story map's pages: everybody may see them, each step shows where, in words too, and leads on."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quiz.models import Claim, ContentRevision, Event, Phase, Place, Role, Stance
from quiz.study.facts import chronicle
from quiz.study.story import story
from quiz.views.story_map import GROUND, TALLEST
from quiz.views.story_words import Month, Way
from tests import factories as make
from tests.study.stories import TOWNS

LIST = "/story/"
EVENT = "amber-captured"


@pytest.fixture(autouse=True)
def _on_the_ground(_story: None) -> None:
    """Two phases of twenty captures each, whose towns stand one kilometre north of each other; one revision for all."""
    for key, days in (("first", "2014-01-02/2014-03-01"), ("second", "2014-03-02/2014-05-01")):
        Phase.objects.filter(key=key).update(date=days)
    for n, town in enumerate(TOWNS):
        where = {"latitude": f"{33.7 + 0.009 * n:.5f}", "longitude": "36.50000", "coordinates_from": "a test"}
        Place.objects.filter(key=town.lower()).update(**where)
    ContentRevision.objects.update(token="the story of tests/views/test_story")


def at(chapter: str, step: int) -> str:
    return reverse("quiz:story-step", args=[chapter, step])


def seen(client: Client, chapter: str = "first", step: int = 1) -> dict[str, Any]:
    """What a step is made of."""
    response: Any = client.get(at(chapter, step))
    assert response.status_code == 200
    return {
        key: response.context[key] for key in ("step", "sites", "named", "notes", "months", "map", "before", "after")
    }


def text(client: Client, chapter: str = "first", step: int = 1) -> str:
    return " ".join(client.get(at(chapter, step)).content.decode().split())


def first_event() -> Event:
    """The capture of Amber, the first step."""
    return Event.objects.get(key=EVENT)


def placed_at(place: Place, role: Role = Role.AT) -> None:
    """Give the first event another place."""
    make.EventPlaceFactory(event=first_event(), place=place, role=role)


# --- Who sees what ------------------------------------------------------------------------------


def test_all_steps_of_all_chapters_open_for_everybody(client: Client) -> None:
    chapters = story(chronicle()).chapters
    assert [(chapter.slug, len(chapter.steps)) for chapter in chapters] == [("first", 20), ("second", 20)]
    for chapter in chapters:
        for step in chapter.steps:
            assert client.get(at(chapter.slug, step.number)).status_code == 200
    assert client.get(LIST).status_code == 200
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("address", [LIST, at("first", 1)])
@pytest.mark.parametrize("verb", ["post", "put", "delete", "patch"])
def test_the_story_map_takes_nothing(client: Client, address: str, verb: str) -> None:
    assert getattr(client, verb)(address).status_code == 405


@pytest.mark.parametrize(
    ("chapter", "step"), [("first", 0), ("first", 21), ("first", 10**30), ("third", 1), ("x" * 3000, 1), ("undated", 1)]
)
def test_a_step_that_there_is_not_is_not_found(client: Client, chapter: str, step: int) -> None:
    assert client.get(at(chapter, step)).status_code == 404


def test_a_retired_event_is_no_step(client: Client) -> None:
    Event.objects.filter(key=EVENT).update(retired=True)
    assert client.get(at("first", 20)).status_code == 404
    assert "captured Amber" not in text(client)


def test_the_list_leads_to_the_first_step_of_each_chapter_with_its_days(client: Client) -> None:
    page = " ".join(client.get(LIST).content.decode().split())
    for chapter, days in (("first", "2 January – 1 March 2014"), ("second", "2 March – 1 May 2014")):
        assert f'<h2><a href="{at(chapter, 1)}">{chapter.title()} phase</a></h2>' in page
        assert days in page
    assert "<span>20 steps</span> · <span>20 events</span>" in page
    assert f'<a class="button" href="{at("first", 1)}">Begin: First phase</a>' in page


def test_a_site_without_a_chronicle_says_so(client: Client) -> None:
    Event.objects.all().update(retired=True)
    assert "Nothing is told here yet." in client.get(LIST).content.decode()


def test_names_and_texts_are_escaped(client: Client) -> None:
    Event.objects.filter(key=EVENT).update(clause="<script>alert(1)</script> took {place}", sensitive=True)
    Place.objects.filter(key="amber").update(name="<script>alert(2)</script>", name_ar="<script>alert(3)</script>")
    assert "<script>alert" not in text(client)


# --- What a step tells --------------------------------------------------------------------------


def test_a_step_tells_when_what_and_where(client: Client) -> None:
    page = text(client)
    assert ">2 January 2014</h1>" in page
    assert '<p class="told">Government forces captured Amber.' in page
    assert f'href="{reverse("quiz:event-detail", args=[EVENT])}"' in page
    assert f'<a href="{reverse("quiz:place-detail", args=["amber"])}">Amber</a>' in page
    assert "Step <b>1</b> of 20</" not in page
    assert "Step <b>1</b> of 20 · First phase" in page


def test_a_note_stands_before_what_is_sensitive(client: Client) -> None:
    assert "Content note" not in text(client)
    Event.objects.filter(key=EVENT).update(sensitive=True)
    page = text(client)
    assert page.index("Content note: a killing or an abduction.") < page.index("<h1") < page.index("captured Amber.")
    assert 'aria-describedby="content-note told"' in page


def test_what_stands_on_a_voice_is_told_under_its_name(client: Client) -> None:
    voice = make.ActorFactory(name="Observatory")
    Claim.objects.filter(event=first_event()).update(voice=voice, stance=Stance.REPORTED)
    assert '<span class="lead-in">According to Observatory:</span> Government forces captured' in text(client)


def test_where_sources_differ_what_they_say_stands_side_by_side(client: Client) -> None:
    other = make.SourceFactory(short_name="The Paper")
    make.ClaimFactory(event=first_event(), source=other, date="2014-01-04")
    denial = make.ClaimFactory(event=first_event(), source=other, stance=Stance.DENIES)
    unsure = make.ClaimFactory(event=first_event(), source=other, stance=Stance.UNCONFIRMED, date="2014-01-05")
    foretold = make.ClaimFactory(event=first_event(), source=other, stance=Stance.PREDICTED, date="2014-01-06")
    doubt = make.ClaimFactory(
        event=first_event(), source=make.SourceFactory(short_name="The Doubter"), stance=Stance.DOUBTS
    )
    place = make.ClaimPlaceFactory(claim=unsure, place=make.PlaceFactory(name="Elsewhere"))
    page = text(client)
    assert "The sources differ on the date and on the place" in page
    for what, who in (
        ("2 January 2014", "The Book"),
        ("4 January 2014", "The Paper"),
        ("5 January 2014, unconfirmed", "The Paper"),
        ("6 January 2014, predicted", "The Paper"),
        ("Denied", "The Paper"),
        ("Doubted", "The Doubter"),
        (f"{place.place.name}, unconfirmed", "The Paper"),
    ):
        assert f"<div><dt>{what}</dt><dd>{who}</dd></div>" in page
    assert '<b class="tag disputed">sources differ</b>' in page
    assert {denial.stance, foretold.stance, doubt.stance} == {Stance.DENIES, Stance.PREDICTED, Stance.DOUBTS}


def test_a_dispute_on_one_thing_only_names_that(client: Client) -> None:
    claim = make.ClaimFactory(event=first_event(), source=make.SourceFactory(), date="2014-01-02")
    make.ClaimPlaceFactory(claim=claim)
    assert "The sources differ on the place" in text(client)
    Claim.objects.filter(pk=claim.pk).delete()
    make.ClaimFactory(event=first_event(), source=make.SourceFactory(), date="2014-01-07")
    assert "<h2>The sources differ on the date</h2>" in text(client)


def test_a_date_that_stands_on_the_word_of_one_document_says_so(client: Client) -> None:
    claim = Claim.objects.get(event=first_event())
    claim.passages.set([make.PassageFactory(source=claim.source, infobox=True)])
    make.ClaimFactory(event=first_event(), source=make.SourceFactory(), date="2014-01")
    assert "(The date: According to The Book.)" in text(client)


def test_what_is_perhaps_the_same_is_linked(client: Client) -> None:
    Event.objects.filter(key=EVENT).update(perhaps_same_as=Event.objects.get(key="cedar-captured"))
    assert f'Perhaps the same happening: <a href="{at("first", 3)}">Government forces captured Cedar</a>' in text(
        client
    )


def test_events_of_one_sentence_are_told_together_each_with_its_sources(client: Client) -> None:
    (passage,) = Claim.objects.get(event=first_event()).passages.all()
    for key, clause in (
        ("burnt", "rebels set fire to the mill"),
        ("also", "government forces captured {place} with Amber"),
    ):
        event = make.EventFactory(key=key, clause=clause)
        make.ClaimFactory(event=event, source=passage.source, date="2014-01-02", passages=[passage])
    make.EventPlaceFactory(event=Event.objects.get(key="also"), place=Place.objects.get(key="birch"), slot=True)
    Event.objects.filter(key=EVENT).update(clause="government forces captured {place} with Birch")
    assert seen(client)["step"].happenings[0].keys == ("also", EVENT)
    page = text(client)
    for label in (
        "Sources: Birch",
        "Sources: Amber",
        'Sources<span class="sr-only">: Rebels set fire to the mill</span>',
    ):
        assert f">{label}</a>" in page


def test_a_line_without_a_place_in_its_clause_is_told_apart_by_its_text(client: Client) -> None:
    assert "Sources: " not in text(client)


# --- Why it stands where it does ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "chapter", "notes"),
    [
        ("2014-01-01", "before-first", []),
        (
            "2014-01",
            "before-first",
            ["The documents give no exact day, so this is told at the first that is possible."],
        ),
        ("[..2014-01-01]", "before-first", ["The documents give only a latest day; this is told by then."]),
        ("", "undated", ["No document dates this. It is told here only so that nothing is left out."]),
    ],
)
def test_a_step_without_an_exact_day_says_why_it_stands_here(
    client: Client, day: str, chapter: str, notes: list[str]
) -> None:
    make.ClaimFactory(date=day)
    assert seen(client, chapter)["notes"] == notes


def test_an_order_that_no_document_gives_is_said_to_be_open(client: Client) -> None:
    make.ClaimFactory(date="2014-01-02", event=make.EventFactory(key="zz"))
    assert seen(client, step=2)["notes"] == [
        "Order not settled: no document says which came first, this or the step before."
    ]
    assert '<span class="tag">order not settled</span>' in text(client, step=2)
    assert "order not settled" not in text(client, step=3)


def test_days_and_an_order_on_which_sources_differ_are_said_to_be_so(client: Client) -> None:
    make.ClaimFactory(event=first_event(), source=make.SourceFactory(), date="2014-01-09")
    assert seen(client)["notes"] == ["Sources give different days; this is told at the first of them."]
    assert seen(client, step=2)["notes"] == [
        "Order not settled: sources differ on which came first, this or the step before."
    ]


# --- Where --------------------------------------------------------------------------------------


def states(client: Client, chapter: str, step: int) -> dict[str, str]:
    """The places marked, by what they are to the step."""
    return {spot.mark.key: spot.mark.state for spot in seen(client, chapter, step)["map"].spots}


def test_the_map_marks_the_step_the_last_ones_and_what_was_before(client: Client) -> None:
    keys = [town.lower() for town in TOWNS[:8]]
    assert states(client, "first", 1) == {keys[0]: "now"}
    assert states(client, "first", 8) == {
        **dict.fromkeys(keys[:3], ""),
        **dict.fromkeys(keys[3:7], "before"),
        keys[7]: "now",
    }
    assert states(client, "second", 1) == {TOWNS[20].lower(): "now"}


def test_towns_that_every_map_names_are_on_it_quietly_until_a_step_tells_of_them(client: Client) -> None:
    make.PlaceFactory(key="yabroud", name="Yabroud", latitude="33.75000", longitude="36.50000", coordinates_from="test")
    before = {spot.mark.key: spot.mark.quiet for spot in seen(client)["map"].spots}
    assert before == {TOWNS[0].lower(): False, "yabroud": True}
    placed_at(Place.objects.get(key="yabroud"))
    assert {spot.mark.key for spot in seen(client)["map"].spots if spot.mark.quiet} == set()


def test_pages_of_events_and_places_lead_to_their_step(client: Client) -> None:
    event, place = Event.objects.get(key="elm-captured"), Place.objects.get(key="elm")
    link = f'<a href="{at("first", 5)}">'
    for page in (event, place):
        assert client.get(page.get_absolute_url()).content.decode().count(link) == 1
    nowhere = make.PlaceFactory()
    assert "/story/first" not in client.get(nowhere.get_absolute_url()).content.decode()


def test_a_chapter_of_the_timeline_leads_to_its_first_step(client: Client) -> None:
    told = client.get("/chronicle/?chapter=second").content.decode()
    assert told.count(f'<a href="{at("second", 1)}">') == 1
    assert at("second", 1) not in client.get("/chronicle/?q=captured").content.decode()


def test_the_ground_stays_where_it_is_within_a_chapter(client: Client) -> None:
    frames = {seen(client, "first", step)["map"].frame for step in (1, 7, 20)}
    assert len(frames) == 1
    (frame,) = frames
    assert frame.height <= TALLEST
    assert frame != seen(client, "second", 1)["map"].frame


def test_names_of_places_gone_by_give_way_to_others(client: Client) -> None:
    for n, town in enumerate(TOWNS[:5]):
        Place.objects.filter(key=town.lower()).update(latitude=f"{33.7 + 0.001 * n:.5f}")
    spots = seen(client, "first", 5)["map"].spots
    assert [(spot.mark.key, spot.mark.state) for spot in spots][-1] == ("elm", "now")
    named = [spot for spot in spots if spot.label]
    assert spots[-1] in named
    assert len(named) < len(spots)
    gone = [spot for spot in named if spot.mark.state == "before"]
    boxes = [(spot.number, box) for spot in spots for box in spot.boxes]
    assert [s.number for s in gone for n, box in boxes if n != s.number and s.label.box.overlap(box)] == []


@pytest.mark.parametrize(
    ("lat", "lon", "side"),
    [("33.50000", "36.50000", "south"), ("34.72000", "37.20000", "north-east"), ("33.78000", "35.90000", "west")],
)
def test_a_place_beyond_the_map_is_told_in_words(client: Client, lat: str, lon: str, side: str) -> None:
    before = seen(client)["map"].frame
    assert not GROUND.holds(float(lat), float(lon))
    placed_at(make.PlaceFactory(name="Farville", latitude=lat, longitude=lon, coordinates_from="a test"))
    now = seen(client)
    assert now["map"].frame == before
    assert [(site.name, site.remark) for site in now["sites"]] == [
        ("Amber", ""),
        ("Farville", f"beyond this map, to the {side}"),
    ]


def test_a_place_in_a_town_is_shown_at_the_town(client: Client) -> None:
    placed_at(make.PlaceFactory(name="Old mill", lies_in=Place.objects.get(key="birch")), Role.NEAR)
    now = seen(client)
    assert [(site.role, site.name, site.remark) for site in now["sites"]] == [
        ("", "Amber", ""),
        ("near", "Old mill", "shown at Birch"),
    ]
    assert states(client, "first", 1) == {"amber": "now", "birch": "now"}


def test_places_between_which_it_was_are_joined(client: Client) -> None:
    for key in ("birch", "cedar"):
        placed_at(Place.objects.get(key=key), Role.BETWEEN)
    assert [(site.role, site.name) for site in seen(client)["sites"]] == [
        ("", "Amber"),
        ("between", "Birch"),
        ("and", "Cedar"),
    ]


def test_one_place_alone_is_not_between(client: Client) -> None:
    placed_at(Place.objects.get(key="birch"), Role.BETWEEN)
    assert [(site.role, site.name) for site in seen(client)["sites"]] == [("", "Amber"), ("near", "Birch")]


def test_a_place_only_mentioned_is_named_and_not_marked(client: Client) -> None:
    placed_at(Place.objects.get(key="birch"), Role.MENTIONED)
    now = seen(client)
    assert [site.name for site in now["named"]] == ["Birch"]
    assert states(client, "first", 1) == {"amber": "now"}


def test_without_coordinates_the_map_stays_and_the_words_say_why(client: Client) -> None:
    no_place = "No place with known coordinates: the map marks nothing new."
    assert no_place not in text(client)
    frame = seen(client)["map"].frame
    Place.objects.filter(key="birch").update(latitude=None, longitude=None, coordinates_from="")
    assert no_place in text(client, step=2)
    assert states(client, "first", 2) == {"amber": "before"}
    assert seen(client, step=2)["map"].frame == frame
    assert "(no known coordinates)" in text(client, step=2)


def test_a_step_without_any_place_says_so(client: Client) -> None:
    make.ClaimFactory(date="2014-01-01")
    assert "No place is given where this happened: the map marks nothing new." in text(client, "before-first")
    assert seen(client, "before-first")["map"].spots == ()


# --- Ways on ------------------------------------------------------------------------------------


def test_steps_lead_to_each_other_and_from_chapter_to_chapter(client: Client) -> None:
    ways = {(chapter, n): seen(client, chapter, n) for chapter, n in [("first", 1), ("first", 20), ("second", 1)]}
    assert (ways["first", 1]["before"], ways["first", 1]["after"]) == (Way(), Way(at("first", 2), "Next"))
    assert ways["first", 20]["before"] == Way(at("first", 19), "Previous")
    assert ways["first", 20]["after"] == Way(at("second", 1), "Next chapter: Second phase")
    assert ways["second", 1]["before"] == Way(at("first", 20), "Previous chapter")
    last = seen(client, "second", 20)
    assert last["after"] == Way()
    page = text(client, "second", 20)
    assert f'<a class="button" href="{LIST}">All chapters</a>' in page
    assert 'rel="next"' not in page
    assert 'rel="prev"' not in text(client)


def test_days_lead_to_their_first_step_and_the_present_one_is_marked(client: Client) -> None:
    january, february = seen(client, step=2)["months"]
    assert january == Month(
        "January 2014",
        tuple(
            (day, f"{day} January 2014", n, n == 2) for n, day in enumerate((2, 5, 8, 11, 14, 17, 20, 23, 26, 29), 1)
        ),
    )
    assert (february.name, february.days[0]) == ("February 2014", (1, "1 February 2014", 11, False))
    there = at("first", 2)
    link = f'href="{there}" hx-get="{there}" hx-push-url="true" aria-label="5 January 2014" aria-current="date">5</a>'
    assert link in text(client, step=2)


def test_a_chapter_without_days_has_none_to_jump_to(client: Client) -> None:
    make.ClaimFactory(date="")
    assert seen(client, "undated")["months"] == []
    assert "Jump to a day" not in text(client, "undated")
    assert date(2014, 1, 2) in story(chronicle()).chapters[0].days()


def test_htmx_gets_the_step_alone_with_its_title_and_what_is_said(client: Client) -> None:
    whole = client.get(at("first", 2))
    response = client.get(at("first", 2), headers={"HX-Request": "true"})
    page = response.content.decode()
    assert "<html" not in page
    assert page.startswith("<title>Step 2 of 20, First phase · Qalamoun</title>")
    assert '<div id="status" hx-swap-oob="innerHTML">Step 2 of 20, First phase</div>' in page
    assert '<h1 id="when" tabindex="-1" autofocus' in page
    assert whole.headers["Vary"] == response.headers["Vary"]
    assert "HX-Request" in response.headers["Vary"]


# --- What it costs ------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [LIST, at("first", 1), at("first", 20)])
def test_a_page_costs_one_query_however_much_is_told(client: Client, address: str) -> None:
    for more in (1, 3):
        for _ in range(more):
            event = make.EventFactory()
            make.ClaimFactory(event=event, date="2014-01-02", voice=make.ActorFactory())
            make.EventPlaceFactory(event=event, place=Place.objects.get(key="amber"))
            client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) == 1
