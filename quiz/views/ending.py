"""The end page of a sitting: what came out, each question again, and what can be done with it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import ordinal
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from quiz.models import AskedQuestion, Sitting, SittingMode
from quiz.questions.chronicle import Chronicle
from quiz.scheduling import study_day
from quiz.study import reviews
from quiz.study.feedback import Verdict
from quiz.study.sittings import passed_over
from quiz.views import sheets
from quiz.views.asking import explained


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
        "hinted": sum(1 for one in asked if one.hints and one.credit),
        "tally": _tally([one["feedback"].verdict for one in results if one["asked"].answered_at]),
        "missed": reviews.missed(sitting, study_day(timezone.now(), sitting.user.zone)),
        "home": request.build_absolute_uri(reverse("quiz:home")),
        "printable": sheets.can_be_printed(sitting),
    }
    if sitting.mode == SittingMode.TIMELINE:
        rows = results[-1]["feedback"].rows
        line = [Stop(row.told, states.get(row.option.event, "")) for row in rows if row.option.event]
        context |= {"line": line, "run": _run_in_words(list(states.values()))}
    return context


def _state(asked: AskedQuestion) -> str:
    if not asked.answered_at:
        return "unanswered"
    return "right" if asked.credit == 1 else "wrong"


def _tally(verdicts: list[Verdict]) -> str:
    """How many answers came out how: '2 right, 6 wrong'; blank where nothing was answered."""
    words = {
        Verdict.RIGHT: _("%(n)s right"),
        Verdict.PARTLY: _("%(n)s partly right"),
        Verdict.WRONG: _("%(n)s wrong"),
        Verdict.UNKNOWN: _("%(n)s not known"),
    }
    return ", ".join(text % {"n": verdicts.count(one)} for one, text in words.items() if one in verdicts)


def _run_in_words(states: list[str]) -> str:
    """A run for others, without naming an event: how many stand in their place, and at which steps they do not."""
    values = {"placed": states.count("right"), "steps": len(states)}
    told = _("Qalamoun, timeline run: %(placed)s of %(steps)s events put in their place") % values
    steps = [_("the %(nth)s") % {"nth": ordinal(n)} for n, state in enumerate(states, 1) if state == "wrong"]
    others = [_("not %(steps)s") % {"steps": get_text_list(steps, _("and"))}] if steps else []
    if left := states.count("unanswered"):
        others.append(_("%(n)s not answered") % {"n": left})
    return told + (f" ({'; '.join(others)})." if others else ".")
