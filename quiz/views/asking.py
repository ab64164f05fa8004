"""What the pages of a sitting share: whose it is, where it goes on, how a question or its feedback is shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from quiz.forms.sittings import AnswerForm
from quiz.models import AskedQuestion, Sitting, SittingMode, User
from quiz.models.sittings import CONFIDENCES, SittingQuerySet
from quiz.questions.chronicle import Chronicle
from quiz.questions.question import Shape
from quiz.study import hints, telling
from quiz.study import sittings as study
from quiz.study.feedback import feedback
from quiz.views import shapes
from quiz.views.rendering import page, wants_fragment


def learner_sittings(request: HttpRequest) -> SittingQuerySet:
    """The sittings of whoever asks: other people's do not exist for them."""
    if not isinstance(request.user, User):
        return Sitting.objects.none()
    return Sitting.objects.filter(user=request.user)


def waiting(sitting: Sitting) -> AskedQuestion | None:
    """The first question that is not answered yet."""
    return sitting.asked.filter(answered_at=None).order_by("number").first()


@dataclass(frozen=True, slots=True)
class Clock:
    """The time limit of a sitting: whole seconds left, at least 0, and these as whole minutes for words.

    `minutes` is rounded, and 0 only for less than one.
    """

    seconds: int

    @property
    def minutes(self) -> int:
        """Minutes left."""
        return (self.seconds + 30) // 60 if self.seconds >= 60 else 0


def clock(sitting: Sitting, now: datetime) -> Clock | None:
    """The time that is left; None for a sitting without limit."""
    return Clock(max(0, int((sitting.ends_at - now).total_seconds()))) if sitting.ends_at else None


def show(
    request: HttpRequest,
    sitting: Sitting,
    asked: AskedQuestion,
    story: Chronicle,
    *,
    form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The question, or the feedback on it, or that the time is up; in an exam, no feedback but the next question.

    After an answer without htmx the browser is sent to a GET.
    """
    if asked.answered_at:
        return _after(request, sitting, asked, story)
    now = timezone.now()
    context = {
        "sitting": sitting,
        "asked": asked,
        "question": asked.question,
        "form": form,
        "clock": clock(sitting, now),
    }
    if study.is_over(sitting, now):
        # An answer that came too late is not taken, and not lost either.
        return _part(request, "_time_up", context, status=409 if form and not form.kept else 200)
    dated = sitting.mode == SittingMode.TIMELINE and asked.number > 1
    context |= shapes.shown(asked, form, story) | {"confidences": CONFIDENCES, "dated": dated}
    context["hints"] = hints.on(asked, story)
    return _part(request, "_question", context, status=status)


def _part(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page of a question with one of its parts, or for htmx the part alone."""
    part = f"quiz/sittings/{name}.html"
    return page(request, "quiz/sittings/question_detail.html", context | {"part": part}, fragment=part, status=status)


def _after(request: HttpRequest, sitting: Sitting, asked: AskedQuestion, story: Chronicle) -> HttpResponse:
    """What comes after an answer: its feedback, or in an exam the next question."""
    if sitting.is_silent:
        return onward(request, sitting, story)
    if request.method == "POST" and not getattr(request, "htmx", False):
        return redirect("quiz:question-detail", token=sitting.token, number=asked.number)
    context = {"sitting": sitting, "last": asked.number == sitting.length}
    return _part(request, "_feedback", context | explained(asked, story))


def onward(request: HttpRequest, sitting: Sitting, story: Chronicle) -> HttpResponse:
    """To the next question that waits, at once where htmx can show it; to the end page after the last."""
    following = waiting(sitting)
    if following is None:
        return redirect(sitting)
    address = reverse("quiz:question-detail", args=[sitting.token, following.number])
    if not wants_fragment(request):
        return redirect(address)
    response = show(request, sitting, following, story)
    response["HX-Push-Url"] = address
    return response


def explained(asked: AskedQuestion, story: Chronicle) -> dict[str, Any]:
    """What the feedback on an answered question shows."""
    question, told = asked.question, feedback(asked, story)
    states = ["right" if row.right else "wrong" if row.chosen else "" for row in told.rows]
    return {
        "asked": asked,
        "question": question,
        "feedback": told,
        "events": telling.kept(story, question.events),
        "map": shapes.chart(question.options, states) if question.shape is Shape.PIN else None,
    }
