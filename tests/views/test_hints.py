"""Hints on the page of a question: with htmx and without, kept with what was given, in two tabs, to the end page."""

import re
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from quiz.models import AskedQuestion, Sitting, SittingMode
from quiz.questions.question import Shape
from quiz.study import sittings as study
from quiz.study.facts import chronicle
from quiz.study.hints import on
from tests import factories as make
from tests.study.stories import right as right_answer
from tests.views.conftest import Seat
from tests.views.test_sittings import HTMX, address, end, post, secrets, whichever

BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


def ask(client: Client, asked: AskedQuestion, step: int = 1, data: dict[str, str] | None = None, **more: Any) -> Any:
    """Press the button for a hint, with what was given so far."""
    return client.post(address(asked), {"token": asked.token, "hint": str(step), **(data or {})}, **more)


def told(asked: AskedQuestion) -> list[str]:
    """The hints told so far."""
    asked.refresh_from_db()
    return [hint.text for hint in on(asked, chronicle()).told]


def text(page: Any) -> str:
    return re.sub(r"\s+", " ", page.content.decode()).replace("&#x27;", "'").replace("&quot;", '"')


def button(page: Any) -> list[str]:
    """The numbers of the hints that can be asked for."""
    return re.findall(r'<button[^>]* name="hint" value="(\d+)"', text(page))


# --- Asking ---------------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize("shape", Shape)
def test_hints_come_one_by_one_and_stay_on_the_page(
    client: Client, seat: Seat, shape: Shape, headers: dict[str, str]
) -> None:
    asked = seat(shape)
    total = on(asked, chronicle()).total
    assert button(client.get(address(asked), headers=headers)) == ["1"]
    for step in range(1, total + 1):
        page = ask(client, asked, step, headers=headers)
        again = client.get(address(asked), headers=headers)
        assert (page.status_code, len(told(asked))) == (200, step)
        for shown in (page, again):
            assert [hint in text(shown) for hint in told(asked)] == [True] * step
            assert f"Hint {step} of {total}" in text(shown)
            assert button(shown) == ([str(step + 1)] if step < total else [])
    assert post(client, asked).status_code == 302
    asked.refresh_from_db()
    assert (asked.credit, asked.hints) == (1.0, total)


@pytest.mark.parametrize("shape", Shape)
def test_the_offer_of_hints_is_the_same_whatever_is_right(client: Client, seat: Seat, shape: Shape) -> None:
    asked = seat(shape)
    before = re.findall(r"<button.*?</button>", text(client.get(address(asked))))
    assert any("left" in one for one in before)
    whichever(asked)
    assert re.findall(r"<button.*?</button>", text(client.get(address(asked)))) == before


@pytest.mark.parametrize("shape", Shape)
def test_nothing_of_the_key_reaches_the_browser_with_the_hints(client: Client, seat: Seat, shape: Shape) -> None:
    asked = seat(shape)
    for step in (1, 2):
        page = ask(client, asked, step).content.decode()
        assert [secret for secret in secrets(asked.question) if secret in page] == []


@pytest.mark.parametrize("shape", [Shape.CHOICE, Shape.PIN, Shape.GAP])
def test_what_is_struck_out_can_not_be_chosen_and_says_so(client: Client, seat: Seat, shape: Shape) -> None:
    asked = seat(shape)
    assert "disabled" not in text(client.get(address(asked)))
    page = text(ask(client, asked))
    asked.refresh_from_db()
    gone = on(asked, chronicle()).gone
    radios = re.findall(r'<input type="radio" name="choice" value="(\d)"( disabled)?', page)
    assert {int(value) for value, disabled in radios if disabled} == gone
    assert len(radios) == asked.question.choices
    assert page.count("struck out</b>") == len(gone)


def test_a_fragment_says_the_hint_and_gives_it_the_focus(client: Client, seat: Seat) -> None:
    asked = seat()
    page = text(ask(client, asked, headers=HTMX))
    assert f'<div id="status" hx-swap-oob="innerHTML">Hint 1 of 2: {told(asked)[0]}</div>' in page
    assert re.findall(r"<(\w+)[^>]* autofocus", page) == ["p"]
    assert f'tabindex="-1" autofocus>{told(asked)[0]}</p>' in page
    later = text(client.get(address(asked), headers=HTMX))
    assert re.findall(r"<(\w+)[^>]* autofocus", later) == ["h1"]
    assert '<div id="status" hx-swap-oob="innerHTML"></div>' in later


# --- What was given so far --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "data", "kept"),
    [
        (Shape.DAY, {"day": "some day", "picked": "2014-01-05"}, ['value="some day"', 'value="2014-01-05"']),
        (Shape.PLACE, {"place": "Am"}, ['value="Am"']),
        (Shape.ORDER, {"place_0": "2", "place_1": "2"}, ["<option selected>2</option>"]),
        (Shape.CHOICE, {"confidence": "2"}, ['name="confidence" value="2" checked']),
    ],
)
def test_what_was_given_so_far_stays_and_is_not_judged(
    client: Client, seat: Seat, shape: Shape, data: dict[str, str], kept: list[str]
) -> None:
    page = text(ask(client, seat(shape), 1, data))
    assert [one in page for one in kept] == [True] * len(kept)
    assert "trouble-box" not in page
    assert "field-error" not in page


def test_a_choice_stays_unless_it_is_struck_out(client: Client, seat: Seat) -> None:
    for choice in range(4):
        asked = seat()
        page = text(ask(client, asked, 1, {"choice": str(choice)}))
        asked.refresh_from_db()
        struck = choice in on(asked, chronicle()).gone
        assert (f'value="{choice}" checked' in page) == (not struck)
        assert page.count(" checked") == (not struck)


# --- Again, elsewhere, where there are none ---------------------------------------------------------


@BOTH
def test_the_same_step_asked_for_twice_counts_once(client: Client, seat: Seat, headers: dict[str, str]) -> None:
    asked = seat()
    first, again = (ask(client, asked, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code, len(told(asked))) == (200, 200, 1)
    assert (told(asked)[0] in text(again), button(again)) == (True, ["2"])


@pytest.mark.parametrize("step", ["0", "2", "9", "-1", "x", ""])
def test_a_step_that_is_not_due_changes_nothing(client: Client, seat: Seat, step: str) -> None:
    asked = seat()
    page = client.post(address(asked), {"token": asked.token, "hint": step, "choice": "1"})
    assert (page.status_code, told(asked), button(page)) == (200, [], ["1"])
    assert 'value="1" checked' in text(page)


@pytest.mark.parametrize("data", [{"token": "forged", "hint": "1"}, {"hint": "1"}])
def test_a_hint_for_another_question_is_not_given(client: Client, seat: Seat, data: dict[str, str]) -> None:
    asked = seat()
    page = client.post(address(asked), data)
    assert (page.status_code, told(asked)) == (409, [])
    assert "belongs to another question" in text(page)


@BOTH
def test_a_hint_on_what_another_tab_has_answered_shows_the_answer(
    client: Client, seat: Seat, headers: dict[str, str]
) -> None:
    asked = seat()
    study.answer(asked.pk, right_answer(asked.question), now=make.NOW)
    page = ask(client, asked, headers=headers, follow=True)
    asked.refresh_from_db()
    assert (page.status_code, asked.hints) == (200, 0)
    assert "autofocus>Right</h1>" in text(page)


def test_a_hint_in_a_quiz_that_was_ended_leads_to_its_result(client: Client, seat: Seat) -> None:
    asked = seat()
    study.finish(asked.sitting.user, asked.sitting_id, now=make.NOW)
    assert ask(client, asked)["Location"] == end(asked)
    assert told(asked) == []


def test_a_hint_in_a_quiz_that_is_ended_in_this_moment_leads_to_its_result(client: Client, seat: Seat) -> None:
    asked = seat()

    def other_tab(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        if not ended and "number" in sql and sql.startswith("SELECT") and "quiz_askedquestion" in sql:
            ended.append(Sitting.objects.filter(pk=asked.sitting_id).update(finished_at=make.NOW))
        return found

    ended: list[int] = []
    with connection.execute_wrapper(other_tab):
        page = ask(client, asked)
    assert (ended, page.status_code, page["Location"], told(asked)) == ([1], 302, end(asked), [])


def test_an_answer_struck_out_in_another_tab_is_asked_back_and_costs_nothing(client: Client, seat: Seat) -> None:
    asked = seat()
    ask(client, asked)
    asked.refresh_from_db()
    gone = next(iter(on(asked, chronicle()).gone))
    page = post(client, asked, {"choice": str(gone)})
    asked.refresh_from_db()
    assert (page.status_code, asked.answered_at) == (409, None)
    assert "A hint has taken this answer away" in text(page)
    assert told(asked)[0] in text(page)
    assert " checked" not in text(page)


def test_an_answer_struck_out_in_this_moment_is_asked_back_with_the_hint(client: Client, seat: Seat) -> None:
    asked = seat()
    asked.hints = 1
    gone = next(iter(on(asked, chronicle()).gone))

    def other_tab(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        if not struck and "number" in sql and sql.startswith("SELECT") and "quiz_askedquestion" in sql:
            struck.append(AskedQuestion.objects.filter(pk=asked.pk).update(hints=1))
        return found

    struck: list[int] = []
    with connection.execute_wrapper(other_tab):
        page = post(client, asked, {"choice": str(gone)})
    assert (struck, page.status_code) == ([1], 409)
    assert told(asked)[0] in text(page)


def test_a_database_that_can_not_be_written_loses_nothing(client: Client, seat: Seat) -> None:
    asked = seat(Shape.PLACE)

    def locked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("UPDATE") and "quiz_askedquestion" in sql:
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(locked):
        page = ask(client, asked, 1, {"place": "Amb"})
    assert (page.status_code, told(asked)) == (503, [])
    assert "No hint could be given just now" in text(page)
    assert 'value="Amb"' in text(page)


@pytest.mark.parametrize("mode", [SittingMode.EXAM, SittingMode.TIMELINE])
def test_in_exams_and_runs_there_is_no_hint_to_be_had(client: Client, seat: Seat, mode: SittingMode) -> None:
    asked = seat(Shape.GAP)
    Sitting.objects.filter(pk=asked.sitting_id).update(mode=mode)
    asked.sitting.refresh_from_db()
    shown, page = client.get(address(asked)), ask(client, asked)
    assert (button(shown), button(page), page.status_code) == ([], [], 200)
    asked.refresh_from_db()
    assert asked.hints == 0
    assert "Hint" not in text(page)


def test_a_hint_is_for_the_learner_alone(client: Client, seat: Seat) -> None:
    asked = seat()
    client.force_login(make.UserFactory())
    assert ask(client, asked).status_code == 404
    assert told(asked) == []


# --- After the answer -------------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize(("steps", "verdict"), [(0, "Right"), (1, "Right, with a hint"), (2, "Right, with 2 hints")])
def test_feedback_says_with_how_many_hints_it_was_right(
    client: Client, seat: Seat, headers: dict[str, str], steps: int, verdict: str
) -> None:
    asked = seat()
    for step in range(1, steps + 1):
        ask(client, asked, step)
    post(client, asked, headers=headers)
    assert f"autofocus>{verdict}</h1>" in text(client.get(address(asked), headers=headers))


def test_what_was_wrong_or_not_known_is_so_with_hints_too(client: Client, seat: Seat) -> None:
    asked = seat(Shape.PLACE)
    ask(client, asked)
    post(client, asked, {"place": "Dune"})
    assert "autofocus>Not right</h1>" in text(client.get(address(asked)))


@pytest.mark.parametrize(
    ("helped", "said"),
    [(0, ""), (1, "1 of them with a hint"), (2, "2 of them with hints"), (3, "3 of them with hints")],
)
def test_the_result_says_how_many_were_right_with_hints(client: Client, seat: Seat, helped: int, said: str) -> None:
    first = seat(length=3)
    for asked in first.sitting.asked.all():
        if asked.number <= helped:
            ask(client, asked)
        post(client, asked)
    page = text(client.get(end(first)))
    assert said in page
    assert ("of them with" in page) == bool(helped)


def test_hints_that_did_not_help_are_not_counted_in_the_result(client: Client, seat: Seat) -> None:
    asked = seat(length=1)
    ask(client, asked)
    post(client, asked, {"unknown": "on"})
    assert "of them with" not in text(client.get(end(asked)))
