"""Search: words in; places, actors, sources and events out."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quiz.forms.chronicle import SearchForm
from quiz.study.searching import FEW, Group, library
from quiz.study.timeline import Wanted, timeline
from quiz.views.rendering import page


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the chronicle holds under the words asked for: the first of each group, or all of one."""
    held = library()
    form = SearchForm(request.GET, held)
    groups = [form.group] if form.group else list(Group)
    found = [held.find(form.query, group, None if form.group else FEW[group]) for group in groups]
    days = form.days
    context = {
        "form": form,
        "found": [one for one in found if one.count],
        "count": sum(one.count for one in found),
        "days": days,
        "on_days": len(timeline().chosen(Wanted(days=days))) if days else 0,
        "near": held.near(form.query),
    }
    return page(request, "quiz/search/search.html", context)
