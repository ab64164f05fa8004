"""Reporting a problem with a question, or with an event, to the editors."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import InternalError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.forms.reports import ReportForm, SentForm
from quiz.models import OF_EVENTS, AskedQuestion, Event, Problem, User
from quiz.study import guests, telling
from quiz.study import reports as study
from quiz.study.facts import chronicle
from quiz.study.reports import ReportTooLong, Subject, TooManyReports, TooManyVisitors
from quiz.study.sittings import passed_over
from quiz.views.asking import explained, learner_sittings
from quiz.views.rendering import MODEL_BACKEND, page

BOTH = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(BOTH)
def question_report(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Report a problem with a question whose key one was told; before that, back to the question."""
    sitting = get_object_or_404(learner_sittings(request), token=token)
    asked = get_object_or_404(sitting.asked.select_related("event"), number=number)
    if not study.is_told(asked):
        return _not_yet(request, asked)
    form = ReportForm(request.POST if request.method == "POST" else None, problems=list(Problem))
    taken, status = _taken(request, Subject(asked.event, asked), form)
    if taken:
        return taken
    context = {"form": form, "back": _back(request, asked), **_said(request, Subject(asked.event, asked))}
    shown = explained(asked if asked.answered_at else passed_over(asked), chronicle())
    return page(request, "quiz/reports/question_report.html", context | shown, status=status)


@login_not_required
@never_cache
@require_http_methods(BOTH)
def event_report(request: HttpRequest, key: str) -> HttpResponse:
    """Report a problem with what the page of an event says; somebody without an account becomes a guest by it."""
    event = get_object_or_404(Event.objects.current(), key=key)
    form = ReportForm(request.POST if request.method == "POST" else None, problems=OF_EVENTS)
    taken, status = _taken(request, Subject(event), form)
    if taken:
        return taken
    context = {"form": form, "event": event, "back": event.get_absolute_url(), **_said(request, Subject(event))}
    line = telling.line(chronicle(), key)
    return page(request, "quiz/reports/event_report.html", context | {"line": line}, status=status)


def _not_yet(request: HttpRequest, asked: AskedQuestion) -> HttpResponse:
    """Back to the question, which a report would give away, saying when it can be reported."""
    exam = _("A problem with a question of an exam can be reported once the exam has ended, from its result.")
    told = exam if asked.sitting.is_silent else _("A problem can be reported once the question is answered.")
    messages.info(request, told)
    return redirect("quiz:question-detail", token=asked.sitting.token, number=asked.number)


def _back(request: HttpRequest, asked: AskedQuestion) -> str:
    """The way back: to the feedback on the question, or to its place on the result."""
    sitting = asked.sitting
    if sitting.finished_at and (not asked.answered_at or SentForm(request.GET).from_result):
        return f"{sitting.get_absolute_url()}#report-{asked.number}"
    return reverse("quiz:question-detail", args=[sitting.token, asked.number])


def _said(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    """What this learner reported of the same before, and what became of what was sent just now."""
    user = request.user
    earlier = list(study.earlier(user, subject)) if isinstance(user, User) else []
    return {"earlier": earlier, "sent": SentForm(request.GET).outcome if earlier else None}


def _taken(request: HttpRequest, subject: Subject, form: ReportForm) -> tuple[HttpResponse | None, int]:
    """Where a report that is taken leads to; None and the status of the page where there is none, or it is refused."""
    if request.method != "POST" or not form.is_valid():
        return None, 422 if form.errors else 200
    try:
        sent = _send(request, subject, form)
    except ReportTooLong as error:
        form.refused(error)
        return None, 422
    except (TooManyReports, TooManyVisitors) as error:
        form.refused(error)
        return None, 429
    except User.DoesNotExist:  # the guest has become an account in another tab
        raise Http404 from None
    except (OperationalError, InternalError):  # locked or full, or read-only
        form.add_error(None, _("Your report could not be stored just now. It still stands here: please try again."))
        return None, 503
    kept = {"result": "on"} if SentForm(request.GET).from_result else {}
    return redirect(f"{request.path}?{urlencode({'sent': sent.value, **kept})}"), 302


@transaction.atomic
def _send(request: HttpRequest, subject: Subject, form: ReportForm) -> study.Sent:
    """Make the report; a guest is made in the same transaction, so that a refused one leaves none behind."""
    now = timezone.now()
    if not isinstance(request.user, User):
        study.admit_visitor(subject.event, now=now)
    user = guests.learner(request.user, now, zone=form.cleaned_data["zone"])
    outcome = study.report(user, subject, form.told, form.cleaned_data["text"], now=now)
    if user != request.user:
        login(request, user, MODEL_BACKEND)
    return outcome.sent
