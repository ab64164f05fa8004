"""Problem reports: made once, added to, opened anew, bounded, handed on by a guest, decided on by editors."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quiz.models import (
    LONGEST_REPORT,
    AskedQuestion,
    ContentRevision,
    Problem,
    ProblemReport,
    ReportState,
    Sitting,
    SittingMode,
    User,
)
from quiz.study import accounts, guests
from quiz.study.reports import (
    DAY,
    MOST_REPORTS,
    NotToldYet,
    Outcome,
    ReportTooLong,
    Sent,
    Subject,
    TooManyReports,
    decide,
    earlier,
    is_told,
    report,
)
from tests import factories as make

pytestmark = pytest.mark.django_db

LATER = make.NOW + timedelta(hours=1)
ANSWERED: dict[str, Any] = {"answered_at": make.NOW, "answer": {"choice": 1}, "credit": 0.0}


def answered(user: User | None = None, **values: Any) -> AskedQuestion:
    """A question that somebody has answered."""
    return make.AskedQuestionFactory(sitting__user=user or make.UserFactory(), **{**ANSWERED, **values})


def about(asked: AskedQuestion) -> Subject:
    return Subject(asked.event, asked)


def told(asked: AskedQuestion, problem: Problem = Problem.WORDING, text: str = "", now: Any = make.NOW) -> Outcome:
    """Report a question as its own learner."""
    return report(asked.sitting.user, about(asked), problem, text, now=now)


# --- Making one -----------------------------------------------------------------------------------


def test_a_report_holds_by_itself_what_was_shown_and_answered() -> None:
    asked = answered()
    outcome = told(asked, Problem.TWO_RIGHT, "Both are right.")
    kept = ProblemReport.objects.get()
    assert (outcome.report, outcome.sent) == (kept, Sent.NEW)
    assert (kept.user, kept.asked, kept.event, kept.event_key) == (
        asked.sitting.user,
        asked,
        asked.event,
        asked.event.key,
    )
    assert (kept.question_key, kept.kind) == (f"choose-date/{asked.event.key}", "choose-date")
    assert (kept.question, kept.answer, kept.revision) == (asked.question, {"choice": 1}, ContentRevision.current())
    assert (kept.problem, kept.text, kept.at, kept.added_at) == ("two-right", "Both are right.", make.NOW, None)
    assert (kept.state, kept.note, kept.decided_by, kept.decided_at) == ("open", "", None, None)
    assert kept.revision


def test_the_page_of_an_event_is_reported_without_a_question() -> None:
    event, user = make.EventFactory(), make.UserFactory(is_guest=True)
    report(user, Subject(event), Problem.SOURCE, "It is paragraph 6.", now=make.NOW)
    kept = ProblemReport.objects.get()
    assert (kept.user, kept.event, kept.event_key, kept.text) == (user, event, event.key, "It is paragraph 6.")
    assert (kept.asked, kept.question_key, kept.kind, kept.question, kept.answer) == (None, "", "", None, None)


@pytest.mark.parametrize(
    ("sitting", "values", "expected"),
    [
        ({}, ANSWERED, True),
        ({}, {}, False),
        ({"finished_at": make.NOW}, {}, True),
        ({"mode": SittingMode.EXAM}, ANSWERED, False),
        ({"mode": SittingMode.EXAM}, {}, False),
        ({"mode": SittingMode.EXAM, "finished_at": make.NOW}, ANSWERED, True),
        ({"mode": SittingMode.EXAM, "finished_at": make.NOW}, {}, True),
    ],
)
def test_a_question_is_reported_once_its_key_is_told_and_never_before(
    sitting: dict[str, Any], values: dict[str, Any], expected: bool
) -> None:
    asked = make.AskedQuestionFactory(sitting=make.SittingFactory(**sitting), **values)
    assert is_told(asked) is expected
    if expected:
        told(asked)
    else:
        with pytest.raises(NotToldYet):
            told(asked)
    assert ProblemReport.objects.count() == int(expected)


# --- Once more ------------------------------------------------------------------------------------


def test_what_is_reported_again_is_added_to_the_one_report() -> None:
    asked = answered()
    told(asked, text="It is unclear.")
    outcome = told(asked, text="Which town?", now=LATER)
    kept = ProblemReport.objects.get()
    assert (outcome.report, outcome.sent) == (kept, Sent.ADDED)
    assert (kept.text, kept.at, kept.added_at) == ("It is unclear.\n\nWhich town?", make.NOW, LATER)


def test_words_are_added_to_a_report_that_had_none() -> None:
    asked = answered()
    told(asked)
    assert told(asked, text="Which town?", now=LATER).sent is Sent.ADDED
    assert ProblemReport.objects.get().text == "Which town?"


def test_what_is_being_looked_at_stays_so_when_something_is_added() -> None:
    asked = answered()
    decide([told(asked).report.pk], ReportState.LOOKING, make.UserFactory(), now=make.NOW)
    assert told(asked, text="More.", now=LATER).sent is Sent.ADDED
    assert ProblemReport.objects.get().state == ReportState.LOOKING


@pytest.mark.parametrize("again", ["", "One.", "Two.", "One.\n\nTwo."])
def test_what_is_said_already_is_kept_once(again: str) -> None:
    asked = answered()
    told(asked, text="One.")
    told(asked, text="Two.")
    assert told(asked, text=again, now=LATER).sent is Sent.KEPT
    kept = ProblemReport.objects.get()
    assert (kept.text, kept.added_at) == ("One.\n\nTwo.", make.NOW)


def test_words_that_are_a_part_of_others_are_added_all_the_same() -> None:
    asked = answered()
    told(asked, text="No one knows.")
    assert told(asked, text="No", now=LATER).sent is Sent.ADDED
    assert ProblemReport.objects.get().text == "No one knows.\n\nNo"


def test_the_same_question_in_another_quiz_is_the_same_and_what_was_shown_last_is_kept() -> None:
    asked = answered()
    told(asked, text="Both.")
    content = {**asked.content, "stem": "Put otherwise?"}
    again = answered(asked.sitting.user, event=asked.event, content=content, answer={"choice": 0})
    told(again, text="Still both.", now=LATER)
    kept = ProblemReport.objects.get()
    assert (kept.asked, kept.answer, kept.text) == (again, {"choice": 0}, "Both.\n\nStill both.")
    assert kept.question == again.question


def test_another_problem_another_question_and_another_learner_make_a_report_of_their_own() -> None:
    user = make.UserFactory()
    asked = answered(user)
    other = answered(user, event=asked.event, content={**asked.content, "id": f"first/{asked.event.key}/other"})
    theirs = answered(event=asked.event, content=asked.content)
    assert [told(one).sent for one in (asked, other, theirs)] == [Sent.NEW] * 3
    assert told(asked, Problem.SOURCE).sent is Sent.NEW
    assert report(user, Subject(asked.event), Problem.SOURCE, "", now=make.NOW).sent is Sent.NEW
    assert ProblemReport.objects.count() == 5


@pytest.mark.parametrize("text", ["", "It is still so."])
def test_what_was_decided_is_opened_anew_when_it_is_reported_again(text: str) -> None:
    asked, editor = answered(), make.UserFactory()
    first = told(asked, text="Wrong.").report
    decide([first.pk], ReportState.MENDED, editor, now=make.NOW, note="The day was mended.")
    ContentRevision.objects.update(token="after the mending")
    assert told(asked, text=text, now=LATER).sent is Sent.REOPENED
    kept = ProblemReport.objects.get()
    assert (kept.state, kept.decided_by, kept.decided_at, kept.added_at) == ("open", None, None, LATER)
    assert (kept.note, kept.revision) == ("The day was mended.", "after the mending")
    assert kept.text == "\n\n".join(filter(None, ("Wrong.", text)))


def test_what_a_learner_reported_of_the_same_is_found_and_nothing_of_others() -> None:
    asked = answered()
    later = told(asked, Problem.SOURCE, now=LATER).report
    first = told(asked).report
    told(answered(event=asked.event, content=asked.content))
    told(answered(asked.sitting.user))
    report(asked.sitting.user, Subject(asked.event), Problem.SOURCE, "", now=make.NOW)
    assert list(earlier(asked.sitting.user, about(asked))) == [first, later]


# --- Bounds ---------------------------------------------------------------------------------------


def test_a_learner_makes_thirty_reports_a_day_and_goes_on_the_day_after() -> None:
    user = make.UserFactory()
    asked = [answered(user) for _ in range(MOST_REPORTS + 1)]
    for one in asked[:-1]:
        told(one)
    with pytest.raises(TooManyReports):
        told(asked[-1], now=make.NOW + DAY - timedelta(seconds=1))
    assert ProblemReport.objects.count() == MOST_REPORTS
    assert told(answered()).sent is Sent.NEW
    assert told(asked[0], text="More.", now=LATER).sent is Sent.ADDED
    assert told(asked[-1], now=make.NOW + DAY).sent is Sent.NEW


def test_a_report_takes_a_thousand_characters_additions_included() -> None:
    asked = answered()
    with pytest.raises(ReportTooLong) as error:
        told(asked, text="x" * (LONGEST_REPORT + 1))
    assert (error.value.left, ProblemReport.objects.count()) == (LONGEST_REPORT, 0)
    told(asked, text="x" * 900)
    with pytest.raises(ReportTooLong) as error:
        told(asked, text="y" * 99)
    assert error.value.left == 98
    assert told(asked, text="y" * 98).sent is Sent.ADDED
    with pytest.raises(ReportTooLong) as error:
        told(asked, text="z")
    assert error.value.left == 0
    assert len(ProblemReport.objects.get().text) == LONGEST_REPORT


def test_what_a_report_costs() -> None:
    asked = answered()
    subject, user = about(AskedQuestion.objects.select_related("event", "sitting").get()), asked.sitting.user

    def queries(verb: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            verb()
        return len([one for one in captured if "SAVEPOINT" not in one["sql"]])

    make.ProblemReportFactory.create_batch(3, asked=asked)
    make.ProblemReportFactory.create_batch(3, user=user)
    # The learner, the earlier report; the count, the revision, the new row.
    assert queries(lambda: report(user, subject, Problem.WORDING, "", now=make.NOW)) == 5
    assert queries(lambda: report(user, subject, Problem.WORDING, "", now=make.NOW)) == 2
    assert queries(lambda: report(user, subject, Problem.WORDING, "More.", now=make.NOW)) == 4
    assert queries(lambda: list(earlier(user, subject))) == 1


# --- Whose they are -------------------------------------------------------------------------------


def test_a_guests_reports_come_along_into_an_account() -> None:
    visitor, account = make.UserFactory(is_guest=True), make.UserFactory()
    asked = answered(visitor)
    mine = told(asked, text="Both.").report
    guests.merge(visitor, account)
    kept = ProblemReport.objects.get()
    assert (kept, kept.user, kept.text, kept.asked) == (mine, account, "Both.", asked)


def test_where_guest_and_account_reported_the_same_their_words_become_one_report() -> None:
    visitor, account, event = make.UserFactory(is_guest=True), make.UserFactory(), make.EventFactory()
    report(visitor, Subject(event), Problem.SOURCE, "As a guest.", now=make.NOW)
    report(account, Subject(event), Problem.SOURCE, "With an account.", now=make.NOW)
    guests.merge(visitor, account)
    kept = ProblemReport.objects.get()
    assert (kept.user, kept.text) == (account, "With an account.\n\nAs a guest.")


@pytest.mark.parametrize("why", ["too long", "decided"])
def test_what_can_not_become_one_stays_in_the_queue_as_nobodys(why: str) -> None:
    visitor, account, event = make.UserFactory(is_guest=True), make.UserFactory(), make.EventFactory()
    long = "x" * 900 if why == "too long" else "x"
    theirs = report(visitor, Subject(event), Problem.SOURCE, f"Guest {long}", now=make.NOW).report
    mine = report(account, Subject(event), Problem.SOURCE, f"Account {long}", now=make.NOW).report
    if why == "decided":
        decide([mine.pk], ReportState.NO_FAULT, make.UserFactory(), now=make.NOW)
    guests.merge(visitor, account)
    found = {one.pk: (one.user, one.text) for one in ProblemReport.objects.all()}
    assert found == {mine.pk: (account, f"Account {long}"), theirs.pk: (None, f"Guest {long}")}


def test_who_is_forgotten_leaves_reports_without_the_person() -> None:
    asked = answered()
    told(asked, text="Both are right.")
    accounts.forget(asked.sitting.user)
    kept = ProblemReport.objects.get()
    assert (kept.user, kept.asked, kept.event) == (None, None, asked.event)
    assert (kept.text, kept.question, kept.answer) == ("Both are right.", asked.question, {"choice": 1})
    assert not Sitting.objects.exists()


def test_a_pruned_guest_leaves_the_report_of_a_page() -> None:
    visitor, event = make.UserFactory(is_guest=True), make.EventFactory()
    report(visitor, Subject(event), Problem.SOURCE, "", now=make.NOW)
    assert guests.prune(make.NOW + timedelta(days=31), 30) == 1
    assert ProblemReport.objects.get().user is None


# --- Deciding -------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [ReportState.MENDED, ReportState.NO_FAULT, ReportState.DUPLICATE])
def test_a_decision_keeps_who_decided_and_when_and_the_first_one_stands(state: ReportState) -> None:
    editor, other = make.UserFactory(), make.UserFactory()
    made = make.ProblemReportFactory.create_batch(2)
    untouched = make.ProblemReportFactory()
    chosen = [one.pk for one in made]
    assert decide(chosen, state, editor, now=make.NOW) == made
    assert decide(chosen, state, other, now=LATER) == []
    found = {one.pk: (one.state, one.decided_by, one.decided_at) for one in ProblemReport.objects.all()}
    decided = (state.value, editor, make.NOW)
    assert found == {made[0].pk: decided, made[1].pk: decided, untouched.pk: ("open", None, None)}


@pytest.mark.parametrize("state", [ReportState.OPEN, ReportState.LOOKING])
def test_a_decision_taken_back_leaves_nobody(state: ReportState) -> None:
    editor = make.UserFactory()
    made = make.ProblemReportFactory(state="mended", decided_by=editor, decided_at=make.NOW)
    assert decide([made.pk], state, editor, now=LATER) == [made]
    made.refresh_from_db()
    assert (made.state, made.decided_by, made.decided_at) == (state.value, None, None)


def test_a_note_is_written_beside_a_decision_or_alone_and_stays_where_none_is_given() -> None:
    editor = make.UserFactory()
    made = make.ProblemReportFactory()
    assert decide([made.pk], ReportState.OPEN, editor, now=make.NOW, note="Ask Edith.") == [made]
    assert decide([made.pk], ReportState.OPEN, editor, now=make.NOW, note="Ask Edith.") == []
    assert decide([made.pk], ReportState.MENDED, editor, now=make.NOW) == [made]
    made.refresh_from_db()
    assert (made.state, made.note) == ("mended", "Ask Edith.")
    decide([made.pk], ReportState.MENDED, editor, now=LATER, note="")
    made.refresh_from_db()
    assert (made.note, made.decided_at) == ("", make.NOW)


def test_a_report_that_is_gone_is_passed_over() -> None:
    assert decide([1], ReportState.MENDED, make.UserFactory(), now=make.NOW) == []
