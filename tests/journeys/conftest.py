"""Journeys: a real browser against a real server, which may neither complain nor leave the house.

A journey asks for `page` (or `page_without_script`, or more contexts from `new_context`), goes to addresses
without host (`page.goto("/")`), and is watched: a request to another host or an error in the browser's
console fails it. `watch.expect("404")` names a complaint that belongs to the journey.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError
from pytest_django.live_server_helper import LiveServer

AT_HOME = {"about", "blob", "data"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a journey."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("journey")


@pytest.fixture(scope="session", autouse=True)
def orm_beside_playwright() -> None:
    """Let the ORM be used while Playwright's loop runs: up to the end of the process, since the test database
    is taken down after it. The journeys come last (tests/conftest.py), so no other test sees this.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Where the site is, for `page.goto("/")`."""
    return str(live_server.url)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader in London who wants no motion."""
    wishes = {"locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}
    return {**browser_context_args, **wishes}


@dataclass
class Watch:
    """What the browser contexts of one journey did that they should not."""

    home: str
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Listen to every page of a context."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", self._error)

    def expect(self, pattern: str) -> None:
        """Let complaints pass that a regular expression finds: an error page on purpose, say."""
        self.expected.append(pattern)

    def unexpected(self) -> list[str]:
        """The complaints that nobody announced."""
        return [text for text in self.complaints if not any(re.search(one, text) for one in self.expected)]

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in AT_HOME and address.netloc != urlsplit(self.home).netloc:
            self.strangers.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location['url']})")

    def _error(self, error: WebError) -> None:
        self.complaints.append(str(error.error))


@pytest.fixture
def watch(base_url: str) -> Iterator[Watch]:
    """The watch over this journey: at its end no request has left the host, no error is in the console."""
    watch = Watch(base_url)
    yield watch
    assert watch.strangers == []
    assert watch.unexpected() == []


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext], watch: Watch) -> Callable[..., BrowserContext]:
    """Make browser contexts (a second learner, a phone, a dark theme), each of them watched."""

    def watched(**wishes: Any) -> BrowserContext:
        context = new_context(**wishes)
        watch.over(context)
        return context

    return watched


@pytest.fixture
def page_without_script(new_context: Callable[..., BrowserContext]) -> Page:
    """A page of a browser that runs no JavaScript."""
    return new_context(java_script_enabled=False).new_page()


class Clock:
    """The time of the site, which a journey may put forward, or to an instant; it runs on from there."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._now = timezone.now

    def now(self) -> datetime:
        """What the site takes for the time."""
        return self._now() + self.ahead

    def show(self, instant: datetime) -> None:
        """Put the clock to an instant."""
        self.ahead = instant - self._now()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the site: ask for it before anything is done, since sessions run out by it too."""
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock.now)
    return clock
