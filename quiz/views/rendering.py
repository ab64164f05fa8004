"""One address, two renderings: a whole page, or the fragment that htmx swaps in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
"""The one way in, named for those who are logged in without a password: new guests and new accounts."""


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a fragment; a boosted link or a restored page of the history needs the whole page."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, fragment: str = "", status: int = 200
) -> HttpResponse:
    """Render a page, or its fragment for htmx; caches keep the two apart."""
    chosen = fragment if fragment and wants_fragment(request) else template
    response = render(request, chosen, context, status=status)
    if fragment:
        patch_vary_headers(response, ["HX-Request"])
    return response
