"""The editors' queue of problem reports: what waits, what was shown to whom, and what becomes of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from quiz.admin.reports import OTHERS_SHOWN
from quiz.models import AskedQuestion, ContentRevision, Event, ProblemReport, ReportState, User
from quiz.questions.question import Shape
from quiz.study import accounts, sittings
from tests import factories as make
from tests.admin.conftest import happening, said, send, url
from tests.study.stories import right, sat_down, tell

LIST = "/admin/quiz/problemreport/"
ANSWERED: dict[str, Any] = {"answered_at": make.NOW, "answer": {"choice": 1}, "credit": 0.0}


def text(response: HttpResponse) -> str:
    return response.content.decode()


def rows(client: Client, query: str = "") -> list[ProblemReport]:
    """The reports that the list shows, in its order."""
    response = client.get(LIST + query)
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def columns(client: Client, report: ProblemReport) -> list[str]:
    """What the list says of a report, as a reader sees it."""
    found = re.search(rf"<tr>(?:(?!</tr>).)*/{report.pk}/change/.*?</tr>", text(client.get(LIST)), re.DOTALL)
    assert found
    cells = re.findall(r"<t[hd] class=\"field-[^>]*>(.*?)</t[hd]>", found[0], re.DOTALL)
    return [re.sub(r"<[^>]+>", "|", cell).strip("|") for cell in cells]


def act(client: Client, action: str, *reports: ProblemReport) -> HttpResponse:
    return client.post(LIST, {"action": action, "_selected_action": [one.pk for one in reports]})


def decided(state: str = "mended", **values: Any) -> ProblemReport:
    made: ProblemReport = make.ProblemReportFactory(state=state, decided_at=make.NOW, **values)
    return made


# --- The list -------------------------------------------------------------------------------------


def test_the_list_shows_what_waits_the_oldest_first(client: Client) -> None:
    later = make.ProblemReportFactory(at=make.NOW + timedelta(days=1))
    first = make.ProblemReportFactory(state="looking")
    decided()
    assert rows(client) == [first, later]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"open", "looking"}),
        ("?state=open", {"open"}),
        ("?state=mended", {"mended"}),
        ("?state=all", set(ReportState.values)),
        ("?state=nonsense", {"open", "looking"}),
        ("?state=all&problem__exact=wording", set(ReportState.values)),
        ("?problem__exact=source", set()),
        ("?kind=choose-date", {"open", "looking"}),
        ("?kind=first", set()),
    ],
)
def test_reports_are_filtered_by_state_problem_and_kind(client: Client, query: str, found: set[str]) -> None:
    for state in ("open", "looking"):
        make.ProblemReportFactory(state=state)
    for state in ("mended", "no-fault", "duplicate"):
        decided(state)
    assert {one.state for one in rows(client, query)} == found


@pytest.mark.parametrize(
    ("words", "found"), [("qara-captured", 1), ("paragraph", 1), ("choose-date/qara", 1), ("x y", 0)]
)
def test_reports_are_found_by_event_question_and_words(client: Client, words: str, found: int) -> None:
    make.ProblemReportFactory(asked__event__key="qara-captured", text="The paragraph is another.")
    make.ProblemReportFactory()
    assert len(rows(client, f"?q={words}")) == found


def test_a_row_says_what_it_is_about_how_old_it_is_and_how_many_there_are(client: Client) -> None:
    asked = make.AskedQuestionFactory(event__key="qara-captured")
    at = timezone.now() - timedelta(days=3, hours=2)
    report = make.ProblemReportFactory(asked=asked, at=at, problem="source")
    decided(asked=asked)
    page = make.ProblemReportFactory(of_event=True, event=asked.event, at=at, user=None)
    stem = "On which day did government forces capture the town?"
    told = [f"{stem}|Choose the date · qara-captured", "a source is cited wrongly, or says something else", "open"]
    assert columns(client, report) == [*told, "3\xa0days", "2", f"a learner, #{report.user_id}"]
    told = ["Page of the event · qara-captured", "the wording is unclear or wrong", "open"]
    assert columns(client, page) == [*told, "3\xa0days", "1", "an account that is gone"]


def test_a_kind_that_is_no_longer_made_is_told_by_its_name(client: Client) -> None:
    report = make.ProblemReportFactory(kind="gone")
    assert columns(client, report)[0].endswith(f"|gone · {report.event_key}")


def test_the_list_and_the_page_cost_the_same_at_one_and_at_three(client: Client, queries: Callable[[str], int]) -> None:
    report = make.ProblemReportFactory()
    make.ProblemReportFactory(asked=report.asked)
    listed, shown = queries(LIST), queries(url(report))
    make.ProblemReportFactory.create_batch(2, asked=report.asked)
    make.ProblemReportFactory.create_batch(2)
    assert (queries(LIST), queries(url(report))) == (listed, shown)


# --- The page -------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", list(Shape))
@pytest.mark.parametrize("answered", [True, False])
def test_the_page_shows_what_was_shown_and_answered(client: Client, shape: Shape, answered: bool) -> None:
    tell()
    asked = sat_down(shape)
    if answered:
        sittings.answer(asked.pk, right(asked.question), now=make.NOW)
    report = make.ProblemReportFactory(asked=AskedQuestion.objects.get(), text="One.\n\nTwo <b>.")
    accounts.forget(asked.sitting.user)
    page = text(client.get(url(report)))
    assert asked.question.stem in page
    assert all(option.text in page for option in asked.question.options)
    assert asked.question.explanation in page
    assert asked.question.citations[0].sentence in page
    assert "<p>One.</p><p>Two &lt;b&gt;.</p>" in page
    assert ("The learner left it out." in page) is not answered


def test_the_page_tells_i_dont_know_from_nothing_said(client: Client) -> None:
    unknown = {"choice": None, "day": None, "order": [], "place": "", "typed": ""}
    asked = make.AskedQuestionFactory(**{**ANSWERED, "answer": unknown})
    assert "The learner said: I don’t know." in text(client.get(url(make.ProblemReportFactory(asked=asked))))


def test_the_page_leads_to_the_event_and_its_examples(client: Client) -> None:
    event = happening()
    page = text(client.get(url(make.ProblemReportFactory(asked__event=event))))
    assert f'href="{url(event)}"' in page
    assert f'href="{event.get_absolute_url()}"' in page
    assert "Government forces captured Yabroud (16 March 2014)" in page


def test_a_retired_event_has_no_page_for_readers_and_a_deleted_one_none_at_all(client: Client) -> None:
    event = happening()
    report = make.ProblemReportFactory(of_event=True, event=event)
    Event.objects.update(retired=True)
    page = text(client.get(url(report)))
    assert f'href="{url(event)}"' in page
    assert f'href="{event.get_absolute_url()}"' not in page
    event.delete()
    assert f"The event “{event.key}” is no longer in the chronicle." in text(client.get(url(report)))


def test_the_page_says_whether_the_chronicle_was_changed_since(client: Client) -> None:
    report = make.ProblemReportFactory()
    ProblemReport.objects.update(revision=ContentRevision.current())
    assert "The chronicle was changed since" not in text(client.get(url(report)))
    happening()
    assert "The chronicle was changed since" in text(client.get(url(report)))


def test_reports_on_the_same_question_stand_together(client: Client) -> None:
    asked = make.AskedQuestionFactory()
    report = make.ProblemReportFactory(asked=asked)
    assert re.search(r"Others on the same:.*?>none<", text(client.get(url(report))), re.DOTALL)
    other = decided("no-fault", asked=asked, text="It reads <i>oddly</i>.")
    elsewhere = make.ProblemReportFactory()
    page = text(client.get(url(report)))
    assert f'<a href="{url(other)}">the wording is unclear or wrong</a> · not a fault' in page
    assert "It reads &lt;i&gt;oddly&lt;/i&gt;." in page
    assert url(elsewhere) not in page


@pytest.mark.parametrize(("extra", "told"), [(0, []), (1, ["and 1 more"]), (3, ["and 3 more"])])
def test_of_many_reports_on_the_same_twenty_are_shown(client: Client, extra: int, told: list[str]) -> None:
    report = make.ProblemReportFactory()
    make.ProblemReportFactory.create_batch(OTHERS_SHOWN + extra, asked=report.asked)
    page = text(client.get(url(report)))
    assert len(re.findall(r'<li><a href="/admin/quiz/problemreport/\d+/change/">', page)) == 20
    assert re.findall(r"and \d+ more", page) == told


def test_who_reported_is_a_number_on_every_page(client: Client) -> None:
    learner = make.UserFactory(username="anna-of-the-mountains", email="anna@example.org")
    report = make.ProblemReportFactory(user=learner, asked__sitting__user=learner)
    for page in (LIST, url(report), url(report, "history")):
        assert "anna" not in text(client.get(page))
    assert f"a learner, #{learner.pk}" in text(client.get(url(report)))


# --- Deciding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "state", "label"),
    [
        ("take_up", "looking", "being looked at"),
        ("mended", "mended", "mended"),
        ("no_fault", "no-fault", "not a fault"),
        ("duplicate", "duplicate", "duplicate"),
    ],
)
def test_chosen_reports_are_decided_on_at_once(
    client: Client, editor: User, action: str, state: str, label: str
) -> None:
    chosen, other = make.ProblemReportFactory.create_batch(2), make.ProblemReportFactory()
    assert said(act(client, action, *chosen), client) == [f"2 reports: {label}."]
    found = {one.pk: (one.state, one.decided_by) for one in ProblemReport.objects.all()}
    by = None if state == "looking" else editor
    assert found == {**{one.pk: (state, by) for one in chosen}, other.pk: ("open", None)}
    assert sorted(LogEntry.objects.values_list("object_id", flat=True)) == sorted(str(one.pk) for one in chosen)
    assert said(act(client, action, chosen[0]), client) == [f"0 reports: {label}."]


def test_the_page_decides_with_a_note_and_writes_nothing_else(client: Client, editor: User) -> None:
    report = make.ProblemReportFactory(text="As it was.")
    before = timezone.now()
    response = send(
        client, report, state="mended", note="Claim 12 had the wrong day.", text="Another.", problem="other"
    )
    assert response.status_code == 302
    report.refresh_from_db()
    assert (report.state, report.note, report.decided_by) == ("mended", "Claim 12 had the wrong day.", editor)
    assert report.decided_at is not None
    assert before <= report.decided_at <= timezone.now()
    assert (report.text, report.problem) == ("As it was.", "wording")


def test_a_decision_is_taken_back_on_the_page(client: Client) -> None:
    report = decided(note="Done.")
    send(client, report, state="open")
    report.refresh_from_db()
    assert (report.state, report.decided_by, report.decided_at, report.note) == ("open", None, None, "Done.")


def test_a_state_that_there_is_not_is_refused(client: Client) -> None:
    report = make.ProblemReportFactory()
    assert "Select a valid choice" in text(send(client, report, state="gone"))
    report.refresh_from_db()
    assert report.state == "open"


def test_reports_are_made_by_learners_only(client: Client) -> None:
    assert client.get(f"{LIST}add/").status_code == 403


def test_who_may_only_look_decides_nothing(db: None) -> None:
    reader = make.UserFactory(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_problemreport"))
    client, report = Client(), make.ProblemReportFactory()
    client.force_login(reader)
    assert client.get(url(report)).status_code == 200
    assert client.post(url(report), {"state": "mended", "note": ""}).status_code == 403
    act(client, "mended", report)
    report.refresh_from_db()
    assert report.state == "open"


# --- The first page -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("waiting", "told"),
    [
        (0, "No problem report waits for a decision."),
        (1, "1 problem report waits for a decision"),
        (3, "3 problem reports wait for a decision"),
    ],
)
def test_the_first_page_counts_what_waits(client: Client, waiting: int, told: str) -> None:
    make.ProblemReportFactory.create_batch(waiting)
    decided()
    page = text(client.get("/admin/"))
    assert told in page
    assert (f'<a href="{LIST}">{told}' in page) is bool(waiting)


def test_who_may_not_see_reports_is_told_nothing_of_them(db: None) -> None:
    client = Client()
    client.force_login(make.UserFactory(is_staff=True))
    make.ProblemReportFactory()
    assert "waits for a decision" not in text(client.get("/admin/"))
    assert client.get(LIST).status_code == 403
