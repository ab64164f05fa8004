"""Dates as people type them. What can be read in two ways is asked back, never guessed."""

import re
import unicodedata
from datetime import date

_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTHS = [name.casefold() for name in _MONTH_NAMES]
_NUMERIC = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})")
_ISO = re.compile(r"(\d{4})[./\- ](\d{1,2})[./\- ](\d{1,2})")
_WORDS = re.compile(
    r"(?:(?P<a>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<m>[a-z]+)|(?P<n>[a-z]+) (?P<b>\d{1,2})(?:st|nd|rd|th)?)"
    r" (?P<y>\d{4})"
)
_YEARLESS = re.compile(r"\d{1,2} [a-z]+|[a-z]+ \d{1,2}|\d{1,2}[./\-]\d{1,2}")
_BESIDE_MONTH = re.compile(r"(?<=[a-z])[.\-](?=\s|\d|$)|(?<=\d)-(?=[a-z])")
"""What people write around a month in letters: 'Nov. 19', '19-Nov-2013'."""
EXAMPLES = "25 May 2014, 25/5/2014 or 2014-05-25"
"""A day of the story on which nothing happened that is asked for: an example must not be the answer."""
LOOKED_AT = 400
"""A text with more characters than these, blanks included, is refused unread."""
LONGEST = 40
"""No date takes more characters; anything longer is not looked at."""


class UnreadableDate(ValueError):
    """A text that is no date, or one of two dates; its message says what to type instead."""


def read(text: str, first: date, last: date) -> date:
    """Read a typed date.

    Raises UnreadableDate where it is no date, is ambiguous between day and month, does not exist, or lies outside
    the years of the chronicle, which runs from `first` to `last`.
    """
    plain = _plain(text) if len(text) <= LOOKED_AT else ""
    if not plain or len(plain) > LONGEST:
        raise UnreadableDate(f"Type a date, such as {EXAMPLES}.")
    year, month, day = _parts(plain)
    try:
        found = date(year, month, day)
    except ValueError:
        raise UnreadableDate(f"There is no such day. Type a date such as {EXAMPLES}.") from None
    if not first.year <= found.year <= last.year:
        raise UnreadableDate(f"The chronicle runs from {first.year} to {last.year}: check the year.")
    return found


def _plain(text: str) -> str:
    """Lower case, Western digits, single spaces, no commas, no stop or hyphen beside a month's name."""
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return " ".join(_BESIDE_MONTH.sub(" ", digits.replace(",", " ").casefold()).split())


def _parts(plain: str) -> tuple[int, int, int]:
    """Year, month and day of a text in plain form."""
    if found := _ISO.fullmatch(plain):
        year, month, day = map(int, found.groups())
        return year, month, day
    if found := _NUMERIC.fullmatch(plain):
        one, two, year = map(int, found.groups())
        return year, *_month_and_day(one, two, plain)
    if (found := _WORDS.fullmatch(plain)) and (named := _month(found["m"] or found["n"])):
        return int(found["y"]), named, int(found["a"] or found["b"])
    if _YEARLESS.fullmatch(plain):
        raise UnreadableDate(f"Add the year, as in {EXAMPLES}.")
    raise UnreadableDate(f"This can't be read as a date. Type it as {EXAMPLES}.")


def _month_and_day(one: int, two: int, plain: str) -> tuple[int, int]:
    """Month and day of two numbers, if only one reading gives a day of the calendar."""
    if one <= 12 and two <= 12 and one != two:
        raise UnreadableDate(f"“{plain}” can be read in two ways: write the month as a word, as in 25 May 2014.")
    return (one, two) if two > 12 else (two, one)


def _month(word: str) -> int | None:
    """The month that a name or its first letters (three at least) stand for."""
    hits = [n for n, name in enumerate(_MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    return hits[0] if len(hits) == 1 else None
