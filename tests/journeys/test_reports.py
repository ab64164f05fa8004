"""Reporting a problem in the browser: by keyboard, without JavaScript, as a visitor; and what editors make of it."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect

from quiz.models import ProblemReport, Sitting, User
from quiz.questions.question import Shape
from tests.journeys.conftest import Watch
from tests.journeys.steps import answer_wrongly, asked, enter, fill, only, sit, verdict

WORDS = "The 6th paragraph says so, not the 5th."


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"Tab never reaches {target}")


def to_report(page: Page) -> Locator:
    return page.get_by_role("link", name="Report a problem with this question")


def send(page: Page) -> Locator:
    return page.get_by_role("button", name="Send the report")


def thanked(page: Page) -> Locator:
    return page.get_by_role("heading", name="Thank you for your report")


@pytest.mark.smoke
def test_a_question_is_reported_by_keyboard_alone_and_the_quiz_goes_on(page: Page, base_url: str) -> None:
    sitting = sit(page, base_url)
    page.goto(sitting.get_absolute_url())
    number = asked(page).number
    answer_wrongly(page)
    tab_to(page, to_report(page))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Report a problem with this question")).to_be_visible()
    tab_to(page, page.get_by_role("radio", name="Two answers are right"))
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name=re.compile("^A source is cited wrongly"))).to_be_checked()
    tab_to(page, page.get_by_label("In your words"))
    page.keyboard.type(WORDS)
    tab_to(page, send(page))
    page.keyboard.press("Enter")
    expect(thanked(page)).to_be_focused()
    tab_to(page, page.get_by_role("link", name="Back to the question"))
    page.keyboard.press("Enter")
    expect(verdict(page)).to_have_text("Not right")
    tab_to(page, page.get_by_role("link", name="Next question"))
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Question {number + 1} of {sitting.length}")).to_be_visible()
    report = ProblemReport.objects.get()
    assert (report.problem, report.text, report.asked) == ("source", WORDS, sitting.asked.get(number=number))


def test_a_question_is_reported_from_the_result_without_javascript(
    page_without_script: Page, base_url: str, watch: Watch
) -> None:
    watch.expect("422")
    page = page_without_script
    sitting = sit(page, base_url)
    Sitting.objects.update(finished_at=timezone.now())
    page.goto(sitting.get_absolute_url())
    third = page.locator(".review > li").nth(2)
    third.locator("summary").first.click()
    third.get_by_role("link", name="Report a problem with this question").click()
    page.get_by_role("radio", name="Something else", exact=True).check()
    send(page).click()
    expect(page.get_by_role("alert")).to_contain_text("Say in a few words what is wrong.")
    expect(page.get_by_label("In your words")).to_have_accessible_description(re.compile("Say in a few words"))
    expect(page.get_by_role("radio", name="Something else", exact=True)).to_be_checked()
    page.get_by_label("In your words").fill(WORDS)
    send(page).click()
    expect(thanked(page)).to_be_visible()
    page.get_by_role("link", name="Back to the result").click()
    expect(page).to_have_url(re.compile(rf"{sitting.get_absolute_url()}#report-3$"))
    # The browser unfolds what the address points into.
    expect(third.get_by_role("link", name="Report a problem with this question")).to_be_in_viewport()
    report = ProblemReport.objects.get()
    assert (report.problem, report.text, report.asked) == ("other", WORDS, sitting.asked.get(number=3))


def test_a_page_is_reported_by_a_visitor_and_nothing_is_lost_when_it_is_too_long(page: Page, watch: Watch) -> None:
    watch.expect("422")
    page.goto("/chronicle/qara-fully-captured/")
    page.get_by_role("link", name="Report a problem with this page").click()
    page.get_by_role("radio", name=re.compile("^A source is cited wrongly")).check()
    page.get_by_label("In your words").fill("x" * 1010)
    send(page).click()
    expect(page.get_by_label("In your words")).to_have_value("x" * 1010)
    expect(page.get_by_role("alert")).to_contain_text("This has 1,010 characters; at most 1,000 can be kept.")
    page.get_by_label("In your words").fill(WORDS)
    send(page).click()
    expect(thanked(page)).to_be_visible()
    page.get_by_role("link", name="Back to the event").click()
    expect(page.get_by_role("link", name="Report a problem with this page")).to_be_visible()
    report, user = ProblemReport.objects.get(), User.objects.get()
    assert (report.user, report.text, user.is_guest, user.time_zone) == (user, WORDS, True, "Europe/London")


def test_what_was_typed_is_filled_in_again_until_it_is_sent(page: Page) -> None:
    address = "/chronicle/qara-fully-captured/report/"
    words, source = page.get_by_label("In your words"), page.get_by_role("radio", name=re.compile("^A source is cited"))
    page.goto(address)
    source.check()
    words.fill(WORDS)
    page.goto("/chronicle/yabroud-captured/report/")
    expect(words).to_have_value("")
    page.goto(address)
    expect(words).to_have_value(WORDS)
    expect(source).to_be_checked()
    send(page).click()
    expect(thanked(page)).to_be_visible()
    page.goto(address)
    expect(words).to_have_value("")
    expect(source).not_to_be_checked()


def test_an_editor_decides_and_the_learner_finds_it_where_it_was_reported(
    page: Page, new_context: Callable[..., BrowserContext], base_url: str
) -> None:
    sitting = only(page, base_url, Shape.CHOICE)
    page.goto(sitting.get_absolute_url())
    answer_wrongly(page)
    to_report(page).click()
    page.get_by_role("radio", name="Two answers are right").check()
    send(page).click()
    expect(thanked(page)).to_be_visible()
    desk = new_context().new_page()
    enter(desk, User.objects.create_superuser("editor", password="x"), base_url)
    desk.goto("/admin/")
    desk.get_by_role("link", name="1 problem report waits for a decision").click()
    desk.locator("#result_list tbody th a").click()
    expect(desk.get_by_text("(the learner’s answer)")).to_be_visible()
    desk.get_by_label("State:").select_option("mended")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("0 problem reports")).to_be_visible()
    desk.goto("/admin/")
    expect(desk.get_by_text("No problem report waits for a decision.")).to_be_visible()
    page.get_by_role("link", name="Report another problem with it").click()
    expect(page.get_by_text("the editors mended it on")).to_be_visible()
    page.get_by_role("radio", name="Two answers are right").check()
    send(page).click()
    expect(page.get_by_text("it is open again")).to_be_visible()
    desk.goto("/admin/")
    expect(desk.get_by_role("link", name="1 problem report waits for a decision")).to_be_visible()
