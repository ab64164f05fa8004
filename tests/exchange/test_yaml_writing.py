"""From records to text, and back."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quiz.exchange.records import Record, Where
from quiz.exchange.yaml_reading import read_text
from quiz.exchange.yaml_writing import WIDTH, scalar, text_of

# What PostgreSQL can't store is refused when read; control characters can be written in escapes only.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
# Texts full of what YAML gives a meaning to.
TRICKY = st.text(st.sampled_from(list(" :#-?,[]{}'\"\\&*!|>%@`~ab1\n\tقé\u0085\u2028\ufeff\U0001f600")), max_size=40)
WORDS = st.lists(st.sampled_from(["a", "b:", "#c", "- d", "it's", "1", "{place}", "  ", "“e”", "word" * 9])).map(
    " ".join
)


def place(**fields: str) -> Record:
    """A record of a place."""
    values = {"key": "qara", "name": "Qara", "kind": "town", **fields}
    return Record("quiz.place", ("qara",), values, Where("f.yaml", 1, 1))


@given(TEXTS | TRICKY | WORDS)
def test_every_text_comes_back_as_it_was_from_block_style(text: str) -> None:
    one = place(note=text)
    assert read_text("f.yaml", text_of([one])) == [one]


@given(TEXTS | TRICKY | WORDS)
def test_every_text_comes_back_as_it_was_from_one_line(text: str) -> None:
    one = Record("quiz.placespelling", ("qara", text), {"place": ("qara",), "name": text}, Where("f.yaml", 1, 1))
    written = text_of([one])
    assert (read_text("f.yaml", written) if text else yaml.safe_load(written)[0]["fields"]["name"]) == (
        [one] if text else ""
    )
    assert written.count("\n") == 1


@given(TEXTS | TRICKY | WORDS)
def test_other_readers_of_yaml_read_the_same(text: str) -> None:
    assert yaml.safe_load(text_of([place(note=text)]))[0]["fields"]["note"] == text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Qara", "Qara"),
        ("the Army", "the Army"),
        ("al-Watan", "al-Watan"),
        ("قارة", "قارة"),
        ("", "''"),
        ("000", "'000'"),
        ("2013-11-19", "'2013-11-19'"),
        ("[..2014-02-28]", "'[..2014-02-28]'"),
        ("No", "'No'"),
        ("y", "'y'"),
        ("NULL", "'NULL'"),
        ("it's", "it's"),
        ("'Flag' hill", "'''Flag'' hill'"),
        ("a: b", "'a: b'"),
        ("a, b", "'a, b'"),
        ("two\nlines", '"two\\nlines"'),
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (12, "12"),
    ],
)
def test_a_value_is_in_quotes_only_where_it_could_be_misread(value: str | int | None, written: str) -> None:
    assert scalar(value) == written


def test_a_clause_with_a_slot_needs_no_quotes_in_block_style() -> None:
    assert "    note: they took {place}, all of it\n" in text_of([place(note="they took {place}, all of it")])


def test_a_long_text_is_folded_between_words() -> None:
    text = "word " * 60 + "end"
    lines = text_of([place(note=text)]).splitlines()
    assert len(lines) == 8
    assert all(WIDTH - 5 < len(line) <= WIDTH for line in lines[5:7])


@pytest.mark.parametrize(("length", "lines"), [(WIDTH, 6), (WIDTH + 1, 7)])
def test_a_line_of_the_full_width_is_not_folded(length: int, lines: int) -> None:
    text = "word " * 10
    assert len(text_of([place(note=text + "x" * (length - len(text) - len("    note: ")))]).splitlines()) == lines


def test_a_text_of_several_lines_is_written_in_one() -> None:
    assert len(text_of([place(note="word " * 60 + "\nend")]).splitlines()) == 6


def test_main_rows_stand_apart_and_their_parts_in_one_line() -> None:
    spelling = Record("quiz.placespelling", ("qara", "Qarah"), {"place": ("qara",), "name": "Qarah"}, Where(""))
    assert text_of([place(), spelling, place(lies_in=("syria",), latitude="34.7")]) == (  # type: ignore[arg-type]
        "- model: quiz.place\n"
        "  fields:\n"
        "    key: qara\n"
        "    name: Qara\n"
        "    kind: town\n"
        "- {model: quiz.placespelling, fields: {place: [qara], name: Qarah}}\n"
        "\n"
        "- model: quiz.place\n"
        "  fields:\n"
        "    key: qara\n"
        "    name: Qara\n"
        "    kind: town\n"
        "    lies_in: [syria]\n"
        "    latitude: '34.7'\n"
    )
