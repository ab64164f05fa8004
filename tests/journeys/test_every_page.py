"""Every page in both themes and at two widths: nothing that axe finds, nothing too wide, nothing too small to press."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from quiz.models import Actor, Event, Place, Sitting, SittingMode, Source, User
from quiz.questions.question import Shape
from quiz.study import telling
from quiz.study.deck import Pile
from quiz.study.facts import chronicle
from quiz.study.today import queue
from quiz.urls import urlpatterns
from tests.journeys.conftest import Watch
from tests.journeys.steps import (
    answer_button,
    answer_wrongly,
    asked,
    enter,
    fill,
    fill_in,
    guest,
    next_step,
    rating,
    show,
    sit,
    verdict,
)
from tests.journeys.tours import (
    DESK,
    LEARNER,
    NO_PAGES,
    OWN,
    PHONE,
    PUBLIC,
    QUIZ,
    REPORTS,
    Theme,
    Tour,
    live_for_months,
)

SHAPES = len(Shape)
ACCOUNT = ["/account/", "/account/data/", "/account/delete/"]
every_look = pytest.mark.parametrize("width", [DESK, PHONE])
"""A tour sees each page in both themes, so that it is walked once for each width."""


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


@pytest.fixture
def tour(new_context: Callable[..., BrowserContext], width: int, watch: Watch) -> Iterator[Tour]:
    """A walk at a width; at its end nothing was found."""
    watch.expect("400|404|409|422")
    tour = Tour(new_context(viewport={"width": width, "height": 800}).new_page())
    yield tour
    assert tour.found == []


def told_of() -> list[str]:
    """A page of each sort that the chronicle fills: an event whose sources differ, for one."""
    story = chronicle()
    disputed = [key for key in sorted(story.events) if telling.differing(story, key).date]
    figures = Event.objects.current().filter(claims__figures__isnull=False).order_by("key")
    place = Place.objects.exclude(name_ar="").exclude(latitude=None).order_by("-spellings__id")
    actor = Actor.objects.filter(claims_voiced__isnull=False, events__isnull=False)
    source = Source.objects.filter(claims__voice__isnull=False)
    rows = [Event.objects.get(key=disputed[0]), *(found[0] for found in (figures, place, actor, source))]
    return [row.get_absolute_url() for row in rows]


def test_each_address_is_on_a_tour_or_has_no_page() -> None:
    names = {pattern.name or "" for pattern in urlpatterns}
    seen = (PUBLIC | QUIZ | LEARNER | OWN | REPORTS) - {""}
    assert (names - seen, seen - names) == (NO_PAGES, set())


@every_look
def test_what_a_visitor_sees(tour: Tour, base_url: str) -> None:
    tour.go("/", "/quiz/", "/quiz/review/", "/quiz/timeline/", "/today/", "/progress/", "/progress/quizzes/")
    tour.go("/chronicle/", "/places/", "/sources/", "/actors/", "/about/", *told_of())
    tour.go("/chronicle/?chapter=second", "/chronicle/?differ=on&place=yabroud", "/chronicle/?chapter=zz&on=3/4/2014")
    tour.go("/chronicle/?q=zzzz&place=qara", "/chronicle/?chapter=undated")
    tour.go("/search/", "/search/?q=yabroud", "/search/?q=zzzz", "/search/?q=16+March+2014")
    tour.go("/story/", "/story/first/5/", "/story/second/42/", "/story/undated/1/")
    tour.go("/sign-up/", "/log-in/", "/account/reset/MQ/x-y/", "/no-such-page/")
    for address, button in (("/sign-up/", "Make the account"), ("/log-in/", "Log in")):
        tour.page.goto(address)
        tour.page.locator("form.account").evaluate("form => { form.noValidate = true }")
        tour.page.get_by_role("main").get_by_role("button", name=button).click()
        expect(tour.page.locator(".errorlist, .trouble-box").first).to_be_visible()
        tour.look()
    guest(tour.page, base_url)
    tour.go("/today/", "/cards/all/", "/account/")
    assert tour.seen == PUBLIC


@every_look
def test_what_is_seen_in_a_quiz(tour: Tour, base_url: str) -> None:
    page = tour.page
    page.goto(sit(page, base_url).get_absolute_url())
    for number in range(1, SHAPES + 1):
        expect(page.get_by_text(f"Question {number} of {SHAPES}")).to_be_visible()
        tour.look()
        page.get_by_role("button", name="Hint").click()
        expect(page.locator(".hints")).to_be_visible()
        tour.look()
        answer_button(page).click()
        expect(page.locator(".trouble-box, .field-error")).to_be_visible()
        tour.look()
        if number % 2:
            fill_in(page, asked(page).question)
            answer_button(page).click()
        else:
            answer_wrongly(page)
        expect(verdict(page)).to_be_visible()
        tour.look()
        next_step(page)
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()
    tour.go(page.url, f"{page.url}sheet/")
    in_an_exam(tour, base_url)
    in_a_run(tour)
    page.goto("/quiz/review/")
    page.get_by_role("button", name="What is due today").click()
    expect(page.get_by_role("heading", name="Nothing is due now")).to_be_visible()
    tour.look()
    page.goto("/quiz/")
    page.get_by_label("At the end, as in an exam").check()
    page.locator("[name=length]").first.evaluate("field => { field.value = '7'; field.checked = true }")
    page.get_by_role("button", name="Start the quiz").click()
    expect(page.locator(".errorlist, .trouble-box").first).to_be_visible()
    tour.look()
    assert tour.seen == QUIZ


def in_an_exam(tour: Tour, base_url: str) -> None:
    """A question with its clock, an answer that came too late, and the end with nothing answered."""
    page, sitting = tour.page, sit(tour.page, base_url)
    later = timezone.now() + timedelta(minutes=10)
    Sitting.objects.filter(pk=sitting.pk).update(mode=SittingMode.EXAM, minutes=10, ends_at=later)
    tour.go(sitting.get_absolute_url())
    Sitting.objects.filter(pk=sitting.pk).update(ends_at=timezone.now())
    fill_in(page, asked(page).question)
    answer_button(page).click()
    expect(page.get_by_role("heading", name="The time is up")).to_be_visible()
    tour.look()
    page.get_by_role("button", name="See the result").click()
    expect(page.get_by_role("heading", name="Exam: your result")).to_be_visible()
    tour.go(page.url)


def in_a_run(tour: Tour) -> None:
    """A step with a choice made, its feedback, and the end."""
    page = tour.page
    page.goto("/quiz/timeline/")
    page.get_by_role("button", name="Start the run").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("radio", name="Guessing").check()
    tour.look()
    answer_button(page).click()
    expect(verdict(page)).to_be_visible()
    tour.look()
    sitting = asked(page).sitting
    Sitting.objects.filter(pk=sitting.pk).update(finished_at=timezone.now())
    tour.go(sitting.get_absolute_url())


@every_look
def test_what_is_seen_in_reporting_a_problem(tour: Tour, base_url: str) -> None:
    page, sitting = tour.page, sit(tour.page, base_url)
    Sitting.objects.update(finished_at=timezone.now())
    questions = [f"{sitting.get_absolute_url()}{number}/report/" for number in range(1, SHAPES + 1)]
    event = f"{sitting.asked.first().event.get_absolute_url()}report/"
    tour.go(*questions, event)
    for address in (questions[0], event):
        page.goto(address)
        page.get_by_role("button", name="Send the report").click()
        expect(page.get_by_role("alert")).to_be_focused()
        tour.look()
        page.get_by_role("radio", name="The wording is unclear or wrong").check()
        page.get_by_label("In your words").fill("Which town?")
        page.get_by_role("button", name="Send the report").click()
        expect(page.get_by_role("heading", name="Thank you for your report")).to_be_focused()
        tour.look()
        tour.go(address)
    assert tour.seen == REPORTS


@every_look
def test_what_a_learner_of_months_sees(tour: Tour, base_url: str) -> None:
    user = guest(tour.page, base_url, reviews_per_day=5)
    live_for_months(user)
    tour.go("/", "/progress/", "/progress/quizzes/", "/today/", "/cards/all/?state=lost")
    tour.go(*(f"/cards/all/?state={pile}" for pile in Pile), *sides(user))
    ends = {mode: user.sittings.filter(mode=mode, finished_at__isnull=False)[0] for mode in ("daily", "weak", "again")}
    tour.go(*(sitting.get_absolute_url() for sitting in ends.values()))
    in_a_review(tour)
    tour.go("/quiz/review/")
    assert tour.seen == LEARNER


def sides(user: User) -> list[str]:
    """Both sides of a due card of each facet, of one set aside, of one that is not due."""
    day = queue(user, chronicle(), timezone.now()).day
    rows = [user.cards.due(day).filter(facet=facet).first() for facet in ("date", "place", "sequence", "source")]
    rows.append(user.cards.filter(suspended=True).first())
    return [f"/cards/{row.pk}/{side}" for row in rows if row for side in ("", "?side=answer")]


def in_a_review(tour: Tour) -> None:
    """What each swap of a review shows, with a rating refused on the way."""
    page = tour.page
    page.goto("/cards/")
    show(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The answer")
    tour.look()
    page.locator("[name=kind]").evaluate("field => { field.value = 'nonsense' }")
    rating(page, "Good").click()
    expect(page.get_by_text("This rating could not be read")).to_be_focused()
    tour.look()
    rating(page, "Good").click()
    expect(show(page)).to_be_visible()
    tour.look()
    page.keyboard.press("u")
    expect(page.locator(".said")).to_be_visible()
    tour.look()


@every_look
@pytest.mark.parametrize(("theme", "wish"), [("light", "dark"), ("dark", "light")])
def test_what_is_seen_of_ones_own(tour: Tour, base_url: str, theme: Theme, wish: Theme) -> None:
    page = tour.page
    # What the learner chose goes before what the device wants: these pages are seen by the choice.
    tour.themes = [wish]
    user = User.objects.create_user("reader", password="stone-slate-and-thyme", theme=theme)
    enter(page, user, base_url)
    tour.go(*ACCOUNT, "/account/password/")
    page.goto("/account/")
    page.get_by_label("Reviews a day").evaluate("field => { field.form.noValidate = true; field.value = '501' }")
    page.get_by_role("button", name="Save the settings").click()
    told = re.compile("Type a whole number from 0 to 500")
    expect(page.get_by_label("Reviews a day")).to_have_accessible_description(told)
    tour.look()
    live_for_months(user)
    tour.go("/account/data/")
    guest(page, base_url, theme=theme)
    tour.go(*ACCOUNT, "/log-in/", "/sign-up/")
    assert tour.seen == OWN


def test_every_event_place_source_and_actor_has_a_page(client: Client) -> None:
    rows = [row for model in (Event, Place, Source, Actor) for row in model.objects.all()]
    assert len(rows) > 500
    assert [row for row in rows if client.get(row.get_absolute_url()).status_code != 200] == []
