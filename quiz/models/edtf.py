"""Dates in the database: the EDTF text is stored, its bounds are computed by the database itself.

Generated columns stay right after raw fixture loading, queryset updates and hand-written SQL alike, which no
Python hook could promise. `quiz.chronology.parse` is the same reading in Python; a test holds both together.
"""

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from quiz.chronology import PATTERN, InvalidDate, parse

# CharField takes type arguments in its stubs only.
if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField

# Positions count from 1. In a month, the last day is the day before the first of the next one.
_SQLITE = {
    "earliest": """CASE
        WHEN %(text)s = '' OR substr(%(text)s, 1, 3) = '[..' THEN NULL
        WHEN substr(%(text)s, 1, 1) = '[' THEN substr(%(text)s, 2, 10)
        WHEN length(%(text)s) = 11 THEN date(substr(%(text)s, 1, 10), '-2 days')
        WHEN length(%(text)s) = 7 THEN %(text)s || '-01'
        ELSE substr(%(text)s, 1, 10) END""",
    "latest": """CASE
        WHEN %(text)s = '' THEN NULL
        WHEN substr(%(text)s, 1, 3) = '[..' THEN substr(%(text)s, 4, 10)
        WHEN substr(%(text)s, 1, 1) = '[' THEN substr(%(text)s, 14, 10)
        WHEN length(%(text)s) = 11 THEN date(substr(%(text)s, 1, 10), '+2 days')
        WHEN length(%(text)s) = 7 THEN date(%(text)s || '-01', '+1 month', '-1 day')
        WHEN length(%(text)s) = 21 THEN substr(%(text)s, 12, 10)
        ELSE %(text)s END""",
}


def _make_date(start: int) -> str:
    """PostgreSQL for the day that starts at a position; a plain cast would depend on DateStyle."""
    parts = ", ".join(f"substr(%(text)s, {start + at}, {size})::int" for at, size in ((0, 4), (5, 2), (8, 2)))
    return f"make_date({parts})"


_FIRST_OF_MONTH = "make_date(substr(%(text)s, 1, 4)::int, substr(%(text)s, 6, 2)::int, 1)"
_POSTGRESQL = {
    "earliest": f"""CASE
        WHEN %(text)s = '' OR substr(%(text)s, 1, 3) = '[..' THEN NULL
        WHEN substr(%(text)s, 1, 1) = '[' THEN {_make_date(2)}
        WHEN length(%(text)s) = 11 THEN {_make_date(1)} - 2
        WHEN length(%(text)s) = 7 THEN {_FIRST_OF_MONTH}
        ELSE {_make_date(1)} END""",
    "latest": f"""CASE
        WHEN %(text)s = '' THEN NULL
        WHEN substr(%(text)s, 1, 3) = '[..' THEN {_make_date(4)}
        WHEN substr(%(text)s, 1, 1) = '[' THEN {_make_date(14)}
        WHEN length(%(text)s) = 11 THEN {_make_date(1)} + 2
        WHEN length(%(text)s) = 7 THEN ({_FIRST_OF_MONTH} + interval '1 month' - interval '1 day')::date
        WHEN length(%(text)s) = 21 THEN {_make_date(12)}
        ELSE {_make_date(1)} END""",
}


@deconstructible(path="quiz.models.edtf.Bound")
class Bound(models.Func):
    """The earliest or latest day of an EDTF text in the column named; NULL for a blank text or no lower bound."""

    output_field = models.DateField(null=True)
    arity = 1

    def __init__(self, expression: str, end: str) -> None:
        """Take the name of the text column, and 'earliest' or 'latest'."""
        super().__init__(expression)
        self.end = end

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_extra: Any) -> Any:
        """Render for SQLite, where days are ISO texts."""
        return self._rendered(_SQLITE[self.end], compiler)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_extra: Any) -> Any:
        """Render for PostgreSQL, with immutable functions only, as generated columns need."""
        return self._rendered(_POSTGRESQL[self.end], compiler)

    def _rendered(self, template: str, compiler: SQLCompiler) -> tuple[str, tuple[()]]:
        column, _params = compiler.compile(self.source_expressions[0])
        return template % {"text": column}, ()


def validate_edtf(text: str) -> None:
    """Refuse what `quiz.chronology.parse` refuses, with its sentence."""
    try:
        parse(text)
    except InvalidDate as error:
        raise ValidationError(str(error), code="edtf") from None


class EdtfField(_Text):
    """A date as a document gives it, in EDTF; blank where it gives none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A short text, checked by `validate_edtf`."""
        kwargs.setdefault("max_length", 24)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.validators.append(validate_edtf)


def edtf_rule(field: str, name: str) -> models.CheckConstraint:
    """The database's own refusal of malformed dates."""
    return models.CheckConstraint(
        condition=models.Q(**{field: ""}) | models.Q(**{f"{field}__regex": PATTERN}),
        name=name,
        violation_error_message=_("Write the date in one of the forms of EDTF that the chronicle uses."),
    )


def bound(field: str, end: str) -> models.GeneratedField:
    """A column that holds one bound of the date in `field`."""
    return models.GeneratedField(
        expression=Bound(field, end), output_field=models.DateField(null=True), db_persist=True
    )


_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
DATE_IN_CLAUSE = re.compile(rf"\b(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,4}}|(?:19|20)\d\d)\b", re.IGNORECASE)
"""A day with its month, a month with its day or year, or a year."""

slug_validator = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use lower-case letters, digits and single hyphens."))


class KeyField(_Text):
    """The name of a row in fixtures and addresses: lower-case letters, digits, hyphens."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A unique short text."""
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault("unique", True)
        super().__init__(*args, **kwargs)
        self.validators.append(slug_validator)
