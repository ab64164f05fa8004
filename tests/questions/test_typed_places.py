"""Typed places: every spelling is read, slips are forgiven, and no place is ever taken for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.gazetteer import Gazetteer, Place, edits, fold
from quiz.questions.making import make
from quiz.questions.question import Question
from quiz.questions.typed_places import LONGEST, TypedPlace, UnreadablePlace, read, refused
from tests.questions.builders import chronicle, event, frame, towns

PLACES = (
    Place("qalamoun", "Qalamoun", "region", None, ("al-Qalamoun",), "القلمون"),
    Place("yabroud", "Yabroud", "town", "qalamoun", ("Yabrud",), "يبرود"),
    Place("yabroud-district", "Yabroud District", "district", "qalamoun"),
    Place("an-nabk", "An-Nabk", "town", "qalamoun", ("Al-Nabk", "Nabek"), "النبك"),
    Place("rima", "Rima", "town", "qalamoun"),
    Place("rima-farms", "Rima Farms", "farms", "qalamoun", ("Reema Farms",)),
    Place("jobeh", "al-Jobeh", "village", "qalamoun", ("Jobeh",)),
    Place("jibbeh", "Jibbeh", "village", "qalamoun", ("al-Jibbah",)),
    Place("deir-attiyeh", "Deir Attiyeh", "town", "qalamoun", ("Dayr Atiyah",)),
    Place("hospital", "the hospital in Deir Attiyeh", "building", "deir-attiyeh"),
    Place("hill-a", "Tell Ahmar", "hill", "qalamoun", ("Red Hill",)),
    Place("hill-b", "Tell Akhdar", "hill", "qalamoun", ("Red Hill",)),
)
GAZETTEER = Gazetteer(PLACES)
OWN = [(name, place.key) for place in PLACES for name in place.names if name != "Red Hill"]
LETTERS = "abcdefghijklmnopqrstuvwxyz "


@pytest.mark.parametrize(("name", "key"), OWN)
def test_every_spelling_is_read_as_its_own_place(name: str, key: str) -> None:
    for text in (name, name.upper(), name.lower(), f"  {name} ", name.replace("-", " ")):
        assert read(text, GAZETTEER) == TypedPlace(GAZETTEER[key], 0)


@pytest.mark.parametrize(
    ("text", "key", "slips"),
    [
        ("Yabrod", "yabroud", 1),
        ("Yarboud", "yabroud", 1),
        ("Yabruod", "yabroud", 0),
        ("Dier Attiyeh", "deir-attiyeh", 1),
        ("Deir Atieh", "deir-attiyeh", 1),
        ("Rema Farms", "rima-farms", 1),
        ("Yabroud Distrct", "yabroud-district", 1),
        ("hospital Deir Attiyeh", "hospital", 3),
    ],
)
def test_a_slip_is_forgiven_and_counted(text: str, key: str, slips: int) -> None:
    found = read(text, GAZETTEER)
    assert (found.place.key, found.slips) == (key, slips) if slips else found.place.key == key


def test_a_slip_as_near_to_one_place_as_to_another_is_asked_back() -> None:
    with pytest.raises(
        UnreadablePlace, match=r"^This may stand for Jibbeh or al-Jobeh\. Type the one that you mean\.$"
    ):
        read("Jabeh", GAZETTEER)


def test_a_slip_nearer_to_one_place_is_read_as_that_one() -> None:
    assert read("Jobbe", GAZETTEER).place.key == "jobeh"
    assert read("Jibbehh", GAZETTEER).place.key == "jibbeh"


def test_a_name_that_two_places_share_is_asked_back() -> None:
    with pytest.raises(UnreadablePlace, match=r"^This may stand for Tell Ahmar or Tell Akhdar\. "):
        read("red hill", GAZETTEER)


@pytest.mark.parametrize("text", ["Beirut", "Aleppo", "???", "x", "17", "Yabroud and Rima and Qara"])
def test_what_is_like_no_name_is_refused(text: str) -> None:
    with pytest.raises(UnreadablePlace, match=r"^No place of the chronicle has a name like this one\. "):
        read(text, GAZETTEER)


@pytest.mark.parametrize("text", ["", " \t ", "Yabroud" + " " * LONGEST, "a" * (LONGEST + 1)])
def test_nothing_and_what_is_longer_than_any_name_are_refused(text: str) -> None:
    with pytest.raises(UnreadablePlace, match=r"^Type the name of a place\.$"):
        read(text, GAZETTEER)


def test_a_name_as_long_as_allowed_is_read() -> None:
    assert read("Yabroud" + " " * (LONGEST - 7), GAZETTEER).place.key == "yabroud"


@given(st.sampled_from(OWN), st.integers(0, 40), st.sampled_from(LETTERS), st.sampled_from(["put", "drop", "change"]))
def test_one_slip_in_a_spelling_is_never_read_as_a_place_further_away(
    own: tuple[str, str], at: int, letter: str, how: str
) -> None:
    name, key = own
    at = min(at, len(name))
    text = name[:at] + ("" if how == "drop" else letter) + name[at + (how != "put") :]
    try:
        found = read(text, GAZETTEER)
    except UnreadablePlace:
        return
    mine = min(edits(fold(text), fold(one)) for one in GAZETTEER[key].names)
    theirs = min(edits(fold(text), fold(one)) for one in found.place.names)
    assert found.place.key == key or theirs < mine
    assert found.slips == theirs


@given(st.text(max_size=LONGEST + 5))
def test_any_text_is_read_as_a_place_that_it_is_near_to_or_refused(text: str) -> None:
    try:
        found = read(text, GAZETTEER)
    except UnreadablePlace:
        found = None
    if found:
        assert found.slips == min(edits(fold(text), fold(one)) for one in found.place.names) <= 3


def asked(aside: tuple[str, ...]) -> Question:
    roles = {"qara": "at", **dict.fromkeys(aside, "near")}
    e = event("e", "2014-01-15", at="qara", places=roles)
    made = make(chronicle(e, *frame(), places=towns("qara", "rima", "tfail")), "type-place", "e", 1)
    assert isinstance(made, Question)
    return made


def test_a_place_that_is_neither_right_nor_wrong_is_asked_back_with_a_reason() -> None:
    rima, tfail = towns("rima", "tfail")
    question = asked(("rima",))
    assert refused(question, rima) == (
        "Rima is neither right nor wrong here: it holds the place asked for or lies in it, or something like this is "
        "told of it too. Name another place."
    )
    assert refused(question, tfail) == ""
    assert refused(question, *towns("qara")) == ""
