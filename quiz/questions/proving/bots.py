"""Guessing bots: they see what a browser has before the answer, and know nothing of the battle.

A bot gives the options it would take; several of them are a tie, of which it takes one by lot. None means that the
question gives it nothing to go by.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from quiz.questions.question import Option, Question, Shape

Picks = frozenset[int]
Bot = Callable[[Question], Picks | None]

ATTRIBUTED = re.compile(r"\baccording to\b", re.IGNORECASE)
UNSETTLED = re.compile(r"\bsettled?\b|\bleaves? it open\b", re.IGNORECASE)
NEGLIGIBLE = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "into", "it", "its", "of", "off", "on", "or", "out", "that"}
    | {"the", "their", "them", "these", "to", "was", "were", "which", "with"}
)
"""Words that any two sentences share."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)})(?: (\d{{4}}))?")
_SHORT_SPAN = re.compile(r"(?<!\d)(\d{1,2})\s?–\s?(?=\d{1,2} [A-Z])")


def most(measured: Sequence[float]) -> Picks | None:
    """The options that measure most; None where all measure the same."""
    top = max(measured, default=0.0)
    picks = frozenset(n for n, value in enumerate(measured) if value == top)
    return None if len(picks) == len(measured) else picks


def least(measured: Sequence[float]) -> Picks | None:
    """The options that measure least; None where all measure the same."""
    return most([-value for value in measured])


def _lengths(question: Question) -> list[float]:
    return [float(len(option.text)) for option in question.options]


# --- By position ------------------------------------------------------------------------------


def first(question: Question) -> Picks | None:
    """Always the first answer."""
    return frozenset({0}) if question.choices else None


def last(question: Question) -> Picks | None:
    """Always the last answer."""
    return frozenset({question.choices - 1}) if question.choices else None


def middle(question: Question) -> Picks | None:
    """The middle answer; of an even number the lower or the upper one."""
    size = question.choices
    return frozenset({(size - 1) // 2, size // 2}) if size > 2 else None


def low_middle(question: Question) -> Picks | None:
    """Of an even number of answers the lower one in the middle."""
    return frozenset({question.choices // 2 - 1}) if question.choices > 2 and question.choices % 2 == 0 else None


def high_middle(question: Question) -> Picks | None:
    """Of an even number of answers the upper one in the middle."""
    return frozenset({question.choices // 2}) if question.choices > 2 and question.choices % 2 == 0 else None


# --- By wording ---------------------------------------------------------------------------------


@lru_cache(maxsize=200_000)
def words(text: str) -> frozenset[str]:
    """The words of a text that say something, in lower case."""
    return frozenset(re.findall(r"\w+", text.casefold())) - NEGLIGIBLE


def longest(question: Question) -> Picks | None:
    """The option with most characters."""
    return most(_lengths(question)) if options_are_answers(question) else None


def shortest(question: Question) -> Picks | None:
    """The option with fewest characters."""
    return least(_lengths(question)) if options_are_answers(question) else None


def most_similar_to_the_stem(question: Question) -> Picks | None:
    """The option that shares most words with the stem; of a line, either side of the event that does."""
    stem = words(question.stem)
    shared = [float(len(words(option.text) & stem)) for option in question.options]
    if question.shape is Shape.GAP:
        beside = most(shared)
        return None if beside is None else beside | {n + 1 for n in beside}
    return most(shared) if options_are_answers(question) else None


def odd_wording_out(question: Question) -> Picks | None:
    """The option that shares fewest words with the others."""
    if not options_are_answers(question) or question.choices < 3:
        return None
    bags = [words(option.text) for option in question.options]
    return least([float(sum(len(one & other) for other in bags)) - len(one) for one in bags])


def attributed(question: Question) -> Picks | None:
    """The option that is told on somebody's word."""
    if not options_are_answers(question):
        return None
    return most([float(bool(ATTRIBUTED.search(option.text))) for option in question.options])


def not_settled(question: Question) -> Picks | None:
    """The option that says that the documents leave it open."""
    if not options_are_answers(question):
        return None
    return most([float(bool(UNSETTLED.search(option.text))) for option in question.options])


def options_are_answers(question: Question) -> bool:
    """Whether one of the options is to be chosen."""
    return question.shape in {Shape.CHOICE, Shape.PIN}


# --- By time and place ----------------------------------------------------------------------------


@lru_cache(maxsize=100_000)
def middle_day(text: str) -> float | None:
    """The middle of the day, span or month that an option names, as an ordinal; None where it names none."""
    parts = _DAY.findall(_SHORT_SPAN.sub(_with_month(text), text))
    if not parts or not parts[-1][2]:
        return None
    year, month = parts[-1][2], ""
    days: list[int] = []
    for number, month, year_ in reversed(parts):
        year = year_ or year
        days.append(date(int(year), _MONTHS.index(month) + 1, int(number or 15)).toordinal())
    return sum(days) / len(days)


def _with_month(text: str) -> str:
    """How the first day of '15–17 November 2013' is written out."""
    found = _DAY.search(text)
    return rf"\1 {found[2]} – " if found else r"\g<0>"


def dates(question: Question) -> list[float] | None:
    """The middle days of the dates that the options name; None unless each of them names one."""
    if not options_are_answers(question):
        return None
    found = [middle_day(option.text) for option in question.options]
    days = [day for day in found if day is not None]
    return days if days and len(days) == len(found) else None


def loneliest_date(question: Question) -> Picks | None:
    """The date that lies furthest from its nearest neighbour among the options."""
    days = dates(question)
    if days is None or len(days) < 3:
        return None
    return most([min(abs(a - b) for m, b in enumerate(days) if m != n) for n, a in enumerate(days)])


def _apart(one: Option, other: Option) -> float:
    """How far two pins lie apart on a flat map, in degrees of latitude: enough to tell near from far."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    return float(((one.lat - other.lat) ** 2 + ((one.lon - other.lon) * 0.83) ** 2) ** 0.5)


def _pins(question: Question) -> tuple[Option, ...]:
    placed = all(option.lat is not None for option in question.options)
    return question.options if question.shape is Shape.PIN and placed else ()


def loneliest_pin(question: Question) -> Picks | None:
    """The pin that lies furthest from its nearest neighbour."""
    pins = _pins(question)
    return most([min(_apart(a, b) for b in pins if b is not a) for a in pins]) if pins else None


def most_central_pin(question: Question) -> Picks | None:
    """The pin from which all others together are nearest."""
    pins = _pins(question)
    return least([sum(_apart(a, b) for b in pins) for a in pins]) if pins else None


BOTS: dict[str, Bot] = {
    "first": first,
    "middle": middle,
    "lower middle": low_middle,
    "upper middle": high_middle,
    "last": last,
    "longest": longest,
    "shortest": shortest,
    "most similar to the stem": most_similar_to_the_stem,
    "odd wording out": odd_wording_out,
    "attributed": attributed,
    "not settled": not_settled,
    "loneliest date": loneliest_date,
    "loneliest pin": loneliest_pin,
    "most central pin": most_central_pin,
}


# --- Orders -----------------------------------------------------------------------------------------

OrderBot = Callable[[Question], tuple[int, ...]]
ORDER_BOTS: dict[str, OrderBot] = {
    "as shown": lambda question: tuple(range(len(question.options))),
    "reversed": lambda question: tuple(reversed(range(len(question.options)))),
    "shortest first": lambda question: tuple(sorted(range(len(question.options)), key=lambda n: _length(question, n))),
    "longest first": lambda question: tuple(sorted(range(len(question.options)), key=lambda n: -_length(question, n))),
}


def _length(question: Question, item: int) -> int:
    return len(question.options[item].text)
