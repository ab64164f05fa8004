"""The chronicle in memory: order between events, what lies near in time, and how events are told."""

from datetime import date

import pytest

from quiz.chronology import parse
from quiz.gazetteer import Place
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.likeness import overlap
from quiz.questions.phases import PhaseFact
from tests.questions.builders import chronicle, claim, event

# --- Bounds -------------------------------------------------------------------------------------


def test_the_chronicle_runs_from_its_first_claim_or_phase_to_its_last_claim() -> None:
    told = chronicle(event("a", "2013-11-19", claim("2014-01", "003")), event("b", "[..2014-02-28]"))
    assert (told.first_day, told.last_day) == (date(2013, 11, 19), date(2014, 2, 28))
    phase = PhaseFact("first", "First phase", date(2013, 11, 15), date(2015, 12, 15))
    phased = chronicle(event("a", "2013-11-19"), phases=[phase])
    assert (phased.first_day, phased.last_day) == (date(2013, 11, 15), date(2013, 11, 19))


def test_an_empty_chronicle_has_no_bounds() -> None:
    told = chronicle()
    assert (told.first_day, told.last_day) == (date.min, date.max)


def test_days_that_two_dates_share() -> None:
    assert overlap([parse("2013-11-19")], [parse("2013-11")])
    assert not overlap([parse("2013-11-19")], [parse("2013-11-20"), parse("[2013-11-01..2013-11-18]")])
    assert overlap([parse("[..2013-11-19]")], [parse("2013-09-01")])
    assert not overlap([], [parse("2013-09-01")])


# --- Telling ------------------------------------------------------------------------------------


def qara() -> Chronicle:
    return chronicle(event("a", "2013-11-19", at="qara"))


def test_a_text_names_its_place() -> None:
    assert qara().texts == {"a": "government forces captured Qara"}


def test_a_name_with_an_article_takes_the_place_of_the_clauses_own() -> None:
    square = Place("square", "the main square", "site")
    told = chronicle(event("a", at="square", clause="rebels held the {place}"), places=[square])
    assert told.texts == {"a": "rebels held the main square"}


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["2013-11-19"], "19 November 2013"),
        (["2013-11-29/2013-11-30"], "29–30 November 2013"),
        (["2014-02-20~"], "around 20 February 2014"),
        (["[2014-02-01..2014-02-10]", "[2014-02-05..2014-02-20]"], "some time between 5 and 10 February 2014"),
        ([], "on a day that is not given"),
        (["2013-11-20", "2013-11-19"], "19 November 2013 or 20 November 2013"),
        (["[..2014-02-28]"], "by 28 February 2014"),
        (["2014-02-28/2014-03-02", "2014-03-02"], "2 March 2014 or 28 February – 2 March 2014"),
    ],
)
def test_a_date_is_told_as_all_claims_allow_it_or_as_each_gives_it(texts: list[str], words: str) -> None:
    told = chronicle(event("a", *(claim(text, source) for text, source in zip(texts, ["000", "003"], strict=False))))
    assert told.date_words("a") == words


def test_a_story_line_is_a_sentence_with_the_date() -> None:
    assert qara().story_line("a") == "Government forces captured Qara (19 November 2013)."


def test_a_story_line_says_on_whose_word_an_event_stands() -> None:
    told = chronicle(event("a", claim("2013-11-19", voice="sohr"), at="qara"))
    assert told.story_line("a") == "According to SOHR, government forces captured Qara (19 November 2013)."


def test_a_story_line_says_on_whose_word_its_date_stands() -> None:
    told = chronicle(event("a", claim(), claim("2013-11-19", voice="sohr"), at="qara"))
    assert told.story_line("a") == "According to SOHR, government forces captured Qara (19 November 2013)."


def test_a_story_line_of_a_disputed_date_gives_all_dates() -> None:
    told = chronicle(event("a", "2013-11-19", claim("2013-11-20", "003"), at="qara"))
    assert told.story_line("a") == "Government forces captured Qara (19 November 2013 or 20 November 2013)."


def test_the_most_telling_of_events_is_harmless_plain_and_a_turn() -> None:
    told = chronicle(
        event("a", "2013-11-19", sensitive=True),
        event("b", claim("2013-11-19", voice="sohr")),
        event("c", "2013-11-19", kind="shelling"),
        event("d", "2013-11-19"),
        event("e", "2013-11-19"),
    )
    ranked = ["d", "e", "c", "b", "a"]
    assert [told.most_telling(ranked[n:][::-1]) for n in range(5)] == ranked


def test_the_days_of_the_chronicle_hold_what_is_dated_to_them_alone_on_whose_word_ever() -> None:
    told = chronicle(
        event("a", "2013-11-19"),
        event("b", claim("2013-11-19", voice="sohr")),
        event("c", "2013-11-19/2013-11-20"),
        event("d", "2013-11-19", claim("2013-11-21", "003")),
    )
    assert dict(told.on_day) == {date(2013, 11, 19): ["a", "b"]}


def test_claims_of_which_one_narrows_the_other_down_to_a_day_date_an_event_to_it() -> None:
    told = chronicle(
        event("a", "2013-11-19", claim("[2013-11-18..2013-11-20]", "003")),
        event("b", "[2013-11-20..2013-11-22]", claim("[2013-11-22..2013-11-24]", "003")),
        event("c", "2013-11-25", claim("2013-11-25/2013-11-26", "003")),
        event("d", "2013-11-27", claim("2013-11-28", "003", overtaken=True)),
    )
    assert dict(told.on_day) == {date(2013, 11, 19): ["a"], date(2013, 11, 22): ["b"], date(2013, 11, 27): ["d"]}
    notes = told.day_notes
    near = [notes.nearest(date(2013, 11, day), date(2013, 11, day)) for day in (18, 20, 21, 24, 25)]
    assert near == ["a", "a", "b", "b", "d"]


def test_citations_say_who_says_what_and_where_in_the_order_of_the_documents() -> None:
    told = qara().citations([claim(source="003"), claim("2013-11-19", "000", voice="sohr")])
    assert [(c.source, c.source_key, c.locator, c.date, c.voice) for c in told] == [
        ("Document 000", "000", "“Section”, ¶ 1, sentence 1", "19 November 2013", "SOHR"),
        ("Document 003", "003", "“Section”, ¶ 1, sentence 1", "", ""),
    ]


@pytest.mark.parametrize(("text", "raised"), [("", ""), ("al-Jobeh", "Al-Jobeh"), ("éa B", "Éa B")])
def test_only_the_first_letter_is_raised(text: str, raised: str) -> None:
    assert capital(text) == raised


def test_unknown_keys_are_errors() -> None:
    for look_up in (qara().date_words, qara().story_line):
        with pytest.raises(KeyError):
            look_up("nobody")


def test_what_is_told_only_stands_in_no_order_and_for_no_place() -> None:
    told = chronicle(event("a", "2013-11-19", at="qara", told_only=True))
    assert (told.sequence.span, told.slot_place, told.at_place) == ({}, {}, {"qara": ["a"]})


def test_under_a_lead_only_that_witness_gives_the_dates() -> None:
    story = chronicle(event("e", claim("2014-03-21", voice="sohr"), claim("2014-04-09", voice="army")))
    assert story.story_line("e") == "According to ARMY, government forces captured the e post (9 April 2014)."


def test_dates_that_do_not_contradict_each_other_are_told_as_the_narrowest() -> None:
    story = chronicle(event("e", "[..2013-12-09]", claim("[2013-11-30..2013-12-02]", source="003"), twins=["f"]))
    assert story.date_words("e") == "some time between 30 November and 2 December 2013"
