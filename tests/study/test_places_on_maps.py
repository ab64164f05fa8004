"""The chronicle's own places and questions on the maps: no badge upon another, every position in words true."""

from collections.abc import Iterator
from io import StringIO
from math import cos, hypot, radians

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from quiz.cartography.bearings import WINDS, whereabouts
from quiz.cartography.ground import in_lebanon, towns
from quiz.cartography.projection import REGION, around
from quiz.cartography.spreading import DOT, RADIUS, overlaps, spread
from quiz.gazetteer import Place, apart_km
from quiz.questions.chronicle import Chronicle
from quiz.questions.making import make
from quiz.questions.question import Question
from quiz.study.facts import chronicle

SEEDS = (3, 8)


@pytest.fixture(scope="module")
def story(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Chronicle:
    """What the fixtures tell, read once; the database is left as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_chronicle", stdout=StringIO())
        found = chronicle()
        transaction.set_rollback(True)
    return found


def questions(story: Chronicle) -> Iterator[tuple[Question, list[tuple[float, float]]]]:
    """Questions that ask for a pin, of every event that has some, with their pins' latitudes and longitudes."""
    for event in sorted(story.events):
        for seed in SEEDS:
            question = make(story, "find-place", event, seed)
            if isinstance(question, Question):
                yield question, [(option.lat or 0.0, option.lon or 0.0) for option in question.options]


def known(story: Chronicle) -> list[Place]:
    return [place for place in story.gazetteer.places if place.lat is not None]


def test_no_two_badges_touch_and_none_hides_a_dot_in_any_question(story: Chronicle) -> None:
    asked = 0
    for question, points in questions(story):
        frame = around(points)
        spots = tuple(frame.xy(*point) for point in points)
        badges = spread(spots, frame.width, frame.height)
        assert overlaps(badges) == [], question.id
        assert [
            (n, m)
            for n, (x, y) in enumerate(badges)
            for m, (a, b) in enumerate(spots)
            if hypot(x - a, y - b) < RADIUS + DOT
        ] == [], question.id
        assert all(RADIUS <= x <= frame.width - RADIUS and RADIUS <= y <= frame.height - RADIUS for x, y in badges)
        asked += 1
    assert asked > 100


def test_the_pins_of_a_question_are_told_apart_in_words_and_never_from_each_other(story: Chronicle) -> None:
    for question, points in questions(story):
        keys = {option.place for option in question.options}
        told = [whereabouts(lat, lon, without=keys) for lat, lon in points]
        positions = [tuple((fix.town.key, fix.km, fix.wind) for fix in one.fixes) for one in told]
        assert len(set(positions)) == len(positions), question.id
        assert keys.isdisjoint(fix.town.key for one in told for fix in one.fixes)


def test_every_distance_and_direction_in_words_is_true(story: Chronicle) -> None:
    for place in known(story):
        lat, lon = place.lat or 0.0, place.lon or 0.0
        for fix in whereabouts(lat, lon, without={place.key}).fixes:
            town = Place(fix.town.key, fix.town.name, "town", lat=fix.town.lat, lon=fix.town.lon)
            assert apart_km(town, place) == pytest.approx(fix.km, abs=0.8)
            # Halfway along, the parallel is as long as its middle says: an independent way to the direction.
            east, north = (lon - fix.town.lon) * cos(radians((lat + fix.town.lat) / 2)), lat - fix.town.lat
            off = complex(north, east) / complex(cos(fix.wind * radians(360 / WINDS)), _sine(fix.wind))
            assert abs(off.imag) <= abs(off) * _sine(0.5) * 1.02 + 1e-9
            assert off.real > 0


def _sine(wind: float) -> float:
    return cos(radians(90 - wind * 360 / WINDS))


def test_two_towns_fix_a_place_across_not_in_line(story: Chronicle) -> None:
    for place in known(story):
        fixes = whereabouts(place.lat or 0.0, place.lon or 0.0, without={place.key}).fixes
        assert len(fixes) == 2
        assert fixes[0].km <= fixes[1].km


def test_every_place_lies_on_the_side_of_the_border_that_the_documents_say(story: Chronicle) -> None:
    places = story.gazetteer
    sides = {place.key: in_lebanon(place.lat or 0.0, place.lon or 0.0) for place in known(story)}
    assert sides == {place.key: "lebanon" in places.lineage(place.key) for place in known(story)}
    assert sides["tfail"]  # in the salient, where coarser borders put it on the line


def test_every_place_lies_on_the_map_of_the_region(story: Chronicle) -> None:
    assert [place.key for place in known(story) if not REGION.holds(place.lat or 0.0, place.lon or 0.0)] == []


def test_a_town_for_orientation_lies_where_the_chronicle_knows_it(story: Chronicle) -> None:
    places = story.gazetteer
    shared = {town.key: (town.lat, town.lon) for town in towns() if town.key in places}
    assert shared == {key: (places[key].lat, places[key].lon) for key in shared}
    assert set(shared) == {"damascus", "homs"}
