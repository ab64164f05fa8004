"""Clauses without their places: which of them are true of two events, so that no stem made of them points to one."""

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.placeless import Placeless
from quiz.questions.question import Question
from tests.questions.builders import chronicle, claim, event, frame, place

LONG = "fighters of the northern band shelled the outskirts of {place} from the ridge"
KEYS = ("jobeh", "tfail", "bakha", "sahel", "flitah", "maaloula", "hosh", "nahle", "adra")
TWO = Refusal("without its place its clause tells of two events")


def happened(key: str, when: str, at: str, **changes: object) -> EventFact:
    claims: tuple[ClaimFact, ...] = (
        tuple(claim(day, f"00{n}") for n, day in enumerate(when.split(", "))) if when else ()
    )
    return event(key, *(claims or (claim(),)), at=at, **{"clause": LONG, **changes})


def tells_of_two(*others: EventFact, when: str = "2014-01-15") -> bool:
    told = chronicle(happened("e", when, "qara"), *others)
    day = told.events["e"].intervals
    index = told.places_told.placeless
    days = (day[0].earliest, day[0].latest) if day else ()
    return index.tells_of_two(told.events["e"], *(one for one in days if one))


@pytest.mark.parametrize(
    ("when", "other", "two"),
    [
        ("2014-01-15", "2014-01-15", True),
        ("2014-01-15", "2014-01-16", False),
        ("2014-01-15", "2014-01-14", False),
        ("2014-01-15", "2014-01", True),
        ("2014-01-15", "2014-01-10/2014-01-15", True),
        ("2014-01-15", "[..2014-01-15]", True),
        ("2014-01-15", "[..2014-01-14]", False),
        ("2014-01-15", "2014-02-03, 2014-01-15", True),
        ("2014-01-15", "", True),
        ("", "2014-05-01", True),
    ],
)
def test_two_events_told_alike_are_told_apart_by_days_alone(when: str, other: str, two: bool) -> None:
    assert tells_of_two(happened("other", other, "rima"), when=when) is two


def test_what_differs_in_a_noun_before_the_place_only_is_told_alike() -> None:
    assert tells_of_two(happened("other", "2014-01-15", "rima", clause=LONG.replace("{place}", "the town of {place}")))
    assert not tells_of_two(happened("other", "2014-01-15", "rima", clause=LONG.replace("northern", "southern")))


def test_the_same_place_twice_is_one_answer() -> None:
    assert not tells_of_two(happened("other", "2014-01-15", "qara"))


@pytest.mark.parametrize(("day", "two"), [("2014-03-05", True), ("2014-03-31", True), ("2014-04-01", False)])
def test_a_long_one_of_another_place_is_found_behind_many_of_its_own(day: str, two: bool) -> None:
    own = [happened(f"own-{n}", f"2014-03-{n:02}", "qara") for n in range(2, 30)]
    told = [happened("long", "2014-03-01/2014-03-31", "rima"), happened("e", day, "qara"), *own]
    interval = told[1].intervals[0]
    assert Placeless(told).tells_of_two(told[1], interval.latest, interval.latest) is two


def story(when: str, other: str) -> Chronicle:
    places = [place("qara"), *(place(key, (n + 1) * 3.5) for n, key in enumerate(KEYS)), place("rima", -3.5)]
    acts = [event(f"at-{key}", "2014-05-01", at=key, kind="visit", sides=["lebanon"]) for key in KEYS]
    told = (happened("e", when, "qara"), happened("other", other, "rima"), *acts)
    return chronicle(*told, *frame(), places=places)


@pytest.mark.parametrize("kind", ["choose-place", "type-place", "find-place"])
def test_no_place_is_asked_for_where_the_stem_would_point_to_two_events(kind: str) -> None:
    for told in (story("2014-01-15", "2014-01-15"), story("", "2014-04-15")):
        assert make(told, kind, "e", 1) == TWO
        assert list(KINDS[kind].pairs(told, told.events["e"])) == []
    apart = story("2014-01-15", "2014-01-16")
    made = make(apart, kind, "e", 1)
    assert isinstance(made, Question), made
    assert made.stem.startswith("On 15 January 2014, fighters of the northern band shelled ")
