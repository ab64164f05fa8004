"""Putting events in order and into a line by mouse and by finger; and that nothing of it is needed, or in the way."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, CDPSession, Locator, Page, ViewportSize, expect

from quiz.models import AskedQuestion, Deed, Review
from quiz.questions.marking import Answer
from quiz.questions.question import Shape
from quiz.study import reviews
from quiz.study import sittings as study
from quiz.study.facts import chronicle
from tests.journeys.conftest import Watch
from tests.journeys.steps import answer_button, asked, fill, fill_in, guest, left, only, show, sit, verdict
from tests.journeys.tours import LEAST

PHONE: ViewportSize = {"width": 360, "height": 640}


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Page:
    """A page of a phone, which has a finger and no mouse."""
    return new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def desk(page: Page) -> Page:
    """A page of somebody with a mouse who does not mind motion."""
    page.emulate_media(reduced_motion="no-preference")
    return page


# --- Hands ----------------------------------------------------------------------------------------


class Mouse:
    """Drags with the mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def take(self, x: float, y: float) -> None:
        self.page.mouse.move(x, y)
        self.page.mouse.down()

    def go(self, x: float, y: float) -> None:
        self.page.mouse.move(x, y, steps=6)

    def let_go(self) -> None:
        self.page.mouse.up()


class Finger:
    """Drags with one finger, as Chromium's own protocol tells of it."""

    def __init__(self, page: Page) -> None:
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.at = (0.0, 0.0)

    def _tell(self, kind: str, *points: dict[str, float]) -> None:
        self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    def take(self, x: float, y: float) -> None:
        self.at = (x, y)
        self._tell("touchStart", {"x": x, "y": y})

    def go(self, x: float, y: float) -> None:
        (left, top), steps = self.at, 6
        for n in range(1, steps + 1):
            self._tell("touchMove", {"x": left + (x - left) * n / steps, "y": top + (y - top) * n / steps})
        self.at = (x, y)

    def let_go(self) -> None:
        self._tell("touchEnd")


Hand = type[Mouse] | type[Finger]


def middle(one: Locator) -> tuple[float, float]:
    """The middle of something in the window."""
    box = one.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def top(one: Locator) -> float:
    box = one.bounding_box()
    assert box
    return box["y"]


def rows(page: Page) -> Locator:
    return page.locator(".order li")


def texts(page: Page) -> list[str]:
    """The events of an order from first to last."""
    return page.locator(".order .event-text").all_inner_texts()


def whole(page: Page) -> None:
    """Make the window so high that all of a question is in it."""
    page.set_viewport_size({"width": page.evaluate("innerWidth"), "height": 1700})


def drag_row(hand: Mouse | Finger, page: Page, start: int, to: int) -> None:
    """Drag a row to where another one stands; counted from 0."""
    x, y = middle(rows(page).nth(start).locator(".handle"))
    hand.take(x, y)
    hand.go(x, y + top(rows(page).nth(to)) - top(rows(page).nth(start)))
    hand.let_go()


# --- Order ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("hand", [Mouse, Finger])
def test_events_are_dragged_into_their_order(phone: Page, desk: Page, base_url: str, hand: Hand) -> None:
    page = phone if hand is Finger else desk
    page.goto(only(page, base_url, Shape.ORDER).get_absolute_url())
    whole(page)
    question, held = asked(page).question, hand(page)
    wanted = [question.options[item].text for item in question.key]
    for place, text in enumerate(wanted):
        at = texts(page).index(text)
        if at != place:
            drag_row(held, page, at, place)
            expect(page.get_by_role("status")).to_have_text(f"Place {place + 1} of {len(wanted)}: {text}")
    assert texts(page) == wanted
    assert page.locator("[style]").count() == 0
    answer_button(page).click()
    expect(verdict(page)).to_have_text("Right")


def test_a_row_on_its_way_passes_each_other_row_once(desk: Page, base_url: str) -> None:
    page = desk
    page.goto(only(page, base_url, Shape.ORDER).get_absolute_url())
    whole(page)
    text, on_the_way = texts(page)[0], []
    x, y = middle(rows(page).first.locator(".handle"))
    way = top(rows(page).last) - top(rows(page).first)
    Mouse(page).take(x, y)
    for far in range(0, round(way) + 20, 8):
        page.mouse.move(x, y + far)
        on_the_way.append(texts(page).index(text))
    page.mouse.up()
    assert on_the_way == sorted(on_the_way)
    assert (on_the_way[0], on_the_way[-1]) == (0, len(texts(page)) - 1)


UNSCROLLABLE = "all => all.filter(one => getComputedStyle(one).touchAction === 'none').map(one => one.className)"
"""The classes of what a finger does not scroll."""


def test_handles_are_large_enough_and_they_alone_keep_a_finger_from_scrolling(phone: Page, base_url: str) -> None:
    page = phone
    for shape, handles in ((Shape.ORDER, ".order .handle"), (Shape.GAP, ".held .handle")):
        page.goto(only(page, base_url, shape).get_absolute_url())
        for handle in page.locator(handles).all():
            box = handle.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= LEAST
        assert page.locator("*").evaluate_all(UNSCROLLABLE) == ["handle"] * page.locator(handles).count()


def test_what_was_dragged_is_kept_over_a_reload_and_its_ends_are_marked(page: Page, base_url: str) -> None:
    page.goto(only(page, base_url, Shape.ORDER).get_absolute_url())
    whole(page)
    before = texts(page)
    drag_row(Mouse(page), page, 0, len(before) - 1)
    after = [*before[1:], before[0]]
    assert texts(page) == after
    disabled = page.locator("[data-move][aria-disabled=true]")
    expect(disabled).to_have_count(2)
    expect(disabled.first).to_have_accessible_name(f"Earlier: {after[0]}")
    expect(disabled.last).to_have_accessible_name(f"Later: {after[-1]}")
    page.reload()
    assert texts(page) == after


def test_a_press_that_does_not_move_and_a_drag_given_up_by_escape_change_nothing(
    page: Page, base_url: str, watch: Watch
) -> None:
    watch.expect("422")
    page.goto(only(page, base_url, Shape.ORDER).get_absolute_url())
    whole(page)
    before, mouse, button = texts(page), Mouse(page), page.locator("[data-move='1']").nth(3)
    x, y = middle(rows(page).first.locator(".handle"))
    page.mouse.click(x, y)
    button.focus()
    mouse.take(x, y)
    mouse.go(x, y + 500)
    assert texts(page) == [*before[1:], before[0]]
    page.keyboard.press("ArrowUp")  # no key moves anything meanwhile
    page.keyboard.press("Escape")
    mouse.go(x, y + 40)
    mouse.let_go()
    assert texts(page) == before
    expect(button).to_be_focused()
    expect(page.get_by_role("status")).to_be_empty()
    assert page.locator("[style], .dragged").count() == 0
    answer_button(page).click()
    expect(page.locator("#answer-error")).to_contain_text("You have not moved an event yet")


def test_the_page_scrolls_along_with_a_drag_and_by_a_finger_beside_the_handles(phone: Page, base_url: str) -> None:
    page = phone
    page.goto(only(page, base_url, Shape.ORDER).get_absolute_url())
    before, finger = texts(page), Finger(page)
    text_x, text_y = middle(rows(page).first.locator(".event-text"))
    finger.take(text_x, text_y)
    finger.go(text_x, text_y - 150)
    finger.let_go()
    page.wait_for_function("() => window.scrollY > 50")
    page.evaluate("window.scrollTo(0, 0)")
    x, y = middle(rows(page).first.locator(".handle"))
    finger.take(x, y)
    finger.go(x, PHONE["height"] - 5)
    expect(page.locator(".order li:last-child .event-text")).to_have_text(before[0])
    assert page.evaluate("window.scrollY") > 50
    finger.let_go()
    assert texts(page) == [*before[1:], before[0]]


# --- A line ---------------------------------------------------------------------------------------


def drag_event(hand: Mouse | Finger, page: Page, x: float, y: float) -> None:
    hand.take(*middle(page.locator(".held .handle")))
    hand.go(x, y)


@pytest.mark.parametrize("hand", [Mouse, Finger])
def test_an_event_is_dragged_into_its_gap(phone: Page, desk: Page, base_url: str, hand: Hand) -> None:
    page = phone if hand is Finger else desk
    page.goto(only(page, base_url, Shape.GAP).get_absolute_url())
    whole(page)
    key, held = asked(page).question.key[0], hand(page)
    gap = page.locator(".gap").nth(key)
    drag_event(held, page, *middle(gap))
    expect(gap).to_have_class("gap over")
    expect(page.locator(".in-hand")).to_be_visible()
    held.let_go()
    expect(page.locator(".in-hand, .over, .dragged, [style]")).to_have_count(0)
    expect(page.get_by_role("radio").nth(key)).to_be_checked()
    expect(page.get_by_role("radio").nth(key)).to_be_focused()
    page.reload()
    expect(page.get_by_role("radio").nth(key)).to_be_checked()
    answer_button(page).click()
    expect(verdict(page)).to_have_text("Right")


def test_an_event_let_go_beside_the_line_or_given_up_stays_where_it_was(page: Page, base_url: str) -> None:
    page.goto(only(page, base_url, Shape.GAP).get_absolute_url())
    whole(page)
    page.get_by_role("radio").nth(1).check()
    mouse, (x, y) = Mouse(page), middle(page.locator(".gap").nth(2))
    drag_event(mouse, page, 5, y)
    mouse.let_go()
    drag_event(mouse, page, x, y)
    page.keyboard.press("Escape")
    mouse.let_go()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    expect(page.locator(".in-hand, .over, .dragged, [style]")).to_have_count(0)


def last_of_a_run(page: Page, base_url: str) -> AskedQuestion:
    """The last question of a timeline run, with nine events in its line; the others are answered."""
    run = study.begin_run(guest(page, base_url), chronicle(), None, now=timezone.now(), seed=3)
    *others, last = run.asked.order_by("number")
    for one in others:
        study.answer(one.pk, Answer(choice=one.question.key[0]), now=timezone.now())
    page.goto(run.get_absolute_url())
    return last


COVERED = """() => {
    const card = document.querySelector(".held").getBoundingClientRect()
    const { top, bottom } = document.activeElement.closest("label, button, summary").getBoundingClientRect()
    return (top < card.bottom && bottom > card.top) || top < 0 || bottom > innerHeight
}"""


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 720}])
def test_in_a_long_line_the_event_stays_in_view_and_covers_no_focus(
    new_context: Callable[..., BrowserContext], base_url: str, size: ViewportSize
) -> None:
    page = new_context(viewport=size).new_page()
    last = last_of_a_run(page, base_url)
    radios = page.locator(".gaps").get_by_role("radio")
    expect(radios).to_have_count(10)
    radios.first.focus()
    for key in [*["ArrowDown"] * 9, *["ArrowUp"] * 9, *["Tab"] * 4, *["Shift+Tab"] * 4]:
        page.keyboard.press(key)
        expect(page.locator(".held")).to_be_in_viewport(ratio=0.99)
        assert not page.evaluate(COVERED), f"{key}: {page.evaluate('document.activeElement.outerHTML')}"
    page.keyboard.press("ABCDEFGHIJ"[last.question.key[0]])
    page.keyboard.press("Enter")
    expect(verdict(page)).to_have_text("Right")


def test_an_event_is_dragged_to_a_gap_further_down_than_the_window(phone: Page, base_url: str) -> None:
    page = phone
    last_of_a_run(page, base_url)
    finger, (x, y) = Finger(page), middle(page.locator(".held .handle"))
    finger.take(x, y)
    finger.go(x, PHONE["height"] - 5)
    expect(page.locator(".gap").last).to_be_in_viewport(ratio=1)
    # Away from the edge the page stands still, so that what is measured stays where it is.
    finger.go(x, PHONE["height"] / 2)
    finger.go(*middle(page.locator(".gap").last))
    finger.let_go()
    expect(page.locator(".gaps").get_by_role("radio").last).to_be_checked()


def test_each_gap_has_a_name_of_its_own(page: Page, base_url: str) -> None:
    last = last_of_a_run(page, base_url)
    dates = [note[note.rindex("(") + 1 : -2] for note in (option.note for option in last.question.options)]
    names = ["Before all of these", *(f"After: {date}" for date in dates[:-1]), "After all of these"]
    radios = page.locator(".gaps").get_by_role("radio")
    for n, name in enumerate(names):
        expect(radios.nth(n)).to_have_accessible_name(name)
    expect(page.get_by_role("heading", level=1)).to_have_text(last.question.stem)


# --- Fast hands -----------------------------------------------------------------------------------


AT_ONCE = """deed => {
    window.stays = true
    const here = { once: true }
    document.addEventListener("htmx:afterSwap", () => setTimeout(() => {
        if (deed.length > 1) document.querySelector(deed).click()
        else document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: deed, bubbles: true }))
    }), here)
}"""
"""Press a control, or a key, in the moment after the next swap; `stays` is gone with the page."""


def test_what_is_pressed_the_moment_after_a_swap_does_what_it_does_later(page: Page, base_url: str) -> None:
    page.goto(sit(page, base_url).get_absolute_url())
    fill_in(page, asked(page).question)
    page.evaluate(AT_ONCE, "#step .actions .button")
    answer_button(page).click()
    expect(page.get_by_text(re.compile("Question 2 of"))).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.evaluate(AT_ONCE, "#step .actions .button")
    page.get_by_role("button", name="I don’t know").click()
    expect(page.get_by_text(re.compile("Question 3 of"))).to_be_visible()
    assert page.evaluate("window.stays")


def test_a_key_pressed_the_moment_after_a_card_was_turned_rates_it(page: Page, base_url: str) -> None:
    reviews.begin(guest(page, base_url), chronicle(), now=timezone.now())
    page.goto("/cards/")
    page.evaluate(AT_ONCE, "4")
    show(page).click()
    expect(left(page, 4, 5)).to_be_visible()
    assert page.evaluate("window.stays")
    assert [one.rating for one in Review.objects.filter(what=Deed.RATED)] == [4]


def test_keys_choose_where_nothing_has_the_focus(page: Page, base_url: str) -> None:
    page.goto(only(page, base_url, Shape.CHOICE).get_absolute_url())
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("c")
    expect(page.get_by_role("radio").nth(2)).to_be_checked()
