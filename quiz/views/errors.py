"""Answers to what the site does not do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render


def method_told(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware: who opens an address that only takes forms, or sends to one that only shows, is told so on a page.

    Django answers such a request with nothing at all. The methods that are allowed stay in the header.
    """

    def told(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        shows = "GET" in response["Allow"].split(", ")
        page = render(request, "405.html", {"shows": shows}, status=405)
        page["Allow"] = response["Allow"]
        return page

    return told
