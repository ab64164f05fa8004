"""Other ways into a sitting, and what is done with one beside answering.

What is done by a POST leads, as a GET, to where it can be done: so the way back from log-in never ends at nothing.
"""

import secrets
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quiz.forms.sittings import AnswerForm, ReviewForm, TimelineForm
from quiz.models import Sitting, SittingMode, User
from quiz.study import guests, reviews, wanted
from quiz.study import sittings as study
from quiz.study.drawing import TooFewQuestions, Wanted
from quiz.study.facts import chronicle
from quiz.views import sheets
from quiz.views.asking import learner_sittings, show, waiting
from quiz.views.rendering import MODEL_BACKEND, page

BOTH = ["GET", "HEAD", "POST"]


@login_not_required
@never_cache
@require_http_methods(BOTH)
def sitting_review(request: HttpRequest) -> HttpResponse:
    """Begin a quiz on what is due, or on weak spots; say so where there is nothing."""
    form = ReviewForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return page(request, "quiz/modes/sitting_review.html", _counts(request), status=400 if form.errors else 200)
    mode = SittingMode(form.cleaned_data["mode"])
    sitting = _about(request, _own_facts(request, mode), mode)
    return redirect(sitting) if sitting else page(request, "quiz/modes/sitting_review.html", {"nothing": mode.value})


def _own_facts(request: HttpRequest, mode: SittingMode) -> list[Wanted]:
    """What is due, or weak; nothing for a visitor."""
    if not isinstance(request.user, User):
        return []
    now = timezone.now()
    return wanted.due(request.user, chronicle(), now) if mode == SittingMode.DAILY else wanted.weak(request.user, now)


def _counts(request: HttpRequest) -> dict[str, int]:
    """Of how many facts at most each of the reviews would ask."""
    return {
        "due": min(len(_own_facts(request, SittingMode.DAILY)), study.most_about(SittingMode.DAILY)),
        "weak": min(len(_own_facts(request, SittingMode.WEAK)), study.most_about(SittingMode.WEAK)),
    }


def _about(request: HttpRequest, facts: Sequence[Wanted], mode: SittingMode) -> Sitting | None:
    """A sitting about facts; None where none of them can be asked."""
    if not facts or not isinstance(request.user, User):
        return None
    seed = secrets.randbits(32)
    try:
        return study.begin_about(request.user, chronicle(), facts, mode, now=timezone.now(), seed=seed)
    except TooFewQuestions:
        return None


@login_not_required
@never_cache
@require_http_methods(BOTH)
def timeline_run(request: HttpRequest) -> HttpResponse:
    """What a timeline run is, and beginning one; somebody without an account becomes a guest here."""
    form = TimelineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_run(request, form))
        except TooFewQuestions:
            message = _("Too few events of this phase stand in a strict order. Choose another, or the whole story.")
            form.add_error("phase", message)
    context = {"form": form, "steps": study.RUN_STEPS}
    return page(request, "quiz/modes/timeline_run.html", context, status=400 if form.errors else 200)


@transaction.atomic
def _run(request: HttpRequest, form: TimelineForm) -> Sitting:
    """Begin the run; the guest is made in the same transaction, so that a refused choice leaves none behind."""
    now, phase = timezone.now(), form.cleaned_data["phase"]
    user = guests.learner(request.user, now, zone=form.cleaned_data["zone"])
    sitting = study.begin_run(user, chronicle(), phase, now=now, seed=secrets.randbits(32))
    if user != request.user:
        login(request, user, MODEL_BACKEND)
    return sitting


@never_cache
@require_http_methods(BOTH)
def sitting_again(request: HttpRequest, token: str) -> HttpResponse:
    """Begin a sitting with only what was missed; not before the end, which it would give away."""
    sitting = get_object_or_404(learner_sittings(request), token=token)
    if request.method != "POST" or not sitting.finished_at:
        return redirect(sitting)
    again = _about(request, wanted.missed(sitting), SittingMode.AGAIN)
    if again is None:
        messages.info(request, _("Nothing that you missed in this quiz can be asked again."))
    return redirect(again or sitting)


@never_cache
@require_http_methods(BOTH)
def sitting_misses(request: HttpRequest, token: str) -> HttpResponse:
    """Add what was missed to today's cards; not before the end, which it would give away."""
    sitting = get_object_or_404(learner_sittings(request).select_related("user"), token=token)
    if request.method == "POST" and sitting.finished_at:
        reviews.add_misses(sitting.user, sitting, now=timezone.now())
    return redirect(sitting)


@never_cache
@require_http_methods(BOTH)
def sitting_extend(request: HttpRequest, token: str) -> HttpResponse:
    """More time, and back to the question, filled with what was given so far."""
    sitting = get_object_or_404(learner_sittings(request).select_related("user"), token=token)
    if request.method != "POST":
        return redirect(sitting)
    sitting = study.extend(sitting.user, sitting.pk, now=timezone.now())
    asked = None if sitting.finished_at else waiting(sitting)
    if asked is None or request.POST.get("token") != asked.token:
        return redirect(sitting)
    story = chronicle()
    form = AnswerForm(request.POST, question=asked.question, story=story, kept=True)
    form.is_valid()
    return show(request, sitting, asked, story, form=form)


@never_cache
@require_http_methods(BOTH)
def sitting_finish(request: HttpRequest, token: str) -> HttpResponse:
    """End it before its last question, and see the result."""
    sitting = get_object_or_404(learner_sittings(request).select_related("user"), token=token)
    if request.method == "POST":
        study.finish(sitting.user, sitting.pk, now=timezone.now())
    return redirect(sitting)


@never_cache
@require_safe
def sitting_sheet(request: HttpRequest, token: str) -> HttpResponse:
    """A finished quiz as a sheet of questions to print, and its answer key; to the sitting where there is none."""
    sitting = get_object_or_404(learner_sittings(request).select_related("phase"), token=token)
    if not sheets.can_be_printed(sitting):
        return redirect(sitting)
    home = request.build_absolute_uri(reverse("quiz:home"))
    context = {"sitting": sitting, "rows": sheets.sheet(sitting, chronicle()), "home": home}
    return page(request, "quiz/modes/sitting_sheet.html", context)
