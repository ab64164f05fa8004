"""What a proof found: for each property how much was checked, what was passed over and why, and what failed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Self

from quiz.questions.proving.space import Balance, Rate, Spread
from quiz.questions.question import Question
from quiz.study.coverage import Coverage


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that fails, and the question that shows it; of a pair the seed is None, of no question all is blank."""

    text: str
    question: str = ""
    seed: int | None = None
    stem: str = ""
    options: tuple[str, ...] = ()
    key: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str, question: Question, seed: int | None) -> Self:
        """A fault with the question that shows it."""
        return cls(text, question.id, seed, question.stem, tuple(o.text for o in question.options), question.key)


@dataclass(slots=True)
class Row:
    """One property: how often it was checked, how often it says nothing (by reason), and its faults."""

    group: str
    name: str
    checked: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing was checked, so that to find no fault says nothing."""
        return not self.checked

    def add(self, other: "Row") -> None:
        """Take in what another process found of the same property."""
        self.checked += other.checked
        self.skipped.update(other.skipped)
        self.faults += other.faults

    def see(self, faults: Iterable[Fault]) -> None:
        """Count one thing checked, with what is wrong with it."""
        self.checked += 1
        self.faults += faults


@dataclass(frozen=True, slots=True)
class Making:
    """How many questions of a kind were made, as wholes and as pairs, and why others were not."""

    kind: str
    wholes: int
    pairs: int
    refused: Counter[str]


@dataclass(frozen=True, slots=True)
class Constant:
    """The best constant answer to the questions that ask for a day in one phase: the day, and its mean credit."""

    phase: str
    questions: int
    day: str
    credit: float


@dataclass(frozen=True, slots=True)
class Proof:
    """All that was found. `sampled` says of how many events questions were made, where not of all."""

    rows: tuple[Row, ...]
    made: tuple[Making, ...] = ()
    rates: tuple[Rate, ...] = ()
    spreads: tuple[Spread, ...] = ()
    balances: tuple[Balance, ...] = ()
    counts: tuple[tuple[str, int, int], ...] = ()
    constants: tuple[Constant, ...] = ()
    slips: tuple[tuple[str, str], ...] = ()
    coverage: Coverage | None = None
    sampled: str = ""

    @property
    def failed(self) -> list[Row]:
        """The properties that do not hold."""
        return [row for row in self.rows if row.faults]

    @property
    def unchecked(self) -> list[Row]:
        """The properties of which nothing was checked: that no fault was found there says nothing."""
        return [row for row in self.rows if row.empty]

    @property
    def holds(self) -> bool:
        """Whether everything was checked and nothing failed."""
        return not self.failed and not self.unchecked

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for writing as JSON."""
        return {**_plain(self), "holds": self.holds}


def _plain(value: Any) -> Any:
    """Dataclasses as dictionaries, all the way down; `asdict` of the library can't make a Counter anew."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
