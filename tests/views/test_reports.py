"""Reporting a problem: from the feedback and the result, by guests too, with nothing told early and nothing lost."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quiz.models import AskedQuestion, Event, Problem, ProblemReport, Sitting, SittingMode, User
from quiz.questions.question import Shape
from quiz.study import sittings as study
from quiz.study.reports import MOST_BY_GUESTS, MOST_BY_GUESTS_ON_ONE, MOST_REPORTS
from tests import factories as make
from tests.study.stories import right
from tests.views.conftest import Seat

LINK = "Report a problem with this question"
EVENT = "amber-captured"
WORDS = "Both the first and the second are right."


def at(asked: AskedQuestion, query: str = "") -> str:
    return reverse("quiz:question-report", args=[asked.sitting.token, asked.number]) + query


def on_event(key: str = EVENT, query: str = "") -> str:
    return reverse("quiz:event-report", args=[key]) + query


def question(asked: AskedQuestion) -> str:
    return reverse("quiz:question-detail", args=[asked.sitting.token, asked.number])


def text(response: HttpResponse) -> str:
    return response.content.decode()


def heading(response: HttpResponse) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text(response))
    assert found
    return found[1]


def errors(response: HttpResponse) -> dict[str, list[str]]:
    found: dict[str, list[str]] = response.context["form"].errors
    return {name: list(told) for name, told in found.items()}


@pytest.fixture
def answered(seat: Seat) -> AskedQuestion:
    """A question that the client, a guest, has answered."""
    return answer(seat())


def answer(asked: AskedQuestion) -> AskedQuestion:
    study.answer(asked.pk, right(asked.question), now=timezone.now())
    asked.refresh_from_db()
    return asked


# --- The way there --------------------------------------------------------------------------------


def test_the_feedback_has_a_way_to_report_the_question(client: Client, answered: AskedQuestion) -> None:
    page = text(client.get(question(answered)))
    assert f'href="{at(answered)}">{LINK}<' in page
    assert page.count(LINK) == 1


def test_a_question_that_waits_for_its_answer_has_none(client: Client, seat: Seat) -> None:
    assert LINK not in text(client.get(question(seat())))


def test_the_result_has_a_way_for_each_question_left_out_ones_too(client: Client, answered: AskedQuestion) -> None:
    Sitting.objects.update(finished_at=timezone.now())
    page = text(client.get(answered.sitting.get_absolute_url()))
    found = re.findall(rf'<a id="report-(\d)" href="([^"]+)">{LINK}<', page)
    assert found == [(str(one.number), at(one, "?result=on")) for one in answered.sitting.asked.order_by("number")]
    assert all(client.get(address).status_code == 200 for _, address in found)


def test_the_page_of_an_event_has_a_way_to_report_it(client: Client) -> None:
    assert f'href="{on_event()}"' in text(client.get(reverse("quiz:event-detail", args=[EVENT])))


# --- The form -------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", list(Shape))
def test_the_form_repeats_the_question_with_what_was_told_of_it(client: Client, seat: Seat, shape: Shape) -> None:
    asked = answer(seat(shape))
    response = client.get(at(asked))
    page = text(response)
    assert (response.status_code, heading(response)) == (200, LINK)
    assert asked.question.stem in page
    assert all(option.text in page for option in asked.question.options)
    assert all(f'value="{problem}"' in page for problem in Problem.values)
    assert f'href="{question(asked)}"' in page
    assert not ProblemReport.objects.exists()


def test_of_an_event_only_is_asked_what_can_be_wrong_with_its_page(client: Client) -> None:
    page = text(client.get(on_event()))
    offered = re.findall(r'name="problem" value="([^"]+)"', page)
    assert offered == ["wording", "source", "not-neutral", "display", "other"]
    assert "Government forces captured Amber" in page


def test_nothing_is_chosen_beforehand(client: Client, answered: AskedQuestion) -> None:
    assert "checked" not in text(client.get(at(answered)))


# --- Nothing is told early ------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_before_the_answer_it_leads_back_to_the_question(client: Client, seat: Seat, method: str) -> None:
    asked = seat()
    response = getattr(client, method)(at(asked), {"problem": "wording"}, follow=True)
    assert response.redirect_chain == [(question(asked), 302)]
    assert "A problem can be reported once the question is answered." in text(response)
    assert not ProblemReport.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_in_an_exam_it_waits_for_the_end(client: Client, seat: Seat, method: str) -> None:
    asked = seat()
    Sitting.objects.update(mode=SittingMode.EXAM)
    answer(asked)
    response = getattr(client, method)(at(asked), {"problem": "wording"}, follow=True)
    assert "can be reported once the exam has ended" in text(response)
    assert asked.question.key_text not in text(response)
    assert not ProblemReport.objects.exists()
    Sitting.objects.update(finished_at=timezone.now())
    assert client.get(at(asked)).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_other_learners_questions_and_their_reports_do_not_exist(
    client: Client, answered: AskedQuestion, method: str
) -> None:
    client.post(at(answered), {"problem": "wording", "text": WORDS})
    client.force_login(make.UserFactory())
    assert getattr(client, method)(at(answered), {"problem": "source"}).status_code == 404
    theirs = make.AskedQuestionFactory(
        sitting=make.SittingFactory(user=User.objects.latest("pk"), finished_at=make.NOW),
        event=answered.event,
        content=answered.content,
    )
    page = text(client.get(at(theirs)))
    assert WORDS not in page
    assert "You reported this before" not in page
    assert ProblemReport.objects.count() == 1


def test_whoever_has_no_session_is_led_to_the_log_in_and_back(client: Client, answered: AskedQuestion) -> None:
    response = Client().get(at(answered))
    assert (response.status_code, response["Location"]) == (302, f"{reverse('quiz:log-in')}?next={at(answered)}")


@pytest.mark.parametrize("number", ["0", "9", "9" * 40])
def test_a_question_that_there_is_not_is_not_found(client: Client, answered: AskedQuestion, number: str) -> None:
    address = at(answered).replace(f"/{answered.number}/report", f"/{number}/report")
    assert client.get(address).status_code == 404


def test_a_retired_event_has_no_page_to_report(client: Client) -> None:
    Event.objects.filter(key=EVENT).update(retired=True)
    assert client.get(on_event()).status_code == 404
    assert client.get(on_event("nowhere")).status_code == 404


# --- Sending --------------------------------------------------------------------------------------


def test_a_report_is_kept_and_thanked_for(client: Client, answered: AskedQuestion) -> None:
    response = client.post(at(answered), {"problem": "two-right", "text": f" {WORDS}\r\nSurely. "})
    assert (response.status_code, response["Location"]) == (302, at(answered, "?sent=new"))
    kept = ProblemReport.objects.get()
    assert (kept.user, kept.asked, kept.problem) == (answered.sitting.user, answered, "two-right")
    assert kept.text == f"{WORDS}\nSurely."
    thanks = client.get(response["Location"])
    assert heading(thanks) == "Thank you for your report"
    assert "What happens next" in text(thanks)
    assert "Two answers are right" in text(thanks)
    assert f'class="button" href="{question(answered)}"' in text(thanks)


def test_from_the_result_the_way_back_leads_to_its_place_there(client: Client, answered: AskedQuestion) -> None:
    Sitting.objects.update(finished_at=timezone.now())
    back = f'href="{answered.sitting.get_absolute_url()}#report-{answered.number}"'
    assert back in text(client.get(at(answered, "?result=on")))
    refused = client.post(at(answered, "?result=on"))
    assert back in text(refused)
    response = client.post(at(answered, "?result=on"), {"problem": "wording"})
    assert response["Location"] == at(answered, "?sent=new&result=on")
    assert back in text(client.get(response["Location"]))
    left_out = answered.sitting.asked.get(number=2)
    assert f'href="{left_out.sitting.get_absolute_url()}#report-2"' in text(client.get(at(left_out)))


@pytest.mark.parametrize("query", ["?result=maybe", "?sent=nonsense", "?result=on"])
def test_an_address_that_says_nothing_true_shows_the_form(client: Client, answered: AskedQuestion, query: str) -> None:
    response = client.get(at(answered, query))
    assert (response.status_code, heading(response)) == (200, LINK)
    assert client.get(at(answered, "?sent=new")).context["sent"] is None


@pytest.mark.parametrize(
    ("before", "now", "sent", "told"),
    [
        ("One.", "Two.", "added", "what you wrote now is added to that report"),
        ("One.", "One.", "kept", "there was nothing new to add"),
    ],
)
def test_what_was_reported_before_is_said_and_added_to(
    client: Client, answered: AskedQuestion, before: str, now: str, sent: str, told: str
) -> None:
    client.post(at(answered), {"problem": "wording", "text": before})
    page = text(client.get(at(answered)))
    assert "You reported this before" in page
    assert "The wording is unclear or wrong" in page
    response = client.post(at(answered), {"problem": "wording", "text": now})
    assert response["Location"] == at(answered, f"?sent={sent}")
    assert told in text(client.get(response["Location"]))
    assert ProblemReport.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("open", "it waits for the editors"),
        ("looking", "the editors are looking at it"),
        ("mended", "the editors mended it on"),
        ("no-fault", "the editors looked at it and found no fault"),
        ("duplicate", "others reported the same"),
    ],
)
def test_what_the_editors_made_of_it_is_told_there(
    client: Client, answered: AskedQuestion, state: str, told: str
) -> None:
    client.post(at(answered), {"problem": "wording"})
    decided = None if state in {"open", "looking"} else make.NOW
    ProblemReport.objects.update(state=state, decided_at=decided, note="Between ourselves.")
    page = text(client.get(at(answered)))
    assert told in page
    assert "Between ourselves." not in page
    response = client.post(at(answered), {"problem": "wording"})
    assert response["Location"] == at(answered, f"?sent={'reopened' if decided else 'kept'}")


def test_a_visitor_becomes_a_guest_by_reporting_an_event_and_by_nothing_less(client: Client) -> None:
    client.get(on_event())
    client.post(on_event(), {"problem": "other"})
    client.post(on_event(), {"problem": "two-right"})
    assert not User.objects.exists()
    response = client.post(on_event(), {"problem": "source", "text": "It is ¶ 6.", "zone": "Asia/Beirut"})
    assert response["Location"] == on_event(query="?sent=new")
    kept, user = ProblemReport.objects.get(), User.objects.get()
    assert (kept.user, kept.event_key, kept.question_key) == (user, EVENT, "")
    assert (user.is_guest, user.time_zone) == (True, "Asia/Beirut")
    thanks = text(client.get(response["Location"]))
    assert "Back to the event" in thanks
    assert f'href="{reverse("quiz:event-detail", args=[EVENT])}"' in thanks
    client.post(on_event(), {"problem": "source", "text": "And sentence 2."})
    assert (User.objects.count(), ProblemReport.objects.get().text) == (1, "It is ¶ 6.\n\nAnd sentence 2.")


# --- What will not do -----------------------------------------------------------------------------

CHOOSE = "Choose what is wrong; “something else” will do."


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, {"problem": [CHOOSE]}),
        ({"problem": ""}, {"problem": [CHOOSE]}),
        ({"problem": "other"}, {"text": ["Say in a few words what is wrong."]}),
        ({"problem": "other", "text": " \n "}, {"text": ["Say in a few words what is wrong."]}),
        (
            {"problem": "wording", "text": "x" * 1001},
            {"text": ["This has 1,001 characters; at most 1,000 can be kept. Please say it shorter."]},
        ),
        ({"problem": "other", "text": "a\0b"}, {"text": ["Null characters are not allowed."]}),
    ],
)
def test_bad_input_is_asked_back_in_words_and_nothing_is_written(
    client: Client, answered: AskedQuestion, data: dict[str, str], told: dict[str, list[str]]
) -> None:
    for address in (at(answered), on_event()):
        response = client.post(address, data)
        assert (response.status_code, errors(response)) == (422, told)
        assert 'role="alert"' in text(response)
        # The message at the top leads to the field that it is about.
        (field,) = told
        assert f'href="#id_{field}{"_0" if field == "problem" else ""}"' in text(response)
        assert f'id="id_{field}{"_0" if field == "problem" else ""}"' in text(response)
    assert not ProblemReport.objects.exists()


@pytest.mark.parametrize("problem", ["nothing", "wording\0", "<b>", "9" * 500])
def test_a_problem_that_is_not_offered_is_refused(client: Client, answered: AskedQuestion, problem: str) -> None:
    response = client.post(at(answered), {"problem": problem, "text": WORDS})
    assert (response.status_code, list(errors(response))) == (422, ["problem"])
    assert WORDS in text(response)
    assert not ProblemReport.objects.exists()


def test_what_was_chosen_and_written_stays_in_a_form_that_is_refused(client: Client, answered: AskedQuestion) -> None:
    page = text(client.post(at(answered), {"problem": "source", "text": f"<b>{'x' * 1001}"}))
    assert re.findall(r'value="([^"]+)" required checked', page) == ["source"]
    assert f"&lt;b&gt;{'x' * 1001}</textarea>" in page
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("words", ["\u200b", "\u200b \u2060", "\u3164\ufe0f", "\x01\x7f"])
def test_words_that_nobody_can_see_are_none(client: Client, answered: AskedQuestion, words: str) -> None:
    response = client.post(at(answered), {"problem": "other", "text": words})
    assert (response.status_code, errors(response)) == (422, {"text": ["Say in a few words what is wrong."]})


def test_control_characters_are_left_out_and_lines_stay(client: Client, answered: AskedQuestion) -> None:
    client.post(at(answered), {"problem": "other", "text": "\x07a\x1b[1m\tb\r\n\x08قارة \U0001f44d\ufe0f"})
    assert ProblemReport.objects.get().text == "a[1m\tb\nقارة \U0001f44d\ufe0f"


def test_after_an_error_each_choice_is_said_to_be_wrong(client: Client, answered: AskedQuestion) -> None:
    wrong = r'<input type="radio"[^>]* aria-invalid="true"'
    assert re.findall(wrong, text(client.get(at(answered)))) == []
    page = text(client.post(at(answered), {}))
    assert len(re.findall(wrong, page)) == page.count('type="radio"') > 1


def test_line_ends_count_once_as_they_are_seen(client: Client, answered: AskedQuestion) -> None:
    lines = "\r\n".join(["x" * 99] * 10)
    assert client.post(at(answered), {"problem": "wording", "text": lines}).status_code == 302
    assert len(ProblemReport.objects.get().text) == 999


def test_an_addition_that_has_no_room_is_asked_back(client: Client, answered: AskedQuestion) -> None:
    client.post(at(answered), {"problem": "wording", "text": "x" * 997})
    response = client.post(at(answered), {"problem": "wording", "text": "yy"})
    before = "You reported this before, and what you write is added to that."
    assert response.status_code == 422
    assert errors(response) == {"text": [f"{before} There is room for 1 more character. Please say it shorter."]}
    assert "yy</textarea>" in text(response)
    assert client.post(at(answered), {"problem": "wording", "text": "y"}).status_code == 302


def test_the_thirty_first_report_of_a_day_is_asked_for_tomorrow(client: Client, answered: AskedQuestion) -> None:
    made = make.ProblemReportFactory.create_batch(
        MOST_REPORTS, user=answered.sitting.user, at=timezone.now() - timedelta(hours=23)
    )
    response = client.post(at(answered), {"problem": "wording", "text": WORDS})
    assert response.status_code == 429
    told = "You have made 30 reports within a day, more are not taken. Please send this one tomorrow."
    assert errors(response) == {"__all__": [told]}
    assert WORDS in text(response)
    assert ProblemReport.objects.count() == len(made)


MANY = "Too many reports came within the last hour. Please send this one later."


@pytest.mark.parametrize(("count", "one_event"), [(MOST_BY_GUESTS_ON_ONE, True), (MOST_BY_GUESTS, False)])
def test_many_reports_of_guests_within_an_hour_keep_further_visitors_out(
    client: Client, count: int, one_event: bool
) -> None:
    event = Event.objects.get(key=EVENT)
    for _ in range(count):
        about = {"event": event} if one_event else {}
        make.ProblemReportFactory(
            of_event=True, user__is_guest=True, at=timezone.now() - timedelta(minutes=59), **about
        )
    response = client.post(on_event(), {"problem": "wording", "text": WORDS})
    assert (response.status_code, errors(response)) == (429, {"__all__": [MANY]})
    assert WORDS in text(response)
    assert (ProblemReport.objects.count(), User.objects.count()) == (count, count)
    first = ProblemReport.objects.earliest("id")
    ProblemReport.objects.filter(pk=first.pk).update(at=timezone.now() - timedelta(minutes=61))
    assert client.post(on_event(), {"problem": "wording", "text": WORDS}).status_code == 302


def test_a_flood_of_visitors_keeps_no_learner_out(client: Client, answered: AskedQuestion) -> None:
    event = Event.objects.get(key=EVENT)
    for _ in range(MOST_BY_GUESTS_ON_ONE):
        make.ProblemReportFactory(of_event=True, user__is_guest=True, at=timezone.now(), event=event)
    assert client.post(on_event(), {"problem": "wording"}).status_code == 302
    assert ProblemReport.objects.filter(user=answered.sitting.user).count() == 1


def test_reports_of_accounts_and_on_questions_keep_no_visitor_out(client: Client) -> None:
    event = Event.objects.get(key=EVENT)
    for _ in range(MOST_BY_GUESTS_ON_ONE):
        make.ProblemReportFactory(of_event=True, at=timezone.now(), event=event)
        make.ProblemReportFactory(asked__event=event, user__is_guest=True, at=timezone.now())
    assert client.post(on_event(), {"problem": "wording"}).status_code == 302


def test_a_visitors_report_that_can_not_be_stored_leaves_no_guest_and_stays_in_the_form(client: Client) -> None:
    with _locked():
        response = client.post(on_event(), {"problem": "source", "text": WORDS})
    assert response.status_code == 503
    assert "Your report could not be stored just now." in text(response)
    assert WORDS in text(response)
    assert not User.objects.exists()


@contextmanager
def _locked() -> Iterator[None]:
    """A database that takes no report."""

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "quiz_problemreport"'):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def test_a_guest_who_became_an_account_in_this_moment_is_not_found(client: Client, answered: AskedQuestion) -> None:
    guest = answered.sitting.user

    def merged(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "quiz_problemreport" in sql or 'FROM "quiz_user" WHERE "quiz_user"."id"' not in sql:
            return execute(sql, params, many, context)
        calls.append(sql)
        return execute(sql, (guest.pk + 1, *params[1:]) if len(calls) > 1 else params, many, context)

    calls: list[str] = []
    with connection.execute_wrapper(merged):
        response = client.post(at(answered), {"problem": "wording"})
    assert response.status_code == 404
    assert not ProblemReport.objects.exists()


# --- What it costs --------------------------------------------------------------------------------


def test_the_form_costs_the_same_however_much_was_reported(client: Client, answered: AskedQuestion) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at(answered)).status_code == 200
        return len(captured)

    queries()
    client.post(at(answered), {"problem": "wording"})
    one = queries()
    for problem in ("source", "display"):
        client.post(at(answered), {"problem": problem})
    make.ProblemReportFactory.create_batch(3, asked=answered)
    assert queries() == one == 6
