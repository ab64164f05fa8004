"""Which of these happened here? Dated events without their places, of which one is excluded nowhere but elsewhere."""

from datetime import date

import pytest

from quiz.gazetteer import Place
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.happened_here import NEAREST_EVENTS
from quiz.questions.making import KINDS, make
from quiz.questions.question import Facet, Mode, Option, Question, Shape
from tests.questions.builders import chronicle, claim, event, frame, place, towns

KEYS = ("jobeh", "rima", "tfail", "bakha", "sahel", "flitah")
SEEDS = range(40)
DAYS = {key: f"2014-01-{10 + 2 * n}" for n, key in enumerate(KEYS)}


def captures(*keys: str, **changes: object) -> dict[str, EventFact]:
    """A capture at each of some places, two days apart."""
    return {key: event(f"at-{key}", DAYS[key], at=key, **changes) for key in keys}


def told(
    *claims: ClaimFact | str,
    others: dict[str, EventFact] | None = None,
    places: tuple[Place, ...] = (),
    **changes: object,
) -> Chronicle:
    """A capture of Qara among captures of other towns."""
    listed = {one.key: one for one in (*towns("qara", *KEYS), *places)}
    events = {**captures(*KEYS), **(others or {})}
    asked = event("e", *(claims or ("2014-01-15",)), at="qara", **changes)
    return chronicle(asked, *events.values(), *frame(), places=listed.values())


def ask(story: Chronicle, seed: int = 1) -> Question:
    made = make(story, "happened-here", "e", seed)
    assert isinstance(made, Question), made
    return made


def offered(story: Chronicle) -> set[str]:
    """The events that stand beside the asked one in any pair."""
    pairs = KINDS["happened-here"].pairs(story, story.events["e"])
    return {option.event for one in pairs for option in one.options} - {"e"}


ALL = {f"at-{key}" for key in KEYS}


def test_a_place_is_shown_with_four_events_by_their_dates() -> None:
    made = ask(told())
    assert (made.id, made.kind, made.shape) == ("happened-here/e", "happened-here", Shape.CHOICE)
    assert (made.facet, made.mode, made.events) == (Facet.PLACE, Mode.PLAIN, ("e",))
    assert made.stem == "Which of these happened in Qara?"
    assert made.key_text == "Government forces captured the town (15 January 2014)"
    assert [made.options[n].text for n in made.key] == [made.key_text]
    assert len(made.options) == 4
    days = [int(option.text.split("(")[1].split()[0]) for option in made.options]
    assert days == sorted(days)
    assert made.explanation == "Government forces captured Qara (15 January 2014). Document 000 gives this."
    assert [one.source_key for one in made.citations] == ["000"]


def test_each_option_says_after_the_answer_where_it_happened() -> None:
    by_event = {option.event: option for seed in SEEDS for option in ask(told(), seed).options}
    assert set(by_event) == ALL | {"e"}
    assert by_event["at-rima"] == Option(
        "Government forces captured the town (12 January 2014)",
        "Government forces captured Rima (12 January 2014).",
        event="at-rima",
    )


def test_the_pairs_are_the_event_beside_each_wrong_one() -> None:
    story = told()
    pairs = list(KINDS["happened-here"].pairs(story, story.events["e"]))
    assert [{option.event for option in one.options} for one in pairs] == [{"e", f"at-{key}"} for key in KEYS]
    assert all(one.options[one.key[0]].event == "e" for one in pairs)
    assert list(KINDS["happened-here"].pairs(story, story.events["opening"])) == []


@pytest.mark.parametrize(
    ("kind", "role", "stem", "text"),
    [
        ("town", "at", "in Qara", "captured the town"),
        ("village", "target", "in Qara", "captured the village"),
        ("town", "near", "in or near Qara", "captured the town"),
        ("village", "around", "in or near Qara", "captured the village"),
        ("hill", "at", "on Qara", "captured the hill"),
        ("hill", "near", "on or near Qara", "captured the hill"),
    ],
)
def test_the_preposition_suits_the_role_and_the_kind_of_the_place(kind: str, role: str, stem: str, text: str) -> None:
    others = {key: event(f"at-{key}", DAYS[key], at=key, places={key: role}) for key in KEYS}
    places = tuple(place(key, float(n), kind) for n, key in enumerate(("qara", *KEYS)))
    made = ask(told(others=others, places=places, sensitive=False) if role == "at" else _in_role(role, others, places))
    assert made.stem == f"Which of these happened {stem}?"
    assert made.key_text == f"Government forces {text} (15 January 2014)"


def _in_role(role: str, others: dict[str, EventFact], places: tuple[Place, ...]) -> Chronicle:
    asked = event("e", "2014-01-15", at="qara", places={"qara": role})
    return chronicle(asked, *others.values(), *frame(), places=places)


def test_a_noun_before_the_name_is_not_doubled() -> None:
    made = ask(told(clause="government forces captured the Lebanese town of {place}"))
    assert made.key_text == "Government forces captured the town (15 January 2014)"


def test_only_events_in_the_same_sort_of_role_stand_beside_each_other() -> None:
    others = {"rima": event("at-rima", DAYS["rima"], at="rima", places={"rima": "near"})}
    assert offered(told(others=others)) == ALL - {"at-rima"}


def test_only_events_at_places_of_the_same_kind_stand_beside_each_other() -> None:
    assert offered(told(places=(place("rima", 2.0, "village"),))) == ALL - {"at-rima"}


@pytest.mark.parametrize("role", ["from", "toward", "between", "mentioned"])
def test_what_is_not_told_to_have_happened_there_is_no_answer(role: str) -> None:
    others = {"rima": event("at-rima", DAYS["rima"], at="rima", places={"rima": role})}
    assert offered(told(others=others)) == ALL - {"at-rima"}
    refusal = Refusal("it is not told to have happened at its place or near it")
    assert make(_in_role(role, captures(*KEYS), tuple(towns("qara", *KEYS))), "happened-here", "e", 1) == refusal


@pytest.mark.parametrize("kind", ["forecast", "report", "statement", "talks"])
def test_what_is_only_said_of_a_place_did_not_happen_there(kind: str) -> None:
    refusal = Refusal("it is not told to have happened at its place or near it")
    assert make(told(kind=kind), "happened-here", "e", 1) == refusal


# A wrong event must be excluded for the place.


def test_an_event_that_has_the_place_in_any_role_is_not_offered() -> None:
    others = {"rima": event("at-rima", DAYS["rima"], at="rima", places={"rima": "at", "qara": "mentioned"})}
    assert offered(told(others=others)) == ALL - {"at-rima"}


def test_an_event_of_a_place_in_the_place_is_not_offered() -> None:
    nested = (place("rima", 2.0, parent="qara"),)
    assert offered(told(places=nested)) == ALL - {"at-rima"}


def test_an_event_told_alike_of_the_place_on_those_days_bars_the_other() -> None:
    clause = "government forces took hold of {place}"
    more = {"more": event("more", DAYS["rima"], at="qara", clause=clause)}
    assert offered(told(others=more)) == ALL - {"at-rima"}
    elsewhere = {"more": event("more", DAYS["rima"], at="qara", clause=clause, sides=["opposition"])}
    assert offered(told(others=elsewhere)) == ALL


def test_an_event_of_the_same_day_is_not_offered_even_if_it_is_of_another_sort() -> None:
    others = {"rima": event("at-rima", "2014-01-15", at="rima", kind="visit", sides=["lebanon"])}
    assert offered(told(others=others)) == ALL - {"at-rima"}


def test_two_events_of_one_day_never_stand_beside_each_other() -> None:
    others = {"rima": event("at-rima", DAYS["tfail"], at="rima", kind="visit", sides=["lebanon"])}
    story = told(others=others)
    together = [{option.event for option in ask(story, seed).options} for seed in SEEDS]
    assert not any({"at-rima", "at-tfail"} <= one for one in together)
    assert {"at-rima", "at-tfail"} <= set().union(*together)


def test_an_event_that_names_the_place_is_not_offered() -> None:
    others = {"rima": event("at-rima", DAYS["rima"], at="rima", clause="troops from QARAH captured {place}")}
    spelt = (place("qara", 0.0, spellings=("Qarah",)),)
    assert offered(told(others=others, places=spelt)) == ALL - {"at-rima"}


def test_a_killing_stands_only_beside_what_has_a_content_note() -> None:
    others = {"rima": event("at-rima", DAYS["rima"], at="rima", sensitive=True)}
    assert offered(told(others=others)) == ALL - {"at-rima"}
    assert offered(told(others=others, sensitive=True)) == ALL
    assert ask(told(others=others, sensitive=True)).sensitive


@pytest.mark.parametrize(
    "changes",
    [
        {"clause": "rebels left {place} and the town was shelled"},
        {"clause": "rebels captured {place}, and Rima was shelled"},
        {"clause": "rebels captured the {place} area"},
    ],
)
def test_a_clause_that_needs_the_name_of_its_place_is_not_offered(changes: dict[str, object]) -> None:
    others = {"rima": event("at-rima", DAYS["rima"], at="rima", **changes)}
    assert offered(told(others=others)) == ALL - {"at-rima"}


def test_the_nearest_events_in_time_of_each_place_are_offered() -> None:
    many = {
        f"more-{n}": event(f"more-{n}", date(2014, 2, 1 + 2 * n).isoformat(), at="rima", kind="visit", sides=["x"],
                           clause=f"delegation {chr(97 + n)} visited {{place}}")
        for n in range(NEAREST_EVENTS + 2)
    }  # fmt: skip
    near = {f"more-{n}" for n in range(NEAREST_EVENTS - 1)}
    assert offered(told(others=many)) == ALL | near


@pytest.mark.parametrize(
    ("claims", "changes", "why"),
    [
        ([claim()], {}, "no claim dates it"),
        ([claim("2014-01-15", voice="sohr")], {}, "its date or its place stands on somebody's word"),
        ([claim("2014-01-15/2014-01-18")], {}, "its date is known to more than 3 days only"),
        ([claim("2014-01-15")], {"clause": "rebels left {place} as Qara was shelled"},
         "its clause can't be told without the name of its place"),
        ([claim("2014-01-15")], {"clause": "rebels left {place} as the village was shelled"},
         "its clause can't be told without the name of its place"),
        ([claim("2014-01-15")], {"places": (place("qara", 0.0, "road"),)},
         "its place can't be spoken of as a town, a village, a city or a hill"),
    ],
)  # fmt: skip
def test_what_has_no_honest_question_is_refused_with_its_reason(
    claims: list[ClaimFact], changes: dict[str, object], why: str
) -> None:
    story = told(*claims, **changes)
    assert make(story, "happened-here", "e", 1) == Refusal(why)
    assert offered(story) == set()


def test_an_event_of_which_another_tells_in_the_same_words_is_refused() -> None:
    story = told(others={"more": event("more", "2014-03-01", at="qara")})
    assert make(story, "happened-here", "e", 1) == Refusal("its clause points to two events")


def test_too_few_events_are_refused_with_their_reason() -> None:
    events = captures(*KEYS[:4])
    story = chronicle(event("e", "2014-01-15", at="qara"), *events.values(), *frame())
    assert make(story, "happened-here", "e", 1) == Refusal("too few events near it are excluded for its place")


def test_a_draw_of_events_of_one_day_is_refused_by_chance() -> None:
    others = {key: event(f"at-{key}", DAYS["rima"], at=key) for key in KEYS}
    refusal = Refusal("too few of the events drawn are of different days", by_chance=True)
    assert make(told(others=others), "happened-here", "e", 1) == refusal
