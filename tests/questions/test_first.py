"""Which came first? Two events, of which one came before the other by all claims or by a document's words."""

from collections import Counter

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, Refusal
from quiz.questions.making import make
from quiz.questions.question import Facet, Mode, Option, Question, Shape
from tests.questions.builders import chronicle, claim, event

SEEDS = range(60)


def ask(told: Chronicle, seed: int = 1, key: str = "b") -> Question:
    made = make(told, "first", key, seed)
    assert isinstance(made, Question), made
    return made


def week(**days: str) -> Chronicle:
    return chronicle(*(event(key, day) for key, day in days.items()))


def right(made: Question) -> list[str]:
    return [made.options[n].event for n in made.key]


def test_two_events_are_shown_of_which_one_came_first() -> None:
    told = week(a="2013-11-19", b="2013-11-22")
    made = ask(told)
    assert (made.id, made.kind, made.shape, made.facet) == ("first/b/a", "first", Shape.CHOICE, Facet.SEQUENCE)
    assert (made.mode, made.events, made.stem) == (Mode.PLAIN, ("b", "a"), "Which of these two came first?")
    assert {option.event: option for option in made.options} == {
        key: Option(f"Government forces captured the {key} post", told.story_line(key), event=key) for key in "ab"
    }
    assert right(made) == ["a"]
    assert made.key_text == "Government forces captured the a post"
    assert made.explanation == "The earlier: 19 November 2013. The later: 22 November 2013."
    assert [citation.sentence for citation in made.citations] == ["Document 000 tells of it."] * 2


@pytest.mark.parametrize("seed", SEEDS)
def test_the_right_one_is_earlier_by_every_claim(seed: int) -> None:
    days = {"a": "2013-11-19", "b": "2013-11-22", "c": "2013-11-22", "d": "2013-11-25", "e": "2013-11-20/2013-11-23"}
    made = ask(week(**days), seed)
    assert {option.event for option in made.options} in ({"a", "b"}, {"b", "d"})
    assert right(made) == [min(option.event for option in made.options)]


def test_the_right_one_stands_first_about_as_often_as_second() -> None:
    told = week(a="2013-11-19", b="2013-11-22", c="2013-11-25")
    ranks = Counter(ask(told, seed).key[0] for seed in range(400))
    assert 160 <= ranks[0] <= 240
    assert ranks[0] + ranks[1] == 400


def test_the_event_asked_about_is_the_earlier_one_about_half_the_time() -> None:
    told = week(a="2013-11-19", b="2013-11-22", c="2013-11-25", d="2013-11-26", e="2013-11-27", f="2013-11-28")
    earlier = sum(right(ask(told, seed)) == ["b"] for seed in range(400))
    assert 160 <= earlier <= 240


def test_the_two_lie_at_most_45_days_apart() -> None:
    assert ask(week(a="2013-11-01", b="2013-12-16")).events == ("b", "a")
    refusal = Refusal("nothing near it in time comes definitely before or after it")
    assert make(week(a="2013-11-01", b="2013-12-17"), "first", "b", 1) == refusal
    assert make(week(a="2013-11-01", b="2013-12-17"), "first", "a", 1) == refusal


def test_a_stated_order_of_one_day_is_asked_and_explained_as_such() -> None:
    told = chronicle(event("a", "2013-11-19"), event("b", "2013-11-19"), stated=[("b", "a")])
    made = ask(told)
    assert right(made) == ["b"]
    assert made.explanation == "Their dates alone do not settle it; a document states their order in words."


def test_the_explanation_of_a_stated_order_does_not_rest_on_missing_bounds() -> None:
    told = chronicle(event("a", "2013-11-19"), event("b", "[..2013-11-30]"), stated=[("a", "b")])
    made = ask(told)
    assert right(made) == ["a"]
    assert made.explanation == "Their dates alone do not settle it; a document states their order in words."


def test_a_sensitive_event_makes_the_question_sensitive() -> None:
    told = chronicle(event("a", "2013-11-19", sensitive=True), event("b", "2013-11-22"), event("c", "2014-05-01"))
    assert ask(told).sensitive
    assert not ask(week(a="2013-11-19", b="2013-11-22")).sensitive


@pytest.mark.parametrize(
    "told",
    [
        claim(),
        claim("2013-11-22", voice="sohr"),
        claim("2013-11-22", infobox=True),
        claim("2013-11-22", stance="unconfirmed"),
        claim("2013-11-22", overtaken=True),
    ],
)
def test_what_is_not_dated_plainly_is_in_no_order(told: ClaimFact) -> None:
    story = chronicle(event("a", "2013-11-19"), event("b", told))
    assert make(story, "first", "b", 1) == Refusal("its order against others is not told plainly")


def test_nothing_else_in_a_definite_order_leaves_nothing_to_ask() -> None:
    told = week(a="2013-11-22", b="2013-11-22")
    assert make(told, "first", "b", 1) == Refusal("nothing near it in time comes definitely before or after it")
