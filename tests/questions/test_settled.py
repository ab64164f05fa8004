"""Which came first, or is it not settled? Each answer is right equally often, and only where it is true."""

from collections import Counter
from typing import Any

import pytest

from quiz.chronology import Order
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.question import Facet, Mode, Question, Shape
from tests.questions.builders import chronicle, claim, event

SEEDS = range(60)
NONE_OPEN = Refusal("nothing near it in time leaves its order against it open")


def said(text: str, number: int, **changes: Any) -> ClaimFact:
    """A claim that rests on a sentence of its own."""
    return claim(text, locators=(f"“Section”, ¶ 1, sentence {number}",), **changes)


def happened(key: str, day: str, **changes: Any) -> EventFact:
    """An event at a place of its own, told in a sentence of its own."""
    return event(key, said(day, ord(key)), **{"at": f"town-{key}", **changes})


def ask(told: Chronicle, seed: int = 1, key: str = "a") -> Question:
    made = make(told, "settled", key, seed)
    assert isinstance(made, Question), made
    return made


def drawn(told: Chronicle, key: str = "a") -> dict[str, set[int]]:
    """The answers that are right beside each partner: 1 if the asked event came first, 0 if the partner, 2 if open."""
    found: dict[str, set[int]] = {}
    for made in (ask(told, seed, key) for seed in SEEDS):
        other, right = made.events[1], made.key[0]
        found.setdefault(other, set()).add(2 if right == 2 else int(made.options[right].event == key))
    return found


DAY = chronicle(happened("a", "2013-11-19"), happened("b", "2013-11-19"), happened("c", "2013-11-22"))


def test_two_events_and_a_third_answer_are_shown() -> None:
    made = ask(DAY)
    assert (made.kind, made.shape, made.facet) == ("settled", Shape.CHOICE, Facet.SEQUENCE)
    assert made.stem == "Which of these two came first, or do the documents leave it open?"
    assert sorted(option.event for option in made.options[:2]) == sorted(made.events)
    assert (made.options[2].text, made.options[2].event) == ("The documents do not settle it", "")
    assert made.id == f"settled/a/{made.events[1]}"


def test_each_answer_is_right_equally_often() -> None:
    ranks = Counter(ask(DAY, seed).key[0] for seed in range(600))
    assert sorted(ranks) == [0, 1, 2]
    assert all(160 <= count <= 240 for count in ranks.values())


def test_what_the_dates_settle_is_explained_by_them() -> None:
    made = next(made for made in (ask(DAY, seed) for seed in SEEDS) if made.key != (2,))
    assert (made.mode, made.events, made.key_text) == (Mode.PLAIN, ("a", "c"), "Government forces captured Town-A")
    assert made.explanation == "The documents give these dates: 19 November 2013, then 22 November 2013."
    assert made.options[2].note == "What the documents say does settle it."


def test_events_of_one_day_that_nobody_orders_are_not_settled() -> None:
    made = next(made for made in (ask(DAY, seed) for seed in SEEDS) if made.key == (2,))
    assert (made.mode, made.events, made.key_text) == (Mode.DISPUTED, ("a", "b"), "The documents do not settle it")
    assert made.explanation.endswith("Their dates leave the order open, and no document states it in words.")
    assert "Government forces captured Town-A (19 November 2013)." in made.explanation
    assert made.options[2].note == "What the documents say leaves it open."


def test_parties_that_contradict_each_other_leave_it_open_and_are_named_with_their_dates() -> None:
    voices = [said("2014-03-21", 1, voice="tv"), said("2014-04-09", 2, voice="army")]
    told = chronicle(event("a", *voices, at="town-a"), happened("b", "2014-03-29"), happened("c", "2014-04-20"))
    assert drawn(told) == {"b": {2}, "c": {1}}
    made = next(made for made in (ask(told, seed) for seed in SEEDS) if made.key == (2,))
    assert {option.text for option in made.options[:2]} == {
        "According to ARMY and TV, government forces captured Town-A",
        "Government forces captured Town-B",
    }
    assert "Government forces captured Town-A: 21 March 2014 (by TV) or 9 April 2014 (by ARMY)." in made.explanation
    assert made.explanation.endswith("Some of their dates put the one first, some the other.")


def test_what_an_unconfirmed_claim_reverses_is_neither_settled_nor_open() -> None:
    voices = [said("2014-03-21", 1, voice="tv", stance="unconfirmed"), said("2014-04-09", 2, voice="army")]
    told = chronicle(event("a", *voices, at="town-a"), happened("b", "2014-03-29"), happened("c", "2014-04-20"))
    assert list(KINDS["settled"].pairs(told, told.events["a"])) == []


def test_what_is_perhaps_one_event_with_two_dates_is_not_asked() -> None:
    told = chronicle(
        happened("a", "2014-03-02", twins=["t"]),
        happened("t", "2014-03-06", twins=["a"], sensitive=True),
        happened("b", "2014-03-04"),
        happened("c", "2014-03-20"),
    )
    assert list(KINDS["settled"].pairs(told, told.events["a"])) == []


def story(b: EventFact, **changes: Any) -> Chronicle:
    return chronicle(happened("a", "2013-11-19"), b, happened("c", "2013-11-22"), **changes)


@pytest.mark.parametrize(
    "b",
    [
        happened("b", "2013-11-19", at="town-a", kind="withdrawal", clause="rebels left {place}"),
        happened("b", "2013-11-19", clause="rebels left {place} for Town-A"),
        happened("b", "2013-11-19", at=None, clause="government forces met"),
        happened("b", "2013-11-19", twins=["a"]),
        event("b", claim("2013-11-19", locators=("“Section”, ¶ 1, sentence 97",)), at="town-b"),
        event("b", said("2013-11-19", 98, sentence="Early on 19 November 2013 it was taken."), at="town-b"),
        event("b", said("2013-11-19", 98, inferred=True), at="town-b"),
        happened("b", "2013-11-19", clause="government forces captured {place} at dawn"),
        happened("b", "[2013-11-18..2013-11-21]"),
        happened("b", "[..2013-11-20]"),
        happened("b", "2013-11-18/2013-11-19"),
    ],
    ids=[
        "one place", "a place named", "the same actors nowhere", "perhaps the same", "one sentence", "an hour told",
        "a date inferred", "an hour in the clause", "a wide date", "no lower bound", "began before",
    ],
)  # fmt: skip
def test_what_a_reader_could_order_after_all_is_not_called_open(b: EventFact) -> None:
    assert make(story(b), "settled", "a", 1) == NONE_OPEN


def test_what_lasted_and_began_before_another_came_first() -> None:
    told = chronicle(happened("a", "2013-11-19/2013-11-20"), happened("b", "2013-11-20"), happened("c", "2013-11-25"))
    assert make(told, "settled", "a", 1) == NONE_OPEN


@pytest.mark.parametrize("day", ["2013-11-19", "[2013-11-19..2013-11-20]", "2013-11-19/2013-11-20"])
def test_dates_to_the_day_or_nearly_so_that_overlap_are_open(day: str) -> None:
    assert drawn(story(happened("b", day)))["b"] == {2}


def test_a_stated_order_settles_it() -> None:
    told = story(happened("b", "2013-11-19"), stated=[("b", "a")])
    assert make(told, "settled", "a", 1) == NONE_OPEN


def test_what_one_document_alone_orders_is_not_called_open() -> None:
    b = event("b", said("2013-11-20", 98), said("[2013-11-19..2013-11-20]", 99, source="003"), at="town-b")
    assert make(story(b), "settled", "a", 1) == NONE_OPEN


@pytest.mark.parametrize(
    "other",
    [said("2013-11-24", 98, voice="sohr", source="003"), said("2013-11-24", 98, source="003")],
    ids=["a voice elsewhere", "another document"],
)
def test_where_all_that_date_both_agree_another_date_for_one_of_them_does_not_leave_it_open(other: ClaimFact) -> None:
    a = event("a", said("2013-11-19", 97), other, at="town-a")
    c, d = happened("c", "2013-12-02"), event("d", said("2013-11-24", 94, source="005"), at="town-d")
    told = chronicle(a, happened("b", "2013-11-21"), c, d)
    assert told.sequence.relation("a", "b") is Order.CONTESTED
    assert {made.events[1]: made.key for made in KINDS["settled"].pairs(told, a)} == {"c": (0,), "d": (2,)}
    b = event("b", said("2013-11-21", 96), said("2013-11-20", 95, source="003"), at="town-b")
    assert {made.events[1]: made.key for made in KINDS["settled"].pairs(chronicle(a, b, c), a)} == {
        "b": (2,),
        "c": (0,),
    }


def test_a_stated_order_that_dates_reverse_is_neither_settled_nor_open() -> None:
    a = event("a", said("2013-11-19", 97), said("2013-11-24", 98, source="003"), at="town-a")
    b, d = (
        event(key, said(f"2013-11-{day}", day, source="005"), at=f"town-{key}") for key, day in (("b", 21), ("d", 24))
    )
    for stated, more in (([], {"b": (2,)}), ([("b", "a")], {}), ([("a", "b")], {})):
        told = chronicle(a, b, happened("c", "2013-12-02"), d, stated=stated)
        assert {made.events[1]: made.key for made in KINDS["settled"].pairs(told, a)} == {"c": (0,), "d": (2,)} | more


def test_events_of_one_place_stand_in_no_settled_pair_either() -> None:
    c = happened("c", "2013-11-22", at="town-a", kind="withdrawal", clause="rebels left {place}")
    told = chronicle(happened("a", "2013-11-19"), happened("b", "2013-11-19"), c)
    refusal = Refusal("nothing near it in time comes definitely before or after it at another place")
    assert make(told, "settled", "a", 1) == refusal
    assert list(KINDS["settled"].pairs(told, told.events["a"])) == []


def test_an_attributed_event_makes_a_settled_question_attributed() -> None:
    a = event("a", said("2013-11-19", 97, voice="sohr"), at="town-a")
    told = chronicle(a, happened("b", "2013-11-19"), happened("c", "2013-11-22"))
    modes = {ask(told, seed).key == (2,): ask(told, seed).mode for seed in SEEDS}
    assert modes == {True: Mode.DISPUTED, False: Mode.ATTRIBUTED}


def test_what_may_stand_in_no_order_is_refused_with_its_reason() -> None:
    told = chronicle(event("z", claim()), *DAY.events.values())
    assert make(told, "settled", "z", 1) == Refusal("no claim dates it")
    assert list(KINDS["settled"].pairs(told, told.events["z"])) == []


def test_the_pairs_are_the_event_beside_each_that_may_be_drawn() -> None:
    paired = [(made.events, made.key, len(made.options)) for made in KINDS["settled"].pairs(DAY, DAY.events["a"])]
    assert sorted(paired) == [(("a", "b"), (2,), 3), (("a", "c"), (0,), 3)]
