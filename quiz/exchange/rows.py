"""The site's rows as plain values: read in a fixed number of queries, however many rows there are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from quiz.exchange.shapes import FieldShape, Id, Name, Plain, Shape, Sort, Values, decimal_text, name_order, shapes

_CHUNK = 500


@dataclass(slots=True)
class Site:
    """All content rows by name, with the numbers that the database gave them."""

    rows: dict[Id, Values] = field(default_factory=dict)
    numbers: dict[Id, int] = field(default_factory=dict)


def read_site() -> Site:
    """All content of the site, parents before what refers to them."""
    site = Site()
    names: dict[str, dict[int, Name]] = {}
    for shape in shapes().values():
        names[shape.label] = _read_model(shape, names, site)
    return site


def _read_model(shape: Shape, names: dict[str, dict[int, Name]], site: Site) -> dict[int, Name]:
    """Put one model's rows into the site; the names by number."""
    single = [one for one in shape.fields.values() if one.sort is not Sort.MANY]
    raw = {
        number: dict(zip((one.name for one in single), values, strict=True))
        for number, *values in _columns(shape, single)
    }
    own = names[shape.label] = {}
    # A name never depends on a reference to the same model, so these can wait until all names are known.
    later = [one for one in single if one.target == shape.label]
    for values in raw.values():
        for one in single:
            if one not in later:
                values[one.name] = _plain(one, values[one.name], names)
    own.update((number, shape.name_of(values)) for number, values in raw.items())
    many = {one.name: _joined(shape, one, names) for one in shape.fields.values() if one.sort is Sort.MANY}
    for number, values in raw.items():
        values |= {one.name: _plain(one, values[one.name], names) for one in later}
        values |= {name: joined.get(number, ()) for name, joined in many.items()}
        row = Id(shape.label, own[number])
        site.rows[row] = {name: values[name] for name in shape.fields}
        site.numbers[row] = number
    return own


def _columns(shape: Shape, single: Iterable[FieldShape]) -> Iterable[tuple[Any, ...]]:
    columns = [shape.model._meta.get_field(one.name).attname for one in single]  # type: ignore[union-attr]
    return shape.model._default_manager.order_by("pk").values_list("pk", *columns)


def _plain(one: FieldShape, value: Any, names: dict[str, dict[int, Name]]) -> Plain:
    if one.sort is Sort.ONE and value is not None:
        return names[one.target][value]
    if isinstance(value, Decimal):
        return decimal_text(value) if value else "0"
    return value  # type: ignore[no-any-return]


def through(shape: Shape, name: str) -> tuple[type[models.Model], str, str]:
    """The table that joins many to many, with its columns for the owner and for the target."""
    joint: Any = shape.model._meta.get_field(name)
    return joint.remote_field.through, f"{joint.m2m_field_name()}_id", f"{joint.m2m_reverse_field_name()}_id"


def _joined(shape: Shape, one: FieldShape, names: dict[str, dict[int, Name]]) -> dict[int, tuple[Name, ...]]:
    model, owner, target = through(shape, one.name)
    found: dict[int, list[Name]] = {}
    for number, other in model._default_manager.values_list(owner, target):
        found.setdefault(number, []).append(names[one.target][other])
    return {number: tuple(sorted(several, key=name_order)) for number, several in found.items()}


def _pointers(model: type[models.Model]) -> list[Any]:
    """The references to a content model from tables that are no content: those of learners."""
    return [
        one
        for one in model._meta.get_fields(include_hidden=True)
        if isinstance(one, models.ManyToOneRel)
        and not one.related_model._meta.auto_created
        and one.related_model._meta.label_lower not in shapes()
    ]


def learned(site: Site, rows: Iterable[Id]) -> set[Id]:
    """Which of these rows learners' own rows point to. On PostgreSQL no new pointer can come before the commit."""
    by_model: dict[str, dict[int, Id]] = {}
    for row in rows:
        by_model.setdefault(row.model, {})[site.numbers[row]] = row
    found: set[Id] = set()
    for label, wanted in by_model.items():
        model = shapes()[label].model
        pointers = _pointers(model)
        numbers = list(wanted)
        for chunk in (numbers[at : at + _CHUNK] for at in range(0, len(numbers) if pointers else 0, _CHUNK)):
            list(model._default_manager.select_for_update().filter(pk__in=chunk).values_list("pk").order_by("pk"))
            for pointer in pointers:
                column = pointer.field.attname
                held = pointer.related_model._default_manager.filter(**{f"{column}__in": chunk})
                found |= {wanted[number] for number in held.values_list(column, flat=True).distinct().order_by()}
    return found
