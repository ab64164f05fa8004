"""The timeline and the search in a browser: filters with and without script, by keyboard, on paper, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import fill
from tests.journeys.tours import PHONE, violations

LONGEST = 12_000
"""No page of the timeline is longer than so many pixels on a phone, unless all on one page is asked for."""


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


def heading(page: Page) -> str:
    return page.locator("#told-title").inner_text()


def test_filters_swap_the_list_and_say_how_many_match(page: Page) -> None:
    page.goto("/chronicle/")
    page.evaluate("window.here = true")
    form = page.get_by_role("form", name="Filter the timeline")
    form.get_by_label("Place").select_option("yabroud")
    form.get_by_role("button", name="Show").click()
    expect(page.locator("#told-title")).to_be_focused()
    found = heading(page)
    assert re.fullmatch(r"\d\d events match", found)
    expect(page.get_by_role("status")).to_contain_text(found)
    expect(page).to_have_url(re.compile(r"place=yabroud"))
    expect(page).to_have_title(re.compile(r"events of the chronicle"))
    assert page.evaluate("window.here")
    assert violations(page) == []
    page.get_by_role("link", name="Place: Yabroud (take this filter away)").click()
    expect(page.locator("#told-title")).to_have_text("Before the first phase")
    expect(page.locator("#told-title")).to_be_focused()
    expect(form.get_by_label("Place")).to_have_value("")
    assert page.evaluate("window.here")


def test_back_returns_to_what_was_read(page: Page) -> None:
    page.goto("/chronicle/?chapter=first")
    page.get_by_role("form", name="Filter the timeline").get_by_label("Words").fill("convent")
    page.get_by_role("form", name="Filter the timeline").get_by_role("button", name="Show").click()
    expect(page.locator("#told-title")).to_contain_text("match")
    page.go_back()
    expect(page.locator("#told-title")).to_have_text("First phase")


def test_filters_work_without_script(page_without_script: Page) -> None:
    page = page_without_script
    page.goto("/chronicle/")
    page.get_by_label("Only where sources differ").check()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name=re.compile(r"\d+ events match"))).to_be_visible()
    assert page.locator(".entry").count() == page.locator(".entry .tag.disputed").count() > 0


def test_the_story_is_read_through_by_its_ways_on(page: Page) -> None:
    page.goto("/chronicle/")
    titles = []
    for _ in range(20):
        titles.append(heading(page))
        onward = page.locator(".ways [rel=next]")
        if not onward.count():
            break
        onward.click()
        expect(page.locator("#told")).to_be_in_viewport()
    assert list(dict.fromkeys(titles)) == [
        "Before the first phase",
        "First phase",
        "Between the first phase and the second phase",
        "Second phase",
        "Third phase",
        "After the third phase",
        "Without a close date",
    ]


def test_no_part_is_too_long_for_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.goto("/chronicle/")
    addresses = page.locator(".chapters a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    for address in [*addresses, "/chronicle/?place=syria", "/chronicle/?chapter=all&q=the"]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollHeight") <= LONGEST, address


def test_all_on_one_page_prints_as_a_document(page: Page) -> None:
    page.goto("/chronicle/?place=maaloula")
    page.emulate_media(media="print")
    for shown in (page.get_by_text("Filters: Place: Maaloula"), page.locator(".credits"), page.locator(".whose").first):
        expect(shown).to_be_visible()
    for hidden in (".site-header", ".overview", ".choose", ".chips", ".search-box", ".one-page"):
        expect(page.locator(hidden)).to_be_hidden()
    # The list begins under its title, and not on a page of its own.
    sheets = page.pdf(format="A4")
    assert 2 <= len(re.findall(rb"/Type\s*/Page[^s]", sheets)) <= 4


def test_a_chapter_is_chosen_in_the_drawing(page: Page) -> None:
    page.goto("/chronicle/")
    page.locator(".density .band").nth(1).click()
    expect(page.locator("#told-title")).to_have_text("Second phase")


def test_the_page_is_walked_by_keyboard_and_the_drawing_is_no_stop(page: Page) -> None:
    page.goto("/chronicle/?chapter=first")
    page.locator("#search-words").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".chapters a").first).to_be_focused()


def test_search_leads_to_what_was_sought_in_another_spelling(page: Page) -> None:
    page.goto("/chronicle/")
    page.get_by_role("search").get_by_role("searchbox").fill("ma'lula")
    page.get_by_role("search").get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("matches for “ma'lula”")
    expect(page.locator("mark").first).to_have_text("Maaloula")
    page.get_by_role("link", name="The same on the timeline, with filters").click()
    expect(page.locator("#told-title")).to_contain_text("events match")


@pytest.mark.parametrize("width", [320, PHONE])
def test_search_fits_a_phone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/search/?q=yabroud")
    assert page.evaluate("document.documentElement.scrollWidth") == width
