"""From degrees to units: north up, true to scale, frames that hold their points."""

from math import atan2, cos, degrees, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.cartography.projection import (
    EXTENT,
    HEART,
    KM_PER_DEGREE,
    LEAST_KM,
    LOWEST,
    MARGIN,
    REGION,
    SHRINK,
    TALLEST,
    WIDTH,
    Frame,
    around,
)

DAMASCUS, HOMS, YABROUD = (33.5102, 36.29128), (34.72405, 36.72559), (33.96921, 36.65729)
SPOTS = st.tuples(st.floats(33.55, 34.65), st.floats(35.95, 37.15))


def test_north_is_up_and_east_is_right() -> None:
    x, y = HEART.xy(34.0, 36.5)
    north, east = HEART.xy(34.1, 36.5), HEART.xy(34.0, 36.6)
    assert north == (x, pytest.approx(y - 0.1 * HEART.per_degree))
    assert east == (pytest.approx(x + 0.1 * HEART.per_degree * SHRINK), y)


@pytest.mark.parametrize("frame", [HEART, REGION])
def test_the_corners_of_a_frame_are_the_corners_of_its_map(frame: Frame) -> None:
    assert frame.xy(frame.north, frame.west) == (0, 0)
    x, y = frame.xy(frame.south, frame.east)
    assert (x, y) == (pytest.approx(WIDTH), pytest.approx(frame.height, abs=0.5))


def test_a_kilometre_is_as_long_either_way() -> None:
    (x, y), (right, _), (_, up) = HEART.xy(34, 36.5), HEART.xy(34, 36.6), HEART.xy(34.1, 36.5)
    assert (right - x) * HEART.km_per_unit == pytest.approx(0.1 * KM_PER_DEGREE * SHRINK)
    assert (y - up) * HEART.km_per_unit == pytest.approx(0.1 * KM_PER_DEGREE)


@given(SPOTS)
def test_a_point_comes_back_from_its_units(spot: tuple[float, float]) -> None:
    assert REGION.at(*REGION.xy(*spot)) == pytest.approx(spot)


def test_the_region_holds_the_theatre_and_the_heart_its_mountains() -> None:
    assert all(REGION.holds(*spot) for spot in (DAMASCUS, HOMS, YABROUD, (34.00583, 36.21806), (33.72488, 36.1005)))
    assert (HEART.holds(*YABROUD), HEART.holds(*DAMASCUS), HEART.holds(*HOMS)) == (True, False, False)
    assert all(REGION.holds(*corner) for corner in ((HEART.south, HEART.west), (HEART.north, HEART.east)))


@given(st.lists(SPOTS, min_size=1, max_size=8))
def test_a_fitted_map_holds_its_points_away_from_its_edges(spots: list[tuple[float, float]]) -> None:
    frame = around(spots)
    assert LOWEST - 1 <= frame.height <= TALLEST + 1
    assert frame.km_per_unit * WIDTH >= LEAST_KM - 1e-6
    for x, y in (frame.xy(*spot) for spot in spots):
        assert MARGIN - 0.6 <= x <= WIDTH - MARGIN + 0.6
        assert MARGIN - 0.6 <= y <= frame.height - MARGIN + 1


def test_a_fitted_map_stays_on_the_known_ground_where_its_points_allow_it() -> None:
    frame = around([DAMASCUS, (33.6, 36.0)])
    assert frame.south >= EXTENT[2] - 1e-9
    far = around([(33.41, 36.3)])
    assert far.south < EXTENT[2]


def test_a_map_of_nothing_has_no_frame() -> None:
    with pytest.raises(ValueError, match="no frame"):
        around([])


@pytest.mark.parametrize(("least_km", "bar_km"), [(3, 1), (26, 5), (60, 10), (100, 20), (1000, 100)])
def test_the_scale_bar_is_a_round_length_and_true(least_km: float, bar_km: int) -> None:
    frame = around([YABROUD], least_km=least_km)
    (x, _), (right, _) = frame.xy(*YABROUD), frame.xy(YABROUD[0], YABROUD[1] + bar_km / KM_PER_DEGREE / SHRINK)
    assert (frame.bar_km, frame.bar) == (bar_km, pytest.approx(right - x))
    assert frame.bar <= WIDTH / 4 or bar_km == 1


@pytest.mark.parametrize("lat", EXTENT[2:])
def test_no_direction_on_the_map_is_off_by_more_than_half_a_degree(lat: float) -> None:
    true = [degrees(atan2(sin(radians(turn)), cos(radians(turn)))) for turn in range(0, 360, 5)]
    stretch = SHRINK / cos(radians(lat))
    drawn = [degrees(atan2(stretch * sin(radians(turn)), cos(radians(turn)))) for turn in range(0, 360, 5)]
    assert max(abs(a - b) % 360 for a, b in zip(true, drawn, strict=True)) < 0.5
