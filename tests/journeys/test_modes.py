"""Exams and their time, timeline runs, reviews; and that nothing chosen or typed is lost on the way."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from quiz.models import AskedQuestion, Card, Deed, Event, Review, Sitting, SittingMode, User
from quiz.questions.question import Option, Question, Shape
from tests import factories as make
from tests.journeys.conftest import Clock, Watch
from tests.journeys.steps import (
    answer_button,
    answer_rightly,
    asked,
    fill,
    fill_in,
    log_in,
    next_step,
    only,
    questions,
    sit,
    verdict,
)

SHAPES = len(Shape)
PASSWORD = "stone-slate-and-thyme"


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


def exam(page: Page, base_url: str, minutes: int | None = None, length: int = SHAPES) -> Sitting:
    """An exam that holds every shape of question, just begun."""
    sitting = sit(page, base_url, length)
    sitting.mode, sitting.minutes = SittingMode.EXAM, minutes
    sitting.ends_at = timezone.now() + timedelta(minutes=minutes) if minutes else None
    sitting.save()
    return sitting


def given(page: Page, question: Question) -> bool:
    """Whether the right answer stands in the form."""
    match question.shape:
        case Shape.CHOICE | Shape.GAP | Shape.PIN:
            return page.get_by_role("radio").nth(question.key[0]).is_checked()
        case Shape.ORDER:
            first = question.options[question.key[0]].text
            if not page.locator(".by-arrows").count():
                return page.get_by_role("combobox").nth(question.key[0]).input_value() == "1"
            return page.locator(".order .event-text").first.inner_text() == first
        case Shape.DAY:
            return page.get_by_label("The day").input_value() != ""
        case Shape.PLACE:
            return page.get_by_label("The place").input_value() != ""


def settle(page: Page, number: int, length: int = SHAPES) -> None:
    expect(page.get_by_text(f"question {number} of {length}")).to_be_visible()


@pytest.mark.smoke
def test_an_exam_says_nothing_before_its_end(page: Page, base_url: str) -> None:
    page.goto("/quiz/")
    expect(page.get_by_text("Time limit of the exam")).to_be_hidden()
    page.get_by_label("At the end, as in an exam").check()
    page.get_by_label("20 minutes").check()
    page.get_by_label("5 questions").check()
    page.get_by_role("button", name="Start the quiz").click()
    for number in range(1, 6):
        settle(page, number, 5)
        expect(page.get_by_text(re.compile(r"^(20|19) minutes left"))).to_be_visible()
        if number > 1:
            expect(page.get_by_role("heading", level=1)).to_be_focused()
        fill_in(page, asked(page).question)
        page.get_by_role("radio", name="Sure", exact=True).check()
        answer_button(page).click()
        if number == 3:
            settle(page, 4, 5)
            page.go_back()
            settle(page, 4, 5)
            expect(verdict(page)).to_have_count(0)
    expect(page.get_by_role("heading", name="Exam: your result")).to_be_visible()
    expect(page.locator(".score")).to_contain_text("5 of 5")
    assert set(AskedQuestion.objects.values_list("confidence", flat=True)) == {3}


@pytest.mark.parametrize("scripted", [True, False])
def test_time_that_runs_out_in_mid_answer_is_extended_and_nothing_is_lost(
    page: Page, page_without_script: Page, base_url: str, watch: Watch, clock: Clock, scripted: bool
) -> None:
    watch.expect("409")
    page = page if scripted else page_without_script
    page.goto(exam(page, base_url, minutes=10).get_absolute_url())
    for number in range(1, SHAPES + 1):
        settle(page, number)
        question = asked(page).question
        fill_in(page, question)
        page.get_by_role("radio", name="Fairly sure").check()
        clock.ahead += timedelta(minutes=11)
        answer_button(page).click()
        expect(page.get_by_role("heading", name="The time is up")).to_be_visible()
        assert AskedQuestion.objects.filter(answered_at=None).count() == SHAPES + 1 - number
        page.get_by_role("button", name="Add 5 minutes and go on").click()
        expect(page.locator("[data-clock]")).to_have_text("5 minutes left")
        assert given(page, question), question.shape
        expect(page.get_by_role("radio", name="Fairly sure")).to_be_checked()
        # Once more from the question itself.
        page.get_by_role("button", name="Add 5 minutes").click()
        expect(page.locator("[data-clock]")).to_have_text("10 minutes left")
        assert given(page, question), question.shape
        answer_button(page).click()
    expect(page.locator(".score")).to_contain_text(f"{SHAPES} of {SHAPES}")


def test_one_minute_before_the_end_is_told_once_and_the_end_sends_nothing(page: Page, base_url: str) -> None:
    page.clock.install()
    sitting = exam(page, base_url, minutes=10)
    Sitting.objects.update(ends_at=timezone.now() + timedelta(seconds=100))
    page.goto(sitting.get_absolute_url())
    status = page.get_by_role("status")
    expect(page.locator("[data-clock]")).to_have_text("2 minutes left")
    expect(status).to_be_empty()
    page.clock.run_for(45_000)
    expect(status).to_have_text("1 minute left")
    expect(page.locator("[data-clock]")).to_have_text("less than a minute left")
    page.clock.run_for(60_000)
    expect(page.locator("[data-clock]")).to_have_text("The time is up. You can add five minutes.")
    expect(answer_button(page)).to_be_visible()
    assert Review.objects.count() == 0


@pytest.mark.smoke
def test_an_exam_without_javascript_is_ended_early(page_without_script: Page, base_url: str) -> None:
    page = page_without_script
    page.goto(exam(page, base_url).get_absolute_url())
    for number in (1, 2):
        settle(page, number)
        fill_in(page, asked(page).question)
        answer_button(page).click()
    settle(page, 3)
    page.locator("summary", has_text="End the exam now").click()
    page.get_by_role("button", name="End it and see the result").click()
    expect(page.locator(".score")).to_contain_text(f"2 of {SHAPES}")
    expect(page.get_by_text(f"{SHAPES - 2} questions not answered")).to_be_visible()
    page.locator(".review > li > details > summary").nth(4).click()
    expect(page.get_by_text("You did not answer this question").nth(2)).to_be_visible()


def dated(option: Option) -> str:
    """An event with its date before it, as a line shows what was put in its place."""
    found = re.fullmatch(r"(.*) \((.*)\)\.", option.note)
    assert found, option.note
    return f"{found[2]} {found[1]}"


@pytest.mark.smoke
def test_a_timeline_run_to_its_end(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Timeline run").click()
    page.get_by_role("button", name="Start the run").click()
    for number in range(1, 10):
        settle(page, number, 9)
        question = asked(page).question
        expect(page.locator(".line .stop")).to_have_text(
            [dated(option) if number > 1 else option.text for option in question.options]
        )
        gap = question.key[0] if number != 4 else (question.key[0] + 1) % question.choices
        page.get_by_role("radio").nth(gap).check()
        answer_button(page).click()
        next_step(page)
    expect(page.get_by_role("heading", name="Timeline run: your result")).to_be_visible()
    expect(page.locator(".run .stop")).to_have_count(10)
    page.get_by_text("Share as text").click()
    share = page.get_by_role("textbox", name="Share as text").input_value()
    lines = share.splitlines()
    assert lines[0] == "Qalamoun, timeline run: 8 of 9 events put in their place (not the 4th)."
    assert page.url.startswith(lines[1])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == share


def test_a_timeline_run_by_keyboard_alone(page: Page) -> None:
    page.goto("/quiz/timeline/")
    page.get_by_role("button", name="Start the run").focus()
    page.keyboard.press("Enter")
    for number in range(1, 10):
        settle(page, number, 9)
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        question = asked(page).question
        gap, gaps = question.key[0], page.locator(".gaps").get_by_role("radio")
        if number % 2:
            page.keyboard.press("1234567890"[gap])
        else:
            page.keyboard.press("a")
            for n in range(gap):
                expect(gaps.nth(n)).to_be_focused()
                page.keyboard.press("ArrowDown")
        expect(gaps.nth(gap)).to_be_checked()
        expect(gaps.nth(gap)).to_be_focused()
        page.keyboard.press("Enter")
        expect(verdict(page)).to_have_text("Right")
        expect(verdict(page)).to_be_focused()
        onward = page.get_by_role("link", name=re.compile("Next question|See the result"))
        while not onward.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.locator(".score")).to_contain_text("9 of 9")


def account(page: Page) -> User:
    """A learner with an account, logged in."""
    user = User.objects.create_user("reader", password=PASSWORD)
    page.goto("/log-in/")
    log_in(page, "reader", PASSWORD)
    return user


def test_a_daily_review_asks_what_is_due_and_then_there_is_nothing(page: Page) -> None:
    user, day = account(page), timezone.now().date()
    dated = [question.event for question in questions() if question.kind in {"enter-date", "choose-date"}]
    for key in dated:
        make.CardFactory(
            user=user, event=Event.objects.get(key=key), day=day - timedelta(days=9), due=day - timedelta(days=1)
        )
    page.goto("/")
    expect(page.get_by_role("main").get_by_role("link", name="Today")).to_be_visible()
    page.goto("/quiz/review/")
    page.get_by_role("button", name="What is due today").click()
    for number in range(1, len(dated) + 1):
        settle(page, number, len(dated))
        assert asked(page).event.key in dated
        answer_rightly(page)
        next_step(page)
    expect(page.get_by_role("heading", name="Daily review: your result")).to_be_visible()
    page.get_by_role("button", name="What else is due").click()
    expect(page.get_by_role("heading", name="Nothing is due now")).to_be_visible()


def test_what_was_missed_is_added_to_the_cards_and_asked_again(page: Page, base_url: str) -> None:
    page.goto(only(page, base_url, Shape.CHOICE).get_absolute_url())
    page.get_by_role("button", name="I don’t know").click()
    next_step(page)
    page.get_by_role("button", name=re.compile("Add the .* to my cards")).click()
    expect(page.get_by_text(re.compile("among today’s cards"))).to_be_visible()
    assert Review.objects.filter(what=Deed.ADDED).count() == Card.objects.count() > 0
    page.get_by_role("button", name=re.compile("Repeat the .*missed question")).click()
    expect(page.get_by_text(re.compile("Once more, question 1 of"))).to_be_visible()
    assert Sitting.objects.filter(mode=SittingMode.AGAIN).count() == 1


# --- Nothing is lost ------------------------------------------------------------------------------


def test_a_session_that_ends_in_mid_quiz_costs_nothing_that_was_typed(page: Page, base_url: str) -> None:
    user = account(page)
    sitting = only(page, base_url, Shape.DAY)
    Sitting.objects.update(user=user)
    page.context.clear_cookies(name="sessionid")
    page.goto("/log-in/")
    log_in(page, "reader", PASSWORD)
    page.goto(sitting.get_absolute_url())
    page.get_by_label("The day").fill("soon, I think")
    page.get_by_role("radio", name="Guessing").check()
    page.context.clear_cookies(name="sessionid")
    answer_button(page).click()
    expect(page.get_by_role("heading", name="Log in", level=1)).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_have_count(1)
    log_in(page, "reader", PASSWORD)
    expect(page.get_by_text("Question 1 of 1")).to_be_visible()
    expect(page.get_by_label("The day")).to_have_value("soon, I think")
    expect(page.get_by_role("radio", name="Guessing")).to_be_checked()
    answer_rightly(page)
    expect(page.get_by_text("You said: guessing")).to_be_visible()
    assert kept(page) == []


def kept(page: Page) -> list[str]:
    """The answers that are kept in this tab."""
    names: list[str] = page.evaluate("Object.keys(sessionStorage)")
    return [name for name in names if name.startswith("answer:")]


@pytest.mark.parametrize("mode", [SittingMode.PRACTICE, SittingMode.EXAM])
def test_a_reload_keeps_what_was_given_until_it_is_answered(page: Page, base_url: str, mode: SittingMode) -> None:
    sitting = sit(page, base_url)
    Sitting.objects.update(mode=mode)
    page.goto(sitting.get_absolute_url())
    for number in range(1, SHAPES + 1):
        expect(page.get_by_text(re.compile(f"question {number} of {SHAPES}", re.IGNORECASE))).to_be_visible()
        question, token = asked(page).question, asked(page).token
        assert kept(page) == []
        fill_in(page, question)
        page.reload()
        assert given(page, question), question.shape
        assert kept(page) == [f"answer:{token}"]
        answer_button(page).click()
        if mode == SittingMode.PRACTICE:
            next_step(page)
    expect(page.locator(".score")).to_contain_text(f"{SHAPES} of {SHAPES}")


def test_a_connection_lost_in_mid_answer_keeps_it_over_a_reload_too(page: Page, base_url: str, watch: Watch) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED|htmx:(afterRequest|sendError)")
    page.goto(only(page, base_url, Shape.PLACE).get_absolute_url())
    question = asked(page).question
    fill_in(page, question)
    page.context.set_offline(True)
    answer_button(page).click()
    expect(page.get_by_role("alert")).to_contain_text("The connection is lost")
    page.context.set_offline(False)
    page.reload()
    assert given(page, question)
    answer_button(page).click()
    expect(verdict(page)).to_have_text("Right")


def test_lost_cookies_are_told_and_a_reload_mends_it(page: Page, base_url: str, watch: Watch) -> None:
    watch.expect("403|Forbidden")
    page.goto(only(page, base_url, Shape.CHOICE).get_absolute_url())
    question = asked(page).question
    fill_in(page, question)
    page.context.clear_cookies(name="csrftoken")
    answer_button(page).click()
    expect(page.get_by_role("alert")).to_contain_text("reload the page")
    page.reload()
    assert given(page, question)
    answer_rightly(page)


def test_single_keys_do_nothing_where_they_are_switched_off(page: Page, base_url: str) -> None:
    sitting = only(page, base_url, Shape.CHOICE)
    User.objects.update(shortcuts=False)
    page.goto(sitting.get_absolute_url())
    expect(page.get_by_text("Keys: a letter")).to_be_hidden()
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("b")
    expect(page.locator("input[name=choice]:checked")).to_have_count(0)
    User.objects.update(shortcuts=True)
    page.reload()
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("b")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
