"""The words that attribute an event in a question of order."""

import pytest

from quiz.questions.facts import ClaimFact
from quiz.questions.leads import lead, listed
from tests.questions.builders import claim, event

SOHR = claim("2014-01-10", "000", voice="sohr")
OWN = claim("2014-01-15", "003")
DOUBT = claim("2014-01-15", "004", stance="doubts")


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ((SOHR, OWN, DOUBT), "According to Document 003 and SOHR"),
        ((OWN, DOUBT), "According to Document 003"),
        ((SOHR, OWN), ""),
    ],
)
def test_all_who_date_a_doubted_event_differently_are_named_documents_before_voices(
    claims: tuple[ClaimFact, ...], words: str
) -> None:
    told = event("e", *claims)
    assert lead(told, told.clause, doubled=False) == words


@pytest.mark.parametrize(("names", "text"), [(["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")])
def test_names_are_listed_as_in_a_sentence(names: list[str], text: str) -> None:
    assert listed(names) == text
