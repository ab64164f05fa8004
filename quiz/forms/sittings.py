"""What to be asked, and the answers."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quiz.chronology import day_in_words
from quiz.forms.zones import ZoneField
from quiz.models import Phase, SittingMode
from quiz.models.sittings import CONFIDENCES
from quiz.questions import typed_dates, typed_places
from quiz.questions.chronicle import Chronicle
from quiz.questions.hints import MOST as MOST_HINTS
from quiz.questions.making import KINDS, kinds_of
from quiz.questions.marking import Answer
from quiz.questions.question import Facet, Question, Shape
from quiz.study.drawing import Choice

LENGTHS = (5, 10, 20)
SUBJECTS = {
    Facet.DATE: _("Dates"),
    Facet.PLACE: _("Places"),
    Facet.SEQUENCE: _("Sequence of events"),
    Facet.SOURCE: _("Sources"),
}
AIMS = {
    "": _("As it comes"),
    "0.9": _("Easier: about nine in ten right"),
    "0.75": _("Balanced: about three in four right"),
    "0.5": _("Hard: about half right"),
}
"""What share of the answers should be right, by the name that a form sends."""
FEEDBACK = {SittingMode.PRACTICE: _("After each question"), SittingMode.EXAM: _("At the end, as in an exam")}
MINUTES = (10, 20, 30)


def _kinds() -> list[tuple[str, str]]:
    return [(kind.name, gettext(kind.title)) for kind in KINDS.values()]


class SittingForm(forms.Form):
    """What to be asked: phase, facet, kinds of question, how many and how hard; practice, or an exam with its time."""

    phase = forms.ModelChoiceField(
        Phase.objects.all(), to_field_name="key", required=False, empty_label=_("The whole story"), label=_("Phase")
    )
    facet = forms.ChoiceField(
        choices=[("", _("Everything")), *((facet.value, label) for facet, label in SUBJECTS.items())],
        required=False,
        label=_("Ask about"),
    )
    kinds = forms.MultipleChoiceField(choices=_kinds, required=False, label=_("Kinds of question"))
    length = forms.TypedChoiceField(
        choices=[(n, _("%(n)s questions") % {"n": n}) for n in LENGTHS],
        coerce=int,
        required=False,
        initial=LENGTHS[1],
        label=_("Length"),
    )
    aim = forms.TypedChoiceField(
        choices=list(AIMS.items()), coerce=float, empty_value=None, required=False, label=_("How hard")
    )
    feedback = forms.ChoiceField(
        choices=[(mode.value, label) for mode, label in FEEDBACK.items()],
        required=False,
        initial=SittingMode.PRACTICE.value,
        label=_("Feedback"),
    )
    minutes = forms.TypedChoiceField(
        choices=[("", _("None")), *((n, _("%(n)s minutes") % {"n": n}) for n in MINUTES)],
        coerce=int,
        empty_value=None,
        required=False,
        label=_("Time limit of the exam"),
    )
    zone = ZoneField()

    def clean(self) -> dict[str, Any]:
        """Refuse a subject of which none of the chosen kinds asks."""
        values = super().clean() or {}
        facet, chosen = values.get("facet"), values.get("kinds")
        if facet and chosen and not any(kind.name in chosen for kind in kinds_of(Facet(facet))):
            message = _("None of the kinds of question that you chose asks about “%(subject)s”. %(advice)s")
            advice = _("Choose another subject, or other kinds; if no kind is marked, all of them come up.")
            self.add_error(None, message % {"subject": SUBJECTS[Facet(facet)], "advice": advice})
        return values

    @property
    def kinds_by_facet(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The kinds under their subjects: name, title, and whether it is chosen."""
        chosen = set(self["kinds"].value() or ())
        return [
            (str(label), [(kind.name, gettext(kind.title), kind.name in chosen) for kind in kinds_of(facet)])
            for facet, label in SUBJECTS.items()
            if kinds_of(facet)
        ]

    def choice(self) -> Choice:
        """The choice made; only after `is_valid`. A time limit is one of exams, and left out of practice."""
        facet, mode = self.cleaned_data["facet"], self.cleaned_data["feedback"] or SittingMode.PRACTICE.value
        return Choice(
            length=self.cleaned_data["length"] or LENGTHS[1],
            phase=self.cleaned_data["phase"],
            facet=Facet(facet) if facet else None,
            kinds=tuple(dict.fromkeys(self.cleaned_data["kinds"])),
            aim=self.cleaned_data["aim"],
            mode=mode,
            minutes=self.cleaned_data["minutes"] if mode == SittingMode.EXAM else None,
        )


class TimelineForm(forms.Form):
    """Over what a timeline run goes."""

    phase = forms.ModelChoiceField(
        Phase.objects.all(), to_field_name="key", required=False, empty_label=_("The whole story"), label=_("Phase")
    )
    zone = ZoneField()


class ReviewForm(forms.Form):
    """Which facts of one's own are asked again."""

    mode = forms.ChoiceField(choices=[(SittingMode.DAILY.value, ""), (SittingMode.WEAK.value, "")])


BESIDE = {Shape.DAY: {"day", "picked"}, Shape.PLACE: {"place"}}
"""The fields of a shape that are typed into: an error is told beside them."""


class AnswerForm(forms.Form):
    """An answer to one question, in the shape that the question asks for.

    `token` names the step, so that an answer meant for another question is never taken for this one's. A day is
    typed or picked; `arrows` says that an order is made by arrows, not by numbers. `kept` fills the form with what was
    given so far and asks for nothing yet; so does `hint`, the number of the hint that is asked for.
    """

    token = forms.CharField(max_length=22)
    unknown = forms.BooleanField(required=False)
    choice = forms.IntegerField(required=False, min_value=0, max_value=9)
    day = forms.CharField(required=False, max_length=200, strip=True)
    picked = forms.CharField(required=False, max_length=200, strip=True)
    arrows = forms.BooleanField(required=False)
    place = forms.CharField(required=False, max_length=200, strip=True)
    confidence = forms.TypedChoiceField(choices=CONFIDENCES, coerce=int, empty_value=None, required=False)
    hint = forms.IntegerField(required=False, min_value=1, max_value=MOST_HINTS)

    def __init__(self, data: Any, *, question: Question, story: Chronicle, kept: bool = False) -> None:
        """Take the question that is answered, and the chronicle, which says what days and places there are."""
        super().__init__(data)
        self.question, self.story, self.kept = question, story, kept or "hint" in data
        size = len(question.options) if question.shape is Shape.ORDER else 0
        for item in range(size):
            self.fields[f"place_{item}"] = forms.IntegerField(required=False, min_value=1, max_value=size)

    def clean(self) -> dict[str, Any]:
        """Read the answer; `answer` is an Answer, or an error says what is missing."""
        values = super().clean() or {}
        if self.kept:
            self.errors.clear()
            return values
        if self.errors.keys() - BESIDE.get(self.question.shape, set()):
            self.add_error(None, _("This answer could not be read. Please answer once more."))
        if not self.errors:
            values["answer"] = Answer() if values["unknown"] else self._answer(values)
        return values

    @property
    def given(self) -> list[tuple[str, str]]:
        """What was given, by field, to be sent once more; not what a button says, as that it was unknown."""
        names = self.fields.keys() - {"unknown", "hint"}
        return [(name, value) for name, value in self.data.items() if name in names and value]

    def _answer(self, values: dict[str, Any]) -> Answer | None:
        match self.question.shape:
            case Shape.CHOICE | Shape.PIN | Shape.GAP:
                return self._choice(values)
            case Shape.DAY:
                return self._day(values)
            case Shape.ORDER:
                return self._order(values)
            case Shape.PLACE:
                return self._place(values)

    def _choice(self, values: dict[str, Any]) -> Answer | None:
        if values["choice"] is None or values["choice"] >= self.question.choices:
            self.add_error(None, _("Choose one of the answers, or “I don’t know”."))
            return None
        return Answer(choice=values["choice"])

    def _day(self, values: dict[str, Any]) -> Answer | None:
        days = [self._read_day(name, values[name]) for name in ("day", "picked") if values[name]]
        if not days:
            self._read_day("day", "")
        found = [day for day in days if day]
        if len(set(found)) > 1:
            names = {"typed": day_in_words(found[0]), "picked": day_in_words(found[1])}
            message = _("You typed %(typed)s and picked %(picked)s: which do you mean? Empty one of the two fields.")
            self.add_error("day", message % names)
        return None if self.errors else Answer(day=found[0])

    def _read_day(self, name: str, text: str) -> date | None:
        """The day in a field; None, with an error beside the field, where it holds none."""
        try:
            return typed_dates.read(text, self.story.first_day, self.story.last_day)
        except typed_dates.UnreadableDate as error:
            self.add_error(name, str(error))
            return None

    def _place(self, values: dict[str, Any]) -> Answer | None:
        try:
            typed = typed_places.read(values["place"], self.story.gazetteer)
        except typed_places.UnreadablePlace as error:
            self.add_error("place", str(error))
            return None
        if refused := typed_places.refused(self.question, typed.place):
            self.add_error("place", refused)
            return None
        return Answer(place=typed.place.key, typed=values["place"])

    def _order(self, values: dict[str, Any]) -> Answer | None:
        size = len(self.question.options)
        places = [values[f"place_{item}"] for item in range(size)]
        if sorted(p for p in places if p) != list(range(1, size + 1)):
            self.add_error(None, self._no_order(size, untouched=values["arrows"] and not any(places)))
            return None
        return Answer(order=tuple(sorted(range(size), key=lambda item: places[item] or 0)))

    def _no_order(self, size: int, *, untouched: bool) -> str:
        if untouched:
            return gettext("You have not moved an event yet. Move them by the arrows until the earliest stands first.")
        return gettext("Put the events in order: each needs a place of its own, from 1 to %(n)s.") % {"n": size}
