"""Choose the date: the right day or span, three wrong ones, and what the question says of each."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.making import make
from quiz.questions.question import Facet, Mode, Option, Question, Shape
from tests.questions.builders import chronicle, claim, event, frame

SEEDS = range(40)


def told(*claims: ClaimFact | str, others: tuple[EventFact, ...] = (), **changes: object) -> Chronicle:
    """A chronicle with room at both ends around one event that is asked about."""
    return chronicle(event("e", *claims, at="qara", **changes), *others, *frame())


def ask(story: Chronicle, seed: int = 1, key: str = "e") -> Question:
    made = make(story, "choose-date", key, seed)
    assert isinstance(made, Question), made
    return made


def reason(story: Chronicle, key: str = "e") -> str:
    made = make(story, "choose-date", key, 1)
    assert isinstance(made, Refusal), made
    return made.reason


def day(text: str) -> date:
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 (days have no zone)


def test_a_day_is_asked_with_four_days_in_order() -> None:
    made = ask(told("2014-01-15"))
    assert (made.kind, made.shape, made.facet, made.mode) == ("choose-date", Shape.CHOICE, Facet.DATE, Mode.PLAIN)
    assert (made.id, made.events, made.days, made.sensitive) == ("choose-date/e", ("e",), None, False)
    assert made.stem == "On which day was it that government forces captured Qara?"
    days = [day(option.text) for option in made.options]
    assert days == sorted(set(days))
    assert len(days) == 4
    assert [made.options[n].text for n in made.key] == ["15 January 2014"]
    assert made.key_text == "15 January 2014"
    assert made.explanation == "Government forces captured Qara (15 January 2014). Document 000 gives this."
    assert [citation.source for citation in made.citations] == ["Document 000"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_other_days_lie_from_two_to_21_days_from_the_accepted_ones(seed: int) -> None:
    story = told("2014-01-14/2014-01-16", claim("2014-01-20", "003", stance="predicted"))
    made = ask(story, seed)
    barred = {date(2014, 1, d) for d in (13, 14, 15, 16, 17, 19, 20, 21)}
    wrong = {day(option.text) for n, option in enumerate(made.options) if n not in made.key}
    assert len(wrong) == 3
    assert wrong & barred == set()
    assert min(wrong) >= date(2014, 1, 14) - timedelta(days=21)
    assert max(wrong) <= date(2014, 1, 16) + timedelta(days=21)


def test_any_accepted_day_of_up_to_three_may_be_the_key() -> None:
    story = told("2014-01-14/2014-01-16")
    keys = {made.options[made.key[0]].text for made in (ask(story, seed) for seed in SEEDS)}
    assert keys == {"14 January 2014", "15 January 2014", "16 January 2014"}
    assert ask(story).key_text == "14–16 January 2014"


def test_the_key_takes_each_rank_about_as_often() -> None:
    story = told("2014-01-15")
    ranks = Counter(ask(story, seed).key[0] for seed in range(800))
    assert set(ranks) == {0, 1, 2, 3}
    assert all(150 <= count <= 250 for count in ranks.values()), ranks


def test_no_wrong_day_lies_before_the_first_day_of_the_chronicle() -> None:
    story = chronicle(event("e", "2014-01-15"), *frame("2014-01-14"))
    assert {ask(story, seed).key for seed in SEEDS} == {(0,)}


def test_days_on_which_something_happened_are_preferred_and_say_what() -> None:
    busy = tuple(event(f"f{n}", f"2014-01-{n:02}", kind="visit") for n in (5, 7, 9, 11, 12, 13, 18, 19, 20, 21, 22, 23))
    story = told("2014-01-15", others=busy)
    for seed in SEEDS:
        for n, option in enumerate(ask(story, seed).options):
            key = "e" if n in ask(story, seed).key else f"f{day(option.text).day}"
            assert option == Option(option.text, story.story_line(key), event=key)


def test_a_day_on_which_nothing_happened_says_so() -> None:
    made = ask(told("2014-01-15"))
    wrong = {option for n, option in enumerate(made.options) if n not in made.key}
    assert {(option.note, option.event) for option in wrong} == {
        ("The chronicle dates no event to this day alone.", "")
    }
    assert made.options[made.key[0]].note == "Government forces captured Qara (15 January 2014)."


def test_a_day_that_one_of_several_claims_gives_is_left_without_a_note() -> None:
    busy = tuple(
        event(f"f{n}", f"2014-01-{n:02}", claim(f"2014-01-{n + 1:02}", "003"), kind="visit") for n in range(17, 30)
    )
    made = ask(chronicle(event("e", "2014-01-15", at="qara"), *busy, *frame("2014-01-14", "2014-01-28")))
    assert {(option.note, option.event) for option in made.options[1:]} == {("", "")}


def test_a_day_on_which_something_happened_on_a_voice_says_on_whose() -> None:
    busy = tuple(event(f"f{n}", claim(f"2014-01-{n:02}", voice="sohr"), kind="visit") for n in range(17, 32))
    made = ask(chronicle(event("e", "2014-01-15", at="qara"), *busy, *frame("2014-01-14")))
    assert all(option.note.startswith("According to SOHR") for option in made.options[1:])


# --- Spans --------------------------------------------------------------------------------------


def spans(made: Question) -> list[str]:
    return [option.text for option in made.options]


def test_a_third_of_a_month_stands_beside_thirds_that_do_not_touch_it() -> None:
    story = told("[2014-01-11..2014-01-20]")
    made = ask(story)
    assert made.stem == "Between which days was it that government forces captured Qara?"
    assert [made.options[n].text for n in made.key] == ["11–20 January 2014"]
    assert {text for seed in SEEDS for text in spans(ask(story, seed))} == {
        "1–10 December 2013",
        "11–20 December 2013",
        "21–31 December 2013",
        "11–20 January 2014",
        "1–10 February 2014",
        "11–20 February 2014",
        "21–28 February 2014",
    }


def test_a_month_stands_beside_months() -> None:
    story = told("2014-01")
    seen = {text for seed in SEEDS for text in spans(ask(story, seed))}
    assert seen == {
        "September 2013",
        "October 2013",
        "November 2013",
        "January 2014",
        "March 2014",
        "April 2014",
        "May 2014",
    }
    assert ask(story).key_text == "In January 2014"


def test_a_stretch_of_days_stands_beside_stretches_as_long() -> None:
    story = told("2014-01-13/2014-01-17")
    made = ask(story)
    assert made.stem == "On which days was it that government forces captured Qara?"
    assert {text for seed in SEEDS for text in spans(ask(story, seed))} == {
        "28 December 2013 – 1 January 2014",
        "2–6 January 2014",
        "7–11 January 2014",
        "13–17 January 2014",
        "19–23 January 2014",
        "24–28 January 2014",
        "29 January – 2 February 2014",
    }


def test_spans_touch_no_claim_and_start_within_the_chronicle() -> None:
    story = chronicle(
        event("e", "2014-01-13/2014-01-17", claim("2014-01-25", "003", stance="predicted")), *frame("2014-01-03")
    )
    assert {text for seed in SEEDS for text in spans(ask(story, seed))} == {
        "7–11 January 2014",
        "13–17 January 2014",
        "19–23 January 2014",
        "29 January – 2 February 2014",
        "3–7 February 2014",
    }


def test_spans_say_nothing_of_what_happened_in_them() -> None:
    made = ask(told("2014-01"))
    assert {(o.note, o.event) for n, o in enumerate(made.options) if n not in made.key} == {("", "")}


# --- Wording, refusals --------------------------------------------------------------------------


def test_the_stem_says_on_whose_word_it_stands() -> None:
    made = ask(told(claim("2014-01-15", voice="sohr")))
    assert made.mode == Mode.ATTRIBUTED
    assert made.stem == "According to SOHR, on which day was it that government forces captured Qara?"


def test_a_sensitive_event_makes_a_sensitive_question() -> None:
    assert ask(told("2014-01-15", sensitive=True)).sensitive


def test_a_number_that_is_the_day_is_refused_and_another_one_is_not() -> None:
    clause = "government forces made 15 raids on {place}"
    assert reason(told("2014-01-15", clause=clause)) == "a number in its clause is the day asked for"
    assert ask(told("2014-01-16", clause=clause)).options


def test_a_number_does_not_matter_where_a_span_is_asked() -> None:
    assert ask(told("2014-01-13/2014-01-17", clause="government forces made 13 raids on {place}"))


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (told(), "no claim dates it"),
        (told("2014-01-15", claim("2014-01-17", "003")), "its date is disputed"),
        (told("2014-01-15", others=(event("f", "2014-01-30", at="qara"),)), "its clause points to two events"),
        (told("2014-01-15", clause="government forces " + "captured " * 25), "its stem would be too long"),
        (told("2014-01-15", clause="somebody asked: why {place}?"), "its stem holds more than one question"),
        (
            chronicle(event("e", "2014-01-15"), *frame("2014-01-13", "2014-01-17")),
            "too few days lie near that no claim allows",
        ),
    ],
)
def test_what_has_no_honest_question_is_refused_with_its_reason(story: Chronicle, why: str) -> None:
    assert reason(story) == why
