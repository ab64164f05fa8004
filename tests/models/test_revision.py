"""The content revision moves on with every change of content, and with nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from quiz.models import Claim, ContentRevision, Event, Place
from quiz.models.triggers import CONTENT, content_tables, install_after_migrate
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        make.PlaceFactory,
        lambda: Place.objects.update(note="seen"),
        lambda: Place.objects.all().delete(),
        lambda: Place.objects.bulk_create([make.PlaceFactory.build(key="other", name="Other")]),
        lambda: Claim.objects.get().passages.set([]),
        lambda: Event.objects.get().agents.add(make.ActorFactory()),
        lambda: connection.cursor().execute("UPDATE quiz_event SET retired = NOT retired"),
    ],
)
def test_it_moves_on_when_content_changes(change: Callable[[], Any]) -> None:
    make.PlaceFactory()
    make.ClaimFactory()
    before = ContentRevision.current()
    change()
    assert ContentRevision.current() not in {before, ""}


def test_it_stays_when_a_learner_answers() -> None:
    event = make.EventFactory()
    before = ContentRevision.objects.get().number
    make.ReviewFactory(answered=True, card__event=event)
    assert ContentRevision.objects.get().number == before


def test_it_goes_back_with_a_transaction_that_fails() -> None:
    make.PlaceFactory()
    before = ContentRevision.current()
    with transaction.atomic():
        make.PlaceFactory()
        transaction.set_rollback(True)
    assert ContentRevision.current() == before


def test_it_is_blank_before_any_content() -> None:
    ContentRevision.objects.all().delete()
    assert ContentRevision.current() == ""


def test_every_table_of_the_chronicle_is_watched() -> None:
    tables = content_tables(Event._meta.app_config)  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY tbl_name")
            watched = {table for table, count in cursor.fetchall() if count == 3}
        else:
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_revision'")
            watched = {table for (table,) in cursor.fetchall()}
    assert watched == set(tables)
    assert len(tables) > len(CONTENT)


def test_installing_the_triggers_again_changes_nothing() -> None:
    make.PlaceFactory()
    install_after_migrate(Event._meta.app_config, using="default")  # type: ignore[arg-type]
    number = ContentRevision.objects.get().number
    make.PlaceFactory()
    assert ContentRevision.objects.get().number == number + 1
