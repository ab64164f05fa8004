"""Choose the phase: the phase in which every claim lies, on whose word there are phases, and that none is likelier."""

from collections import Counter
from datetime import date

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.phases import PhaseFact
from quiz.questions.question import Facet, Mode, Question, Shape
from tests.questions.builders import chronicle, claim, event

TELLERS = ("The Annals",)
PHASES = tuple(
    PhaseFact(name.split()[0].casefold(), name, date(2014, first, 1), date(2014, first + 1, 20), TELLERS)
    for name, first in (("First phase", 1), ("Second phase", 4), ("Third phase", 7), ("Fourth phase", 10))
)
BY_CHANCE = Refusal("each phase is to be right equally often", by_chance=True)


def story(*events: EventFact, phases: tuple[PhaseFact, ...] = PHASES[:3]) -> Chronicle:
    return chronicle(*events, phases=phases)


def ask(told: Chronicle, key: str = "e", seed: int = 1) -> Question:
    made = make(told, "choose-phase", key, seed)
    assert isinstance(made, Question), made
    return made


def test_the_phase_is_asked_on_the_word_of_those_who_divide_the_story() -> None:
    made = ask(story(event("e", "2014-04-10", at="qara")))
    assert (made.id, made.shape, made.facet, made.mode) == (
        "choose-phase/e",
        Shape.CHOICE,
        Facet.DATE,
        Mode.ATTRIBUTED,
    )
    assert made.stem == (
        "In which phase of the battle, as The Annals divides it, did this happen: government forces captured Qara?"
    )
    assert [option.text for option in made.options] == ["First phase", "Second phase", "Third phase"]
    assert (made.key, made.key_text) == ((1,), "Second phase")
    assert made.explanation.startswith("Government forces captured Qara (10 April 2014). ")
    assert made.options[0].note == "As The Annals divides it: 1 January to 20 February 2014."
    assert made.options[1].note == (
        "Government forces captured Qara (10 April 2014). As The Annals divides it: 1 April to 20 May 2014."
    )
    assert [option.event for option in made.options] == ["", "e", ""]


def test_what_stands_on_a_voice_is_asked_on_its_word_too() -> None:
    assert ask(story(event("e", claim("2014-04-10", voice="sohr")))).stem.startswith(
        "According to SOHR, in which phase of the battle, as The Annals divides it, did this happen: "
    )


def test_two_who_divide_the_story_are_both_named() -> None:
    phases = tuple(PhaseFact(p.key, p.name, p.first, p.last, ("The Annals", "The Gazette")) for p in PHASES[:3])
    assert ", as The Annals and The Gazette divide it," in ask(story(event("e", "2014-04-10"), phases=phases)).stem


def test_a_phase_that_nobody_is_named_for_is_not_asked() -> None:
    first, second, third = PHASES[:3]
    nobodys = PhaseFact(second.key, second.name, second.first, second.last)
    told = story(event("e", "2014-04-10"), event("f", "2014-01-10"), phases=(first, nobodys, third))
    assert make(told, "choose-phase", "e", 1) == Refusal("nobody is named who divides the story so")
    assert list(KINDS["choose-phase"].pairs(told, told.events["e"])) == []
    assert ask(told, "f").key_text == "First phase"


def test_a_disputed_day_is_asked_where_all_claims_lie_in_one_phase() -> None:
    assert ask(story(event("e", "2014-04-10", claim("2014-04-20", "003")))).key == (1,)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (event("e", "2014-03-10"), "its claims do not lie in one phase"),
        (event("e", "2013-03-10"), "its claims do not lie in one phase"),
        (event("e", "2014-04-10", claim("2014-08-10", "003")), "its claims do not lie in one phase"),
        (event("e", "2014-05-10/2014-05-21"), "its claims do not lie in one phase"),
        (event("e", "[..2014-04-10]"), "a claim gives no day after which it happened"),
        (event("e", "2014-04-01", kind="start"), "it begins or ends a phase"),
        (event("e", "2014-05-20", kind="end"), "it begins or ends a phase"),
        (event("e", "2014-04-10", clause="somebody spoke of a new phase"), "its clause names a phase"),
        (event("e", "2014-04-10", clause="government forces " + "captured " * 25), "its stem would be too long"),
    ],
)
def test_what_has_no_honest_question_is_refused_with_its_reason(told: EventFact, reason: str) -> None:
    assert make(story(told), "choose-phase", "e", 1) == Refusal(reason)


def test_a_capture_on_the_first_day_of_a_phase_is_asked() -> None:
    assert ask(story(event("e", "2014-04-01"))).key == (1,)


def test_an_event_that_is_perhaps_another_lies_where_both_do() -> None:
    e, twin = event("e", "2014-04-10", twins=["f"]), event("f", "2014-04-12", twins=["e"])
    far = event("f", "2014-08-12", twins=["e"])
    assert ask(story(e, twin)).key == (1,)
    assert make(story(e, far), "choose-phase", "e", 1) == Refusal("its claims do not lie in one phase")


def test_fewer_than_three_phases_are_not_asked_for() -> None:
    told = story(event("e", "2014-04-10"), phases=PHASES[:2])
    assert make(told, "choose-phase", "e", 1) == Refusal("the story is not told in phases")


def test_a_clause_that_points_to_two_events_is_refused() -> None:
    told = story(event("e", "2014-04-10", at="qara"), event("f", "2014-04-20", at="qara"))
    assert make(told, "choose-phase", "e", 1) == Refusal("its clause points to two events")


def test_events_of_a_phase_with_many_are_asked_more_seldom_so_that_each_phase_is_right_equally_often() -> None:
    events = [event(f"e{n}", f"2014-{month:02}-10") for n, month in enumerate((1, 4, 4, 4, 4, 7, 7))]
    told = story(*events)
    made = [make(told, "choose-phase", one.key, seed) for one in events for seed in range(300)]
    assert {one for one in made if isinstance(one, Refusal)} == {BY_CHANCE}
    keys = Counter(one.key_text for one in made if isinstance(one, Question))
    assert set(keys) == {"First phase", "Second phase", "Third phase"}
    assert all(250 <= count <= 350 for count in keys.values()), keys


def test_of_more_phases_three_in_a_row_are_shown_with_the_key_at_any_rank() -> None:
    told = story(event("e", "2014-04-10"), phases=PHASES)
    assert {ask(told, seed=seed).key for seed in range(40)} == {(0,), (1,)}
    assert {len(ask(told, seed=seed).options) for seed in range(40)} == {3}
    pairs = {tuple(o.text for o in made.options) for made in KINDS["choose-phase"].pairs(told, told.events["e"])}
    assert pairs == {
        ("First phase", "Second phase"),
        ("Second phase", "Third phase"),
        ("Second phase", "Fourth phase"),
    }
