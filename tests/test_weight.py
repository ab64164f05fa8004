"""What a first visit has to fetch, as it is collected and compressed for the site: with a ceiling for each sort.

`pytest tests/test_weight.py -rP --log-level=INFO` shows the figures.
"""

import gzip
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from quiz.models import AskedQuestion, Event, Sitting
from quiz.questions.question import Shape
from quiz.study import guests
from quiz.study.facts import chronicle
from quiz.study.story import story
from tests import factories as make
from tests.journeys.steps import fill, questions

LOG = logging.getLogger(__name__)
KB = 1000
PAGE = 60 * KB
"""HTML, CSS and JavaScript of a page, compressed."""
SCRIPTS = 90 * KB
"""JavaScript of a page, as it is written."""
FONTS = 150 * KB
STATIC = re.compile(r'(?:href|src)="/static/([^"#]+\.(?:css|js))"')
"""Each is told by its end, so that what is only preloaded (fonts) is counted by itself."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    """The static files as `make run` collects them: named by their content, compressed beside it."""
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**site.STORAGES, "staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def question_pages(client: Client) -> Iterator[str]:
    """A question of each shape, each by itself before a learner."""
    user = guests.learner(make.UserFactory(is_guest=True), timezone.now())
    client.force_login(user)
    for question in questions()[: len(Shape)]:
        sitting: Sitting = make.SittingFactory(user=user, length=1)
        event = Event.objects.get(key=question.event)
        AskedQuestion.objects.create(
            sitting=sitting,
            number=1,
            event=event,
            kind=question.kind,
            facet=question.facet,
            content=question.as_dict(),
        )
        yield reverse("quiz:question-detail", args=[sitting.token, 1])


def sent(file: Path) -> int:
    """The bytes of a file as it is sent; one that compressing makes no smaller is sent as it is."""
    compressed = file.with_name(f"{file.name}.gz")
    return (compressed if compressed.exists() else file).stat().st_size


def weighed(client: Client, path: str, folder: Path) -> tuple[int, int]:
    """The bytes of a page with its sheets and scripts as they are sent, and of its scripts as they are written."""
    answer = client.get(path, headers={"accept-encoding": "gzip"})
    assert (answer.status_code, answer["Content-Encoding"]) == (200, "gzip")
    files = STATIC.findall(gzip.decompress(answer.content).decode())
    assert {name.rsplit(".", 1)[1] for name in files} == {"css", "js"}
    whole = len(answer.content) + sum(sent(folder / name) for name in files)
    return whole, sum((folder / name).stat().st_size for name in files if name.endswith(".js"))


def test_no_first_page_is_heavier_than_it_may_be(client: Client, collected: Path) -> None:
    fill()
    paths = ["/", "/quiz/", "/places/", "/places/qara/", "/chronicle/", "/story/"]
    paths += [reverse("quiz:story-step", args=[chapter.slug, 1]) for chapter in story(chronicle()).chapters]
    paths += question_pages(client)
    weights = {path: weighed(client, path, collected) for path in paths}
    for path, (whole, scripts) in weights.items():
        LOG.info("%s: %.1f kB, scripts as written %.1f kB", path, whole / KB, scripts / KB)
    assert {path: whole for path, (whole, _) in weights.items() if whole > PAGE} == {}
    assert {path: scripts for path, (_, scripts) in weights.items() if scripts > SCRIPTS} == {}


def test_all_fonts_together_are_light() -> None:
    fonts = [file.stat().st_size for file in (site.BASE_DIR / "quiz" / "static" / "quiz" / "fonts").glob("*.woff2")]
    LOG.info("%.1f kB", sum(fonts) / KB)
    assert len(fonts) == 5
    assert sum(fonts) <= FONTS
