"""From text to records: what is read, and what is refused with file, object and field."""

from pathlib import Path

import pytest
import yaml

from quiz.exchange import yaml_reading
from quiz.exchange.records import BrokenFixture, Where
from quiz.exchange.yaml_reading import MOST_BYTES, read_files, read_text


def refusal(text: str) -> str:
    """What is said against a file with this text."""
    with pytest.raises(BrokenFixture) as refused:
        read_text("f.yaml", text)
    return str(refused.value)


def place(fields: str) -> str:
    """A place with further fields."""
    return f"- {{model: quiz.place, fields: {{key: qara, name: Qara, kind: town{fields}}}}}"


def test_an_object_becomes_a_record_with_its_name_and_the_fields_given() -> None:
    text = "- model: quiz.place\n  fields:\n    key: qara\n    name: Qara\n    kind: town\n    lies_in: [syria]\n"
    (one,) = read_text("f.yaml", text)
    assert (one.model, one.name, one.where) == ("quiz.place", ("qara",), Where("f.yaml", 1, 1))
    assert one.fields == {"key": "qara", "name": "Qara", "kind": "town", "lies_in": ("syria",)}


def test_a_name_reaches_through_references() -> None:
    order = "{earlier: [a], later: [b], passage: ['000', infobox, null, null], words: then}"
    (one,) = read_text("f.yaml", f"- {{model: quiz.statedorder, fields: {order}}}")
    assert one.name == ("a", "b", "000", "infobox", None, None)


def test_several_references_are_sorted_and_what_is_missing_comes_first() -> None:
    claim = (
        "{key: c, event: [e], source: ['000'], sentence: They came., passages: "
        "[['000', lead, 2, 10], ['000', lead, 2, 9], ['000', infobox, null, null]]}"
    )
    (one,) = read_text("f.yaml", f"- {{model: quiz.claim, fields: {claim}}}")
    assert one.fields["passages"] == (
        ("000", "infobox", None, None),
        ("000", "lead", 2, 9),
        ("000", "lead", 2, 10),
    )


def test_the_model_may_be_written_in_capitals_as_django_allows() -> None:
    (one,) = read_text("f.yaml", "- {model: quiz.Place, fields: {key: qara, name: Qara, kind: town}}")
    assert one.model == "quiz.place"


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]\n", "\ufeff[]"])
def test_a_file_may_be_empty(text: str) -> None:
    assert read_text("f.yaml", text) == []


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("latitude: '34.15558'", "34.15558"),
        ("latitude: 34.15558", "34.15558"),
        ("latitude: 34.70000", "34.7"),
        ("latitude: 34", "34"),
        ("latitude: '-0.0'", "0"),
        ("latitude: null", None),
        ("name_ar_confirmed: no", False),
        ("name_ar_confirmed: true", True),
        ("note: '2013'", "2013"),
        ("name_ar: قارة", "قارة"),
    ],
)
def test_values_are_read_plainly(written: str, value: object) -> None:
    (one,) = read_text("f.yaml", place(f", {written}"))
    assert one.fields[written.partition(":")[0]] == value


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("note: 2013", "field note: must be a text, not 2013; write it in quotes."),
        ("note: 2013-11-19", "field note: must be a text, not 2013-11-19; write it in quotes."),
        ("note: 2013-13-45", "field note: must be a text, not 2013-13-45; write it in quotes."),
        ("note: 007", "field note: must be a text, not 007; write it in quotes."),
        ("note: no", "field note: must be a text, not false; write it in quotes."),
        ("note: null", "field note: must be a text, not null; write it in quotes."),
        ("note: [a]", "field note: must be a text, not a list; write it in quotes."),
        ("note: {a: b}", "field note: must be a text, not a mapping; write it in quotes."),
        (r'note: "\0"', "field note: holds a character that can't be stored"),
        ("latitude: north", "field latitude: must be a decimal number such as '34.15558', not 'north'."),
        ("latitude: yes", "field latitude: must be a decimal number such as '34.15558', not true."),
        ("latitude: nan", "field latitude: must be a decimal number"),
        ("latitude: '1E+999999999'", "field latitude: must be a decimal number"),
        ("name_ar_confirmed: 1", "field name_ar_confirmed: must be true or false, not 1."),
        ("lies_in: syria", "field lies_in: must name a quiz.place as a list [...], not 'syria'."),
        ("lies_in: [syria, x]", "field lies_in: must name a quiz.place as a list [...], not a list."),
        ("lies_in: [2013]", ""),
        ("lies_in: [000]", "field lies_in: names a quiz.place with 000; write it in quotes."),
        ("lies_in: [true]", "field lies_in: names a quiz.place with true; write it in quotes."),
        (r'lies_in: ["\0"]', "field lies_in: holds a character"),
        ("hight: 3", "field hight: there is no such field; quiz.place has key, name, name_ar, "),
        ("kind: town", "field kind: is given twice."),
        ("[a]: 3", "has a key that is no name of a field."),
    ],
)
def test_a_value_that_its_field_cannot_hold_is_refused(written: str, message: str) -> None:
    text = place(f", {written}")
    if not message:
        assert read_text("f.yaml", text)[0].fields["lies_in"] == (2013,)
        return
    said = refusal(text)
    assert said.startswith("f.yaml, line 1, object 1")
    assert message in said


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("{number: '1'}", "field number: must be a whole number, not '1'."),
        ("{number: true}", "field number: must be a whole number, not true."),
        ("{number: 1.5}", "field number: must be a whole number, not 1.5."),
        ("{number: 1_000}", "field number: must be a whole number, not 1_000."),
        ("{passages: infobox}", "field passages: must be a list of references to quiz.passage, not 'infobox'."),
        ("{passages: [['000', infobox]]}", "field passages: must name a quiz.passage as a list [..., ..., ..., ...]"),
        (
            "{passages: [['000', infobox, null, null], ['000', infobox, null, null]]}",
            "field passages: names something twice.",
        ),
    ],
)
def test_numbers_and_lists_are_refused_likewise(fields: str, message: str) -> None:
    assert message in refusal(f"- {{model: quiz.phase, fields: {fields}}}")


def test_each_required_field_that_is_missing_is_named() -> None:
    said = refusal("- {model: quiz.claim, fields: {key: c, voice: [a]}}")
    lines = said.splitlines()
    assert [line.partition(", field ")[2] for line in lines] == [
        "event: is missing.",
        "source: is missing.",
        "passages: is missing.",
        "sentence: is missing.",
    ]
    assert lines[0].startswith("f.yaml, line 1, object 1 (quiz.claim c)")


def test_an_object_whose_name_is_broken_is_named_by_its_model() -> None:
    assert "(quiz.placespelling)" in refusal("- {model: quiz.placespelling, fields: {name: Qarah}}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {model: quiz.battle, fields: {}}", "field model: “quiz.battle” is no model of the chronicle."),
        ("- {model: quiz.user, fields: {}}", "field model: “quiz.user” is no model of the chronicle."),
        ("- {model: quiz.place, pk: 1, fields: {}}", "field pk: is not used: a row is named by its natural key."),
        ("- {model: quiz.place, note: x, fields: {}}", "field note: does not belong here."),
        ("- {fields: {}}", "must be an object with a model and a mapping of fields."),
        ("- {model: quiz.place}", "must be an object with a model and a mapping of fields."),
        ("- {model: quiz.place, fields: [a]}", "must be an object with a model and a mapping of fields."),
        ("- text", "must be an object with a model and a mapping of fields."),
        ("model: quiz.place", "must be a list of objects with model and fields."),
        ("text", "must be a list of objects with model and fields."),
        (
            "- a\n- {model: quiz.place\n- x",
            "is no valid YAML: did not find expected ',' or '}' (while parsing a flow mapping, from line 2).",
        ),
        ("- a\n- 'b' c\n- d", "f.yaml, line 2: is no valid YAML: did not find expected"),
        ("- a\n--- \n- b", "is no valid YAML: a file holds one document only."),
        ("- &a {model: quiz.place}\n- *a", "f.yaml, line 1: is no valid YAML: anchors and aliases are not used here."),
        ("- {model: &a quiz.place, fields: {}}", "line 1: is no valid YAML: anchors and aliases are not used here."),
        ("- x\n- *a", "f.yaml, line 2: is no valid YAML: anchors and aliases are not used here."),
        ("- a\n- \x00", "f.yaml, line 2: holds a NUL character."),
        ("- a\n- \x07", "f.yaml: is no valid YAML:"),
        ("[" * 5000, "is no valid YAML: it is nested too deeply."),
        ("- " * 5000, "is no valid YAML: it is nested too deeply."),
    ],
)
def test_what_is_no_list_of_objects_is_refused(text: str, message: str) -> None:
    assert message in refusal(text)


def test_everything_wrong_in_several_files_is_said_at_once(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("- {model: quiz.battle, fields: {}}\n- {model: quiz.war, fields: {}}\n")
    with pytest.raises(BrokenFixture) as refused:
        read_files([tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "c.yaml"])
    assert [str(problem.where) for problem in refused.value.problems] == [
        f"{tmp_path}/a.yaml, line 1, object 1",
        f"{tmp_path}/a.yaml, line 2, object 2",
        f"{tmp_path}/b.yaml, line 1, object 1",
        f"{tmp_path}/b.yaml, line 2, object 2",
        f"{tmp_path}/c.yaml",
    ]
    assert str(refused.value).endswith("c.yaml: can't be read: No such file or directory.")


def test_a_very_long_list_of_problems_is_cut() -> None:
    said = refusal("- {model: quiz.battle, fields: {}}\n" * 50)
    assert len(said.splitlines()) == 41
    assert said.endswith("... and 10 more.")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"#" * (MOST_BYTES + 1))
    with pytest.raises(BrokenFixture, match=r"large\.yaml: is larger than 8 MiB\."):
        read_files([file])
    file.write_bytes(b"#" * MOST_BYTES)
    assert read_files([file]) == []


def test_a_file_that_is_no_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.yaml"
    file.write_bytes(b"- a\n- \xe9\n")
    with pytest.raises(BrokenFixture, match=r"latin\.yaml, line 2: is no valid UTF-8\."):
        read_files([file])


def test_without_libyaml_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = place(", note: '2013', latitude: 34.7")
    with_it = read_text("f.yaml", text)
    monkeypatch.setattr(yaml_reading, "_LOADER", yaml.SafeLoader)
    assert read_text("f.yaml", text) == with_it
    assert "is no valid YAML" in refusal("- {")
    assert "nested too deeply" in refusal("[" * 5000)
