"""`manage.py ask`: questions for reading and for other programs."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from quiz.management.commands.ask import _told
from quiz.models import Event
from quiz.questions.making import KINDS, make
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.study.facts import build
from tests import factories
from tests.study.stories import tell

pytestmark = pytest.mark.django_db


def ask(*words: str, **options: Any) -> str:
    out = StringIO()
    call_command("ask", *words, stdout=out, **options)
    return out.getvalue()


def asked(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ask("--json", *words))["questions"]
    return found


@pytest.fixture(autouse=True)
def story() -> list[Event]:
    return tell(12)


def test_as_many_questions_are_printed_as_asked_for_each_about_its_own_event() -> None:
    found = asked("--count", "8", "--kind", "enter-date")
    assert len({one["event"] for one in found}) == 8
    assert {one["kind"] for one in found} == {"enter-date"}


def test_a_question_of_the_data_is_the_one_that_its_kind_event_and_seed_make() -> None:
    for one in asked("--count", "10"):
        made = make(build(), one["kind"], one["event"], one["seed"])
        assert isinstance(made, Question)
        assert one == {"event": made.event, "seed": one["seed"], **json.loads(json.dumps(made.as_dict()))}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    assert ask("--seed", "3", "--json") == ask("--seed", "3", "--json")
    assert ask("--seed", "3") == ask("--seed", "3")
    assert ask("--seed", "3") != ask("--seed", "4")


def test_one_facet_is_asked_by_its_kinds_only() -> None:
    found = asked("--count", "6", "--facet", "sequence")
    assert {one["facet"] for one in found} == {"sequence"}
    assert len({one["kind"] for one in found}) > 1


def test_a_person_reads_everything() -> None:
    text = ask("--count", "1", "--kind", "choose-date")
    (one,) = asked("--count", "1", "--kind", "choose-date")
    key = one["options"][one["key"][0]]
    assert text.startswith(f"choose-date/{one['event']} (seed {one['seed']}; date; plain; event {one['event']})\n")
    for shown in (
        one["stem"],
        f"  * {key['text']}  [{key['note']}]",
        f"Key: {one['key_text']}",
        one["explanation"],
        f"  book The Book, {one['citations'][0]['locator']}: {one['citations'][0]['sentence']}",
    ):
        assert shown in text


def lines(**changes: Any) -> list[str]:
    return list(_told(factories.question(**changes), 7))


def test_each_shape_marks_its_key() -> None:
    options = (Option("A"), Option("B"), Option("C"))
    assert lines(shape=Shape.ORDER, options=options, key=(1, 2, 0))[2:5] == ["  3. A", "  1. B", "  2. C"]
    assert lines(shape=Shape.GAP, options=options, key=(1,))[2:5] == ["    - A", "  * before B", "    - C"]
    assert lines(shape=Shape.GAP, options=options, key=(3,))[2:6] == ["    - A", "    - B", "    - C", "  * after all"]
    assert lines(options=options, key=(2,))[2:5] == ["  - A", "  - B", "  * C"]
    day = lines(shape=Shape.DAY, options=(), key=(), days=("2014-01-02", "2014-01-03"), half_life=7.0)
    assert "Accepted: 2014-01-02 to 2014-01-03; half the credit 7 days off" in day
    typed = lines(shape=Shape.PLACE, options=(), key=(), places=("qara",), aside=())
    assert "Accepted: qara; asked back: none" in typed


def test_a_content_note_and_a_voice_are_printed() -> None:
    assert lines(sensitive=True)[1] == "Content note: a killing or an abduction."
    cited = factories.question().citations[0]
    voiced = cited.__class__(cited.source, cited.source_key, cited.locator, cited.sentence, "", "SOHR")
    assert lines(citations=(voiced,))[-1] == "  source Source, ¶ 1, on the word of SOHR: They captured it."


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--count", "0"], "--count is how many questions to print: 1 or more."),
        (["--kind", "riddle"], f"There is no kind “riddle”. There are: {', '.join(KINDS)}."),
        (["--facet", "colour"], f"There is no facet “colour”. There are: {', '.join(Facet)}."),
        (["--kind", "first", "--facet", "date"], "The kind “first” does not ask for the facet “date”."),
        (
            ["--count", "13", "--kind", "enter-date"],
            "The chronicle gives 12 such questions only, not 13.",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_reason(words: list[str], message: str) -> None:
    with pytest.raises(CommandError) as refused:
        ask(*words)
    assert str(refused.value) == message
