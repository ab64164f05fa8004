"""What the form of an event that is to be put into a line shows: the event, what stands in the line, and the gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quiz.questions.question import Option, Question


@dataclass(frozen=True, slots=True)
class Stop:
    """An event that stands in the line; `date` in words, blank where its note tells none after the event itself."""

    text: str
    note: str
    date: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in a line of events, with what stands before and after it; None at an end of the line."""

    before: Stop | None
    after: Stop | None


@dataclass(frozen=True, slots=True)
class Placing:
    """An event to be put into a line: what is asked of it, the event itself, and the gaps from first to last.

    `asks` and `event` are the stem before and after its colon, without the question mark; `event` is blank for a stem
    without colon, which is then told as a whole.
    """

    asks: str
    event: str
    gaps: tuple[Gap, ...]


def placing(question: Question) -> Placing:
    """What the form of a GAP question shows; the same whichever gap is right."""
    asks, _, event = question.stem.removesuffix("?").partition(": ")
    return Placing(asks, event, gaps(question.options))


def gaps(options: Sequence[Option]) -> tuple[Gap, ...]:
    """The gaps of a line, from the one before all to the one after all."""
    ends = [None, *(_stop(option) for option in options), None]
    return tuple(Gap(before, after) for before, after in pairwise(ends))


def _stop(option: Option) -> Stop:
    """An event of the line; its note tells it once more, with the date in brackets."""
    other, _, date = option.note.partition(f"{option.text} (")
    return Stop(option.text, option.note, "" if other else date.removesuffix(".").removesuffix(")"))
