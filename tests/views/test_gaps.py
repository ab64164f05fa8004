"""The line into which an event is to be put: its gaps, its stops with their dates, and the event itself."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from quiz.questions.question import Facet, Option, Question, Shape
from quiz.views.gaps import Gap, Stop, gaps, placing
from tests import factories as make
from tests.views.conftest import Seat


def asking(stem: str) -> Question:
    return make.question("amber", shape=Shape.GAP, facet=Facet.SEQUENCE, stem=stem)


def test_a_line_has_a_gap_before_after_and_between() -> None:
    one, other = Option("Rain fell", "Rain fell (3 May 2014)."), Option("Snow fell", "Snow fell (1 June 2014).")
    rain, snow = Stop("Rain fell", one.note, "3 May 2014"), Stop("Snow fell", other.note, "1 June 2014")
    assert gaps([one, other]) == (Gap(None, rain), Gap(rain, snow), Gap(snow, None))


def test_a_stop_has_the_date_that_follows_it_in_its_note_and_no_other() -> None:
    told = {
        "Rain (much) fell": "Rain (much) fell (in May 2014).",
        "Snow fell": "",
        "Hail fell": "On 3 May 2014 hail fell.",
        "Sleet fell": "According to a witness, Sleet fell (3 May 2014).",
    }
    dates = [gap.after.date for gap in gaps([Option(*one) for one in told.items()]) if gap.after]
    assert dates == ["in May 2014", "", "", ""]


def test_the_event_to_be_placed_is_what_follows_the_first_colon_of_the_stem() -> None:
    one = placing(asking("Where does this belong: a man said: it rains?"))
    assert (one.asks, one.event) == ("Where does this belong", "a man said: it rains")


def test_a_stem_without_colon_is_told_as_a_whole() -> None:
    assert placing(asking("Where does the rain belong?")).event == ""


@pytest.fixture
def html(client: Client, seat: Seat) -> str:
    """The page of a question of this shape, its blanks as single ones."""
    address = reverse("quiz:question-detail", args=[seat(Shape.GAP).sitting.token, 1])
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_each_gap_says_after_what_it_lies(html: str) -> None:
    names = re.findall(r'value="(\d)"><span class="option-text">(.*?)</span>', html)
    amber, birch, dune = (f"Government forces captured {town}" for town in ("Amber", "Birch", "Dune"))
    assert names == [
        ("0", "Before all of these"),
        ("1", f"After: {amber}"),
        ("2", f"After: {birch}"),
        ("3", "After all of these"),
    ]
    assert re.findall(r'<li class="stop">(.*?)</li>', html) == [amber, birch, dune]


def test_the_event_to_be_placed_stands_apart_from_what_is_asked_of_it(html: str) -> None:
    assert 'belong<span class="sr-only">: government forces captured Cedar</span>?</h1>' in html
    assert '<span class="event-text">Government forces captured Cedar</span>' in html
