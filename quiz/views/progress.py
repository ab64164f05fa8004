"""What a learner has done so far, what would be recalled today, and what comes."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quiz.forms.progress import HistoryForm
from quiz.models import StudyDay, User
from quiz.questions.chronicle import Chronicle
from quiz.scheduling import study_day
from quiz.study import mastery, telling
from quiz.study import progress as study
from quiz.study.facts import chronicle
from quiz.study.sittings import MOST_WEAK
from quiz.study.weak import weakest
from quiz.views import charts
from quiz.views.rendering import page

ENOUGH_DAYS = 3
"""On so many days something was done before a calendar shows more than a line of words would."""


@login_not_required
@never_cache
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Mastery, calendar, forecast, retention and the latest sittings; an invitation where nothing was done yet."""
    if not isinstance(request.user, User):
        return page(request, "quiz/progress/progress.html")
    return page(request, "quiz/progress/progress.html", _told(request.user, timezone.now()))


@login_not_required
@never_cache
@require_safe
def sitting_list(request: HttpRequest) -> HttpResponse:
    """All past sittings, page by page, each leading to its questions as they were."""
    if not isinstance(request.user, User):
        return page(request, "quiz/progress/sitting_list.html")
    form = HistoryForm(request.GET)
    if not form.is_valid():
        raise Http404
    token = form.cleaned_data["after"]
    after = get_object_or_404(request.user.sittings, token=token) if token else None
    context = {"history": study.older(request.user, after), "later": bool(after)}
    return page(request, "quiz/progress/sitting_list.html", context)


def _told(user: User, now: datetime) -> dict[str, Any]:
    """What the page shows; nothing where the learner has done nothing yet."""
    story, day = chronicle(), study_day(now, user.zone)
    mine, days, history = mastery.held(user, story, day), study.days(user, day), study.latest(user)
    if not (mine or days or history.sittings):
        return {}
    phases = mastery.by_phase(mine, story)
    told = {
        "weak": _weak(user, story, day),
        "overall": mastery.overall(mine, story),
        "facets": mastery.by_facet(mine, story),
        "phases": phases,
        "phases_met": sum(bool(phase.met) for phase in phases),
        "places": mastery.by_place(mine, story),
        "kinds": mastery.by_kind(mine),
        "confusions": mastery.confusions(mine, story),
        "history": history,
        "enough_facts": mastery.ENOUGH_FACTS,
        "enough_answers": mastery.ENOUGH_ANSWERS,
        "enough_recalls": study.ENOUGH_RECALLS,
        "enough_days": ENOUGH_DAYS,
        **_charts(user, mine, days, day),
        **_foreseen(user, days, day),
    }
    return told | _parts(told)


def _parts(told: dict[str, Any]) -> dict[str, list[str]]:
    """Which parts of the page have something to show, and which are still to come."""
    has = {
        "mastery": told["overall"].recall is not None,
        "forecast": bool(told["forecast"].total or told["forecast"].waiting),
        "calendar": sum(week.days for week in told["weeks"]) >= ENOUGH_DAYS,
        "retention": told["judged"] is not None,
        "confusions": bool(told["confusions"]),
        "calibration": told["curve"] is not None,
    }
    return {"parts": [name for name in has if has[name]], "to_come": [name for name in has if not has[name]]}


def _weak(user: User, story: Chronicle, day: date) -> list[tuple[telling.Line, str]]:
    """The weakest facts: the event as a line, and its facet in words."""
    cards = (card for card in weakest(user, day, MOST_WEAK) if card.event.key in story.events)
    return [(telling.line(story, card.event.key), card.get_facet_display()) for card in cards]


def _charts(user: User, mine: list[mastery.Held], days: list[StudyDay], day: date) -> dict[str, Any]:
    """Calendar, forecast and calibration."""
    forecast, levels = study.forecast(mine, days, user.reviews_per_day, day), study.calibration(user)
    return {
        "calendars": charts.calendars(study.done(days), day),
        "legend": charts.legend(),
        "weeks": study.weeks(days),
        "forecast": forecast,
        "bars": charts.bars(forecast.days),
        "levels": levels,
        "curve": charts.curve(levels),
    }


def _foreseen(user: User, days: list[StudyDay], day: date) -> dict[str, Any]:
    """How well it was foreseen; the last days are judged if they have enough, else all."""
    recent, ever = study.recent_retention(days, day), study.all_retention(user)
    judged = next((one for one in (recent, ever) if one.is_enough), None)
    late = bool(judged and judged.came_late(user.desired_retention))
    return {"recent_retention": recent, "all_retention": ever, "judged": judged, "late": late}
