"""Type the place: the stem of choosing it, no options, and places that are asked back."""

import pytest

from quiz.gazetteer import Place
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.marking import Answer, InvalidAnswer, mark
from quiz.questions.question import Facet, Mode, Question, Shape
from quiz.questions.type_place import MOST_ASIDE
from tests.questions.builders import chronicle, claim, event, frame, place, towns

LONG = "government forces made their way from the hills and captured {place}"


def told(
    *claims: ClaimFact | str,
    others: tuple[EventFact, ...] = (),
    places: tuple[Place, ...] = (),
    roles: dict[str, str] | None = None,
    **changes: object,
) -> Chronicle:
    listed = {one.key: one for one in (*towns("qara", "rima", "tfail"), *places)}
    asked = event("e", *claims, at="qara", places=roles or {"qara": "at"}, **changes)
    return chronicle(asked, *others, *frame(), places=listed.values())


def ask(story: Chronicle) -> Question:
    made = make(story, "type-place", "e", 1)
    assert isinstance(made, Question), made
    return made


def test_a_place_is_asked_for_without_options() -> None:
    made = ask(told("2014-01-15"))
    assert (made.id, made.kind, made.shape) == ("type-place/e", "type-place", Shape.PLACE)
    assert (made.facet, made.mode, made.events) == (Facet.PLACE, Mode.PLAIN, ("e",))
    assert made.stem == "On 15 January 2014, government forces captured which town or village?"
    assert (made.options, made.key, made.places, made.aside) == ((), (), ("qara",), ())
    assert made.key_text == "Qara"
    assert made.explanation == "Government forces captured Qara. Document 000 gives this."
    assert [one.source_key for one in made.citations] == ["000"]


def test_the_stem_says_on_whose_word_the_place_stands() -> None:
    made = ask(told(claim("2014-01-15", voice="sohr"), sensitive=True))
    assert (made.mode, made.sensitive) == (Mode.ATTRIBUTED, True)
    assert made.stem == "According to SOHR, on 15 January 2014, government forces captured which town or village?"


def test_the_one_pair_is_the_question_itself() -> None:
    story = told("2014-01-15")
    assert list(KINDS["type-place"].pairs(story, story.events["e"])) == [ask(story)]
    assert list(KINDS["type-place"].pairs(story, story.events["opening"])) == []


def test_what_holds_the_place_and_what_lies_in_it_is_asked_back() -> None:
    nested = (
        place("qara", parent="hills"),
        place("hills", None, "region", parent="land"),
        place("land", None, "country"),
        place("square", 0.2, "site", parent="qara"),
        place("well", 0.2, "site", parent="square"),
    )
    assert ask(told("2014-01-15", places=nested)).aside == ("hills", "land", "square", "well")


def test_other_places_of_the_event_and_its_claims_are_asked_back_in_any_role() -> None:
    doubted = claim("2014-01-15", "003", stance="doubts", at=["tfail"])
    story = told("2014-01-15", claim("2014-01-15", "001"), doubted, roles={"qara": "at", "rima": "toward"})
    assert ask(story).aside == ("rima", "tfail")


def test_places_of_perhaps_the_same_event_are_asked_back() -> None:
    twin = event("t", "2014-03-01", at="rima", kind="visit", sides=["lebanon"], twins=["e"])
    assert ask(told("", clause=LONG, others=(twin,), twins=["t"])).aside == ("rima",)


@pytest.mark.parametrize(
    ("when", "changes", "aside"),
    [
        ("2014-01-15", {}, ("rima",)),
        ("2014-01-16", {}, ()),
        ("2014-01", {}, ("rima",)),
        ("", {}, ("rima",)),
        ("2014-01-15", {"sides": ["opposition"]}, ()),
        ("2014-01-15", {"sides": []}, ("rima",)),
        ("2014-01-15", {"kind": "entry"}, ("rima",)),
        ("2014-01-15", {"kind": "visit"}, ()),
    ],
)
def test_the_place_of_an_event_told_alike_on_the_same_days_is_asked_back(
    when: str, changes: dict[str, object], aside: tuple[str, ...]
) -> None:
    like = event("like", claim(when), at="rima", **{"clause": "the army took {place}", **changes})
    assert ask(told("2014-01-15", others=(like,))).aside == aside


def test_without_a_date_in_the_stem_the_place_of_an_event_told_alike_at_any_time_is_asked_back() -> None:
    like = event("like", "2014-05-01", at="rima")
    assert ask(told("", clause=LONG, others=(like,))).aside == ("rima",)


def test_a_clause_that_may_be_true_of_many_places_is_refused() -> None:
    def with_others(count: int) -> Chronicle:
        keys = [f"town-{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(count)]
        acts = tuple(event(f"at-{key}", "2014-01-15", at=key, clause="the army took {place}") for key in keys)
        return told("2014-01-15", others=acts, places=tuple(place(key, 2.0) for key in keys))

    assert len(ask(with_others(MOST_ASIDE)).aside) == MOST_ASIDE
    refusal = Refusal("its clause could be true of too many places")
    assert make(with_others(MOST_ASIDE + 1), "type-place", "e", 1) == refusal


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"places": (place("qara", 0.0, "region"),)}, "a region, a border or an area is never asked for"),
        (
            {"clause": "government forces captured the {place} region"},
            "its place can't be asked for without saying more of it",
        ),
        ({"clause": "government forces left {place} and entered Qara"}, "its clause names the place asked for"),
        ({"told_only": True}, "a state, a fear or an evaluation is told, not asked"),
    ],
)
def test_what_has_no_honest_question_is_refused_with_its_reason(changes: dict[str, object], why: str) -> None:
    story = told("2014-01-15", **changes)
    assert make(story, "type-place", "e", 1) == Refusal(why)
    assert list(KINDS["type-place"].pairs(story, story.events["e"])) == []


def test_farms_are_asked_for_as_a_place() -> None:
    assert ask(told("2014-01-15", places=(place("qara", 0.0, "farms"),))).stem.endswith("captured which place?")


def test_the_place_is_right_another_is_wrong_and_what_is_asked_back_costs_nothing() -> None:
    made = ask(told("2014-01-15", roles={"qara": "at", "rima": "near"}))
    assert mark(made, Answer(place="qara")).credit == 1
    assert mark(made, Answer(place="tfail")).credit == 0
    with pytest.raises(InvalidAnswer):
        mark(made, Answer(place="rima"))
