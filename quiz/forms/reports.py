"""A problem with a question or an event, told to the editors."""

from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import category

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from quiz.forms.zones import ZoneField
from quiz.models import LONGEST_REPORT, Problem
from quiz.study.reports import MOST_REPORTS, ReportTooLong, Sent, TooManyReports, TooManyVisitors

FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs by name, blank on the page."""


def too_long(left: int) -> str:
    """What is said of a text that has more characters than are left for it."""
    return ngettext(
        "There is room for %(left)s more character. Please say it shorter.",
        "There is room for %(left)s more characters. Please say it shorter.",
        left,
    ) % {"left": left}


def _seen(sign: str) -> bool:
    """Whether a character leaves something to be seen: no space, mark, control or filler."""
    kind = category(sign)
    return kind[0] not in "ZM" and kind not in ("Cc", "Cf") and sign not in FILLERS


class ReportForm(forms.Form):
    """Which problem, and in which words; the words may be left out where the problem says enough."""

    problem = forms.ChoiceField(
        label=_("What is wrong?"),
        error_messages={"required": _("Choose what is wrong; “something else” will do.")},
        widget=forms.RadioSelect,
    )
    # No `maxlength`: a browser would cut off, without a word, what is pasted.
    text = forms.CharField(
        required=False,
        label=_("In your words"),
        help_text=_(
            "Helpful, but needed only for “something else”. At most 1,000 characters. Editors read this: please write "
            "no names of learners, no addresses and nothing else that is personal."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    zone = ZoneField()

    def __init__(self, data: Mapping[str, Any] | None, *, problems: Sequence[Problem]) -> None:
        """Take the problems that the subject can have."""
        super().__init__(data)
        chosen = self.fields["problem"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [(one.value, one.label) for one in problems]

    def clean_text(self) -> str:
        """The words with plain line ends and no control characters, as they are counted; blank if nothing is seen."""
        lines = "\n".join(self.cleaned_data["text"].splitlines())
        text = "".join(sign for sign in lines if sign in "\n\t" or category(sign) != "Cc").strip()
        if not any(_seen(sign) for sign in text):
            return ""
        if len(text) > LONGEST_REPORT:
            told = _("This has %(n)s characters; at most %(most)s can be kept. Please say it shorter.")
            raise forms.ValidationError(told % {"n": f"{len(text):,}", "most": f"{LONGEST_REPORT:,}"})
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for words where the problem says nothing by itself."""
        values = super().clean() or {}
        if values.get("problem") == Problem.OTHER and not values.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say in a few words what is wrong."))
        return values

    @property
    def told(self) -> Problem:
        """The problem; only after `is_valid`."""
        return Problem(self.cleaned_data["problem"])

    def refused(self, error: TooManyReports | TooManyVisitors | ReportTooLong) -> None:
        """Say why a report that was well filled in is not taken; what was written stays in the form."""
        if isinstance(error, ReportTooLong):
            before = gettext("You reported this before, and what you write is added to that.")
            self.add_error("text", f"{before} {too_long(error.left)}")
        elif isinstance(error, TooManyVisitors):
            self.add_error(None, gettext("Too many reports came within the last hour. Please send this one later."))
        else:
            told = gettext(
                "You have made %(n)s reports within a day, more are not taken. Please send this one tomorrow."
            )
            self.add_error(None, told % {"n": MOST_REPORTS})


class SentForm(forms.Form):
    """What an address says: what became of a report just sent, and whether its learner came from the result."""

    sent = forms.ChoiceField(choices=[(one.value, one.value) for one in Sent], required=False)
    result = forms.BooleanField(required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Read it at once; what can't be read counts as not said."""
        super().__init__(data)
        self.full_clean()

    @property
    def outcome(self) -> Sent | None:
        """What became of the report; None where none was sent just now."""
        sent = self.cleaned_data.get("sent")
        return Sent(sent) if sent else None

    @property
    def from_result(self) -> bool:
        """Whether the way back leads to the result, not to the feedback on the one question."""
        return bool(self.cleaned_data.get("result"))
