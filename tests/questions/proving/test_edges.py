"""Where a property ends: what lies just inside is sound, what lies just outside is a fault."""

from dataclasses import replace

import pytest

from quiz.questions.proving.world import World
from quiz.questions.question import Option, Question
from tests.questions.builders import claim, event
from tests.questions.proving.plants import (
    EXCLUDED,
    FINER,
    KEY,
    LED,
    OUTSIDE,
    SAME,
    TRUE,
    E,
    dates,
    with_claims,
)
from tests.questions.proving.samples import (
    LASTING,
    SAMPLES,
    Change,
    both,
    cited,
    fields,
    known,
    line,
    moved,
    on,
    option,
    swapped,
    world,
)
from tests.questions.proving.test_question_properties import faults

KM = 1 / 111.195
"""One kilometre northwards in degrees."""


def caught(sample: str | Question, change: Change, judge: World) -> set[str]:
    """The properties that a changed question breaks in a world of which it cites all claims."""
    sound = SAMPLES[sample] if isinstance(sample, str) else sample
    whole = replace(sound, citations=cited(judge.events[key] for key in sound.events))
    return set(faults(judge, change(whole)))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (option(3, text="5 February 2014", event="b", note=line("b")), set()),
        (option(3, text="6 February 2014", event="", note="Nothing else."), {"wrong dates lie within 21 days"}),
        (dates("13 January", "18 January", "19 January"), set()),
        (dates("14 January", "18 January", "19 January"), {OUTSIDE}),
        (dates("10 January", "17 January", "19 January"), set()),
        (dates("10 January", "16 January", "19 January"), {OUTSIDE}),
    ],
)
def test_a_wrong_day_lies_two_to_twenty_one_days_away(change: Change, expected: set[str]) -> None:
    assert caught("choose-date", change, world()) == expected


@pytest.mark.parametrize(("last", "expected"), [("17", set()), ("18", {FINER, "exactly one is right"})])
def test_a_day_is_asked_where_up_to_three_are_known(last: str, expected: set[str]) -> None:
    told = f"some time between 15 and {last} January 2014"
    change = both(
        swapped("which day", "which of these days"),
        fields(
            options=(
                on("10 January"),
                option_of("15 January 2014", f"Government forces captured Qara ({told})."),
                on("22 January"),
                on("23 January"),
            ),
            key_text=told,
            explanation="Two documents say so.",
        ),
    )
    judge = world(event("e", f"[2014-01-15..2014-01-{last}]", at="qara", phase="first"))
    assert caught("choose-date", change, judge) == expected


def option_of(text: str, note: str) -> Option:
    """The right day, with the event."""
    return replace(SAMPLES["choose-date"].options[1], text=text, note=note)


@pytest.mark.parametrize(("last", "expected"), [("03-31", set()), ("04-01", {FINER, SAME})])
def test_the_first_day_is_asked_of_what_lasted_up_to_a_month(last: str, expected: set[str]) -> None:
    span = event("l", f"2014-03-01/2014-{last}", kind="clash", clause="fighting raged around the l post")
    told = "1–31 March 2014" if last == "03-31" else "1 March – 1 April 2014"
    change = fields(days=("2014-03-01", "2014-03-01"), key_text=told)
    assert caught(LASTING, change, world(span)) == expected


@pytest.mark.parametrize(("km", "expected"), [(44, set()), (46, {"wrong places are near the key"})])
def test_a_wrong_place_lies_up_to_forty_five_kilometres_away(km: int, expected: set[str]) -> None:
    assert caught("choose-place", fields(), world(places=moved("rima", lat=34.0 + km * KM))) == expected


@pytest.mark.parametrize(("km", "expected"), [(3.1, set()), (2.9, {"the circle of a pin holds no other"})])
def test_pins_lie_three_kilometres_apart(km: float, expected: set[str]) -> None:
    lat = 34.0 - km * KM
    assert caught("find-place", option(4, lat=lat), world(places=moved("rima", lat=lat))) == expected


@pytest.mark.parametrize(("km", "expected"), [(0.6, set()), (0.4, {"a wrong event is excluded from the place"})])
def test_places_on_one_spot_may_be_one(km: float, expected: set[str]) -> None:
    judge = world(places=moved("tfail", lat=34.0 + (4 + km) * KM))
    assert caught("happened-here", fields(), judge) == expected


@pytest.mark.parametrize("stance", ["denies", "doubts", "unconfirmed"])
def test_what_anybody_doubts_is_attributed(stance: str) -> None:
    assert LED in caught("enter-date", fields(), with_claims(E, claim("2014-01-15", "003", stance=stance)))


def test_what_stands_in_a_box_alone_is_attributed() -> None:
    judge = world(event("e", claim("2014-01-15", infobox=True), at="qara", phase="first"))
    assert LED in caught("enter-date", fields(), judge)


def test_a_killing_may_be_told_after_a_question_that_was_announced() -> None:
    judge = world(replace(E, sensitive=True), replace(known("k"), claims=(claim("2014-01-20"),), phase="first"))
    told = "According to Document 000, a commander was killed at the k post (20 January 2014)."
    change = both(fields(sensitive=True), option(3, event="k", note=told))
    assert caught("choose-date", change, judge) == set()
    assert caught("choose-date", option(3, event="k", note=told), judge) == {
        "has a content note exactly where one is due",
        "tells no killing that was not announced",
    }


def test_an_act_like_it_elsewhere_makes_no_witness_of_this_one() -> None:
    judge = world(event("f", claim("2014-01-15", "003"), places={"bakha": "near"}))
    assert caught("who-reports", fields(), judge) == set()


def test_an_act_of_nobody_named_may_have_been_that_sides() -> None:
    changes = {"at": "rima", "kind": "entry", "clause": "troops entered {place}"}
    assert caught("choose-place", fields(), world(event("f", "2014-01-15", sides=(), **changes))) == {EXCLUDED}
    assert caught("choose-place", fields(), world(event("f", "2014-01-15", sides=("rebels",), **changes))) == set()


def test_a_key_told_in_another_precision_is_another_date() -> None:
    assert caught("enter-date", fields(key_text="January 2014"), world()) == {KEY}
    assert caught("choose-date", option(1, note="Government forces captured Qara (January 2014)."), world()) == {TRUE}
