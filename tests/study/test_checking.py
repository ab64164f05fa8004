"""The chronicle's checks: what each kind can ask comes from the coverage."""

import pytest

from quiz.questions.making import KINDS
from quiz.study.checking import askable
from quiz.study.coverage import coverage
from tests.study.test_coverage import TOWNS, told


def test_askable_kinds_are_those_of_the_coverage() -> None:
    story = told()
    assert askable(story) == coverage(story).kinds()
    assert [kind for kind, _ in askable(story)] == list(KINDS)
    assert dict(askable(story))["enter-date"] == {"plain": len(TOWNS)}


@pytest.mark.parametrize(("stance", "mode"), [("reported", "attributed"), ("asserts", "plain")])
def test_askable_events_are_counted_by_their_mode(stance: str, mode: str) -> None:
    counted = dict(askable(told(voice="sohr" if stance == "reported" else "", stance=stance)))["enter-date"]
    assert counted == ({"plain": 7, "attributed": 1} if mode == "attributed" else {"plain": 8})
