"""Maps on the pages: what they show, what they say to those who don't see them, what they weigh."""

import gzip
import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from quiz.cartography.projection import HEART, REGION, Frame, around
from quiz.gazetteer import Gazetteer
from quiz.gazetteer import Place as GazetteerPlace
from quiz.models import Event, EventPlace, Place, Role
from quiz.questions.question import Shape
from quiz.views.maps import Mark, drawing, points
from quiz.views.place_maps import FURTHEST_KM, NEIGHBOURS, overview, surroundings
from quiz.views.shapes import chart
from tests import factories as make
from tests.views.conftest import Seat
from tests.views.test_shapes import PINS

QARA = Mark("qara", "Qara", "قارة", 34.15558, 36.74284, url="/places/qara/")
YABROUD = Mark("yabroud", "Yabroud", "يبرود", 33.96921, 36.65729, url="/places/yabroud/")


def html(*marks: Mark, name: str = "") -> str:
    return render_to_string("quiz/maps/_map.html", {"map": drawing(marks, HEART, name=name)})


def placed(key: str, lat: float, lon: float) -> Place:
    place: Place = make.PlaceFactory(
        key=key, name=key.title(), kind="town", latitude=lat, longitude=lon, coordinates_from="A gazetteer"
    )
    return place


def gazetteer(*places: tuple[str, float | None, float | None]) -> Gazetteer:
    return Gazetteer(GazetteerPlace(key, key.title(), "town", lat=lat, lon=lon) for key, lat, lon in places)


# --- One map --------------------------------------------------------------------------------------


def test_a_map_with_a_name_is_a_picture_and_one_without_is_left_to_the_text_beside_it() -> None:
    named, plain = html(QARA, name="Map: Qara"), html(QARA)
    assert 'role="img" aria-label="Map: Qara"' in named
    assert 'aria-hidden="true"' not in named
    assert 'aria-hidden="true"' in plain
    assert "role=" not in plain


def test_a_link_of_a_map_is_left_out_of_the_order_of_tabs_as_the_list_has_it_too() -> None:
    assert re.findall(r"<a [^>]*places[^>]*>", html(QARA)) == ['<a href="/places/qara/" tabindex="-1">']
    badged = Mark("qara", "Qara", "", QARA.lat, QARA.lon, badge="1", url="/places/qara/")
    assert re.findall(r"<a [^>]*places[^>]*>", html(badged)) == ['<a href="/places/qara/" tabindex="-1">']


def test_a_map_credits_its_data_and_disclaims_fronts() -> None:
    shown = html(QARA)
    for text in ("© OpenStreetMap contributors (ODbL)", "border approximate", "GSHHG", "not fronts", "schematic"):
        assert text in shown
    assert f'href="{reverse("quiz:about")}#credits"' in shown


def test_a_map_has_no_ids_as_a_page_may_hold_several() -> None:
    assert " id=" not in html(QARA, YABROUD)


def test_right_and_wrong_pins_are_told_apart_by_shape() -> None:
    pins = [Mark("a", "A", "", 34, 36.5, "A", "right"), Mark("b", "B", "", 33.9, 36.5, "B", "wrong")]
    right, wrong = re.findall(r'<g class="pin (?:right|wrong)".*?</g>', html(*pins), re.DOTALL)
    assert ('<circle class="head"' in right, '<rect class="head"' in right) == (True, False)
    assert ('<circle class="head"' in wrong, '<rect class="head"' in wrong) == (False, True)
    assert re.findall(r'class="sign" d="([^"]+)"', right) != re.findall(r'class="sign" d="([^"]+)"', wrong)


def test_numbers_keep_their_points_in_a_language_that_writes_commas() -> None:
    with translation.override("de"):
        assert html(QARA).count(",") == html(QARA).count(", ")


def test_names_are_shown_as_text() -> None:
    shown = html(Mark("qara", "<b>x</b>", "<i>y</i>", QARA.lat, QARA.lon), name='"><script>')
    assert not re.search(r"<b>x|<i>y|<script>", shown)


@pytest.mark.parametrize("frame", [REGION, HEART])
def test_a_map_with_all_that_it_can_hold_weighs_at_most_20_kb(frame: Frame) -> None:
    many = [Mark(f"m{n}", f"Place {n}", "مكان", 33.7 + n / 100, 36.3 + n / 100, badge=str(n)) for n in range(50)]
    shown = render_to_string("quiz/maps/_map.html", {"map": drawing(many, frame)})
    assert len(gzip.compress(shown.encode())) < 20_000


def test_the_map_of_a_question_weighs_little() -> None:
    shown = render_to_string("quiz/maps/_map.html", {"map": chart(PINS, picks=True)})
    assert len(gzip.compress(shown.encode())) < 5_000


def test_points_are_those_of_the_marks() -> None:
    assert points([QARA, YABROUD]) == [(QARA.lat, QARA.lon), (YABROUD.lat, YABROUD.lon)]
    assert around(points([QARA, YABROUD])).holds(QARA.lat, QARA.lon)


# --- Questions ------------------------------------------------------------------------------------


def test_a_question_offers_each_place_with_its_position_and_the_same_map_whichever_is_right(
    client: Client, seat: Seat
) -> None:
    asked = seat(Shape.PIN)
    page = client.get(reverse("quiz:question-detail", args=[asked.sitting.token, 1])).content.decode()
    positions = re.findall(r'<small class="position">(.*?)</small>', page)
    assert len(positions) == len(set(positions)) == len(asked.question.options)
    assert page.count('<g class="pin" data-choice="') == len(asked.question.options)
    names = "|".join(option.text for option in asked.question.options)
    assert re.findall(rf"<text x=[^>]*>({names})<", page) == []


def test_feedback_names_the_right_pin_and_the_chosen_one(client: Client, seat: Seat) -> None:
    asked = seat(Shape.PIN)
    url = reverse("quiz:question-detail", args=[asked.sitting.token, 1])
    page = client.post(url, {"token": asked.token, "choice": 0}, follow=True).content.decode()
    assert page.count('<g class="pin right">') == page.count('<g class="pin wrong">') == 1
    assert "data-choice" not in page
    shown = dict(re.findall(r'<g class="pin (right|wrong)">.*?<text x=[^>]*>(.*?)<', page, re.DOTALL))
    assert shown == {"right": asked.question.options[2].text, "wrong": asked.question.options[0].text}


# --- Places ---------------------------------------------------------------------------------------


def test_the_places_page_shows_all_places_on_two_maps(client: Client) -> None:
    placed("qara", 34.15558, 36.74284)
    placed("homs", 34.72405, 36.72559)
    heart, region = client.get(reverse("quiz:place-list")).context["maps"]
    assert [spot.mark.key for spot in heart.spots] == ["qara"]
    assert {spot.mark.key for spot in region.spots} == {"qara", "homs"}
    assert (heart.box, region.box is None) == (None, False)


def test_without_any_coordinates_there_is_no_map_of_the_places(client: Client) -> None:
    Place.objects.update(latitude=None, longitude=None, coordinates_from="")
    assert client.get(reverse("quiz:place-list")).context["maps"] == []


def test_a_place_that_the_larger_map_links_is_no_link_on_the_smaller_one() -> None:
    heart, region = overview(gazetteer(("qara", QARA.lat, QARA.lon), ("homs", 34.72405, 36.72559)))
    assert [bool(spot.mark.url) for spot in heart.spots] == [True]
    assert {spot.mark.key: bool(spot.mark.url) for spot in region.spots} == {"qara": False, "homs": True}


def test_two_places_too_near_for_two_targets_are_no_links_on_the_map() -> None:
    heart, _region = overview(gazetteer(("one", 34.0, 36.5), ("two", 34.0, 36.52), ("three", 33.8, 36.5)))
    assert {spot.mark.key: bool(spot.mark.url) for spot in heart.spots} == {"one": False, "two": False, "three": True}


def test_a_place_is_told_with_its_neighbours_nearest_first(client: Client) -> None:
    for key, lat, lon in (("qara", 34.15558, 36.74284), ("yabroud", 33.96921, 36.65729), ("homs", 34.72405, 36.72559)):
        placed(key, lat, lon)
    placed("nabk", 34.02403, 36.72848)
    found = client.get(reverse("quiz:place-detail", args=["qara"])).context["surroundings"]
    assert [(one.name, one.km, one.towards) for one in found.neighbours] == [
        ("Nabk", 15, "south"),
        ("Yabroud", 22, "south"),
    ]
    assert [(spot.mark.key, spot.mark.state) for spot in found.map.spots][-1] == ("qara", "now")


def test_only_the_nearest_neighbours_are_told_and_none_from_far() -> None:
    crowd = [(f"m{n}", 34.0 + n / 200, 36.5) for n in range(NEIGHBOURS + 3)]
    found = surroundings(gazetteer(*crowd, ("far", 34.0 + (FURTHEST_KM + 1) / 111, 36.5)), "m0")
    assert found is not None
    assert [one.name for one in found.neighbours] == [f"M{n}" for n in range(1, NEIGHBOURS + 1)]
    assert found.neighbours[0].km == 1
    alone = surroundings(gazetteer(("here", 34.0, 36.5), ("far", 34.5, 36.5)), "here")
    assert alone is not None
    assert alone.neighbours == ()


def test_a_place_without_coordinates_says_so_and_has_no_map(client: Client) -> None:
    make.PlaceFactory(key="bkhaa", name="Bkhaa")
    page = client.get(reverse("quiz:place-detail", args=["bkhaa"])).content.decode()
    assert "it is on no map" in page
    assert 'class="map"' not in page


# --- Events ---------------------------------------------------------------------------------------


def event_page(client: Client, *places: tuple[Place, Role]) -> str:
    event = Event.objects.get(key="amber-captured")
    event.places.all().delete()
    for place, role in places:
        make.EventPlaceFactory(event=event, place=place, role=role)
    assert EventPlace.objects.filter(event=event).count() == len(places)
    return client.get(reverse("quiz:event-detail", args=[event.key])).content.decode()


def test_an_event_shows_its_places_on_a_map_that_tells_where_they_are(client: Client) -> None:
    page = event_page(
        client,
        (placed("qara", 34.15558, 36.74284), Role.AT),
        (placed("yabroud", 33.96921, 36.65729), Role.MENTIONED),
    )
    assert re.findall(r'class="dot [^"]*?(now)?">', page) == ["now", ""]
    (told,) = re.findall(r'role="img" aria-label="(.*?)"', page)
    assert told.startswith("Map: Qara (Syria: 29\u00a0km south of Hisya, ")
    assert "; Yabroud (Syria: " in told


def test_a_building_is_shown_where_its_town_lies_once(client: Client) -> None:
    town = placed("maaloula", 33.84529, 36.54514)
    convent = make.PlaceFactory(key="convent", name="the convent", kind="building", lies_in=town)
    page = event_page(client, (town, Role.MENTIONED), (convent, Role.AT))
    assert page.count('<circle class="place"') == page.count('<circle class="ring"') == 1
    assert "Map: Maaloula (" in page


def test_an_event_whose_places_nobody_can_point_to_has_no_map(client: Client) -> None:
    page = event_page(client, (make.PlaceFactory(), Role.AT))
    assert 'class="map"' not in page
