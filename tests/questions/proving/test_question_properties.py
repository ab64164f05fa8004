"""Every property of a question: sound ones pass, and each planted fault is caught by the properties that it breaks."""

from dataclasses import replace

import pytest

from quiz.questions.proving.kinds import FORMS
from quiz.questions.proving.properties import QUESTION_PROPERTIES, Skipped
from quiz.questions.proving.world import Site, World
from quiz.questions.question import Question
from tests.questions.proving.plants import PLANTS, Plant
from tests.questions.proving.samples import SAMPLES, SETTLED, TOLD, VOICES, cited, known, shown, world


def faults(judge: World, question: Question, *, whole: bool = True) -> dict[str, list[str]]:
    """What each property finds, those that find nothing left out."""
    checked = {one.name: one.check(judge, question, whole) for one in QUESTION_PROPERTIES}
    return {name: found for name, found in checked.items() if not isinstance(found, Skipped) and found}


@pytest.mark.parametrize("question", [*SAMPLES.values(), SETTLED], ids=lambda q: q.kind)
def test_a_sound_question_has_every_property(question: Question) -> None:
    assert faults(world(), question) == {}


@pytest.mark.parametrize(
    "kind",
    [
        "choose-date",
        "choose-phase",
        "choose-place",
        "find-place",
        "happened-here",
        "next",
        "who-reports",
        "source-date",
    ],
)
def test_the_key_beside_each_other_answer_is_a_sound_pair(kind: str) -> None:
    made = SAMPLES[kind]
    right = made.key[0]
    for other in set(range(len(made.options))) - {right}:
        kept = sorted({right, other})
        pair = replace(made, options=tuple(made.options[n] for n in kept), key=(kept.index(right),))
        assert faults(world(), pair, whole=False) == {}


def test_two_events_to_put_in_order_are_a_sound_pair() -> None:
    events = [known("a"), known("b")]
    told = {"events": ("a", "b"), "citations": cited(events), "options": shown("b", "a"), "key": (1, 0)}
    pair = replace(SAMPLES["order"], **told, key_text="; ".join(TOLD[key][0] for key in "ab"))
    assert faults(world(), pair, whole=False) == {}


def test_an_event_beside_another_is_a_sound_pair_of_a_line() -> None:
    events = [known("b"), known("a")]
    told = {"events": ("b", "a"), "citations": cited(events), "options": shown("a"), "key": (1,)}
    assert faults(world(), replace(SAMPLES["insert"], **told), whole=False) == {}


def test_two_voices_are_a_sound_pair() -> None:
    assert faults(world(), VOICES, whole=False) == {}


@pytest.mark.parametrize("plant", PLANTS, ids=lambda p: p.name)
def test_a_planted_fault_is_caught_by_the_properties_that_it_breaks(plant: Plant) -> None:
    caught = faults(plant.world, plant.question, whole=plant.sample is not VOICES)
    assert set(caught) == {plant.name, *plant.also}


def test_every_property_has_a_name_of_its_own_and_a_planted_fault() -> None:
    names = [one.name for one in QUESTION_PROPERTIES]
    assert len(names) == len(set(names))
    assert {plant.name for plant in PLANTS} == set(names)


def test_every_property_judges_some_sound_question() -> None:
    judged = {
        one.name
        for one in QUESTION_PROPERTIES
        for question in SAMPLES.values()
        if not isinstance(one.check(world(), question, True), Skipped)
    }
    assert judged == {one.name for one in QUESTION_PROPERTIES}


def test_every_kind_that_is_judged_has_a_sound_sample() -> None:
    assert set(SAMPLES) == set(FORMS)


def test_a_kind_that_nobody_judges_is_a_fault_and_not_passed_over() -> None:
    strange = replace(SAMPLES["first"], kind="riddle")
    assert faults(world(), strange) == {
        "the kind is one that is judged, with its shape and facet": ["nobody judges this kind: riddle"]
    }


def test_what_a_property_leaves_out_has_a_reason() -> None:
    reasons = {
        found.reason
        for one in QUESTION_PROPERTIES
        for question in SAMPLES.values()
        for found in [one.check(world(), question, False)]
        if isinstance(found, Skipped)
    }
    assert "" not in reasons
    assert "a pair stands for the sets made of it" in reasons


def test_a_negation_that_is_itself_what_happened_is_left_out_with_its_reason() -> None:
    told = replace(known("e"), clause="government forces took {place} without losses")
    asked = replace(
        SAMPLES["enter-date"], stem="On which day did this happen: government forces took Qara without losses?"
    )
    judged = next(one for one in QUESTION_PROPERTIES if one.name == "has no negation")
    found = judged.check(world(told), asked, True)
    assert found == Skipped("what happened is itself told with a negation, as in “did not leave”")


def test_spellings_are_left_out_where_nothing_reads_them() -> None:
    deaf = world(site=Site())
    checked = {one.name: one.check(deaf, SAMPLES["type-place"], True) for one in QUESTION_PROPERTIES}
    silent = Skipped("nothing reads typed names")
    assert [name for name, found in checked.items() if found == silent] == [
        "every spelling of the key is accepted",
        "no spelling of another place is accepted",
    ]
