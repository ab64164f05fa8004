"""From records to the text of fixture files: one canonical form, made to be read and edited by hand.

Main rows stand in block style with a blank line before them, their parts in one line each. Whatever YAML, of any
version, could take for something else than a text stands in quotes.
"""

import json
import re
from collections.abc import Iterable, Iterator

from quiz.exchange.records import Record
from quiz.exchange.shapes import FieldShape, Plain, Sort

WIDTH = 110
"""Longest line of block style, in characters, where words allow."""

IN_ONE_LINE = frozenset(
    f"quiz.{name}"
    for name in ("passage", "placespelling", "actorname", "eventplace", "claimplace", "figure", "statedorder")
)
"""The models whose rows are written in one line."""

# A plain text starts with a letter; what follows must mean nothing in YAML. In flow style less is allowed.
_PLAIN_IN_BLOCK = re.compile(
    r"[^\W\d_](?:[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff#:]|(?<=\S)#|:(?=\S))*(?<!\s)"
)
_PLAIN_IN_FLOW = re.compile(r"[^\W\d_][\w .'()/&;%+–—’“”-]*(?<! )")
_SWITCHES = re.compile("y|n|yes|no|on|off|true|false|null", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def text_of(records: Iterable[Record]) -> str:
    """The text of a file with these records, in this order."""
    return "".join(_objects(records)).lstrip("\n")


def _objects(records: Iterable[Record]) -> Iterator[str]:
    for one in records:
        fields = [(field, one.fields[name]) for name, field in one.shape.fields.items() if name in one.fields]
        if one.model in IN_ONE_LINE:
            inner = ", ".join(f"{field.name}: {_flow(value)}" for field, value in fields)
            yield f"- {{model: {one.model}, fields: {{{inner}}}}}\n"
        else:
            yield f"\n- model: {one.model}\n  fields:\n"
            for field, value in fields:
                yield _block(field, value)


def _block(field: FieldShape, value: Plain) -> str:
    """One field of a main row, in as many lines as it takes."""
    if field.sort is Sort.MANY and isinstance(value, tuple):
        return f"    {field.name}:\n" + "".join(f"    - {_flow(item)}\n" for item in value)
    if isinstance(value, str):
        head = f"    {field.name}: "
        return _folded(head, scalar(value, plain=_PLAIN_IN_BLOCK)) + "\n"
    return f"    {field.name}: {_flow(value)}\n"


def _flow(value: Plain) -> str:
    """A value in one line; a reference, and what it consists of, as a list."""
    if isinstance(value, tuple):
        return f"[{', '.join(_flow(part) for part in value)}]"
    return scalar(value)


def scalar(value: str | int | None, *, plain: re.Pattern[str] = _PLAIN_IN_FLOW) -> str:
    """A value in one line: plain where that can't be misread, else in quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if plain.fullmatch(value) and not _SWITCHES.fullmatch(value):
        return value
    if _UNPRINTABLE.search(value) or any(mark < " " for mark in value):
        return _escaped(value)
    return "'" + value.replace("'", "''") + "'"


def _escaped(value: str) -> str:
    """In double quotes, as JSON has it, with what YAML's readers refuse or fold escaped as well."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda mark: f"\\U{ord(mark[0]):08x}", text)


def _folded(head: str, text: str) -> str:
    """Fold a text at single spaces between words: reading puts the spaces back. In double quotes nothing is folded."""
    if len(head) + len(text) <= WIDTH or text.startswith('"'):
        return head + text
    lines, line = [], head
    for number, word in enumerate(re.split(r"(?<=\S) (?=[^\W\d_])", text)):
        if number and len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line = f"      {word}"
        else:
            line += f" {word}" if number else word
    return "\n".join([*lines, line])
