"""What date does this source give? Who is asked for, which days stand beside its own, and what is told of them."""

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.question import Facet, Mode, Question, Shape
from tests.questions.builders import chronicle, claim, event, frame

DISPUTED = (claim("2014-01-10", "003"), claim("2014-01-15", "004"))
SEEDS = range(80)
NUMBER = "a number in its clause is the day asked for"


def story(*events: EventFact) -> Chronicle:
    return chronicle(*events, *frame())


def asked(told: Chronicle, key: str = "e") -> list[Question]:
    made = [make(told, "source-date", key, seed) for seed in SEEDS]
    assert all(isinstance(one, Question) for one in made), made[0]
    return [one for one in made if isinstance(one, Question)]


def of(made: list[Question], name: str) -> list[Question]:
    return [question for question in made if question.stem.startswith(f"According to {name}, ")]


def test_each_source_is_asked_for_its_own_day() -> None:
    made = asked(story(event("e", *DISPUTED, at="qara")))
    one, other = of(made, "Document 003")[0], of(made, "Document 004")[0]
    assert (one.id, one.shape, one.facet, one.mode) == (
        "source-date/e/003",
        Shape.CHOICE,
        Facet.SOURCE,
        Mode.DISPUTED,
    )
    assert one.stem == "According to Document 003, on which day did this happen: government forces captured Qara?"
    assert (one.options[one.key[0]].text, other.options[other.key[0]].text) == ("10 January 2014", "15 January 2014")
    assert one.key_text == "10 January 2014"
    assert one.options[one.key[0]].witness == "003"
    assert one.explanation == (
        "According to Document 003, government forces captured Qara (10 January 2014). "
        "Others differ: Document 004: 15 January 2014."
    )
    assert len(one.citations) == 2


def test_the_day_that_another_source_gives_is_always_among_the_wrong_ones_and_says_whose_it_is() -> None:
    for made in of(asked(story(event("e", *DISPUTED))), "Document 003"):
        given = next(option for option in made.options if option.text == "15 January 2014")
        assert (given.note, given.witness) == ("This day is given by Document 004.", "004")


def test_the_key_takes_each_rank_over_both_sources() -> None:
    made = asked(story(event("e", *DISPUTED)))
    assert {question.key for question in of(made, "Document 003")} == {(0,), (1,), (2,)}
    assert {question.key for question in of(made, "Document 004")} == {(1,), (2,), (3,)}


def test_a_day_that_another_source_allows_says_so() -> None:
    made = asked(story(event("e", claim("2014-01-10", "003"), claim("[2014-01-15..2014-01-20]", "004"))))
    assert of(made, "Document 003") == made
    notes = {option.note for question in made for option in question.options if option.witness == "004"}
    assert notes == {"Document 004 leaves this day possible as well (some time between 15 and 20 January 2014)."}


def test_days_that_another_source_allows_are_named_as_such_and_stand_before_others() -> None:
    """Six of some forty days that may stand beside the key are allowed by the other source."""
    made = asked(story(event("e", claim("2014-01-10", "003"), claim("[2014-01-15..2014-01-20]", "004"))))
    allowed = {f"{n} January 2014" for n in range(15, 21)}
    wrong = [option for question in made for option in question.options if option.text != question.key_text]
    assert {option.text for option in wrong if option.witness == "004"} == {o.text for o in wrong if o.text in allowed}
    assert sum(option.text in allowed for option in wrong) / len(wrong) > 0.4


def test_a_vaguer_date_is_no_other_date() -> None:
    told = story(event("e", claim("2014-01-10", "003"), claim("[2014-01-01..2014-01-20]", "004")))
    assert make(told, "source-date", "e", 1) == Refusal("its sources do not differ on its date")


def test_who_dates_both_of_two_events_that_are_perhaps_the_same_does_not_differ_from_itself() -> None:
    one = event("e", claim("2014-01-10", "003"), claim("2014-01-10", "004"), twins=["f"])
    told = story(one, event("f", claim("2014-01-15", "003"), twins=["e"], clause="government forces took the post"))
    assert make(told, "source-date", "e", 1) == Refusal("its sources do not differ on its date")


def test_a_day_within_what_lasted_is_no_other_date() -> None:
    told = story(event("e", claim("2014-01-10", "003"), claim("2014-01-10/2014-01-12", "004")))
    assert make(told, "source-date", "e", 1) == Refusal("its sources do not differ on its date")


def test_what_is_only_predicted_is_no_other_date() -> None:
    told = story(event("e", claim("2014-01-10", "003"), claim("2014-01-20", "004", stance="predicted")))
    assert make(told, "source-date", "e", 1) == Refusal("its sources do not differ on its date")


@pytest.mark.parametrize(("last", "always"), [("17", True), ("18", False)])
def test_days_of_three_at_most_stand_beside_the_key_always(last: str, always: bool) -> None:
    made = asked(story(event("e", claim("2014-01-10", "003"), claim(f"[2014-01-15..2014-01-{last}]", "004"))))
    days = {f"{n} January 2014" for n in range(15, int(last) + 1)}
    shown = [bool(days & {option.text for option in question.options}) for question in of(made, "Document 003")]
    assert all(shown) is always


@pytest.mark.parametrize(("last", "named"), [("12", {"003", "004"}), ("13", {"004"})])
def test_who_gives_four_days_is_not_asked_for_one(last: str, named: set[str]) -> None:
    made = asked(story(event("e", claim(f"[2014-01-10..2014-01-{last}]", "003"), claim("2014-01-25", "004"))))
    assert {question.id.rsplit("/", 1)[1] for question in made} == named


def test_the_narrowest_date_that_a_source_gives_is_the_key() -> None:
    vague = claim("2014-01", "003", key="vague")
    made = asked(story(event("e", vague, claim("2014-01-10", "003"), claim("2014-02-15", "004"))))
    assert {question.key_text for question in of(made, "Document 003")} == {"10 January 2014"}


def test_a_source_that_also_gives_its_day_in_words_is_asked_beside_what_is_inferred() -> None:
    inferred = claim("2014-01-10", "003", key="inferred", inferred=True)
    other = claim("2014-01-15", "004")
    assert of(asked(story(event("e", inferred, claim("2014-01-10", "003"), other))), "Document 003") != []
    assert of(asked(story(event("e", inferred, other))), "Document 003") == []


def test_a_voice_is_a_source_of_its_own() -> None:
    made = asked(story(event("e", claim("2014-01-10", "003"), claim("2014-01-15", "003", voice="sohr"))))
    assert {question.options[question.key[0]].text for question in of(made, "SOHR")} == {"15 January 2014"}
    assert {question.options[question.key[0]].text for question in of(made, "Document 003")} == {"10 January 2014"}


def test_of_events_that_are_perhaps_the_same_each_is_asked_with_its_own_claims() -> None:
    e = event("e", claim("2014-01-10", "003"), at="qara", twins=["f"])
    f = event(
        "f", *(claim(f"2014-01-{n}", s) for n, s in ((11, "004"), (14, "003"), (14, "005"))), kind="visit", twins=["e"]
    )
    made = asked(story(e, f))
    assert {question.mode for question in made} == {Mode.DISPUTED}
    assert {question.options[question.key[0]].text for question in made} == {"10 January 2014"}
    texts = {option.text for question in made for option in question.options}
    assert "11 January 2014" in texts
    assert {f"{n} January 2014" for n in (13, 14, 15)} & texts == set()
    assert made[0].explanation.endswith("These may be two events.")


def test_wrong_days_keep_two_days_from_what_the_source_says() -> None:
    made = asked(story(event("e", *DISPUTED)))
    for name, near in (("Document 003", (9, 11)), ("Document 004", (14, 16))):
        texts = {option.text for question in of(made, name) for option in question.options}
        assert {f"{n} January 2014" for n in near} & texts == set()


def test_whatever_is_drawn_is_among_the_pairs() -> None:
    told = story(event("e", *DISPUTED))
    pairs = {(p.stem, option) for p in KINDS["source-date"].pairs(told, told.events["e"]) for option in p.options}
    assert {(question.stem, option) for question in asked(told) for option in question.options} <= pairs


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (event("e", *DISPUTED, clause="the rebels made 10 raids, then 15 more"), NUMBER),
        (
            event("e", *DISPUTED[:1], claim("2014-01-15", "004", at=["rima"]), at="qara"),
            "its place is disputed, and its clause names one",
        ),
        (event("e", "2014-01-10"), "its sources do not differ on its date"),
        (event("e", claim("2014-01-10"), claim("[..2014-01-12]", "003")), "its sources do not differ on its date"),
        (event("e", *DISPUTED, told_only=True), "a state, a fear or an evaluation is told, not asked"),
        (event("e", claim("2014-01-10"), claim("2014-01-15")), "its sources do not differ on its date"),
        (event("e", claim("2014-01"), claim("2014-02", "003")), "no source that others differ from gives a day"),
        (
            event("e", claim("2014-01-10", inferred=True), claim("2014-02", "003")),
            "no source that others differ from gives a day",
        ),
        (event("e", *DISPUTED, clause="government forces " + "captured " * 25), "its stem would be too long"),
    ],
)
def test_what_has_no_honest_question_is_refused_with_its_reason(told: EventFact, reason: str) -> None:
    assert make(story(told), "source-date", "e", 1) == Refusal(reason)


def test_a_clause_that_points_to_two_events_is_refused() -> None:
    told = story(event("e", *DISPUTED, at="qara"), event("f", "2014-05-10", at="qara"))
    assert make(told, "source-date", "e", 1) == Refusal("its clause points to two events")


def test_days_without_room_for_three_wrong_ones_are_refused() -> None:
    told = chronicle(
        event("e", claim("2014-01-10", "003"), claim("2014-01-11", "004")), *frame("2014-01-10", "2014-01-12")
    )
    assert make(told, "source-date", "e", 1) == Refusal("too few days lie near that no claim allows")
