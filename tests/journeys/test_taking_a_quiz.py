"""A whole quiz: by mouse, by keyboard alone, without JavaScript; and what goes wrong on the way."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from quiz.chronology import day_in_words
from quiz.models import Review, Sitting
from quiz.questions.making import KINDS
from quiz.questions.question import Question, Shape
from quiz.study.facts import chronicle
from tests.journeys.conftest import Watch
from tests.journeys.steps import answer_button, answer_rightly, asked, fill, fill_in, next_step, sit, verdict

SHAPES = len(Shape)
"""How many questions the sitting of these journeys has: one of each shape."""


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
        case Shape.CHOICE | Shape.GAP:
            page.keyboard.press("ABCD"[question.key[0]])
        case Shape.PIN:
            page.keyboard.press("1234567890"[question.key[0]])
        case Shape.DAY:
            tab_to(page, page.get_by_label("The day"))
            page.keyboard.type(day_in_words(question.accepted[0]))
        case Shape.ORDER:
            arrange_by_keys(page, [question.options[item].text for item in question.key])
            tab_to(page, answer_button(page))
        case Shape.PLACE:
            tab_to(page, page.get_by_label("The place"))
            page.keyboard.type(chronicle().gazetteer[question.places[0]].name)
    page.keyboard.press("Enter")


def arrange_by_keys(page: Page, texts: list[str]) -> None:
    """Move each event to its place, the first one first; a press of Enter once, of the arrow keys else."""
    order = page.locator(".order .event-text")
    for place, text in enumerate(texts):
        button = page.get_by_role("button", name=f"Earlier: {text}", exact=True)
        while (at := order.all_inner_texts().index(text)) > place:
            if not button.evaluate("one => one === document.activeElement"):
                tab_to(page, button)
            page.keyboard.press("Enter" if at == place + 1 else "ArrowUp")
            expect(button).to_be_focused()
            expect(page.get_by_role("status")).to_have_text(f"Place {at} of {len(texts)}: {text}")


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
    tab_to(page, page.locator("summary"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("checkbox", name="Insert into the timeline"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    for number in range(1, 6):
        expect(page.get_by_text(f"Question {number} of 5")).to_be_visible()
        by_keyboard(page)
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()
    assert (Sitting.objects.get().kinds, bool(Sitting.objects.get().finished_at)) == (["insert"], True)


def by_keyboard(page: Page) -> None:
    """Answer the question shown, and go on."""
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    type_answer(page, asked(page).question)
    expect(verdict(page)).to_be_focused()
    assert page.get_by_role("status").inner_text().startswith(verdict(page).inner_text())
    assert page.locator("#step [role=status], #step [aria-live]").count() == 0
    tab_to(page, page.get_by_role("link", name=re.compile("Next question|See the result")))
    page.keyboard.press("Enter")


def test_every_shape_by_keyboard_alone(page: Page, base_url: str) -> None:
    page.goto(sit(page, base_url).get_absolute_url())
    page.get_by_role("status").evaluate("one => { one.permanent = true }")
    shapes = set()
    for number in range(1, SHAPES + 1):
        expect(page.get_by_text(f"Question {number} of {SHAPES}")).to_be_visible()
        shapes.add(asked(page).question.shape)
        # The fragment after a swap takes the focus by itself; a page that was gone to has it at its start.
        page.get_by_role("heading", level=1).focus()
        by_keyboard(page)
        if number < SHAPES:
            assert page.get_by_role("status").evaluate("one => one.permanent")
    expect(page.locator(".score")).to_contain_text(f"{SHAPES} of {SHAPES}")
    assert shapes == set(Shape)


def test_enter_goes_on_from_the_feedback(page: Page, base_url: str) -> None:
    page.goto(sit(page, base_url).get_absolute_url())
    type_answer(page, asked(page).question)
    expect(verdict(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Question 2 of {SHAPES}")).to_be_visible()
    assert Review.objects.count() == 1


@pytest.mark.smoke
def test_a_quiz_without_javascript(page_without_script: Page, base_url: str) -> None:
    page = page_without_script
    page.goto(sit(page, base_url).get_absolute_url())
    for number in range(1, SHAPES + 1):
        expect(page.get_by_text(f"Question {number} of {SHAPES}")).to_be_visible()
        answer_rightly(page)
        next_step(page)
    expect(page.locator(".score")).to_contain_text(f"{SHAPES} of {SHAPES}")
    page.locator("summary").first.click()
    expect(page.get_by_role("heading", name="What the sources say").first).to_be_visible()
    Sitting.objects.update(length=5)  # so many as the set-up page offers
    page.reload()
    page.get_by_role("button", name="Again, with new questions").click()
    expect(page.get_by_text("Question 1 of 5")).to_be_visible()


def test_all_right_answers_with_htmx_give_all_points(page: Page, base_url: str) -> None:
    kinds = len(KINDS)
    page.goto(sit(page, base_url, kinds).get_absolute_url())
    for number in range(1, kinds + 1):
        expect(page.get_by_text(f"Question {number} of {kinds}")).to_be_visible()
        answer_rightly(page)
        next_step(page)
    expect(page.locator(".score")).to_contain_text(f"{kinds} of {kinds}")


def test_a_pin_on_the_map_chooses_its_place_in_the_list(page: Page, base_url: str) -> None:
    page.goto(sit(page, base_url).get_absolute_url())
    skip_to(page, Shape.PIN)
    key = asked(page).question.key[0]
    page.locator(".answer .pin").nth(key).click()
    expect(page.get_by_role("radio").nth(key)).to_be_checked()
    expect(page.locator(".pin.chosen")).to_have_count(1)
    other = page.get_by_role("radio").nth(key - 1)
    other.check()
    chosen = page.locator(".pin").nth((key - 1) % asked(page).question.choices)
    expect(chosen).to_have_class(re.compile("chosen"))


def skip_to(page: Page, shape: Shape) -> None:
    """Say 'I don't know' until a question of a shape is shown."""
    while asked(page).question.shape is not shape:
        number = asked(page).number
        page.get_by_role("button", name="I don’t know").click()
        expect(verdict(page)).to_have_text("You said: I don’t know")
        page.get_by_role("link", name="Next question").click()
        expect(page.get_by_text(f"Question {number + 1} of {SHAPES}")).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False])
def test_a_date_that_cannot_be_read_gives_a_message_and_costs_nothing(
    page: Page, page_without_script: Page, base_url: str, watch: Watch, scripted: bool
) -> None:
    watch.expect("422")
    page = page if scripted else page_without_script
    page.goto(sit(page, base_url).get_absolute_url())
    skip_to(page, Shape.DAY)
    before = Review.objects.count()
    page.get_by_label("The day").fill("31 February 2014")
    answer_button(page).click()
    day = page.get_by_label("The day")
    expect(day).to_be_focused()
    expect(day).to_have_value("31 February 2014")
    expect(day).to_have_accessible_description(re.compile("no such day"))
    assert (asked(page).answered_at, Review.objects.count()) == (None, before)
    answer_rightly(page)


@pytest.mark.parametrize(
    ("scripted", "message"), [(True, "You have not moved an event yet"), (False, "each needs a place of its own")]
)
def test_an_untouched_order_is_no_answer(
    page: Page, page_without_script: Page, base_url: str, watch: Watch, scripted: bool, message: str
) -> None:
    watch.expect("422")
    page = page if scripted else page_without_script
    page.goto(sit(page, base_url).get_absolute_url())
    skip_to(page, Shape.ORDER)
    answer_button(page).click()
    expect(page.locator("#answer-error")).to_be_focused()
    expect(page.locator("#answer-error")).to_contain_text(message)
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


def test_a_place_that_cannot_be_read_gives_a_message_and_costs_nothing(page: Page, base_url: str, watch: Watch) -> None:
    watch.expect("422")
    page.goto(sit(page, base_url).get_absolute_url())
    skip_to(page, Shape.PLACE)
    before = Review.objects.count()
    page.get_by_label("The place").fill("Constantinople")
    answer_button(page).click()
    place = page.get_by_label("The place")
    expect(place).to_be_focused()
    expect(place).to_have_value("Constantinople")
    expect(place).to_have_accessible_description(re.compile("No place of the chronicle has a name like this one"))
    assert (asked(page).answered_at, Review.objects.count()) == (None, before)
    answer_rightly(page)


def test_a_picked_day_is_an_answer_and_one_that_differs_from_the_typed_one_is_asked_back(
    page: Page, base_url: str, watch: Watch
) -> None:
    watch.expect("422")
    page.goto(sit(page, base_url).get_absolute_url())
    skip_to(page, Shape.DAY)
    day = asked(page).question.accepted[0]
    page.get_by_label("Or pick it from a calendar").fill(day.isoformat())
    page.get_by_label("The day").fill("2 August 2013")
    answer_button(page).click()
    expect(page.get_by_label("The day")).to_have_accessible_description(re.compile("which do you mean"))
    expect(page.get_by_label("Or pick it from a calendar")).to_have_value(day.isoformat())
    page.get_by_label("The day").fill("")
    answer_button(page).click()
    expect(verdict(page)).to_have_text("Right")


def test_the_key_is_nowhere_before_the_answer(page: Page, base_url: str) -> None:
    kinds = len(KINDS)
    page.goto(sit(page, base_url, kinds).get_absolute_url())
    for number in range(1, kinds + 1):
        expect(page.get_by_text(f"Question {number} of {kinds}")).to_be_visible()
        html, question = page.content(), asked(page).question
        told = {question.explanation, *question.events, *(c.sentence for c in question.citations)}
        told |= {text for option in question.options for text in (option.note, option.event)} - {""}
        if question.shape is Shape.DAY:
            told |= {question.key_text, *(day_in_words(day) for day in question.accepted), *(question.days or ())}
        if question.shape is Shape.PLACE:
            told |= {question.key_text, *question.places}
        assert [text for text in told if text in html] == []
        assert len(set(_forms_of_options(page))) <= 1, "the options differ in more than their text and number"
        page.get_by_role("button", name="I don’t know").click()
        next_step(page)
    expect(page.locator(".score")).to_contain_text(f"0 of {kinds}")


BARE = """one => {
    const copy = one.cloneNode(true)
    copy.querySelectorAll(".option-text, .ar").forEach(text => text.replaceChildren())
    return copy.outerHTML
}"""


def _forms_of_options(page: Page) -> list[str]:
    """The HTML of the options without what a reader sees of them, and without their numbers."""
    found = []
    for option in page.locator(".option, .order li").all():
        html = option.evaluate(BARE)
        for text in option.locator(".event-text").all_text_contents():
            html = html.replace(text.replace("&", "&amp;"), "")
        html = re.sub(r'<bdi class="ar".*?</bdi>| aria-disabled="\w+"', "", html)
        found.append(re.sub(r'value="\d"|place_\d', "", html))
    return found
