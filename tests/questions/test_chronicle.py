"""The chronicle in memory: order between events, what lies near in time, and how events are told."""

from datetime import date

import pytest

from quiz.chronology import parse
from quiz.gazetteer import Place
from quiz.questions.chronicle import TELLING, Chronicle, PhaseFact, capital, overlap
from tests.questions.builders import chronicle, claim, event


def order_of(told: Chronicle, a: str, b: str) -> tuple[bool, bool]:
    return told.precede(a, b), told.precede(b, a)


# --- Order --------------------------------------------------------------------------------------


def test_an_event_comes_before_another_when_all_its_claims_do() -> None:
    told = chronicle(event("a", "2013-11-19", claim("2013-11-20", stance="predicted")), event("b", "2013-11-21"))
    assert order_of(told, "a", "b") == (True, False)


@pytest.mark.parametrize("stance", ["unconfirmed", "predicted", "doubts", "denies"])
def test_any_claim_of_another_day_undoes_an_order_also_one_that_does_not_vouch(stance: str) -> None:
    a = event("a", "2013-11-19", claim("2013-11-21", "003", stance=stance))
    told = chronicle(a, event("b", "2013-11-21"), event("c", "2013-11-23"))
    if stance == "predicted":
        assert order_of(told, "a", "b") == (False, False)
        assert order_of(told, "a", "c") == (True, False)
    else:
        assert "a" not in told.span


def test_an_overtaken_claim_undoes_an_order() -> None:
    told = chronicle(event("a", "2013-11-19", claim("2013-11-22", "003", overtaken=True)), event("b", "2013-11-21"))
    assert order_of(told, "a", "b") == (False, False)


@pytest.mark.parametrize(("one", "other"), [("2013-11-19", "2013-11-19"), ("2013-11-15/2013-11-19", "2013-11-19")])
def test_events_that_share_a_day_are_in_no_order(one: str, other: str) -> None:
    assert order_of(chronicle(event("a", one), event("b", other)), "a", "b") == (False, False)


def test_an_event_without_a_lower_bound_comes_before_others_and_after_none() -> None:
    told = chronicle(event("a", "[..2014-02-28]"), event("b", "2014-03-01"), event("c", "2013-09-01"))
    assert order_of(told, "a", "b") == (True, False)
    assert order_of(told, "a", "c") == (False, False)


def test_one_claim_without_a_lower_bound_takes_it_from_the_whole_event() -> None:
    told = chronicle(event("a", "2014-02-20", claim("[..2014-02-28]", "003")), event("c", "2013-09-01"))
    assert order_of(told, "a", "c") == (False, False)


def test_a_stated_order_holds_for_events_of_one_day() -> None:
    told = chronicle(event("a", "2013-11-19"), event("b", "2013-11-19"), stated=[("a", "b")])
    assert order_of(told, "a", "b") == (True, False)


def test_a_stated_order_reaches_across_others() -> None:
    events = [event(key, "2013-11-19") for key in "abc"]
    assert order_of(chronicle(*events, stated=[("b", "c"), ("a", "b")]), "a", "c") == (True, False)


@pytest.mark.parametrize("changes", [{"stance": "predicted"}, {"overtaken": True}])
def test_a_stated_order_that_any_claim_reverses_is_not_asked(changes: dict[str, object]) -> None:
    late = event("a", "2013-11-19", claim("2013-11-21", "003", **changes))
    told = chronicle(late, event("b", "2013-11-19"), event("c", "2013-11-21"), stated=[("a", "b"), ("a", "c")])
    assert order_of(told, "a", "b") == (False, False)
    assert order_of(told, "a", "c") == (True, False)


def test_events_that_are_perhaps_the_same_are_in_no_order() -> None:
    a, b = event("a", "2013-11-19", twins=["b"]), event("b", "2013-11-25", twins=["a"])
    assert order_of(chronicle(a, b), "a", "b") == (False, False)


def test_events_that_are_perhaps_the_same_are_ordered_as_a_whole() -> None:
    a, b = event("a", "2013-11-19", twins=["b"]), event("b", "2013-11-25", twins=["a"])
    told = chronicle(a, b, event("c", "2013-11-21"), event("d", "2013-11-26"))
    assert order_of(told, "a", "c") == (False, False)
    assert order_of(told, "a", "d") == (True, False)


def test_a_stated_order_that_the_perhaps_same_event_reverses_is_not_asked() -> None:
    a, b = event("a", "2013-11-19", twins=["b"]), event("b", "2013-11-25", twins=["a"])
    assert order_of(chronicle(a, b, event("c", "2013-11-19"), stated=[("a", "c")]), "a", "c") == (False, False)


def test_a_twin_that_the_chronicle_does_not_hold_changes_nothing() -> None:
    told = chronicle(event("a", "2013-11-19", twins=["gone"]), event("b", "2013-11-20"))
    assert order_of(told, "a", "b") == (True, False)


# --- What may stand in a question of order --------------------------------------------------------


def test_an_event_dated_on_a_voice_alone_stands_in_no_order() -> None:
    told = chronicle(event("a", claim(), claim("2013-11-19", voice="sohr")), event("b", "2013-11-20"))
    assert set(told.span) == {"b"}


def test_events_that_are_told_alike_stand_in_no_order() -> None:
    a = event("a", "2013-11-19", clause="rebels shelled the Road")
    b = event("b", "2013-11-20", clause="rebels shelled the road")
    told = chronicle(a, b, event("c", "2013-11-21"))
    assert (set(told.span), told.doubled) == ({"c"}, {"a", "b"})


@pytest.mark.parametrize(
    "words",
    [
        "recaptured the hill",
        "re-took the hill",
        "took the hill again",
        "reopened the road",
        "made a second attempt",
        "made another attempt",
        "began an attack",
        "started an attack",
        "ended a siege",
        "the last hill",
        "the final hill",
        "later took the hill",
        "then took the hill",
        "took the hill before dusk",
        "took the remaining hills",
        "continued an attack",
        "still held the hill",
        "AGAIN took the hill",
    ],
)
def test_words_that_tell_a_rank_keep_an_event_out_of_orders(words: str) -> None:
    told = chronicle(event("a", "2013-11-19", clause=f"government forces {words}"))
    assert told.span == {}


@pytest.mark.parametrize(
    "words",
    ["captured the hill", "was attending talks", "lent a lorry", "rested", "held an afternoon meeting", "was athirst"],
)
def test_words_that_only_look_alike_tell_no_rank(words: str) -> None:
    assert not TELLING.search(words)


def test_an_undated_event_stands_in_no_order() -> None:
    assert chronicle(event("a", claim())).span == {}


def test_the_span_of_an_event_covers_all_its_claims() -> None:
    told = chronicle(event("a", "2014-02", claim("2014-02-10", "003", stance="predicted")))
    assert told.span == {"a": (date(2014, 2, 1), date(2014, 2, 28))}


# --- Near in time -------------------------------------------------------------------------------


def test_around_an_event_are_those_before_and_after_it_within_reach() -> None:
    days = {
        "a": "2013-11-01",
        "b": "2013-11-09",
        "c": "2013-11-19",
        "d": "2013-11-19",
        "e": "2013-11-29",
        "f": "2014-01",
    }
    told = chronicle(*(event(key, day) for key, day in days.items()))
    assert told.around("c", 10) == ["b", "e"]
    assert told.around("c", 9) == []
    assert told.around("c", 18) == ["a", "b", "e"]


def test_around_an_event_are_also_those_of_its_day_in_a_stated_order() -> None:
    told = chronicle(*(event(key, "2013-11-19") for key in "abc"), stated=[("b", "a")])
    assert (told.around("a", 10), told.around("b", 10), told.around("c", 10)) == (["b"], ["a"], [])


def test_an_order_stated_of_an_undated_event_brings_nothing_near() -> None:
    told = chronicle(event("a", "2013-11-19"), event("b", claim()), stated=[("a", "b")])
    assert told.around("a", 10) == []


def test_nothing_lies_before_an_event_without_a_lower_bound() -> None:
    told = chronicle(event("a", "2014-02-20"), event("b", "[..2014-02-28]"), event("c", "2014-03-03"))
    assert told.around("b", 30) == ["c"]


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
        (["[2014-02-01..2014-02-10]", "[2014-02-05..2014-02-20]"], "at one time between 5 and 10 February 2014"),
        ([], "at a date that no document gives"),
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
    assert (told.span, told.slot_place, told.at_place) == ({}, {}, {"qara": ["a"]})


@pytest.mark.parametrize(("kind", "near"), [("attack", []), ("withdrawal", ["later"])])
def test_steps_of_one_fight_for_one_place_are_not_put_beside_each_other(kind: str, near: list[str]) -> None:
    later = event("later", "2014-01-20", at="qara", kind=kind, clause="rebels were seen near {place}")
    story = chronicle(event("e", "2014-01-15", at="qara"), later)
    assert story.around("e", 45) == near


def test_under_a_lead_only_that_witness_gives_the_dates() -> None:
    story = chronicle(event("e", claim("2014-03-21", voice="sohr"), claim("2014-04-09", voice="army")))
    assert story.story_line("e") == "According to ARMY, government forces captured the e post (9 April 2014)."


def test_dates_that_do_not_contradict_each_other_are_told_as_the_narrowest() -> None:
    story = chronicle(event("e", "[..2013-12-09]", claim("[2013-11-30..2013-12-02]", source="003"), twins=["f"]))
    assert story.date_words("e") == "at one time between 30 November and 2 December 2013"
