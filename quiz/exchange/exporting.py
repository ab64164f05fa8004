"""The site's content into fixture files, in their canonical form: what was loaded comes out byte for byte."""

import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from quiz.exchange.records import Record, Where
from quiz.exchange.rows import Site, read_site
from quiz.exchange.shapes import Id, Name, Values, name_order, shapes
from quiz.exchange.yaml_writing import text_of
from quiz.models import Claim, Role

OWN_FILES = re.compile(
    r"0[1-4]_(sources|places|actors|phases)\.yaml|10_events_\d{4}_\d\d\.yaml|9[05]_(events_undated|order)\.yaml"
)
"""The names of the files that a dump writes, and removes where they have no content any more."""

_FAR = date.max
_ROLES: dict[Any, int] = {role.value: place for place, role in enumerate(Role)}
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Dumped:
    """Which files a dump wrote, left as they were, and removed."""

    written: tuple[str, ...]
    same: tuple[str, ...]
    removed: tuple[str, ...]


def dump(folder: Path) -> Dumped:
    """Write the site's content into a folder, which is made if it is missing; raises OSError.

    All files are written beside their places first and then renamed, so that a failure halfway leaves the old ones.
    """
    texts = {file: text_of(records) for file, records in files(read_site())}
    folder.mkdir(parents=True, exist_ok=True)
    existing = {path.name: path for path in sorted(folder.iterdir()) if OWN_FILES.fullmatch(path.name)}
    changed = {
        file: text.encode()
        for file, text in texts.items()
        if file not in existing or existing[file].read_bytes() != text.encode()
    }
    _replace(folder, changed)
    stale = [file for file in existing if file not in texts]
    for file in stale:
        existing[file].unlink()
    return Dumped(tuple(changed), tuple(file for file in texts if file not in changed), tuple(stale))


def _replace(folder: Path, contents: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory(prefix=".dump-", dir=folder) as beside:
        for file, content in contents.items():
            with (Path(beside) / file).open("wb") as opened:
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
        for file in contents:
            (Path(beside) / file).replace(folder / file)


def files(site: Site) -> Iterator[tuple[str, list[Record]]]:
    """The fixture files by name, each with its records in canonical order; files without records are left out."""
    for file, rows in _Arrangement(site).files():
        if records := [_record(row, site.rows[row], file) for row in rows]:
            yield file, records


def _record(row: Id, values: Values, file: str) -> Record:
    """The record of a row; what has its default is left out, but for what makes the name."""
    shape = shapes()[row.model]
    given = {
        name: value
        for name, value in values.items()
        if value != shape.fields[name].default or (name in shape.naming_fields and value is not None)
    }
    return Record(row.model, row.name, given, Where(file))


class _Arrangement:
    """Which rows go into which file, in which order: decided by their content alone, never by their numbers."""

    def __init__(self, site: Site) -> None:
        self.rows = site.rows
        self.of_model: dict[str, list[Id]] = defaultdict(list)
        self.parts: dict[tuple[str, str, Any], list[Id]] = defaultdict(list)
        for row in sorted(site.rows, key=lambda row: name_order(row.name)):
            self.of_model[row.model].append(row)
            for owner in shapes()[row.model].owners:
                self.parts[row.model, owner, site.rows[row][owner]].append(row)

    def files(self) -> Iterator[tuple[str, list[Id]]]:
        """The rows of each file."""
        yield "01_sources.yaml", [*self.of_model["quiz.source"], *self.of_model["quiz.passage"]]
        yield "02_places.yaml", list(self._tree("quiz.place", "lies_in", "quiz.placespelling", "place"))
        yield "03_actors.yaml", list(self._tree("quiz.actor", "part_of", "quiz.actorname", "actor"))
        yield "04_phases.yaml", sorted(self.of_model["quiz.phase"], key=lambda row: self._value(row, "number"))
        by_file: dict[str, list[Id]] = defaultdict(list)
        days = _days()
        events = self.of_model["quiz.event"]
        for event in sorted(events, key=lambda row: days.get(row.name, (_FAR, _FAR))):  # events of one span by name
            by_file[_event_file(days.get(event.name))].extend(self._event(event))
        yield from by_file.items()
        yield "95_order.yaml", self.of_model["quiz.statedorder"]

    def _value(self, row: Id, field: str) -> Any:
        return self.rows[row][field]

    def _tree(self, label: str, parent: str, part: str, owner: str) -> Iterator[Id]:
        """Rows with their parts, each after the one that it lies in, next to its siblings."""
        below: dict[Any, list[Id]] = defaultdict(list)
        for row in self.of_model[label]:
            below[self._value(row, parent)].append(row)
        left = dict.fromkeys(self.of_model[label])
        # Rows that lie in each other have no top: they come last, from the first of them on.
        tops = [*below[None], *self.of_model[label]]
        for top in tops:
            stack = [top]
            while stack:
                row = stack.pop()
                if row in left:
                    del left[row]
                    yield row
                    yield from self.parts[part, owner, row.name]
                    stack += reversed(below[row.name])

    def _event(self, event: Id) -> Iterator[Id]:
        """An event with all that belongs to it."""
        yield event
        yield from sorted(self.parts["quiz.eventplace", "event", event.name], key=self._place_order)
        claims = self.parts["quiz.claim", "event", event.name]
        for claim in sorted(claims, key=lambda row: (self._value(row, "source"), row.name)):
            yield claim
            yield from sorted(self.parts["quiz.claimplace", "claim", claim.name], key=self._place_order)
            yield from self.parts["quiz.figure", "claim", claim.name]

    def _place_order(self, row: Id) -> tuple[bool, int, Any]:
        values = self.rows[row]
        return not values.get("slot"), _ROLES.get(values["role"], len(_ROLES)), row.name


def _days() -> dict[Name, Days]:
    """First and last day of each dated event, over its claims; what has no lower bound counts from its upper one."""
    bounds: dict[str, list[tuple[date | None, date]]] = defaultdict(list)
    for key, earliest, latest in Claim.objects.exclude(date="").values_list("event__key", "earliest", "latest"):
        bounds[key].append((earliest, latest))
    return {(key,): _span(pairs) for key, pairs in bounds.items()}


def _span(pairs: Iterable[tuple[date | None, date]]) -> Days:
    firsts = [earliest for earliest, _latest in pairs if earliest]
    lasts = [latest for _earliest, latest in pairs]
    return min(firsts or lasts), max(lasts)


def _event_file(days: Days | None) -> str:
    return f"10_events_{days[0]:%Y_%m}.yaml" if days else "90_events_undated.yaml"
