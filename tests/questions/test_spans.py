"""Spans of days as options: what lies open on which side, and what is drawn of it."""

from datetime import date
from itertools import product
from random import Random

import pytest

from quiz.chronology import Interval, parse
from quiz.questions.asking import Asking, DateAsking
from quiz.questions.question import Mode
from quiz.questions.spans import Span, SpanLine

MARCH = parse("2014-03")


def line(interval: Interval, since: date, until: date) -> SpanLine:
    """A line on which the spans between two days are open."""
    assert interval.earliest
    how = DateAsking(Asking(Mode.PLAIN, "", ()), interval.earliest, interval.latest, False, interval)
    return SpanLine(how, lambda span: since <= span[0] and span[1] <= until)


def months(before: int, after: int) -> tuple[date, date]:
    """The first and the last day of so many months before March 2014 and after it."""
    first = (date(2013, 9, 1), date(2013, 11, 1), date(2014, 1, 1), date(2014, 3, 1))[3 - before]
    last = (date(2014, 3, 31), date(2014, 5, 31), date(2014, 7, 31), date(2014, 9, 30))[after]
    return first, last


def shown(spans: list[Span]) -> list[str]:
    return [f"{first:%Y-%m}" for first, _ in spans]


@pytest.mark.parametrize(("before", "after"), list(product(range(4), repeat=2)))
def test_there_is_room_where_some_seed_draws_three_and_nowhere_else(before: int, after: int) -> None:
    told = line(MARCH, *months(before, after))
    draws = [told.draw(Random(seed), 3) for seed in range(60)]
    assert told.has_room(3) is any(drawn is not None for drawn in draws)
    assert told.has_room(3) is (before + after >= 3)


def test_months_are_drawn_with_one_or_two_left_out_between_neighbours() -> None:
    told = line(MARCH, *months(1, 1))
    assert {tuple(shown(drawn)) for seed in range(60) if (drawn := told.draw(Random(seed), 1))} == {
        ("2014-01",),
        ("2014-05",),
    }


def test_all_that_can_be_drawn_is_reachable_and_all_that_is_reachable_is_drawn() -> None:
    told = line(MARCH, *months(3, 3))
    drawn = {span for seed in range(300) for span in told.draw(Random(seed), 3) or []}
    assert drawn == set(told.reachable(3))
