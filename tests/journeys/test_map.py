"""The map in a real browser: a place is found by mouse, by keys and without a script; pins are large enough to hit."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from quiz.models import AskedQuestion, Event, Sitting
from quiz.questions.making import make
from quiz.questions.question import Question, Shape
from quiz.study.facts import chronicle
from tests.journeys.steps import answer_button, asked, fill, guest, verdict
from tests.journeys.tours import NARROW, PHONE, too_wide

LEAST = 24
"""Targets on a map have so many pixels at least, both ways (WCAG 2.2, 2.5.8)."""


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


def pinned(number: int) -> list[Question]:
    """Questions that ask for a pin, each with another right place."""
    story, found = chronicle(), dict[str, Question]()
    for event in sorted(story.events):
        question = make(story, "find-place", event, 3)
        if isinstance(question, Question):
            found.setdefault(question.options[question.key[0]].place, question)
        if len(found) == number:
            break
    return list(found.values())


def find(page: Page, base_url: str, number: int = 1) -> Sitting:
    """A sitting of questions that ask for a pin, at whose first question the page is."""
    learner, questions = guest(page, base_url), pinned(number)
    sitting = Sitting.objects.create(user=learner, length=number, seed=3, started_at=timezone.now())
    for place, question in enumerate(questions, 1):
        AskedQuestion.objects.create(
            sitting=sitting,
            number=place,
            event=Event.objects.get(key=question.event),
            kind=question.kind,
            facet=question.facet.value,
            content=question.as_dict(),
        )
    page.goto(sitting.get_absolute_url())
    return sitting


def pins(page: Page) -> Locator:
    return page.locator(".answer .pin")


def small(targets: Locator) -> list[str]:
    """Which of these are narrower or lower than LEAST pixels."""
    sizes = targets.evaluate_all("all => all.map(one => one.getBoundingClientRect()).map(b => [b.width, b.height])")
    return [f"{wide:.1f} x {high:.1f}" for wide, high in sizes if min(wide, high) < LEAST]


def touching(targets: Locator) -> list[str]:
    """Pairs of round targets that share a point."""
    found: list[str] = targets.evaluate_all(
        """all => {
            const boxes = all.map(one => one.getBoundingClientRect());
            return boxes.flatMap((a, n) => boxes.slice(n + 1).filter(b =>
                Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2)
                < (a.width + b.width) / 2 - 0.7).map(b => `${a.x},${a.y} ${b.x},${b.y}`));
        }"""
    )
    return found


def test_a_place_is_found_by_its_pin_with_the_mouse(page: Page, base_url: str) -> None:
    find(page, base_url)
    key = asked(page).question.key[0]
    pins(page).nth(key).locator(".badge").click()
    expect(page.get_by_role("radio").nth(key)).to_be_checked()
    expect(pins(page).nth(key)).to_have_class(re.compile("chosen"))
    answer_button(page).click()
    expect(verdict(page)).to_have_text("Right")
    expect(page.locator(".pin.right")).to_have_count(1)
    expect(page.locator(".pin.wrong")).to_have_count(0)


def test_a_place_is_found_in_the_list_with_keys(page: Page, base_url: str) -> None:
    find(page, base_url)
    question = asked(page).question
    wrong = (question.key[0] + 1) % question.choices
    page.keyboard.press("ABCDEFG"[wrong])
    expect(page.get_by_role("radio").nth(wrong)).to_be_checked()
    expect(page.locator(".pin.chosen")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(verdict(page)).to_have_text("Not right")
    expect(page.locator(".pin.right .badge")).to_have_text("ABCDEFG"[question.key[0]])
    expect(page.locator(".pin.wrong .badge")).to_have_text("ABCDEFG"[wrong])
    expect(page.locator(".pin.right > text")).to_have_text(question.options[question.key[0]].text)


def test_a_place_is_found_in_the_list_without_javascript(page_without_script: Page, base_url: str) -> None:
    page = page_without_script
    find(page, base_url)
    question = asked(page).question
    assert question.shape is Shape.PIN
    expect(pins(page)).to_have_count(question.choices)
    page.get_by_role("radio").nth(question.key[0]).check()
    answer_button(page).click()
    expect(verdict(page)).to_have_text("Right")


def test_each_place_of_the_list_has_its_letter_its_names_and_its_position(page: Page, base_url: str) -> None:
    find(page, base_url)
    rows = page.locator(".pin-list .option")
    for n, option in enumerate(asked(page).question.options):
        expect(rows.nth(n)).to_contain_text(option.text)
        expect(rows.nth(n).locator("[lang=ar]")).to_have_text(option.text_ar)
        expect(rows.nth(n).locator(".position")).to_contain_text(re.compile(r"(Syria|Lebanon): \d+\skm \S+ of "))
    expect(page.get_by_role("radio", name=re.compile(r"km (north|south|east|west)"))).to_have_count(
        len(pinned(1)[0].options)
    )


@pytest.mark.parametrize("width", [PHONE, NARROW])
def test_every_pin_is_large_enough_to_hit_and_touches_no_other(
    new_context: Callable[..., BrowserContext], base_url: str, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 800}).new_page()
    for number in range(1, 9):
        if number == 1:
            find(page, base_url, 8)
        else:
            page.get_by_role("link", name="Next question").click()
            expect(page.get_by_text(f"Question {number} of 8")).to_be_visible()
        heads = pins(page).locator(".head")
        expect(heads).to_have_count(asked(page).question.choices)
        assert (small(heads), touching(heads), too_wide(page)) == ([], [], 0)
        page.get_by_role("button", name="I don’t know").click()
        expect(verdict(page)).to_have_text("You said: I don’t know")
        assert (small(page.locator(".pin .head")), too_wide(page)) == ([], 0)


def test_every_link_of_the_places_map_is_large_enough_to_hit(
    new_context: Callable[..., BrowserContext], base_url: str
) -> None:
    page = new_context(viewport={"width": PHONE, "height": 800}).new_page()
    page.goto(f"{base_url}/places/")
    reaches = page.locator(".maps .reach")
    assert reaches.count() > 20
    assert small(reaches) == []
    for n in range(2):
        assert touching(page.locator(".map").nth(n).locator(".reach")) == []


def test_a_dot_of_the_places_map_leads_to_its_place_and_the_list_does_so_too(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/places/")
    page.locator(".maps a[href$='/places/yabroud/'] .reach").click()
    expect(page.get_by_role("heading", name="Yabroud", level=1)).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Yabroud", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Yabroud", level=1)).to_be_visible()
    page.get_by_role("link", name="Rima Farms", exact=True).first.click()
    expect(page.get_by_role("heading", name="Rima Farms", level=1)).to_be_visible()


def test_a_map_keeps_its_shapes_where_the_device_forces_its_colours(browser: Browser, base_url: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{base_url}/places/yabroud/")
    fill_of = "one => getComputedStyle(one).fill"
    dot, land = (page.locator(f".map {one}").first.evaluate(fill_of) for one in (".place", ".map-syria"))
    assert dot != land
    context.close()
