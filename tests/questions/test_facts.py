"""Events and claims as plain values: on whose word a claim stands, and what all claims of an event name."""

import pytest

from quiz.chronology import parse
from quiz.questions.facts import ClaimFact
from tests.questions.builders import claim, event


@pytest.mark.parametrize(
    ("told", "witness"),
    [
        (claim(source="000"), "wiki"),
        (claim(source="003"), "003"),
        (claim(voice="sohr"), "sohr"),
        (claim(source="000", stance="reported"), "wiki, unnamed"),
        (claim(source="003", stance="unconfirmed"), "003"),
    ],
)
def test_a_claim_stands_on_its_voice_or_else_on_the_family_of_its_document(told: ClaimFact, witness: str) -> None:
    assert told.witness == witness


@pytest.mark.parametrize(
    ("changes", "own", "vouches"),
    [
        ({}, True, True),
        ({"voice": "sohr"}, False, True),
        ({"voice": "sohr", "stance": "asserts"}, False, True),
        ({"infobox": True}, False, True),
        ({"stance": "reported"}, False, True),
        ({"stance": "unconfirmed"}, False, True),
        ({"stance": "predicted"}, False, False),
        ({"stance": "doubts"}, False, False),
        ({"stance": "denies"}, False, False),
        ({"overtaken": True}, True, False),
    ],
)
def test_a_document_speaks_itself_or_passes_on_and_vouches_or_not(
    changes: dict[str, object], own: bool, vouches: bool
) -> None:
    told = claim(**changes)
    assert (told.own_word, told.vouches) == (own, vouches)


def test_every_place_of_an_event_and_of_its_claims_is_known() -> None:
    told = event("e", claim(at=["jarajir"]), claim(stance="denies", at=["rima"]), at="qara")
    assert told.every_place == {"qara", "jarajir", "rima"}


def test_the_dates_of_all_claims_are_known_also_of_those_that_doubt() -> None:
    told = event("e", "2013-11-19", claim(), claim("2013-11-20", stance="doubts"))
    assert told.intervals == (parse("2013-11-19"), parse("2013-11-20"))
