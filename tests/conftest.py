"""What every test stands on: settings made quick, the database of the tests, the browser."""

import os
import shutil
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connections

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# Two busy cores make single examples slow now and then, so time is no failure; and the same tree gives the
# same verdict each time. `--hypothesis-profile=explore` looks further.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("house")


def pytest_configure() -> None:
    """Set what a test needs otherwise than the site, whatever the caller's environment says."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Without it whitenoise warns of a static root that nobody has filled, and warnings are errors.
    settings.WHITENOISE_AUTOREFRESH = True
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the journeys last: from the first one on, Playwright's event loop runs in the process, and Django
    then lets the ORM be used only with DJANGO_ALLOW_ASYNC_UNSAFE, which the other tests must never see.
    """
    items.sort(key=lambda item: item.get_closest_marker("journey") is not None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite's test database in a file, as on the site: threads then have connections of their own,
    and locks and transactions are the real ones. Nobody needs it after a power cut.
    """
    for connection in connections.all():
        if connection.vendor == "sqlite":
            file = tmp_path_factory.mktemp("database") / "test.sqlite3"
            connection.settings_dict["TEST"]["NAME"] = str(file)
            options = connection.settings_dict["OPTIONS"]
            options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


def browser_path() -> str | None:
    """The Chromium to drive: the one named by QALAMOUN_CHROMIUM, else from the path, else Playwright's."""
    found = os.environ.get("QALAMOUN_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    return found and str(Path(found))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser quiet, and blind to every host but this one."""
    switches = [
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        switches.append("--no-sandbox")  # Chromium refuses to start as root with it
    named = {"executable_path": browser_path()} if browser_path() else {}
    return {
        **browser_type_launch_args,
        **named,
        "args": [*browser_type_launch_args.get("args", []), *switches],
    }
