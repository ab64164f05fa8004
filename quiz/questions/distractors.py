"""Wrong days: near in time, and each excluded by what a source says; and how a rank is drawn."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from quiz.questions.asking import DateAsking
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact
from quiz.questions.likeness import MARGIN_DAYS

T = TypeVar("T")

REACH_DAYS = 21
"""A wrong day lies at most so many days from the nearest accepted one."""


def wrong_days(chronicle: Chronicle, event: EventFact, how: DateAsking) -> tuple[list[date], list[date]]:
    """Days that may be offered as wrong, before and after the accepted ones, nearest first."""
    reach = timedelta(days=REACH_DAYS)
    barred = chronicle.alike.barred(event, how.first - reach, how.last + reach)

    def open_days(start: date, step: int) -> list[date]:
        days = [start + timedelta(days=step * n) for n in range(MARGIN_DAYS, REACH_DAYS + 1)]
        inside = [day for day in days if chronicle.first_day <= day <= chronicle.last_day]
        return [day for day in inside if not any(low <= day <= high for low, high in barred)]

    return open_days(how.first, -1), open_days(how.last, 1)


def by_rank(rng: Random, before: Sequence[T], after: Sequence[T], count: int) -> tuple[list[T], list[T]] | None:
    """Draw the rank of the key first, then that many items before it and the rest after it.

    None where fewer than `count` items fit. A rank that the items do not allow is not drawn.
    """
    ranks = [r for r in range(count + 1) if r <= len(before) and count - r <= len(after)]
    if not ranks:
        return None
    rank = rng.choice(ranks)
    return rng.sample(list(before), rank), rng.sample(list(after), count - rank)


def prefer(rng: Random, items: Sequence[T], good: Callable[[T], bool], count: int) -> list[T]:
    """At most `count` items in a random order, those that are good before the others."""
    shuffled = rng.sample(list(items), len(items))
    return sorted(shuffled, key=lambda item: not good(item))[:count]
