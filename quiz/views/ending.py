"""The end page of a sitting: what came out, each question again, and what can be done with it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from quiz.models import AskedQuestion, Sitting, SittingMode
from quiz.questions.chronicle import Chronicle
from quiz.study import reviews
from quiz.study.sittings import passed_over
from quiz.views.asking import explained

PLACED, MISSED = "■", "□"


@dataclass(frozen=True, slots=True)
class Stop:
    """An event in the line of a finished timeline run; `state` is right, wrong or unanswered, blank for the first."""

    text: str
    state: str


def told(request: HttpRequest, sitting: Sitting, asked: list[AskedQuestion], story: Chronicle) -> dict[str, Any]:
    """What the end page shows."""
    open_ones = {one.number for one in asked if not one.answered_at}
    states = {one.question.event: _state(one) for one in asked}
    results = [explained(one if one.answered_at else passed_over(one), story) for one in asked]
    context = {
        "sitting": sitting,
        "results": results,
        "score": sum(one.credit or 0 for one in asked),
        "open_ones": open_ones,
        "missed": len(reviews.misses(sitting)),
    }
    if sitting.mode == SittingMode.TIMELINE:
        rows = results[-1]["feedback"].rows
        line = [Stop(row.told, states.get(row.option.event, "")) for row in rows if row.option.event]
        context |= {"line": line, "share": _share(request, list(states.values()))}
    return context


def _state(asked: AskedQuestion) -> str:
    if not asked.answered_at:
        return "unanswered"
    return "right" if asked.credit == 1 else "wrong"


def _share(request: HttpRequest, states: list[str]) -> str:
    """A run as a text for others, which names no event: how many were placed, one square for each, and where."""
    placed = states.count("right")
    first = _("Qalamoun, timeline run: %(placed)s of %(steps)s placed") % {"placed": placed, "steps": len(states)}
    squares = "".join(PLACED if state == "right" else MISSED for state in states)
    return "\n".join((first, squares, request.build_absolute_uri(reverse("quiz:home"))))
