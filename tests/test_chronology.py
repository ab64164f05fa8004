"""Dates: what is read and refused, how it is said, what days two accounts share, which event came first."""

import calendar
import importlib
import random
import re
import warnings
from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from itertools import product
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.chronology import (
    PATTERN,
    Interval,
    InvalidDate,
    Order,
    Precision,
    all_precede,
    common_days,
    day_in_words,
    in_words,
    order,
    parse,
    precedes,
    span_in_words,
)

ORDINARY_DAYS = st.dates(date(1, 1, 3), date(9999, 12, 29))
ANY_DAYS = st.dates()
TWO_DAYS = st.lists(ANY_DAYS, min_size=2, max_size=2, unique=True).map(sorted)


# --- Reading --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "days", "lasted"),
    [
        ("2013-11-19", date(2013, 11, 19), date(2013, 11, 19), Precision.DAY, 1, False),
        ("2014-02-20~", date(2014, 2, 18), date(2014, 2, 22), Precision.APPROXIMATE, 5, False),
        ("2014-01-01~", date(2013, 12, 30), date(2014, 1, 3), Precision.APPROXIMATE, 5, False),
        ("2014-07", date(2014, 7, 1), date(2014, 7, 31), Precision.MONTH, 31, False),
        ("2014-02", date(2014, 2, 1), date(2014, 2, 28), Precision.MONTH, 28, False),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), Precision.MONTH, 29, False),
        ("2013-12", date(2013, 12, 1), date(2013, 12, 31), Precision.MONTH, 31, False),
        ("2013-11-15/2013-11-17", date(2013, 11, 15), date(2013, 11, 17), Precision.SPAN, 3, True),
        ("2013-11-29/2013-11-30", date(2013, 11, 29), date(2013, 11, 30), Precision.SPAN, 2, True),
        ("[2014-07-11..2014-07-20]", date(2014, 7, 11), date(2014, 7, 20), Precision.WITHIN, 10, False),
        ("[..2014-02-28]", None, date(2014, 2, 28), Precision.BY, None, False),
    ],
)
def test_each_form_is_read_with_its_bounds(
    text: str, earliest: date | None, latest: date, precision: Precision, days: int | None, lasted: bool
) -> None:
    interval = parse(text)
    assert interval == Interval(text, earliest, latest, precision)
    assert (interval.days, interval.lasted) == (days, lasted)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2013",
        "2013-11-19 ",
        " 2013-11-19",
        "2013-11-19\n",
        "2013-11-1",
        "13-11-19",
        "2013/11/19",
        "20131119",
        "19 November 2013",
        "٢٠١٣-١١-١٩",
        "-2013-11-19",
        "2013-11-19?",
        "2013-11-19%",
        "2013-11-XX",
        "2013-XX",
        "2014-07~",
        "2013-11-19~~",
        "~2013-11-19",
        "2013-11-19T12:00:00",
        "2013-11-15~/2013-11-17",
        "2013-11-15/2013-11-17~",
        "2013-11/2013-12",
        "2013-11-15/",
        "/2013-11-17",
        "2013-11-15/..",
        "../2013-11-17",
        "2013-11-15..2013-11-17",
        "[2013-11-15]",
        "[2013-11-15..]",
        "[..]",
        "[]",
        "[2014-07..2014-08]",
        "[2013-11-15,2013-11-17]",
        "{2013-11-15..2013-11-17}",
        "[2013-11-15..2013-11-17",
        "2013-11-19,",
        "2013-11-192013-11-20",
    ],
)
def test_other_forms_are_refused_with_the_accepted_ones_named(text: str) -> None:
    with pytest.raises(InvalidDate) as refusal:
        parse(text)
    assert str(refusal.value) == (
        f"“{text}” is no date of the chronicle. Write 2013-11-19, 2014-02-20~ (around), 2014-07 (in a month), "
        "2013-11-15/2013-11-17 (lasted), [2014-07-11..2014-07-20] (one time within) or [..2014-02-28] (by)."
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2013-02-29", "2013-02-29"),
        ("2013-11-31", "2013-11-31"),
        ("2013-13-01", "2013-13-01"),
        ("2013-00-01", "2013-00-01"),
        ("2013-11-00", "2013-11-00"),
        ("0000-01-01", "0000-01-01"),
        ("2013-02-30~", "2013-02-30"),
        ("2013-13", "2013-13-01"),
        ("2013-00", "2013-00-01"),
        ("2013-11-31/2013-12-02", "2013-11-31"),
        ("2013-11-30/2013-12-32", "2013-12-32"),
        ("[2014-02-29..2014-03-02]", "2014-02-29"),
        ("[..2014-02-29]", "2014-02-29"),
    ],
)
def test_a_day_that_does_not_exist_is_refused_by_name(text: str, day: str) -> None:
    with pytest.raises(InvalidDate) as refusal:
        parse(text)
    assert str(refusal.value) == f"“{day}” is no day of the calendar."


@pytest.mark.parametrize(
    "text",
    [
        "2013-11-17/2013-11-15",
        "2013-11-15/2013-11-15",
        "[2014-07-20..2014-07-11]",
        "[2014-07-11..2014-07-11]",
    ],
)
def test_bounds_that_do_not_rise_are_refused(text: str) -> None:
    with pytest.raises(InvalidDate) as refusal:
        parse(text)
    assert str(refusal.value) == f"“{text}”: the second day must come after the first."


@pytest.mark.parametrize("text", ["0001-01-01~", "0001-01-02~", "9999-12-30~", "9999-12-31~"])
def test_around_a_day_at_the_ends_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(InvalidDate) as refusal:
        parse(text)
    assert str(refusal.value) == f"“{text}” reaches beyond the calendar."


def test_a_refusal_is_a_value_error_without_a_python_cause() -> None:
    with pytest.raises(ValueError, match="is no day") as refusal:
        parse("2013-02-29")
    assert refusal.value.__suppress_context__


@given(ANY_DAYS)
def test_a_day_is_read_back(day: date) -> None:
    text = day.isoformat()
    assert parse(text) == Interval(text, day, day, Precision.DAY)


@given(ORDINARY_DAYS)
def test_around_a_day_is_read_back_with_two_days_either_way(day: date) -> None:
    text, margin = f"{day.isoformat()}~", timedelta(days=2)
    assert parse(text) == Interval(text, day - margin, day + margin, Precision.APPROXIMATE)


@given(ANY_DAYS)
def test_a_month_holds_exactly_its_own_days(day: date) -> None:
    month = parse(f"{day.year:04}-{day.month:02}")
    assert month.precision is Precision.MONTH
    assert month.earliest == day.replace(day=1)
    assert month.latest.day == calendar.monthrange(day.year, day.month)[1]
    assert (month.latest.year, month.latest.month) == (day.year, day.month)


@given(TWO_DAYS)
def test_two_days_are_read_back_as_lasting_or_as_within(days: list[date]) -> None:
    first, last = days
    lasted, within = f"{first}/{last}", f"[{first}..{last}]"
    assert parse(lasted) == Interval(lasted, first, last, Precision.SPAN)
    assert parse(within) == Interval(within, first, last, Precision.WITHIN)


@given(ANY_DAYS)
def test_a_day_without_a_lower_bound_is_read_back(day: date) -> None:
    text = f"[..{day}]"
    assert parse(text) == Interval(text, None, day, Precision.BY)


def test_an_interval_is_a_plain_value() -> None:
    interval = parse("2013-11-19")
    with pytest.raises(FrozenInstanceError):
        interval.latest = date(2013, 11, 20)  # type: ignore[misc]
    assert not hasattr(interval, "__dict__")


def test_precisions_and_orders_keep_the_words_that_others_store() -> None:
    assert list(Precision) == ["day", "approximate", "month", "span", "within", "by"]
    assert list(Order) == ["before", "after", "source before", "source after", "contested", "open"]


# --- One reading, two notations: the pattern of the database ---------------------------------


def accepted(text: str) -> bool:
    """Whether the chronicle takes a text."""
    try:
        parse(text)
    except InvalidDate:
        return False
    return True


def has_an_impossible_day(text: str) -> bool:
    """By the calendar alone: a year 0, or a day past the end of its month."""
    days = re.findall(r"(\d{4})-(\d{2})(?:-(\d{2}))?", text)
    return any(
        int(year) == 0 or not 1 <= int(day or 1) <= calendar.monthrange(int(year), int(month))[1]
        for year, month, day in days
    )


def has_bounds_that_do_not_rise(text: str) -> bool:
    """ISO days of four-digit years sort as texts."""
    days = re.findall(r"\d{4}-\d{2}-\d{2}", text)
    return len(days) == 2 and days[0] >= days[1]


def reaches_beyond_the_calendar(text: str) -> bool:
    """Two days around one of the two first or the two last days of the calendar."""
    return text in {"0001-01-01~", "0001-01-02~", "9999-12-30~", "9999-12-31~"}


@settings(max_examples=500)
@given(st.from_regex(PATTERN, fullmatch=True))
def test_what_matches_the_pattern_is_refused_only_for_its_days(text: str) -> None:
    refused = has_an_impossible_day(text) or has_bounds_that_do_not_rise(text)
    assert accepted(text) is not (refused or reaches_beyond_the_calendar(text))


@given(ORDINARY_DAYS, TWO_DAYS)
def test_what_is_accepted_matches_the_pattern(day: date, days: list[date]) -> None:
    first, last = days
    for text in (f"{day}", f"{day}~", f"{day}"[:7], f"{first}/{last}", f"[{first}..{last}]", f"[..{day}]"):
        assert accepted(text)
        assert re.fullmatch(PATTERN, text)


@settings(max_examples=500)
@given(
    st.lists(
        st.sampled_from(["2014-02-28", "2014-07", "-19", "[", "..", "]", "/", "~", "\n", " ", "٤"]),
        max_size=5,
    )
)
def test_what_does_not_match_the_pattern_is_never_accepted(parts: list[str]) -> None:
    text = "".join(parts)
    assert accepted(text) <= bool(re.fullmatch(PATTERN, text))


@pytest.mark.parametrize(
    "text", ["2013-13-01", "2013-00", "2013-11-32", "[..2013-11-00]", "x2013-11-19", "2013-11-19x"]
)
def test_the_pattern_alone_refuses_days_and_months_that_no_calendar_has(text: str) -> None:
    assert not re.search(PATTERN, text)


# --- The same readings in the library for all of EDTF ----------------------------------------


@pytest.fixture(scope="session")
def edtf() -> ModuleType:
    """The edtf library; it warns when imported, which is its own affair."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("edtf")


def bounds_in_the_library(edtf: ModuleType, text: str) -> tuple[date, date]:
    """The strict bounds that the library reads."""
    read = edtf.parse_edtf(text)
    lower, upper = read.lower_strict(), read.upper_strict()
    return date(*lower[:3]), date(*upper[:3])


@settings(max_examples=30)
@given(day=ANY_DAYS)
def test_days_and_months_agree_with_the_edtf_library(edtf: ModuleType, day: date) -> None:
    for text in (day.isoformat(), day.isoformat()[:7]):
        interval = parse(text)
        assert (interval.earliest, interval.latest) == bounds_in_the_library(edtf, text)


@settings(max_examples=30)
@given(days=TWO_DAYS)
def test_intervals_and_sets_agree_with_the_edtf_library(edtf: ModuleType, days: list[date]) -> None:
    for text in ("{}/{}".format(*days), "[{}..{}]".format(*days)):
        interval = parse(text)
        assert (interval.earliest, interval.latest) == bounds_in_the_library(edtf, text)


def test_a_set_without_lower_bound_has_none_in_the_edtf_library(edtf: ModuleType) -> None:
    read = edtf.parse_edtf("[..2014-02-28]")
    assert read.lower_strict() == float("-inf")
    assert date(*read.upper_strict()[:3]) == parse("[..2014-02-28]").latest


def test_around_a_day_reaches_less_far_than_in_the_edtf_library(edtf: ModuleType) -> None:
    ours, theirs = parse("2014-02-20~"), edtf.parse_edtf("2014-02-20~")
    assert ours.earliest is not None
    assert date(*theirs.lower_fuzzy()[:3]) < ours.earliest
    assert date(*theirs.upper_fuzzy()[:3]) > ours.latest


# --- In words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2013-11-19", "19 November 2013"),
        ("2014-03-01", "1 March 2014"),
        ("2014-02-20~", "around 20 February 2014"),
        ("2014-03-01~", "around 1 March 2014"),
        ("2014-07", "in July 2014"),
        ("2013-11-15/2013-11-17", "15–17 November 2013"),
        ("2013-11-29/2013-12-02", "29 November – 2 December 2013"),
        ("2013-12-30/2014-01-02", "30 December 2013 – 2 January 2014"),
        ("2013-11-15/2014-11-17", "15 November 2013 – 17 November 2014"),
        ("[2014-07-11..2014-07-20]", "some time between 11 and 20 July 2014"),
        ("[2014-02-27..2014-03-03]", "some time between 27 February and 3 March 2014"),
        ("[2013-12-30..2014-01-02]", "some time between 30 December 2013 and 2 January 2014"),
        ("[..2014-02-28]", "by 28 February 2014"),
    ],
)
def test_an_interval_is_said_no_more_exactly_than_it_is(text: str, words: str) -> None:
    assert in_words(parse(text)) == words


def test_a_day_can_be_said_without_its_year() -> None:
    assert day_in_words(date(2013, 11, 9), year=False) == "9 November"


def test_a_span_of_one_day_is_that_day() -> None:
    assert span_in_words(date(2013, 11, 9), date(2013, 11, 9)) == "9 November 2013"


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (date(2013, 11, 17), "15 to 17 November 2013"),
        (date(2013, 12, 17), "15 November to 17 December 2013"),
        (date(2014, 11, 17), "15 November 2013 to 17 November 2014"),
    ],
)
def test_a_span_can_be_joined_by_a_word(last: date, words: str) -> None:
    assert span_in_words(date(2013, 11, 15), last, "to") == words


# --- Days held and shared -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "held", "not_held"),
    [
        ("2013-11-19", ["2013-11-19"], ["2013-11-18", "2013-11-20"]),
        ("2014-02-20~", ["2014-02-18", "2014-02-22"], ["2014-02-17", "2014-02-23"]),
        ("2013-11-15/2013-11-17", ["2013-11-15", "2013-11-16", "2013-11-17"], ["2013-11-14", "2013-11-18"]),
        ("[..2014-02-28]", ["2014-02-28", "0001-01-01"], ["2014-03-01"]),
    ],
)
def test_an_interval_holds_its_own_days_only(text: str, held: list[str], not_held: list[str]) -> None:
    interval = parse(text)
    assert [interval.holds(date.fromisoformat(day)) for day in held] == [True] * len(held)
    assert [interval.holds(date.fromisoformat(day)) for day in not_held] == [False] * len(not_held)


# A calendar of twelve days, small enough to try every day: `FLOOR` stands for all that lies before it.
WINDOW = [date(2013, 12, 26) + timedelta(days=n) for n in range(12)]
FLOOR = WINDOW[0] - timedelta(days=1)


def possible_days(interval: Interval) -> list[date]:
    """Every day on which it may have happened, one by one."""
    return [day for day in (FLOOR, *WINDOW) if interval.holds(day)]


def _written(ends: list[date], form: str) -> str:
    return {"day": "{0}", "span": "{0}/{1}", "within": "[{0}..{1}]", "by": "[..{1}]"}[form].format(*ends)


INTERVALS = st.builds(
    _written,
    st.lists(st.sampled_from(WINDOW), min_size=2, max_size=2, unique=True).map(sorted),
    st.sampled_from(["day", "day", "span", "within", "by"]),
).map(parse)
CLAIMS = st.lists(st.tuples(st.sampled_from(["army", "rebels", "agency"]), INTERVALS), max_size=4)


@given(st.lists(INTERVALS, min_size=1, max_size=4))
def test_common_days_are_those_that_every_interval_holds(intervals: list[Interval]) -> None:
    shared = [day for day in (FLOOR, *WINDOW) if all(interval.holds(day) for interval in intervals)]
    common = common_days(intervals)
    if not shared:
        assert common is None
    else:
        assert common == (None if shared[0] == FLOOR else shared[0], shared[-1])


@pytest.mark.parametrize(
    ("texts", "common"),
    [
        (["2013-11-19", "2013-11-20"], None),
        (["2013-11-20", "2013-11-19"], None),
        (["2013-11-19", "2013-11-19"], (date(2013, 11, 19), date(2013, 11, 19))),
        (["2013-11-15/2013-11-17", "2013-11-17"], (date(2013, 11, 17), date(2013, 11, 17))),
        (["2014-02", "[..2014-02-10]"], (date(2014, 2, 1), date(2014, 2, 10))),
        (["[..2014-02-28]", "[..2014-02-10]"], (None, date(2014, 2, 10))),
        ([], (None, date.max)),
    ],
)
def test_common_days_of_some_intervals(texts: list[str], common: tuple[date | None, date] | None) -> None:
    assert common_days(parse(text) for text in texts) == common


# --- Order ----------------------------------------------------------------------------------

FLIPPED = {
    Order.BEFORE: Order.AFTER,
    Order.AFTER: Order.BEFORE,
    Order.SOURCE_BEFORE: Order.SOURCE_AFTER,
    Order.SOURCE_AFTER: Order.SOURCE_BEFORE,
    Order.CONTESTED: Order.CONTESTED,
    Order.OPEN: Order.OPEN,
}
Claims = list[tuple[str, Interval]]


def claims(*dated: tuple[str, str]) -> Claims:
    """Claims from (witness, text)."""
    return [(witness, parse(text)) for witness, text in dated]


def surely_before(ones: list[Interval], others: list[Interval]) -> bool:
    """By trying every day that the one may fall on with every day of the other."""
    earlier = [day for interval in ones for day in possible_days(interval)]
    later = [day for interval in others for day in possible_days(interval)]
    return bool(earlier and later) and all(a < b for a, b in product(earlier, later))


def order_by_trial(ones: Claims, others: Claims) -> Order:
    """The definition in words of what the documents together say, judged day by day."""
    mine, theirs = [i for _, i in ones], [i for _, i in others]
    if surely_before(mine, theirs):
        return Order.BEFORE
    if surely_before(theirs, mine):
        return Order.AFTER
    heard = [
        ([i for w, i in ones if w == witness], [i for w, i in others if w == witness])
        for witness in ("army", "rebels", "agency")
    ]
    both = [(a, b) for a, b in heard if a and b]
    if both and all(surely_before(a, b) for a, b in both):
        return Order.SOURCE_BEFORE
    if both and all(surely_before(b, a) for a, b in both):
        return Order.SOURCE_AFTER
    ways = {(surely_before([a], [b]), surely_before([b], [a])) for a, b in product(mine, theirs)}
    return Order.CONTESTED if {(True, False), (False, True)} <= ways else Order.OPEN


@given(INTERVALS, INTERVALS)
def test_an_interval_precedes_another_when_every_day_does(one: Interval, other: Interval) -> None:
    assert precedes(one, other) is surely_before([one], [other])


@given(st.lists(INTERVALS, max_size=3), st.lists(INTERVALS, max_size=3))
def test_all_precede_when_every_day_does(ones: list[Interval], others: list[Interval]) -> None:
    assert all_precede(ones, others) is surely_before(ones, others)


@settings(max_examples=1000)
@given(CLAIMS, CLAIMS)
def test_the_order_of_two_events_is_what_trying_every_day_finds(ones: Claims, others: Claims) -> None:
    assert order(ones, others) is order_by_trial(ones, others)


@settings(max_examples=500)
@given(CLAIMS, CLAIMS)
def test_the_order_of_two_events_flips_when_they_change_places(ones: Claims, others: Claims) -> None:
    assert order(others, ones) is FLIPPED[order(ones, others)]


@given(CLAIMS)
def test_no_event_comes_before_itself(ones: Claims) -> None:
    assert order(ones, ones) in {Order.OPEN, Order.CONTESTED}


@given(CLAIMS, CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_the_claims_is_of_no_account(ones: Claims, others: Claims, rng: random.Random) -> None:
    shuffled = rng.sample(ones, len(ones))
    assert order(shuffled, others) is order(ones, others)


@pytest.mark.parametrize(
    ("ones", "others", "verdict"),
    [
        ([], [], Order.OPEN),
        ([("sohr", "2013-11-19")], [], Order.OPEN),
        ([("sohr", "2013-11-19")], [("sohr", "2013-11-20")], Order.BEFORE),
        ([("sohr", "2013-11-19")], [("army", "2013-11-20")], Order.BEFORE),
        ([("sohr", "2013-11-20")], [("army", "2013-11-19")], Order.AFTER),
        # The same day, with no order stated
        ([("sohr", "2013-11-19")], [("sohr", "2013-11-19")], Order.OPEN),
        # The last day of the one is the first of the other
        ([("sohr", "2013-11-15/2013-11-17")], [("sohr", "2013-11-17")], Order.OPEN),
        ([("sohr", "2013-11-15/2013-11-16")], [("sohr", "2013-11-17")], Order.BEFORE),
        # No lower bound
        ([("sohr", "[..2014-02-28]")], [("sohr", "2014-03-01")], Order.BEFORE),
        ([("sohr", "2013-11-19")], [("sohr", "[..2014-02-28]")], Order.OPEN),
        # Each witness puts the one first, though their days overlap
        (
            [("sohr", "2013-11-19"), ("army", "2013-11-20")],
            [("sohr", "2013-11-20"), ("army", "2013-11-21")],
            Order.SOURCE_BEFORE,
        ),
        # Each witness puts the one first, though the days of the one contradict those of the other across them
        (
            [("sohr", "2013-11-19"), ("army", "2013-11-22")],
            [("sohr", "2013-11-20"), ("army", "2013-11-23")],
            Order.SOURCE_BEFORE,
        ),
        (
            [("sohr", "2013-11-20"), ("army", "2013-11-23")],
            [("sohr", "2013-11-19"), ("army", "2013-11-22")],
            Order.SOURCE_AFTER,
        ),
        # The one witness of both has the say over one who dates a single event
        (
            [("sohr", "2013-11-19"), ("army", "2013-11-25")],
            [("sohr", "2013-11-20")],
            Order.SOURCE_BEFORE,
        ),
        # Witnesses of both differ
        (
            [("sohr", "2013-11-19"), ("army", "2013-11-21")],
            [("sohr", "2013-11-20"), ("army", "2013-11-20")],
            Order.CONTESTED,
        ),
        # One witness gives both orders
        ([("sohr", "2013-11-19"), ("sohr", "2013-11-21")], [("sohr", "2013-11-20")], Order.CONTESTED),
        # No witness dates both, and their days contradict each other
        ([("sohr", "2013-11-19"), ("army", "2013-11-21")], [("agency", "2013-11-20")], Order.CONTESTED),
        # One witness of both leaves it open, and none reverses the other
        (
            [("sohr", "2013-11-19"), ("army", "2013-11-20")],
            [("sohr", "2013-11-20"), ("army", "2013-11-20")],
            Order.OPEN,
        ),
        (
            [("sohr", "2013-11-20"), ("army", "2013-11-20")],
            [("sohr", "2013-11-19"), ("army", "2013-11-20")],
            Order.OPEN,
        ),
    ],
)
def test_order_by_example(ones: list[tuple[str, str]], others: list[tuple[str, str]], verdict: Order) -> None:
    assert order(claims(*ones), claims(*others)) is verdict
