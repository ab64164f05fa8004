"""From the text of fixture files to records."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from quiz.exchange.records import BrokenFixture, Problem, Record, Unquoted, Where, record

MOST_BYTES = 8 * 1024 * 1024
"""The largest file that is read, in bytes: ten times what the chronicle's largest holds."""

# libyaml reads the chronicle in a tenth of the time; the other one is there on every machine.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRAME = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
_TRUE = {"true", "yes", "on"}
_DEEPEST = 6
_WHOLE = re.compile("0|-?[1-9][0-9]{0,17}")  # not 000, 0x1F, 1_000 or 1:30, which YAML takes for numbers too


def read_files(paths: Iterable[Path]) -> list[Record]:
    """All records of these files; raises BrokenFixture with everything that is wrong in any of them."""
    records: list[Record] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            records += read_text(str(path), _text_of(path))
        except BrokenFixture as broken:
            problems += broken.problems
    if problems:
        raise BrokenFixture(problems)
    return records


def _text_of(path: Path) -> str:
    """The text of a file; raises BrokenFixture where it can't be read."""
    where = Where(str(path))
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BrokenFixture([Problem(where, f"can't be read: {error.strerror}.")]) from None
    if len(raw) > MOST_BYTES:
        raise BrokenFixture([Problem(where, f"is larger than {MOST_BYTES // 1024**2} MiB.")])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BrokenFixture([Problem(Where(str(path), line=line), "is no valid UTF-8.")]) from None


def read_text(file: str, text: str) -> list[Record]:
    """The records of one file; raises BrokenFixture with all that is wrong in it."""
    records: list[Record] = []
    problems: list[Problem] = []
    for index, item in enumerate(_objects(file, text), start=1):
        where = Where(file, index, item.line if isinstance(item, _Mapping) else 0)
        try:
            records.append(_record(item, where))
        except BrokenFixture as broken:
            problems += broken.problems
    if problems:
        raise BrokenFixture(problems)
    return records


def _objects(file: str, text: str) -> list[Any]:
    """The objects of a file, not looked at closer; raises BrokenFixture where they are no list of YAML."""
    try:
        if "\x00" in text:
            line = text.count("\n", 0, text.index("\x00")) + 1
            raise BrokenFixture([Problem(Where(file, line=line), "holds a NUL character.")])
        found = _Document(_LOADER(text)).content()
    except yaml.MarkedYAMLError as error:
        start, mark = error.context_mark, error.problem_mark
        where = Where(file, line=mark.line + 1 if mark else 0)
        since = f" ({error.context}, from line {start.line + 1})" if start else ""
        raise BrokenFixture([Problem(where, f"is no valid YAML: {error.problem}{since}.")]) from None
    except yaml.YAMLError as error:
        raise BrokenFixture([Problem(Where(file), f"is no valid YAML: {error}")]) from None
    if not isinstance(found, list | None):
        raise BrokenFixture([Problem(Where(file), "must be a list of objects with model and fields.")])
    return found or []


@dataclass(frozen=True, slots=True)
class _Mapping:
    """A mapping as it stands in the file: its first line, and its pairs, among which keys may be repeated."""

    line: int
    pairs: list[tuple[Any, Any]]

    def once(self, where: Where) -> dict[str, Any]:
        """As a dictionary; raises BrokenFixture where a key is no text, or is given twice."""
        found: dict[str, Any] = {}
        for key, value in self.pairs:
            if not isinstance(key, str):
                raise BrokenFixture([Problem(where, "has a key that is no name of a field.")])
            if key in found:
                raise BrokenFixture([Problem(where, "is given twice.", field=key)])
            found[key] = value
        return found


class _Document:
    """Reads one YAML document, event by event.

    Not by way of PyYAML's nodes: its C composer overflows the stack on deep nesting, and aliases let a few lines
    stand for more than any memory holds.
    """

    def __init__(self, loader: Any) -> None:
        self.loader = loader

    def content(self) -> Any:
        """What the document holds: lists, mappings, scalars; None for an empty file."""
        events = iter(self.loader.get_event, None)
        found = [self._value(event, 0) for event in events if not isinstance(event, _FRAME)]
        if len(found) > 1:
            raise yaml.MarkedYAMLError(problem="a file holds one document only")
        return found[0] if found else None

    def _value(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.ScalarEvent) and not event.anchor:
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not used here", problem_mark=event.start_mark)
        if depth > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="it is nested too deeply", problem_mark=event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self._items(yaml.SequenceEndEvent, depth))
        items = list(self._items(yaml.MappingEndEvent, depth))
        return _Mapping(event.start_mark.line + 1, list(zip(items[::2], items[1::2], strict=True)))

    def _items(self, end: type, depth: int) -> Iterator[Any]:
        while not isinstance(event := self.loader.get_event(), end):
            yield self._value(event, depth + 1)

    def _scalar(self, event: Any) -> str | int | Unquoted | None:
        """A text, truth, whole number, None, or what stood unquoted and is none of these."""
        text: str = event.value
        match event.tag or self.loader.resolve(yaml.ScalarNode, text, event.implicit):
            case "tag:yaml.org,2002:str":
                return text
            case "tag:yaml.org,2002:null":
                return None
            case "tag:yaml.org,2002:bool":
                return text.lower() in _TRUE
            case "tag:yaml.org,2002:int" if _WHOLE.fullmatch(text):
                return int(text)
            case _:
                return Unquoted(text)


def _record(item: Any, where: Where) -> Record:
    """The record of one object; raises BrokenFixture."""
    parts = item.once(where) if isinstance(item, _Mapping) else {}
    model, fields = parts.get("model"), parts.get("fields")
    if not isinstance(model, str) or not isinstance(fields, _Mapping):
        raise BrokenFixture([Problem(where, "must be an object with a model and a mapping of fields.")])
    for extra in parts.keys() - {"model", "fields"}:
        why = "is not used: a row is named by its natural key." if extra == "pk" else "does not belong here."
        raise BrokenFixture([Problem(where, why, model, field=extra)])
    return record(model, fields.once(where), where)
