"""An editor at the admin's door, and what a page of the admin needs to be sent."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quiz.models import Claim, Event, Place, User
from quiz.questions.making import KINDS, Kind
from tests import factories as make


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who may do everything."""
    return make.UserFactory(username="editor", is_staff=True, is_superuser=True)


@pytest.fixture
def client(editor: User) -> Client:
    """The editor's browser."""
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def kinds() -> Iterator[dict[str, Kind]]:
    """The table of kinds, for a test to change; afterwards it is as it was, in its order."""
    before = dict(KINDS)
    yield KINDS
    KINDS.clear()
    KINDS.update(before)


def happening(town: str = "Yabroud", date: str = "2014-03-16", **values: Any) -> Event:
    """A capture of a town with one dated claim; the clause has the slot."""
    place = Place.objects.filter(name=town).first() or make.PlaceFactory(name=town, key=town.lower())
    event = make.EventFactory(**{"clause": "government forces captured {place}", **values})
    make.EventPlaceFactory(event=event, place=place, slot=True)
    make.ClaimFactory(event=event, date=date)
    return event


class _Fields(HTMLParser):
    """Reads what a browser would send of the main form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self._select: tuple[str, bool] | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and given.get("type") == "hidden" and name in self.values:
            before = self.values[name]
            self.values[name] = [*(before if isinstance(before, list) else [before]), given.get("value") or ""]
        elif tag == "input" and name and given.get("type") not in {"submit", "checkbox", "file"}:
            self.values[name] = given.get("value") or ""
        elif tag == "input" and name and "checked" in given:
            self.values[name] = "on"
        elif tag == "select" and name:
            self._select = (name, "multiple" in given)
            self.values[name] = [] if "multiple" in given else ""
        elif tag == "option" and self._select and "selected" in given:
            name, many = self._select
            self.values[name] = [*self.values[name], given["value"]] if many else given["value"]
        elif tag == "textarea":
            self._area = name
            self.values[name] = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None


def fields(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send when nothing on the page is touched, without the templates of new rows."""
    return sent_by(client.get(url))


def sent_by(response: HttpResponse) -> dict[str, Any]:
    """The same for a page that is there already."""
    reader = _Fields()
    reader.feed(response.content.decode())
    apart = {"q", "csrfmiddlewaretoken"}
    return {name: value for name, value in reader.values.items() if "__prefix__" not in name and name not in apart}


def url(row: Any, verb: str = "change") -> str:
    """The address of a row's page."""
    return f"/admin/quiz/{row._meta.model_name}/{row.pk}/{verb}/"


def send(client: Client, row: Any, **changes: Any) -> HttpResponse:
    """Send the page of a row with some fields changed."""
    return client.post(url(row), {**fields(client, url(row)), **changes, "_save": "Save"})


def is_preview(response: HttpResponse) -> bool:
    """Whether a page shows what an edit changes, and asks."""
    return response.status_code == 200 and response.context is not None and "sent" in response.context


def confirm(client: Client, response: HttpResponse, button: str = "") -> HttpResponse:
    """Press 'Save' on the page that shows what an edit changes, or another button; other pages stay as they are."""
    if not is_preview(response):
        return response
    pressed = button or response.context["submit"]
    return client.post(
        response.wsgi_request.get_full_path(), {**sent_by(response), **({pressed: "x"} if pressed else {})}
    )


def save(client: Client, row: Any, **changes: Any) -> HttpResponse:
    """Send the page of a row with some fields changed, and confirm what that changes."""
    return confirm(client, send(client, row, **changes))


def errors(response: HttpResponse) -> list[str]:
    """All messages of refusal on a page, those of rows included."""
    found: set[str] = set()
    for one in response.context["errors"]:
        found |= {one} if isinstance(one, str) else set(map(str, one))
    return sorted(found)


def said(response: HttpResponse, client: Client) -> list[str]:
    """The messages that the next page shows."""
    shown = client.get(response["Location"]) if response.status_code == 302 else response
    return [str(message) for message in shown.context["messages"]]


def listed(response: HttpResponse) -> list[str]:
    """Keys of the rows of a list, in its order."""
    assert response.status_code == 200
    return [row.key for row in response.context["cl"].result_list]


@pytest.fixture
def queries(client: Client) -> Callable[[str], int]:
    """Counts the queries of a page that was shown once before."""

    def count(address: str) -> int:
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count


def new_claim(claim: Claim, **values: Any) -> dict[str, Any]:
    """Fields of a second claim on the page of an event that has one, on the same source and passages."""
    row = {
        "id": "",
        "event": claim.event_id,
        "sentence": "They took it, says another.",
        "source": claim.source_id,
        "passages": [passage.pk for passage in claim.passages.all()],
        "stance": "asserts",
        "carries_place": "on",
        **values,
    }
    return {"claims-TOTAL_FORMS": 2, **{f"claims-1-{name}": value for name, value in row.items()}}
