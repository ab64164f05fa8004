"""Several editors on one page: what a form was opened with, and who changed it since."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.forms.models import _get_foreign_key
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from quiz.admin.widgets import usable_id

OPENED = "_opened"
"""The hidden field that carries what a form was opened with."""


def opened_with(row: Model, inlines: Iterable[type[Model]]) -> str:
    """A fingerprint of a row and its inlines as stored, and the last entry of their log: `<digest>.<id>`."""
    inlines = list(inlines)
    stored = [_stored(rows) for rows in _families(row, inlines)]
    digest = hashlib.sha256(json.dumps(stored, default=str).encode()).hexdigest()[:32]
    last = _log(row, inlines).values_list("pk", flat=True).last()
    return f"{digest}.{last or 0}"


def differs(opened: str, now: str) -> bool:
    """Whether a row was changed since a form was opened; an entry of the log alone is no change."""
    return opened.partition(".")[0] != now.partition(".")[0]


def changes_since(opened: str, row: Model, inlines: Iterable[type[Model]]) -> list[str]:
    """Who changed a row and its inlines, when and what; never empty."""
    since = opened.partition(".")[2]
    entries = _log(row, inlines).select_related("user")
    if not opened or not usable_id(since):
        entries = entries.none()
    found = [_told(entry) for entry in entries if entry.pk > int(since)]
    return found or [_("Nobody on these pages: it was loaded from files, or changed by a command.")]


def _told(entry: LogEntry) -> str:
    words = {
        "who": entry.user.get_username(),
        "when": date_format(localtime(entry.action_time), "DATETIME_FORMAT"),
        "what": entry.get_change_message(),
    }
    return _("%(who)s, %(when)s: %(what)s") % words


def _families(row: Model, inlines: Iterable[type[Model]]) -> Iterator[QuerySet[Model]]:
    """The row itself, then the rows of each inline."""
    yield type(row)._base_manager.filter(pk=row.pk)
    for model in inlines:
        parent = _get_foreign_key(type(row), model)
        yield model._base_manager.filter(**{parent.name: row.pk})


def _stored(rows: QuerySet[Model]) -> list[Any]:
    """All that is stored of rows: their columns, and what they are joined to."""
    fields = rows.model._meta
    columns = [field.attname for field in fields.concrete_fields]
    joined = [
        list(rows.order_by("pk", field.name).values_list("pk", field.name)) for field in fields.local_many_to_many
    ]
    return [list(rows.order_by("pk").values_list(*columns)), joined]


def _log(row: Model, inlines: Iterable[type[Model]]) -> QuerySet[LogEntry]:
    """What was done on the pages of a row and of its inlines, the first thing first."""
    wanted = Q()
    for rows in _families(row, inlines):
        keys = [str(key) for key in rows.values_list("pk", flat=True)]
        wanted |= Q(content_type=ContentType.objects.get_for_model(rows.model), object_id__in=keys)
    return LogEntry.objects.filter(wanted).order_by("pk")
