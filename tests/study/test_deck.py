"""Faces of cards: which question a fact is asked by, and the facts of the story in their order."""

import pytest

from quiz.models import Event
from quiz.questions.making import KINDS, make
from quiz.questions.question import Facet, Question, Shape
from quiz.study.deck import FACES, TAUGHT, TRIES, face, in_story_order
from quiz.study.facts import chronicle
from tests import factories
from tests.study.stories import TOWNS, tell

FIRST = f"{TOWNS[0].lower()}-captured"


@pytest.mark.parametrize(("facet", "kinds"), FACES.items())
def test_the_kinds_of_a_facet_exist_and_ask_for_it(facet: Facet, kinds: tuple[str, ...]) -> None:
    assert {KINDS[kind].facet for kind in kinds} == {facet}
    assert len(set(kinds)) == len(kinds)


def test_every_facet_has_faces_and_what_is_taught_stands_first_in_the_table() -> None:
    assert set(FACES) == set(Facet)
    assert list(FACES)[: len(TAUGHT)] == list(TAUGHT)


@pytest.mark.django_db
@pytest.mark.parametrize("facet", TAUGHT)
def test_a_face_is_the_same_for_the_same_arguments_and_of_its_fact(facet: Facet) -> None:
    tell()
    story = chronicle()
    # An edit makes it be read anew.
    Event.objects.update(sensitive=False)
    again = chronicle()
    assert again is not story
    found = 0
    for key in story.events:
        for turn in range(4):
            one = face(story, key, facet, turn)
            assert one == face(again, key, facet.value, turn)
            if one:
                found += 1
                assert (one.event, one.facet, one.kind in FACES[facet]) == (key, facet, True)
    assert found > 30


@pytest.mark.django_db
def test_a_face_with_options_varies_with_the_turn_and_free_recall_comes_before_choices() -> None:
    tell()
    story = chronicle()
    dates, sequence = ([face(story, FIRST, facet, turn) for turn in range(12)] for facet in ("date", "sequence"))
    assert {one.shape for one in dates if one} == {Shape.DAY}
    shown = {tuple(option.text for option in one.options) for one in sequence if one}
    assert len(shown) > 6


@pytest.mark.django_db
def test_a_kind_that_cannot_ask_a_fact_gives_way_to_the_next_and_each_has_its_tries() -> None:
    tell()
    story = chronicle()
    last = f"{TOWNS[11].lower()}-captured"
    for key in (FIRST, last):
        for turn in (0, 5):
            tried = [make(story, kind, key, turn * TRIES + n) for kind in FACES[Facet.SEQUENCE] for n in range(TRIES)]
            assert face(story, key, "sequence", turn) == next((one for one in tried if isinstance(one, Question)), None)
    # Nothing came after the last event.
    of_last = face(story, last, "sequence", 0)
    assert of_last is None or of_last.kind != "next"


@pytest.mark.django_db
def test_what_cannot_be_asked_has_no_face() -> None:
    tell()
    assert face(chronicle(), FIRST, "source", 0) is None
    assert face(chronicle(), "no-such-event", "date", 0) is None
    Event.objects.filter(key=FIRST).update(retired=True)
    assert face(chronicle(), FIRST, "date", 0) is None


@pytest.mark.django_db
def test_the_story_is_in_order_and_what_nobody_dates_comes_last() -> None:
    undated = factories.EventFactory(key="aaa-undated")
    events = tell()
    assert in_story_order(chronicle()) == (*(event.key for event in events), undated.key)
    factories.ClaimFactory(event=undated, date="2013-12-24")
    assert in_story_order(chronicle())[0] == undated.key
