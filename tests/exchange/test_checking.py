"""Is a set of records sound? Each fault is named with its object and field."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from quiz.exchange.checking import check
from quiz.exchange.records import BrokenFixture, Record
from quiz.exchange.yaml_reading import read_files, read_text
from quiz.models import PlaceSpelling
from tests.exchange.small import Folder, ident


def records(folder: Folder) -> list[Record]:
    """All records of the folder."""
    return read_files(sorted(folder.path.glob("*.yaml")))


def refusal(folder: Folder) -> str:
    """What is said against the folder, with its path left out."""
    found = records(folder)
    with pytest.raises(BrokenFixture) as refused:
        check(found, found, ())
    return str(refused.value).replace(f"{folder.path}/", "")


def test_the_small_chronicle_is_sound(folder: Folder) -> None:
    found = records(folder)
    check(found, found, ())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "date: '2013-11-17'",
            "date: '2013-13-01'",
            "(quiz.claim qara-attacked-000), field date: “2013-13-01” is no day of the calendar.",
        ),
        ("date: '2013-11-17'", "date: '2013-11-17?'", "field date: “2013-11-17?” is no date of the chronicle."),
        (
            "date: '2013-11-17'",
            "date: '2013-11-17/2013-11-15'",
            "field date: “2013-11-17/2013-11-15”: the second day must come after the first.",
        ),
        ("kind: attack", "kind: raid", "(quiz.event qara-attacked), field kind: Value 'raid' is not a valid choice."),
        ("clause: the two sides held talks", "clause: the two sides held {talks}", "field clause: The clause may hold"),
        (
            "clause: the two sides held talks",
            "clause: the two sides held talks.",
            "Write a clause, without a full stop",
        ),
        ("clause: the two sides held talks", f"clause: {'x' * 161}", "field clause: Ensure this value has at most 160"),
        ("sentence: Rebels spoke of 40 dead.", f"sentence: {'x' * 401}", "field sentence: has 401 characters; 400 are"),
        ("key: talks-held", "key: Talks_held", "field key: Use lower-case letters, digits and single hyphens."),
        ("latitude: '34.15558'", "latitude: '134.15558'", "(quiz.place qara): Give latitude, longitude and their"),
        ("latitude: '34.15558'", "latitude: '34.155581'", "field latitude: Ensure that there are no more than"),
        ("    latitude: '34.15558'\n", "", "(quiz.place qara): Give latitude, longitude and their origin, or none"),
        ("number: 1\n", "number: -1\n", "(quiz.phase first), field number: Ensure this value is greater than"),
        ("low: 18", "low: 18, high: 17", "(quiz.figure qara-captured-000 / 1): The lower number is above the upper"),
        ("low: 18", "words: ''", "(quiz.figure qara-captured-000 / 1): Give a lower or upper number, or words"),
        ("    date_basis: stated\n    names:", "    names:", "(quiz.claim qara-attacked-000): A date needs its basis"),
        ("section: infobox}", "section: infobox, paragraph: 1}", "A passage needs section, paragraph and sentence"),
        (
            "perhaps_same_as: [qara-captured]",
            "perhaps_same_as: [qara-taken]",
            "(quiz.event qara-attacked), field perhaps_same_as: refers to quiz.event qara-taken, which is unknown.",
        ),
        ("    - [syrian-army]\n", "    - [army]\n", "field agents: refers to quiz.actor army, which is unknown."),
        ("lies_in: [syria]", "lies_in: [qara]", "(quiz.place qara): A place can't lie in itself."),
        (
            "name: Syria\n",
            "name: Qara\n",
            "(quiz.place qara), field name: This main name is taken. (quiz.place syria: ",
        ),
        ("role: mentioned}", "role: mentioned, slot: true}", "Only one place can fill the slot of the clause."),
    ],
)
def test_a_fault_is_named_with_file_object_and_field(folder: Folder, old: str, new: str, said: str) -> None:
    folder.change(old, new)
    assert said in refusal(folder)


def test_a_fault_is_named_with_its_line_and_the_number_of_the_object(folder: Folder) -> None:
    folder.change("date: '2013-11-17'", "date: '2013-11-17?'")
    start = "10_events_2013_11.yaml, line 13, object 3 (quiz.claim qara-attacked-000), field date: "
    assert refusal(folder).startswith(start)


def test_an_object_that_is_listed_twice_is_named_with_both_places(folder: Folder) -> None:
    folder.add("- {model: quiz.event, fields: {key: talks-held, kind: talks, clause: they talked}}\n")
    assert refusal(folder) == (
        "99_more.yaml, line 1, object 1 (quiz.event talks-held): is listed already: "
        "90_events_undated.yaml, line 1, object 1."
    )


def test_spellings_of_two_places_that_differ_in_case_alone_are_refused(folder: Folder) -> None:
    folder.add("- {model: quiz.placespelling, fields: {place: [syria], name: QARAH}}\n")
    assert "field name: This spelling is listed already, here or with another place." in refusal(folder)


def test_all_faults_are_told_at_once(folder: Folder) -> None:
    folder.change("kind: attack", "kind: raid")
    folder.change("lies_in: [syria]", "lies_in: [lebanon]")
    assert len(refusal(folder).splitlines()) == 2


def test_what_the_site_took_over_before_is_not_validated_again(folder: Folder) -> None:
    folder.change("kind: attack", "kind: raid")
    check(records(folder), (), ())


def test_single_files_may_refer_to_rows_of_the_site(tmp_path: Path) -> None:
    found = read_text("f.yaml", "- {model: quiz.placespelling, fields: {place: [qara], name: Qarah}}")
    check(found, found, {ident("place", "qara")})
    with pytest.raises(BrokenFixture, match=r"field place: refers to quiz\.place qara, which is unknown"):
        check(found, found, ())


def test_a_sentence_of_a_models_own_clean_without_a_field_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:

    def refuse(_self: PlaceSpelling) -> None:
        raise ValidationError("Not this one.")

    monkeypatch.setattr(PlaceSpelling, "clean", refuse)
    found = read_text("f.yaml", "- {model: quiz.placespelling, fields: {place: [qara], name: Qarah}}")
    with pytest.raises(BrokenFixture, match=r"\(quiz.placespelling qara / Qarah\): Not this one\."):
        check(found, found, {ident("place", "qara")})
