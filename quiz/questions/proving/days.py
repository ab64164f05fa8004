"""Days by brute force: what a date allows is the set of its days, and every question of dates is one of such sets."""

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from quiz.chronology import Interval
from quiz.questions.facts import ClaimFact, EventFact

MONTHS = tuple(calendar.month_name)[1:]
WEEKDAYS = tuple(calendar.day_name)
LONG_BEFORE_DAYS = 1000
"""Stands for 'no lower bound': so many days before the upper one are listed, more than the whole story lasts."""
_ONE_DAY = timedelta(days=1)
_MONTH = "|".join(MONTHS)
_DAY = rf"\d{{1,2}} (?:{_MONTH}) \d{{4}}"
_END = rf"\d{{1,2}}(?: (?:{_MONTH}))?(?: \d{{4}})?"
_WRITTEN = re.compile(
    rf"(?P<span>{_END}(?: ?– ?| to | and ){_DAY})|(?P<around>[Aa]round {_DAY})|(?P<by>\b[Bb]y {_DAY})"
    rf"|(?P<day>{_DAY})|(?P<month>(?:{_MONTH}) \d{{4}})"
)

Days = frozenset[date]
Bounds = tuple[date | None, date]


@lru_cache(4096)
def run(first: date, last: date) -> Days:
    """Every day from the first to the last."""
    return frozenset(first + n * _ONE_DAY for n in range((last - first).days + 1))


@lru_cache(4096)
def days_of(interval: Interval) -> Days:
    """Every single day that an interval allows."""
    return run(interval.earliest or interval.latest - LONG_BEFORE_DAYS * _ONE_DAY, interval.latest)


def possible(events: Iterable[EventFact]) -> Days:
    """Every day that any claim of the events allows, whoever claims it and however."""
    return frozenset().union(*(days_of(i) for event in events for i in event.intervals))


def vouching(claims: Iterable[ClaimFact]) -> list[ClaimFact]:
    """The claims that say that it happened, and are not overtaken."""
    return [c for c in claims if c.stance in {"asserts", "reported", "unconfirmed"} and not c.overtaken]


def common_days(claims: Iterable[ClaimFact]) -> Days:
    """The days that all dated ones of these claims allow; none where what lasted meets anything else."""
    spoken = [c.interval for c in claims if c.interval]
    lasting = {days_of(i) for i in spoken if i.lasted}
    if len(lasting) > 1 or (lasting and not all(i.lasted for i in spoken)):
        return frozenset()
    return frozenset.intersection(*map(days_of, spoken)) if spoken else frozenset()


def bounds_of(interval: Interval) -> Bounds:
    """First and last day of an interval, as it gives them."""
    return interval.earliest, interval.latest


# --- Dates in words -----------------------------------------------------------------------------


def read_day(text: str) -> date:
    """A day as texts write it; ValueError for anything else."""
    day, month, year = text.split()
    return date(int(year), MONTHS.index(month) + 1, int(day))


@lru_cache(4096)
def read_span(text: str) -> tuple[date, date]:
    """First and last day of a day, a month or a span in words; ValueError for anything else."""
    if re.fullmatch(rf"(?:{_MONTH}) \d{{4}}", text):
        first = read_day(f"1 {text}")
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    parts = re.split(r" ?– ?| to | and ", text)
    if len(parts) == 1:
        return read_day(text), read_day(text)
    end = read_day(parts[1])
    words = parts[0].split()
    month = words[1] if len(words) > 1 else MONTHS[end.month - 1]
    year = words[2] if len(words) > 2 else str(end.year)
    return read_day(f"{words[0]} {month} {year}"), end


@lru_cache(8192)
def written_dates(text: str) -> tuple[Bounds, ...]:
    """Every date that a text gives, as first (None for 'by') and last day, in the order of the text."""
    return tuple(_written(found) for found in _WRITTEN.finditer(text))


def _written(found: re.Match[str]) -> Bounds:
    words = found[0]
    match found.lastgroup:
        case "around":
            day = read_day(words[len("around ") :])
            return day - 2 * _ONE_DAY, day + 2 * _ONE_DAY
        case "by":
            return None, read_day(words[len("by ") :])
        case _:
            return read_span(words)


_OPENING = re.compile(r"(?:According to .*?, )?(?:[Oo]n|[Aa]round|[Ii]n|[Bb]etween|[Ff]rom) \d?[^,]*? \d{4}, ")


@lru_cache(4096)
def opening_days(stem: str) -> Days:
    """The days that the date allows with which a stem opens, after its attribution; none where there is no date."""
    found = _OPENING.match(stem)
    when = written_dates(found[0]) if found else ()
    if not when or when[-1][0] is None:
        return frozenset()
    return run(when[-1][0], when[-1][1])


def teller(claim: ClaimFact) -> str:
    """The one whose word a claim is, as a sentence names it: what is reported by nobody named, a document cites."""
    if claim.voice_name:
        return claim.voice_name
    return f"reports cited in {claim.source_name}" if claim.stance == "reported" else claim.source_name
