"""The sheet of a quiz: its questions to be answered on paper, and the key with its sources behind them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quiz.models import AskedQuestion, Sitting
from quiz.questions.question import Shape
from quiz.study import sittings as study
from quiz.study.facts import chronicle
from tests import factories as make
from tests.views.conftest import Seat


def address(sitting: Sitting, name: str = "sitting-sheet") -> str:
    return reverse(f"quiz:{name}", args=[sitting.token])


def ended(asked: AskedQuestion) -> Sitting:
    study.finish(asked.sitting.user, asked.sitting.pk, now=make.NOW)
    return asked.sitting


def parts(client: Client, sitting: Sitting) -> tuple[str, str]:
    """The text of the questions and that of the key, their blanks as single ones."""
    page = client.get(address(sitting)).content.decode()
    main = page[page.index('<ol class="sheet">') : page.index("</main>")]
    texts = (re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", part)) for part in main.split('<section class="answer-key"'))
    questions, key = texts
    return questions, key


@pytest.mark.parametrize("shape", Shape)
def test_questions_stand_on_the_sheet_and_answers_with_their_sources_in_the_key(
    client: Client, seat: Seat, shape: Shape
) -> None:
    asked = seat(shape, length=1)
    questions, key = parts(client, ended(asked))
    question = asked.question
    assert question.stem in questions
    assert all(option.text in questions for option in question.options)
    assert all(cited.sentence not in questions and cited.sentence in key for cited in question.citations)
    assert all(cited.source in key for cited in question.citations)
    if shape is Shape.ORDER:
        told = [question.options[item].text for item in question.key]
        assert sorted(told, key=key.index) == told
    else:
        letter = f"{'ABCDEFG'[question.key[0]]}: " if shape in {Shape.CHOICE, Shape.PIN} else ""
        assert (
            f'"answer-key">Answer key {letter}{question.key_text}' in f'"answer-key">{key[key.index("Answer key") :]}'
        )


def test_an_event_for_a_line_is_told_in_the_key_with_its_date(client: Client, seat: Seat) -> None:
    asked = seat(Shape.GAP, length=1)
    assert chronicle().story_line(asked.question.event) in parts(client, ended(asked))[1]


def test_a_content_note_stands_before_a_question_that_needs_one(client: Client, seat: Seat) -> None:
    asked = seat(length=1)
    asked.content["sensitive"] = True
    asked.save()
    assert parts(client, ended(asked))[0].strip().startswith("Content note:")


def test_before_the_end_there_is_no_sheet(client: Client, seat: Seat) -> None:
    sitting = seat().sitting
    response = client.get(address(sitting))
    assert (response.status_code, response["Location"]) == (302, address(sitting, "sitting-detail"))


def test_a_timeline_run_has_no_sheet_and_its_result_leads_to_none(client: Client, seat: Seat) -> None:
    sitting = ended(seat(Shape.GAP))
    result = address(sitting, "sitting-detail")
    assert address(sitting) in client.get(result).content.decode()
    Sitting.objects.update(mode="timeline")
    assert client.get(address(sitting))["Location"] == result
    assert address(sitting) not in client.get(result).content.decode()


def test_a_sheet_is_its_owners_alone_and_kept_by_no_cache(client: Client, seat: Seat) -> None:
    sitting = ended(seat())
    assert "no-store" in client.get(address(sitting))["Cache-Control"]
    assert client.post(address(sitting)).status_code == 405
    stranger = Client()
    assert stranger.get(address(sitting))["Location"] == f"{reverse('quiz:log-in')}?next={address(sitting)}"
    stranger.force_login(make.UserFactory())
    assert stranger.get(address(sitting)).status_code == 404


def test_a_sheet_costs_the_same_however_long(client: Client, seat: Seat) -> None:
    costs = []
    for length in (1, 3):
        sitting = ended(seat(length=length))
        client.get(address(sitting))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(sitting))
        assert [one["sql"] for one in queries if not one["sql"].startswith("SELECT")] == []
        costs.append(len(queries))
    assert costs[0] == costs[1]
