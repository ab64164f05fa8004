"""What a learner decides about oneself: settings, the zone of the device, goodbye."""

import pytest
from django.apps import apps

from quiz.models import Ability, Confidence, ItemDifficulty, StudyDay, User
from quiz.study.accounts import Done, Settings, done_by, forget, learn_zone, settle
from tests import factories as make

pytestmark = pytest.mark.django_db

WANTED = Settings("Asia/Beirut", 0.95, 0, 500, False, "dark")


def test_settings_are_kept_and_nothing_else_is_written() -> None:
    user = make.UserFactory(username="anna")
    User.objects.update(username="renamed meanwhile")
    settle(user, WANTED)
    found = User.objects.get()
    assert (found.time_zone, found.desired_retention, found.new_per_day) == ("Asia/Beirut", 0.95, 0)
    assert (found.reviews_per_day, found.shortcuts, found.theme) == (500, False, "dark")
    assert found.username == "renamed meanwhile"


@pytest.mark.parametrize(
    ("known", "said", "kept"),
    [("", "Asia/Beirut", "Asia/Beirut"), ("Europe/London", "Asia/Beirut", "Europe/London"), ("", "", "")],
)
def test_the_zone_of_a_device_is_learnt_once(known: str, said: str, kept: str) -> None:
    user = make.UserFactory(time_zone=known)
    learn_zone(user, said)
    assert (user.time_zone, User.objects.get().time_zone) == (kept, kept)


def test_a_zone_chosen_on_another_device_meanwhile_stays() -> None:
    user = make.UserFactory()
    User.objects.update(time_zone="Europe/London")
    learn_zone(user, "Asia/Beirut")
    assert User.objects.get().time_zone == "Europe/London"


def test_what_was_done_counts_answers_once_and_standing_ratings_of_cards() -> None:
    user = make.UserFactory()
    asked = make.AskedQuestionFactory(sitting__user=user, answered_at=make.NOW, answer={}, credit=1.0)
    make.AskedQuestionFactory(sitting=asked.sitting)
    cards = [make.CardFactory(user=user) for _ in range(3)]
    for card in cards:
        make.ReviewFactory(card=card, asked=asked, kind="order", credit=1.0)
    make.ReviewFactory(card=cards[0])
    make.ReviewFactory(card=cards[0], undone_at=make.NOW)
    make.ReviewFactory(card=cards[1], what="buried", rating=None, retention=None)
    make.ReviewFactory(answered=True)
    assert done_by(user) == Done(answers=1, ratings=1)


def test_who_is_forgotten_leaves_nothing_and_takes_nothing_of_others() -> None:
    gone, stays = make.UserFactory(), make.UserFactory()
    for user in (gone, stays):
        make.ReviewFactory(answered=True, card__user=user)
        make.ReviewFactory(card__user=user)
        StudyDay.objects.create(user=user, day=make.NOW.date())
        Confidence.objects.create(user=user, level=1)
        Ability.objects.create(user=user, facet="date")
    ItemDifficulty.objects.create(event=make.EventFactory(), kind="choose-date")
    before = {model: model._base_manager.count() for model in apps.get_app_config("quiz").get_models()}
    forget(gone)
    after = {model: model._base_manager.count() for model in apps.get_app_config("quiz").get_models()}
    assert {model.__name__: before[model] - after[model] for model in before if before[model] != after[model]} == {
        "User": 1,
        "Sitting": 1,
        "AskedQuestion": 1,
        "Card": 2,
        "Review": 2,
        "StudyDay": 1,
        "Confidence": 1,
        "Ability": 1,
    }
    assert User.objects.get() == stays
