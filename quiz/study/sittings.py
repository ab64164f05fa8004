"""Sittings: begin one, answer its questions, finish it. Each verb is one transaction."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import transaction

from quiz.models import AskedQuestion, Attempt, Event, Phase, Sitting, User
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import DateAsking
from quiz.questions.making import kinds_of, make
from quiz.questions.marking import Answer, Marked, mark
from quiz.questions.question import Facet, Question


class TooFewQuestions(ValueError):
    """The choice of topic gives fewer questions than asked for; `found` says how many."""

    def __init__(self, found: int) -> None:
        """Keep the number for the message."""
        super().__init__(f"only {found} questions")
        self.found = found


@dataclass(frozen=True, slots=True)
class Choice:
    """What a learner chose to be asked: a phase and a facet (None: all), and how many questions."""

    length: int
    phase: Phase | None = None
    facet: Facet | None = None


def assemble(chronicle: Chronicle, choice: Choice, seed: int) -> list[Question]:
    """Draw the questions of a sitting: kinds in turn, no event twice near itself, none that answers an earlier one.

    Raises TooFewQuestions where the choice does not give enough.
    """
    rng = Random(seed)
    kinds = kinds_of(choice.facet)
    wanted = [k for k, e in chronicle.events.items() if choice.phase is None or e.phase == choice.phase.key]
    chosen: list[Question] = []
    for question in _candidates(chronicle, sorted(wanted), [kind.name for kind in kinds], chosen, rng):
        chosen.append(question)
        if len(chosen) == choice.length:
            return chosen
    raise TooFewQuestions(len(chosen))


def _candidates(
    chronicle: Chronicle, events: list[str], kinds: list[str], asked: list[Question], rng: Random
) -> Iterator[Question]:
    """Questions of the kinds in turn about events in a random order, each event and kind once; none spoiled by those
    asked so far.
    """
    queues = {kind: rng.sample(events, len(events)) for kind in rng.sample(kinds, len(kinds))}
    while any(queues.values()):
        for kind, queue in queues.items():
            while queue:
                made = make(chronicle, kind, queue.pop(), rng.getrandbits(32))
                if isinstance(made, Question) and not _spoils(chronicle, asked, made):
                    yield made
                    break


def _spoils(chronicle: Chronicle, asked: list[Question], question: Question) -> bool:
    """Whether those asked so far tell, in stem or feedback, what a question asks.

    Feedback tells the date and the place of every event it shows, those that wrong answers stand for as well; an
    event from the same sentence, perhaps the same one, or at the same place on the same day tells as much.
    """
    told = {key for earlier in asked for key in (*earlier.events, *(option.event for option in earlier.options))}
    if not told.isdisjoint(question.events):
        return True
    known = set().union(*(_marks(chronicle, key) for earlier in asked for key in earlier.events))
    return not known.isdisjoint(set().union(*(_marks(chronicle, key) for key in question.events)))


def _marks(chronicle: Chronicle, key: str) -> set[tuple[str, ...]]:
    """What two events share when one tells of the other: a sentence, being perhaps the same, place and day."""
    event, how = chronicle.events[key], chronicle.dates[key]
    marks: set[tuple[str, ...]] = {("event", name) for name in (key, *event.twins)}
    marks |= {("sentence", claim.source, at) for claim in event.claims if not claim.infobox for at in claim.locators}
    if event.slot and isinstance(how, DateAsking):
        marks.add(("place and days", event.slot, f"{how.first}/{how.last}"))
    return marks


@transaction.atomic
def begin(user: User, chronicle: Chronicle, choice: Choice, *, now: datetime, seed: int) -> Sitting:
    """Begin a sitting with all its questions, as they will be asked whatever becomes of the chronicle.

    Raises TooFewQuestions where the choice does not give enough; nothing is stored then.
    """
    questions = assemble(chronicle, choice, seed)
    sitting = Sitting.objects.create(
        user=user,
        phase=choice.phase,
        facet=choice.facet or "",
        length=choice.length,
        seed=seed,
        started_at=now,
    )
    ids = dict(Event.objects.filter(key__in={q.event for q in questions}).values_list("key", "id"))
    AskedQuestion.objects.bulk_create(
        AskedQuestion(
            sitting=sitting,
            number=number,
            event_id=ids[question.event],
            kind=question.kind,
            facet=question.facet,
            content=question.as_dict(),
        )
        for number, question in enumerate(questions, 1)
    )
    return sitting


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
    }
    asked.answered_at, asked.credit = now, marked.credit
    asked.save(update_fields=["answer", "answered_at", "credit"])
    _log(asked, marked, now)
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
    )


def _log(asked: AskedQuestion, marked: Marked, now: datetime) -> None:
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
            answered_at=now,
        )
        for fact in marked.facts
        if fact.event in ids
    )


def _finish_if_done(sitting: Sitting, now: datetime) -> None:
    if not sitting.asked.filter(answered_at=None).exists():
        sitting.finished_at = now
        sitting.save(update_fields=["finished_at"])
