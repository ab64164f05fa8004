"""Problem reports: learners make them, editors decide on them. Each verb is one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from quiz.models import (
    LONGEST_REPORT,
    WAITING,
    AskedQuestion,
    ContentRevision,
    Event,
    Problem,
    ProblemReport,
    ReportState,
    User,
)
from quiz.models.reports import ProblemReportQuerySet
from quiz.study import memory

MOST_REPORTS = 30
"""So many reports at most does a learner make within DAY."""
DAY = timedelta(days=1)
MOST_BY_GUESTS = 60
"""So many reports on pages of events at most are taken of guests within HOUR before no new guest is made for one."""
MOST_BY_GUESTS_ON_ONE = 10
"""Likewise on the page of one event."""
HOUR = timedelta(hours=1)
_BETWEEN = "\n\n"
"""What stands between what was written at first and what was added."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: a question that was asked, or an event as its page tells it."""

    event: Event
    asked: AskedQuestion | None = None

    @property
    def question_key(self) -> str:
        """The id of the question; blank for an event."""
        return str(self.asked.content["id"]) if self.asked else ""


class Sent(StrEnum):
    """What became of a report: a new one; added to the learner's earlier one; that one opened anew; nothing new."""

    NEW = "new"
    ADDED = "added"
    REOPENED = "reopened"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A report as it is kept now, and what became of what was sent."""

    report: ProblemReport
    sent: Sent


class NotToldYet(ValueError):
    """The learner has not been told the key of this question: a report would tell it, or rest on nothing."""


class TooManyReports(ValueError):
    """The learner has made MOST_REPORTS reports within DAY."""


class TooManyVisitors(ValueError):
    """Guests have made MOST_BY_GUESTS reports on pages of events within HOUR, or MOST_BY_GUESTS_ON_ONE on this one."""


class ReportTooLong(ValueError):
    """Together with what the learner wrote before, it is longer than LONGEST_REPORT; `left` characters would do."""

    def __init__(self, left: int) -> None:
        """Take the room that is left, in characters, 0 at least."""
        super().__init__(f"{left} characters are left")
        self.left = max(0, left)


def is_told(asked: AskedQuestion) -> bool:
    """Whether the learner was told the key: after the answer, in an exam and for what was left out after the end."""
    return asked.sitting.finished_at is not None or (asked.answered_at is not None and not asked.sitting.is_silent)


def earlier(user: User, subject: Subject) -> ProblemReportQuerySet:
    """What a learner has reported of the same so far, the first one first."""
    return user.reports.filter(event_key=subject.event.key, question_key=subject.question_key).order_by("at", "id")


def admit_visitor(event: Event, *, now: datetime) -> None:
    """Whether a guest may be made for a report on the page of an event: raises TooManyVisitors; one statement.

    Without a bound, whoever keeps no cookies could fill the editors' queue, as each report would be another guest's.
    """
    recent = ProblemReport.objects.filter(user__is_guest=True, question_key="", at__gt=now - HOUR)
    found = recent.aggregate(all=Count("pk"), here=Count("pk", filter=Q(event_key=event.key)))
    if found["all"] >= MOST_BY_GUESTS or found["here"] >= MOST_BY_GUESTS_ON_ONE:
        raise TooManyVisitors


@transaction.atomic
def report(user: User, subject: Subject, problem: Problem, text: str, *, now: datetime) -> Outcome:
    """Put a problem into the editors' queue; where this learner reported it before, add to that and open it again.

    `text` may be blank, but for Problem.OTHER. Raises NotToldYet, TooManyReports, ReportTooLong; nothing is stored
    then.
    """
    if subject.asked and not is_told(subject.asked):
        raise NotToldYet
    learner = memory.locked(user.pk)
    before = earlier(learner, subject).filter(problem=problem).select_for_update(of=("self",)).first()
    if before is not None:
        return _again(before, subject, text, now)
    if learner.reports.filter(at__gt=now - DAY).count() >= MOST_REPORTS:
        raise TooManyReports
    if len(text) > LONGEST_REPORT:
        raise ReportTooLong(LONGEST_REPORT)
    made = ProblemReport(user=learner, at=now, problem=problem, text=text, **_shown(subject))
    made.save()
    return Outcome(made, Sent.NEW)


def _shown(subject: Subject) -> dict[str, Any]:
    """What was shown, to be kept with the report."""
    shown: dict[str, Any] = {
        "event": subject.event,
        "event_key": subject.event.key,
        "question_key": subject.question_key,
        "revision": ContentRevision.current(),
    }
    if asked := subject.asked:
        shown |= {"asked": asked, "kind": asked.kind, "content": asked.content, "answer": asked.answer}
    return shown


def _again(before: ProblemReport, subject: Subject, text: str, now: datetime) -> Outcome:
    """Add to a report what it doesn't say yet. Once decided, it is opened anew, on what was shown this time."""
    sent = Sent.REOPENED if before.is_decided else Sent.KEPT if _holds(before.text, text) else Sent.ADDED
    if sent is not Sent.KEPT:
        before.text = _joined(before.text, text)
        before.added_at = now
        reopened = _decision(ReportState.OPEN, None, now) if before.is_decided else {}
        for name, value in {**_shown(subject), **reopened}.items():
            setattr(before, name, value)
        before.save()
    return Outcome(before, sent)


def _holds(text: str, more: str) -> bool:
    """Whether a text says already, as a paragraph or several, what is to be added to it."""
    return not more or f"{_BETWEEN}{more}{_BETWEEN}" in f"{_BETWEEN}{text}{_BETWEEN}"


def _room(text: str) -> int:
    """How many characters may be added to a text; below 0 where not even what stands between has room."""
    return LONGEST_REPORT - len(text) - len(_BETWEEN if text else "")


def _joined(text: str, more: str) -> str:
    """Both texts, the second where the first doesn't hold it; raises ReportTooLong."""
    if _holds(text, more):
        return text
    if len(more) > _room(text):
        raise ReportTooLong(_room(text))
    return f"{text}{_BETWEEN}{more}" if text else more


def join(guest: User, account: User) -> None:
    """Give the reports of a guest to an account; where both reported the same, the words of both become one report.

    Where that would be too long, or is decided already, the guest's report stays in the queue as nobody's. Within a
    transaction that holds both learners' locks.
    """
    own = {_about(one): one for one in account.reports.select_for_update(of=("self",))}
    doubled = [one for one in guest.reports.all() if _about(one) in own]
    guest.reports.exclude(pk__in=[one.pk for one in doubled]).update(user=account)
    joined = []
    for theirs in doubled:
        mine = own[_about(theirs)]
        fits = _holds(mine.text, theirs.text) or len(theirs.text) <= _room(mine.text)
        if fits and not mine.is_decided:
            mine.text = _joined(mine.text, theirs.text)
            joined.append(theirs.pk)
    if joined:
        ProblemReport.objects.bulk_update(own.values(), ["text"])
        ProblemReport.objects.filter(pk__in=joined).delete()


def _about(one: ProblemReport) -> tuple[str, str, str]:
    """What a learner reports once."""
    return one.event_key, one.question_key, one.problem


@transaction.atomic
def decide(
    chosen: Iterable[int], state: ReportState, editor: User, *, now: datetime, note: str | None = None
) -> list[ProblemReport]:
    """Bring reports into a state, and give those that changed, by number.

    Who decided and when is kept for the states that decide; what is in its state already keeps both. A `note` takes
    the place of the editors' note; with None that stays.
    """
    changed = []
    for one in ProblemReport.objects.select_for_update(of=("self",)).filter(pk__in=list(chosen)).order_by("pk"):
        wanted = {} if one.state == state else _decision(state, editor, now)
        if note is not None and note != one.note:
            wanted["note"] = note
        if wanted:
            for name, value in wanted.items():
                setattr(one, name, value)
            one.save(update_fields=list(wanted))
            changed.append(one)
    return changed


def _decision(state: ReportState, editor: User | None, now: datetime) -> dict[str, Any]:
    """A state with who decided and when; neither where it decides nothing."""
    decided = state not in WAITING
    return {
        "state": state,
        "decided_by": editor if decided else None,
        "decided_at": now if decided else None,
    }
