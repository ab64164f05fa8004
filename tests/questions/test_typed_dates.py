"""Dates as people type them: what is read, what is asked back with which words, and that nothing else can happen."""

import calendar
import string
from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.questions.typed_dates import EXAMPLES, UnreadableDate, read

FIRST, LAST = date(2013, 9, 1), date(2014, 10, 10)
KEY = date(2013, 11, 19)
ANY_DAY = st.dates(date(2013, 1, 1), date(2014, 12, 31))


def refusal(text: str) -> str:
    with pytest.raises(UnreadableDate) as refused:
        read(text, FIRST, LAST)
    return str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "2013-11-19",
        "2013/11/19",
        "2013.11.19",
        "2013 11 19",
        "19 November 2013",
        "19 november 2013",
        "19 NOVEMBER 2013",
        "19 Nov 2013",
        "19 Novem 2013",
        "19th November 2013",
        "19th of November 2013",
        "19 of November, 2013",
        "November 19, 2013",
        "November 19th, 2013",
        "Nov 19 2013",
        "nov 19,2013",
        "Nov. 19, 2013",
        "19 Nov. 2013",
        "19-Nov-2013",
        "19-nov-2013",
        "19/11/2013",
        "19.11.2013",
        "19-11-2013",
        "19 11 2013",
        "11/19/2013",
        "  19\tNovember\n2013  ",
        "٢٠١٣-١١-١٩",
        "١٩/١١/٢٠١٣",
        "۲۰۱۳-۱۱-۱۹",
        "２０１３-１１-１９",
        "१९ November २०१३",
    ],
)
def test_a_day_is_read_in_the_forms_that_people_type(text: str) -> None:
    assert read(text, FIRST, LAST) == KEY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-1-2", date(2014, 1, 2)),
        ("1 Jan 2014", date(2014, 1, 1)),
        ("1st Sept 2014", date(2014, 9, 1)),
        ("2nd Sep 2014", date(2014, 9, 2)),
        ("3rd May 2014", date(2014, 5, 3)),
        ("11/11/2013", date(2013, 11, 11)),
        ("13/12/2013", date(2013, 12, 13)),
        ("12/13/2013", date(2013, 12, 13)),
        ("12.13.2013", date(2013, 12, 13)),
        ("1 January 2013", date(2013, 1, 1)),
        ("31 December 2014", date(2014, 12, 31)),
    ],
)
def test_edges_of_the_forms_are_read(text: str, day: date) -> None:
    assert read(text, FIRST, LAST) == day


@given(ANY_DAY)
def test_every_day_is_read_in_every_unambiguous_form(day: date) -> None:
    month = calendar.month_name[day.month]
    texts = (
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month[:3]} {day.year}",
    )
    assert [read(text, FIRST, LAST) for text in texts] == [day] * 4


@given(ANY_DAY, st.sampled_from("/.- "))
def test_a_day_in_figures_is_read_or_asked_back_and_never_taken_for_another(day: date, joint: str) -> None:
    for text in (f"{day.day}{joint}{day.month}{joint}{day.year}", f"{day.month}{joint}{day.day}{joint}{day.year}"):
        if day.day > 12 or day.day == day.month:
            assert read(text, FIRST, LAST) == day
        else:
            assert refusal(text) == (f"“{text}” can be read in two ways: write the month as a word, as in 25 May 2014.")


@pytest.mark.parametrize("text", ["", " ", "\n\t", ",", ",,,", "1" * 41, "19 November 2013" + " x" * 20])
def test_what_is_empty_or_longer_than_any_date_gets_examples(text: str) -> None:
    assert refusal(text) == f"Type a date, such as {EXAMPLES}."


@pytest.mark.parametrize(
    "text",
    [
        "31 November 2013",
        "2014-02-29",
        "29 February 2014",
        "2014-13-01",
        "2014-00-10",
        "2014-01-00",
        "0 May 2014",
        "32/1/2014",
        "13/13/2013",
        "0000-01-01",
    ],
)
def test_a_day_that_does_not_exist_is_said_not_to(text: str) -> None:
    assert refusal(text) == f"There is no such day. Type a date such as {EXAMPLES}."


@pytest.mark.parametrize("text", EXAMPLES.replace(" or ", ", ").split(", "))
def test_the_examples_are_one_day_that_can_be_read(text: str) -> None:
    assert read(text, FIRST, LAST) == date(2014, 5, 25)


@pytest.mark.parametrize("text", ["2012-11-19", "19 November 2015", "19/11/1913", "9999-12-31", "0001-01-01"])
def test_a_year_outside_the_chronicle_is_asked_back(text: str) -> None:
    assert refusal(text) == "The chronicle runs from 2013 to 2014: check the year."


@pytest.mark.parametrize("text", ["19 November", "November 19", "19/11", "19.11", "19-11", "19 nov", "19 foo"])
def test_a_missing_year_is_asked_for(text: str) -> None:
    assert refusal(text) == f"Add the year, as in {EXAMPLES}."


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "2013",
        "November 2013",
        "19 ju 2013",
        "19 n 2013",
        "19 nope 2013",
        "19 Novemberr 2013",
        "2013-11",
        "13-11-19",
        "2013-11-19T00:00",
        "2013--11-19",
        "-2013-11-19",
        "19/11/13",
        "019 November 2013",
        "2013-11-19\0",
        "\0",
        "\ud800",
        "2013-11-\ud800",
        "²⁰¹³-¹¹-¹⁹",
        "1² November 2013",
        "①⑨ November 2013",
        "Ⅻ November 2013",
        "½ November 2013",
        "nineteenth November 2013",
        "yesterday",
        "١٩ نوفمبر ٢٠١٣",
    ],
)
def test_what_is_no_date_is_asked_back(text: str) -> None:
    assert refusal(text) == f"This can't be read as a date. Type it as {EXAMPLES}."


@pytest.mark.parametrize(
    "text", ["1" * 10**6, " " * 10**6, "2013-11-19" * 10**5, "ﬃ" * 10**6, "٣" * 10**6, "st" * 10**6]
)
def test_a_very_long_text_is_refused_quickly(text: str) -> None:
    start = perf_counter()
    assert refusal(text) == f"Type a date, such as {EXAMPLES}."
    assert perf_counter() - start < 2


@given(st.text(max_size=60))
def test_any_text_is_a_day_of_these_years_or_asked_back(text: str) -> None:
    check(text)


@given(st.text(string.digits + "٠٣۷３²①/.- ,\0novjuneaprily", max_size=20))
def test_any_text_that_looks_like_a_date_is_a_day_of_these_years_or_asked_back(text: str) -> None:
    check(text)


@given(st.text(st.characters(codec=None), max_size=20))
def test_any_text_with_lone_surrogates_is_a_day_of_these_years_or_asked_back(text: str) -> None:
    check(text)


def check(text: str) -> None:
    try:
        found = read(text, FIRST, LAST)
    except UnreadableDate as refused:
        assert str(refused)  # noqa: PT017 (either outcome is right)
    else:
        assert FIRST.year <= found.year <= LAST.year
