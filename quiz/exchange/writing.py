"""Writes a plan into the database, with statements for many rows at once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db import connection, models

from quiz.exchange.checking import stored
from quiz.exchange.plans import Plan
from quiz.exchange.rows import Site, through
from quiz.exchange.rules import unique_rules
from quiz.exchange.shapes import Id, Shape, Sort, Values, shapes

_CHUNK = 500
Item = TypeVar("Item")


def write(plan: Plan, site: Site) -> None:
    """Write what is planned; the site's numbers are kept up to date.

    Rows go before others come, so that a unique value can pass from one to the other. A row whose own unique
    value changes is taken out and put back under its number, so that two rows can swap theirs. References hold
    until the commit, when the database checks them.
    """
    moved = {row for row, names in plan.updates.items() if _unique_changes(row, names)}
    for shape in shapes().values():
        _delete(shape, [row for row in plan.deletes if row.model == shape.label], site, joints=True)
        _delete(shape, [row for row in moved if row.model == shape.label], site, joints=False)
    for shape in shapes().values():
        coming = [row for row in plan.creates if row.model == shape.label]
        _insert(shape, coming + [row for row in moved if row.model == shape.label], plan, site)
    for shape in shapes().values():
        changed = {row: names for row, names in plan.updates.items() if row.model == shape.label}
        selves = [name for name, field in shape.fields.items() if field.target == shape.label]
        for row in plan.creates:
            if row.model == shape.label and any(plan.final[row][name] for name in selves):
                changed[row] = selves
        _update(shape, changed, plan, site)
        _join(shape, plan, site)
    connection.check_constraints([shape.model._meta.db_table for shape in shapes().values()])


def _unique_changes(row: Id, names: Iterable[str]) -> bool:
    return any(rule.concerned.intersection(names) for rule in unique_rules(row.model))


def _chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[at : at + _CHUNK] for at in range(0, len(items), _CHUNK))


def _erase(model: type[models.Model], column: str, numbers: Sequence[int]) -> None:
    """Delete rows without Django's cascades: the plan has already seen to all that refers to them."""
    for chunk in _chunks(numbers):
        found = model._default_manager.filter(**{f"{column}__in": chunk})
        found._raw_delete(found.db)  # noqa: SLF001


def _many(shape: Shape) -> list[str]:
    return [name for name, field in shape.fields.items() if field.sort is Sort.MANY]


def _delete(shape: Shape, rows: Sequence[Id], site: Site, *, joints: bool) -> None:
    numbers = [site.numbers[row] for row in rows]
    for name in _many(shape) if joints else ():
        model, owner, _target = through(shape, name)
        _erase(model, owner, numbers)
    _erase(shape.model, "pk", numbers)


def _instance(shape: Shape, values: Values, site: Site, number: int | None) -> Any:
    """The row as the model holds it; a reference to a row that is not there yet is left open."""
    held: dict[str, Any] = {"pk": number}
    for name, field in shape.fields.items():
        if field.sort is Sort.ONE:
            value = values[name]
            held[f"{name}_id"] = site.numbers.get(Id(field.target, value)) if value else None  # type: ignore[arg-type]
        elif field.sort is not Sort.MANY:
            held[name] = stored(shape, name, values[name])
    return shape.model(**held)


def _insert(shape: Shape, rows: Sequence[Id], plan: Plan, site: Site) -> None:
    made = [_instance(shape, plan.final[row], site, site.numbers.get(row)) for row in rows]
    for row, one in zip(rows, shape.model._default_manager.bulk_create(made, batch_size=_CHUNK), strict=True):
        site.numbers[row] = one.pk


def _update(shape: Shape, changed: dict[Id, list[str]], plan: Plan, site: Site) -> None:
    """Update rows that change the same fields together."""
    alike: dict[tuple[str, ...], list[Id]] = {}
    for row, names in changed.items():
        single = tuple(name for name in names if shape.fields[name].sort is not Sort.MANY)
        alike.setdefault(single, []).append(row)
    for fields, rows in alike.items():
        if fields:
            made = [_instance(shape, plan.final[row], site, site.numbers[row]) for row in rows]
            shape.model._default_manager.bulk_update(made, fields, batch_size=100)


def _join(shape: Shape, plan: Plan, site: Site) -> None:
    """Write the references to several rows, of new rows and of those where they change."""
    for name in _many(shape):
        model, owner, target = through(shape, name)
        old = [row for row, names in plan.updates.items() if row.model == shape.label and name in names]
        _erase(model, owner, [site.numbers[row] for row in old])
        new = [row for row in plan.creates if row.model == shape.label]
        joints = [
            model(**{owner: site.numbers[row], target: site.numbers[Id(shape.fields[name].target, other)]})  # type: ignore[arg-type]
            for row in (*old, *new)
            for other in plan.final[row][name]  # type: ignore[union-attr]
        ]
        model._default_manager.bulk_create(joints, batch_size=_CHUNK)
