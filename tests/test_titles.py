"""Pages that a reader comes to by links have titles and descriptions of their own."""

import re
from collections import Counter
from html import unescape

import pytest
from django.test import Client
from django.urls import resolve

from quiz.models import Actor, Place, Source
from quiz.study import telling
from quiz.study.facts import chronicle
from tests.journeys.steps import fill

pytestmark = pytest.mark.django_db

NO_PAGES = re.compile(r"/account/data\.|/static/|/admin/")
LINK = re.compile(r'href="(/[^"#?]*)[^"]*"')
MOST = 12
"""So many pages of each address are looked at: every event alone would take minutes."""
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')


def walked(client: Client, most: int = MOST) -> dict[str, tuple[str, str]]:
    """The pages that links lead to from the home page, so many of each address, with title and description."""
    waiting, told, seen = ["/"], dict[str, tuple[str, str]](), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        name = resolve(path).url_name or path
        if path in told or seen[name] == most:
            continue
        answer = client.get(path)
        if answer.status_code == 302:
            continue
        seen[name] += 1
        text = answer.content.decode()
        assert answer.status_code == 200, path
        head = text.partition("</head>")[0]
        told[path] = (one(TITLE, head), one(DESCRIPTION, head))
        waiting += [link for link in LINK.findall(text) if link not in told and not NO_PAGES.match(link)]
    return told


def one(what: re.Pattern[str], text: str) -> str:
    """The only match of a pattern, in plain letters."""
    (found,) = what.findall(text)
    return unescape(found).strip()


def shared(texts: list[str]) -> list[str]:
    """Those that more than one page has."""
    return [text for text, pages in Counter(texts).items() if pages > 1]


def test_no_two_pages_share_a_title_or_a_description(client: Client) -> None:
    fill()
    told = walked(client)
    titles, descriptions = [title for title, _ in told.values()], [description for _, description in told.values()]
    assert len(told) > 60
    assert [path for path, (title, description) in told.items() if title.startswith("·") or not description] == []
    assert shared(titles) == []
    assert shared(descriptions) == []


def test_no_two_events_places_actors_or_sources_are_called_alike() -> None:
    fill()
    story = chronicle()
    names = [telling.line(story, key).text for key in story.events]
    names += [*Place.objects.values_list("name", flat=True), *Actor.objects.values_list("name", flat=True)]
    assert shared([*names, *(source.short_name for source in Source.objects.all())]) == []
