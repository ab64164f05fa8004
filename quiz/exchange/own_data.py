"""A learner's own data, out: everything as JSON, the log of ratings as a table (CSV).

Both come piece by piece, so that years of reviews are never in memory at once. Times are ISO 8601 in UTC, days are
study days. What each field means stands in the JSON itself; the table `own_fields` is where it is said.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

from django.db.models import Case, QuerySet, Value, When

from quiz.exchange import own_fields
from quiz.exchange.own_fields import Section
from quiz.models import AskedQuestion, Deed, Review, Sitting, User

FORMAT, VERSION = "qalamoun-own-data", 1
"""What a reader can go by. The version rises when a field changes its meaning or goes."""

_AT_ONCE = 2000
_SITTINGS_AT_ONCE = 20
_PIECE = 64 * 1024
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula, and would run it."""
_TELLING = ("event", "difficulty", "expected", "probe", "credit")
"""What would tell of a question's key, or of how the answer was marked, before its page does."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many rows of each sort are kept of a learner."""

    sittings: int
    answers: int
    cards: int
    reviews: int
    study_days: int
    confidences: int
    abilities: int
    reports: int


def kept(user: User) -> Kept:
    """What is kept of a learner, counted."""
    return Kept(
        sittings=user.sittings.count(),
        answers=AskedQuestion.objects.filter(sitting__user=user, answered_at__isnull=False).count(),
        cards=user.cards.count(),
        reviews=user.reviews.count(),
        study_days=user.study_days.count(),
        confidences=user.confidences.count(),
        abilities=user.abilities.count(),
        reports=user.reports.count(),
    )


# --- Everything, as JSON ------------------------------------------------------------------------


def as_json(user: User, now: datetime) -> Iterator[str]:
    """All that is kept of a learner, without the password's hash, in pieces of text."""
    return _gathered(_json(user, now))


def _json(user: User, now: datetime) -> Iterator[str]:
    head = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": now,
        "fields": {part.name: {one.name: str(one.meaning) for one in part.fields} for part in own_fields.SECTIONS},
        "account": _named(own_fields.ACCOUNT, [getattr(user, one.source) for one in own_fields.ACCOUNT.fields]),
    }
    yield _text(head)[:-1]
    for section, rows in (
        (own_fields.SITTINGS, _sittings(user)),
        (own_fields.CARDS, _rows(own_fields.CARDS, user.cards.outside_open_exams(user).order_by("id"))),
        (own_fields.REVIEWS, _rows(own_fields.REVIEWS, _log(user))),
        (own_fields.STUDY_DAYS, _rows(own_fields.STUDY_DAYS, user.study_days.order_by("day"))),
        (own_fields.CONFIDENCES, _rows(own_fields.CONFIDENCES, user.confidences.order_by("level"))),
        (own_fields.ABILITIES, _rows(own_fields.ABILITIES, user.abilities.order_by("facet"))),
        (own_fields.REPORTS, _rows(own_fields.REPORTS, user.reports.order_by("at", "id"))),
    ):
        yield f',\n"{section.name}": ['
        for n, row in enumerate(rows):
            yield f"{',' if n else ''}\n{_text(row)}"
        yield "\n]"
    yield "\n}\n"


def _log(user: User) -> QuerySet[Review]:
    source = Case(When(asked=None, then=Value("card")), default=Value("quiz"))
    return user.reviews.outside_open_exams().annotate(source=source).order_by("at", "id")


def _rows(section: Section, rows: "QuerySet[Any]") -> Iterator[dict[str, Any]]:
    paths = [one.source for one in section.fields]
    for values in rows.values_list(*paths).iterator(chunk_size=_AT_ONCE):
        yield _named(section, values)


def _named(section: Section, values: Iterable[Any]) -> dict[str, Any]:
    return {one.name: value for one, value in zip(section.fields, values, strict=True)}


def _sittings(user: User) -> Iterator[dict[str, Any]]:
    """The quizzes, each with its questions."""
    rows = user.sittings.select_related("phase").prefetch_related("asked__event").order_by("started_at", "id")
    for sitting in rows.iterator(chunk_size=_SITTINGS_AT_ONCE):
        values = [_at(sitting, one.source) for one in own_fields.SITTINGS.fields]
        asked = [_question(one, sitting) for one in sitting.asked.all()]
        yield {**_named(own_fields.SITTINGS, values), own_fields.QUESTIONS.name: asked}


def _question(asked: AskedQuestion, sitting: Sitting) -> dict[str, Any]:
    """A question; before its learner is told the key, with what its page shows and no more."""
    found = _named(own_fields.QUESTIONS, [_at(asked, one.source) for one in own_fields.QUESTIONS.fields])
    if asked.answered_at is None or sitting.is_silent:
        question = asked.question
        found["content"] = {"stem": question.stem, "options": [option.text for option in question.options]}
        found |= dict.fromkeys(_TELLING)
    return found


def _at(row: Any, path: str) -> Any:
    """What lies at a path from a row; none where it leads over a row that isn't there."""
    for name in path.split("__"):
        row = getattr(row, name, None)
    return row


# --- The log of ratings, as a table -------------------------------------------------------------


def as_csv(user: User) -> Iterator[str]:
    """Each rating of a card and each answer of a quiz, a line for each fact, under a line with names."""
    return _gathered(_csv(user))


def _csv(user: User) -> Iterator[str]:
    paths = {one.name: one.source for one in own_fields.REVIEWS.fields}
    ratings = _log(user).filter(what=Deed.RATED).values_list(*(paths[name] for name in own_fields.TABLE))
    yield _line(own_fields.TABLE)
    for row in ratings.iterator(chunk_size=_AT_ONCE):
        yield _line(map(_cell, row))


def _cell(value: Any) -> Any:
    plain = _plain(value) if isinstance(value, date) else value
    return f"'{plain}" if isinstance(plain, str) and plain.startswith(_FORMULA) else plain


def _line(cells: Iterable[Any]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


# --- Text ---------------------------------------------------------------------------------------


def _plain(value: Any) -> str:
    """A time in UTC, or a day, as text."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


_text = json.JSONEncoder(ensure_ascii=False, default=_plain).encode


def _gathered(parts: Iterable[str]) -> Iterator[str]:
    """The same text in fewer pieces."""
    held, size = [], 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= _PIECE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)
