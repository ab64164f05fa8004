"""Is a set of records whole and sound? Asked of the files alone, before the site is looked at."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from quiz.exchange.records import BrokenFixture, Problem, Record
from quiz.exchange.rules import unique_rules, violations
from quiz.exchange.shapes import Id, Plain, Shape, Sort, Values


def check(records: Collection[Record], changed: Iterable[Record], elsewhere: Collection[Id]) -> None:
    """Refuse broken records; raises BrokenFixture with all that is wrong.

    Fields and rules are looked at in `changed` only: what the site took over before was sound. `elsewhere` are
    rows outside the files that may be referred to.
    """
    problems = [*_twice(records)]
    problems += _unknown_references(records, elsewhere)
    problems += _not_unique(records)
    for one in changed:
        problems += _unsound(one)
    if problems:
        raise BrokenFixture(problems)


def _problem(one: Record, message: str, field: str = "") -> Problem:
    return Problem(one.where, message, one.model, one.name, field)


def _twice(records: Iterable[Record]) -> Iterator[Problem]:
    """Objects with the name of an earlier one."""
    seen: dict[Id, Record] = {}
    for one in records:
        first = seen.setdefault(one.id, one)
        if first is not one:
            yield _problem(one, f"is listed already: {first.where}.")


def _unknown_references(records: Iterable[Record], elsewhere: Collection[Id]) -> Iterator[Problem]:
    """References to what is neither in the files nor elsewhere."""
    known = {one.id for one in records}
    for one in records:
        for field, target in one.shape.references(one.fields):
            if target not in known and target not in elsewhere:
                yield _problem(one, f"refers to {target}, which is unknown.", field)


def _not_unique(records: Iterable[Record]) -> Iterator[Problem]:
    """Objects that share a value with an earlier one that two rows may not share."""
    seen: dict[Any, Record] = {}
    for one in records:
        rules = unique_rules(one.model)
        values = one.whole() if rules else {}
        for number, rule in enumerate(rules):
            value = rule.value(values)
            if value is None:
                continue
            first = seen.setdefault((one.model, number, value), one)
            if first is not one and first.name != one.name:
                yield _problem(one, f"{rule.message} ({first.id}: {first.where})", rule.fields[-1])


def _unsound(one: Record) -> Iterator[Problem]:
    """What validators, the model's own `clean` and the database's rules have against an object."""
    shape, values = one.shape, one.whole()
    errors = dict(_against_fields(shape, values))
    if not errors:
        errors = _against_row(shape, values)
    for field, messages in errors.items():
        for message in messages:
            yield _problem(one, message, "" if field == NON_FIELD_ERRORS else field)
    if not errors:
        yield from (_problem(one, message) for message in violations(shape, values))


def instance(shape: Shape, values: Values) -> Any:
    """An unsaved row with the values that are no references."""
    plain = {name: value for name, value in values.items() if not shape.fields[name].target}
    return shape.model(**{name: stored(shape, name, value) for name, value in plain.items()})


def stored(shape: Shape, field: str, value: Plain) -> Any:
    """A plain value as the model holds it."""
    return Decimal(value) if shape.fields[field].sort is Sort.DECIMAL and isinstance(value, str) else value


def _against_fields(shape: Shape, values: Values) -> Iterator[tuple[str, list[str]]]:
    references = {name for name, field in shape.fields.items() if field.target}
    try:
        instance(shape, values).clean_fields(exclude=references)
    except ValidationError as error:
        yield from error.message_dict.items()
    for name, field in shape.fields.items():
        value = values[name]
        # Only forms hold a TextField to its length.
        if field.max_length and isinstance(value, str) and len(value) > field.max_length and _is_text(shape, name):
            yield name, [f"has {len(value)} characters; {field.max_length} are allowed."]


def _is_text(shape: Shape, name: str) -> bool:
    return shape.model._meta.get_field(name).get_internal_type() == "TextField"


def _against_row(shape: Shape, values: Values) -> dict[str, list[str]]:
    try:
        instance(shape, values).clean()
    except ValidationError as error:
        return error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    return {}
