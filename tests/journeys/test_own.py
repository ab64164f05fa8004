"""A learner's own account in the browser: settings by keyboard, the theme, the zone, a new password, goodbye."""

import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from quiz.models import User
from tests.journeys.conftest import Watch
from tests.journeys.steps import enter, log_in

OLD, NEW = "stone-slate-and-thyme", "juniper-and-limestone"
PAPER = {"light": "rgb(245, 243, 238)", "dark": "rgb(22, 25, 28)"}


@pytest.fixture(autouse=True)
def reader(transactional_db: None) -> User:
    """Somebody with an account."""
    return User.objects.create_user("reader", password=OLD)


def at(page: Page, user: User, base_url: str, address: str) -> Page:
    """The page at an address, in the session of a learner."""
    enter(page, user, base_url)
    page.goto(address)
    return page


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"Tab never reaches {target}")


def paper(page: Page) -> str:
    """The colour that the page lies on."""
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def log_in_with(page: Page, password: str) -> None:
    page.goto("/log-in/")
    log_in(page, "reader", password)


def test_settings_by_keyboard_alone_and_the_dark_theme_is_seen(page: Page, reader: User, base_url: str) -> None:
    at(page, reader, base_url, "/account/")
    assert paper(page) == PAPER["light"]
    tab_to(page, page.get_by_label("Time zone"))
    page.keyboard.type("Beirut")
    tab_to(page, page.get_by_label("How much you want to remember"))
    page.keyboard.press("Control+A")
    page.keyboard.type("85")
    tab_to(page, page.get_by_role("radio", name="As the device has it"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("checkbox", name="Keyboard shortcuts"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Your settings are saved.")
    assert paper(page) == PAPER["dark"]
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    reader.refresh_from_db()
    assert (reader.desired_retention, reader.shortcuts, reader.theme) == (0.85, False, "dark")
    assert reader.zone == ZoneInfo("Asia/Beirut")


@pytest.mark.parametrize(("chosen", "wished"), [("light", "dark"), ("dark", "light"), ("auto", "dark")])
def test_what_was_chosen_goes_before_what_the_device_wants(
    new_context: Callable[..., BrowserContext], reader: User, base_url: str, watch: Watch, chosen: str, wished: str
) -> None:
    watch.expect("404")
    User.objects.update(theme=chosen)
    page = new_context(color_scheme=wished).new_page()
    enter(page, reader, base_url)
    for address in ("/", "/no-such-page/"):
        page.goto(address)
        assert paper(page) == PAPER[wished if chosen == "auto" else chosen]
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_the_zone_of_the_device_is_offered_and_taken_by_a_click(page: Page, reader: User, base_url: str) -> None:
    User.objects.update(time_zone="Asia/Beirut")
    at(page, reader, base_url, "/account/")
    hint = page.get_by_text("Your device says: Europe/London")
    expect(hint).to_be_visible()
    page.get_by_role("button", name="Choose it").click()
    expect(page.get_by_label("Time zone")).to_be_focused()
    expect(hint).to_be_hidden()
    page.get_by_role("button", name="Save the settings").click()
    expect(page.get_by_text("Europe/London").first).to_be_attached()
    reader.refresh_from_db()
    assert reader.time_zone == "Europe/London"


def test_logging_in_tells_the_zone_of_the_device(page: Page, reader: User) -> None:
    log_in_with(page, OLD)
    reader.refresh_from_db()
    assert reader.time_zone == "Europe/London"


def test_a_forgotten_password_from_an_editors_link_to_logging_in(
    page: Page, new_context: Callable[..., BrowserContext], base_url: str
) -> None:
    editor = User.objects.create_superuser("editor", password=OLD)
    at(page, editor, base_url, "/admin/quiz/user/")
    page.get_by_role("link", name="reader").click()
    page.get_by_role("button", name="Make a link for a new password").click()
    address = page.locator("#reset-link").inner_text()
    theirs = new_context().new_page()
    theirs.goto(address)
    expect(theirs).to_have_url(re.compile("/set-password/$"))
    theirs.get_by_label("New password", exact=True).fill(NEW)
    theirs.get_by_label("New password again").fill(NEW)
    theirs.get_by_role("button", name="Set the password").click()
    expect(theirs.get_by_role("status")).to_have_text("Your new password is set. Log in with it.")
    log_in_with(theirs, NEW)


def test_an_account_is_deleted(page: Page, reader: User, base_url: str, watch: Watch) -> None:
    watch.expect("422")
    at(page, reader, base_url, "/account/")
    page.get_by_role("link", name="Delete the account").click()
    page.get_by_label("Your password").fill("wrong")
    page.get_by_role("button", name="Delete the account").click()
    expect(page.get_by_label("Your password")).to_have_accessible_description("This is not your password.")
    page.get_by_label("Your password").fill(OLD)
    page.get_by_role("button", name="Delete the account").click()
    expect(page.get_by_role("status")).to_have_text("Everything that was kept of you here is deleted.")
    expect(page.get_by_text("You are not signed in.")).to_be_visible()
    assert not User.objects.exists()


def test_all_of_it_without_javascript(page_without_script: Page, reader: User, base_url: str) -> None:
    page = page_without_script
    log_in_with(page, OLD)
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_text("Your device says")).to_be_hidden()
    page.get_by_label("Time zone").select_option("Asia/Beirut")
    page.get_by_role("radio", name="Dark").check()
    page.get_by_role("button", name="Save the settings").click()
    expect(page.get_by_text("Your settings are saved.")).to_be_visible()
    page.get_by_role("link", name="See what is kept").click()
    with page.expect_download() as everything:
        page.get_by_role("link", name="Download everything (JSON)").click()
    assert everything.value.suggested_filename.endswith(".json")
    page.goto("/account/password/")
    page.get_by_label("Present password").fill(OLD)
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password again").fill(NEW)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("Your password is changed.")).to_be_visible()
    page.get_by_role("link", name="Delete the account").click()
    page.get_by_label("Your password").fill(NEW)
    page.get_by_role("button", name="Delete the account").click()
    expect(page.get_by_text("Everything that was kept of you here is deleted.")).to_be_visible()
    assert not User.objects.exists()
