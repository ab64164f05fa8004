"""Where a place lies in words: from which towns, how far, in which direction, on which side of the border."""

import pytest

from quiz.cartography.bearings import WELL_KNOWN, way, whereabouts
from quiz.cartography.ground import towns

YABROUD = (33.96921, 36.65729)


def told(lat: float, lon: float, *without: str) -> list[tuple[str, int, int]]:
    return [(fix.town.key, fix.km, fix.wind) for fix in whereabouts(lat, lon, without=without).fixes]


def test_a_place_is_told_from_the_nearest_town_and_from_one_across() -> None:
    assert told(*YABROUD) == [("al-qutayfah", 26, 0), ("baalbek", 41, 2)]


def test_a_town_that_is_asked_about_is_not_told_from() -> None:
    assert told(*YABROUD, "al-qutayfah", "baalbek") == [("hisya", 50, 4)]


def test_a_town_nearly_in_line_with_the_first_gives_no_second_bearing() -> None:
    assert told(*YABROUD, "al-qutayfah", "baalbek", "hisya") == [("hermel", 54, 3), ("damascus", 61, 1)]


def test_where_one_town_is_left_it_is_the_only_one() -> None:
    assert told(*YABROUD, *(key for key in WELL_KNOWN if key != "homs")) == [("homs", 84, 4)]


def test_without_a_town_there_is_no_position() -> None:
    with pytest.raises(ValueError, match="no town left"):
        whereabouts(*YABROUD, without=WELL_KNOWN)


@pytest.mark.parametrize(
    ("lat", "lon", "side"), [(33.97, 36.66, False), (34.18, 36.42, True), (33.85, 36.368, True), (36.2, 37.16, None)]
)
def test_a_place_lies_on_one_side_or_beyond_what_is_known(lat: float, lon: float, side: bool | None) -> None:
    assert whereabouts(lat, lon).in_lebanon is side


@pytest.mark.parametrize(
    ("north", "east", "km", "turn"),
    [(0.1, 0, 11.12, 0), (0, 0.1, 9.22, 90), (-0.1, 0, 11.12, 180), (0, -0.1, 9.22, 270)],
)
def test_a_way_has_a_length_and_a_direction(north: float, east: float, km: float, turn: float) -> None:
    assert way((34, 36), (34 + north, 36 + east)) == (pytest.approx(km, abs=0.01), pytest.approx(turn))


def test_every_well_known_town_is_on_the_ground() -> None:
    assert set(WELL_KNOWN) <= {town.key for town in towns()}
