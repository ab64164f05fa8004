"""Loaders, editors and learners at the same time: with real transactions."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from quiz.exchange.importing import Result
from quiz.models import Event, Review
from tests.exchange.conftest import load_all
from tests.exchange.small import OBJECTS, Folder
from tests.factories import ReviewFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tasks: Callable[[], object]) -> list[object]:
    """Run tasks in threads that start together, each with its own connection; what each gave or raised."""
    start, results = Barrier(len(tasks)), [object()] * len(tasks)

    def run(number: int) -> None:
        start.wait()
        try:
            results[number] = tasks[number]()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_four_loaders_on_an_empty_database_one_creates_and_all_succeed(folder: Folder) -> None:
    results = at_once(*[lambda: load_all(folder)] * 4)
    assert sorted((one.created, one.unchanged) if isinstance(one, Result) else one for one in results) == [
        *[(0, OBJECTS)] * 3,
        (OBJECTS, 0),
    ]


def test_an_editor_who_saves_meanwhile_is_not_overwritten(folder: Folder) -> None:
    load_all(folder)
    folder.change("clause: the two sides held talks", "clause: talks were held")
    started = Barrier(2)

    def edit() -> None:
        with transaction.atomic():
            Event.objects.filter(key="talks-held").update(clause="they talked")
            started.wait()

    def load() -> object:
        started.wait()
        return load_all(folder)

    _edited, loaded = at_once(edit, load)
    assert isinstance(loaded, Result)
    assert Event.objects.get(key="talks-held").clause == "they talked"
    assert [one.field for one in loaded.conflicts] == ["clause"]


def test_learners_rows_outlive_every_load(folder: Folder) -> None:
    load_all(folder)
    for event in Event.objects.all():
        ReviewFactory(answered=True, card__event=event)
    before = list(Review.objects.order_by("pk").values())
    folder.drop("qara-attacked", "talks-held")
    folder.change("kind: capture", "kind: entry")
    assert load_all(folder).retired == 2
    assert list(Review.objects.order_by("pk").values()) == before
    assert len(before) == 3
