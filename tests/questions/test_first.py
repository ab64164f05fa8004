"""Which came first? Two events, of which one came before the other by all claims or by a document's words."""

from collections import Counter
from typing import Any

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, Refusal
from quiz.questions.making import KINDS, make
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
    assert made.explanation == "The documents give these dates: 19 November 2013, then 22 November 2013."
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


def test_the_two_lie_at_most_60_days_apart() -> None:
    assert ask(week(a="2013-11-01", b="2013-12-31")).events == ("b", "a")
    refusal = Refusal("nothing near it in time comes definitely before or after it")
    assert make(week(a="2013-11-01", b="2014-01-01"), "first", "b", 1) == refusal
    assert make(week(a="2013-11-01", b="2014-01-01"), "first", "a", 1) == refusal


def test_a_stated_order_of_one_day_is_asked_and_explained_as_such() -> None:
    told = chronicle(event("a", "2013-11-19"), event("b", "2013-11-19", agents=["rebels"]), stated=[("b", "a")])
    made = ask(told)
    assert right(made) == ["b"]
    assert made.explanation.endswith("Where these leave it open, a document states the order in words.")


def test_the_explanation_of_a_stated_order_does_not_rest_on_missing_bounds() -> None:
    told = chronicle(event("a", "2013-11-19"), event("b", "[..2013-11-30]", agents=["rebels"]), stated=[("a", "b")])
    made = ask(told)
    assert right(made) == ["a"]
    assert made.explanation.endswith("Where these leave it open, a document states the order in words.")


def test_a_sensitive_event_makes_the_question_sensitive() -> None:
    told = chronicle(event("a", "2013-11-19", sensitive=True), event("b", "2013-11-22"), event("c", "2014-05-01"))
    assert ask(told).sensitive
    assert not ask(week(a="2013-11-19", b="2013-11-22")).sensitive


def test_what_may_stand_in_no_order_is_refused_with_its_reason() -> None:
    story = chronicle(event("a", "2013-11-19"), event("b", claim()))
    assert make(story, "first", "b", 1) == Refusal("no claim dates it")


@pytest.mark.parametrize(
    ("told", "lead"),
    [
        (claim("2013-11-22", voice="sohr"), "According to SOHR, "),
        (claim("2013-11-22", infobox=True), "According to Document 000, "),
        (claim("2013-11-22", stance="unconfirmed"), "According to Document 000, "),
    ],
)
def test_what_is_not_told_plainly_is_asked_on_somebodys_word(told: ClaimFact, lead: str) -> None:
    story = chronicle(event("a", "2013-11-19"), event("b", told))
    made = ask(story)
    assert (made.mode, right(made)) == (Mode.ATTRIBUTED, ["a"])
    assert {option.event: (option.text, option.note) for option in made.options} == {
        "a": ("Government forces captured the a post", "Government forces captured the a post (19 November 2013)."),
        "b": (
            f"{lead}government forces captured the b post",
            f"{lead}government forces captured the b post (22 November 2013).",
        ),
    }
    assert made.stem == "Which of these two came first?"


def test_under_a_lead_of_several_the_note_gives_all_their_dates() -> None:
    story = chronicle(
        event("a", "2013-11-19"), event("b", claim("2013-11-22", voice="tv"), claim("2013-11-24", voice="sohr"))
    )
    noted = {option.event: option.note for option in ask(story).options}
    assert noted["b"] == (
        "According to SOHR and TV, government forces captured the b post (22 November 2013 or 24 November 2013)."
    )


def by_document() -> Chronicle:
    """Document 000 puts a before b; document 003 dates b only, without a lower bound."""
    return chronicle(event("a", "2014-03-14"), event("b", "2014-04-26", claim("[..2014-04-30]", "003")))


def test_an_order_that_a_document_alone_gives_is_asked_with_its_name() -> None:
    made = ask(by_document())
    assert made.stem == "According to Document 000, which of these two came first?"
    assert (made.mode, right(made)) == (Mode.ATTRIBUTED, ["a"])
    assert {option.text for option in made.options} == {f"Government forces captured the {key} post" for key in "ab"}
    assert made.explanation == (
        "Document 000 dates the earlier to 14 March 2014 and the later to 26 April 2014. "
        "No document contradicts this order, but not all dates are narrow enough to confirm it."
    )
    assert right(ask(by_document(), key="a")) == ["a"]


def test_a_lead_and_the_length_of_a_text_tell_nothing_of_the_order() -> None:
    """All but one of those before stand on a voice, and all but one of those after do not."""
    at_length = {"a", "b", "c", "g"}
    told = chronicle(
        *(
            event(key, claim(f"2013-11-{11 + n}", voice="sohr" if key in at_length else ""))
            for n, key in enumerate("abxcdefgh")
            if key != "x"
        ),
        event("x", "2013-11-13"),
    )
    drawn = [ask(told, seed, "d") for seed in range(300)]
    asked = Counter((made.events[1] in at_length, right(made) == ["d"]) for made in drawn)
    assert sorted(asked) == [(False, False), (False, True), (True, False), (True, True)]
    assert all(50 <= count <= 100 for count in asked.values())


def test_an_event_with_others_on_one_side_only_stands_beside_those_told_as_it_is() -> None:
    told = chronicle(event("a", "2013-11-19"), event("b", claim("2013-11-20", voice="sohr")), event("c", "2013-11-21"))
    assert {ask(told, seed, "a").events for seed in SEEDS} == {("a", "c")}


def test_an_order_that_any_party_reverses_is_not_asked_by_document_either() -> None:
    doubt = claim("2014-03-01", voice="tv", stance="unconfirmed")
    told = chronicle(event("a", "2014-03-14"), event("b", "2014-04-26", claim("[..2014-04-30]", "003"), doubt))
    assert make(told, "first", "a", 1) == Refusal("nothing near it in time comes definitely before or after it")


@pytest.mark.parametrize("changes", [{"kind": "killing"}, {"clause": "two people were killed", "sensitive": True}])
def test_who_was_killed_is_put_in_no_order(changes: dict[str, Any]) -> None:
    told = chronicle(event("a", "2013-11-19", **changes), event("b", "2013-11-22"))
    refused = Refusal("it counts the dead or lays a killing on somebody: such events are not put in order")
    assert make(told, "first", "a", 1) == refused
    assert make(told, "first", "b", 1) == Refusal("nothing near it in time comes definitely before or after it")


def test_an_abduction_comes_with_a_note_on_its_content() -> None:
    assert ask(
        chronicle(event("a", "2013-11-19", kind="abduction", sensitive=True), event("b", "2013-11-22"))
    ).sensitive


def test_the_pairs_are_the_event_beside_each_other_that_may_be_drawn() -> None:
    told = week(a="2013-11-19", b="2013-11-22", c="2013-11-22", d="2013-11-25")
    paired = {(made.events, tuple(right(made))) for made in KINDS["first"].pairs(told, told.events["b"])}
    assert paired == {(("b", "a"), ("a",)), (("b", "d"), ("b",))}
    assert {ask(told, seed).events for seed in SEEDS} == {events for events, _ in paired}
    assert list(KINDS["first"].pairs(by_document(), by_document().events["a"])) != []


def test_what_may_stand_in_no_order_has_no_pairs() -> None:
    told = chronicle(event("a", "2013-11-19"), event("b", claim()))
    assert list(KINDS["first"].pairs(told, told.events["b"])) == []


def test_nothing_else_in_a_definite_order_leaves_nothing_to_ask() -> None:
    told = week(a="2013-11-22", b="2013-11-22")
    assert make(told, "first", "b", 1) == Refusal("nothing near it in time comes definitely before or after it")
