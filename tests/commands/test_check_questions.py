"""`manage.py check_questions`: what it prints and writes, and when it fails; what it sees of the pages."""

import json
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from quiz.management.pages import Stage, _misread, formats, leaks, others, pages, stage
from quiz.models import AskedQuestion, Event, Sitting, User
from quiz.questions.making import KINDS, make
from quiz.questions.question import Option, Question, Shape
from quiz.study.facts import build
from tests.factories import question
from tests.study.stories import tell


def check(*words: str) -> str:
    """What the command prints, and how it fails."""
    out = StringIO()
    try:
        call_command("check_questions", "--seeds", "1", "--jobs", "1", *words, stdout=out)
    except CommandError as error:
        out.write(f"failed: {error}")
    return out.getvalue()


@pytest.fixture
def story(db: None) -> list[Event]:
    return tell(12)


def test_the_command_fails_where_a_property_was_never_checked(story: list[Event]) -> None:
    printed = check()
    assert "Nothing was checked of " in printed
    assert "seconds." in printed
    assert "failed: " in printed


def test_a_chronicle_without_events_proves_nothing(db: None) -> None:
    assert "of nothing" not in check()
    assert "failed: " in check()


def test_the_table_says_how_much_was_checked_and_what_was_made(story: list[Event]) -> None:
    printed = check()
    entered = next(line for line in printed.splitlines() if line.startswith("  enter-date "))
    assert entered == "  enter-date         12 wholes, 12 pairs"
    row = next(line for line in printed.splitlines() if "the form reads a day" in line)
    assert row.split()[-3:] == ["12", "0", "0"]


def test_coverage_is_listed_on_demand(story: list[Event]) -> None:
    assert "\namber-captured\n  date " in check("--coverage")
    assert "\namber-captured\n  date " not in check()


def test_the_data_say_what_the_table_says(story: list[Event], tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    printed = check("--json", str(file))
    proof = json.loads(file.read_text(encoding="utf-8"))
    assert proof["holds"] is False
    assert {row["name"] for row in proof["rows"]} == {row["name"] for row in proof["rows"] if row["name"] in printed}
    assert [one["kind"] for one in proof["made"]] == list(KINDS)


def test_the_data_go_to_standard_output_alone(story: list[Event]) -> None:
    printed = check("--json", "-")
    proof, _ = json.JSONDecoder().raw_decode(printed)
    assert proof["sampled"] == ""
    assert "seconds." not in printed


def test_a_sample_says_so(story: list[Event]) -> None:
    assert check("--most", "5").startswith("Sampled: 5 of 12 events.\n")


@pytest.mark.parametrize("words", [("--seeds", "0"), ("--jobs", "0"), ("--most", "-1")])
def test_numbers_below_one_are_refused(words: tuple[str, ...]) -> None:
    assert check(*words) == "failed: --seeds, --jobs and --most are numbers from 1."


def test_a_file_that_cannot_be_written_is_named(story: list[Event], tmp_path: Path) -> None:
    missing = tmp_path / "none" / "proof.json"
    assert f"failed: {missing} could not be written" in check("--json", str(missing))


# --- Pages ----------------------------------------------------------------------------------------


def test_nothing_of_a_stage_is_left(story: list[Event]) -> None:
    with stage() as theatre:
        theatre.show(question())
        assert AskedQuestion.objects.count() == 1
    assert [model.objects.count() for model in (AskedQuestion, Sitting, User)] == [0, 0, 0]


def test_the_pages_of_a_sound_site_tell_nothing(story: list[Event]) -> None:
    same, quiet, stored, read = pages(build())
    assert same.checked == quiet.checked > 12
    assert stored.checked == 4
    assert read.checked == 12
    assert [row.faults for row in (same, quiet, stored, read)] == [[], [], [], []]


LEAKS = {
    "key": "{{ question.key_text }}",
    "note": "{% for o in question.options %}{{ o.note }}{% endfor %}",
    "id": '<i id="{{ question.id }}"></i>',
    "event": '<i data-x="{% for o in question.options %}{{ o.event }} {% endfor %}"></i>',
    "mode": "{{ question.mode }}",
    "cited": "{{ question.citations|length }}",
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_page_that_tells_the_key_is_found_out(story: list[Event], tmp_path: Path, settings: Any, leak: str) -> None:
    own = Path(settings.BASE_DIR, "quiz/templates/quiz/sittings/_question.html").read_text(encoding="utf-8")
    planted = tmp_path / "quiz/sittings/_question.html"
    planted.parent.mkdir(parents=True)
    planted.write_text(own + LEAKS[leak], encoding="utf-8")
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [tmp_path]
    settings.TEMPLATES = templates
    same, quiet, *_ = pages(build())
    assert {fault.text for fault in same.faults} == {"the page tells the key"}
    assert bool(quiet.faults) == (leak in {"id", "event", "key"})


def test_keys_in_the_markup_leak_and_words_for_readers_do_not() -> None:
    one = question("qara-captured", options=(Option("Qara", event="x", place="qara"), Option("Flita", witness="sohr")))
    assert leaks(one, '<input value="0" aria-label="Before qara"><p>qara-captured, qara, sohr</p>') == []
    assert leaks(one, '<input value="qara"><i data-event="qara-captured"></i><b id="by-sohr">') == [
        "qara",
        "qara-captured",
    ]
    assert leaks(one, '<b class="sohr">') == ["sohr"]


def test_a_day_to_be_entered_leaks_wherever_it_stands() -> None:
    typed = question(shape=Shape.DAY, options=(), key=(), days=("2014-01-15", "2014-01-16"))
    assert leaks(typed, "<p>from 2014-01-01 to 2014-12-31</p>") == []
    assert leaks(typed, '<input min="2014-01-15">') == ["2014-01-15"]
    assert leaks(typed, "<p>not on 16 January 2014</p>") == ["16 January 2014"]


@pytest.mark.parametrize(
    ("changes", "differing"),
    [
        ({}, 1),
        ({"shape": Shape.GAP}, 2),
        ({"shape": Shape.ORDER, "key": (1, 0)}, 1),
        ({"shape": Shape.DAY, "options": (), "key": (), "days": ("2014-01-15", "2014-01-16")}, 1),
        ({"shape": Shape.PLACE, "options": (), "key": (), "places": ("qara",), "aside": ("flita",)}, 1),
    ],
)
def test_others_differ_in_the_key_and_not_in_what_is_shown(changes: dict[str, Any], differing: int) -> None:
    one = question(**changes)
    found = others(one)
    assert len(found) == differing
    for other in found:
        assert (other.stem, [o.text for o in other.options]) == (one.stem, [o.text for o in one.options])
        assert (other.key, other.days, other.places) != (one.key, one.days, one.places)
        assert (other.key_text, other.explanation, other.citations, other.events) == (
            "Other",
            "Other.",
            (),
            ("other", "others"),
        )


def test_a_stored_guess_is_found_out(story: list[Event]) -> None:
    typed = make(build(), "enter-date", "amber-captured", 0)
    assert isinstance(typed, Question)
    with stage() as theatre:
        assert theatre.refuses(typed, "11/10/2013")
        assert not theatre.refuses(typed, "10 November 2013")


def test_a_stage_begins_with_a_sitting_of_one_question(story: list[Event]) -> None:
    theatre = Stage()
    assert theatre.sitting.length == 1
    assert theatre.address == f"/quiz/{theatre.sitting.token}/1/"


def test_every_entered_date_is_typed_in_every_form(story: list[Event]) -> None:
    row = formats(build())
    assert (row.checked, row.faults) == (12, [])


def test_a_day_that_the_form_misreads_is_found_out(story: list[Event]) -> None:
    chronicle = build()
    typed = make(chronicle, "enter-date", "amber-captured", 0)
    assert isinstance(typed, Question)
    assert list(_misread(chronicle, typed)) == []
    chronicle.last_day = chronicle.first_day.replace(year=2010)
    assert {fault.question for fault in _misread(chronicle, typed)} == {"enter-date/amber-captured"}
