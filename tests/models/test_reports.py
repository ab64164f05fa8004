"""Problem reports as they are stored: what a rule refuses and lets pass, what outlives what, which ones wait."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from quiz.models import LONGEST_REPORT, OF_EVENTS, AskedQuestion, Event, Problem, ProblemReport, ReportState, User
from tests import factories as make

pytestmark = pytest.mark.django_db

BOTH = (make.NOW, None)


@pytest.mark.parametrize(
    "broken",
    [
        {"question_key": ""},
        {"kind": ""},
        {"of_event": True, "kind": "choose-date"},
        {"of_event": True, "content": {}},
        {"of_event": True, "answer": {}},
        {"of_event": True, "question_key": "choose-date/event"},
    ],
)
def test_half_a_question_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ProblemReportFactory(**broken)


def test_a_report_on_an_event_keeps_no_question_that_was_asked() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ProblemReportFactory(of_event=True, asked=make.AskedQuestionFactory())


@pytest.mark.parametrize("problem", sorted(set(Problem) - set(OF_EVENTS)))
def test_an_event_has_no_answers_that_could_be_wrong(problem: Problem) -> None:
    make.ProblemReportFactory(problem=problem)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ProblemReportFactory(of_event=True, problem=problem)


def test_a_problem_that_there_is_not_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ProblemReportFactory(problem="nothing")


@pytest.mark.parametrize("state", ["open", "looking"])
@pytest.mark.parametrize(("at", "by"), [(True, False), (False, True), (True, True)])
def test_what_waits_was_decided_by_nobody_and_never(state: str, at: bool, by: bool) -> None:
    editor = make.UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ProblemReportFactory(state=state, decided_at=make.NOW if at else None, decided_by=editor if by else None)


@pytest.mark.parametrize("state", ["mended", "no-fault", "duplicate"])
def test_what_is_decided_has_its_time_even_once_its_editor_has_left(state: str) -> None:
    report = make.ProblemReportFactory(state=state, decided_at=make.NOW, decided_by=make.UserFactory())
    report.decided_by.delete()
    report.refresh_from_db()
    assert (report.decided_by, report.decided_at, report.is_decided) == (None, make.NOW, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ProblemReportFactory(state=state, decided_by=make.UserFactory())


def test_a_state_that_there_is_not_is_refused() -> None:
    for decided_at in BOTH:
        with pytest.raises(IntegrityError), transaction.atomic():
            make.ProblemReportFactory(state="forgotten", decided_at=decided_at)


def test_the_longest_report_is_counted_in_characters() -> None:
    assert make.ProblemReportFactory(text="ق" * LONGEST_REPORT).pk


def test_one_learner_reports_several_problems_and_several_learners_the_same() -> None:
    report = make.ProblemReportFactory()
    make.ProblemReportFactory(user=report.user, asked=report.asked, problem="source")
    make.ProblemReportFactory(asked=report.asked)
    make.ProblemReportFactory.create_batch(2, asked=report.asked, user=None)
    assert ProblemReport.objects.on_the_same(report).count() == 5


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"problem": "other"}, "Say in words what else is wrong"),
        ({"text": "x" * 1001}, "at most 1,000 characters"),
        ({"state": "mended"}, "What is decided has its time"),
        ({"kind": ""}, "holds the question as it was asked"),
        ({"event_key": ""}, "names its event"),
        ({"of_event": True, "problem": "two-right"}, "no answers that could be wrong"),
    ],
)
def test_a_refused_rule_says_why(broken: dict[str, Any], message: str) -> None:
    # The rows that it names need not be there: only the rules are asked.
    report = make.ProblemReportFactory.build(**broken)
    with pytest.raises(ValidationError, match=message):
        report.validate_constraints(exclude={"user"})


def test_the_same_reported_twice_is_refused_in_words() -> None:
    report = make.ProblemReportFactory()
    report.pk = None
    report._state.adding = True
    with pytest.raises(ValidationError, match="has reported this problem already"):
        report.validate_constraints()


def test_a_report_outlives_its_learner_the_quiz_and_the_event() -> None:
    report = make.ProblemReportFactory(answer={"choice": 1})
    report.user.delete()
    report.asked.sitting.user.delete()
    assert not AskedQuestion.objects.exists()
    Event.objects.get().delete()
    found = ProblemReport.objects.get()
    assert (found.user, found.asked, found.event, found.event_key) == (None, None, None, report.event_key)
    assert (found.question, found.answer) == (report.question, {"choice": 1})
    assert found.question is not None
    assert found.question.stem == "On which day did government forces capture the town?"
    assert not User.objects.exists()


def test_a_report_names_itself_by_problem_and_subject() -> None:
    event = make.EventFactory(key="qara-captured")
    asked = make.AskedQuestionFactory(event=event)
    assert str(make.ProblemReportFactory.build(asked=asked, user=None)) == (
        "the wording is unclear or wrong: choose-date/qara-captured"
    )
    page = make.ProblemReportFactory(of_event=True, event=event, problem="source")
    assert str(page) == "a source is cited wrongly, or says something else: qara-captured"
    assert page.question is None


def test_what_waits_is_open_or_being_looked_at() -> None:
    waiting = [make.ProblemReportFactory(state=state) for state in ("open", "looking")]
    for state in set(ReportState.values) - {"open", "looking"}:
        make.ProblemReportFactory(state=state, decided_at=make.NOW)
    assert list(ProblemReport.objects.waiting().order_by("id")) == waiting


def test_reports_on_the_same_are_counted_for_each_question_and_for_the_page_of_the_event() -> None:
    event = make.EventFactory()
    asked = make.AskedQuestionFactory(event=event)
    first = make.ProblemReportFactory(asked=asked)
    make.ProblemReportFactory(asked=asked, state="mended", decided_at=make.NOW)
    page = make.ProblemReportFactory(of_event=True, event=event)
    other = make.ProblemReportFactory()
    found = {one.pk: one.alike for one in ProblemReport.objects.with_alike()}
    assert [found[one.pk] for one in (first, page, other)] == [2, 1, 1]
    assert set(ProblemReport.objects.on_the_same(page)) == {page}
