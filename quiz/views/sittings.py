"""Taking a quiz: begin, be asked, answer, see the end."""

import secrets

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import InternalError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quiz.cartography.lettering import stand
from quiz.cartography.projection import Frame
from quiz.forms.sittings import AnswerForm, SittingForm
from quiz.models import AskedQuestion, Sitting, SittingMode, User
from quiz.study import guests, hints
from quiz.study import sittings as study
from quiz.study.drawing import TooFewQuestions
from quiz.study.facts import chronicle
from quiz.study.introduction import Introduction, introduction
from quiz.study.today import is_anything_due
from quiz.views import ending
from quiz.views.asking import learner_sittings, show
from quiz.views.maps import Drawing, Mark, drawing
from quiz.views.rendering import MODEL_BACKEND, page

REGION = Frame(west=36.2, east=36.98, south=33.72, north=34.22)
"""What the home page shows of the land: from Arsal to Rankous, with room for the names at its edges."""
SMALL = 3
"""From this tier of lettering on, towns are left out there."""


@login_not_required
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the way to a first question; for who has been here, what waits."""
    user, latest = request.user, learner_sittings(request).open().with_results().first()
    due = isinstance(user, User) and is_anything_due(user, timezone.now())
    told = introduction(chronicle())
    context = {"open_sitting": latest, "due": due, "introduction": told, "map": _region(told)}
    return page(request, "quiz/sittings/home.html", context)


def _region(told: Introduction) -> Drawing:
    """The heart of the region with its best-known towns."""
    marks = [Mark(one.key, one.name, one.name_ar, one.lat or 0, one.lon or 0) for one in told.towns]
    seen = [mark for mark in marks if REGION.holds(mark.lat, mark.lon) and stand(mark.key).tier < SMALL]
    names = ", ".join(mark.name for mark in seen)
    return drawing(seen, REGION, name=_("Map of the Qalamoun mountains with %(places)s") % {"places": names})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sitting_begin(request: HttpRequest) -> HttpResponse:
    """Choose what to be asked, and begin; somebody without an account becomes a guest here."""
    exam = request.GET.get("mode") == SittingMode.EXAM
    form = SittingForm(request.POST or None, initial={"feedback": SittingMode.EXAM.value} if exam else None)
    if request.method != "POST" or not form.is_valid():
        return page(request, "quiz/sittings/sitting_begin.html", {"form": form}, status=400 if form.errors else 200)
    try:
        sitting = _begin(request, form)
    except TooFewQuestions as error:
        message = _("This choice gives %(n)s questions only. Choose fewer, or a wider topic.") % {"n": error.found}
        form.add_error(None, message)
        return page(request, "quiz/sittings/sitting_begin.html", {"form": form}, status=400)
    return redirect(sitting)


@transaction.atomic
def _begin(request: HttpRequest, form: SittingForm) -> Sitting:
    """Begin the sitting; the guest is made in the same transaction, so that a refused choice leaves none behind."""
    now = timezone.now()
    user = guests.learner(request.user, now, zone=form.cleaned_data["zone"])
    sitting = study.begin(user, chronicle(), form.choice(), now=now, seed=secrets.randbits(32))
    if user != request.user:
        login(request, user, MODEL_BACKEND)
    return sitting


@never_cache
@require_safe
def sitting_detail(request: HttpRequest, token: str) -> HttpResponse:
    """Go on with the first question that is not answered; the end page after the last."""
    sitting = get_object_or_404(learner_sittings(request).select_related("phase", "user"), token=token)
    asked = list(sitting.asked.all())
    waiting = next((question for question in asked if not question.answered_at), None)
    if waiting and not sitting.finished_at:
        return redirect("quiz:question-detail", token=token, number=waiting.number)
    return page(request, "quiz/sittings/sitting_detail.html", ending.told(request, sitting, asked, chronicle()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question_detail(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """One question: asked while it waits for its answer, with feedback afterwards. Answers and hints are POSTs."""
    sitting = get_object_or_404(learner_sittings(request), token=token)
    asked = get_object_or_404(sitting.asked, number=number)
    if asked.answered_at:
        # Also for a repeated answer: what was stored is shown, and nothing is written.
        return show(request, sitting, asked, chronicle())
    if sitting.finished_at:
        return _ended(request, sitting)
    # None where another tab has answered the last one just now: the verb below finds that answer.
    waiting = sitting.asked.filter(answered_at=None).order_by("number").values_list("number", flat=True).first()
    if waiting and waiting < number:
        return redirect("quiz:question-detail", token=token, number=waiting)
    return _answer(request, sitting, asked) if request.method == "POST" else show(request, sitting, asked, chronicle())


def _ended(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """To the result of a sitting that was ended; an answer that comes after that is told not to count."""
    if request.method == "POST":
        messages.info(request, _("This quiz was ended before, so your answer is not counted."))
    return redirect(sitting)


def _answer(request: HttpRequest, sitting: Sitting, asked: AskedQuestion) -> HttpResponse:
    """Keep an answer that fits; say what is wrong with any other, and keep what was typed."""
    story = chronicle()
    form = AnswerForm(request.POST, question=asked.question, story=story)
    valid = form.is_valid()
    if form.cleaned_data.get("token", "" if form.kept else asked.token) != asked.token:
        form.add_error(None, _("This answer belongs to another question. Please answer the one shown here."))
        return show(request, sitting, asked, story, form=form, status=409)
    if not valid:
        return show(request, sitting, asked, story, form=form, status=422)
    return (_hint if form.kept else _store)(request, sitting, asked, form)


def _hint(request: HttpRequest, sitting: Sitting, asked: AskedQuestion, form: AnswerForm) -> HttpResponse:
    """Tell one more hint, once for each number; what was given so far stays in the form."""
    try:
        asked = hints.ask(asked.pk, form.cleaned_data.get("hint") or 0, form.story)
    except AskedQuestion.DoesNotExist:
        raise Http404 from None
    except (OperationalError, InternalError):
        form.add_error(None, _("No hint could be given just now. What you gave so far stands here: please try again."))
        return show(request, sitting, asked, form.story, form=form, status=503)
    if asked.sitting.finished_at and not asked.answered_at:
        return _ended(request, sitting)
    return show(request, sitting, asked, form.story, form=form)


def _store(request: HttpRequest, sitting: Sitting, asked: AskedQuestion, form: AnswerForm) -> HttpResponse:
    """Store an answer that fits; where that can't be done, it stays in the form."""
    story, given = form.story, form.cleaned_data["answer"]
    try:
        outcome = study.answer(asked.pk, given, now=timezone.now(), confidence=form.cleaned_data["confidence"])
    except AskedQuestion.DoesNotExist:
        raise Http404 from None
    except hints.StruckOut:
        asked.refresh_from_db(fields=["hints"])
        form.add_error(None, _("A hint has taken this answer away, perhaps in another tab. Choose one of the others."))
        return show(request, sitting, asked, story, form=form, status=409)
    except study.TimeIsUp:
        # Ended in another tab just now; or over, which the page of the question says.
        ended = learner_sittings(request).filter(pk=sitting.pk, finished_at__isnull=False).exists()
        return _ended(request, sitting) if ended else show(request, sitting, asked, story, form=form, status=409)
    except (OperationalError, InternalError):  # locked or full, or read-only
        form.add_error(None, _("Your answer could not be stored just now. It still stands here: please try again."))
        return show(request, sitting, asked, story, form=form, status=503)
    return show(request, sitting, outcome.asked, story)
