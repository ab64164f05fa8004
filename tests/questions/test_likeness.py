"""Events that could be taken for one another: by sort of act, side, place and time."""

from datetime import date

import pytest

from quiz.questions.facts import EventFact
from quiz.questions.likeness import Likeness
from tests.questions.builders import claim, event

SINCE, UNTIL = date(2014, 1, 1), date(2014, 2, 28)


def alike(*events: EventFact) -> Likeness:
    return Likeness({one.key: one for one in events})


def similar(e: EventFact, *others: EventFact) -> list[str]:
    return [one.key for one in alike(e, *others).similar(e, SINCE, UNTIL)]


def again(**changes: object) -> EventFact:
    return event("again", "2014-01-20", at="qara", **changes)


def test_acts_are_similar_that_share_a_place_in_any_role() -> None:
    e = event("e", claim("2014-01-15", at=["qara", "rima"]), places={"qara": "at", "jobeh": "toward"}, at="qara")
    others = [event(f"at-{key}", "2014-01-20", at=key) for key in ("qara", "rima", "jobeh", "tfail")]
    assert similar(e, *others) == ["at-jobeh", "at-qara", "at-rima"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ["again"]),
        ({"kind": "recapture"}, ["again"]),
        ({"kind": "entry"}, ["again"]),
        ({"kind": "shelling"}, []),
        ({"sides": ["opposition"]}, []),
        ({"sides": ["opposition", "government"]}, ["again"]),
        ({"sides": ()}, ["again"]),
    ],
)
def test_acts_are_similar_of_one_sort_and_side(changes: dict[str, object], found: list[str]) -> None:
    assert similar(event("e", "2014-01-15", at="qara"), again(**changes)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2014-01-01", ["f"]),
        ("2014-02-28", ["f"]),
        ("2014-03-01", []),
        ("2013-12-31", []),
        ("2013-12-20/2014-03-10", ["f"]),
        ("[..2014-03-10]", ["f"]),
        ("", ["f"]),
    ],
)
def test_acts_are_looked_for_in_the_months_given_and_among_those_without_a_date(text: str, found: list[str]) -> None:
    e = event("e", "2013-11-15", at="qara")
    assert similar(e, event("f", claim(text), at="qara")) == found


@pytest.mark.parametrize(
    ("text", "found"), [("2014-01-15", ["f"]), ("2014-01-16", []), ("2014-01", ["f"]), ("", ["f"])]
)
def test_acts_may_be_at_once_that_share_a_day_or_have_none(text: str, found: list[str]) -> None:
    e, f = event("e", "2014-01-15", at="qara"), event("f", claim(text), at="qara")
    assert [one.key for one in alike(e, f).at_once(e)] == found


def test_what_has_no_date_may_be_at_once_with_any() -> None:
    e, f = event("e", claim(), at="qara"), event("f", "2014-01-15", at="qara")
    later = event("later", "2014-06-15", at="qara")
    assert [one.key for one in alike(e, f, later).at_once(e)] == ["f", "later"]


def test_days_are_barred_next_to_any_claim_and_on_those_of_similar_acts() -> None:
    e = event("e", "2014-01-15", at="qara", twins=["twin"])
    twin = event("twin", "2014-01-25", kind="visit", twins=["e"])
    assert alike(e, twin, again()).barred(e, SINCE, UNTIL) == [
        (date(2014, 1, 14), date(2014, 1, 16)),
        (date(2014, 1, 24), date(2014, 1, 26)),
        (date(2014, 1, 20), date(2014, 1, 20)),
    ]
