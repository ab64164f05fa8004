"""Fixtures into the site: as often as you like, without overwriting what an editor changed there."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from quiz.exchange.checking import check
from quiz.exchange.merging import merge
from quiz.exchange.plans import Conflict, Plan, Sides
from quiz.exchange.records import BrokenFixture, Problem, Record, Where
from quiz.exchange.rows import learned, read_site
from quiz.exchange.shapes import Id, Plain, Sort, Values, shapes
from quiz.exchange.writing import write
from quiz.exchange.yaml_reading import read_files
from quiz.models import LoadedRecord
from quiz.models.triggers import content_tables

_LOADERS_LOCK = 0x51414C41  # any number that no other advisory lock here has
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Result:
    """What a load did: numbers of rows, and the conflicts in which the site's version stayed."""

    created: int
    updated: int
    unchanged: int
    kept: int
    retired: int
    deleted: int
    conflicts: tuple[Conflict, ...]


def load(paths: Sequence[Path], *, complete: bool, dry_run: bool = False) -> Result:
    """Load fixture files, all or nothing.

    `complete` says that they are the whole chronicle, so that what is missing in them is gone. Raises
    BrokenFixture, with file, object and field, and DatabaseError; then nothing is written.
    """
    records = read_files(paths)
    if not records:
        raise BrokenFixture([Problem(Where(str(paths[0]) if paths else "fixtures"), "holds no objects.")])
    return load_records(records, complete=complete, dry_run=dry_run)


def load_records(records: Collection[Record], *, complete: bool, dry_run: bool = False) -> Result:
    """Load records; as `load`."""
    with transaction.atomic():
        _lock()
        plan = _load(records, complete=complete)
        transaction.set_rollback(dry_run)
    return Result(
        created=len(plan.creates),
        updated=len(plan.updates) - len(plan.retired),
        unchanged=plan.unchanged,
        kept=len(plan.kept),
        retired=len(plan.retired),
        deleted=len(plan.deletes),
        conflicts=tuple(plan.conflicts),
    )


def _lock() -> None:
    """Let no other loader and no editor in between reading and writing; learners go on.

    SQLite needs nothing here: its transactions are IMMEDIATE, so this one is the only writer already.
    """
    if connection.vendor == "postgresql":  # pragma: no cover - the suite runs on PostgreSQL too
        tables = ", ".join(map(connection.ops.quote_name, content_tables(apps.get_app_config("quiz"))))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOADERS_LOCK])
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def _load(records: Collection[Record], *, complete: bool) -> Plan:
    numbers, ancestors = _ancestors()
    site = read_site()
    files = {one.id: one.whole() for one in records}
    changed = [one for one in records if ancestors.get(one.id) != files[one.id]]
    check(records, changed, () if complete else site.rows)
    gone = [row for row in ancestors if row not in files and row in site.rows] if complete else []
    plan = merge(Sides(files, site.rows, ancestors, complete, learned(site, gone)))
    write(plan, site)
    _remember(plan.ancestors, ancestors)
    LoadedRecord.objects.filter(pk__in=[numbers[row] for row in ancestors if row not in plan.ancestors]).delete()
    return plan


def _ancestors() -> tuple[dict[Id, int], dict[Id, dict[str, Plain]]]:
    """What files and site last agreed on, with the numbers of its rows; models that are no more are left out."""
    numbers: dict[Id, int] = {}
    ancestors: dict[Id, dict[str, Plain]] = {}
    known = LoadedRecord.objects.filter(model__in=shapes()).values_list("pk", "model", "name", "fields")
    for number, model, name, fields in known:
        row = Id(model, _from_json(json.loads(name)))
        numbers[row], ancestors[row] = number, _values(model, fields)
    return numbers, ancestors


def _from_json(value: Any) -> Any:
    return tuple(_from_json(part) for part in value) if isinstance(value, list) else value


def _values(model: str, fields: dict[str, Any]) -> dict[str, Plain]:
    """An ancestor's fields as plain values; fields that the model no longer has are left out."""
    known = shapes()[model].fields
    return {
        name: _from_json(value) if known[name].sort in (Sort.ONE, Sort.MANY) else value
        for name, value in fields.items()
        if name in known
    }


def _key(row: Id) -> str:
    """A name as it is stored: always in the same form, since it is unique as a text."""
    return json.dumps(row.name, ensure_ascii=False, separators=(",", ":"))


def _remember(new: Mapping[Id, Values], old: Mapping[Id, Values]) -> None:
    """Store what files and site agree on now."""
    changed = [
        LoadedRecord(model=row.model, name=_key(row), fields=values)
        for row, values in new.items()
        if old.get(row) != values
    ]
    LoadedRecord.objects.bulk_create(
        changed, batch_size=_CHUNK, update_conflicts=True, unique_fields=["model", "name"], update_fields=["fields"]
    )
