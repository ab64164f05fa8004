"""Find the place on the map: pins that lie apart, with their names as a list."""

from itertools import combinations

import pytest

from quiz.gazetteer import Place, apart_km
from quiz.questions import find_place
from quiz.questions.balance import MOST_WEIGHED
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.find_place import TOLERANCE_KM, WRONG
from quiz.questions.making import KINDS, make
from quiz.questions.marking import Answer, mark
from quiz.questions.proving.bots import Bot, loneliest_pin, most_central_pin
from quiz.questions.question import Facet, Mode, Option, Question, Shape
from tests.bench.synthetic import synthetic
from tests.questions.builders import chronicle, claim, event, frame, place

KEYS = ("jobeh", "rima", "tfail", "bakha", "sahel", "flitah", "maaloula", "hosh", "nahle")
SEEDS = range(40)


def apart(*keys: str, km: float = 3.5) -> list[Place]:
    return [place(key, (n + 1) * km) for n, key in enumerate(keys)]


def told(
    *claims: ClaimFact | str, keys: tuple[str, ...] = KEYS, places: tuple[Place, ...] = (), **changes: object
) -> Chronicle:
    """An event at Qara among places 3.5 km apart, at which something else happened."""
    acts = [event(f"at-{key}", "2014-05-01", at=key, kind="visit", sides=["lebanon"]) for key in keys]
    listed = {one.key: one for one in (place("qara"), *apart(*keys), *places)}
    return chronicle(event("e", *claims, at="qara", **changes), *acts, *frame(), places=listed.values())


def ask(story: Chronicle, seed: int = 1) -> Question:
    made = make(story, "find-place", "e", seed)
    assert isinstance(made, Question), made
    return made


def test_a_place_is_asked_for_with_seven_pins_by_name() -> None:
    made = ask(told("2014-01-15"))
    assert (made.id, made.kind, made.shape) == ("find-place/e", "find-place", Shape.PIN)
    assert (made.facet, made.mode, made.events) == (Facet.PLACE, Mode.PLAIN, ("e",))
    assert made.stem == "On 15 January 2014, government forces captured which town or village?"
    names = [option.text for option in made.options]
    assert len(names) == WRONG + 1 == 7
    assert names == sorted(names)
    assert [names[n] for n in made.key] == ["Qara"] == [made.key_text]
    assert made.explanation == "Government forces captured Qara. Document 000 gives this."
    assert made.choices == 7


def test_each_pin_lies_where_its_place_lies_and_says_what_happened_there() -> None:
    by_place = {option.place: option for seed in SEEDS for option in ask(told("2014-01-15"), seed).options}
    assert set(by_place) == {"qara", *KEYS}
    rima = place("rima", 7.0)
    assert by_place["rima"] == Option(
        "Rima",
        "Government forces captured Rima (1 May 2014).",
        event="at-rima",
        place="rima",
        lat=rima.lat,
        lon=rima.lon,
    )


def test_the_stem_says_on_whose_word_the_place_stands() -> None:
    made = ask(told(claim("2014-01-15", voice="sohr"), sensitive=True))
    assert (made.mode, made.sensitive) == (Mode.ATTRIBUTED, True)
    assert made.stem.startswith("According to SOHR, on 15 January 2014, ")


def test_no_circle_of_tolerance_holds_two_pins() -> None:
    story = told("2014-01-15", keys=(*KEYS, "brital", "adra"), places=(place("brital", 3.0), place("adra", 12.0)))
    assert TOLERANCE_KM == 1.5
    drawn = set()
    for seed in SEEDS:
        pins = [story.gazetteer[option.place] for option in ask(story, seed).options]
        drawn |= {pin.key for pin in pins}
        assert all((apart_km(a, b) or 0) >= 2 * TOLERANCE_KM for a, b in combinations(pins, 2))
    assert "adra" in drawn


def test_a_pin_in_the_circle_of_the_right_one_is_never_offered() -> None:
    story = told("2014-01-15", keys=(*KEYS, "brital"), places=(place("brital", 2.9),))
    pairs = list(KINDS["find-place"].pairs(story, story.events["e"]))
    assert [option.place for one in pairs for option in one.options if option.place != "qara"] == list(KEYS)


def test_pins_lie_within_reach_of_each_other() -> None:
    south = tuple(place(f"south-{chr(97 + n)}", -3.5 * (n + 1)) for n in range(12))
    north = tuple(place(f"north-{chr(97 + n)}", 3.5 * (n + 1)) for n in range(12))
    story = told("2014-01-15", keys=tuple(one.key for one in (*south, *north)), places=(*south, *north))
    for seed in SEEDS:
        pins = [story.gazetteer[option.place] for option in ask(story, seed).options]
        assert max(apart_km(a, b) or 0 for a, b in combinations(pins, 2)) <= 45.0


@pytest.mark.parametrize(("bot", "off"), [(most_central_pin, 0.025), (loneliest_pin, 0.025)])
@pytest.mark.parametrize("weighed", [True, False])
def test_where_the_right_pin_lies_among_the_others_tells_nothing(bot: Bot, off: float, weighed: bool) -> None:
    story = synthetic(400, seed=3)
    if not weighed:
        story.places_told.asked["place-0"] += MOST_WEIGHED
    made = [make(story, "find-place", key, seed) for key in story.events for seed in range(8)]
    asked = [one for one in made if isinstance(one, Question)]
    picks = [(bot(one) or frozenset(range(7)), one.key[0]) for one in asked]
    assert len(asked) > 2000
    assert abs(sum((key in found) / len(found) for found, key in picks) / len(picks) - 1 / 7) < off


def test_places_without_coordinates_are_no_pins() -> None:
    unplaced = place("brital", None, parent=None)
    story = told("2014-01-15", keys=(*KEYS, "brital"), places=(unplaced,))
    assert "brital" not in {option.place for seed in SEEDS for option in ask(story, seed).options}
    refusal = Refusal("nobody knows the coordinates of its place")
    assert make(told("2014-01-15", places=(place("qara", None),)), "find-place", "e", 1) == refusal


@pytest.mark.parametrize(
    ("keys", "changes", "why"),
    [
        (KEYS[:7], {}, "too few places with known coordinates are excluded by what is said of it"),
        (KEYS, {"clause": "government forces left {place} and Qara"}, "its clause names the place asked for"),
        (KEYS, {"told_only": True}, "a state, a fear or an evaluation is told, not asked"),
    ],
)
def test_what_has_no_honest_question_is_refused_with_its_reason(
    keys: tuple[str, ...], changes: dict[str, object], why: str
) -> None:
    story = told("2014-01-15", keys=keys, **changes)
    assert make(story, "find-place", "e", 1) == Refusal(why)
    assert list(KINDS["find-place"].pairs(story, story.events["e"])) == []


def test_a_draw_that_leaves_too_few_pins_is_refused_by_chance() -> None:
    far = tuple(place(key, -25.0 - 3.5 * n) for n, key in enumerate(KEYS[4:]))
    story = told("2014-01-15", places=(*far, *(place(key, 25.0 + 3.5 * n) for n, key in enumerate(KEYS[:4]))))
    refusal = Refusal("too few of the places drawn lie near each other", by_chance=True)
    assert {make(story, "find-place", "e", seed) for seed in SEEDS} == {refusal}


def test_a_pin_is_right_or_wrong() -> None:
    made = ask(told("2014-01-15"))
    assert [mark(made, Answer(choice=n)).credit for n in range(7)] == [float(n in made.key) for n in range(7)]


def test_every_event_that_may_stand_on_the_map_keeps_its_reasons_apart() -> None:
    act: EventFact = event("none", "2014-01-15", clause="somebody spoke")
    assert make(chronicle(act, *frame()), "find-place", "none", 1) == Refusal("its clause has no place to ask for")


def test_a_pin_lies_in_the_middle_or_at_the_end_of_the_others() -> None:
    story = told("2014-02-10")
    assert find_place._lie_of(story, "qara", ("jobeh", "rima")) == (1, 1)
    assert find_place._lie_of(story, "rima", ("jobeh", "tfail", "qara")) == (0, 0)
