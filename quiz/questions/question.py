"""A question as a value: what is asked, what may be answered, what is right, and why.

It holds everything that is shown before and after the answer, so that it can be stored as it was asked and shown
again when the chronicle has changed. Before the answer a page may show the stem and the options' texts, no more.
"""

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self


class Facet(StrEnum):
    """What of an event is asked."""

    DATE = "date"
    PLACE = "place"
    SEQUENCE = "sequence"


class Mode(StrEnum):
    """How a fact may be asked, as its claims allow."""

    PLAIN = "plain"
    ATTRIBUTED = "attributed"


class Shape(StrEnum):
    """How a question is answered; each shape has one form, one template and one way of marking."""

    CHOICE = "choice"
    DAY = "day"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Citation:
    """One claim behind the key: who says what, and where it stands."""

    source: str
    source_key: str
    locator: str
    sentence: str
    date: str
    voice: str


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, or to put in order; `note` says after the answer what it really was.

    `event` is the key of the event that the option stands for, or blank.
    """

    text: str
    note: str = ""
    event: str = ""
    text_ar: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of one of the kinds.

    - `key`: CHOICE: the right option's index; ORDER: the indexes of all options, first event first; DAY: empty.
    - `days`: DAY only: first and last accepted day as ISO texts.
    - `half_life`: DAY only: after how many days off the credit halves (see `quiz.questions.marking`).
    - `events`: keys of the events that an answer tells of, first the one asked about.
    """

    id: str
    kind: str
    shape: Shape
    facet: Facet
    mode: Mode
    events: tuple[str, ...]
    stem: str
    options: tuple[Option, ...]
    key: tuple[int, ...]
    key_text: str
    explanation: str
    citations: tuple[Citation, ...]
    days: tuple[str, str] | None = None
    half_life: float = 0.0
    sensitive: bool = False

    @property
    def event(self) -> str:
        """The key of the event asked about."""
        return self.events[0]

    @property
    def accepted(self) -> tuple[date, date]:
        """First and last right day of a DAY question; raises ValueError for other shapes."""
        if self.days is None:
            raise ValueError(f"{self.id} asks for no day")
        return date.fromisoformat(self.days[0]), date.fromisoformat(self.days[1])

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for storing as JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Self:
        """The question that `as_dict` gave."""
        values = dict(stored)
        values["shape"], values["facet"], values["mode"] = (
            Shape(stored["shape"]),
            Facet(stored["facet"]),
            Mode(stored["mode"]),
        )
        values["events"], values["key"] = tuple(stored["events"]), tuple(stored["key"])
        values["options"] = tuple(Option(**option) for option in stored["options"])
        values["citations"] = tuple(Citation(**citation) for citation in stored["citations"])
        values["days"] = tuple(stored["days"]) if stored["days"] else None
        return cls(**values)
