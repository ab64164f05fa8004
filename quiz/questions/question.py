"""A question as a value: what is asked, what may be answered, what is right, and why.

It holds everything that is shown before and after the answer, so that it can be stored as it was asked and shown
again when the chronicle has changed. Before the answer a page may show the stem and the options' texts (of a PIN
question also where its pins lie), no more.
"""

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from math import factorial
from typing import Any, Self


class Facet(StrEnum):
    """What of an event is asked."""

    DATE = "date"
    PLACE = "place"
    SEQUENCE = "sequence"
    SOURCE = "source"


class Mode(StrEnum):
    """How a fact may be asked, as its claims allow."""

    PLAIN = "plain"
    ATTRIBUTED = "attributed"
    DISPUTED = "not settled"


class Shape(StrEnum):
    """How a question is answered; each shape has one form, one template and one way of marking."""

    CHOICE = "choice"
    DAY = "day"
    ORDER = "order"
    GAP = "gap"
    PIN = "pin"
    PLACE = "place"


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

    `event`, `place` and `witness` are the keys of what the option stands for (a source or a voice), or blank. A pin
    has its coordinates in degrees of WGS 84.
    """

    text: str
    note: str = ""
    event: str = ""
    text_ar: str = ""
    place: str = ""
    witness: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question of one of the kinds.

    - `options`: CHOICE and PIN: what may be chosen; ORDER: the events as first shown; GAP: the line of events, the
      earliest first, into which one more is to be put; DAY and PLACE: none, the answer is typed.
    - `key`: CHOICE and PIN: the right option's index; ORDER: the indexes of all options, first event first; GAP: the
      index of the option before which the event belongs, their number if after all; DAY and PLACE: empty.
    - `days`: DAY only: first and last accepted day as ISO texts.
    - `half_life`: DAY only: after how many days off the credit halves (see `quiz.questions.marking`).
    - `places`: PLACE only: keys of the places that are right.
    - `aside`: PLACE only: keys of places that are neither right nor wrong, as the event is told of them too, or they
      hold the right one: they are asked back and cost nothing.
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
    places: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
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

    @property
    def choices(self) -> int:
        """Among how many answers one is chosen: options, pins or gaps; 0 where none is chosen."""
        match self.shape:
            case Shape.CHOICE | Shape.PIN:
                return len(self.options)
            case Shape.GAP:
                return len(self.options) + 1
            case _:
                return 0

    @property
    def chance(self) -> float:
        """How likely a blind guess is right, from 0 to 1; 0 where the answer is typed."""
        if self.shape is Shape.ORDER:
            return 1 / factorial(len(self.options))
        return 1 / self.choices if self.choices else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for storing as JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Self:
        """The question that `as_dict` gave, also as an earlier version of this site stored it."""
        values = dict(stored)
        values["shape"], values["facet"], values["mode"] = (
            Shape(stored["shape"]),
            Facet(stored["facet"]),
            Mode(stored["mode"]),
        )
        for name in ("events", "key", "places", "aside"):
            values[name] = tuple(stored.get(name, ()))
        values["options"] = tuple(Option(**option) for option in stored["options"])
        values["citations"] = tuple(Citation(**citation) for citation in stored["citations"])
        values["days"] = tuple(stored["days"]) if stored["days"] else None
        return cls(**values)
