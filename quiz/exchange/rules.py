"""The database's rules for a row, read off the models and applied to plain values.

So a broken fixture is refused with object and field before anything is written, and thousands of rows are checked
without a query each. A test holds `holds` against the database's own verdict.
"""

import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models
from django.db.models.functions import Lower

from quiz.exchange.shapes import Shape, Sort, Values, shapes

_LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda value, other: value == other,
    "gte": lambda value, other: value >= other,
    "lte": lambda value, other: value <= other,
    "range": lambda value, ends: ends[0] <= value <= ends[1],
    "regex": lambda value, pattern: re.search(pattern, value) is not None,
    "endswith": lambda value, end: value.endswith(end),
}


def holds(shape: Shape, condition: models.Q, values: Values) -> bool | None:
    """Whether a condition holds for a row; None for SQL's 'unknown', which a constraint lets pass.

    Raises KeyError for a lookup that no constraint of the chronicle has used so far.
    """
    found = [
        holds(shape, child, values) if isinstance(child, models.Q) else _compared(shape, values, *child)  # type: ignore[misc]
        for child in condition.children
    ]
    if condition.connector == models.Q.AND:
        verdict = False if False in found else None if None in found else True
    else:
        verdict = True if True in found else None if None in found else False
    return (not verdict) if condition.negated and verdict is not None else verdict


def _compared(shape: Shape, values: Values, path: str, expected: Any) -> bool | None:
    name, _, lookup = path.partition("__")
    value = _operand(shape, values, name)
    if lookup == "isnull":
        return (value is None) is expected
    other = _operand(shape, values, _named(expected)) if isinstance(expected, models.F) else expected
    if value is None or other is None:
        return None
    return _LOOKUPS[lookup or "exact"](value, other)


def _named(reference: models.F) -> str:
    """The field that an F expression names; its stubs don't know the attribute."""
    return str(vars(reference)["name"])


def _operand(shape: Shape, values: Values, name: str) -> Any:
    """What a condition sees of a field. A row's number is not known before it is written: its name stands for it."""
    if name == "id":
        return shape.name_of(values)
    value = values[name]
    return Decimal(value) if shape.fields[name].sort is Sort.DECIMAL and isinstance(value, str) else value


@cache
def _checks(model: type[models.Model]) -> tuple[models.CheckConstraint, ...]:
    return tuple(rule for rule in model._meta.constraints if isinstance(rule, models.CheckConstraint))


def violations(shape: Shape, values: Values) -> Iterator[str]:
    """The sentences of the check constraints that a row violates."""
    for rule in _checks(shape.model):
        if holds(shape, rule.condition, values) is False:  # type: ignore[arg-type]
            yield str(rule.violation_error_message)


@dataclass(frozen=True, slots=True)
class UniqueRule:
    """One rule of uniqueness: the fields (some folded to lower case) that two rows may not share, and which rows."""

    shape: Shape
    fields: tuple[str, ...]
    lowered: bool
    condition: models.Q | None
    message: str

    def value(self, values: Values) -> Hashable | None:
        """What no other row may share; None where the rule does not apply (SQL holds NULLs for distinct)."""
        if self.condition is not None and not holds(self.shape, self.condition, values):
            return None
        parts = tuple(values[name] for name in self.fields)
        if None in parts:
            return None
        return tuple(str(part).lower() for part in parts) if self.lowered else parts

    @property
    def concerned(self) -> frozenset[str]:
        """The fields whose change can break the rule."""
        return frozenset(self.fields) | (self.condition.referenced_base_fields if self.condition else frozenset())


def _unique_rule(shape: Shape, rule: models.UniqueConstraint) -> UniqueRule:
    """Read a constraint; raises NotImplementedError for expressions other than Lower of a field."""
    fields = list(rule.fields)
    for expression in rule.expressions:
        inner = expression.get_source_expressions()[0] if isinstance(expression, Lower) else None
        if not isinstance(inner, models.F):
            raise NotImplementedError(f"{rule.name}: only Lower of a field is known here.")
        fields.append(_named(inner))
    condition = rule.condition if isinstance(rule.condition, models.Q) else None
    return UniqueRule(shape, tuple(fields), bool(rule.expressions), condition, str(rule.violation_error_message))


@cache
def unique_rules(label: str) -> tuple[UniqueRule, ...]:
    """All rules of uniqueness of a model but that of its name, which is unique in any case."""
    shape = shapes()[label]
    single = [field for field in shape.model._meta.local_fields if field.unique and not field.primary_key]
    rules = [
        *(UniqueRule(shape, (field.name,), False, None, f"This {field.verbose_name} is taken.") for field in single),
        *(
            _unique_rule(shape, rule)
            for rule in shape.model._meta.constraints
            if isinstance(rule, models.UniqueConstraint)
        ),
    ]
    return tuple(rule for rule in rules if rule.condition or rule.lowered or set(rule.fields) != shape.naming_fields)
