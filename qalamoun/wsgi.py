"""The door that gunicorn knocks at."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qalamoun.settings")

NUL = r"\000"
"""A NUL as cookies write it: no cookie of ours holds one, and PostgreSQL refuses it in a session's key."""

_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django's application, for which every body is UTF-8, as the pages' forms send it.

    Django believes any charset that a client names, also those that no text can be read with, and fails before a
    middleware could help.
    """
    kind, *parameters = environ.get("CONTENT_TYPE", "").split(";")
    kept = [part for part in parameters if not part.strip().lower().startswith("charset")]
    environ["CONTENT_TYPE"] = ";".join([kind, *kept])
    if NUL in environ.get("HTTP_COOKIE", ""):
        environ["HTTP_COOKIE"] = ""
    return _django(environ, start_response)
