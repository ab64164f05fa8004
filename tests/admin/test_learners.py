"""Accounts and what learners did, as editors see them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from quiz.models import Ability, Event, ItemDifficulty, Review, User
from tests import factories as make
from tests.admin.conftest import fields, said, url

RECORDS = [make.SittingFactory, make.AskedQuestionFactory, make.CardFactory, make.ReviewFactory]


@pytest.mark.parametrize("factory", RECORDS)
def test_what_learners_did_is_looked_at_and_never_changed(client: Client, factory: Any) -> None:
    row = factory()
    name = row._meta.model_name
    assert client.get(f"/admin/quiz/{name}/add/").status_code == 403
    assert client.get(url(row)).status_code == 200
    assert client.post(url(row), {"credit": "0"}).status_code == 403
    assert client.post(url(row, "delete"), {"post": "yes"}).status_code == 403
    client.post(f"/admin/quiz/{name}/", {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"})
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("factory", [*RECORDS, make.UserFactory])
def test_lists_of_learners_cost_the_same_at_one_and_at_three(
    client: Client, queries: Callable[[str], int], factory: Any
) -> None:
    address = f"/admin/quiz/{factory._meta.model._meta.model_name}/"
    factory()
    one = queries(address)
    factory.create_batch(2)
    assert queries(address) == one


def test_difficulties_and_abilities_are_looked_at_and_never_changed(client: Client) -> None:
    rows = [
        ItemDifficulty.objects.create(event=make.EventFactory(), kind="choose-date", difficulty=1.5, answers=3),
        Ability.objects.create(user=make.UserFactory(), facet="date", ability=-0.5, answers=2),
    ]
    for row in rows:
        name = row._meta.model_name
        assert client.get(f"/admin/quiz/{name}/").context["cl"].result_count == 1
        assert client.get(f"/admin/quiz/{name}/add/").status_code == 403
        assert client.get(url(row)).status_code == 200
        assert client.post(url(row), {"answers": "0"}).status_code == 403
        assert client.post(url(row, "delete"), {"post": "yes"}).status_code == 403


def test_difficulties_go_with_their_event_and_abilities_with_their_learner(client: Client) -> None:
    event, learner = make.EventFactory(), make.UserFactory()
    ItemDifficulty.objects.create(event=event, kind="choose-date", difficulty=1.5)
    Ability.objects.create(user=learner, facet="date")
    client.post(url(event, "delete"), {"post": "yes"})
    client.post(url(learner, "delete"), {"post": "yes"})
    assert (Event.objects.count(), ItemDifficulty.objects.count(), Ability.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(("kinds", "text"), [([], "all"), (["choose-date", "gone"], "Choose the date, gone")])
def test_a_sitting_tells_which_kinds_were_chosen(client: Client, kinds: list[str], text: str) -> None:
    sitting = make.SittingFactory(kinds=kinds, aim=0.75)
    for page in (url(sitting), "/admin/quiz/sitting/"):
        shown = client.get(page).content.decode()
        assert f">{text}<" in shown
        assert "0.75" in shown


def test_a_question_asked_tells_how_hard_it_was_held_to_be(client: Client) -> None:
    asked = make.AskedQuestionFactory(difficulty=1.25, expected=0.625, probe=True)
    page = client.get(url(asked)).content.decode()
    assert "1.25" in page
    assert "0.625" in page
    assert client.get("/admin/quiz/askedquestion/?probe__exact=1").context["cl"].result_count == 1


def test_the_page_of_a_sitting_shows_its_questions(client: Client) -> None:
    asked = make.AskedQuestionFactory()
    assert "On which day did government forces capture the town?" in client.get(url(asked.sitting)).content.decode()


def test_the_list_of_sittings_shows_answers_and_score(client: Client) -> None:
    sitting = make.SittingFactory()
    make.AskedQuestionFactory(sitting=sitting, answered_at=make.NOW, answer={"choice": 0}, credit=0.5)
    make.AskedQuestionFactory(sitting=sitting)
    changes = client.get("/admin/quiz/sitting/").context["cl"]
    shown = changes.result_list[0]
    assert (changes.model_admin.answered(shown), changes.model_admin.score(shown)) == (1, "0.5")


@pytest.mark.parametrize(
    ("address", "found"),
    [("sitting/?q=anna", 1), ("askedquestion/?q=anna", 1), ("review/?q=anna", 1), ("review/?q=berta", 0)],
)
def test_what_learners_did_is_found_by_their_name(client: Client, address: str, found: int) -> None:
    make.ReviewFactory(answered=True, card__user=make.UserFactory(username="anna"))
    assert client.get(f"/admin/quiz/{address}").context["cl"].result_count == found


def test_guests_are_filtered_from_accounts(client: Client) -> None:
    guest = make.UserFactory(is_guest=True)
    make.UserFactory()
    rows = client.get("/admin/quiz/user/?is_guest__exact=1").context["cl"].result_list
    assert [(row, row.answer_count) for row in rows] == [(guest, 0)]


def test_an_account_is_made_and_changed(client: Client) -> None:
    add = "/admin/quiz/user/add/"
    password = "quiet mountain road"
    values = {**fields(client, add), "username": "anna", "password1": password, "password2": password}
    assert client.post(add, {**values, "usable_password": "true"}).status_code == 302
    anna = User.objects.get(username="anna")
    assert anna.check_password(password)
    assert client.post(url(anna), {**fields(client, url(anna)), "is_staff": "on"}).status_code == 302
    anna.refresh_from_db()
    assert anna.is_staff


def test_a_learner_is_deleted_with_all_answers(client: Client) -> None:
    review = make.ReviewFactory(answered=True)
    learner = review.user
    assert "Are you sure" in client.get(url(learner, "delete")).content.decode()
    response = client.post(url(learner, "delete"), {"post": "yes"})
    assert len(said(response, client)) == 1
    assert not Review.objects.exists()
    assert not User.objects.filter(pk=learner.pk).exists()


def test_learners_have_no_business_here(db: None) -> None:
    client = Client()
    client.force_login(make.UserFactory())
    response = client.get("/admin/quiz/event/")
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")
