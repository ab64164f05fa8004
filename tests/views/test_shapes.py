"""What the forms of the shapes show: pins where they lie, gaps with their names, the years to pick from."""

import re

from django.test import Client
from django.urls import reverse

from quiz.models import AskedQuestion
from quiz.questions.question import Option, Shape
from quiz.study.facts import chronicle
from quiz.views.shapes import chart, spots, years
from quiz.views.whereabouts import position
from tests.views.conftest import Seat

PINS = [
    Option("Yabroud", place="yabroud", lat=33.96921, lon=36.65729),
    Option("Arsal", place="arsal", lat=34.17944, lon=36.42083),
    Option("Damascus", place="damascus", lat=33.5102, lon=36.29128),
]


def test_without_all_coordinates_there_is_no_map() -> None:
    assert chart([]) is None
    assert chart([*PINS, Option("nowhere")]) is None
    assert chart([*PINS, Option("nowhere", lat=34.0)]) is None


def test_a_pin_keeps_its_letter_and_its_state() -> None:
    found = chart(PINS, ["", "right", "wrong"])
    assert found is not None
    assert [(spot.mark.badge, spot.mark.state) for spot in found.spots] == [("A", ""), ("B", "right"), ("C", "wrong")]


def test_before_the_answer_the_map_names_no_place_that_may_be_chosen() -> None:
    asking, told = chart(PINS, picks=True), chart(PINS, ["", "right", "wrong"])
    assert asking is not None
    assert told is not None
    assert [spot.label for spot in asking.spots] == [None, None, None]
    assert {option.text for option in PINS}.isdisjoint(label.text for label in asking.towns)
    assert [spot.label.text for spot in told.spots if spot.label] == ["Yabroud", "Arsal", "Damascus"]


def test_positions_are_told_from_towns_that_are_no_options() -> None:
    assert [spot.position for spot in spots([*PINS, Option("nowhere")])] == [
        "Syria: 26\u00a0km north of al-Qutayfah, 41\u00a0km east of Baalbek",
        "Lebanon: 24\u00a0km south of Hermel, 27\u00a0km north-east of Baalbek",
        "Syria: 38\u00a0km south-west of al-Qutayfah, 56\u00a0km south of Baalbek",
        "",
    ]


def test_beyond_the_known_ground_no_country_is_told() -> None:
    assert position(36.2, 37.16) == "169\u00a0km north of Homs"


def page(client: Client, seat: Seat, shape: Shape) -> str:
    asked = seat(shape)
    url = reverse("quiz:question-detail", args=[asked.sitting.token, 1])
    return re.sub(r"\s+", " ", client.get(url).content.decode())


def test_the_page_shows_each_pin_once_with_the_number_of_its_place(client: Client, seat: Seat) -> None:
    html = page(client, seat, Shape.PIN)
    pin = r'data-choice="(\d)".*?<text class="badge">(\w)</text>'
    assert re.findall(pin, html) == [(str(n), letter) for n, letter in enumerate("ABCDEF")]
    places = re.findall(r'name="choice" value="(\d)"><span class="option-text">(\w+) ', html)
    assert places == [(str(n), town) for n, town in enumerate(["Amber", "Birch", "Cedar", "Dune", "Elm", "Fern"])]


def test_the_years_to_pick_from_are_whole() -> None:
    assert [day.isoformat() for day in years(chronicle())] == ["2013-01-01", "2014-12-31"]


def feedback_on(client: Client, asked: AskedQuestion, **answer: object) -> str:
    url = reverse("quiz:question-detail", args=[asked.sitting.token, 1])
    html = client.post(url, {"token": asked.token, **answer}, follow=True).content.decode()
    return re.sub(r"\s+", " ", html)


def test_an_order_answered_rightly_is_not_told_place_by_place(client: Client, seat: Seat) -> None:
    asked = seat(Shape.ORDER)
    places = {f"place_{item}": place for place, item in enumerate(asked.question.key, 1)}
    assert feedback_on(client, asked, **places).count("You put it in place") == 0


def test_an_order_answered_backwards_has_no_run_in_sequence(client: Client, seat: Seat) -> None:
    asked = seat(Shape.ORDER)
    key = asked.question.key
    places = {f"place_{item}": len(key) + 1 - place for place, item in enumerate(key, 1)}
    html = feedback_on(client, asked, **places)
    assert (html.count("You put it in place"), html.count("in sequence"), html.count("in-run")) == (len(key), 0, 0)


def test_two_events_in_sequence_are_a_run(client: Client, seat: Seat) -> None:
    asked = seat(Shape.ORDER)
    first, second, *rest = asked.question.key
    places = {f"place_{item}": place for place, item in enumerate((second, first, *rest), 1)}
    assert feedback_on(client, asked, **places).count('class="in-run"') == len(asked.question.key) - 1
