"""When a card comes back: FSRS-6 on whole study days, with intervals as Anki gives them.

How a memory grows and fades is computed by the `fsrs` package, with its default parameters; this is the only
file that knows it. It is told noon UTC of the learner's study day, so that time passes in whole days for
it. Its intervals and its fuzz are not used: its fuzz can't be seeded, and its buttons can give the same day.

The days are those of Anki's engine with learning and relearning steps empty (tests/test_scheduling_beside_anki.py
holds them against it). An interval is the time until retrievability falls to the desired retention, rounded, at
least 1 and at most `MOST_DAYS`. Then, by what came before:

*   new, or due again on the very day of the last review: Easy is at least a day more than Good, and Good may equal
    Hard. (Anki lets Hard and Good come back the same day too; here only Again does.)
*   in review: Good is at least a day more than Hard, and Easy than Good. Each is longer than the last interval if it
    is so when rounded, and is not shorter where only the fuzz could make it so.
*   Again below half a day: due on the same study day.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import IntEnum
from math import floor
from random import Random
from typing import cast

import fsrs

LEAST_RETENTION, MOST_RETENTION, USUAL_RETENTION = 0.7, 0.97, 0.9
"""Desired retention: the chance of remembering at which a card is due again. Both bounds are allowed."""

MOST_DAYS = 36500
"""The longest interval, and the greatest stability, in days: Anki's bounds."""

DAY_BEGINS = time(4)
"""The study day begins, and the one before ends, when the learner's clock shows this."""

_SCHEDULER = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
_DECAY = -_SCHEDULER.parameters[20]
_FACTOR = 0.9 ** (1 / _DECAY) - 1
_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float(MOST_DAYS), 0.05))
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


class Rating(IntEnum):
    """How well it was remembered, numbered as in Anki and FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of one learner's memory of one fact, after at least one review."""

    stability: float
    """Days until retrievability has fallen to 90 %: 0.001 to `MOST_DAYS`."""
    difficulty: float
    """1 to 10."""
    day: date
    """Study day of the last review."""
    due: date
    """Study day of the next; the same as `day` if it comes back that very day."""
    reviews: int
    """Ratings so far, at least 1."""
    lapses: int
    """How often it was forgotten when in review: Again on a later study day than the last rating, unless that
    had left it due on the same day."""


# --- Rating -----------------------------------------------------------------------------------


def rate(
    memory: Memory | None, rating: Rating, day: date, *, retention: float = USUAL_RETENTION, seed: str = ""
) -> Memory:
    """The memory after a rating on a study day; `None` is one never rated before.

    A day before that of the last rating counts as that one: the learner has crossed time zones, or the logs of
    two devices were merged. `retention` is the desired one; outside 0.7 to 0.97 it raises ValueError. `seed`
    spreads passing intervals of 2.5 days and more by chance, always in the same way for a seed and a number of
    reviews; blank, they are as computed. Neither touches stability or difficulty.
    """
    return preview(memory, day, retention=retention, seed=seed)[rating]


def preview(
    memory: Memory | None, day: date, *, retention: float = USUAL_RETENTION, seed: str = ""
) -> dict[Rating, Memory]:
    """What each rating would give: exactly what `rate` gives, with the same arguments and errors."""
    if not LEAST_RETENTION <= retention <= MOST_RETENTION:
        raise ValueError(f"Desired retention must be {LEAST_RETENTION} to {MOST_RETENTION}, not {retention}")
    day = max(day, memory.day) if memory else day
    last = (memory.due - memory.day).days if memory else 0
    reviews = memory.reviews if memory else 0
    lapses = memory.lapses if memory else 0
    lapsed = bool(memory and last and day > memory.day)
    states = {rating: _state(memory, rating, day) for rating in Rating}
    days = _days({rating: _interval(state[0], retention) for rating, state in states.items()}, last, seed, reviews)
    return {
        rating: Memory(
            *states[rating],
            day=day,
            due=day + timedelta(days=days[rating]),
            reviews=reviews + 1,
            lapses=lapses + (lapsed and rating is Rating.AGAIN),
        )
        for rating in Rating
    }


def replay(reviews: Iterable[tuple[Rating, date, float]], seed: str = "") -> Memory | None:
    """The memory that a history leaves: (rating, study day, desired retention), in the order of time.

    None for no history. Raises ValueError as `rate` does.
    """
    memory = None
    for rating, day, retention in reviews:
        memory = rate(memory, rating, day, retention=retention, seed=seed)
    return memory


def retrievability(memory: Memory, day: date) -> float:
    """The chance, 0 to 1, that it is remembered on a study day; 1 on that of the last review and before.

    The forgetting curve of FSRS-6, (1 + factor · days / stability) ** decay, which is 0.9 after `stability` days.
    """
    return cast(float, (1 + _FACTOR * max(0, (day - memory.day).days) / memory.stability) ** _DECAY)


# --- States and days --------------------------------------------------------------------------


def _state(memory: Memory | None, rating: Rating, day: date) -> tuple[float, float]:
    """Stability and difficulty after a rating."""
    noon = _noon(day)
    # Without an id, the card would sleep to make one of the clock.
    card = fsrs.Card(card_id=1, due=noon)
    if memory:
        card.state, card.step, card.last_review = fsrs.State.Review, None, _noon(memory.day)
        card.stability, card.difficulty = memory.stability, memory.difficulty
    rated, _ = _SCHEDULER.review_card(card, fsrs.Rating(rating), noon)
    return min(cast(float, rated.stability), float(MOST_DAYS)), cast(float, rated.difficulty)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _interval(stability: float, retention: float) -> float:
    """Days until retrievability falls to the retention: the forgetting curve, solved for time."""
    return cast(float, stability / _FACTOR * (retention ** (1 / _DECAY) - 1))


def _days(intervals: dict[Rating, float], last: int, seed: str, reviews: int) -> dict[Rating, int]:
    """The whole days of each button. `last` is the interval that was given before, 0 if not in review."""
    chance = Random(f"{seed}/{reviews}").random() if seed else None
    again, hard, good, easy = (intervals[rating] for rating in Rating)
    hard_days = _fit(hard, _least(hard, last), chance)
    good_days = _fit(good, max(_least(good, last), hard_days + 1 if last else 1), chance)
    easy_days = _fit(easy, max(_least(easy, last), good_days + 1), chance)
    again_days = 0 if again < 0.5 else _fit(again, 1, None)
    return dict(zip(Rating, (again_days, hard_days, good_days, easy_days), strict=True))


def _least(interval: float, last: int) -> int:
    """What an interval must have at least, so that chance never turns growth into none, or none into loss."""
    if not last:
        return 1
    if _round(interval) > last:
        return last + 1
    return last if last <= _spread(interval)[1] else 1


def _fit(interval: float, least: int, chance: float | None) -> int:
    """An interval as whole days from `least` to `MOST_DAYS`, moved by a chance of 0 to below 1."""
    least = min(least, MOST_DAYS)
    interval = min(max(interval, least), MOST_DAYS)
    if chance is None:
        return _round(interval)
    low, high = _spread(interval)
    low, high = max(low, least), min(high, MOST_DAYS)
    return low + int(chance * (high - low + 1))


def _spread(interval: float) -> tuple[int, int]:
    """The least and the most days to which chance may move an interval: the ranges customary for FSRS."""
    if interval < _FUZZ[0][0]:
        return _round(interval), _round(interval)
    reach = 1 + sum(share * max(min(interval, end) - start, 0) for start, end, share in _FUZZ)
    return _round(interval - reach), _round(interval + reach)


def _round(interval: float) -> int:
    """Halves upwards, as Anki does; Python's own `round` would take 2.5 to 2."""
    return floor(interval + 0.5)


# --- Study days -------------------------------------------------------------------------------


def study_day(now: datetime, zone: tzinfo) -> date:
    """The study day of an instant for a learner in a zone.

    It never goes back where the clock is put back over 04:00. Raises ValueError for a time without a zone of its own.
    """
    if now.utcoffset() is None:
        raise ValueError(f"The time must be aware, not {now!r}")
    day = now.astimezone(zone).date()
    return day if now >= day_begins(day, zone) else day - _DAY


def day_begins(day: date, zone: tzinfo) -> datetime:
    """The instant, in UTC, at which a study day begins: when the clock first shows 04:00 of it, or later.

    Where 04:00 comes twice, that is the first; where it is skipped, the change of the clock.
    """
    shown = datetime.combine(day, DAY_BEGINS)
    first, second = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first <= second:
        return first
    # Skipped: 04:00 by the clock of after and by that of before lie around the change, which is on a whole second.

    def skipped(seconds: int) -> bool:
        return (second + seconds * _SECOND).astimezone(zone).replace(tzinfo=None) > shown

    return second + bisect_left(range((first - second) // _SECOND), True, key=skipped) * _SECOND
