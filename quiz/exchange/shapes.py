"""The shapes of the chronicle's rows, read off the models: what a fixture may say of each, and in what form.

In this room a row is a mapping of plain values: texts, truths, whole numbers, decimals as texts, a reference as
the name (natural key) of its target, several references as a sorted tuple of names.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from django.apps import apps
from django.db import models

from quiz.models.natural import Natural
from quiz.models.triggers import CONTENT

Plain: TypeAlias = "str | int | tuple[Plain, ...] | None"
Name: TypeAlias = tuple[str | int | None, ...]
Values: TypeAlias = Mapping[str, Plain]


class Id(NamedTuple):
    """One row of the chronicle: its model ('quiz.event') and its name."""

    model: str
    name: Name

    def __str__(self) -> str:
        return f"{self.model} {shown_name(self.name)}"


class Sort(StrEnum):
    """What sort of value a field holds."""

    TEXT = "text"
    TRUTH = "truth"
    NUMBER = "number"
    DECIMAL = "decimal"
    ONE = "one"  # a reference
    MANY = "many"  # several


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field of a row; `target` is the model that a reference points to."""

    name: str
    sort: Sort
    default: Plain
    nullable: bool
    required: bool
    max_length: int | None = None
    target: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """One model of the chronicle.

    `naming` says where the parts of a row's name lie: a field, and the position in that field's own name where
    it is a reference. `owners` are the references whose loss takes the row along.
    """

    label: str
    model: type[Natural]
    fields: Mapping[str, FieldShape]
    naming: tuple[tuple[str, int | None], ...]
    owners: tuple[str, ...]

    def name_of(self, values: Values) -> Name:
        """The name that these values make; raises KeyError or TypeError where a part of it is missing."""
        parts: list[Any] = []
        for field, position in self.naming:
            value: Any = values[field]
            parts.append(value if position is None else value[position])
        return tuple(parts)

    def id_of(self, values: Values) -> Id:
        """The row that these values describe; raises as `name_of` does."""
        return Id(self.label, self.name_of(values))

    @property
    def naming_fields(self) -> frozenset[str]:
        """The fields that make the name."""
        return frozenset(field for field, _position in self.naming)

    def whole(self, given: Values) -> dict[str, Plain]:
        """All fields, with the default for those not given."""
        return {name: given.get(name, field.default) for name, field in self.fields.items()}

    def references(self, values: Values, only: Iterable[str] | None = None) -> Iterator[tuple[str, Id]]:
        """The rows that these values refer to, each with the field that does."""
        for name in self.fields if only is None else only:
            field, value = self.fields[name], values.get(name)
            if field.sort is Sort.ONE and isinstance(value, tuple):
                yield name, Id(field.target, value)  # type: ignore[arg-type]
            elif field.sort is Sort.MANY and isinstance(value, tuple):
                for target in value:
                    yield name, Id(field.target, target)  # type: ignore[arg-type]


def shown_name(name: Name) -> str:
    """A name for people: its parts, joined."""
    return " / ".join(str(part) for part in name if part is not None)


def shown(value: Plain) -> str:
    """A value for people, in a report."""
    if isinstance(value, tuple):
        names = [part for part in value if isinstance(part, tuple)]
        return f"[{', '.join(shown_name(name) for name in names)}]" if names or not value else shown_name(value)  # type: ignore[arg-type]
    if isinstance(value, bool):
        return str(value).lower()
    return "nothing" if value in (None, "") else f"“{value}”" if isinstance(value, str) else str(value)


def name_order(name: Any) -> tuple[tuple[bool, bool, Any], ...]:
    """A key to sort names by; a missing part comes first, numbers before texts."""
    return tuple((part is not None, isinstance(part, str), part) for part in name)


def decimal_text(value: Decimal) -> str:
    """A decimal number in its shortest form, without exponent."""
    return format(value.normalize(), "f")


def _sort(field: Any) -> Sort:
    """Which sort a model field is; raises TypeError for one that fixtures can't hold."""
    sorts: tuple[tuple[type, Sort], ...] = (
        (models.ManyToManyField, Sort.MANY),
        (models.ForeignKey, Sort.ONE),
        (models.BooleanField, Sort.TRUTH),
        (models.DecimalField, Sort.DECIMAL),
        (models.IntegerField, Sort.NUMBER),
        (models.CharField, Sort.TEXT),
        (models.TextField, Sort.TEXT),
    )
    for kind, sort in sorts:
        if isinstance(field, kind):
            return sort
    raise TypeError(f"{field} can't be written in fixtures.")


def _field_shape(field: Any) -> FieldShape:
    sort = _sort(field)
    target: Any = field.related_model
    return FieldShape(
        name=field.name,
        sort=sort,
        default=() if sort is Sort.MANY else _plain_default(field),
        nullable=field.null,
        required=not (field.blank or field.null or field.has_default() or sort is Sort.TRUTH),
        max_length=getattr(field, "max_length", None),
        target=target._meta.label_lower if target else "",
    )


def _plain_default(field: Any) -> Plain:
    """A field's default; an enumeration's member as the plain text that the database holds."""
    default = field.get_default()
    return str(default) if isinstance(default, str) else default


def _shape(model: type[Natural]) -> Shape:
    own = [field for field in model._meta.local_fields if not (field.primary_key or field.generated)]
    declared = sorted([*own, *model._meta.local_many_to_many], key=lambda field: field.creation_counter)
    naming: list[tuple[str, int | None]] = []
    for path in model.natural_fields:
        first, _, rest = path.partition("__")
        naming.append((first, _position(model, first, rest) if rest else None))
    owners = [field.name for field in own if getattr(field.remote_field, "on_delete", None) is models.CASCADE]
    return Shape(
        label=model._meta.label_lower,
        model=model,
        fields={field.name: _field_shape(field) for field in declared},
        naming=tuple(naming),
        owners=tuple(owners),
    )


def _position(model: type[Natural], first: str, rest: str) -> int:
    """Where the part that `rest` names lies in the name of what the field `first` refers to."""
    target: Any = model._meta.get_field(first).related_model
    position: int = target.natural_fields.index(rest)
    return position


@cache
def shapes() -> dict[str, Shape]:
    """The shapes of all content models by label, each after those that it refers to."""
    found = (apps.get_model("quiz", name) for name in CONTENT)
    return {model._meta.label_lower: _shape(model) for model in found}
