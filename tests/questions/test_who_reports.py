"""Who reports this? Documents and voices: which may be right, which may stand beside them, and what is never asked."""

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.question import Facet, Mode, Question, Shape
from quiz.questions.witnesses import VoiceFact
from tests.questions.builders import chronicle, claim, event

VOICES = {
    "sohr": VoiceFact("sohr", "SOHR", "monitor", "none"),
    "gazette": VoiceFact("gazette", "the State Gazette", "media", "government"),
    "military": VoiceFact("military", "a military source", "source", "government"),
    "army": VoiceFact("army", "the Army", "force", "government"),
    "rebels": VoiceFact("rebels", "rebel sources", "source", "opposition"),
    "friends": VoiceFact("friends", "a pro-government source", "source", "government"),
    "paper": VoiceFact("paper", "a pro-government newspaper", "media", "government"),
    "desk": VoiceFact("desk", "the desk of the Gazette", "media", "government", part_of="gazette"),
}


def from_each(*sources: str) -> list[EventFact]:
    """One event from each of these documents, far apart in time and place."""
    return [event(f"by-{s}", claim(f"2014-{n + 1:02}-10", s), at=f"town{n}") for n, s in enumerate(sources)]


def asked(told: Chronicle, key: str, seeds: int = 60) -> list[Question]:
    made = [make(told, "who-reports", key, seed) for seed in range(seeds)]
    return [question for question in made if isinstance(question, Question)]


def refusals(told: Chronicle, key: str) -> set[Refusal]:
    return {one for seed in range(60) if isinstance(one := make(told, "who-reports", key, seed), Refusal)}


def test_the_document_that_reports_it_stands_beside_those_that_do_not() -> None:
    made = asked(chronicle(*from_each("000", "003", "004")), "by-003")[0]
    assert (made.id, made.shape, made.facet, made.mode) == (
        "who-reports/by-003",
        Shape.CHOICE,
        Facet.SOURCE,
        Mode.ATTRIBUTED,
    )
    assert made.stem == "Which of these documents reports that government forces captured Town1?"
    assert [(o.text, o.witness) for o in made.options] == [
        ("Document 000", "000"),
        ("Document 003", "003"),
        ("Document 004", "004"),
    ]
    assert (made.key, made.key_text) == ((1,), "Document 003")
    assert made.options[1].note == "It reports this. Where it stands: “Section”, ¶ 1, sentence 1."
    assert made.options[0].note == "It does not report this. All that it dates is of January 2014."
    assert made.explanation == (
        "Document 003 reports that government forces captured Town1. Where it stands: “Section”, ¶ 1, sentence 1."
    )


def test_no_other_document_with_a_claim_on_it_stands_beside_the_key() -> None:
    both = event("both", claim("2014-05-10", "000"), claim("2014-05-10", "003", stance="doubts"), at="rima")
    told = chronicle(both, *from_each("000", "003", "004", "005"))
    for made in asked(told, "both"):
        assert made.key_text == "Document 000"
        assert "003" not in {option.witness for option in made.options}


def test_documents_on_a_twin_or_a_like_event_of_that_day_are_left_out() -> None:
    e = event("e", claim("2014-05-10", "000"), at="rima", twins=["twin"])
    twin = event("twin", claim("2014-06-10", "003"), at="rima", clause="rebels left {place}", twins=["e"])
    like = event("like", claim("2014-05-10", "004"), at="rima", clause="the army took {place}")
    told = chronicle(e, twin, like, *from_each("000", "003", "004", "005", "006"))
    seen = {option.witness for made in asked(told, "e") for option in made.options}
    assert seen == {"000", "005", "006"}


def test_each_document_is_right_equally_often() -> None:
    told = chronicle(*from_each("000", "003", "004"), event("more", claim("2014-08-10", "000"), at="rima"))
    counts = {key: len(asked(told, key, 400)) for key in ("by-000", "more", "by-003", "by-004")}
    assert counts["by-003"] == counts["by-004"] == 400
    assert 150 <= counts["by-000"] <= 250
    assert 150 <= counts["more"] <= 250
    assert refusals(told, "more") == {Refusal("each document and voice is to be right equally often", by_chance=True)}


def test_what_a_document_passes_on_is_asked_on_the_word_of_its_voice() -> None:
    e = event("e", claim("2014-05-10", "005", voice="sohr"), at="rima")
    stems = {made.stem for made in asked(chronicle(e, *from_each("000", "003", "004"), *from_each("005")), "e")}
    assert "Which of these documents reports, on the word of SOHR, that government forces captured Rima?" in stems


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (event("e", claim(), told_only=True), "a state, a fear or an evaluation is told, not asked"),
        (event("e", claim(), kind="casualties"), "figures and blame are not asked for"),
        (event("e", claim(stance="denies")), "no claim vouches for it"),
        (event("e", claim(), at="rima"), "too few documents say nothing of it"),
        (event("e", claim()), "without a place of its own, others may tell of it in other words"),
        (event("e", claim(carries_place=False), at="rima"), "no claim vouches for it"),
    ],
)
def test_what_has_no_honest_question_is_refused_with_its_reason(told: EventFact, reason: str) -> None:
    assert make(chronicle(told), "who-reports", "e", 1) == Refusal(reason)


def test_a_clause_with_a_word_of_a_document_s_name_is_refused() -> None:
    e = event("e", claim("2014-05-10", source_name="The Offensive"), clause="somebody spoke of the offensive")
    told = chronicle(e, *from_each("003", "004"))
    assert make(told, "who-reports", "e", 1) == Refusal("its clause has a word of a document’s name")


# --- Voices -------------------------------------------------------------------------------------


def voiced() -> Chronicle:
    """Document 005 tells three things, each on another voice's word."""
    told = [
        event(f"by-{v}", claim(f"2014-{n + 1:02}-10", "005", voice=v, voice_name=VOICES[v].name), at=f"town{n}")
        for n, v in enumerate(("sohr", "gazette", "rebels"))
    ]
    return chronicle(*told, voices=VOICES.values())


def test_on_whose_word_a_document_reports_it_is_asked_among_voices_that_it_quotes() -> None:
    made = asked(voiced(), "by-gazette")[0]
    assert made.stem == "On whose word does Document 005 report that government forces captured Town1?"
    assert made.id == "who-reports/by-gazette/005"
    assert [(o.text, o.witness) for o in made.options] == [
        ("Rebel sources", "rebels"),
        ("SOHR", "sohr"),
        ("The State Gazette", "gazette"),
    ]
    assert made.key_text == "The State Gazette"
    assert made.options[1].note == "Quoted elsewhere: according to SOHR, government forces captured Town0."
    assert made.explanation.startswith("Document 005 reports, on the word of the State Gazette, that government ")


def test_a_document_that_says_it_itself_too_is_not_asked_on_whose_word() -> None:
    e = event("e", claim("2014-09-10", "005", voice="sohr"), claim("2014-09-10", "005"), at="rima")
    told = voiced()
    story = chronicle(*told.events.values(), e, voices=VOICES.values())
    ways = story.witnesses.ways["e"]
    assert isinstance(ways, tuple)
    assert [way.document for way in ways] == [""]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("sohr", "gazette", True),
        ("sohr", "military", True),
        ("gazette", "military", True),
        ("military", "rebels", True),
        ("military", "army", False),
        ("friends", "gazette", False),
        ("friends", "military", False),
        ("gazette", "desk", False),
        ("gazette", "paper", False),
        ("military", "paper", False),
        ("sohr", "sohr", False),
    ],
)
def test_voices_are_apart_where_neither_may_be_or_include_the_other(one: str, other: str, apart: bool) -> None:
    assert VOICES[one].is_apart(VOICES[other]) is apart
    assert VOICES[other].is_apart(VOICES[one]) is apart


def test_whatever_is_drawn_is_among_the_pairs() -> None:
    told = voiced()
    pairs = {(p.key_text, o.text) for p in KINDS["who-reports"].pairs(told, told.events["by-sohr"]) for o in p.options}
    drawn = {(made.key_text, option.text) for made in asked(told, "by-sohr") for option in made.options}
    assert drawn == pairs == {("SOHR", "SOHR"), ("SOHR", "Rebel sources"), ("SOHR", "The State Gazette")}


def test_a_clause_that_points_to_two_events_is_refused() -> None:
    twice = [event(key, claim("2014-05-10", "000"), at="rima") for key in ("e", "f")]
    told = chronicle(*twice, *from_each("000", "003", "004"))
    assert make(told, "who-reports", "e", 1) == Refusal("its clause points to two events")


def test_a_document_without_dates_and_a_voice_without_other_events_say_so() -> None:
    told = chronicle(*(event(f"by-{s}", claim("", s), at=f"town{n}") for n, s in enumerate(("000", "003", "004"))))
    assert asked(told, "by-003")[0].options[0].note == "It does not report this."
    quoted = [
        event(f"by-{v}", claim("", "005", voice=v, voice_name=VOICES[v].name), at=f"town{n}", sensitive=True)
        for n, v in enumerate(("sohr", "gazette", "rebels"))
    ]
    made = asked(chronicle(*quoted, voices=VOICES.values()), "by-gazette")[0]
    assert made.options[0].note == "It is quoted on other events."


def test_a_pair_is_the_key_beside_one_other() -> None:
    story = chronicle(*from_each("000", "003", "004", "005"))
    made = KINDS["who-reports"].pairs(story, story.events["by-003"])
    assert [[option.witness for option in pair.options] for pair in made] == [
        ["000", "003"],
        ["003", "004"],
        ["003", "005"],
    ]
