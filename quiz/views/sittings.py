"""Taking a quiz: begin, be asked, answer, see the end."""

import secrets
from typing import Any

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import InternalError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quiz.forms import AnswerForm, SittingForm
from quiz.models import AskedQuestion, Sitting, User
from quiz.models.sittings import SittingQuerySet
from quiz.questions.chronicle import Chronicle
from quiz.questions.question import Shape
from quiz.study import guests, telling
from quiz.study import sittings as study
from quiz.study.drawing import TooFewQuestions
from quiz.study.facts import chronicle
from quiz.study.feedback import feedback
from quiz.views import shapes
from quiz.views.rendering import MODEL_BACKEND, page


def learner_sittings(request: HttpRequest) -> SittingQuerySet:
    """The sittings of whoever asks: other people's do not exist for them."""
    if not isinstance(request.user, User):
        return Sitting.objects.none()
    return Sitting.objects.filter(user=request.user)


@login_not_required
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the way to a first question."""
    latest = learner_sittings(request).open().with_results().first()
    return page(request, "quiz/sittings/home.html", {"form": SittingForm(), "open_sitting": latest})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sitting_begin(request: HttpRequest) -> HttpResponse:
    """Choose what to be asked, and begin; somebody without an account becomes a guest here."""
    form = SittingForm(request.POST or None)
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
    user = guests.learner(request.user, now)
    sitting = study.begin(user, chronicle(), form.choice(), now=now, seed=secrets.randbits(32))
    if user != request.user:
        login(request, user, MODEL_BACKEND)
    return sitting


@never_cache
@require_safe
def sitting_detail(request: HttpRequest, token: str) -> HttpResponse:
    """Go on with the first question that is not answered; the end page after the last."""
    sitting = get_object_or_404(learner_sittings(request).select_related("phase"), token=token)
    asked = list(sitting.asked.all())
    waiting = next((question for question in asked if not question.answered_at), None)
    if waiting:
        return redirect("quiz:question-detail", token=token, number=waiting.number)
    story = chronicle()
    results = [_explained(question, story) for question in asked]
    score = sum(question.credit or 0 for question in asked)
    return page(request, "quiz/sittings/sitting_detail.html", {"sitting": sitting, "results": results, "score": score})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question_detail(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """One question: asked while it waits for its answer, with feedback afterwards. An answer is a POST."""
    sitting = get_object_or_404(learner_sittings(request), token=token)
    asked = get_object_or_404(sitting.asked, number=number)
    if asked.answered_at:
        # Also for a repeated answer: what was stored is shown, and nothing is written.
        return _show(request, sitting, asked, chronicle(), status=200)
    # None where another tab has answered the last one just now: the verb below finds that answer.
    waiting = sitting.asked.filter(answered_at=None).order_by("number").values_list("number", flat=True).first()
    if waiting and waiting < number:
        return redirect("quiz:question-detail", token=token, number=waiting)
    return _answer(request, sitting, asked) if request.method == "POST" else _show(request, sitting, asked, chronicle())


def _answer(request: HttpRequest, sitting: Sitting, asked: AskedQuestion) -> HttpResponse:
    """Keep an answer that fits; say what is wrong with any other, and keep what was typed."""
    story = chronicle()
    form = AnswerForm(request.POST, question=asked.question, story=story)
    valid = form.is_valid()
    if form.cleaned_data.get("token", asked.token) != asked.token:
        form.add_error(None, _("This answer belongs to another question. Please answer the one shown here."))
        return _show(request, sitting, asked, story, form=form, status=409)
    if not valid:
        return _show(request, sitting, asked, story, form=form, status=422)
    try:
        outcome = study.answer(asked.pk, form.cleaned_data["answer"], now=timezone.now())
    except AskedQuestion.DoesNotExist:
        raise Http404 from None
    except (OperationalError, InternalError):  # locked or full, or read-only
        form.add_error(None, _("Your answer could not be stored just now. It still stands here: please try again."))
        return _show(request, sitting, asked, story, form=form, status=503)
    return _show(request, sitting, outcome.asked, story)


def _show(
    request: HttpRequest,
    sitting: Sitting,
    asked: AskedQuestion,
    story: Chronicle,
    *,
    form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The question, or the feedback on it; after an answer without htmx the browser is sent to a GET."""
    if request.method == "POST" and asked.answered_at and not getattr(request, "htmx", False):
        return redirect("quiz:question-detail", token=sitting.token, number=asked.number)
    last = asked.number == sitting.length
    context = {"sitting": sitting, "asked": asked, "question": asked.question, "form": form, "last": last}
    context |= _explained(asked, story) if asked.answered_at else shapes.shown(asked, form, story)
    fragment = "quiz/sittings/_feedback.html" if asked.answered_at else "quiz/sittings/_question.html"
    return page(request, "quiz/sittings/question_detail.html", context, fragment=fragment, status=status)


def _explained(asked: AskedQuestion, story: Chronicle) -> dict[str, Any]:
    """What the feedback on an answered question shows."""
    question, told = asked.question, feedback(asked, story)
    states = ["right" if row.right else "wrong" if row.chosen else "" for row in told.rows]
    return {
        "asked": asked,
        "question": question,
        "feedback": told,
        "events": telling.kept(story, question.events),
        "sketch": shapes.sketch(question.options, states) if question.shape is Shape.PIN else None,
    }
