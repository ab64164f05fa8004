"""The order of events: which came before which, by whose word, and which lie near each other in time."""

from datetime import date
from typing import Any

import pytest

from quiz.chronology import Order
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.leads import TELLING, listed
from quiz.questions.sequence import closed
from tests.questions.builders import chronicle, claim, event, place


def order_of(told: Chronicle, a: str, b: str) -> tuple[bool, bool]:
    return told.sequence.precede(a, b), told.sequence.precede(b, a)


# --- Order --------------------------------------------------------------------------------------


def test_an_event_comes_before_another_when_all_its_claims_do() -> None:
    told = chronicle(event("a", "2013-11-19", claim("2013-11-20", stance="predicted")), event("b", "2013-11-21"))
    assert order_of(told, "a", "b") == (True, False)


@pytest.mark.parametrize("stance", ["unconfirmed", "predicted", "doubts", "denies"])
def test_any_claim_of_another_day_undoes_an_order_also_one_that_does_not_vouch(stance: str) -> None:
    a = event("a", "2013-11-19", claim("2013-11-21", "003", stance=stance))
    told = chronicle(a, event("b", "2013-11-21"), event("c", "2013-11-23"))
    assert (order_of(told, "a", "b"), order_of(told, "a", "c")) == ((False, False), (True, False))


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


def test_stated_orders_are_closed_across_others_each_once() -> None:
    pairs = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]
    assert closed(pairs) == frozenset({*pairs, ("a", "d")})


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


def test_an_event_dated_on_a_voice_alone_stands_in_orders_too() -> None:
    told = chronicle(event("a", claim(), claim("2013-11-19", voice="sohr")), event("b", "2013-11-20"))
    assert order_of(told, "a", "b") == (True, False)


def test_events_that_are_told_alike_stand_in_no_order() -> None:
    a = event("a", "2013-11-19", clause="rebels shelled the Road")
    b = event("b", "2013-11-20", clause="rebels shelled the road")
    told = chronicle(a, b, event("c", "2013-11-21"))
    assert (set(told.sequence.span), told.doubled) == ({"c"}, {"a", "b"})


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
    assert told.sequence.span == {}


@pytest.mark.parametrize(
    "words",
    ["captured the hill", "was attending talks", "lent a lorry", "rested", "held an afternoon meeting", "was athirst"],
)
def test_words_that_only_look_alike_tell_no_rank(words: str) -> None:
    assert not TELLING.search(words)


def test_an_undated_event_stands_in_no_order() -> None:
    assert chronicle(event("a", claim())).sequence.span == {}


def test_the_span_of_an_event_covers_all_its_claims() -> None:
    told = chronicle(event("a", "2014-02", claim("2014-02-10", "003", stance="predicted")))
    assert told.sequence.span == {"a": (date(2014, 2, 1), date(2014, 2, 28))}


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
    assert told.sequence.around("c", 10) == ["b", "e"]
    assert told.sequence.around("c", 9) == []
    assert told.sequence.around("c", 18) == ["a", "b", "e"]


def test_around_an_event_are_also_those_of_its_day_in_a_stated_order() -> None:
    told = chronicle(*(event(key, "2013-11-19", agents=[key]) for key in "abc"), stated=[("b", "a")])
    assert (told.sequence.around("a", 10), told.sequence.around("b", 10), told.sequence.around("c", 10)) == (
        ["b"],
        ["a"],
        [],
    )


def test_an_order_stated_of_an_undated_event_brings_nothing_near() -> None:
    told = chronicle(event("a", "2013-11-19"), event("b", claim()), stated=[("a", "b")])
    assert told.sequence.around("a", 10) == []


def test_nothing_lies_before_an_event_without_a_lower_bound() -> None:
    told = chronicle(event("a", "2014-02-20"), event("b", "[..2014-02-28]"), event("c", "2014-03-03"))
    assert told.sequence.around("b", 30) == ["c"]


@pytest.mark.parametrize(("kind", "near"), [("attack", []), ("withdrawal", []), ("statement", ["later"])])
def test_steps_of_one_fight_for_one_place_are_not_put_beside_each_other(kind: str, near: list[str]) -> None:
    later = event("later", "2014-01-20", at="qara", kind=kind, clause="rebels were seen near {place}")
    story = chronicle(event("e", "2014-01-15", at="qara"), later)
    assert story.sequence.around("e", 45) == near


def test_who_is_let_go_was_taken_before() -> None:
    taken = event("a", "2014-01-15", kind="abduction", clause="two men were seized at the post")
    story = chronicle(taken, event("b", "2014-01-20", kind="release", clause="three men were let go"))
    assert story.sequence.around("a", 45) == []


def test_what_the_same_ones_did_one_after_the_other_on_one_day_is_not_asked_in_order() -> None:
    told = chronicle(
        *(event(key, "2013-11-19") for key in "ab"), event("c", "2013-11-20"), stated=[("b", "a"), ("a", "c")]
    )
    assert told.sequence.around("a", 10) == ["c"]


# --- On whose word ------------------------------------------------------------------------------


def test_what_is_told_plainly_has_no_lead_and_the_rest_the_one_of_its_witness() -> None:
    told = chronicle(
        event("a", "2013-11-19"),
        event("b", claim(), claim("2013-11-20", voice="sohr")),
        event("c", claim("2013-11-21", stance="unconfirmed")),
    )
    assert told.sequence.leads == {"a": "", "b": "According to SOHR", "c": "According to Document 000"}


def test_all_who_date_an_attributed_event_differently_are_named() -> None:
    voices = [claim("2014-04-09", voice=voice) for voice in ("army", "sohr")]
    told = chronicle(
        event("a", *voices, claim("2014-03-21", voice="tv"), claim("2014-01", voice="seer", overtaken=True))
    )
    assert told.sequence.leads == {"a": "According to ARMY, SOHR and TV"}


def test_why_an_event_stands_in_no_order_is_recorded() -> None:
    told = chronicle(
        event("a", claim()),
        event("b", "2013-11-19", told_only=True),
        event("c", claim("2013-11-19", stance="predicted")),
        event("d", "2013-11-19", clause="rebels took the hill again"),
        event("e", "2013-11-19", clause="rebels held talks in November"),
        event("f", "2013-11-19", clause="rebels met"),
        event("g", "2013-11-19", clause="Rebels met"),
    )
    assert told.sequence.refused == {
        "a": Refusal("no claim dates it"),
        "b": Refusal("a state, a fear or an evaluation is told, not asked"),
        "c": Refusal("no claim vouches for it"),
        "d": Refusal("its wording tells where in the story it stands"),
        "e": Refusal("its wording tells where in the story it stands"),
        "f": Refusal("its clause points to two events"),
        "g": Refusal("its clause points to two events"),
    }
    assert told.sequence.span == {}


@pytest.mark.parametrize(("names", "words"), [(["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")])
def test_names_are_listed_as_a_sentence_holds_them(names: list[str], words: str) -> None:
    assert listed(names) == words


# --- What the documents say together -----------------------------------------------------------------


def relation(*events: EventFact, **changes: Any) -> tuple[Order, Order]:
    told = chronicle(*events, **changes)
    return told.sequence.relation("a", "b"), told.sequence.relation("b", "a")


def test_a_definite_order_stands_whether_by_dates_or_by_words() -> None:
    by_words = relation(event("a", "2013-11-19"), event("b", "2013-11-19"), stated=[("a", "b")])
    by_dates = relation(event("a", "2013-11-19"), event("b", "2013-11-20"))
    assert by_words == by_dates == (Order.BEFORE, Order.AFTER)


def test_documents_that_put_either_first_contest_an_order() -> None:
    a = event("a", "2013-11-19", claim("2013-11-25", "003"))
    assert relation(a, event("b", "2013-11-21")) == (Order.CONTESTED, Order.CONTESTED)


def test_parties_that_one_document_quotes_contest_an_order_also_where_each_dates_one_event_only() -> None:
    a = event("a", claim("2014-03-21", voice="tv", stance="unconfirmed"), claim("2014-04-09", voice="army"))
    assert relation(a, event("b", "2014-03-29")) == (Order.CONTESTED, Order.CONTESTED)


def test_a_document_that_dates_both_does_not_undo_a_contest() -> None:
    a = event("a", "2014-04-14", claim("2014-04-07", voice="tv"))
    assert relation(a, event("b", "2014-04-09")) == (Order.CONTESTED, Order.CONTESTED)


def test_what_is_perhaps_one_event_contests_an_order_with_its_two_dates() -> None:
    a, c = event("a", "2014-03-02", twins=["c"]), event("c", "2014-03-06", twins=["a"])
    assert relation(a, c, event("b", "2014-03-04")) == (Order.CONTESTED, Order.CONTESTED)


def test_events_of_one_day_are_open() -> None:
    assert relation(event("a", "2013-11-19"), event("b", "2013-11-19")) == (Order.OPEN, Order.OPEN)


def test_an_order_by_the_one_document_that_dates_both_is_that_documents() -> None:
    b = event("b", "2014-04-26", claim("[..2014-04-30]", "003"))
    assert relation(event("a", "2014-03-14"), b) == (Order.SOURCE_BEFORE, Order.SOURCE_AFTER)


@pytest.mark.parametrize(
    "more",
    [
        claim("2014-03-14", "003"),
        claim("2014-03-01", "003", overtaken=True),
        claim("2014-03-01", voice="tv", stance="unconfirmed"),
    ],
)
def test_another_document_or_party_that_does_not_agree_undoes_a_documents_order(more: ClaimFact) -> None:
    a = event("a", "2014-03-14", claim("2014-03-14", "003"))
    told = chronicle(a, event("b", "2014-04-26", more), event("c", "2014-04-26", claim("2014-04-28", "003")))
    assert told.sequence.documents_before("a", "b") == []
    assert told.sequence.documents_before("a", "c") == ["000", "003"]


def test_only_a_document_that_says_it_itself_is_named() -> None:
    b = event("b", claim("2014-04-26", voice="sohr"), claim("[..2014-04-30]", "003"))
    assert chronicle(event("a", "2014-03-14"), b).sequence.documents_before("a", "b") == []


def test_a_stated_order_undoes_the_reverse_one_by_dates() -> None:
    b = event("b", "2014-04-26", claim("[..2014-04-30]", "003"))
    told = chronicle(event("a", "2014-03-14"), b, stated=[("b", "a")])
    assert told.sequence.documents_before("a", "b") == []


def test_beside_an_event_are_those_in_no_definite_order_with_it() -> None:
    days = {
        "a": "2013-11-18",
        "b": "2013-11-19",
        "c": "2013-11-19",
        "d": "2013-11-15/2013-11-20",
        "e": "[..2013-11-30]",
    }
    told = chronicle(*(event(key, day) for key, day in days.items()))
    assert told.sequence.beside("b", 20) == ["c", "d", "e"]
    assert told.sequence.beside("b", 2) == ["c", "d"]


def test_beside_an_event_without_a_lower_bound_are_the_last_that_may_have_come_before() -> None:
    told = chronicle(event("a", "2013-11-01"), event("b", "2013-11-25"), event("e", "[..2013-11-30]"))
    assert told.sequence.beside("e", 10) == ["b"]


def test_an_event_has_to_do_with_its_places_those_of_its_twins_and_those_that_it_names() -> None:
    hills = place("hills", kind="mountains")
    told = chronicle(
        event("a", "2013-11-19", places={"qara": "at", "hills": "near"}, twins=["b"], clause="rebels left Maaloula"),
        event("b", "2013-11-19", at="rima", twins=["a"]),
        event("c", "2013-11-19", at="maaloula"),
        places=[hills],
    )
    assert told.sequence.told_places("a") == {"qara", "rima", "maaloula"}
