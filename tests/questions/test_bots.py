"""Guessing bots: what each takes, and where it has nothing to go by."""

from datetime import date
from typing import Any

import pytest

from quiz.questions.proving.bots import BOTS, ORDER_BOTS, middle_day, words
from quiz.questions.proving.learning import learned
from quiz.questions.question import Facet, Mode, Option, Question, Shape


def question(*texts: str, key: int = 0, **changes: Any) -> Question:
    """A choice among texts; what a test does not name is the same each time."""
    values: dict[str, Any] = {
        "id": "kind/e",
        "kind": "kind",
        "shape": Shape.CHOICE,
        "facet": Facet.DATE,
        "mode": Mode.PLAIN,
        "events": ("e",),
        "stem": "When was it?",
        "options": tuple(Option(text) for text in texts),
        "key": (key,),
        "key_text": "",
        "explanation": "",
        "citations": (),
    }
    return Question(**{**values, **changes})


def pins(*where: tuple[float, float], **changes: Any) -> Question:
    options = tuple(Option(f"Place {n}", lat=lat, lon=lon) for n, (lat, lon) in enumerate(where))
    return question(shape=Shape.PIN, options=options, **changes)


DAYS = ("1 March 2014", "3 March 2014", "5 March 2014", "20 March 2014")


@pytest.mark.parametrize(
    ("bot", "texts", "picks"),
    [
        ("first", ("a", "b", "c", "d"), {0}),
        ("last", ("a", "b", "c", "d"), {3}),
        ("middle", ("a", "b", "c"), {1}),
        ("middle", ("a", "b", "c", "d"), {1, 2}),
        ("lower middle", ("a", "b", "c", "d"), {1}),
        ("upper middle", ("a", "b", "c", "d"), {2}),
        ("longest", ("a", "bbb", "cc"), {1}),
        ("longest", ("aaa", "bbb", "cc"), {0, 1}),
        ("shortest", ("aa", "bbb", "c"), {2}),
        ("most similar to the stem", ("It was then.", "When they came", "Never"), {1}),
        ("odd wording out", ("rebels took a hill", "rebels took a town", "shells fell"), {2}),
        ("attributed", ("Rebels left", "According to SOHR, rebels left"), {1}),
        ("not settled", ("Rebels left first", "Rebels came first", "The documents do not settle it"), {2}),
        ("loneliest date", DAYS, {3}),
        ("loneliest date", ("Left (1 May 2014)", "Came (2 May 2014)", "Fell (4 May 2014)"), {2}),
    ],
)
def test_a_bot_takes_what_it_is_named_for(bot: str, texts: tuple[str, ...], picks: set[int]) -> None:
    assert BOTS[bot](question(*texts)) == picks


@pytest.mark.parametrize(
    ("bot", "texts"),
    [
        ("middle", ("a", "b")),
        ("lower middle", ("a", "b", "c")),
        ("upper middle", ("a", "b")),
        ("longest", ("aa", "bb")),
        ("shortest", ("aa", "bb")),
        ("most similar to the stem", ("a hill", "a town")),
        ("odd wording out", ("rebels left", "shells fell")),
        ("attributed", ("Rebels left", "Rebels came")),
        ("not settled", ("a", "b", "c")),
        ("loneliest date", ("1 May 2014", "2 May 2014")),
        ("loneliest date", ("1 May 2014", "2 May 2014", "a town")),
        ("loneliest date", ("1 May 2014", "3 May 2014", "5 May 2014")),
        ("loneliest pin", ("a", "b", "c")),
        ("most central pin", ("a", "b", "c")),
    ],
)
def test_a_bot_says_so_where_it_has_nothing_to_go_by(bot: str, texts: tuple[str, ...]) -> None:
    assert BOTS[bot](question(*texts)) is None


def test_no_bot_looks_at_the_key_or_at_what_comes_after_the_answer() -> None:
    options = (
        Option("1 May 2014"),
        Option("According to SOHR, on 9 May 2014"),
        Option("Not settled before 7 June 2014"),
    )
    shown = question(options=options)
    told = tuple(Option(o.text, note="Right!", event=f"e{n}", place="p", witness="w") for n, o in enumerate(options))
    for bot in BOTS.values():
        assert bot(shown) == bot(question(options=told, key=2, key_text="Right!", explanation="Right!"))


@pytest.mark.parametrize("name", BOTS)
def test_no_bot_guesses_where_the_answer_is_typed_or_an_order(name: str) -> None:
    assert BOTS[name](question(shape=Shape.DAY, days=("2014-05-01", "2014-05-01"), key=0)) is None
    assert BOTS[name](question("a", "bb", "According to c", shape=Shape.ORDER, key=0)) is None


def test_gaps_are_taken_by_their_place_and_by_the_event_beside_them() -> None:
    line = question("Rebels left", "Shells fell when", "Troops came", shape=Shape.GAP)
    picks = {name: bot(line) for name, bot in BOTS.items()}
    assert {name: picked for name, picked in picks.items() if picked} == {
        "first": {0},
        "last": {3},
        "middle": {1, 2},
        "lower middle": {1},
        "upper middle": {2},
        "most similar to the stem": {1, 2},
    }
    assert BOTS["most similar to the stem"](question("a", "b", "c", shape=Shape.GAP)) is None


def test_pins_are_taken_by_where_they_lie() -> None:
    row = pins((34.0, 36.0), (34.1, 36.0), (34.2, 36.0), (35.0, 36.0))
    assert BOTS["loneliest pin"](row) == {3}
    assert BOTS["most central pin"](row) == {1, 2}
    assert BOTS["longest"](pins((34.0, 36.0), (34.1, 36.0))) is None


def test_a_pin_without_a_place_is_not_measured() -> None:
    options = (Option("a", lat=34.0, lon=36.0), Option("b", lat=34.5))
    assert BOTS["most central pin"](question(shape=Shape.PIN, options=options)) is None
    assert BOTS["loneliest pin"](question(shape=Shape.PIN, options=(*options, Option("c")))) is None


# --- Learning -------------------------------------------------------------------------------------


def asked(event: str, *texts: str, key: int) -> Question:
    return question(*texts, key=key, id=f"kind/{event}", events=(event,))


def test_the_most_frequent_answer_is_learned_from_other_events_only() -> None:
    space = [
        asked("a", "Qara", "Flita", key=0),
        asked("b", "Qara", "Flita", key=0),
        asked("c", "Qara", "Flita", key=1),
        asked("d", "Flita", "Rankous", key=0),
    ]
    bot = learned(space)["most frequent"]
    assert [bot(one) for one in space] == [{1}, {1}, {0}, {0}]
    assert bot(asked("e", "Rankous", "Flita", "Qara", key=0)) == {1, 2}
    assert bot(asked("e", "Rankous", "Jibbeh", key=0)) is None
    assert bot(question("Qara", "Flita", kind="another")) is None


def test_the_most_frequent_date_is_learned_from_other_events_only() -> None:
    space = [asked("a", "1 May 2014", "4 May 2014", key=1), asked("b", "1 May 2014", "4 May 2014", key=1)]
    bot = learned(space)["most frequent date"]
    assert bot(space[0]) == {1}
    assert bot(asked("c", "Left (4 May 2014)", "Came (1 May 2014)", key=0)) == {0}
    assert bot(asked("c", "Left", "Came", key=0)) is None


def test_the_median_date_is_that_of_all_keys() -> None:
    space = [asked(str(n), day, "1 May 2015", key=0) for n, day in enumerate(DAYS[:3])]
    bot = learned(space)["median date"]
    assert bot(asked("d", *DAYS, key=0)) == {1}
    assert bot(asked("d", "Qara", "Flita", key=0)) is None
    assert learned([])["median date"](asked("d", *DAYS, key=0)) is None


def test_learners_take_nothing_where_there_are_no_options() -> None:
    typed = question(shape=Shape.DAY, key=0, days=("2014-05-01", "2014-05-01"))
    assert {name: bot(typed) for name, bot in learned([typed]).items()} == dict.fromkeys(learned([]))


# --- Orders ---------------------------------------------------------------------------------------


def test_orders_are_guessed_as_shown_reversed_and_by_length() -> None:
    shown = question("bbb", "a", "cc", shape=Shape.ORDER)
    assert {name: bot(shown) for name, bot in ORDER_BOTS.items()} == {
        "as shown": (0, 1, 2),
        "reversed": (2, 1, 0),
        "shortest first": (1, 2, 0),
        "longest first": (0, 2, 1),
    }


# --- Reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("19 November 2013", "2013-11-19"),
        ("15–17 November 2013", "2013-11-16"),
        ("29 November – 3 December 2013", "2013-12-01"),
        ("30 December 2013 – 3 January 2014", "2014-01-01"),
        ("November 2013", "2013-11-15"),
        ("Rebels left (2 May 2014)", "2014-05-02"),
    ],
)
def test_the_middle_day_of_an_option_is_read(text: str, day: str) -> None:
    assert middle_day(text) == date.fromisoformat(day).toordinal()


@pytest.mark.parametrize("text", ["", "Qara", "November", "19 November", "2013", "A – B"])
def test_a_text_without_a_dated_year_has_no_middle_day(text: str) -> None:
    assert middle_day(text) is None


def test_words_leave_out_what_any_two_sentences_share() -> None:
    assert words("The rebels, of the town at Qara") == {"rebels", "town", "qara"}
