"""Dates as the documents give them: EDTF texts read as intervals of days, and what follows for order.

A date is written in a small, closed part of EDTF (ISO 8601-2:2019):

==========================  ====================================================================
text                        meaning
==========================  ====================================================================
``2013-11-19``              that day
``2014-02-20~``             around that day: two days either way
``2014-07``                 one time within that month, unknown which
``2013-11-15/2013-11-17``   it lasted from the first to the last of these days
``[2014-07-11..2014-07-20]``  one time within these days, unknown which
``[..2014-02-28]``          by that day, with no lower bound
==========================  ====================================================================

The forms are few on purpose: an editor's slip must be refused, not guessed at. The bounds are our own
because the general library pads what is approximate by more than a year; the tests hold the rest of the
readings against that library.
"""

import calendar
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

APPROXIMATE_DAYS = 2
"""How far 'around a day' reaches, in days, either way."""

_DAY = r"\d{4}-\d{2}-\d{2}"
_FORM = re.compile(
    rf"(?P<day>{_DAY})(?P<around>~)?"
    r"|(?P<month>\d{4}-\d{2})"
    rf"|(?P<start>{_DAY})/(?P<end>{_DAY})"
    rf"|\[(?P<low>{_DAY})?\.\.(?P<high>{_DAY})\]",
    re.ASCII,
)
_SQL_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
PATTERN = rf"^({_SQL_DAY}~?|[0-9]{{4}}-(0[1-9]|1[0-2])|{_SQL_DAY}/{_SQL_DAY}|\[({_SQL_DAY})?\.\.{_SQL_DAY}\])\Z"
"""The same forms as one regular expression that Python, SQLite's REGEXP and PostgreSQL all read."""


class InvalidDate(ValueError):
    """A text that is none of the accepted forms of EDTF, or names a day that does not exist."""


class Precision(StrEnum):
    """How finely a date is known."""

    DAY = "day"
    APPROXIMATE = "approximate"
    MONTH = "month"
    SPAN = "span"  # it lasted
    WITHIN = "within"  # one time within
    BY = "by"  # no lower bound


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of days: `earliest` to `latest`, both included.

    `earliest` is None where a document gives no lower bound. A thing of precision SPAN lasted throughout;
    every other one happened at one time within the interval.
    """

    text: str
    earliest: date | None
    latest: date
    precision: Precision

    @property
    def lasted(self) -> bool:
        """Whether it went on from the first day to the last."""
        return self.precision is Precision.SPAN

    @property
    def days(self) -> int | None:
        """Number of days in the interval, at least 1; None without a lower bound."""
        return (self.latest - self.earliest).days + 1 if self.earliest else None

    def holds(self, day: date) -> bool:
        """Whether a day lies in the interval."""
        return (self.earliest is None or self.earliest <= day) and day <= self.latest


def _day(text: str) -> date:
    """A day of the calendar, or InvalidDate."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidDate(f"“{text}” is no day of the calendar.") from None


def _month(text: str) -> tuple[date, date]:
    """First and last day of a month given as YYYY-MM."""
    first = _day(f"{text}-01")
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def parse(text: str) -> Interval:
    """Read an EDTF text (see the module's table).

    Raises InvalidDate, with a sentence that says what is wrong, for anything else: other forms, days that do
    not exist, bounds in the wrong order.
    """
    form = _FORM.fullmatch(text)
    if form is None:
        raise InvalidDate(
            f"“{text}” is no date of the chronicle. Write 2013-11-19, 2014-02-20~ (around), 2014-07 (in a month), "
            "2013-11-15/2013-11-17 (lasted), [2014-07-11..2014-07-20] (one time within) or [..2014-02-28] (by)."
        )
    part = form.groupdict()
    if part["around"]:
        day, margin = _day(part["day"]), timedelta(days=APPROXIMATE_DAYS)
        try:
            return Interval(text, day - margin, day + margin, Precision.APPROXIMATE)
        except OverflowError:
            raise InvalidDate(f"“{text}” reaches beyond the calendar.") from None
    if part["day"]:
        day = _day(part["day"])
        return Interval(text, day, day, Precision.DAY)
    if part["month"]:
        return Interval(text, *_month(part["month"]), Precision.MONTH)
    if part["high"] and not part["low"]:
        return Interval(text, None, _day(part["high"]), Precision.BY)
    precision = Precision.SPAN if part["start"] else Precision.WITHIN
    first, last = _day(part["start"] or part["low"]), _day(part["end"] or part["high"])
    if last <= first:
        raise InvalidDate(f"“{text}”: the second day must come after the first.")
    return Interval(text, first, last, precision)


# --- In words -------------------------------------------------------------------------------

_MONTHS = calendar.month_name


def day_in_words(day: date, *, year: bool = True) -> str:
    """A day as British English writes it: 19 November 2013."""
    return f"{day.day} {_MONTHS[day.month]}" + (f" {day.year}" if year else "")


def span_in_words(first: date, last: date, joint: str = "–") -> str:
    """Two days, with month and year said once where they agree: 15–17 November 2013."""
    if first == last:
        return day_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        pad = joint if joint == "–" else f" {joint} "
        return f"{first.day}{pad}{day_in_words(last)}"
    joint = " – " if joint == "–" else f" {joint} "
    return f"{day_in_words(first, year=first.year != last.year)}{joint}{day_in_words(last)}"


def in_words(interval: Interval) -> str:
    """An interval as a reader would say it; never more exact than it is."""
    first, last = interval.earliest, interval.latest
    if first is None:
        return f"by {day_in_words(last)}"
    match interval.precision:
        case Precision.DAY:
            return day_in_words(first)
        case Precision.APPROXIMATE:
            return f"around {day_in_words(first + timedelta(days=APPROXIMATE_DAYS))}"
        case Precision.MONTH:
            return f"in {_MONTHS[first.month]} {first.year}"
        case Precision.SPAN:
            return span_in_words(first, last)
        case _:
            return f"some time between {span_in_words(first, last, 'and')}"


# --- Agreement ------------------------------------------------------------------------------


def common_days(intervals: Iterable[Interval]) -> tuple[date | None, date] | None:
    """The days that all intervals share, as (first or None, last); None where they share none."""
    low, high = None, date.max
    for interval in intervals:
        if interval.earliest is not None:
            low = max(low or date.min, interval.earliest)
        high = min(high, interval.latest)
    return None if low is not None and low > high else (low, high)


# --- Order ----------------------------------------------------------------------------------


class Order(StrEnum):
    """What the documents together say of two events."""

    BEFORE = "before"  # definitely: every claim of the one ends before every claim of the other starts
    AFTER = "after"
    SOURCE_BEFORE = "source before"  # each source that dates both says so
    SOURCE_AFTER = "source after"
    CONTESTED = "contested"  # some put the one first, others the other
    OPEN = "open"


def precedes(one: Interval, other: Interval) -> bool:
    """Whether every day of the one lies before every day of the other."""
    return other.earliest is not None and one.latest < other.earliest


def all_precede(ones: Collection[Interval], others: Collection[Interval]) -> bool:
    """Definitely before: every interval of the one side ends before every one of the other starts."""
    return bool(ones) and bool(others) and all(precedes(a, b) for a in ones for b in others)


def order(ones: Sequence[tuple[str, Interval]], others: Sequence[tuple[str, Interval]]) -> Order:
    """Compare two events by their dated claims, given as (witness, interval).

    Where nothing is definite, witnesses that date both events are heard one by one: if all of them put the same
    event first, the order stands source by source; if they differ, it is contested. Intervals of the two events
    that contradict each other across witnesses, without one witness dating both, are contested as well.
    """
    first, second = [i for _, i in ones], [i for _, i in others]
    if all_precede(first, second):
        return Order.BEFORE
    if all_precede(second, first):
        return Order.AFTER
    verdicts = set()
    for witness in {w for w, _ in ones} & {w for w, _ in others}:
        mine, theirs = [i for w, i in ones if w == witness], [i for w, i in others if w == witness]
        before, after = all_precede(mine, theirs), all_precede(theirs, mine)
        verdicts.add(Order.BEFORE if before else Order.AFTER if after else Order.OPEN)
    if verdicts == {Order.BEFORE}:
        return Order.SOURCE_BEFORE
    if verdicts == {Order.AFTER}:
        return Order.SOURCE_AFTER
    forward = any(precedes(a, b) for a in first for b in second)
    backward = any(precedes(b, a) for a in first for b in second)
    return Order.CONTESTED if forward and backward else Order.OPEN
