"""The study day turns at 04:00 by the learner's own clock: every night, and when the clocks are changed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from quiz.models import Card, User
from tests.journeys.conftest import Clock
from tests.journeys.steps import fill, guest, rating, show

LONDON, BEIRUT, NEW_YORK = "Europe/London", "Asia/Beirut", "America/New_York"
DEMANDING = 0.95
"""With so much desired retention, a first "Good" gives one day."""
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


def shown_in(zone: str, text: str) -> datetime:
    """The instant at which the clocks of a zone show a day and a time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def learner(page: Page, base_url: str, zone: str) -> User:
    """Somebody in a zone who begins one card a day."""
    return guest(page, base_url, time_zone=zone, new_per_day=1, desired_retention=DEMANDING)


def rate_the_first_card(page: Page) -> Card:
    """Begin the day's one card, and rate it "Good" for one day."""
    page.goto("/today/")
    page.get_by_role("button", name="Start with the first cards").click()
    show(page).click()
    expect(rating(page, "Good")).to_contain_text("tomorrow")
    rating(page, "Good").click()
    expect(page.get_by_text("All done for today.")).to_be_visible()
    return Card.objects.get()


def is_done(page: Page, card: Card, coming: str) -> None:
    """See that nothing is due, when something will be, and that the card can't be rated."""
    page.goto("/today/")
    expect(page.get_by_text(f"The next card comes {coming}, from 04:00.")).to_be_visible()
    expect(page.get_by_role("button", name="Review", exact=True)).to_have_count(0)
    page.goto(f"/cards/{card.pk}/?side=answer")
    expect(page.get_by_text("This card is not due now")).to_be_visible()
    expect(page.locator(".ratings")).to_have_count(0)


def is_due(page: Page, card: Card) -> None:
    """See that the card is the first of the new day, and can be rated."""
    page.goto("/today/")
    expect(page.get_by_text("2 cards today: 1 to review, 1 new.")).to_be_visible()
    page.get_by_role("button", name="Review", exact=True).click()
    expect(page.get_by_text("2 of 2 left today")).to_be_visible()
    assert page.url.endswith(f"/cards/{card.pk}/")
    show(page).click()
    expect(rating(page, "Good")).to_be_visible()


@pytest.mark.parametrize(
    ("zone", "evening", "turn"),
    [
        pytest.param(LONDON, "2027-01-12T22:00", "2027-01-13T04:00Z", id="London in winter"),
        pytest.param(BEIRUT, "2027-07-12T22:00", "2027-07-13T01:00Z", id="Beirut in summer", marks=pytest.mark.smoke),
        pytest.param(LONDON, "2027-03-27T22:00", "2027-03-28T03:00Z", id="London, an hour lost"),
        pytest.param(LONDON, "2026-10-24T22:00", "2026-10-25T04:00Z", id="London, an hour won"),
        pytest.param(BEIRUT, "2027-03-27T22:00", "2027-03-28T01:00Z", id="Beirut, an hour lost"),
        pytest.param(BEIRUT, "2026-10-24T22:00", "2026-10-25T02:00Z", id="Beirut, an hour won"),
    ],
)
def test_a_card_for_one_day_comes_at_four_and_not_a_minute_before(
    page: Page, base_url: str, clock: Clock, zone: str, evening: str, turn: str
) -> None:
    clock.show(shown_in(zone, evening))
    learner(page, base_url, zone)
    card = rate_the_first_card(page)
    is_done(page, card, "tomorrow")
    at = datetime.fromisoformat(turn)
    clock.show(at - MINUTE)
    is_done(page, card, "today")
    clock.show(at)
    is_due(page, card)


def test_what_is_rated_after_midnight_belongs_to_the_day_before(page: Page, base_url: str, clock: Clock) -> None:
    clock.show(shown_in(LONDON, "2027-01-13T00:30"))
    learner(page, base_url, LONDON)
    card = rate_the_first_card(page)
    is_done(page, card, "today")
    assert card.day == date(2027, 1, 12)
    clock.show(shown_in(LONDON, "2027-01-13T04:00"))
    is_due(page, card)


def test_who_changes_the_zone_gets_the_turn_of_the_new_one(page: Page, base_url: str, clock: Clock) -> None:
    clock.show(shown_in(LONDON, "2027-01-12T12:00"))
    learner(page, base_url, LONDON)
    card = rate_the_first_card(page)
    # 04:00 in Beirut is 02:00 in London, and 21:00 of the day before in New York.
    clock.show(shown_in(BEIRUT, "2027-01-13T04:00"))
    is_done(page, card, "today")
    move_to(page, BEIRUT)
    is_due(page, card)
    move_to(page, NEW_YORK)
    is_done(page, card, "tomorrow")
    clock.show(shown_in(NEW_YORK, "2027-01-13T04:00"))
    is_due(page, card)


def move_to(page: Page, zone: str) -> None:
    """Choose a time zone in the settings."""
    page.goto("/account/")
    page.get_by_label("Time zone").select_option(zone)
    page.get_by_role("button", name="Save the settings").click()
    expect(page.get_by_text("Your settings are saved.")).to_be_visible()
