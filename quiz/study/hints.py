"""Hints in a sitting: which were asked for, which are left, and asking for the next one."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from django.db import transaction

from quiz.models import AskedQuestion, SittingMode
from quiz.questions import hints
from quiz.questions.chronicle import Chronicle
from quiz.questions.hints import Hint
from quiz.questions.marking import Answer, InvalidAnswer

MODES = frozenset({SittingMode.PRACTICE, SittingMode.DAILY, SittingMode.WEAK, SittingMode.AGAIN})
"""Where there are hints: not in an exam, nor in a timeline run, whose result is shared as one's own."""


class StruckOut(InvalidAnswer):
    """The answer is one that a hint took away: in a page that does not show the hint yet."""


@dataclass(frozen=True, slots=True)
class Hints:
    """The hints on a question: those told so far, and how many are left."""

    told: tuple[Hint, ...] = ()
    left: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.told) + self.left

    @property
    def next(self) -> int:
        """The number of the next one, from 1; 0 where none is left."""
        return len(self.told) + 1 if self.left else 0

    @property
    def latest(self) -> Hint | None:
        """The one told last."""
        return self.told[-1] if self.told else None

    @property
    def gone(self) -> frozenset[int]:
        """The answers taken away so far, by their indexes."""
        return _gone(self.told)


def on(asked: AskedQuestion, story: Chronicle) -> Hints:
    """The hints on a question, the same each time; none where its sitting gives none."""
    if asked.sitting.mode not in MODES:
        return Hints()
    every = hints.hints(asked.question, _chance(asked), story.gazetteer)
    told = every[: asked.hints]
    return Hints(told, len(every) - len(told))


def refuse_struck(asked: AskedQuestion, given: Answer) -> None:
    """Raise StruckOut for an answer that a hint took away; the sitting must be at hand."""
    if asked.hints and given.choice in _gone(hints.hints(asked.question, _chance(asked))[: asked.hints]):
        raise StruckOut


def _gone(told: Sequence[Hint]) -> frozenset[int]:
    return frozenset(n for hint in told for n in hint.gone)


def _chance(asked: AskedQuestion) -> Random:
    """The chance of a question's hints; not from its token alone, which stands in the page."""
    return Random(f"hints/{asked.sitting.seed}/{asked.token}")


@transaction.atomic
def ask(asked_id: int, step: int, story: Chronicle) -> AskedQuestion:
    """Ask for the hint of this number, from 1, and give the question as it is then.

    Only the next one is counted: a step asked for once more, from another tab or by a second click, finds it told, and
    one on what was answered or ended meanwhile changes nothing. Raises AskedQuestion.DoesNotExist.
    """
    asked = AskedQuestion.objects.select_for_update(of=("self",)).select_related("sitting").get(pk=asked_id)
    closed = asked.answered_at or asked.sitting.finished_at
    if not closed and step and step == on(asked, story).next:
        asked.hints = step
        asked.save(update_fields=["hints"])
    return asked
