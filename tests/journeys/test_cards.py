"""A review of cards: by keyboard alone, by mouse, without JavaScript; in two tabs, offline."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from quiz.models import Card, Deed, Review, User
from quiz.study import reviews
from quiz.study.facts import chronicle
from tests.journeys.conftest import Watch
from tests.journeys.steps import fill, guest, rating, show

CARDS = 5
"""How many new cards a day brings."""


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


def begun(page: Page, base_url: str, **settings: object) -> User:
    """A guest before the first of today's cards."""
    user = guest(page, base_url, **settings)
    reviews.begin(user, chronicle(), now=timezone.now())
    page.goto("/cards/")
    expect(left(page, CARDS)).to_be_visible()
    return user


def left(page: Page, cards: int, total: int = CARDS) -> Locator:
    """How many cards are left of the day's."""
    return page.get_by_text(f"{cards} of {total} left today")


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def rated() -> list[int | None]:
    """The ratings that stand, in the order given."""
    return list(Review.objects.standing().filter(what=Deed.RATED).values_list("rating", flat=True))


@pytest.mark.smoke
def test_a_review_by_keyboard_alone_with_undo(page: Page, base_url: str) -> None:
    begun(page, base_url)
    stem = heading(page).inner_text()
    for number, (look, rate) in enumerate([("Space", "3"), ("Enter", "Space"), ("Space", "4"), ("Enter", "2")]):
        expect(left(page, CARDS - number)).to_be_visible()
        page.keyboard.press(look)
        expect(heading(page)).to_have_text("The answer")
        expect(heading(page)).to_be_focused()
        expect(page.get_by_role("status")).to_contain_text("The answer: ")
        page.keyboard.press(rate)
        expect(left(page, CARDS - number - 1)).to_be_visible()
        expect(heading(page)).to_be_focused()
    assert rated() == [3, 3, 4, 2]
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Undone: rated “Hard”.")
    expect(left(page, 2)).to_be_visible()
    expect(heading(page)).to_be_focused()
    assert rated() == [3, 3, 4]
    for remaining in (1, 0):
        page.keyboard.press("Space")
        expect(heading(page)).to_have_text("The answer")
        page.keyboard.press("3")
        expect(left(page, remaining) if remaining else heading(page)).to_be_visible()
    expect(page.get_by_text("Done for today: 5 cards rated.")).to_be_visible()
    expect(page.get_by_text("All done for today. The next card comes")).to_be_visible()
    # Also from here the last one can be taken back.
    page.keyboard.press("U")
    expect(page.get_by_text("Undone: rated “Good”.")).to_be_visible()
    assert heading(page).inner_text() != stem
    assert rated() == [3, 3, 4, 3]


def test_a_visitor_reviews_by_mouse_and_signs_up_from_today(page: Page) -> None:
    page.goto("/today/")
    page.get_by_role("button", name="Start with the first cards").click()
    for number in range(CARDS):
        expect(left(page, CARDS - number)).to_be_visible()
        show(page).click()
        expect(rating(page, "Good")).to_contain_text(re.compile(r"\d+ days?"))
        rating(page, "Good").click()
    expect(page.get_by_text("All done for today.")).to_be_visible()
    assert (rated(), User.objects.get().time_zone) == ([3] * CARDS, "Europe/London")
    assert all(one.milliseconds is not None for one in Review.objects.filter(what=Deed.RATED))
    page.get_by_role("link", name="Sign up: a name and a password").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "next=/today/" in page.url


def test_a_review_without_javascript(page_without_script: Page, base_url: str) -> None:
    page = page_without_script
    begun(page, base_url)
    show(page).click()
    rating(page, "Hard").click()
    expect(left(page, CARDS - 1)).to_be_visible()
    page.get_by_role("button", name="Undo: rated “Hard”").click()
    expect(page.get_by_text("Undone: rated “Hard”.")).to_have_count(1)
    page.locator(".tools summary").click()
    page.get_by_role("button", name="Put off until tomorrow").click()
    expect(left(page, CARDS - 1, CARDS - 1)).to_be_visible()
    page.locator(".tools summary").click()
    page.get_by_role("button", name="Set aside for good").click()
    for remaining in range(CARDS - 2, 0, -1):
        expect(left(page, remaining, CARDS - 2)).to_be_visible()
        show(page).click()
        rating(page, "Easy").click()
    # What was put off and set aside leaves room for others.
    expect(page.get_by_text("2 new cards are still to come.")).to_be_visible()
    expect(page.get_by_text("3 cards rated today.")).to_be_visible()
    page.get_by_role("link", name="All your cards").click()
    page.get_by_label("Which cards").select_option("aside")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("button", name="Take back")).to_have_count(2)
    page.get_by_role("button", name="Take back").first.click()
    expect(page.get_by_role("button", name="Take back")).to_have_count(1)


def test_keys_put_off_and_set_aside_and_both_are_undone(page: Page, base_url: str) -> None:
    begun(page, base_url)
    first = heading(page).inner_text()
    for key, undone in (("-", "Undone: put off until tomorrow."), ("@", "Undone: set aside.")):
        page.keyboard.press(key)
        expect(left(page, CARDS - 1, CARDS - 1)).to_be_visible()
        expect(heading(page)).not_to_have_text(first)
        # htmx gives the focus once its controls work: a key before that sends the form as without script.
        expect(heading(page)).to_be_focused()
        page.keyboard.press("u")
        expect(page.get_by_role("status")).to_contain_text(undone)
        expect(heading(page)).to_have_text(first)
    assert not Card.objects.filter(suspended=True).exists()


def test_keys_do_nothing_where_shortcuts_are_off(page: Page, base_url: str) -> None:
    begun(page, base_url, shortcuts=False)
    expect(page.get_by_text("Keys:")).to_have_count(0)
    for key in ("Enter", "u", "-", "@"):
        page.keyboard.press(key)
    show(page).click()
    expect(heading(page)).to_have_text("The answer")
    for key in ("3", "1", "Space", "-", "@"):
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    expect(heading(page)).to_have_text("The answer")
    assert rated() == []


def test_keys_do_nothing_with_ctrl_alt_or_meta_and_press_what_has_the_focus(page: Page, base_url: str) -> None:
    begun(page, base_url)
    show(page).click()
    expect(heading(page)).to_have_text("The answer")
    for held in ("Control", "Alt", "Meta"):
        page.keyboard.press(f"{held}+3")
    page.locator(".tools summary").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Set aside for good")).to_be_visible()
    page.wait_for_timeout(200)
    assert rated() == []
    # Digits press nothing of themselves, wherever the focus is.
    page.keyboard.press("4")
    expect(left(page, CARDS - 1)).to_be_visible()
    assert rated() == [4]


def test_keys_do_nothing_while_a_choice_is_made(page: Page, base_url: str) -> None:
    begun(page, base_url)
    page.goto("/cards/all/")
    page.get_by_label("Which cards").focus()
    page.keyboard.press("u")
    page.wait_for_timeout(200)
    assert page.url.endswith("/cards/all/")


@pytest.mark.parametrize(("first", "second", "remaining", "total"), [("Good", "Again", 4, 5), ("Again", "Good", 5, 6)])
def test_a_card_rated_in_two_tabs_is_rated_once(
    page: Page, base_url: str, first: str, second: str, remaining: int, total: int
) -> None:
    begun(page, base_url)
    show(page).click()
    expect(heading(page)).to_have_text("The answer")
    other = page.context.new_page()
    other.goto(page.url)
    rating(page, first).click()
    expect(left(page, remaining, total)).to_be_visible()
    rating(other, second).click()
    expect(other.locator(".said")).to_contain_text("That card was rated or set aside meanwhile")
    expect(left(other, remaining, total)).to_be_visible()
    assert rated() == [{"Good": 3, "Again": 1}[first]]


def test_a_lost_connection_loses_no_rating(page: Page, base_url: str, watch: Watch) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED|htmx:(sendError|afterRequest)")
    begun(page, base_url)
    show(page).click()
    expect(heading(page)).to_have_text("The answer")
    page.context.set_offline(True)
    rating(page, "Hard").click()
    expect(page.get_by_role("alert")).to_contain_text("The connection is lost. The card is still here")
    assert rated() == []
    page.context.set_offline(False)
    rating(page, "Hard").click()
    expect(left(page, CARDS - 1)).to_be_visible()
    expect(page.get_by_role("alert")).to_be_empty()
    assert rated() == [2]


def test_a_session_that_ended_leads_back_to_the_card_after_log_in(page: Page, base_url: str) -> None:
    begun(page, base_url)
    show(page).click()
    expect(heading(page)).to_have_text("The answer")
    page.context.clear_cookies(name="sessionid")
    rating(page, "Good").click()
    expect(page.get_by_role("heading", name="Log in", level=1)).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_have_count(1)
    assert re.search(r"next=/cards/\d+/$", page.url)


def test_the_back_button_shows_a_rated_card_without_its_ratings(page: Page, base_url: str) -> None:
    begun(page, base_url)
    show(page).click()
    rating(page, "Good").click()
    expect(left(page, CARDS - 1)).to_be_visible()
    page.go_back()
    expect(page.get_by_text("This card is not due now")).to_be_visible()
    expect(page.locator(".ratings")).to_have_count(0)
    page.get_by_role("link", name="Go on").click()
    expect(left(page, CARDS - 1)).to_be_visible()
    assert rated() == [3]
