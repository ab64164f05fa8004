"""Every page in both themes and two widths: nothing that axe finds, nothing wider than the screen."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from quiz.models import Actor, Event, Place, Source
from quiz.questions.making import KINDS
from quiz.questions.question import Shape
from quiz.study import telling
from quiz.study.facts import chronicle
from tests.journeys.conftest import Watch
from tests.journeys.steps import answer_button, asked, fill, fill_in, next_step, sit, verdict

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIXED = [
    "/",
    "/quiz/",
    "/chronicle/",
    "/places/",
    "/sources/",
    "/actors/",
    "/about/",
    "/progress/",
    "/sign-up/",
    "/log-in/",
    "/no-such-page/",
]


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


def addresses() -> list[str]:
    """The fixed pages, and one of each sort that the chronicle fills: an event whose sources differ, for one."""
    story = chronicle()
    disputed = [key for key in sorted(story.events) if telling.differing(story, key).date]
    figures = Event.objects.current().filter(claims__figures__isnull=False).order_by("key")
    place = Place.objects.exclude(name_ar="").exclude(latitude=None).order_by("-spellings__id")
    actor = Actor.objects.filter(claims_voiced__isnull=False, events__isnull=False)
    source = Source.objects.filter(claims__voice__isnull=False)
    rows = [Event.objects.get(key=disputed[0]), *(found[0] for found in (figures, place, actor, source))]
    return FIXED + [row.get_absolute_url() for row in rows]


def violations(page: Page) -> list[str]:
    """What axe finds on a page, with the first place of each finding."""
    page.wait_for_function("document.body.getAnimations({ subtree: true }).length === 0")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    # axe leaves empty style attributes; htmx would copy them, which the content security policy refuses.
    page.evaluate("document.querySelectorAll('[style=\"\"]').forEach(one => one.removeAttribute('style'))")
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def too_wide(page: Page) -> int:
    """By how many pixels a page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(
    new_context: Callable[..., BrowserContext], base_url: str, watch: Watch, theme: str, width: int
) -> None:
    watch.expect("422|404")
    page = new_context(color_scheme=theme, viewport={"width": width, "height": 800}).new_page()
    found = []
    for address in addresses():
        page.goto(address)
        found += violations(page)
    page.goto("/quiz/")
    page.locator("summary").click()
    found += violations(page)
    page.goto(sit(page, base_url).get_absolute_url())
    for number in range(1, len(Shape) + 1):
        expect(page.get_by_text(f"Question {number} of {len(Shape)}")).to_be_visible()
        found += violations(page)
        answer_button(page).click()
        expect(page.locator(".trouble-box, .field-error")).to_be_visible()
        found += violations(page)
        if number % 2:
            fill_in(page, asked(page).question)
            answer_button(page).click()
        else:
            page.get_by_role("button", name="I don’t know").click()
        expect(verdict(page)).to_be_visible()
        found += violations(page)
        next_step(page)
    for summary in page.locator(".review > li > details > summary").all():
        summary.click()
    found += violations(page)
    page.goto("/progress/")
    found += violations(page)
    assert found == []


def test_nothing_scrolls_sideways_at_320_pixels(
    new_context: Callable[..., BrowserContext], base_url: str, watch: Watch
) -> None:
    watch.expect("404")
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    wide = {}
    for address in addresses():
        page.goto(address)
        wide[address] = too_wide(page)
    kinds = len(KINDS)
    page.goto(sit(page, base_url, kinds).get_absolute_url())
    for number in range(1, kinds + 1):
        expect(page.get_by_text(f"Question {number} of {kinds}")).to_be_visible()
        wide[page.url] = too_wide(page)
        page.get_by_role("button", name="I don’t know").click()
        expect(verdict(page)).to_be_visible()
        wide[f"{page.url} answered"] = too_wide(page)
        next_step(page)
    assert {address: pixels for address, pixels in wide.items() if pixels > 0} == {}


def test_every_event_place_source_and_actor_has_a_page(client: Client) -> None:
    rows = [row for model in (Event, Place, Source, Actor) for row in model.objects.all()]
    assert len(rows) > 500
    assert [row for row in rows if client.get(row.get_absolute_url()).status_code != 200] == []
