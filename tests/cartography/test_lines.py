"""Lines made simpler, cut at edges, written as paths."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.cartography.lines import apart, cross, cut, cut_area, from_stretch, path, simplified, within

NUMBERS = st.floats(-100, 100).map(lambda number: round(number, 3))
LINES = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=25)
SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]


@pytest.mark.parametrize(("spot", "far"), [((5, 3), 3), ((-4, 3), 5), ((13, -4), 5), ((0, 0), 0), ((10, 2), 2)])
def test_a_point_lies_so_far_from_a_stretch(spot: tuple[float, float], far: float) -> None:
    assert from_stretch(spot, (0, 0), (10, 0)) == pytest.approx(far)


def test_a_stretch_without_length_is_a_point() -> None:
    assert from_stretch((3, 4), (0, 0), (0, 0)) == 5


def test_two_stretches_cross_or_do_not() -> None:
    assert cross((0, 0), (10, 10), (0, 10), (10, 0))
    assert not cross((0, 0), (4, 4), (0, 10), (10, 0))
    assert not cross((0, 0), (10, 0), (0, 1), (10, 1))


def test_a_line_loses_what_it_can_spare() -> None:
    assert simplified([(0, 0), (5, 0.9), (10, 0)], 1) == [(0, 0), (10, 0)]
    assert simplified([(0, 0), (5, 1.1), (10, 0)], 1) == [(0, 0), (5, 1.1), (10, 0)]
    assert simplified([(0, 0), (10, 0)], 1) == [(0, 0), (10, 0)]


@given(LINES, st.floats(0.1, 20))
def test_no_point_that_is_left_out_lies_further_off_than_the_tolerance(
    line: list[tuple[float, float]], tolerance: float
) -> None:
    kept = simplified(line, tolerance)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    for spot in line:
        assert min(from_stretch(spot, *stretch) for stretch in pairwise(kept)) <= tolerance + 1e-9


@given(LINES)
def test_what_is_cut_lies_within_the_edges_and_on_the_line(line: list[tuple[float, float]]) -> None:
    for part in cut(line, 50, 40, over=5):
        for x, y in part:
            assert -5 - 1e-9 <= x <= 55 + 1e-9
            assert -5 - 1e-9 <= y <= 45 + 1e-9
            assert min(from_stretch((x, y), *stretch) for stretch in pairwise(line)) < 1e-6


def test_a_line_that_leaves_and_comes_back_falls_into_two() -> None:
    assert cut([(1, 5), (15, 5), (15, 8), (1, 8)], 10, 10) == [[(1, 5), (10, 5)], [(10, 8), (1, 8)]]
    assert cut([(1, 5), (4, 5), (4, 8)], 10, 10) == [[(1, 5), (4, 5), (4, 8)]]
    assert cut([(20, 5), (20, 8)], 10, 10) == []
    assert cut([(5, -20), (5, 20)], 10, 10) == [[(5, 0), (5, 10)]]
    assert cut([(-5, 6), (6, -5)], 10, 10, over=-0.6) == []


def test_an_area_is_cut_at_every_edge() -> None:
    wide = [(-5.0, 2.0), (15.0, 2.0), (15.0, 8.0), (-5.0, 8.0)]
    assert sorted(cut_area(wide, 10, 10)) == [(0, 2), (0, 8), (10, 2), (10, 8)]
    assert cut_area([(20, 20), (30, 20), (30, 30)], 10, 10) == []


@pytest.mark.parametrize(
    ("spot", "inside"), [((5, 5), True), ((11, 5), False), ((-1, 5), False), ((5, 11), False), ((9.9, 0.1), True)]
)
def test_a_point_lies_in_an_area_or_outside(spot: tuple[float, float], inside: bool) -> None:
    assert within(spot, SQUARE) is inside


def test_a_path_goes_by_steps_of_tenths() -> None:
    assert path([[(1, 2), (3.04, 2), (3.04, 1.54)]]) == "M1 2l2 0 0 -0.5"
    assert path([SQUARE], closed=True) == "M0 0l10 0 0 10 -10 0z"
    assert path([[(1, 2), (1.01, 2.01)]]) == "M1 2l0 0"
    assert path([[(1, 2)], []]) == ""


def test_the_distance_of_two_points() -> None:
    assert apart((0, 0), (3, 4)) == 5
