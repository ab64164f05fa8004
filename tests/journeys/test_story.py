"""Walks along the story map: with the mouse, with keys, without JavaScript, back again, on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.conftest import Watch
from tests.journeys.steps import fill, guest
from tests.journeys.test_every_page import every_look
from tests.journeys.tours import PHONE, Tour

START = "/story/first/1/"
SHARE = 0.45
"""Of the height of a phone's screen, at most, is the map's."""
PHONES = [(320, 640), (360, 740), (390, 844)]


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def way(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Steps").get_by_role("link", name=name)


def at_step(page: Page, number: int, chapter: str = "first") -> None:
    """See that a step is shown, under its own address and title, with the focus on its heading."""
    expect(page.locator(".step-line")).to_contain_text(re.compile(rf"Step {number} of \d+"))
    expect(page).to_have_title(re.compile(rf"^Step {number} of \d+"))
    expect(page).to_have_url(re.compile(rf"/story/{chapter}/{number}/$"))
    expect(heading(page)).to_be_focused()


def steps(page: Page) -> int:
    """How many steps the chapter shown has."""
    return int(page.locator(".step-line progress").get_attribute("max") or 0)


@pytest.mark.smoke
def test_a_walk_with_the_mouse_and_back_again(page: Page) -> None:
    page.goto("/story/")
    page.get_by_role("link", name="Begin: First phase").click()
    at_step(page, 1)
    expect(way(page, "Previous chapter")).to_be_visible()
    page.evaluate("window.stayed = true")
    way(page, "Next").click()
    at_step(page, 2)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^Step 2 of \d+, First phase$"))
    way(page, "Next").click()
    at_step(page, 3)
    assert page.evaluate("window.stayed") is True
    way(page, "Previous").click()
    at_step(page, 2)
    page.go_back()
    at_step(page, 3)
    page.go_back()
    at_step(page, 2)
    page.go_forward()
    at_step(page, 3)
    page.get_by_role("link", name="First step").click()
    at_step(page, 1)


def test_the_ground_stays_and_the_places_change(page: Page) -> None:
    page.goto(START)
    ground, now = page.locator(".map-border").get_attribute("d"), page.locator(".dot.now title")
    expect(now).to_have_text(["Qara"])
    for number in (2, 3, 4, 5, 6):
        way(page, "Next").click()
        at_step(page, number)
        assert page.locator(".map-border").get_attribute("d") == ground
    expect(now).to_have_text(["An-Nabk"])
    expect(page.locator(".dot.before title")).to_have_text(["Qara"])


def test_a_walk_by_keys_from_chapter_to_chapter(page: Page) -> None:
    page.goto(START)
    last = steps(page)
    page.goto(f"/story/first/{last - 1}/")
    page.keyboard.press("ArrowRight")
    at_step(page, last)
    page.keyboard.press("ArrowRight")
    at_step(page, 1, "before-second")
    page.keyboard.press("ArrowLeft")
    at_step(page, last)
    page.keyboard.press("ArrowLeft")
    at_step(page, last - 1)


def test_keys_do_nothing_at_the_end_with_a_modifier_or_where_they_are_off(page: Page, base_url: str) -> None:
    page.goto("/story/undated/1/")
    page.goto(f"/story/undated/{steps(page)}/")
    expect(way(page, "All chapters")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Shift+ArrowLeft")
    at_step(page, steps(page), "undated")
    expect(page.get_by_text("Keys: ← previous step")).to_be_visible()
    guest(page, base_url, shortcuts=False)
    page.goto("/story/first/2/")
    expect(page.get_by_text("Keys: ← previous step")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    at_step(page, 2)


def test_keys_in_a_field_belong_to_the_field(page: Page) -> None:
    page.goto("/story/first/2/")
    page.evaluate("document.querySelector('#main').append(document.createElement('input'))")
    page.locator("#main > input").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#main > input")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/first/2/$"))


def test_the_whole_way_by_tab_and_enter(page: Page) -> None:
    page.goto(START)
    expect(heading(page)).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.rel") == "next":
            break
    page.keyboard.press("Enter")
    at_step(page, 2)


def test_a_walk_without_script(page_without_script: Page) -> None:
    page = page_without_script
    page.goto("/story/")
    page.get_by_role("link", name="Begin: First phase").click()
    for number in (1, 2, 3):
        expect(page.get_by_text(f"Step {number} of")).to_be_visible()
        expect(page.locator(".map svg .dot, .map svg .map-town").first).to_be_visible()
        expect(page.get_by_text("Keys: ← previous step")).to_be_hidden()
        way(page, "Next").click()
    way(page, "Previous").click()
    expect(page.get_by_text("Step 3 of")).to_be_visible()
    page.get_by_text("Jump to a day").click()
    page.get_by_role("link", name="10 December 2013", exact=True).click()
    expect(heading(page)).to_have_text("10 December 2013")
    page.go_back()
    expect(page.get_by_text("Step 3 of")).to_be_visible()


def test_a_day_is_jumped_to_and_marked(page: Page) -> None:
    page.goto(START)
    page.get_by_text("Jump to a day").click()
    page.get_by_role("link", name="28 November 2013", exact=True).click()
    expect(heading(page)).to_have_text("28 November 2013")
    expect(heading(page)).to_be_focused()
    page.get_by_text("Jump to a day").click()
    expect(page.locator(".days [aria-current]")).to_have_accessible_name("28 November 2013")


def test_a_lost_connection_leaves_the_step_and_says_so(page: Page, watch: Watch) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED|net::ERR|sendError|htmx")
    page.goto(START)
    page.context.set_offline(True)
    way(page, "Next").click()
    expect(page.get_by_role("alert")).to_contain_text("This step is still here")
    page.context.set_offline(False)
    way(page, "Next").click()
    at_step(page, 2)


@pytest.mark.parametrize(("width", "height"), PHONES)
def test_on_a_phone_map_text_and_ways_on_stand_together(
    new_context: Callable[..., BrowserContext], width: int, height: int
) -> None:
    page = new_context(viewport={"width": width, "height": height}).new_page()
    for address in ("/story/first/21/", "/story/second/42/", "/story/third/56/", "/story/after/60/"):
        page.goto(address)
        way(page, "Previous").click()
        expect(heading(page)).to_be_focused()
        shown = page.locator(".map > svg").bounding_box()
        date = heading(page).bounding_box()
        onwards = page.locator(".story-nav").bounding_box()
        told = page.locator(".told").first.bounding_box()
        assert shown
        assert date
        assert onwards
        assert told
        assert shown["height"] <= SHARE * height + 1, address
        assert shown["y"] >= -1, address
        assert date["y"] + date["height"] <= onwards["y"], address
        assert told["y"] + 20 <= onwards["y"], address
        assert onwards["y"] + onwards["height"] <= height + 1, address


@every_look
def test_each_swap_is_as_accessible_as_the_page(
    new_context: Callable[..., BrowserContext], width: int, watch: Watch
) -> None:
    tour = Tour(new_context(viewport={"width": width, "height": 800}).new_page())
    page = tour.page
    page.goto("/story/second/41/")
    for _ in range(2):
        way(page, "Next").click()
        expect(page.get_by_role("status")).not_to_be_empty()
        page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
        tour.look()
    assert page.evaluate("innerWidth") in {PHONE, width}
    assert (tour.found, tour.seen) == ([], {"story-step"})
