"""Closed tabs, two tabs, the back button, a session that ended, an account made on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from quiz.models import Review, Sitting, User
from quiz.questions.question import Shape
from tests.journeys.steps import answer_button, answer_rightly, asked, fill, next_step, sit, verdict

SHAPES = len(Shape)
"""How many questions the sitting of these journeys has: one of each shape."""


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


def unknown(page: Page) -> None:
    """Answer 'I don't know'."""
    page.get_by_role("button", name="I don’t know").click()
    expect(verdict(page)).to_have_text("You said: I don’t know")


@pytest.mark.smoke
def test_a_quiz_goes_on_after_its_tab_was_closed(page: Page, base_url: str) -> None:
    page.goto(sit(page, base_url).get_absolute_url())
    answer_rightly(page)
    next_step(page)
    expect(page.get_by_text(f"Question 2 of {SHAPES}")).to_be_visible()
    stem = page.get_by_role("heading", level=1).text_content() or ""
    page.close()
    page = page.context.new_page()
    page.goto("/")
    page.get_by_role("link", name=f"Continue, question 2 of {SHAPES}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(stem)


def test_a_question_answered_in_two_tabs_counts_once(page: Page, base_url: str) -> None:
    page.goto(sit(page, base_url).get_absolute_url())
    other = page.context.new_page()
    other.goto(page.url)
    answer_rightly(page)
    before = Review.objects.count()
    other.get_by_role("button", name="I don’t know").click()
    expect(verdict(other)).to_have_text("Right")
    assert (Review.objects.count(), asked(page).credit) == (before, 1)


def test_the_back_button_shows_the_feedback_again(page: Page, base_url: str) -> None:
    page.goto(sit(page, base_url).get_absolute_url())
    answer_rightly(page)
    next_step(page)
    expect(page.get_by_text(f"Question 2 of {SHAPES}")).to_be_visible()
    before = Review.objects.count()
    page.go_back()
    expect(page.get_by_text(f"Question 1 of {SHAPES}")).to_be_visible()
    expect(verdict(page)).to_have_text("Right")
    page.go_forward()
    expect(page.get_by_text(f"Question 2 of {SHAPES}")).to_be_visible()
    expect(answer_button(page)).to_be_visible()
    page.reload()
    expect(answer_button(page)).to_be_visible()
    assert Review.objects.count() == before


def test_a_session_that_ended_leads_to_log_in_as_a_whole_page(page: Page, base_url: str) -> None:
    page.goto(sit(page, base_url).get_absolute_url())
    unknown(page)
    page.context.clear_cookies(name="sessionid")
    next_step(page)
    expect(page.get_by_role("heading", name="Log in", level=1)).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_have_count(1)


def test_a_guest_who_signs_up_keeps_the_answers(page: Page, base_url: str) -> None:
    page.goto(sit(page, base_url).get_absolute_url())
    for _ in range(SHAPES):
        unknown(page)
        next_step(page)
    page.get_by_role("link", name="Sign up: a name and a password").click()
    page.get_by_label("Username").fill("reader")
    page.get_by_label("Password", exact=True).fill("stone-slate-and-thyme")
    page.get_by_label("Password again").fill("stone-slate-and-thyme")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()
    expect(page.get_by_text("Signed in as reader")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ answers that you gave as a guest were added"))).to_be_visible()
    assert Sitting.objects.get().user == User.objects.get(username="reader", is_guest=False)


def test_a_guest_who_logs_in_is_told_what_came_along(page: Page, base_url: str) -> None:
    User.objects.create_user("reader", password="stone-slate-and-thyme")
    page.goto(sit(page, base_url).get_absolute_url())
    unknown(page)
    page.get_by_role("banner").get_by_role("link", name="Log in").click()
    page.get_by_label("Username").fill("reader")
    page.get_by_label("Password").fill("stone-slate-and-thyme")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("as a guest")).to_be_visible()
    assert not User.objects.filter(is_guest=True).exists()


def test_keys_do_nothing_while_somebody_types(page: Page, base_url: str) -> None:
    page.goto(sit(page, base_url).get_absolute_url())
    while asked(page).question.shape is not Shape.DAY:
        number = asked(page).number
        unknown(page)
        next_step(page)
        expect(page.get_by_text(f"Question {number + 1} of {SHAPES}")).to_be_visible()
    page.get_by_label("The day").press_sequentially("1 dec 2013")
    expect(page.get_by_label("The day")).to_have_value("1 dec 2013")
