"""The judge's own tools: days, dates in words, names, distances; and that it knows plain values only."""

import ast
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.chronology import day_in_words, in_words, parse, span_in_words
from quiz.gazetteer import edits
from quiz.questions import proving
from quiz.questions.proving.claims import reread
from quiz.questions.proving.days import days_of, opening_days, read_span, run, written_dates
from quiz.questions.proving.folding import distance, folded, named_in
from quiz.questions.proving.names import (
    NOT_READ,
    by_shortened,
    close_pairs,
    nearest,
    sampled,
    shortened,
    slips,
)
from quiz.questions.proving.places import km
from tests.questions.builders import place
from tests.questions.proving.samples import PLACES, world

ALLOWED = {"quiz.chronology.Interval", "quiz.gazetteer.Place"}
PLAIN = ("quiz.questions.facts.", "quiz.questions.question.", "quiz.questions.proving.")
DAYS = st.dates(date(2012, 1, 1), date(2015, 12, 31))


def test_the_judge_knows_plain_values_only() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(proving.__path__[0]).glob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    named = {f"{n.module}.{one.name}" for n in nodes if isinstance(n, ast.ImportFrom) and n.module for one in n.names}
    whole = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
    ours = {name for name in named | whole if name.startswith("quiz")}
    assert {name for name in ours if not name.startswith(PLAIN)} - {"quiz.questions.proving"} <= ALLOWED
    assert ours >= ALLOWED


def test_the_import_contract_names_every_file_that_has_a_part_in_making() -> None:
    room = Path(proving.__path__[0]).parent
    made = {f"quiz.questions.{path.stem}" for path in room.glob("*.py")} - {
        "quiz.questions.__init__",
        "quiz.questions.facts",
        "quiz.questions.question",
    }
    contracts = tomllib.loads((room.parents[1] / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert set(next(one for one in contracts if one["id"] == "proof")["forbidden_modules"]) == made


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("19 November 2013", date(2013, 11, 19), date(2013, 11, 19)),
        ("15–17 November 2013", date(2013, 11, 15), date(2013, 11, 17)),
        ("29 November – 2 December 2013", date(2013, 11, 29), date(2013, 12, 2)),
        ("28 December 2013 – 1 January 2014", date(2013, 12, 28), date(2014, 1, 1)),
        ("February 2014", date(2014, 2, 1), date(2014, 2, 28)),
        ("December 2013", date(2013, 12, 1), date(2013, 12, 31)),
    ],
)
def test_the_judge_reads_the_options_of_dates(text: str, first: date, last: date) -> None:
    assert read_span(text) == (first, last)


@given(first=DAYS, length=st.integers(0, 60))
def test_what_the_site_writes_is_read_as_it_was_meant(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    assert read_span(span_in_words(first, last)) == (first, last)
    assert written_dates(f"It lasted ({span_in_words(first, last)}).") == ((first, last),)
    assert written_dates(f"It ran from {span_in_words(first, last, 'to')}.") == ((first, last),)
    assert written_dates(f"by {day_in_words(last)}") == ((None, last),)


@pytest.mark.parametrize(
    "text",
    ["2014-01-15", "2014-01-15~", "2014-02", "2014-01-15/2014-02-02", "[2014-01-11..2014-01-20]", "[..2014-02-28]"],
)
def test_dates_in_words_and_in_writing_have_the_bounds_of_the_interval(text: str) -> None:
    interval = parse(text)
    assert written_dates(in_words(interval)) == ((interval.earliest, interval.latest),)
    assert reread(text) == (str(interval.precision), (interval.earliest, interval.latest))


def test_a_text_with_several_dates_gives_them_in_turn() -> None:
    told = "It began (7 April 2014 or 14 April 2014), then around 20 May 2014, then in June 2014."
    assert written_dates(told) == (
        (date(2014, 4, 7), date(2014, 4, 7)),
        (date(2014, 4, 14), date(2014, 4, 14)),
        (date(2014, 5, 18), date(2014, 5, 22)),
        (date(2014, 6, 1), date(2014, 6, 30)),
    )


@pytest.mark.parametrize(
    ("stem", "first", "last"),
    [
        ("On 5 May 2014, rebels left which hill?", date(2014, 5, 5), date(2014, 5, 5)),
        ("According to SOHR, on 15 May 2014, rebels left which hill?", date(2014, 5, 15), date(2014, 5, 15)),
        ("Around 2 May 2014, rebels left which hill?", date(2014, 4, 30), date(2014, 5, 4)),
        ("In February 2014, rebels left which hill?", date(2014, 2, 1), date(2014, 2, 28)),
        ("Between 2 and 4 May 2014, rebels left which hill?", date(2014, 5, 2), date(2014, 5, 4)),
        ("From 30 April to 1 May 2014, rebels left which hill?", date(2014, 4, 30), date(2014, 5, 1)),
    ],
)
def test_the_judge_reads_the_date_that_opens_a_stem(stem: str, first: date, last: date) -> None:
    assert opening_days(stem) == run(first, last)


@pytest.mark.parametrize(
    "stem", ["Rebels left which hill on 5 May 2014, at noon?", "By 5 May 2014, rebels left which hill?"]
)
def test_a_date_within_a_stem_or_without_a_lower_bound_opens_nothing(stem: str) -> None:
    assert opening_days(stem) == frozenset()


def test_days_without_a_lower_bound_reach_back_beyond_the_story() -> None:
    assert min(days_of(parse("[..2014-10-10]"))) < date(2012, 6, 1)
    assert days_of(parse("2014-02-20~")) == run(date(2014, 2, 18), date(2014, 2, 22))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yabroud", "Yabrud"),
        ("al-Jarajir", "Jarajir"),
        ("Ras al-Ma'ara", "RAS AL-MAARA"),
        ("An-Nabk", "Nabk"),
        ("Qārā", "Qarra"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Rima", "Rima Farms"), ("Jibbeh", "Jobeh"), ("Yabroud", "Yabroud District")]
)
def test_names_of_two_places_do_not(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_an_article_alone_is_a_name() -> None:
    assert folded("Al-An") == "an"


def test_a_name_stands_in_a_text_as_whole_words() -> None:
    assert named_in("Rima", "the farms near al-Rima, in May")
    assert not named_in("Rima", "the Rimal road")
    assert not named_in("", "anything")


@given(one=st.text("abcd", max_size=6), other=st.text("abcd", max_size=6))
def test_distances_of_texts_are_those_of_the_gazetteer(one: str, other: str) -> None:
    assert distance(one, other) == edits(one, other)


@given(st.text("abcd", min_size=1, max_size=5))
def test_every_slip_lies_one_step_away(name: str) -> None:
    assert {distance(name, slip) for slip in slips(name)} == {1}


def test_the_judge_measures_distances() -> None:
    assert [km(PLACES[0], one) for one in PLACES[1:7]] == pytest.approx([4, 8, 12, 16, 20, 24], rel=1e-3)
    assert km(PLACES[0], replace(PLACES[1], lon=None)) is None


NAMES = ["Qara", "Qarah", "Aqra", "Jibbeh", "Jobeh", "Jebah", "Rima", "Ma'lula", "Sahel", "Sahil", "Nabk", "Nabak"]


def test_names_at_most_two_slips_apart_are_found_as_by_comparing_all() -> None:
    judge = world(places=[place(f"p{n}", name=name) for n, name in enumerate(NAMES)])
    close = {(a.key, b.key) for a, b in close_pairs(judge)}
    every = combinations(judge.places.values(), 2)
    assert {(a.key, b.key) for a, b in every if distance(folded(a.name), folded(b.name)) <= 2} <= close
    assert len(close) < len(NAMES) * (len(NAMES) - 1) / 2


@pytest.mark.parametrize("text", sorted({slip for name in ("qara", "jobeh") for slip in slips(name)})[::7])
def test_names_one_slip_away_are_found_as_by_comparing_all(text: str) -> None:
    names = [(folded(name), name) for name in NAMES]
    held = by_shortened(((name, (name, key)) for name, key in names), shortened)
    assert nearest(text, held) == {key for name, key in names if distance(text, name) <= 1}


def test_of_few_places_all_texts_are_read_and_of_many_an_even_sample() -> None:
    texts = [str(n) for n in range(1000)]
    assert sampled(world(), texts) == (texts, Counter())
    many = world(places=[place(f"p{n}") for n in range(1500)])
    assert sampled(many, texts) == (texts[::5], Counter({NOT_READ: 800}))
