"""What the pages are tried on: a story of forty captures, and a learner in the middle of a quiz."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client

from quiz.models import AskedQuestion, ContentRevision, User
from quiz.questions.question import Shape
from quiz.study.facts import chronicle
from quiz.study.sittings import Choice, begin
from tests import factories as make
from tests.study.stories import tell

TOWNS = 40
_rows: list[tuple[type[Model], list[Model]]] = []


@pytest.fixture(autouse=True)
def _story(db: None) -> None:
    """Forty captures, told once per process and then written back as rows, each time as the same revision."""
    if not _rows:
        tell(TOWNS)
        models = apps.get_app_config("quiz").get_models(include_auto_created=True)
        # The revision is written by the database's own triggers.
        _rows.extend((m, list(m._base_manager.all())) for m in models if m is not ContentRevision)
    else:
        for model, rows in _rows:
            model._base_manager.bulk_create(rows)
    ContentRevision.objects.update(token="the story of tests/views")


Seat = Callable[..., AskedQuestion]


@pytest.fixture
def seat(client: Client) -> Seat:
    """Sit the client down as a guest before a question of a shape, which is the first of its sitting."""

    def seated(shape: Shape = Shape.CHOICE, length: int = 3, user: User | None = None) -> AskedQuestion:
        guest = user or make.UserFactory(is_guest=True)
        client.force_login(guest)
        for seed in range(100):
            sitting = begin(guest, chronicle(), Choice(length), now=make.NOW, seed=seed)
            asked = sitting.asked.select_related("sitting").order_by("number")[0]
            if asked.question.shape is shape:
                return asked
            sitting.delete()
        raise LookupError(f"no seed begins with {shape}")

    return seated
