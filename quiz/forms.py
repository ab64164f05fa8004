"""Forms: what comes in from learners is read here, and nowhere else."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import UserCreationForm
from django.utils.translation import gettext_lazy as _

from quiz.models import Phase, User
from quiz.questions import typed_dates
from quiz.questions.marking import Answer
from quiz.questions.question import Facet, Question, Shape
from quiz.study.sittings import Choice

LENGTHS = (5, 10, 20)


class SittingForm(forms.Form):
    """What to be asked: phase, facet, and how many questions."""

    phase = forms.ModelChoiceField(
        Phase.objects.all(), to_field_name="key", required=False, empty_label=_("The whole story"), label=_("Phase")
    )
    facet = forms.ChoiceField(
        choices=[
            ("", _("Everything")),
            (Facet.DATE.value, _("Dates")),
            (Facet.PLACE.value, _("Places")),
            (Facet.SEQUENCE.value, _("Sequence of events")),
        ],
        required=False,
        label=_("Ask about"),
    )
    length = forms.TypedChoiceField(
        choices=[(n, _("%(n)s questions") % {"n": n}) for n in LENGTHS],
        coerce=int,
        required=False,
        initial=LENGTHS[1],
        label=_("Length"),
    )

    def choice(self) -> Choice:
        """The choice made; only after `is_valid`."""
        facet = self.cleaned_data["facet"]
        return Choice(
            length=self.cleaned_data["length"] or LENGTHS[1],
            phase=self.cleaned_data["phase"],
            facet=Facet(facet) if facet else None,
        )


class AnswerForm(forms.Form):
    """An answer to one question, in the shape that the question asks for.

    `token` names the step, so that an answer meant for another question is never taken for this one's.
    """

    token = forms.CharField(max_length=22)
    unknown = forms.BooleanField(required=False)
    choice = forms.IntegerField(required=False, min_value=0, max_value=9)
    day = forms.CharField(required=False, max_length=200, strip=True)

    def __init__(self, data: Any, *, question: Question, years: tuple[date, date]) -> None:
        """Take the question that is answered, and the first and last day of the chronicle."""
        super().__init__(data)
        self.question, self.years = question, years
        size = len(question.options) if question.shape is Shape.ORDER else 0
        for item in range(size):
            self.fields[f"place_{item}"] = forms.IntegerField(required=False, min_value=1, max_value=size)

    def clean(self) -> dict[str, Any]:
        """Read the answer; `answer` is an Answer, or an error says what is missing."""
        values = super().clean() or {}
        if self.errors.keys() - {"day"}:
            self.add_error(None, _("This answer could not be read. Please answer once more."))
        if not self.errors:
            values["answer"] = Answer() if values["unknown"] else self._answer(values)
        return values

    def _answer(self, values: dict[str, Any]) -> Answer | None:
        match self.question.shape:
            case Shape.CHOICE:
                return self._choice(values)
            case Shape.DAY:
                return self._day(values)
            case Shape.ORDER:
                return self._order(values)

    def _choice(self, values: dict[str, Any]) -> Answer | None:
        if values["choice"] is None or values["choice"] >= len(self.question.options):
            self.add_error(None, _("Choose one of the answers, or “I don’t know”."))
            return None
        return Answer(choice=values["choice"])

    def _day(self, values: dict[str, Any]) -> Answer | None:
        try:
            return Answer(day=typed_dates.read(values["day"], *self.years))
        except typed_dates.UnreadableDate as error:
            self.add_error("day", str(error))
            return None

    def _order(self, values: dict[str, Any]) -> Answer | None:
        size = len(self.question.options)
        places = [values[f"place_{item}"] for item in range(size)]
        if sorted(p for p in places if p) != list(range(1, size + 1)):
            self.add_error(
                None, _("Put the events in order: each needs a place of its own, from 1 to %(n)s.") % {"n": size}
            )
            return None
        return Answer(order=tuple(sorted(range(size), key=lambda item: places[item] or 0)))


class SignUpForm(UserCreationForm):  # type: ignore[type-arg]
    """A name and a password: nothing else is asked."""

    class Meta(UserCreationForm.Meta):  # its field normalises names (NFKC) as log-in does
        model = User
        fields = ("username",)
