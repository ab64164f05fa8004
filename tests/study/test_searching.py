"""Search: places, actors, sources and events by their words, names before texts; days and months as typed."""

from datetime import date

import pytest

from quiz.chronology import parse
from quiz.questions.typed_dates import UnreadableDate
from quiz.study.matching import Piece
from quiz.study.searching import Days, Group, Hit, Library, Name, library, typed_days
from tests import factories as make
from tests.questions.builders import chronicle, claim, event, frame, place


def name(key: str, called: str, count: int = 0, *others: str, **more: object) -> Name:
    return Name(**{"key": key, "name": called, "others": others, "arabic": "", "what": "thing", "count": count, **more})


def held() -> Library:
    """Two towns with events, an army, a document; one event doubted by a voice."""
    story = chronicle(
        event("qara", "2013-11-19", at="qara"),
        event(
            "rima",
            claim("2013-12-01", sentence="Government forces took it with tanks."),
            claim("2013-12-02", "003", voice="sohr", stance="denies", sentence="Tanks never reached it, said SOHR."),
            at="rima",
        ),
        *frame(),
        places=[place("qara", name="Qara"), place("rima", 3.0, name="Rima"), place("farms", 9.0, name="Rima Farms")],
    )
    return Library(
        story,
        {
            Group.PLACES: [
                name("farms", "Rima Farms"),
                name("qara", "Qara", 1, "Qarah", arabic="قارة"),
                name("rima", "Rima", 1, "Reema"),
            ],
            Group.ACTORS: [
                name("government-forces", "government forces", 2, "the troops"),
                name("sohr", "the Observatory (SOHR)"),
            ],
            Group.SOURCES: [name("000", "Book", 2, "A Long Title", texts=("It tells of tanks.",))],
        },
    )


HELD = held()


def keys(query: str, group: Group) -> list[str]:
    return [hit.key for hit in HELD.find(query, group).hits]


@pytest.mark.parametrize(
    ("query", "group", "expected"),
    [
        pytest.param("rima", Group.PLACES, ["rima", "farms"], id="the name itself first"),
        pytest.param("reema", Group.PLACES, ["rima", "farms"], id="as others spell it"),
        pytest.param("قاره", Group.PLACES, ["qara"], id="Arabic"),
        pytest.param("troop", Group.ACTORS, ["government-forces"], id="a name that a document uses"),
        pytest.param("long", Group.SOURCES, ["000"], id="the title of a document"),
        pytest.param("tank", Group.SOURCES, ["000"], id="what is said of a document"),
        pytest.param("captured", Group.EVENTS, ["qara", "rima"], id="events in the order of the story"),
        pytest.param("tanks", Group.EVENTS, ["rima"], id="what a source says of an event"),
        pytest.param("قارة", Group.EVENTS, ["qara"], id="an event by the Arabic name of its place"),
        pytest.param("observatory", Group.EVENTS, ["rima"], id="an event by who is quoted on it"),
        pytest.param("troops rima", Group.EVENTS, ["rima"], id="an event by who acts, and its place"),
        pytest.param("nowhere", Group.EVENTS, [], id="nothing"),
    ],
)
def test_things_are_found_by_their_words(query: str, group: Group, expected: list[str]) -> None:
    assert keys(query, group) == expected


def test_of_many_only_some_are_shown_and_all_are_counted() -> None:
    found = HELD.find("rima", Group.PLACES, 1)
    assert ([hit.key for hit in found.hits], found.count) == (["rima"], 2)


def test_a_name_found_by_another_name_shows_it() -> None:
    (hit,) = HELD.find("qarah", Group.PLACES).hits
    assert hit == Hit(
        "qara", (Piece("Qara", hit=False),), (Piece("Qarah", hit=True),), (Piece("قارة", hit=False),), "thing", 1
    )


def test_a_name_found_by_its_arabic_shows_no_other_name() -> None:
    (hit,) = HELD.find("قارة", Group.PLACES).hits
    assert (hit.also, hit.arabic) == ((), (Piece("قارة", hit=True),))


def test_an_event_found_by_what_is_said_of_it_shows_the_firmest_sentence_and_who_says_it() -> None:
    (hit,) = HELD.find("tanks", Group.EVENTS).hits
    assert "".join(piece.text for piece in hit.also) == "Government forces took it with tanks."
    assert (hit.teller, hit.stance) == ("Document 000", "asserts")


def test_a_denial_is_shown_as_one() -> None:
    (hit,) = HELD.find("never", Group.EVENTS).hits
    assert (hit.teller, hit.stance) == ("SOHR", "denies")


def test_an_event_found_by_its_own_text_shows_no_sentence() -> None:
    assert [hit.also for hit in HELD.find("captured", Group.EVENTS).hits] == [(), ()]


def test_near_names_are_offered_for_a_slip() -> None:
    assert [one.key for one in HELD.near("Rimma Farns")] == ["farms"]
    assert HELD.near("Constantinople") == []


MARCH = Days(date(2014, 3, 1), date(2014, 3, 31), "2014-03")
SIXTEENTH = Days(date(2014, 3, 16), date(2014, 3, 16), "2014-03-16")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16 March 2014", SIXTEENTH),
        ("2014-03-16", SIXTEENTH),
        ("16/3/2014", SIXTEENTH),
        ("March 2014", MARCH),
        ("mar 2014", MARCH),
        ("2014-03", MARCH),
        ("december 2013", Days(date(2013, 12, 1), date(2013, 12, 31), "2013-12")),
        ("Feb 2014", Days(date(2014, 2, 1), date(2014, 2, 28), "2014-02")),
    ],
)
def test_a_day_or_a_month_is_read_as_typed(text: str, expected: Days) -> None:
    assert typed_days(text, HELD.story) == expected


@pytest.mark.parametrize(
    "text", ["", "Yabroud", "3/4/2014", "March", "2014", "13 2014", "2014-13", "1999-03", "31 June 2014"]
)
def test_what_is_no_day_or_month_of_the_story_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDate):
        typed_days(text, HELD.story)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("2014-03-01", True),
        ("2014-03-31", True),
        ("2014-02-28", False),
        ("2014-04-01", False),
        ("2014-02-01/2014-04-30", True),
        ("[2014-03-31..2014-04-30]", True),
        ("[..2014-03-31]", True),
        ("[..2014-04-01]", False),
    ],
)
def test_days_hold_what_may_have_happened_in_them(text: str, held: bool) -> None:
    assert MARCH.holds(parse(text)) is held


@pytest.mark.django_db
def test_the_library_is_built_from_the_rows_and_again_when_they_change() -> None:
    town = make.PlaceFactory(key="amber", name="Amber", name_ar="قارة")
    make.PlaceSpellingFactory(place=town, name="Ambre")
    army = make.ActorFactory(key="army", name="Army")
    make.ActorNameFactory(actor=army, name="troops")
    happening = make.EventFactory(key="amber-captured", clause="government forces captured {place}", agents=[army])
    make.EventPlaceFactory(event=happening, place=town, slot=True)
    make.ClaimFactory(event=happening, date="2014-01-02", source=make.SourceFactory(key="book", short_name="The Book"))
    first = library()
    assert library() is first
    assert [[hit.key for hit in first.find(q, g).hits] for q, g in WANTED] == [
        ["amber"],
        ["army"],
        ["book"],
        ["amber-captured"],
    ]
    assert [first.names[group][key].count for group, key in COUNTED] == [1, 1, 1]
    town.name = "Umber"
    town.save()
    assert [hit.key for hit in library().find("umber", Group.EVENTS).hits] == ["amber-captured"]


WANTED = [("ambre", Group.PLACES), ("troops", Group.ACTORS), ("book", Group.SOURCES), ("troops قارة", Group.EVENTS)]
COUNTED = [(Group.PLACES, "amber"), (Group.ACTORS, "army"), (Group.SOURCES, "book")]
