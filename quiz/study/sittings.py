"""Sittings: begin one, answer its questions, finish it. Each verb is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from quiz.models import AskedQuestion, Confidence, Event, Phase, Sitting, SittingMode, User
from quiz.questions.chronicle import Chronicle
from quiz.questions.marking import Answer, Marked, mark
from quiz.study import difficulty, hints, memory
from quiz.study.drawing import Choice, Drawn, Wanted, draw, draw_about, draw_run

MOST_ABOUT = 20
"""So many questions at most has a sitting about named facts: a daily review, the same once more."""
MOST_WEAK = 10
"""So many at most has one about weak spots."""
RUN_STEPS = 9
"""So many events are placed in a timeline run, after a first one that stands there."""
EXTENSION = 5
"""Minutes by which a time limit is extended at once."""


@transaction.atomic
def begin(user: User, chronicle: Chronicle, choice: Choice, *, now: datetime, seed: int) -> Sitting:
    """Begin a sitting with all its questions, as they will be asked whatever becomes of the chronicle.

    Raises TooFewQuestions where the choice does not give enough; nothing is stored then.
    """
    drawn = draw(chronicle, choice, seed, difficulty.beliefs(user))
    sitting = Sitting(
        user=user,
        phase=choice.phase,
        facet=choice.facet or "",
        kinds=list(choice.kinds),
        aim=choice.aim,
        mode=choice.mode,
        minutes=choice.minutes,
        ends_at=now + timedelta(minutes=choice.minutes) if choice.minutes else None,
    )
    return _begun(sitting, drawn, now=now, seed=seed)


@transaction.atomic
def begin_about(
    user: User, chronicle: Chronicle, wanted: Sequence[Wanted], mode: SittingMode, *, now: datetime, seed: int
) -> Sitting:
    """Begin a sitting about named facts, as many as can be asked of them, at most `most_about`.

    Raises TooFewQuestions where none can be asked; nothing is stored then.
    """
    drawn = draw_about(chronicle, wanted, most_about(mode), seed, difficulty.beliefs(user))
    return _begun(Sitting(user=user, mode=mode), drawn, now=now, seed=seed)


def most_about(mode: SittingMode) -> int:
    """So many questions at most has a sitting about named facts."""
    return MOST_WEAK if mode == SittingMode.WEAK else MOST_ABOUT


@transaction.atomic
def begin_run(user: User, chronicle: Chronicle, phase: Phase | None, *, now: datetime, seed: int) -> Sitting:
    """Begin a timeline run of RUN_STEPS events, or as many as there are, over the whole story or a phase.

    Raises TooFewQuestions where there are too few in a strict order; nothing is stored then.
    """
    drawn = draw_run(chronicle, phase, RUN_STEPS, seed, difficulty.beliefs(user))
    return _begun(Sitting(user=user, mode=SittingMode.TIMELINE, phase=phase), drawn, now=now, seed=seed)


def _begun(sitting: Sitting, drawn: list[Drawn], *, now: datetime, seed: int) -> Sitting:
    """Store a sitting with its questions."""
    sitting.length, sitting.started_at, sitting.seed = len(drawn), now, seed
    sitting.save()
    asked = _asked(sitting, drawn)
    AskedQuestion.objects.bulk_create(asked)
    difficulty.make_rows(sitting.user, asked)
    return sitting


def _asked(sitting: Sitting, drawn: list[Drawn]) -> list[AskedQuestion]:
    """The rows of the questions, numbered from 1."""
    ids = dict(Event.objects.filter(key__in={one.question.event for one in drawn}).values_list("key", "id"))
    return [
        AskedQuestion(
            sitting=sitting,
            number=number,
            event_id=ids[one.question.event],
            kind=one.question.kind,
            facet=one.question.facet,
            content=one.question.as_dict(),
            difficulty=one.difficulty,
            expected=one.expected,
            probe=one.probe,
        )
        for number, one in enumerate(drawn, 1)
    ]


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answered question with its marking; `repeated` says that the answer was stored before."""

    asked: AskedQuestion
    marked: Marked
    repeated: bool


@transaction.atomic
def answer(asked_id: int, given: Answer, *, now: datetime, confidence: int | None = None) -> Outcome:
    """Mark an answer and keep it, once: a repeated one finds the first and writes nothing.

    `confidence` is how sure the learner said to be, from 1 (guessing) to 3 (sure). Raises InvalidAnswer for an answer
    that the question does not offer, StruckOut for one that a hint took away, TimeIsUp for one that comes after the
    end of the sitting; nothing is stored then.
    """
    asked = AskedQuestion.objects.select_for_update(of=("self",)).select_related("sitting").get(pk=asked_id)
    question = asked.question
    if asked.answered_at:
        return Outcome(asked, mark(question, stored_answer(asked)), repeated=True)
    if asked.sitting.finished_at or is_over(asked.sitting, now):
        raise TimeIsUp
    hints.refuse_struck(asked, given)
    marked = mark(question, given)
    asked.answer = _plain(given)
    asked.answered_at, asked.credit = now, marked.credit
    asked.confidence = None if given.unknown else confidence
    asked.save(update_fields=["answer", "answered_at", "credit", "confidence"])
    learner = _learner(asked)
    hardness = difficulty.move(asked, question, marked.credit)
    memory.answered(learner, asked, given, marked, hardness=hardness, now=now)
    if asked.confidence and not asked.hints:
        # How sure one is with help says nothing of how well one judges what one knows.
        Confidence.count(learner.pk, asked.confidence, marked.credit)
    _finish_if_done(asked.sitting, now)
    return Outcome(asked, marked, repeated=False)


def _learner(asked: AskedQuestion) -> User:
    """Whose answer it is, locked. A guest who becomes an account in this moment is found again as that."""
    try:
        return memory.locked(asked.sitting.user_id)
    except User.DoesNotExist:
        asked.sitting.refresh_from_db(fields=["user"])
        return memory.locked(asked.sitting.user_id)


def _plain(given: Answer) -> dict[str, Any]:
    """An answer as it is stored."""
    return {
        "choice": given.choice,
        "day": given.day.isoformat() if given.day else None,
        "order": list(given.order),
        "place": given.place,
        "typed": given.typed,
    }


def passed_over(asked: AskedQuestion) -> AskedQuestion:
    """A question that was not answered before its sitting ended, in memory only as if nothing was known of it.

    So that it can be told with its key like the others; it is never stored so.
    """
    asked.answer = _plain(Answer())
    return asked


def stored_answer(asked: AskedQuestion) -> Answer:
    """The answer as it was given; raises ValueError for a question without one."""
    if asked.answer is None:
        raise ValueError(f"question {asked.pk} is not answered")
    day = asked.answer["day"]
    return Answer(
        choice=asked.answer["choice"],
        day=datetime.fromisoformat(day).date() if day else None,
        order=tuple(asked.answer["order"]),
        place=asked.answer.get("place", ""),
        typed=asked.answer.get("typed", ""),
    )


def _finish_if_done(sitting: Sitting, now: datetime) -> None:
    if not sitting.asked.filter(answered_at=None).exists():
        sitting.finished_at = now
        sitting.save(update_fields=["finished_at"])


# --- Time limits --------------------------------------------------------------------------------


class TimeIsUp(ValueError):
    """The time of the sitting is up: the answer is not kept, unless the learner extends the time."""


def is_over(sitting: Sitting, now: datetime) -> bool:
    """Whether the time that a learner chose to have is up."""
    return sitting.ends_at is not None and now >= sitting.ends_at


@transaction.atomic
def extend(user: User, sitting_id: int, *, now: datetime) -> Sitting:
    """Give a sitting EXTENSION more minutes, from now on where its time is up already; as often as wished.

    Raises Sitting.DoesNotExist for one that is not this learner's; one without limit, or finished, is left alone.
    """
    sitting = user.sittings.select_for_update().get(pk=sitting_id)
    if sitting.ends_at and not sitting.finished_at:
        sitting.ends_at = max(sitting.ends_at, now) + timedelta(minutes=EXTENSION)
        sitting.save(update_fields=["ends_at"])
    return sitting


@transaction.atomic
def finish(user: User, sitting_id: int, *, now: datetime) -> Sitting:
    """End a sitting before its last question; what is not answered stays so and is rated nowhere.

    Raises Sitting.DoesNotExist for one that is not this learner's.
    """
    sitting = user.sittings.select_for_update().get(pk=sitting_id)
    if not sitting.finished_at:
        sitting.finished_at = now
        sitting.save(update_fields=["finished_at"])
    return sitting
