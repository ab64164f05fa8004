"""How pages come up: a header of one row with its menu, nothing that jumps, each font only where its letters are."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from quiz.questions.question import Shape
from tests.journeys.conftest import Watch
from tests.journeys.steps import fill, guest, sit, verdict
from tests.journeys.tours import DESK, NARROW, PHONE, too_wide

ENTRIES = ["Quiz", "Today", "Chronicle", "Story", "Map and places", "Sources", "Progress", "Search"]
PAGES = ["/", "/quiz/", "/chronicle/", "/chronicle/qara-offensive-launched/", "/story/", "/places/", "/places/qara/"]
PAGES += ["/sources/", "/about/", "/today/", "/progress/", "/log-in/", "/search/?q=qara", "/no-such-page/"]
HEADER = 60
SHIFTS = """() => new Promise(done => {
    const found = []
    new PerformanceObserver(list => list.getEntries().forEach(one => found.push(
        `${one.value.toFixed(4)} of ${one.sources.map(each => each.node?.outerHTML?.slice(0, 80)).join(' and ')}`
    ))).observe({ type: "layout-shift", buffered: true })
    setTimeout(() => done(found), 100)
})"""
LARGE = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync("html { font-size: 200% }")
    document.adoptedStyleSheets = [sheet]
}"""
ON_TOP = """one => {
    const box = one.getBoundingClientRect()
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
    return seen !== null && (one.contains(seen) || seen.contains(one))
}"""


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


def shifted(page: Page, address: str) -> list[str]:
    """What moved while the page at an address came up, and by how much."""
    page.goto(address, wait_until="networkidle")
    found: list[str] = page.evaluate(SHIFTS)
    return found


def menu(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Main")


# --- Header -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", [NARROW, PHONE])
def test_on_a_phone_the_header_is_one_row_with_a_menu_of_everything(
    new_context: Callable[..., BrowserContext], width: int, script: bool
) -> None:
    page = new_context(viewport={"width": width, "height": 640}, java_script_enabled=script).new_page()
    page.goto("/about/")
    header = page.get_by_role("banner").bounding_box()
    assert header is not None
    assert header["height"] <= HEADER
    expect(menu(page)).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    assert [link.inner_text() for link in menu(page).get_by_role("link").all()] == ENTRIES
    boxes = [one.bounding_box() for one in page.locator("#menu").get_by_role("link").all()]
    found = [box for box in boxes if box]
    assert len(found) == len(ENTRIES) + 2
    assert min(box["height"] for box in found) >= 44
    assert max(box["x"] + box["width"] for box in found) <= width
    assert max(box["y"] + box["height"] for box in found) <= 640
    page.keyboard.press("Escape")
    expect(menu(page)).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    menu(page).get_by_role("link", name="Sources").click()
    expect(page.get_by_role("heading", name="Sources", level=1)).to_be_visible()
    assert page.locator("#menu [aria-current=page]").inner_text() == "Sources"


def test_who_goes_on_by_keyboard_from_the_open_menu_sees_where_they_are(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport={"width": PHONE, "height": 640}).new_page()
    page.goto("/quiz/")
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    for _ in range(len(ENTRIES) + 2):
        page.keyboard.press("Tab")
        expect(page.locator("#menu :focus-visible")).to_have_count(1)
        assert page.locator(":focus").evaluate(ON_TOP)
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").locator(":focus")).to_have_count(1)
    assert page.locator(":focus").evaluate(ON_TOP)


def test_on_a_desk_all_entries_stand_in_one_row(page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": DESK, "height": 800})
    guest(page, base_url)
    page.goto("/")
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    links = page.get_by_role("banner").get_by_role("link").all()
    assert [link.inner_text() for link in links] == ["Qalamoun", *ENTRIES, "Settings", "Log in", "Sign up"]
    middles = {round(box["y"] + box["height"] / 2) for link in links if (box := link.bounding_box())}
    assert max(middles) - min(middles) <= 2


# --- What comes up --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_jumps_while_a_page_comes_up(
    new_context: Callable[..., BrowserContext], width: int, watch: Watch
) -> None:
    watch.expect("404")
    page = new_context(viewport={"width": width, "height": 800}).new_page()
    assert {address: shifts for address in PAGES if (shifts := shifted(page, address))} == {}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_jumps_while_a_question_or_its_feedback_comes_up(
    new_context: Callable[..., BrowserContext], width: int, base_url: str
) -> None:
    page, found = new_context(viewport={"width": width, "height": 800}).new_page(), {}
    address = sit(page, base_url).get_absolute_url()
    for number in range(len(Shape)):
        found[number, "asked"] = shifted(page, address)
        page.get_by_role("button", name="I don’t know").click()
        expect(verdict(page)).to_be_visible()
        found[number, "told"] = shifted(page, page.url)
    assert {which: shifts for which, shifts in found.items() if shifts} == {}


@pytest.mark.parametrize(
    ("address", "further"),
    [("/about/", set()), ("/places/qara/", {"noto-naskh-arabic"}), ("/search/?q=qqwwxā", {"inter-marks"})],
)
def test_a_font_is_fetched_only_where_its_letters_are(page: Page, address: str, further: set[str]) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if request.resource_type == "font" else None)
    page.goto(address, wait_until="networkidle")
    names = {url.rsplit("/", 1)[1].partition(".")[0] for url in fetched}
    assert names == {"inter-latin", "headings-latin", *further}


def test_words_are_set_in_the_fonts_of_the_site(page: Page) -> None:
    page.goto("/places/qara/", wait_until="networkidle")
    loaded = page.evaluate("[...document.fonts].filter(one => one.status === 'loaded').map(one => one.family)")
    assert {name.strip('"') for name in loaded} >= {"Inter", "Qalamoun Headings", "Noto Naskh Arabic"}


@pytest.mark.parametrize("width", [NARROW, PHONE])
def test_on_a_phone_a_quiz_can_be_begun_without_scrolling(
    new_context: Callable[..., BrowserContext], width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 640}).new_page()
    page.goto("/")
    begin = page.get_by_role("button", name="Start a quiz of 10 questions").bounding_box()
    assert begin is not None
    assert begin["y"] + begin["height"] <= 640
    assert too_wide(page) <= 0


def test_with_letters_twice_as_large_no_page_scrolls_sideways(page: Page, base_url: str) -> None:
    page.set_viewport_size({"width": PHONE, "height": 640})
    sitting = sit(page, base_url, 1)
    wide = {}
    for address in ("/", f"{sitting.get_absolute_url()}1/", "/story/first/1/", "/chronicle/", "/places/"):
        page.goto(address)
        page.evaluate(LARGE)
        wide[address] = too_wide(page)
        expect(page.get_by_role("button", name="Menu")).to_be_in_viewport(ratio=1)
    assert max(wide.values()) <= 0, wide
    page.get_by_role("button", name="Menu").click()
    header, hung = page.get_by_role("banner").bounding_box(), page.locator("#menu").bounding_box()
    assert header is not None
    assert hung is not None
    assert abs(header["y"] + header["height"] - hung["y"]) <= 1


def test_at_twice_the_size_of_letters_the_header_stays_in_one_piece(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(viewport={"width": DESK // 2, "height": 400}).new_page()
    page.goto("/chronicle/")
    page.get_by_role("button", name="Menu").click()
    expect(menu(page).get_by_role("link", name="Progress")).to_be_visible()
    assert too_wide(page) <= 0
