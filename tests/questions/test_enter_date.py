"""Enter the date: which days are right, how fast the credit falls, and what is refused."""

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.question import Facet, Mode, Question, Shape
from tests.questions.builders import chronicle, claim, event, frame


def told(*claims: ClaimFact | str, **changes: object) -> Chronicle:
    return chronicle(event("e", *claims, at="qara", **changes), *frame())


def ask(*claims: ClaimFact | str, **changes: object) -> Question:
    made = make(told(*claims, **changes), "enter-date", "e", 1)
    assert isinstance(made, Question), made
    return made


def test_a_day_is_asked_for_in_words_or_figures() -> None:
    made = ask("2014-01-15", sensitive=True)
    assert (made.id, made.kind, made.shape, made.facet) == ("enter-date/e", "enter-date", Shape.DAY, Facet.DATE)
    assert (made.options, made.key, made.events, made.sensitive) == ((), (), ("e",), True)
    assert (made.stem, made.mode) == ("On which day did this happen: government forces captured Qara?", Mode.PLAIN)
    assert made.key_text == "15 January 2014"
    assert made.explanation == "Government forces captured Qara (15 January 2014). Document 000 gives this."


@pytest.mark.parametrize(
    ("texts", "days", "half_life"),
    [
        (["2014-01-15"], ("2014-01-15", "2014-01-15"), 3.0),
        (["2014-01-14/2014-01-16"], ("2014-01-14", "2014-01-16"), 7.0),
        (["[2014-01-14..2014-01-15]"], ("2014-01-14", "2014-01-15"), 7.0),
        (["2014-01-15~", "2014-01-17"], ("2014-01-17", "2014-01-17"), 3.0),
        (["2014-01-15~", "[2014-01-17..2014-01-30]"], ("2014-01-17", "2014-01-17"), 3.0),
    ],
)
def test_any_accepted_day_is_right_and_what_is_known_less_finely_costs_less(
    texts: list[str], days: tuple[str, str], half_life: float
) -> None:
    made = ask(*(claim(text, source) for text, source in zip(texts, ["000", "003"], strict=False)))
    assert (made.days, made.half_life) == (days, half_life)


def test_the_stem_says_on_whose_word_it_stands() -> None:
    made = ask(claim("2014-01-15", voice="sohr"))
    assert made.mode == Mode.ATTRIBUTED
    assert made.stem == "According to SOHR, on which day did this happen: government forces captured Qara?"
    assert made.explanation.startswith("According to SOHR, government forces captured Qara (15 January 2014).")


def test_of_what_lasted_the_first_or_the_last_day_is_asked() -> None:
    story = told("2014-01-10/2014-01-20", clause="government forces held {place}")
    made = {q.id: q for seed in range(20) if isinstance(q := make(story, "enter-date", "e", seed), Question)}
    first, last = made["enter-date/e/first"], made["enter-date/e/last"]
    assert len(made) == 2
    assert first.stem == "What was the first day on which government forces held Qara?"
    assert last.stem == "What was the last day on which government forces held Qara?"
    assert (first.days, last.days) == (("2014-01-10", "2014-01-10"), ("2014-01-20", "2014-01-20"))
    assert (first.half_life, last.half_life) == (7.0, 7.0)
    assert first.key_text == "The first day of 10–20 January 2014"
    pairs = KINDS["enter-date"].pairs(story, story.events["e"])
    assert {question.id: question for question in pairs} == made


@pytest.mark.parametrize("changes", [{"clause": "the siege of {place} began"}, {"kind": "casualties"}])
def test_the_ends_of_a_beginning_or_of_a_total_are_not_asked(changes: dict[str, object]) -> None:
    why = "its clause tells of a beginning, an end or a total, so no day is its first or last"
    assert make(told("2014-01-10/2014-01-20", **changes), "enter-date", "e", 1) == Refusal(why)


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (told("2014-01-15~"), "its date is known to more than 3 days only"),
        (told("[..2014-01-15]"), "its date has no lower bound"),
        (told("2014-01-15", clause="rebels made 15 raids on {place}"), "a number in its clause is the day asked for"),
        (
            told("2014-01-14/2014-01-16", clause="rebels made 16 raids on {place}"),
            "a number in its clause is the day asked for",
        ),
        (told("2014-01-15", clause="government forces " + "captured " * 25), "its stem would be too long"),
        (
            chronicle(event("e", "2014-01-15", at="qara"), event("f", "2014-01-30", at="qara")),
            "its clause points to two events",
        ),
    ],
)
def test_what_has_no_honest_question_is_refused_with_its_reason(story: Chronicle, why: str) -> None:
    assert make(story, "enter-date", "e", 1) == Refusal(why)
