"""The first day of a learner, from the home page to the second log-in; and one who learns on two devices."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from quiz.models import Card, Deed, Review, Sitting, User
from quiz.scheduling import Rating, replay
from quiz.study import memory
from tests.journeys.conftest import Clock
from tests.journeys.steps import answer_rightly, answer_wrongly, fill, log_in, next_step, rating, show
from tests.study.lives import replayed, state

PASSWORD = "stone-slate-and-thyme"
QUESTIONS, WRONG, NEW = 10, (2, 5, 8), 5
"""A quiz from the home page; which of its questions are answered wrongly; how many new cards a day brings."""
CAME_ALONG = f"{QUESTIONS} answers that you gave as a guest were added to your account."


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


def take_the_quiz(page: Page) -> None:
    """One click on the home page, and all questions up to the end page."""
    page.goto("/")
    page.get_by_role("button", name="Start a quiz of 10 questions").click()
    for number in range(1, QUESTIONS + 1):
        expect(page.get_by_text(f"Question {number} of {QUESTIONS}")).to_be_visible()
        (answer_wrongly if number in WRONG else answer_rightly)(page)
        next_step(page)
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()


def sign_up(page: Page) -> None:
    """Fill in and send the page for signing up, which is shown."""
    page.get_by_label("Username").fill("reader")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_text("Signed in as reader")).to_be_visible()


def review_all(page: Page, cards: int, name: str = "Good") -> None:
    """Rate so many cards by mouse, up to the end of the day's review."""
    for remaining in range(cards, 0, -1):
        expect(page.get_by_text(f"{remaining} of {cards} left today")).to_be_visible()
        show(page).click()
        rating(page, name).click()
    expect(page.get_by_text("All done for today.")).to_be_visible()


def told(page: Page, address: str) -> str:
    """All that the main part of a page says."""
    page.goto(address)
    return page.get_by_role("main").inner_text()


@pytest.mark.smoke
def test_the_first_day_of_a_learner(page: Page) -> None:
    take_the_quiz(page)
    points = QUESTIONS - len(WRONG)
    expect(page.locator(".score")).to_have_text(re.compile(rf"^{points} of {QUESTIONS}\s*$"))
    missed = add_the_misses(page)
    page.get_by_role("link", name="Review them now").click()
    due = page.get_by_text(f"{missed + NEW} cards today: {missed} to review, {NEW} new.")
    expect(due).to_be_visible()
    page.get_by_role("link", name="Sign up: a name and a password").click()
    expect(page.get_by_text("What you answered as a guest comes along.")).to_be_visible()
    sign_up(page)
    expect(page.get_by_text(CAME_ALONG)).to_be_visible()
    expect(due).to_be_visible()
    page.get_by_role("button", name="Review", exact=True).click()
    review_all(page, missed + NEW)
    progress, quizzes = is_in_progress(page, points), told(page, "/progress/quizzes/")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_text("You are not signed in.")).to_be_visible()
    assert "Nothing is here yet" in told(page, "/progress/")
    page.get_by_role("banner").get_by_role("link", name="Log in").click()
    log_in(page, "reader", PASSWORD)
    assert told(page, "/progress/") == progress
    assert told(page, "/progress/quizzes/") == quizzes
    assert "All done for today." in told(page, "/today/")
    assert User.objects.count() == 1


def add_the_misses(page: Page) -> int:
    """Add what was missed to the cards; how many facts that is."""
    missed = len(set(Review.objects.filter(credit__lt=1).values_list("card", flat=True)))
    assert missed >= len(WRONG)
    page.get_by_role("button", name=f"Add the {missed} missed facts to my cards").click()
    expect(page.get_by_text(f"These {missed} facts are among today’s cards.")).to_be_visible()
    return missed


def is_in_progress(page: Page, points: int) -> str:
    """See what was done in the table of what is known and in the list of quizzes; all that the page says."""
    text = told(page, "/progress/")
    met = page.get_by_role("table", name="By subject").locator("tbody tr td:nth-of-type(1)").all_inner_texts()
    assert sum(int(cell.split(" of ")[0]) for cell in met) == Card.objects.known().count()
    past = page.get_by_role("region", name="Your quizzes").get_by_role("listitem")
    expect(past).to_have_count(1)
    expect(past).to_contain_text(f"{points} of {QUESTIONS}")
    past.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()
    return text


# --- Two devices ------------------------------------------------------------------------------------


def test_what_a_guest_did_on_another_device_is_united_with_the_account(
    page: Page, new_context: Callable[..., BrowserContext], clock: Clock
) -> None:
    start = datetime(2027, 1, 10, 12, tzinfo=UTC)
    clock.show(start)
    page.goto("/sign-up/")
    sign_up(page)
    begin_cards(page)
    review_all(page, NEW)
    clock.show(start + timedelta(days=3))
    page.goto("/today/")
    page.get_by_role("button", name="Review", exact=True).click()
    show(page).click()
    rating(page, "Good").click()
    expect(show(page)).to_be_visible()
    # The same five cards, and a quiz, by a guest elsewhere: in between, though the site hears of it later.
    clock.show(start + timedelta(days=1))
    other = new_context().new_page()
    begin_cards(other)
    review_all(other, NEW, "Hard")
    take_the_quiz(other)
    clock.show(start + timedelta(days=3, hours=1))
    reader = User.objects.get(username="reader")
    ratings = Review.objects.filter(what=Deed.RATED).count()
    other.get_by_role("banner").get_by_role("link", name="Log in").click()
    log_in(other, "reader", PASSWORD)
    expect(other.get_by_text(CAME_ALONG)).to_be_visible()
    expect(other.get_by_text(f"{NEW} reviews of cards that you did as a guest were added")).to_be_visible()
    assert (User.objects.get(), Sitting.objects.get().user) == (reader, reader)
    assert Review.objects.filter(what=Deed.RATED, user=reader).count() == ratings
    is_replayed(reader)
    # Both devices show the same from now on.
    assert told(page, "/progress/") == told(other, "/progress/")


def begin_cards(page: Page) -> None:
    page.goto("/today/")
    page.get_by_role("button", name="Start with the first cards").click()


def is_replayed(user: User) -> None:
    """Each card is what its log gives in the order of time; one was rated on both devices in turn."""
    cards = list(user.cards.select_related("event"))
    assert [state(card) for card in cards] == [state(replayed(card)) for card in cards]
    by_hand = {card: [entry.rating for entry in card.log.filter(what=Deed.RATED, asked=None)] for card in cards}
    (card,) = (card for card, ratings in by_hand.items() if len(ratings) > 2)
    log = list(card.log.filter(what=Deed.RATED).order_by("at"))
    assert [entry.rating for entry in log if not entry.asked_id] == [Rating.GOOD, Rating.HARD, Rating.GOOD]
    said = [(Rating(entry.rating or 0), entry.day, entry.retention or 0) for entry in log]
    assert card.memory == replay(said, memory.seed(card))
