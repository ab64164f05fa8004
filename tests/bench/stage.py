"""A stage for what plays learners: a throw-away database that holds the real chronicle, and blind guesses."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from quiz.questions.chronicle import Chronicle
from quiz.questions.marking import Answer
from quiz.questions.question import Question, Shape
from quiz.study.facts import chronicle

DAYS_OFF = 25
"""How far a guessed day is off, by its deviation."""


@contextmanager
def stage(name: str) -> Iterator[Chronicle]:
    """A new database with the chronicle in it, gone at the end: nothing that anybody keeps is touched.

    SQLite in a temporary file, with the settings of the site; where DATABASE_URL names a PostgreSQL server, a new
    database there.
    """
    static = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    # What is not there is told in the table, not in the log; nobody has filled a static root.
    quiet = {"STORAGES": static, "ALLOWED_HOSTS": ["testserver"], "WHITENOISE_AUTOREFRESH": True}
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    usual = connection.settings_dict["NAME"]
    with TemporaryDirectory() as folder, override_settings(**quiet):
        file = str(Path(folder) / "bench.sqlite3")
        connection.settings_dict["TEST"]["NAME"] = file if connection.vendor == "sqlite" else f"bench_{name}"
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            call_command("load_chronicle", stdout=StringIO())
            yield chronicle()
        finally:
            connection.creation.destroy_test_db(usual, verbosity=0)


def guess(question: Question, story: Chronicle, rng: Random) -> Answer:
    """The answer of somebody who knows nothing and answers all the same."""
    match question.shape:
        case Shape.CHOICE | Shape.PIN | Shape.GAP:
            return Answer(choice=rng.randrange(question.choices))
        case Shape.DAY:
            return Answer(day=question.accepted[0] + timedelta(days=round(rng.gauss(0, DAYS_OFF))))
        case Shape.ORDER:
            return Answer(order=tuple(rng.sample(question.key, len(question.key))))
        case Shape.PLACE:
            places = sorted({event.slot for event in story.events.values() if event.slot} - {*question.aside})
            return Answer(place=rng.choice(places))


def say(text: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
