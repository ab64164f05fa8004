"""Sittings: begin one, answer its questions, finish it. Each verb is one transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from quiz.models import AskedQuestion, Attempt, Event, Sitting, User
from quiz.questions.chronicle import Chronicle
from quiz.questions.marking import Answer, Marked, mark
from quiz.study import difficulty
from quiz.study.drawing import Choice, Drawn, draw


@transaction.atomic
def begin(user: User, chronicle: Chronicle, choice: Choice, *, now: datetime, seed: int) -> Sitting:
    """Begin a sitting with all its questions, as they will be asked whatever becomes of the chronicle.

    Raises TooFewQuestions where the choice does not give enough; nothing is stored then.
    """
    drawn = draw(chronicle, choice, seed, difficulty.beliefs(user))
    sitting = Sitting.objects.create(
        user=user,
        phase=choice.phase,
        facet=choice.facet or "",
        kinds=list(choice.kinds),
        aim=choice.aim,
        length=choice.length,
        seed=seed,
        started_at=now,
    )
    asked = _asked(sitting, drawn)
    AskedQuestion.objects.bulk_create(asked)
    difficulty.make_rows(user, asked)
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
def answer(asked_id: int, given: Answer, *, now: datetime) -> Outcome:
    """Mark an answer and keep it, once: a repeated one finds the first and writes nothing.

    Raises InvalidAnswer for an answer that the question does not offer; nothing is stored then.
    """
    asked = AskedQuestion.objects.select_for_update().select_related("sitting").get(pk=asked_id)
    question = asked.question
    if asked.answered_at:
        return Outcome(asked, mark(question, stored_answer(asked)), repeated=True)
    marked = mark(question, given)
    asked.answer = {
        "choice": given.choice,
        "day": given.day.isoformat() if given.day else None,
        "order": list(given.order),
        "place": given.place,
        "typed": given.typed,
    }
    asked.answered_at, asked.credit = now, marked.credit
    asked.save(update_fields=["answer", "answered_at", "credit"])
    _log(asked, marked, difficulty.move(asked, question, marked.credit), now)
    _finish_if_done(asked.sitting, now)
    return Outcome(asked, marked, repeated=False)


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


def _log(asked: AskedQuestion, marked: Marked, hard: float, now: datetime) -> None:
    """Write what the answer told of each fact; facts of events that were deleted since are passed over."""
    ids = dict(Event.objects.filter(key__in=[f.event for f in marked.facts]).values_list("key", "id"))
    Attempt.objects.bulk_create(
        Attempt(
            user_id=asked.sitting.user_id,
            asked=asked,
            event_id=ids[fact.event],
            facet=fact.facet,
            kind=asked.kind,
            credit=fact.credit,
            difficulty=hard,
            answered_at=now,
        )
        for fact in marked.facts
        if fact.event in ids
    )


def _finish_if_done(sitting: Sitting, now: datetime) -> None:
    if not sitting.asked.filter(answered_at=None).exists():
        sitting.finished_at = now
        sitting.save(update_fields=["finished_at"])
