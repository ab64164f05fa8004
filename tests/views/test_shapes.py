"""What the forms of the shapes show: pins where they lie, gaps with their names, the years to pick from."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from quiz.models import AskedQuestion
from quiz.questions.question import Option, Shape
from quiz.study.facts import chronicle
from quiz.views.shapes import FOOT, LOWEST, MARGIN, TALLEST, WIDTH, sketch, years
from tests.views.conftest import Seat

KM = 1 / 111.195
"""Degrees of latitude in a kilometre."""


def pins(*places: tuple[float, float]) -> list[Option]:
    """Pins so many kilometres north and east of 34° N, 36° E."""
    shrunk = 0.829  # the cosine of 34°
    return [Option("x", lat=34 + north * KM, lon=36 + east * KM / shrunk) for north, east in places]


def where(*places: tuple[float, float]) -> list[tuple[str, int, int]]:
    found = sketch(pins(*places))
    assert found is not None
    return [(pin.letter, pin.x, pin.y) for pin in found.pins]


def test_north_is_up_east_is_right_and_a_kilometre_is_as_long_either_way() -> None:
    (a, ax, ay), (b, bx, by), (c, cx, cy) = where((0, 0), (10, 0), (0, 10))
    assert (a, b, c) == ("A", "B", "C")
    assert (ax, ay) == (bx, cy)
    assert cx - ax == pytest.approx(ay - by, abs=1)
    assert cx > ax


@pytest.mark.parametrize(
    ("north", "east"), [(0, 20), (20, 0), (5, 60), (60, 5), (100, 100), (0, 0), (0.5, 0.2), (300, 10)]
)
def test_all_pins_lie_within_the_margins(north: float, east: float) -> None:
    found = sketch(pins((0, 0), (north, east), (north / 3, east / 2)))
    assert found is not None
    ground = found.height - FOOT
    assert LOWEST <= ground <= TALLEST + 1
    assert all(MARGIN <= pin.x <= WIDTH - MARGIN and MARGIN <= pin.y <= ground - MARGIN for pin in found.pins)


@pytest.mark.parametrize(("east", "bar_km"), [(5, 1), (20, 5), (60, 20), (150, 50), (600, 100)])
def test_the_scale_bar_is_a_round_length_and_true(east: float, bar_km: int) -> None:
    found = sketch(pins((0, 0), (0, east)))
    assert found is not None
    across = found.pins[1].x - found.pins[0].x
    assert (found.bar_km, found.bar) == (bar_km, pytest.approx(across * bar_km / east, abs=1.5))
    assert 0 < found.bar_from < found.bar_from + found.bar < WIDTH


def test_without_all_coordinates_there_is_no_sketch() -> None:
    assert sketch([]) is None
    assert sketch([*pins((0, 0)), Option("nowhere")]) is None
    assert sketch([*pins((0, 0)), Option("nowhere", lat=34.0)]) is None


def test_a_pin_keeps_its_state() -> None:
    found = sketch(pins((0, 0), (1, 1), (2, 2)), ["", "right", "wrong"])
    assert found is not None
    assert [pin.state for pin in found.pins] == ["", "right", "wrong"]


def page(client: Client, seat: Seat, shape: Shape) -> str:
    asked = seat(shape)
    url = reverse("quiz:question-detail", args=[asked.sitting.token, 1])
    return re.sub(r"\s+", " ", client.get(url).content.decode())


def test_the_page_shows_each_pin_once_with_the_number_of_its_place(client: Client, seat: Seat) -> None:
    html = page(client, seat, Shape.PIN)
    assert re.findall(r'data-choice="(\d)"[^>]*><circle r="17"/><text>(\w)</text>', html) == [
        (str(n), letter) for n, letter in enumerate("ABCDEF")
    ]
    places = re.findall(r'name="choice" value="(\d)"><span class="option-text">(\w+)</span>', html)
    assert places == [(str(n), town) for n, town in enumerate(["Amber", "Birch", "Cedar", "Dune", "Elm", "Fern"])]


def test_each_gap_says_what_it_lies_between(client: Client, seat: Seat) -> None:
    html = page(client, seat, Shape.GAP)
    names = re.findall(r'value="(\d)"><span class="option-text">(.*?)</span></span>', html)
    amber, birch, dune = (f"Government forces captured {town}" for town in ("Amber", "Birch", "Dune"))
    here = 'Here<span class="sr-only">'
    assert names == [
        ("0", f"{here}, before: {amber}"),
        ("1", f"{here}, between: {amber}; and: {birch}"),
        ("2", f"{here}, between: {birch}; and: {dune}"),
        ("3", f"{here}, after: {dune}"),
    ]
    assert re.findall(r'<li class="stop">(.*?)</li>', html) == [amber, birch, dune]


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
