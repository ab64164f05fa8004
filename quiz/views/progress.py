"""What a learner has done so far."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quiz.models import User
from quiz.study import progress as study
from quiz.views.rendering import page


@login_not_required
@never_cache
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Accuracy by phase and facet, and past sittings; an invitation where nothing was answered yet."""
    context: dict[str, Any] = {"enough": study.ENOUGH_ANSWERS}
    if isinstance(request.user, User):
        context |= {
            "phases": study.by_phase(request.user),
            "facets": study.by_facet(request.user),
            "sittings": study.sittings(request.user),
        }
    return page(request, "quiz/progress/progress.html", context)
