"""Feedback: the verdict, what was given, and a row for each option that says what it was."""

from datetime import timedelta
from typing import Any

import pytest

from quiz.models import AskedQuestion, Event
from quiz.questions.marking import Answer
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.study.facts import chronicle
from quiz.study.feedback import Feedback, Row, Verdict, distance_km, feedback
from quiz.study.sittings import answer, stored_answer
from tests import factories as make
from tests.study.stories import right, sat_down, tell

pytestmark = pytest.mark.django_db


def asked(**changes: Any) -> AskedQuestion:
    event = make.EventFactory(key="e")
    question: Question = make.question(event.key, **changes)
    return make.AskedQuestionFactory(event=event, content=question.as_dict(), facet=question.facet.value)


def after(one: AskedQuestion, given: Answer) -> Feedback:
    answer(one.pk, given, now=make.NOW)
    one.refresh_from_db()
    return feedback(one, chronicle())


DAY = {"shape": Shape.DAY, "options": (), "key": (), "days": ("2014-01-14", "2014-01-15"), "half_life": 3.0}
ITEMS = tuple(Option(key, event=key) for key in "wxyz")
ORDER = {
    "shape": Shape.ORDER,
    "facet": Facet.SEQUENCE,
    "options": ITEMS,
    "key": (2, 0, 3, 1),
    "events": ("x", "y", "w", "z"),
}


@pytest.mark.parametrize(
    ("given", "verdict", "text"),
    [
        (Answer(choice=0), Verdict.RIGHT, "19 November 2013"),
        (Answer(choice=1), Verdict.WRONG, "23 November 2013"),
        (Answer(), Verdict.UNKNOWN, ""),
    ],
)
def test_a_choice_comes_out_right_wrong_or_unknown(given: Answer, verdict: Verdict, text: str) -> None:
    told = after(asked(), given)
    assert (told.verdict, told.given, told.earns_part) == (verdict, text, False)
    options = told.question.options
    assert told.rows == (
        Row(options[0], chosen=given.choice == 0, right=True),
        Row(options[1], chosen=given.choice == 1, right=False),
    )


@pytest.mark.parametrize(
    ("days", "verdict", "earns_part"),
    [
        (0, Verdict.RIGHT, False),
        (1, Verdict.RIGHT, False),
        (4, Verdict.PARTLY, True),
        (7, Verdict.PARTLY, True),
        (8, Verdict.WRONG, True),
        (99, Verdict.WRONG, False),
    ],
)
def test_a_day_comes_out_right_partly_or_wrong(days: int, verdict: Verdict, earns_part: bool) -> None:
    one = asked(**DAY)
    first = one.question.accepted[0]
    told = after(one, Answer(day=first + timedelta(days=days)))
    assert (told.verdict, told.earns_part, told.rows) == (verdict, earns_part, ())
    assert told.marked.days_off == max(days - 1, 0)


def test_a_day_is_told_in_words() -> None:
    one = asked(**DAY)
    assert after(one, Answer(day=one.question.accepted[0])).given == "14 January 2014"


def test_an_order_shows_the_right_order_the_places_given_and_the_longest_run() -> None:
    told = after(asked(**ORDER), Answer(order=(0, 2, 3, 1)))
    assert (told.verdict, told.given, told.earns_part, told.in_sequence) == (Verdict.PARTLY, "", True, 3)
    rows = [(row.option.event, row.chosen, row.given, row.rank) for row in told.rows]
    assert rows == [("y", True, 2, 1), ("w", True, 1, 2), ("z", True, 3, 3), ("x", True, 4, 4)]


def test_a_reversed_order_is_wrong_and_a_right_one_right() -> None:
    assert after(asked(**ORDER), Answer(order=(1, 3, 0, 2))).verdict == Verdict.WRONG


def test_a_right_order_is_one_run() -> None:
    told = after(asked(**ORDER), Answer(order=(2, 0, 3, 1)))
    assert (told.verdict, [row.right for row in told.rows]) == (Verdict.RIGHT, [True] * 4)


def test_an_order_that_was_not_known_shows_no_places() -> None:
    told = after(asked(**ORDER), Answer())
    assert told.verdict == Verdict.UNKNOWN
    assert [(row.option.event, row.chosen, row.right, row.given, row.rank) for row in told.rows] == [
        ("y", False, False, 0, 1),
        ("w", False, False, 0, 2),
        ("z", False, False, 0, 3),
        ("x", False, False, 0, 4),
    ]


def test_there_is_no_feedback_before_the_answer() -> None:
    with pytest.raises(ValueError, match="is not answered"):
        feedback(asked(), chronicle())


@pytest.mark.parametrize("shape", Shape)
def test_each_shape_comes_out_right_and_unknown(shape: Shape) -> None:
    tell()
    one, other = sat_down(shape), sat_down(shape)
    assert after(one, right(one.question)).verdict == Verdict.RIGHT
    told = after(other, Answer())
    assert (told.verdict, told.given, told.typed, told.elsewhere, told.misplaced) == (Verdict.UNKNOWN, "", "", "", None)
    assert [row for row in told.rows if row.chosen] == []


# --- What a row says ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facet", "text", "note", "told", "really"),
    [
        ("sequence", "Rebels left", "Rebels left (5 May).", "Rebels left (5 May).", ""),
        ("sequence", "rebels left", "As SOHR says, Rebels left (5 May).", "As SOHR says, Rebels left (5 May).", ""),
        ("sequence", "The documents do not settle it", "", "The documents do not settle it", ""),
        ("sequence", "Neither", "They give two dates.", "Neither", "They give two dates."),
    ],
)
@pytest.mark.parametrize("shape", [Shape.CHOICE, Shape.ORDER, Shape.GAP])
def test_a_note_that_tells_an_event_once_more_stands_for_it(
    shape: Shape, facet: str, text: str, note: str, told: str, really: str
) -> None:
    given = {Shape.ORDER: Answer(order=(0, 1)), Shape.CHOICE: Answer(choice=0), Shape.GAP: Answer(choice=0)}[shape]
    options = tuple(Option(text, note, event=key) for key in "xy")
    key = (0, 1) if shape is Shape.ORDER else (0,)
    changes = {"shape": shape, "facet": Facet(facet), "options": options, "key": key, "events": ("x", "y")}
    rows = [row for row in after(asked(**changes), given).rows if row.option.text == text]
    assert [(row.told, row.really) for row in rows] == [(told, really)] * 2


@pytest.mark.parametrize(
    ("kind", "facet", "note", "really"),
    [
        ("choose-date", "date", "Rebels left (5 May 2014).", ""),
        ("choose-place", "place", "Rebels left (5 May 2014).", ""),
        ("who-reports", "source", "It reports this.", ""),
        ("choose-phase", "date", "As it is divided: in May.", "As it is divided: in May."),
    ],
)
def test_of_a_right_choice_only_that_is_told_which_key_and_sources_do_not_tell(
    kind: str, facet: str, note: str, really: str
) -> None:
    options = (Option("5 May 2014", note, event="e"), Option("6 May 2014", note))
    told = after(asked(kind=kind, facet=Facet(facet), options=options), Answer(choice=1))
    assert [(row.told, row.really) for row in told.rows] == [("5 May 2014", really), ("6 May 2014", note)]


def test_the_right_phase_is_told_with_its_days_and_not_with_its_event_again() -> None:
    tell()
    line = chronicle().story_line("amber-captured")
    note = Option("First phase", f"{line} First phase: in January.", event="amber-captured")
    content = make.question("amber-captured", kind="choose-phase", options=(note, Option("Second phase", "Later.")))
    one = make.AskedQuestionFactory(event=Event.objects.get(key="amber-captured"), content=content.as_dict())
    assert [row.really for row in after(one, Answer(choice=1)).rows] == ["First phase: in January.", "Later."]


def test_what_happened_here_is_told_with_the_names_of_the_places() -> None:
    options = (Option("Rebels left the town", "Rebels left Qara."), Option("Rebels left the town", "Rebels left Rima."))
    told = after(asked(kind="happened-here", facet=Facet.PLACE, options=options), Answer(choice=1))
    assert [(row.told, row.really) for row in told.rows] == [("Rebels left Qara.", ""), ("Rebels left Rima.", "")]


# --- Links to events, and why --------------------------------------------------------------------


@pytest.mark.parametrize("shape", [Shape.ORDER, Shape.GAP])
def test_in_a_sequence_each_row_leads_to_its_event_and_nothing_else_does(shape: Shape) -> None:
    tell()
    one = sat_down(shape)
    told = after(one, right(one.question))
    assert [row.link for row in told.rows] == [row.option.event for row in told.rows]
    assert told.read_on == ()


def test_a_wrong_choice_leads_to_its_event_and_below_the_sources_stands_the_way_to_the_right_one() -> None:
    tell()
    one = sat_down(Shape.CHOICE)
    told = after(one, Answer())
    keys = {row.option.event for row in told.rows if not row.right} - {""}
    assert {row.link for row in told.rows} - {""} == keys
    assert [line.key for line in told.read_on] == [one.question.event]


def test_a_day_that_another_source_gives_leads_nowhere() -> None:
    tell()
    key = "amber-captured"
    options = (
        Option("2 January 2014", "X.", event=key),
        Option("3 January 2014", "This day is given by Y.", event=key),
    )
    content = make.question(key, kind="source-date", facet=Facet.SOURCE, options=options)
    told = after(make.AskedQuestionFactory(event=Event.objects.get(key=key), content=content.as_dict()), Answer())
    assert [row.link for row in told.rows] == ["", ""]
    assert [line.key for line in told.read_on] == [key]


def test_nothing_leads_to_an_event_that_is_gone() -> None:
    tell()
    one = sat_down(Shape.ORDER)
    Event.objects.update(retired=True)
    told = after(one, right(one.question))
    assert ({row.link for row in told.rows}, told.read_on) == ({""}, ())


OTHERS = "Others differ: SOHR: 6 May 2014."


@pytest.mark.parametrize(
    ("kind", "facet", "explanation", "why"),
    [
        ("choose-date", "date", "Rebels left (5 May 2014).", ""),
        ("type-place", "place", "Rebels left Qara.", ""),
        ("who-reports", "source", "The paper reports that they left.", ""),
        ("source-date", "source", f"Rebels left (5 May 2014). {OTHERS}", OTHERS),
        ("first", "sequence", "Rebels left (5 May 2014). The dates leave it open.", "The dates leave it open."),
        ("next", "sequence", "Rebels came. The next of these: 5 May.", "Rebels came. The next of these: 5 May."),
    ],
)
def test_why_says_what_the_rest_of_the_page_does_not(kind: str, facet: str, explanation: str, why: str) -> None:
    options = (
        Option("rebels left", "Rebels left (5 May 2014).", event="x"),
        Option("Other", "Another day.", event="y"),
    )
    changes = {"kind": kind, "facet": Facet(facet), "explanation": explanation, "options": options}
    assert after(asked(**changes), Answer(choice=1)).why == why


# --- Pins ---------------------------------------------------------------------------------------


def test_a_wrong_pin_is_told_with_its_distance_from_the_right_one() -> None:
    tell()
    told = after(sat_down(Shape.PIN), Answer(choice=0))
    assert (told.verdict, told.given) == (Verdict.WRONG, "Amber")
    assert [round(row.km or 0) for row in told.rows] == [40, 20, 0, 20, 40, 60]
    assert [(row.chosen, row.right) for row in told.rows[:3]] == [(True, False), (False, False), (False, True)]


def test_options_that_are_no_pins_lie_at_no_distance() -> None:
    assert distance_km(Option("one"), Option("other", lat=34.0, lon=36.0)) is None


# --- Order --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "misplaced", "belongs"),
    [
        ((2, 0, 1, 3), ("x", 3), ("z", 3)),
        ((0, 2, 3, 1), ("w", 1), ("y", 1)),
        ((2, 3, 0, 1), ("z", 2), ("w", 2)),
    ],
)
def test_an_order_names_the_first_event_out_of_place(
    given: tuple[int, ...], misplaced: tuple[str, int], belongs: tuple[str, int]
) -> None:
    told = after(asked(**ORDER), Answer(order=given))
    assert told.misplaced is not None
    assert told.belongs is not None
    assert (told.misplaced.option.event, told.misplaced.given) == misplaced
    assert (told.belongs.option.event, told.belongs.rank) == belongs


def test_a_right_order_has_nothing_out_of_place() -> None:
    told = after(asked(**ORDER), Answer(order=(2, 0, 3, 1)))
    assert (told.misplaced, told.belongs) == (None, None)


# --- Line with gaps -----------------------------------------------------------------------------

LINE = [f"{town}-captured" for town in ("amber", "birch", "dune")]


def marked(told: Feedback) -> list[tuple[str, bool, bool]]:
    return [(row.option.event, row.chosen, row.right) for row in told.rows]


@pytest.mark.parametrize(
    ("gap", "rows"),
    [
        (2, [(LINE[0], 0, 0), (LINE[1], 0, 0), ("cedar-captured", 1, 1), (LINE[2], 0, 0)]),
        (0, [("", 1, 0), (LINE[0], 0, 0), (LINE[1], 0, 0), ("cedar-captured", 0, 1), (LINE[2], 0, 0)]),
        (3, [(LINE[0], 0, 0), (LINE[1], 0, 0), ("cedar-captured", 0, 1), (LINE[2], 0, 0), ("", 1, 0)]),
        (None, [(LINE[0], 0, 0), (LINE[1], 0, 0), ("cedar-captured", 0, 1), (LINE[2], 0, 0)]),
    ],
)
def test_a_line_shows_the_event_where_it_belongs_and_the_gap_that_was_chosen(
    gap: int | None, rows: list[tuple[str, bool, bool]]
) -> None:
    tell()
    told = after(sat_down(Shape.GAP), Answer(choice=gap))
    assert marked(told) == rows
    inserted = next(row for row in told.rows if row.right)
    assert inserted.told == "Government forces captured Cedar (8 January 2014)."


def test_a_line_whose_event_is_gone_says_where_it_belonged() -> None:
    tell()
    one = sat_down(Shape.GAP)
    Event.objects.update(retired=True)
    assert [row.told for row in after(one, Answer(choice=2)).rows if row.right] == [one.question.key_text]


# --- Typed places -------------------------------------------------------------------------------


def typed(place: str, text: str) -> Feedback:
    one = sat_down(Shape.PLACE)
    answer(one.pk, Answer(place=place, typed=text), now=make.NOW)
    one.refresh_from_db()
    assert stored_answer(one) == Answer(place=place, typed=text)
    return feedback(one, chronicle())


@pytest.mark.parametrize(
    ("text", "shown", "slip"),
    [
        ("Amber", "", False),
        ("  AMBER ", "", False),
        ("Ambar", "Ambar", True),
        ("Yellow Stone", "Yellow Stone", False),
        ("كهرمان", "كهرمان", False),
    ],
)
def test_a_typed_name_is_told_where_it_is_not_the_usual_one(text: str, shown: str, slip: bool) -> None:
    tell()
    place = Event.objects.get(key="amber-captured").places.get().place
    make.PlaceSpellingFactory(place=place, name="Yellow Stone")
    type(place).objects.update(name_ar="كهرمان")
    told = typed("amber", text)
    assert (told.verdict, told.given, told.typed, told.slip, told.elsewhere) == (
        Verdict.RIGHT,
        "Amber",
        shown,
        slip,
        "",
    )


def test_a_wrong_place_is_told_with_what_happened_there() -> None:
    tell()
    told = typed("dune", "Dune")
    assert (told.verdict, told.given) == (Verdict.WRONG, "Dune")
    assert told.elsewhere == "Government forces captured Dune (11 January 2014)."


@pytest.mark.parametrize("changes", [{"sensitive": True}, {"retired": True}])
def test_of_killings_and_of_what_is_gone_nothing_is_told(changes: dict[str, bool]) -> None:
    tell()
    Event.objects.filter(key="dune-captured").update(**changes)
    assert typed("dune", "Dune").elsewhere == ""


def test_a_place_that_is_gone_is_told_as_it_was_typed() -> None:
    tell()
    told = typed("atlantis", "Atlantys")
    assert (told.given, told.typed, told.elsewhere) == ("Atlantys", "", "")
