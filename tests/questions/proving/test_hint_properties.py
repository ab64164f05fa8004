"""Every property of hints: those that the site gives pass, and each planted fault is caught."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from quiz.gazetteer import Gazetteer
from quiz.questions.hints import Hint, hints
from quiz.questions.proving.hints import HINT_PROPERTIES
from quiz.questions.proving.verdicts import Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Question
from tests.questions.builders import event
from tests.questions.proving.samples import LASTING, SAMPLES, SETTLED, known, shown, world

KEEPS, SAYS, LEAVES, TRUE, NO_KEY, NUMBER, MORE = (one.name for one in HINT_PROPERTIES)
SOUND = world()


def given(question: Question, seed: int = 1) -> tuple[Hint, ...]:
    """The hints that the site gives."""
    return hints(question, Random(seed), Gazetteer(SOUND.places.values()))


def faults(judge: World, question: Question, told: Sequence[Hint]) -> dict[str, list[str]]:
    """What each property finds, those that find nothing left out."""
    checked = {one.name: one.check(judge, question, told) for one in HINT_PROPERTIES}
    return {name: found for name, found in checked.items() if not isinstance(found, Skipped) and found}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("question", [*SAMPLES.values(), SETTLED, LASTING], ids=lambda q: q.kind)
def test_the_hints_on_a_sound_question_have_every_property(question: Question, seed: int) -> None:
    assert faults(SOUND, question, given(question, seed)) == {}


def test_every_property_judges_hints_on_some_sound_question() -> None:
    judged = {
        one.name
        for one in HINT_PROPERTIES
        for question in SAMPLES.values()
        if not isinstance(one.check(SOUND, question, given(question)), Skipped)
    }
    assert judged == {one.name for one in HINT_PROPERTIES}


def test_what_is_left_out_has_a_reason() -> None:
    found = [one.check(SOUND, question, given(question)) for one in HINT_PROPERTIES for question in SAMPLES.values()]
    assert all(one.reason for one in found if isinstance(one, Skipped))


# --- Planted faults -------------------------------------------------------------------------------

CHOICE, PHASE, LINE, ORDER = (SAMPLES[kind] for kind in ("choose-place", "choose-phase", "insert", "order"))
DAY, PLACE = SAMPLES["enter-date"], SAMPLES["type-place"]
RIGHT = CHOICE.key[0]
WRONG = [n for n in range(len(CHOICE.options)) if n != RIGHT]
EARLY, LATE = (ORDER.options[n].text for n in (ORDER.key[0], ORDER.key[-1]))
THREE = replace(ORDER, events=("a", "b", "c"), options=shown("c", "a", "b"), key=(1, 2, 0))


def struck(question: Question, *gone: int) -> Hint:
    """A hint that takes options away, as the site words it."""
    quoted = " and ".join(f"“{question.options[n].text}”" for n in gone)
    return Hint(f"{quoted} {'is' if len(gone) == 1 else 'are'} not the answer.", gone)


def month(text: str) -> Hint:
    return Hint(f"The day lies in {text}.")


def within(after: str, before: str) -> Hint:
    return Hint(f"The day lies after {after} 2014 and before {before} 2014.")


def end(which: str, text: str) -> Hint:
    return Hint(f"The {which} of these events is “{text}”.")


def name(letters: str, sized: str = "", above: str = "") -> Hint:
    return Hint(f"{above}Its usual name begins with “{letters}”{sized}.")


FIRST, SECOND, THIRD = (struck(CHOICE, n) for n in WRONG)
JANUARY, TENTH = month("January 2014"), within("10 January", "21 January")
Q, QA = name("Q"), name("Qa", " and has 4 letters")
EARLIEST, LATEST = end("earliest", EARLY), end("latest", LATE)
ELSEWHEN = world(event("e", "2014-01-25", at="qara", phase="first"))
IN_THIRD = world(event("e", "2014-04-15", at="qara", phase="third"))

PLANTS = [
    (
        {KEEPS, LEAVES, NO_KEY},
        CHOICE,
        (FIRST, replace(struck(CHOICE, RIGHT), text=f"So is “{CHOICE.options[RIGHT].text}”.")),
    ),
    (
        {KEEPS, LEAVES},
        LINE,
        (*given(LINE)[:1], Hint(f"Not right after “{LINE.options[0].text}”.", LINE.key)),
    ),
    ({SAYS}, CHOICE, (FIRST, replace(SECOND, gone=THIRD.gone))),
    ({SAYS}, CHOICE, (FIRST, replace(SECOND, text="Another one is not the answer."))),
    ({SAYS}, CHOICE, (FIRST, replace(SECOND, text=f"{SECOND.text} {THIRD.text}"))),
    ({SAYS}, CHOICE, (FIRST, replace(SECOND, gone=()))),
    ({SAYS}, CHOICE, (FIRST, replace(SECOND, gone=(7,)))),
    ({SAYS, MORE}, CHOICE, (FIRST, FIRST)),
    ({SAYS}, LINE, (Hint("It does not belong before all of these.", (3,)), Hint("Nor after all of these.", (0,)))),
    ({SAYS}, DAY, (JANUARY, replace(TENTH, gone=(0,)))),
    ({LEAVES, NUMBER}, CHOICE, (FIRST, SECOND, THIRD)),
    ({LEAVES, NUMBER}, THREE, (EARLIEST, end("latest", "Government forces captured the c post"))),
    ({LEAVES}, DAY, (JANUARY, within("13 January", "21 January"))),
    ({LEAVES, TRUE}, DAY, (JANUARY, within("16 January", "31 January"))),
    ({LEAVES, TRUE}, DAY, (month("February 2014"), TENTH)),
    ({LEAVES, TRUE}, DAY, (JANUARY, Hint("It was a cold day."))),
    ({LEAVES, TRUE, NO_KEY}, DAY, (JANUARY, Hint("The day is 15 January 2014."))),
    ({NO_KEY, LEAVES, TRUE}, DAY, (JANUARY, within("10 January", "15 January"))),
    ({TRUE}, ORDER, (end("earliest", LATE), LATEST)),
    ({TRUE}, ORDER, (EARLIEST, end("latest", EARLY))),
    ({TRUE}, ORDER, (end("earliest", "The war began"), LATEST)),
    ({TRUE}, ORDER, (Hint("It began early."), LATEST)),
    ({LEAVES}, PLACE, (Q, name("Qar", " and has 4 letters"))),
    ({LEAVES}, PLACE, (Q, name("Qa"))),
    ({TRUE}, PLACE, (name("R"), QA)),
    ({TRUE}, PLACE, (Q, name("Qa", " and has 5 letters"))),
    ({TRUE}, PLACE, (name("Q", above="It lies in Rima. "), QA)),
    ({TRUE}, PLACE, (Hint("It is a town."), QA)),
    ({TRUE, NO_KEY}, PLACE, (name("Q", above="It lies in old QARA. "), QA)),
    ({NUMBER}, CHOICE, (FIRST,)),
    ({NUMBER}, DAY, (JANUARY,)),
    ({NUMBER}, PLACE, ()),
    ({NUMBER}, ORDER, (EARLIEST,)),
    ({MORE}, DAY, (TENTH, TENTH)),
]


@pytest.mark.parametrize(("caught", "question", "told"), PLANTS)
def test_a_planted_fault_is_caught(caught: set[str], question: Question, told: tuple[Hint, ...]) -> None:
    assert set(faults(SOUND, question, told)) == caught


def test_a_hint_is_held_against_the_claims_and_not_against_the_question_alone() -> None:
    assert set(faults(ELSEWHEN, DAY, (JANUARY, TENTH))) == {TRUE}
    assert set(faults(IN_THIRD, PHASE, (struck(PHASE, 2),))) == {KEEPS}
    later = world(event("a", "2014-02-20", phase="first"))
    assert set(faults(later, ORDER, (EARLIEST, LATEST))) == {TRUE}
    moved = world(replace(known("e"), slot="rima"))
    assert set(faults(moved, PLACE, (Q, QA))) == {TRUE}


def test_of_what_lasted_the_day_asked_for_must_lie_in_the_stretch() -> None:
    march, third = month("March 2014"), within("21 March", "1 April")
    last = replace(LASTING, days=("2014-03-26", "2014-03-26"))
    neither = replace(LASTING, days=("2014-03-31", "2014-03-31"))
    assert set(faults(SOUND, last, (march, third))) == set()
    assert set(faults(SOUND, LASTING, (march, third))) == {LEAVES, TRUE}
    assert set(faults(SOUND, neither, (march, third))) == {TRUE}


def test_every_property_has_a_name_of_its_own_and_a_planted_fault() -> None:
    names = [one.name for one in HINT_PROPERTIES]
    assert len(names) == len(set(names))
    assert {one for caught, _, _ in PLANTS for one in caught} == set(names)
