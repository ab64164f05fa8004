"""Badges beside their dots: none upon another, none on another's dot, the same for the same spots."""

from math import hypot

import pytest

from quiz.cartography.spreading import RADIUS, STALKS, overlaps, spread


def test_a_badge_stands_upright_above_its_dot_where_it_is_alone() -> None:
    assert spread(((200, 200),), 400, 400) == ((200, 175),)


def test_a_badge_near_the_upper_edge_stands_elsewhere() -> None:
    ((x, y),) = spread(((200, 10),), 400, 400)
    assert y >= RADIUS
    assert hypot(x - 200, y - 10) == pytest.approx(STALKS[0], abs=0.1)


@pytest.mark.parametrize("away", [0, 1, 5, 12, 20, 30])
def test_two_badges_never_touch_however_near_their_dots_are(away: float) -> None:
    spots = ((200.0, 200.0), (200.0 + away, 200.0))
    badges = spread(spots, 400, 400)
    assert overlaps(badges) == []


def test_twelve_badges_in_a_ring_of_a_few_kilometres_never_touch() -> None:
    spots = tuple((200.0 + 11 * (n % 4), 200.0 + 13 * (n // 4)) for n in range(12))
    assert overlaps(spread(spots, 400, 400)) == []


def test_a_badge_without_any_room_stands_above_its_dot() -> None:
    assert spread(((10, 10),), 20, 20) == ((10, -15),)


def test_touching_badges_are_told_by_their_numbers() -> None:
    assert overlaps([(0, 0), (100, 0), (20, 0)]) == [(0, 2)]
