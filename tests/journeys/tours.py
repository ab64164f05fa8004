"""Tours through all pages: what a tour sees at each stop, and how the pages come to have something to show."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from django.utils import timezone
from playwright.sync_api import Page

from quiz.models import Card, Confidence, Deed, Event, Phase, Review, Sitting, SittingMode, StudyDay, User
from quiz.study import sittings
from quiz.study.deck import in_story_order
from quiz.study.drawing import Choice
from quiz.study.facts import chronicle
from quiz.study.today import queue

Theme = Literal["light", "dark"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW, PHONE, DESK = 320, 360, 1280
"""Widths in pixels: of the least that is served, of a usual phone, of a usual desk."""
LEAST = 44
"""Buttons and what looks like them have so many pixels at least, both ways."""
TARGETS = "main :is(button, select, summary, a.button, label.pick, label.option, .pins label)"

PUBLIC = {
    "home",
    "sitting-begin",
    "sitting-review",
    "timeline-run",
    "today",
    "card-list",
    "event-list",
    "event-detail",
    "place-list",
    "place-detail",
    "source-list",
    "source-detail",
    "actor-list",
    "actor-detail",
    "story-list",
    "story-step",
    "search",
    "about",
    "progress",
    "sitting-list",
    "account-settings",
    "password-reset",
    "sign-up",
    "log-in",
    "",
}
REPORTS = {"question-report", "event-report"}
QUIZ = {"question-detail", "sitting-detail", "sitting-sheet", "sitting-begin", "sitting-review"}
LEARNER = {"today", "card-detail", "card-list", "progress", "sitting-list", "sitting-review", "sitting-detail", "home"}
OWN = {"account-settings", "own-data", "password-change", "account-delete", "log-in", "sign-up"}
NO_PAGES = {
    "sitting-again",
    "sitting-misses",
    "sitting-extend",
    "sitting-finish",
    "card-review",
    "card-undo",
    "card-set-aside",
    "own-data-json",
    "own-data-csv",
    "log-out",
}
"""The names of the addresses that each tour sees (blank: an address that there is not), and of those without a page."""

SMALL = """least => [...document.querySelectorAll(%r)]
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => one.checkVisibility() && box.width && Math.min(box.width, box.height) < least - 0.5)
    .map(([one, box]) => `${one.outerHTML.slice(0, 150)}: ${box.width} x ${box.height}`)"""


def violations(page: Page) -> list[str]:
    """What axe finds on a page, with the first place of each finding."""
    page.wait_for_function("document.body.getAnimations({ subtree: true }).length === 0")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    # axe leaves empty style attributes; htmx would copy them, which the content security policy refuses.
    page.evaluate("document.querySelectorAll('[style=\"\"]').forEach(one => one.removeAttribute('style'))")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def too_wide(page: Page) -> int:
    """By how many pixels a page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def small(page: Page) -> list[str]:
    """The controls of a page that are too small to be hit."""
    found: list[str] = page.evaluate(SMALL % TARGETS, LEAST)
    return found


def named(page: Page) -> str:
    """The name of the address where a page is, as in `quiz.urls`; blank where there is none."""
    try:
        return resolve(urlsplit(page.url).path).url_name or ""
    except Resolver404:
        return ""


class Tour:
    """A walk with one page from stop to stop, seen in each theme of the device: what was wrong on the way, and the
    names of the addresses seen.
    """

    def __init__(self, page: Page, themes: Sequence[Theme] = ("light", "dark")) -> None:
        self.page = page
        self.themes = themes
        self.found: list[str] = []
        self.seen: set[str] = set()

    def go(self, *addresses: str) -> None:
        """Go to addresses, and look at each with all that is folded open."""
        for address in addresses:
            self.page.goto(address)
            self.page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
            self.look()

    def look(self) -> None:
        """Look at the page as it is: axe, sideways scroll, and on a phone targets, and all of it narrower still."""
        page = self.page
        self.seen.add(named(page))
        found = []
        for theme in self.themes:
            page.emulate_media(color_scheme=theme)
            found += [f"{theme}: {one}" for one in violations(page)]
        if (size := page.viewport_size) and size["width"] == PHONE:
            found += [f"small: {one}" for one in small(page)]
            page.set_viewport_size({"width": NARROW, "height": size["height"]})
            found += [f"{pixels} pixels too wide at {NARROW}" for pixels in [too_wide(page)] if pixels > 0]
            page.set_viewport_size(size)
        found += [f"{pixels} pixels too wide" for pixels in [too_wide(page)] if pixels > 0]
        self.found += [f"{page.url}: {one}" for one in found]


# --- A learner of months --------------------------------------------------------------------------


def live_for_months(user: User) -> None:
    """Give a learner cards in every state, a backlog, counted days, quizzes of every sort, and confidences."""
    _cards(user)
    _days(user)
    _quizzes(user)
    levels = {1: (40, 18.0), 2: (60, 44.5), 3: (3, 3.0)}
    Confidence.objects.bulk_create(Confidence(user=user, level=n, answers=a, credit=c) for n, (a, c) in levels.items())


def _cards(user: User) -> None:
    """A backlog, leeches, cards put off, and a card of each facet that can be asked."""
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
            kinds={"choose-place": [4, 2.5]} if facet == "place" else {},
            taken={"yabroud": 2} if facet == "place" else {},
        )
        for n, (key, facet) in enumerate(chosen)
    )
    first = {"user": user, "at": now - timedelta(days=9), "day": day - timedelta(days=9), "rating": 3, "retention": 0.9}
    Review.objects.bulk_create(Review(card=card, what=Deed.RATED, **first) for card in user.cards.all())


def _days(user: User) -> None:
    """Somewhat more than half of the days of a year."""
    chance, today = Random(1), timezone.now().date()
    worked = [(n, chance.choice([5, 20, 40])) for n in range(1, 330) if chance.random() < 0.6]
    StudyDay.objects.bulk_create(
        StudyDay(
            user=user,
            day=today - timedelta(days=n),
            answers=10 * (n % 2),
            ratings=cards,
            seen=cards,
            foreseen=cards,
            expected=cards * 0.9,
            recalled=cards * 4 // 5,
        )
        for n, cards in worked
    )


def _quizzes(user: User) -> None:
    """More than a page of them, of every mode, one of them open."""
    one = sittings.begin(user, chronicle(), Choice(5), now=timezone.now(), seed=1)
    phases, modes = [None, *Phase.objects.all()], SittingMode.values
    Sitting.objects.bulk_create(
        Sitting(
            user=user,
            length=5,
            seed=n,
            mode=modes[n % len(modes)],
            phase=phases[n % len(phases)],
            started_at=one.started_at - timedelta(days=n),
            finished_at=one.started_at - timedelta(days=n),
        )
        for n in range(1, 45)
    )
