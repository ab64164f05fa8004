"""Times are shown as the learner's own clock shows them."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from quiz.models import User


def learners_zone(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware: while a request of a learner is answered, their time zone is the present one."""

    def in_zone(request: HttpRequest) -> HttpResponseBase:
        zone = request.user.zone if isinstance(request.user, User) else None
        with timezone.override(zone):
            return get_response(request)

    return in_zone
