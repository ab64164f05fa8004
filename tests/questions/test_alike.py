"""Events told alike: of the same family of kinds, of a side that may be the same, at a place, at a time."""

import pytest

from quiz.questions.alike import AlikeEvents
from quiz.questions.facts import EventFact
from tests.questions.builders import claim, event


def alike(*events: EventFact) -> AlikeEvents:
    return AlikeEvents({one.key: one for one in events})


ASKED = event("e", "2014-01-10", at="qara")


@pytest.mark.parametrize("dated", [True, False])
def test_an_event_is_not_told_alike_with_itself(dated: bool) -> None:
    assert not alike(ASKED).at("qara", ASKED, dated=dated)


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (event("f", "2014-01-10", at="qara"), True),
        (event("f", "2014-01-10", at="qara", kind="entry"), True),
        (event("f", "2014-01-10", at="qara", kind="visit"), False),
        (event("f", "2014-01-10", at="qara", sides=["opposition"]), False),
        (event("f", "2014-01-10", at="qara", sides=[]), True),
        (event("f", "2014-01-10", at="rima"), False),
    ],
)
def test_kind_side_and_place_decide(other: EventFact, found: bool) -> None:
    index = alike(ASKED, other)
    assert index.at("qara", ASKED, dated=False) is found
    assert index.at("qara", ASKED, dated=True) is found


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("2014-01-10", True),
        ("2014-01-11", False),
        ("2014-01", True),
        ("2014-02", False),
        ("[..2014-01-12]", True),
        ("[..2014-01-09]", False),
        ("2013-08-01/2014-01-31", True),
        ("2013-07-01/2014-01-31", True),
    ],
)
def test_with_a_date_only_what_may_have_been_on_the_same_day_counts(date: str, found: bool) -> None:
    other = event("f", claim(date), at="qara")
    assert alike(ASKED, other).at("qara", ASKED, dated=True) is found
    # What has no lower bound may have been at any time: nothing is excluded for it.
    assert alike(ASKED, other).at("qara", other, dated=True) is (found or date.startswith("[.."))
    assert alike(ASKED, other).at("qara", ASKED, dated=False)
