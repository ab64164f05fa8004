"""Records: the objects of the fixture files as plain values, between text and rows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from quiz.exchange.shapes import (
    FieldShape,
    Id,
    Name,
    Plain,
    Shape,
    Sort,
    Values,
    decimal_text,
    name_order,
    shapes,
    shown_name,
)

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MOST_SHOWN = 40
_MOST_DIGITS = 20


@dataclass(frozen=True, slots=True)
class Where:
    """Where in the files an object stands: its number in the file and its first line, both from 1."""

    file: str
    index: int = 0
    line: int = 0

    def __str__(self) -> str:
        place = f", line {self.line}" if self.line else ""
        return f"{self.file}{place}" + (f", object {self.index}" if self.index else "")


@dataclass(frozen=True, slots=True)
class Record:
    """One object of a fixture: model ('quiz.event'), name (natural key), the fields given, and where it stands."""

    model: str
    name: Name
    fields: Values
    where: Where

    @property
    def id(self) -> Id:
        """Which row it is about."""
        return Id(self.model, self.name)

    @property
    def shape(self) -> Shape:
        """The shape of its model."""
        return shapes()[self.model]

    def whole(self) -> dict[str, Plain]:
        """All fields; one that the file leaves out has its default."""
        return self.shape.whole(self.fields)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a fixture: where, in which object and field, and what."""

    where: Where
    message: str
    model: str = ""
    name: Name = ()
    field: str = ""

    def __str__(self) -> str:
        thing = f" ({self.model} {shown_name(self.name)})".replace(" )", ")") if self.model else ""
        field = f", field {self.field}" if self.field else ""
        return f"{self.where}{thing}{field}: {self.message}"


class BrokenFixture(Exception):
    """A fixture that can't be loaded, with all that is wrong in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Take the problems found, in the order of the files."""
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:_MOST_SHOWN]]
        if len(self.problems) > _MOST_SHOWN:
            lines.append(f"... and {len(self.problems) - _MOST_SHOWN} more.")
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A scalar that stood unquoted in the file and reads as something else than a text or a whole number."""

    text: str


class Misfit(ValueError):
    """A value that its field can't hold."""


def _shown(value: object) -> str:
    """A value as the file has it, for a message."""
    if isinstance(value, Unquoted):
        return value.text
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, str | int):
        return "null" if value is None else repr(value)
    return "a list" if isinstance(value, list) else "a mapping"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Misfit(f"must be a text, not {_shown(value)}; write it in quotes.")
    if _UNSTORABLE.search(value):
        raise Misfit("holds a character that can't be stored (NUL or half of a surrogate pair).")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise Misfit(f"must be true or false, not {_shown(value)}.")
    return value


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Misfit(f"must be a whole number, not {_shown(value)}.")
    return value


def _decimal(value: object) -> str:
    text = value.text if isinstance(value, Unquoted) else value
    try:
        number = Decimal(str(text)) if isinstance(text, str | int) and not isinstance(text, bool) else None
    except InvalidOperation:
        number = None
    # Written out, a number such as 1E+999999999 would fill the memory.
    if number is None or not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise Misfit(f"must be a decimal number such as '34.15558', not {_shown(value)}.")
    # "-0" would differ from the "0" that the database gives back.
    return decimal_text(number) if number else "0"


def _name(value: object, target: str) -> Name:
    expected = len(shapes()[target].naming)
    if not isinstance(value, list | tuple) or len(value) != expected:
        form = ", ".join("..." for _ in range(expected))
        raise Misfit(f"must name a {target} as a list [{form}], not {_shown(value)}.")
    for part in value:
        if isinstance(part, bool) or not (part is None or isinstance(part, str | int)):
            raise Misfit(f"names a {target} with {_shown(part)}; write it in quotes.")
        if isinstance(part, str):
            _text(part)
    return tuple(value)


def _names(value: object, target: str) -> tuple[Name, ...]:
    if not isinstance(value, list | tuple):
        raise Misfit(f"must be a list of references to {target}, not {_shown(value)}.")
    names = [_name(item, target) for item in value]
    if len(set(names)) < len(names):
        raise Misfit("names something twice.")
    return tuple(sorted(names, key=name_order))


def plain(field: FieldShape, value: object) -> Plain:
    """A value from a file in the form that this room compares; raises Misfit with a sentence on what is wrong."""
    if value is None and field.nullable:
        return None
    if field.sort is Sort.ONE:
        return _name(value, field.target)
    if field.sort is Sort.MANY:
        return _names(value, field.target)
    readers: dict[Sort, Any] = {
        Sort.TEXT: _text,
        Sort.TRUTH: _truth,
        Sort.NUMBER: _number,
        Sort.DECIMAL: _decimal,
    }
    read: Plain = readers[field.sort](value)
    return read


def record(model: str, fields: dict[str, object], where: Where) -> Record:
    """The record of an object read from a file; raises BrokenFixture with all that is wrong with its values."""
    shape = shapes().get(model.lower())
    if shape is None:
        raise BrokenFixture([Problem(where, f"“{model}” is no model of the chronicle.", field="model")])
    values: dict[str, Plain] = {}
    misfits: dict[str, str] = {}
    for name, value in fields.items():
        if name not in shape.fields:
            misfits[name] = f"there is no such field; {shape.label} has {', '.join(shape.fields)}."
            continue
        try:
            values[name] = plain(shape.fields[name], value)
        except Misfit as misfit:
            misfits[name] = str(misfit)
    missing = [name for name, field in shape.fields.items() if field.required and values.get(name) in (None, "", ())]
    misfits = {**dict.fromkeys(missing, "is missing."), **misfits}
    own = _name_or_nothing(shape, values)
    if misfits:
        raise BrokenFixture(Problem(where, text, shape.label, own, field) for field, text in misfits.items())
    return Record(shape.label, own, values, where)


def _name_or_nothing(shape: Shape, values: Values) -> Name:
    """The name of an object as far as it has one."""
    try:
        return shape.name_of(shape.whole(values))
    except (IndexError, TypeError):
        return ()
