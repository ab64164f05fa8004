"""The timeline page: a chapter at a time, filters, parts, all on one page; what is wrong is said."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quiz.models import Claim, Event, Phase, Place, Source
from tests import factories as make
from tests.study.stories import TOWNS

URL = reverse("quiz:event-list")
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _phases(_story: None) -> None:
    """The first ten captures lie in one phase, the last ten in another, the others between them."""
    first, second = Phase.objects.order_by("number")
    Phase.objects.filter(pk=first.pk).update(date="2014-01-02/2014-01-31", earliest="2014-01-02", latest="2014-01-31")
    Phase.objects.filter(pk=second.pk).update(date="2014-04-01/2014-05-30", earliest="2014-04-01", latest="2014-05-30")


def get(client: Client, **query: Any) -> str:
    response = client.get(URL, query)
    assert response.status_code == 200
    return response.content.decode()


def told(client: Client, **query: Any) -> list[str]:
    """Keys of the events that a page tells, in its order."""
    page = get(client, **query)
    return re.findall(r'<p class="what">.*?href="/chronicle/([\w-]+)/"', page)


def captured(*numbers: int) -> list[str]:
    return [f"{TOWNS[n].lower()}-captured" for n in numbers]


def test_whoever_chose_nothing_reads_the_beginning(client: Client) -> None:
    page = get(client)
    assert told(client) == captured(*range(10))
    assert "All that the documents date" in page
    assert re.findall(r'rel="(prev|next)"', page) == ["next"]


def test_a_chapter_is_told_alone_with_the_ways_to_those_beside_it(client: Client) -> None:
    page = get(client, chapter="before-second")
    assert told(client, chapter="before-second") == captured(*range(10, 30))
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', page) == [
        ("prev", "/chronicle/?chapter=first#told"),
        ("next", "/chronicle/?chapter=second#told"),
    ]
    assert "Chapter: " not in page


def test_the_whole_story_stands_on_one_page(client: Client) -> None:
    assert told(client, whole="on") == captured(*range(40))
    assert [one.slug for one in client.get(URL, {"whole": "on"}).context["reading"].line.chapters.values()] == [
        "first",
        "before-second",
        "second",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"place": "amber"}, captured(0)),
        ({"q": "BIRCH"}, captured(1)),
        ({"q": "captured", "on": "2014-01-05"}, captured(1)),
        ({"on": "5 January 2014"}, captured(1)),
        ({"on": "March 2014"}, captured(*range(20, 30))),
        ({"chapter": "second", "actor": "army"}, captured(*range(30, 40))),
        ({"chapter": "all", "source": "book"}, captured(*range(40))),
        ({"differ": "on"}, []),
        ({"place": "amber", "chapter": "second"}, []),
    ],
)
def test_what_is_chosen_is_told(client: Client, query: dict[str, str], expected: list[str]) -> None:
    assert told(client, **query) == expected


def test_a_place_holds_what_lies_in_it(client: Client) -> None:
    valley = make.PlaceFactory(key="valley", name="Valley")
    Place.objects.filter(key__in=["amber", "birch"]).update(lies_in=valley)
    assert told(client, place="valley") == captured(0, 1)


def test_chosen_filters_are_chips_that_lead_to_the_page_without_them(client: Client) -> None:
    page = get(client, place="amber", q="amber", page="3")
    assert re.findall(
        r'<li><a href="([^"]+)" hx-get="[^"]+"><span>(?:(\w+): )?<b>([^<]+)</b></span>'
        r'<span class="sr-only"> ([^<]+)</span>',
        page,
    ) == [
        ("/chronicle/?q=amber#told", "Place", "Amber", "(take this filter away)"),
        ("/chronicle/?place=amber#told", "Words", "“amber”", "(take this filter away)"),
    ]
    assert "1 event matches" in page
    assert "Filters: Place: Amber; Words: “amber”" in page


def test_links_hold_only_what_the_form_could_read(client: Client) -> None:
    address = f"{URL}?place=nowhere&place=amber&actor=nobody&q=+amber+&differ=yes&junk=1&whole=&on=then"
    page = client.get(address).content.decode()
    assert re.findall(r'<li><a href="([^"]+)" hx-get="([^"]+)"><span>', page) == [
        (link, link)
        for link in (
            "/chronicle/?q=amber&amp;differ=on#told",
            "/chronicle/?q=amber&amp;place=amber#told",
            "/chronicle/?place=amber&amp;differ=on#told",
        )
    ]
    assert not re.findall(r'href="[^"]*(?:junk|nowhere|nobody|then)[^"]*#told"', page)


def test_only_events_with_a_dispute_are_told_and_marked(client: Client) -> None:
    event = Event.objects.get(key="birch-captured")
    other = make.SourceFactory(key="other", short_name="The Other", family="other")
    make.ClaimFactory(event=event, source=other, date="2014-01-09")
    page = get(client, differ="on")
    assert told(client, differ="on") == captured(1)
    for text in ("Sources differ: 5\u00a0January 2014 or 9\u00a0January 2014", "sources differ on the date"):
        assert text in page


def test_a_line_keeps_on_whose_word_it_stands_and_its_note(client: Client) -> None:
    voice = make.ActorFactory(name="the Observatory", side="none")
    Claim.objects.filter(event__key="amber-captured").update(voice=voice, stance="reported")
    Event.objects.filter(key="amber-captured").update(sensitive=True)
    page = get(client)
    assert '<span class="lead-in">According to the Observatory:</span>' in page
    assert page.count("killing or abduction") == 1


def test_undated_events_have_a_chapter_of_their_own(client: Client) -> None:
    Claim.objects.filter(event__key="amber-captured").update(date="", date_basis="", earliest=None, latest=None)
    page = get(client, chapter="undated")
    assert told(client, chapter="undated") == captured(0)
    assert "No date given" in page


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"place": "zz"}, "There is no place “zz” with events."),
        ({"chapter": "zz"}, "There is no chapter “zz”."),
        ({"actor": "<b>"}, "There is nobody “&lt;b&gt;” with events."),
        ({"source": "zz"}, "There is no source “zz”."),
        ({"on": "3/4/2014"}, "can be read in two ways"),
        ({"on": "soon"}, "can&#x27;t be read as a date"),
        ({"q": "x" * 101}, "at most 100 characters"),
        ({"q": "\0"}, "These are no words"),
        ({"page": "0"}, "greater than or equal to 1"),
        ({"page": "many"}, "Enter a whole number"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_out(client: Client, query: dict[str, str], message: str) -> None:
    page = get(client, **query)
    assert message in page
    assert told(client, **query) == captured(*range(10))


def test_other_filters_stay_when_one_cannot_be_read(client: Client) -> None:
    assert told(client, place="amber", source="zz") == captured(0)


def test_where_nothing_fits_the_page_says_so_with_ways_out(client: Client) -> None:
    page = get(client, place="amber", q="birch")
    for text in ("0 events match", "No event fits all of these filters together", "/search/?q=birch"):
        assert text in page


def test_an_empty_chronicle_says_so(client: Client) -> None:
    Claim.objects.all().delete()
    Event.objects.all().delete()
    assert "The editors have not loaded the chronicle" in get(client)


def test_a_long_chapter_is_told_in_parts_and_on_one_page_if_wanted(client: Client) -> None:
    for n in range(80):
        make.ClaimFactory(event=make.EventFactory(key=f"more-{n:02}"), date=f"2014-02-{n % 28 + 1:02}")
    both = [told(client, chapter="before-second", page=str(n)) for n in (1, 2)]
    assert sorted(both[0] + both[1]) == sorted(told(client, chapter="before-second", whole="on"))
    assert [len(one) for one in both] == pytest.approx([50, 50], abs=4)
    assert re.findall(r'rel="next" href="([^"]+)"', get(client, chapter="before-second")) == [
        "/chronicle/?chapter=before-second&amp;page=2#told"
    ]
    assert "part 1 of 2" in get(client, chapter="before-second")


def test_htmx_gets_what_changes_and_the_rest_stays(client: Client) -> None:
    response = client.get(URL, {"place": "amber"}, headers=HTMX)
    page = response.content.decode()
    assert page.startswith("<title>1 event of the chronicle")
    assert re.search(r'<h2 id="told-title" tabindex="-1" autofocus>1 event matches</h2>', page)
    assert '<p id="matches" hx-swap-oob="innerHTML">1 event matches</p>' in page
    assert 'id="overview" hx-swap-oob="true"' in page
    assert re.findall(r"<form ([^>]*) method", page) == ['id="filters" hx-swap-oob="true"']
    assert '<option value="amber" selected>' in page
    assert "HX-Request" in response["Vary"]


def test_a_whole_page_leaves_focus_alone(client: Client) -> None:
    page = get(client, place="amber")
    assert "autofocus" not in page
    assert "hx-swap-oob" not in page


def test_a_print_says_where_it_comes_from(client: Client) -> None:
    Source.objects.filter(key="book").update(licence="CC BY-SA 4.0")
    page = get(client, place="amber")
    assert "http://testserver/chronicle/?place=amber" in page
    assert '<p class="print-only whose">The Book</p>' in page
    assert "CC BY-SA 4.0" in page


def test_the_overview_draws_each_chapter_and_counts_it(client: Client) -> None:
    reading = client.get(URL, {"place": "amber"}).context["reading"]
    assert [(row.chapter.slug, row.told, row.all) for row in reading.rows] == [
        ("first", 1, 10),
        ("before-second", 0, 20),
        ("second", 0, 10),
    ]
    chart = reading.density
    assert [area.chapter.slug for area in chart.areas] == ["first", "before-second", "second"]
    assert [area.url for area in chart.areas][:1] == ["/chronicle/?place=amber&chapter=first#told"]
    assert [bar.told > 0 for bar in chart.bars].count(True) == 1
    assert (chart.loose, chart.loose_told, chart.is_part) == (0, 0, True)
    assert all(0 <= area.x <= area.x + area.width <= chart.plot for area in chart.areas)
    assert all(bar.x + bar.width <= chart.plot + 1 for bar in chart.bars)
    assert [month.first.month for month in chart.months] == [1, 2, 3, 4, 5]


def test_what_has_no_close_date_is_counted_apart(client: Client) -> None:
    Claim.objects.filter(event__key="amber-captured").update(date="2014-01", latest="2014-01-31", earliest="2014-01-01")
    chart = client.get(URL).context["reading"].density
    assert (chart.loose, chart.loose_told, chart.is_part) == (1, 1, False)


@pytest.mark.parametrize("query", [{}, {"chapter": "second"}, {"place": "amber"}, {"q": "captured"}, {"whole": "on"}])
def test_a_reading_costs_the_same_however_much_is_told(client: Client, query: dict[str, str]) -> None:
    costs = []
    for more in (1, 2):
        for _ in range(more):
            event = make.EventFactory(agents=[make.ActorFactory()])
            make.EventPlaceFactory(event=event)
            make.ClaimFactory(event=event, date="2014-01-02", voice=make.ActorFactory())
        client.get(URL)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL, query)
        costs.append(len(queries))
    assert costs == [1, 1]
