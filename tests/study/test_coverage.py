"""Coverage: what can be asked of each event, and why the rest can't."""

from collections import Counter
from datetime import date, timedelta

from quiz.questions.chronicle import Chronicle
from quiz.questions.making import KINDS
from quiz.questions.question import Facet, Mode
from quiz.study.coverage import Coverage, Fact, coverage
from tests.questions.builders import chronicle, claim, event, frame

TOWNS = ("amber", "birch", "cedar", "dune", "elm", "fern", "grove", "heath")


def told(**changes: object) -> Chronicle:
    """Eight captures three days apart, with room at both ends; `changes` are those of the first one's claim."""
    first = date(2014, 1, 2)
    days = [(first + timedelta(days=3 * n)).isoformat() for n in range(len(TOWNS))]
    captures = [event(town, claim(day), at=town) for town, day in zip(TOWNS, days, strict=True)]
    captures[0] = event("amber", claim(days[0], **changes), at="amber")
    return chronicle(*captures, *frame())


def fact(covered: Coverage, key: str, facet: Facet) -> Fact:
    (found,) = [one for one in covered.facts if (one.event, one.facet) == (key, facet)]
    return found


def test_every_event_has_one_fact_in_each_facet_and_each_kind_asks_or_says_why_not() -> None:
    story = told()
    covered = coverage(story)
    assert [(one.event, one.facet) for one in covered.facts] == [
        (key, facet) for key in story.events for facet in Facet
    ]
    for one in covered.facts:
        kinds = {kind.name for kind in KINDS.values() if kind.facet is one.facet}
        assert one.modes.keys() | one.refused.keys() == kinds
        assert one.modes.keys().isdisjoint(one.refused)
        assert all(one.refused.values())


def test_a_fact_that_a_document_tells_itself_is_plain_and_one_on_a_voice_attributed() -> None:
    assert fact(coverage(told()), "amber", Facet.DATE).modes["enter-date"] is Mode.PLAIN
    assert fact(coverage(told(voice="sohr", stance="reported")), "amber", Facet.DATE).mode is Mode.ATTRIBUTED


def test_what_is_only_told_is_not_asked_and_each_kind_says_why() -> None:
    opening = fact(coverage(told()), "opening", Facet.DATE)
    assert opening.mode is None
    assert opening.refused["enter-date"] == "a state, a fear or an evaluation is told, not asked"


def test_only_the_events_named_are_tried() -> None:
    assert {one.event for one in coverage(told(), ["birch"]).facts} == {"birch"}


PLAIN, VOICED = Mode.PLAIN, Mode.ATTRIBUTED
COVERED = Coverage(
    (
        Fact("a", Facet.DATE, {"choose-date": PLAIN, "enter-date": VOICED}, {}),
        Fact("a", Facet.PLACE, {}, {"choose-place": "its place is disputed"}),
        Fact("b", Facet.DATE, {"enter-date": VOICED}, {"choose-date": "no claim dates it"}),
        Fact("b", Facet.SEQUENCE, {"first": None}, {"order": "no claim dates it"}),
    )
)


def test_a_fact_counts_under_the_first_of_its_modes() -> None:
    assert [one.mode for one in COVERED.facts] == [PLAIN, None, VOICED, None]
    assert COVERED.totals() == {
        Facet.DATE: Counter({PLAIN: 1, VOICED: 1}),
        Facet.PLACE: Counter({None: 1}),
        Facet.SEQUENCE: Counter({None: 1}),
        Facet.SOURCE: Counter(),
    }


def test_a_fact_that_chance_alone_withholds_can_be_asked() -> None:
    assert [(one.event, one.facet) for one in COVERED.askable()] == [
        ("a", Facet.DATE),
        ("b", Facet.DATE),
        ("b", Facet.SEQUENCE),
    ]


def test_kinds_are_counted_with_their_modes_and_their_reasons() -> None:
    kinds, reasons = dict(COVERED.kinds()), dict(COVERED.reasons())
    assert list(kinds) == list(reasons) == list(KINDS)
    assert kinds["enter-date"] == Counter({"attributed": 2})
    assert kinds["first"] == Counter({"rarely": 1})
    assert kinds["choose-place"] == Counter()
    assert reasons["choose-place"] == Counter({"its place is disputed": 1})
    assert reasons["choose-date"] == reasons["order"] == Counter({"no claim dates it": 1})


def test_kinds_that_ask_at_once_are_said_to_ask_often() -> None:
    amber = fact(coverage(told()), "amber", Facet.DATE)
    assert "enter-date" in amber.often
    assert set(amber.often) <= amber.modes.keys()
