"""The outermost door: no charset and no cookie that a client makes up reaches the code that would fail on it."""

from io import BytesIO
from typing import Any

import pytest

from qalamoun.wsgi import application

pytestmark = pytest.mark.django_db


def knock(path: str = "/log-in/", query: str = "next=/x", body: bytes = b"", **environ: str) -> str:
    """The status that the application answers with."""
    seen: list[str] = []
    request: dict[str, Any] = {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "http",
        "CONTENT_LENGTH": str(len(body)),
        **environ,
    }
    answer = application(request, lambda status, headers, *rest: seen.append(status))
    list(answer)
    return seen[0]


@pytest.mark.parametrize("charset", ["hex", "rot13", "undefined", "utf-16", "nonsense"])
def test_a_made_up_charset_breaks_nothing(charset: str) -> None:
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert knock(CONTENT_TYPE=kind) == "200 OK"
    assert knock(body=b"username=%ff", CONTENT_TYPE=kind) == "403 Forbidden"


def test_a_boundary_is_kept() -> None:
    kind = "multipart/form-data; charset=hex; boundary=x"
    assert knock(body=b"--x--\r\n", CONTENT_TYPE=kind) == "403 Forbidden"


def test_a_cookie_with_a_nul_is_nobodys() -> None:
    assert knock("/progress/", HTTP_COOKIE='sessionid="\\000aaaaaaaaa"') == "200 OK"
