"""What the pages are tried on: a story of forty captures, and a learner in the middle of a quiz."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client

from quiz.models import AskedQuestion, ContentRevision, User
from quiz.questions.question import Shape
from tests import factories as make
from tests.study.stories import sat_down, tell

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
    """Sit the client down as a guest before a question of a shape, made by hand, the first of its sitting."""

    def seated(shape: Shape = Shape.CHOICE, length: int = 3, user: User | None = None) -> AskedQuestion:
        asked = sat_down(shape, length, user or make.UserFactory(is_guest=True))
        client.force_login(asked.sitting.user)
        return asked

    return seated
