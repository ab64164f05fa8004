"""What the merge of files and site starts from, and what it comes to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from quiz.exchange.shapes import Id, Values

Rows = Mapping[Id, Values]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where files and site disagree and the site's version stays; `field` is blank for whole rows."""

    id: Id
    message: str
    field: str = ""

    def __str__(self) -> str:
        named = f", {self.field}" if self.field else ""
        return f"{self.id}{named}: {self.message}"


@dataclass(slots=True)
class Plan:
    """What is to be written so that the site takes up the files.

    `final` are the rows as they will be, `updates` the fields that change, `ancestors` what the site and the files
    last agreed on, `kept` what editors changed and the files did not.
    """

    final: dict[Id, Values] = field(default_factory=dict)
    creates: list[Id] = field(default_factory=list)
    updates: dict[Id, list[str]] = field(default_factory=dict)
    deletes: list[Id] = field(default_factory=list)
    retired: list[Id] = field(default_factory=list)
    kept: list[Id] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    ancestors: dict[Id, Values] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sides:
    """The three sides of a merge, and what stands around it.

    `complete` says whether the files hold the whole chronicle, so that what is missing there is gone. `learned`
    are the rows that learners' own rows point to.
    """

    files: Rows
    site: Rows
    ancestors: Rows
    complete: bool = True
    learned: Collection[Id] = ()
