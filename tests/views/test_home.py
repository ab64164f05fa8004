"""The home page: what the site is, in true figures, with a real question and its source, and the way to a first one."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quiz.models import ContentRevision, Event, Place, Source
from quiz.questions.making import make
from quiz.questions.question import Mode, Question
from quiz.study.facts import chronicle
from quiz.study.introduction import SEED, introduction
from quiz.study.telling import told_dates
from tests.views.conftest import TOWNS

HOME = reverse("quiz:home")
MOST_QUERIES = 4


def text(client: Client) -> str:
    """What the page says, its blanks as single ones."""
    page = client.get(HOME)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_it_counts_what_there_is(client: Client) -> None:
    story = chronicle()
    dated = sum(bool(told_dates(story, key)) for key in story.events)
    told = introduction(story)
    assert (told.documents, told.events, told.places) == (Source.objects.count(), dated, Place.objects.count())
    assert dated == TOWNS
    assert f"dated events {dated}" in text(client)


def test_its_specimen_is_a_question_as_it_would_be_asked_with_its_answer_and_source(client: Client) -> None:
    story = chronicle()
    shown = introduction(story).specimen
    assert shown is not None
    assert shown == make(story, shown.kind, shown.event, SEED)
    assert (shown.mode, shown.sensitive) == (Mode.PLAIN, False)
    page = text(client)
    for part in (shown.stem, shown.citations[0].sentence, shown.explanation, *(one.text for one in shown.options)):
        assert re.sub(r"\s+", " ", part) in page.replace("&#x27;", "'")
    assert page.count("right answer") == 1


def test_the_specimen_is_the_earliest_of_those_that_most_documents_tell_of() -> None:
    story = chronicle()
    shown = introduction(story).specimen
    assert shown is not None
    made = [make(story, shown.kind, key, SEED) for key in story.events]
    asked = [one for one in made if isinstance(one, Question)]
    most = max(len({citation.source_key for citation in one.citations}) for one in asked)
    told = [one for one in asked if len({citation.source_key for citation in one.citations}) == most]
    assert shown.event == min(told, key=lambda one: told_dates(story, one.event)[0].latest).event


def test_a_chronicle_without_events_has_a_home_page_without_specimen(client: Client) -> None:
    Event.objects.all().delete()
    ContentRevision.objects.update(token="nothing told")
    page = text(client)
    assert "What a question looks like" not in page
    assert "dated events 0" in page


def test_the_first_question_is_one_click_away(client: Client) -> None:
    page = client.get(HOME).content.decode()
    start = rf'<form class="actions" method="post" action="{reverse("quiz:sitting-begin")}">(.*?)</form>'
    form = re.search(start, page, re.DOTALL)
    assert form is not None
    assert set(re.findall(r'<input type="hidden" name="(\w+)"', form[1])) == {"csrfmiddlewaretoken", "zone"}
    begun = client.post(reverse("quiz:sitting-begin"), {"zone": "Asia/Beirut"}, follow=True)
    assert "Question <b>1</b> of 10" in begun.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_as_many_queries_however_much_is_told(client: Client, count: int) -> None:
    Event.objects.filter(pk__in=Event.objects.order_by("key").values("pk")[count:]).delete()
    ContentRevision.objects.update(token=f"{count} told")
    client.get(HOME)
    with CaptureQueriesContext(connection) as queries:
        client.get(HOME)
    assert len(queries) <= MOST_QUERIES
