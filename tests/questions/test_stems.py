"""Wording: attribution, the question in the slot, what must not stand in a stem, and how a key is explained."""

import pytest

from quiz.gazetteer import Place
from quiz.questions.asking import Asking, DateAsking
from quiz.questions.facts import ClaimFact, Refusal
from quiz.questions.placeless import place_clause
from quiz.questions.question import Mode
from quiz.questions.stems import (
    LONGEST_STEM,
    attributed,
    leaves_slot_alone,
    names_itself,
    number_tells,
    opening_date,
    refused_stem,
    stands_alone,
    why,
)
from tests.questions.builders import chronicle, claim, event


def slotted(clause: str) -> str:
    return place_clause(event("e", at="qara", clause=clause), "town or village")


@pytest.mark.parametrize(
    ("clause", "stem"),
    [
        ("government forces captured {place}", "government forces captured which town or village"),
        ("rebels left the village of {place} by night", "rebels left which town or village by night"),
        ("rebels left the Village of {place}", "rebels left which town or village"),
        ("rebels left the {place}", "rebels left which town or village"),
        ("rebels left a town of {place}", "rebels left which town or village"),
        ("rebels left town of {place}", "rebels left which town or village"),
        ("rebels left the Lebanese border town of {place}", "rebels left which town or village"),
        ("a bomb hit the outskirts of {place}", "a bomb hit the outskirts of which town or village"),
        ("{place} was shelled", "which town or village was shelled"),
        ("the town of {place} was shelled", "which town or village was shelled"),
        ("rebels bathed {place}", "rebels bathed which town or village"),
        (
            "somebody spoke to the village of Rima about {place}",
            "somebody spoke to the village of Rima about which town or village",
        ),
    ],
)
def test_the_question_takes_the_slot_and_the_noun_before_it(clause: str, stem: str) -> None:
    assert slotted(clause) == stem


@pytest.mark.parametrize(
    ("clause", "alone"),
    [
        ("rebels left {place}", True),
        ("rebels left {place}, a town", True),
        ("rebels left {place} for Rima", True),
        ("rebels left the {place} region", False),
        ("rebels left the {place} area", False),
        ("rebels left the {place} front", False),
        ("rebels left {place}'s hills", False),
        ("rebels left {place}’s hills", False),
        ("rebels left the {place} Mountains", False),
    ],
)
def test_a_slot_is_asked_for_only_where_no_name_goes_on_after_it(clause: str, alone: bool) -> None:
    assert leaves_slot_alone(event("e", at="qara", clause=clause)) == alone


@pytest.mark.parametrize(
    ("clause", "alone"),
    [
        ("rebels, soldiers and two other men were killed near {place}", True),
        ("rebels, soldiers and two others were killed near {place}", False),
        ("government forces captured {place}", False),
    ],
)
def test_a_clause_of_nine_words_stands_alone(clause: str, alone: bool) -> None:
    assert stands_alone(event("e", at="qara", clause=clause)) == alone


@pytest.mark.parametrize(
    ("mode", "lead", "sentence"),
    [
        (Mode.PLAIN, "", "On which day was it?"),
        (Mode.ATTRIBUTED, "According to SOHR", "According to SOHR, on which day was it?"),
    ],
)
def test_attribution_opens_the_sentence(mode: Mode, lead: str, sentence: str) -> None:
    assert attributed(Asking(mode, lead, ()), "on which day was it?") == sentence


def asked(*claims: ClaimFact | str) -> DateAsking:
    how = chronicle(event("e", *claims)).dates["e"]
    assert isinstance(how, DateAsking)
    return how


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("2014-01-05", "on 5 January 2014"),
        ("2014-01-05/2014-01-06", "from 5 to 6 January 2014"),
        ("2014-01-30/2014-02-02", "from 30 January to 2 February 2014"),
        ("[2014-01-11..2014-01-20]", "between 11 and 20 January 2014"),
        ("2014-01-05~", "around 5 January 2014"),
        ("2014-01", "in January 2014"),
    ],
)
def test_a_date_opens_a_stem_as_finely_as_it_is_known(text: str, opening: str) -> None:
    assert opening_date(asked(text)) == opening


@pytest.mark.parametrize(
    ("stem", "named"),
    [
        ("Rebels left Qara?", True),
        ("Rebels left QÂRA?", True),
        ("Rebels left Qarah for Rima?", True),
        ("Rebels left قارة?", True),
        ("Rebels left Qarabagh?", False),
        ("Rebels left Rima?", False),
    ],
)
def test_a_stem_names_its_key_in_any_spelling_as_whole_words(stem: str, named: bool) -> None:
    qara = Place("qara", "Qara", "town", spellings=("Qarah",), name_ar="قارة")
    assert names_itself(chronicle(places=[qara]), "qara", stem) == named


@pytest.mark.parametrize(
    ("stem", "day", "tells"),
    [("15 air strikes", 15, True), ("15 air strikes", 5, False), ("150 air strikes", 15, False), ("none", 1, False)],
)
def test_a_number_tells_the_day_if_it_is_that_number(stem: str, day: int, tells: bool) -> None:
    assert number_tells(stem, day) == tells


@pytest.mark.parametrize(
    ("stem", "refusal"),
    [
        ("x" * (LONGEST_STEM - 1) + "?", None),
        ("x" * LONGEST_STEM + "?", Refusal("its stem would be too long")),
        ("What? Why?", Refusal("its stem holds more than one question")),
        ("What", Refusal("its stem holds more than one question")),
    ],
)
def test_a_stem_asks_once_and_within_220_characters(stem: str, refusal: Refusal | None) -> None:
    assert LONGEST_STEM == 220
    assert refused_stem(stem) == refusal


@pytest.mark.parametrize(
    ("claims", "known"),
    [
        ([claim()], "Document 000 gives this."),
        ([claim(), claim("2014-01-05")], "Document 000 gives this."),
        (
            [claim(), claim(source="002")],
            (
                "Document 000 and Document 002 give this; they share their text or their source, so they count as "
                "one witness."
            ),
        ),
        (
            [claim(voice="sohr"), claim(source="003", voice="sohr")],
            (
                "Document 000 and Document 003 give this; they share their text or their source, so they count as "
                "one witness."
            ),
        ),
        (
            [claim(), claim(source="003")],
            "Document 000 and Document 003 give this; they are 2 separate witnesses.",
        ),
        (
            [claim(), claim(source="002"), claim(source="003")],
            "Document 000, Document 002 and Document 003 give this; they are 2 separate witnesses.",
        ),
    ],
)
def test_an_explanation_says_who_gives_it_and_how_many_witnesses_that_makes(
    claims: list[ClaimFact], known: str
) -> None:
    told = chronicle(event("e", "2014-01-05", at="qara"))
    how = Asking(Mode.PLAIN, "", tuple(claims))
    assert why(told, "e", how, dated=False) == f"Government forces captured Qara. {known}"
    assert why(told, "e", how, dated=True) == f"Government forces captured Qara (5 January 2014). {known}"


def test_an_explanation_says_on_whose_word_it_stands() -> None:
    told = chronicle(event("e", "2014-01-05", at="qara"))
    how = Asking(Mode.ATTRIBUTED, "According to SOHR", (claim(voice="sohr"),))
    assert why(told, "e", how, dated=False) == (
        "According to SOHR, government forces captured Qara. Document 000 gives this."
    )
