"""A whole quiz: by mouse, by keyboard alone, without JavaScript; and what goes wrong on the way."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from quiz.chronology import day_in_words
from quiz.models import Attempt, Sitting
from quiz.questions.question import Question, Shape
from tests.journeys.conftest import Watch
from tests.journeys.steps import answer_button, answer_rightly, asked, fill, fill_in, next_step, sit, verdict


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


def type_answer(page: Page, question: Question) -> None:
    """Answer with the keys alone, from the heading on."""
    match question.shape:
        case Shape.CHOICE:
            page.keyboard.press("ABCD"[question.key[0]])
        case Shape.DAY:
            tab_to(page, page.get_by_label("The day"))
            page.keyboard.type(day_in_words(question.accepted[0]))
        case Shape.ORDER:
            tab_to(page, page.locator("[data-move='1']").first)
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowUp")
            tab_to(page, answer_button(page))
    page.keyboard.press("Enter")


def test_the_first_question_is_one_click_away(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Start a quiz of 10 questions").click()
    expect(page.get_by_text("Question 1 of 10")).to_be_visible()
    assert asked(page).number == 1


@pytest.mark.smoke
def test_a_quiz_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    tab_to(page, page.get_by_role("link", name="Choose topic and length"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("radio", name="10 questions"))
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    for number in range(1, 6):
        expect(page.get_by_text(f"Question {number} of 5")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        type_answer(page, asked(page).question)
        expect(verdict(page)).to_be_focused()
        assert page.get_by_role("status").inner_text().startswith(verdict(page).inner_text())
        tab_to(page, page.get_by_role("link", name=re.compile("Next question|See the result")))
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()
    assert Sitting.objects.get().finished_at


@pytest.mark.smoke
def test_a_quiz_without_javascript(page_without_script: Page, base_url: str) -> None:
    page = page_without_script
    page.goto(sit(page, base_url).get_absolute_url())
    for number in range(1, 6):
        expect(page.get_by_text(f"Question {number} of 5")).to_be_visible()
        answer_rightly(page)
        next_step(page)
    expect(page.get_by_text("5 of 5")).to_be_visible()
    page.locator("summary").first.click()
    expect(page.get_by_role("heading", name="What the sources say").first).to_be_visible()
    page.get_by_role("button", name="Again, with new questions").click()
    expect(page.get_by_text("Question 1 of 5")).to_be_visible()


def test_all_right_answers_with_htmx_give_all_points(page: Page, base_url: str) -> None:
    page.goto(sit(page, base_url).get_absolute_url())
    for number in range(1, 6):
        expect(page.get_by_text(f"Question {number} of 5")).to_be_visible()
        answer_rightly(page)
        next_step(page)
    expect(page.get_by_text("5 of 5")).to_be_visible()


def skip_to(page: Page, shape: Shape) -> None:
    """Say 'I don't know' until a question of a shape is shown."""
    while asked(page).question.shape is not shape:
        number = asked(page).number
        page.get_by_role("button", name="I don’t know").click()
        expect(verdict(page)).to_have_text("The answer was")
        page.get_by_role("link", name="Next question").click()
        expect(page.get_by_text(f"Question {number + 1} of 5")).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False])
def test_a_date_that_cannot_be_read_gives_a_message_and_costs_nothing(
    page: Page, page_without_script: Page, base_url: str, watch: Watch, scripted: bool
) -> None:
    watch.expect("422")
    page = page if scripted else page_without_script
    page.goto(sit(page, base_url).get_absolute_url())
    skip_to(page, Shape.DAY)
    before = Attempt.objects.count()
    page.get_by_label("The day").fill("31 February 2014")
    answer_button(page).click()
    day = page.get_by_label("The day")
    expect(day).to_be_focused()
    expect(day).to_have_value("31 February 2014")
    expect(day).to_have_accessible_description(re.compile("no such day"))
    assert (asked(page).answered_at, Attempt.objects.count()) == (None, before)
    answer_rightly(page)


def test_an_untouched_order_is_no_answer(page: Page, base_url: str, watch: Watch) -> None:
    watch.expect("422")
    page.goto(sit(page, base_url).get_absolute_url())
    skip_to(page, Shape.ORDER)
    answer_button(page).click()
    expect(page.locator("#answer-error")).to_be_focused()
    assert asked(page).answered_at is None
    answer_rightly(page)


def test_an_answer_of_another_question_is_refused_in_words(page: Page, base_url: str, watch: Watch) -> None:
    watch.expect("409")
    page.goto(sit(page, base_url).get_absolute_url())
    fill_in(page, asked(page).question)
    page.locator("[name=token]").evaluate("field => { field.value = 'x'.repeat(22) }")
    answer_button(page).click()
    expect(page.get_by_text("This answer belongs to another question")).to_be_focused()
    assert asked(page).answered_at is None
    answer_rightly(page)


def test_a_lost_connection_keeps_the_answer(page: Page, base_url: str, watch: Watch) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED|htmx:(afterRequest|sendError)")
    page.goto(sit(page, base_url).get_absolute_url())
    fill_in(page, asked(page).question)
    page.context.set_offline(True)
    answer_button(page).click()
    expect(page.get_by_role("alert")).to_contain_text("The connection is lost")
    page.context.set_offline(False)
    answer_button(page).click()
    expect(verdict(page)).to_have_text("Right")
    expect(page.get_by_role("alert")).to_be_empty()


def test_the_key_is_nowhere_before_the_answer(page: Page, base_url: str) -> None:
    page.goto(sit(page, base_url, 10).get_absolute_url())
    for number in range(1, 11):
        expect(page.get_by_text(f"Question {number} of 10")).to_be_visible()
        html, question = page.content(), asked(page).question
        told = {question.explanation, *question.events, *(c.sentence for c in question.citations)}
        told |= {text for option in question.options for text in (option.note, option.event)} - {""}
        if question.shape is Shape.DAY:
            told |= {question.key_text, *(day_in_words(day) for day in question.accepted), *(question.days or ())}
        assert [text for text in told if text in html] == []
        assert len(set(_forms_of_options(page))) <= 1, "the options differ in more than their text and number"
        page.get_by_role("button", name="I don’t know").click()
        next_step(page)
    expect(page.get_by_text("0 of 10")).to_be_visible()


def _forms_of_options(page: Page) -> list[str]:
    """The HTML of the options without what a reader sees of them, and without their numbers."""
    found = []
    for option in page.locator(".option, .order li").all():
        html = option.evaluate("one => one.outerHTML")
        for text in option.locator(".option-text, .event-text, .ar").all_text_contents():
            html = html.replace(text.replace("&", "&amp;"), "")
        html = re.sub(r'<bdi class="ar".*?</bdi>| aria-disabled="\w+"', "", html)
        found.append(re.sub(r'value="\d"|place_\d', "", html))
    return found
