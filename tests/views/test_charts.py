"""Charts: where marks lie. The widest is narrow enough for letters of 11 pixels on a phone of 320."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from quiz.study.progress import Level
from quiz.views import charts

SUNDAY = date(2026, 11, 22)
"""The last day of a week."""


def after(days: int) -> date:
    return SUNDAY + timedelta(days=days)


# --- Calendar -----------------------------------------------------------------------------------


def test_a_calendar_shows_half_a_year_of_weeks_from_monday_to_the_day() -> None:
    chart = charts.calendar({}, SUNDAY)
    assert (chart.first, chart.last, len(chart.marks)) == (after(1 - 26 * 7), SUNDAY, 26 * 7)
    assert (chart.width, chart.height) == (34 + 26 * 11, 20 + 7 * 11)
    wednesday = charts.calendar({}, after(3))
    assert (wednesday.first, wednesday.last, len(wednesday.marks)) == (after(1 - 25 * 7), after(3), 25 * 7 + 3)


def test_weeks_are_columns_and_weekdays_rows() -> None:
    chart = charts.calendar(dict.fromkeys((after(0), after(-6), after(-7)), 100), SUNDAY)
    last, first, before = (next(m for m in chart.marks if m.day == day) for day in (after(0), after(-6), after(-7)))
    assert (first.x, first.y) == (34 + 25 * 11 + 0.5, 20 + 0.5)
    assert (last.x, last.y) == (first.x, first.y + 6 * 11)
    assert (before.x, before.y) == (first.x - 11, last.y)


@pytest.mark.parametrize(
    ("count", "step"), [(0, 0), (1, 1), (9, 1), (10, 2), (19, 2), (20, 3), (39, 3), (40, 4), (1000, 4)]
)
def test_more_is_a_step_higher_and_a_larger_mark_in_the_middle_of_its_cell(count: int, step: int) -> None:
    mark = charts.calendar({SUNDAY: count}, SUNDAY).marks[-1]
    assert (mark.count, mark.step, mark.side) == (count, step, 2 + 2 * step)
    assert mark.x + mark.side / 2 == 34 + 25.5 * 11


def test_the_legend_names_every_step_with_its_bounds() -> None:
    assert [(one.step, one.side, one.least, one.most) for one in charts.legend()] == [
        (0, 2, 0, 0),
        (1, 4, 1, 9),
        (2, 6, 10, 19),
        (3, 8, 20, 39),
        (4, 10, 40, None),
    ]
    assert [one.inset for one in charts.legend()] == [4.5, 3.5, 2.5, 1.5, 0.5]


def test_months_stand_above_the_first_week_that_begins_in_them() -> None:
    months = charts.calendar({}, SUNDAY).months
    assert [label.day for label in months] == [
        date(2026, n, d) for n, d in ((6, 1), (7, 6), (8, 3), (9, 7), (10, 5), (11, 2))
    ]
    assert [label.x for label in months] == [34 + n * 11 for n in (1, 6, 10, 15, 19, 23)]


def test_no_month_is_written_over_another_or_over_the_edge() -> None:
    for n in range(370):
        chart = charts.calendar({}, after(n))
        places = [label.x for label in chart.months]
        assert min(later - earlier for earlier, later in pairwise(places)) >= 33
        assert places[-1] <= chart.width - 33
        assert len(places) >= 5


def test_monday_wednesday_and_friday_are_named() -> None:
    assert [label.day.weekday() for label in charts.calendar({}, SUNDAY).weekdays] == [0, 2, 4]


def test_the_half_year_before_is_shown_only_if_something_was_done_in_it() -> None:
    assert [chart.last for chart in charts.calendars({SUNDAY: 3}, SUNDAY)] == [SUNDAY]
    border = after(-26 * 7)
    older, newer = charts.calendars({border: 3, border + timedelta(days=1): 4}, SUNDAY)
    assert (older.last, older.days, newer.first, newer.days) == (border, 1, border + timedelta(days=1), 1)


# --- Forecast -----------------------------------------------------------------------------------


def test_bars_are_as_tall_as_their_share_of_the_most() -> None:
    chart = charts.bars({after(0): 5, after(1): 0, after(2): 10})
    assert [(bar.day, bar.count, bar.x, bar.height) for bar in chart.bars] == [
        (after(0), 5, 28, 55),
        (after(1), 0, 38, 0),
        (after(2), 10, 48, 110),
    ]
    assert {bar.y + bar.height for bar in chart.bars} == {chart.base}
    assert chart.lines == ((16, 10), (71, 5))
    assert chart.width == 58


@pytest.mark.parametrize(("most", "top"), [(0, 2), (1, 2), (2, 2), (3, 4), (7, 8)])
def test_lines_stand_at_whole_numbers(most: int, top: int) -> None:
    assert [number for _, number in charts.bars({SUNDAY: most}).lines] == [top, top // 2]


def test_every_seventh_day_is_named_where_there_is_room() -> None:
    chart = charts.bars({after(n): 1 for n in range(30)})
    assert [label.day for label in chart.days] == [after(0), after(7), after(14), after(21)]
    assert [label.x for label in chart.days] == [28, 98, 168, 238]


def test_a_chart_of_no_days_is_empty() -> None:
    assert charts.bars({}).bars == ()


# --- Calibration --------------------------------------------------------------------------------


def test_a_curve_has_a_point_for_each_degree_with_answers_enough() -> None:
    chart = charts.curve([Level("guessing", 9, 0.5), Level("fairly sure", 2, None), Level("sure", 9, 1.0)])
    assert chart
    assert [(point.label, point.right, point.x, point.y) for point in chart.points] == [
        ("guessing", 0.5, 90, 91),
        ("sure", 1.0, 274, 16),
    ]
    assert [name for name, _ in chart.names] == ["guessing", "fairly sure", "sure"]
    assert chart.lines == ((16, 1.0), (91, 0.5), (166, 0.0))
    assert chart.line == "90,91 274,16"


def test_without_answers_enough_there_is_no_curve() -> None:
    assert charts.curve([Level("sure", 2, None)]) is None
    assert charts.curve([]) is None


# --- All ----------------------------------------------------------------------------------------


def test_letters_are_legible_on_the_narrowest_phone() -> None:
    curve = charts.curve([Level("sure", 9, 1.0)])
    assert curve
    widths = [charts.calendar({}, SUNDAY).width, charts.bars({after(n): 1 for n in range(30)}).width, curve.width]
    assert max(widths) <= 330
    assert 13 * 288 / max(widths) >= 11
