"""A review of cards: by keyboard alone, by mouse, without JavaScript; in two tabs, offline; and every page of it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from quiz.models import Card, Deed, Event, Review, User
from quiz.study import guests, reviews
from quiz.study.deck import Pile, in_story_order
from quiz.study.facts import chronicle
from quiz.study.today import queue
from tests.journeys.conftest import Watch
from tests.journeys.steps import fill
from tests.journeys.test_every_page import too_wide, violations

CARDS = 5
"""How many new cards a day brings."""


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


def learner(page: Page, base_url: str, **settings: object) -> User:
    """A guest whose session this browser gets."""
    guest = guests.learner(AnonymousUser(), timezone.now())
    User.objects.filter(pk=guest.pk).update(**settings)
    client = Client()
    client.force_login(guest)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}])
    return User.objects.get(pk=guest.pk)


def begun(page: Page, base_url: str, **settings: object) -> User:
    """A guest before the first of today's cards."""
    user = learner(page, base_url, **settings)
    reviews.begin(user, chronicle(), now=timezone.now())
    page.goto("/cards/")
    expect(left(page, CARDS)).to_be_visible()
    return user


def left(page: Page, cards: int, total: int = CARDS):
    return page.get_by_text(f"{cards} of {total} left today")


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def show(page: Page):
    return page.get_by_role("link", name="Show the answer")


def rating(page: Page, name: str):
    return page.locator(".ratings").get_by_role("button", name=re.compile(f"^{name}"))


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
    expect(page.get_by_text("Done for today: 3 cards rated.")).to_be_visible()
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


def test_a_card_rated_in_two_tabs_is_rated_once(page: Page, base_url: str) -> None:
    begun(page, base_url)
    show(page).click()
    expect(heading(page)).to_have_text("The answer")
    other = page.context.new_page()
    other.goto(page.url)
    rating(page, "Good").click()
    expect(left(page, CARDS - 1)).to_be_visible()
    rating(other, "Again").click()
    expect(other.locator(".said")).to_contain_text("That card was rated or set aside meanwhile")
    expect(left(other, CARDS - 1)).to_be_visible()
    assert rated() == [3]


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


# --- Every page -----------------------------------------------------------------------------------


def with_everything(user: User) -> None:
    """Give a learner a backlog, leeches, cards put off and new ones, and a card of each facet that can be asked."""
    story, now = chronicle(), timezone.now()
    events = Event.objects.in_bulk(in_story_order(story), field_name="key")
    day = queue(user, story, now).day
    chosen = [(key, facet) for key in list(events)[:20] for facet in ("date", "place", "sequence", "source")]
    Card.objects.bulk_create(
        Card(
            user=user,
            event=events[key],
            facet=facet,
            stability=5,
            difficulty=5,
            reviews=1,
            day=day - timedelta(days=9),
            due=day - timedelta(days=n % 3),
            lapses=8 * (n % 9 == 0),
            suspended=n % 9 == 0,
            buried_until=day + timedelta(days=1) if n % 10 == 1 else None,
        )
        for n, (key, facet) in enumerate(chosen)
    )
    first = {"user": user, "at": now - timedelta(days=9), "day": day - timedelta(days=9), "rating": 3, "retention": 0.9}
    Review.objects.bulk_create(Review(card=card, **first) for card in user.cards.all())


def sides(user: User) -> list[str]:
    """Both sides of a due card of each facet, of one set aside, of one that is not due."""
    day = queue(user, chronicle(), timezone.now()).day
    rows = [user.cards.due(day).filter(facet=facet).first() for facet in ("date", "place", "sequence", "source")]
    rows.append(user.cards.filter(suspended=True).first())
    return [f"/cards/{row.pk}/{side}" for row in rows if row for side in ("", "?side=answer")]


def pages(user: User) -> list[str]:
    lists = [f"/cards/all/?state={pile}" for pile in Pile]
    return ["/today/", *lists, "/cards/all/?state=lost", *sides(user)]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(
    new_context: Callable[..., BrowserContext], base_url: str, watch: Watch, theme: str, width: int
) -> None:
    watch.expect("400|422")
    page = new_context(color_scheme=theme, viewport={"width": width, "height": 800}).new_page()
    found = []
    for address in ("/today/", "/cards/all/"):
        page.goto(address)
        found += violations(page)
    user = learner(page, base_url, reviews_per_day=5)
    for address in ("/today/", "/cards/all/"):
        page.goto(address)
        found += violations(page)
    with_everything(user)
    for address in pages(user):
        page.goto(address)
        for summary in page.locator("main summary").all():
            summary.click()
        found += violations(page)
    found += swapped(page)
    assert found == []


def swapped(page: Page) -> list[str]:
    """What axe finds after each swap of a review, with a rating refused on the way."""
    page.goto("/cards/")
    page.get_by_role("link", name="Show the answer").click()
    expect(heading(page)).to_have_text("The answer")
    found = violations(page)
    page.locator("[name=kind]").evaluate("field => { field.value = 'nonsense' }")
    rating(page, "Good").click()
    expect(page.get_by_text("This rating could not be read")).to_be_focused()
    found += violations(page)
    rating(page, "Good").click()
    expect(show(page)).to_be_visible()
    found += violations(page)
    page.keyboard.press("u")
    expect(page.locator(".said")).to_be_visible()
    return found + violations(page)


def test_nothing_scrolls_sideways_at_320_pixels(
    new_context: Callable[..., BrowserContext], base_url: str, watch: Watch
) -> None:
    watch.expect("400")
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    user = learner(page, base_url, reviews_per_day=5)
    with_everything(user)
    wide = {}
    for address in pages(user):
        page.goto(address)
        for summary in page.locator("main summary").all():
            summary.click()
        wide[address] = too_wide(page)
    assert {address: pixels for address, pixels in wide.items() if pixels > 0} == {}


def test_what_is_pressed_is_large_enough(page: Page, base_url: str) -> None:
    user = learner(page, base_url)
    with_everything(user)
    page.set_viewport_size({"width": 360, "height": 800})
    small = []
    for address in ("/today/", "/cards/all/", *sides(user)[:2]):
        page.goto(address)
        for summary in page.locator("main summary").all():
            summary.click()
        for target in page.locator("main").locator("button, select, summary, a.button").all():
            box = target.bounding_box()
            if box and min(box["width"], box["height"]) < 44:
                small.append(f"{address}: {target.inner_text()}: {box}")
    assert small == []
