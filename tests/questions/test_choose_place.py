"""Choose the place: the stem asks for the slot of the clause, the options are places that no source allows but one."""

from collections import Counter

import pytest

from quiz.gazetteer import Place
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.question import Facet, Mode, Option, Question, Shape
from tests.questions.builders import chronicle, claim, event, frame, place, towns

KEYS = ("jobeh", "rima", "tfail", "bakha")
SEEDS = range(40)


def acts(*keys: str) -> list[EventFact]:
    return [event(f"at-{key}", "2014-05-01", at=key, kind="visit", sides=["lebanon"]) for key in keys]


def told(
    *claims: ClaimFact | str, keys: tuple[str, ...] = KEYS, places: tuple[Place, ...] = (), **changes: object
) -> Chronicle:
    """An event at Qara among other places, at which something else happened."""
    listed = {one.key: one for one in (*towns("qara", *keys), *places)}
    return chronicle(event("e", *claims, at="qara", **changes), *acts(*keys), *frame(), places=listed.values())


def ask(story: Chronicle, seed: int = 1) -> Question:
    made = make(story, "choose-place", "e", seed)
    assert isinstance(made, Question), made
    return made


def texts(made: Question) -> list[str]:
    return [option.text for option in made.options]


def test_a_place_is_asked_with_four_places_in_order_of_the_alphabet() -> None:
    made = ask(told("2014-01-15"))
    assert (made.id, made.kind, made.shape) == ("choose-place/e", "choose-place", Shape.CHOICE)
    assert (made.facet, made.mode, made.events) == (Facet.PLACE, Mode.PLAIN, ("e",))
    assert made.stem == "On 15 January 2014, government forces captured which town or village?"
    assert len(made.options) == 4
    assert texts(made) == sorted(texts(made))
    assert [texts(made)[n] for n in made.key] == ["Qara"] == [made.key_text]
    assert made.explanation == "Government forces captured Qara. Document 000 gives this."


def test_each_option_says_what_happened_there() -> None:
    story = told("2014-01-15", places=(place("rima", 2.0, name_ar="ريما"),))
    by_text = {option.text: option for seed in SEEDS for option in ask(story, seed).options}
    assert by_text["Qara"] == Option(
        "Qara", "Government forces captured Qara (15 January 2014).", event="e", place="qara"
    )
    assert by_text["Rima"] == Option(
        "Rima", "Government forces captured Rima (1 May 2014).", event="at-rima", text_ar="ريما", place="rima"
    )


def test_every_wrong_place_is_drawn_about_as_often() -> None:
    story = told("2014-01-15")
    counts = Counter(text for seed in range(400) for text in texts(ask(story, seed)))
    assert counts.pop("Qara") == 400
    assert set(counts) == {"Jobeh", "Rima", "Tfail", "Bakha"}
    assert all(260 <= count <= 340 for count in counts.values()), counts


def test_three_places_will_do_and_two_will_not() -> None:
    assert texts(ask(told("2014-01-15", keys=KEYS[:2]))) == ["Jobeh", "Qara", "Rima"]
    refusal = Refusal("too few places of its kind are excluded by what is said of it")
    assert make(told("2014-01-15", keys=KEYS[:1]), "choose-place", "e", 1) == refusal


def test_articles_do_not_count_in_the_alphabet() -> None:
    names = {"jobeh": "al-Jobeh", "rima": "Al-Rima", "tfail": "the Tfail", "bakha": '"Bakha" post'}
    story = told("2014-01-15", places=tuple(place(key, 2.0, name=name) for key, name in names.items()))
    orders = {tuple(texts(ask(story, seed))) for seed in SEEDS}
    right = ['"Bakha" post', "Al-Jobeh", "Qara", "Al-Rima", "The Tfail"]
    assert orders == {tuple(name for name in right if name != left_out) for left_out in right if left_out != "Qara"}


LONG = "government forces made their way from the hills and captured {place}"
LONG_STEM = "Government forces made their way from the hills and captured which town or village?"


@pytest.mark.parametrize(
    ("date", "opening"),
    [
        ("2014-01-14/2014-01-16", "From 14 to 16 January 2014"),
        ("2014-01-15~", "Around 15 January 2014"),
        ("2014-01", "In January 2014"),
    ],
)
def test_the_date_opens_the_stem_as_finely_as_it_is_known(date: str, opening: str) -> None:
    assert ask(told(date)).stem == f"{opening}, government forces captured which town or village?"


def test_an_event_without_a_date_is_asked_only_where_its_clause_says_much() -> None:
    assert ask(told("", clause=LONG)).stem == LONG_STEM
    refusal = Refusal("without a date its clause could be true of other places")
    assert make(told(""), "choose-place", "e", 1) == refusal


def test_a_date_that_stands_on_another_word_than_the_place_does_not_open_the_stem() -> None:
    assert ask(told(claim(), claim("2014-01-15", voice="sohr"), clause=LONG)).stem == LONG_STEM


def test_a_date_that_stands_on_the_same_word_as_the_place_opens_the_stem() -> None:
    made = ask(told(claim("2014-01-15", voice="sohr")))
    assert made.mode == Mode.ATTRIBUTED
    assert made.stem == "According to SOHR, on 15 January 2014, government forces captured which town or village?"


def test_the_stem_says_on_whose_word_the_place_stands() -> None:
    made = ask(told(claim("2014-01-15", carries_place=False), claim(voice="sohr")))
    assert made.mode == Mode.ATTRIBUTED
    assert made.stem == "According to SOHR, on 15 January 2014, government forces captured which town or village?"


@pytest.mark.parametrize(
    ("kind", "noun"),
    [
        ("city", "city"),
        ("village", "town or village"),
        ("hill", "hill"),
        ("road", "road"),
        ("site", "place"),
        ("quarter", "place"),
        ("building", "place"),
        ("valley", "place"),
        ("plain", "place"),
        ("farms", "place"),
    ],
)
def test_the_noun_fits_the_kind_of_the_options(kind: str, noun: str) -> None:
    same = tuple(place(key, float(n), kind, parent=f"around-{key}") for n, key in enumerate(("qara", *KEYS)))
    same += tuple(place(f"around-{key}", None, "district") for key in ("qara", *KEYS))
    assert ask(told("2014-01-15", places=same)).stem == f"On 15 January 2014, government forces captured which {noun}?"


def test_farms_among_the_options_make_the_noun_a_place() -> None:
    story = told("2014-01-15", places=(place("rima", 2.0, "farms"),))
    for seed in SEEDS:
        made = ask(story, seed)
        assert ("which place?" in made.stem) == ("Rima" in texts(made))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"places": (place("qara", 0.0, "region"),)}, "a region, a border or an area is never asked for"),
        (
            {"clause": "government forces captured the {place} region"},
            "its place can't be asked for without saying more of it",
        ),
        ({"clause": "government forces left {place} and entered Qara"}, "its clause names the place asked for"),
        ({"clause": "government forces " + "captured " * 25 + "{place}"}, "its stem would be too long"),
        ({"clause": "why did rebels leave {place}?"}, "its stem holds more than one question"),
        ({"told_only": True}, "a state, a fear or an evaluation is told, not asked"),
    ],
)
def test_what_has_no_honest_question_is_refused_with_its_reason(changes: dict[str, object], why: str) -> None:
    assert make(told("2014-01-15", **changes), "choose-place", "e", 1) == Refusal(why)


def test_a_disputed_place_is_refused() -> None:
    story = told("2014-01-15", claim(source="003", at=["rima"]))
    assert make(story, "choose-place", "e", 1) == Refusal("its place is disputed")


def test_a_clause_that_calls_its_place_a_town_has_towns_only_beside_it() -> None:
    villages = tuple(place(key, 2.0, "village") for key in ("rima", "tfail"))
    clause = "fighting went on in {place} while the town was shelled"
    story = told("2014-01-15", keys=(*KEYS, "sahel", "flitah"), places=villages, clause=clause)
    assert {text for seed in SEEDS for text in texts(ask(story, seed))} == {"Qara", "Jobeh", "Bakha", "Sahel", "Flitah"}


def test_the_town_of_the_place_itself_tells_nothing() -> None:
    villages = tuple(place(key, 2.0, "village") for key in KEYS)
    story = told("2014-01-15", places=villages, clause="government forces captured the town of {place}")
    assert ask(story).stem == "On 15 January 2014, government forces captured which town or village?"


def test_wrong_places_lie_within_reach_of_each_other() -> None:
    """Else the right one would always be that in the middle."""
    ends = (place("jobeh", -30.0), place("rima", -29.0), place("tfail", 29.0), place("bakha", 30.0))
    story = told("2014-01-15", places=ends)
    found = {tuple(texts(ask(story, seed))) for seed in SEEDS}
    assert found == {("Jobeh", "Qara", "Rima"), ("Bakha", "Qara", "Tfail")}


def test_no_killing_elsewhere_is_told_of() -> None:
    killing = event("k", "2014-05-02", at="rima", kind="killing", sensitive=True)
    story = chronicle(event("e", "2014-01-15", at="qara"), killing, *acts("jobeh"), *frame())
    notes = {option.text: option.note for option in ask(story).options}
    assert notes["Rima"] == "Rima comes up elsewhere."


def test_the_pairs_are_the_right_place_beside_each_wrong_one() -> None:
    story = told("2014-01-15")
    pairs = list(KINDS["choose-place"].pairs(story, story.events["e"]))
    assert [texts(one) for one in pairs] == [
        ["Jobeh", "Qara"], ["Qara", "Rima"], ["Qara", "Tfail"], ["Bakha", "Qara"],
    ]  # fmt: skip
    assert [[texts(one)[n] for n in one.key] for one in pairs] == [["Qara"]] * 4
    assert list(KINDS["choose-place"].pairs(story, story.events["opening"])) == []
