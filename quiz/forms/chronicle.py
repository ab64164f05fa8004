"""The chronicle: what of it is wanted on the timeline, and what is searched for."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from quiz.questions.typed_dates import UnreadableDate
from quiz.study.searching import Days, Group, Library, typed_days
from quiz.study.timeline import Timeline, Wanted

LONGEST = 100
"""So many characters may be searched for."""
ALL = "all"
"""The value of the chapter field that stands for all chapters."""
EVERYTHING = {
    "chapter": _("All chapters"),
    "place": _("Any place"),
    "actor": _("Anybody"),
    "source": _("Any source"),
}
"""What stands in a field that leaves nothing out."""


class WordsField(forms.CharField):
    """Words to search for."""

    widget = forms.TextInput({"type": "search", "autocomplete": "off"})

    def __init__(self) -> None:
        """Blank at most; too long a text says how long it may be."""
        super().__init__(required=False, max_length=LONGEST, label=_("Words"))
        self.error_messages["null_characters_not_allowed"] = _("These are no words that can be searched for.")


class TimelineForm(forms.Form):
    """What of the story is wanted. What can't be read is left out, and `errors` has it."""

    q = WordsField()
    chapter = forms.ChoiceField(
        required=False, label=_("Chapter"), error_messages={"invalid_choice": _("There is no chapter “%(value)s”.")}
    )
    place = forms.ChoiceField(
        required=False,
        label=_("Place"),
        error_messages={"invalid_choice": _("There is no place “%(value)s” with events.")},
    )
    actor = forms.ChoiceField(
        required=False,
        label=_("Who acts or is quoted"),
        error_messages={"invalid_choice": _("There is nobody “%(value)s” with events.")},
    )
    source = forms.ChoiceField(
        required=False, label=_("Source"), error_messages={"invalid_choice": _("There is no source “%(value)s”.")}
    )
    on = forms.CharField(
        required=False,
        max_length=40,
        label=_("Day or month"),
        help_text=_("Such as 16 March 2014, or March 2014."),
    )
    differ = forms.BooleanField(required=False, label=_("Only where sources differ"))
    whole = forms.BooleanField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=10**6)

    def __init__(self, data: Mapping[str, Any], timeline: Timeline) -> None:
        """Read at once what is wanted of a timeline."""
        super().__init__(data)
        self.timeline = timeline
        self._offer("chapter", ALL, ((slug, one.title) for slug, one in timeline.chapters.items()))
        for name, options in timeline.options.items():
            self._offer(name, "", ((one.key, f"{one.name} ({one.count})") for one in options))
        self.full_clean()

    def _offer(self, name: str, blank: str, choices: Iterable[tuple[str, str]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [(blank, EVERYTHING[name]), *choices]

    def clean_on(self) -> Days | None:
        """The day or month that is named."""
        text = str(self.cleaned_data["on"])
        try:
            return typed_days(text, self.timeline.story) if text else None
        except UnreadableDate as error:
            raise forms.ValidationError(str(error)) from None

    @property
    def wanted(self) -> Wanted:
        """What of the story is to be told."""
        got = self.cleaned_data
        chapter = str(got.get("chapter", ""))
        return Wanted(
            chapter="" if chapter == ALL else chapter,
            place=str(got.get("place", "")),
            actor=str(got.get("actor", "")),
            source=str(got.get("source", "")),
            differ=bool(got.get("differ")),
            days=got.get("on"),
            words=str(got.get("q", "")),
        )

    @property
    def choices(self) -> dict[str, str]:
        """What was chosen and could be read, as it stands in an address."""
        got = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: "on" if value is True else str(self.data[name]).strip() for name, value in got.items()}

    @property
    def on_one_page(self) -> bool:
        """Whether all of it is to stand on one page."""
        return bool(self.cleaned_data.get("whole"))

    @property
    def number(self) -> int:
        """Which part of it, from 1."""
        return int(self.cleaned_data.get("page") or 1)


class SearchForm(forms.Form):
    """What is searched for, and whether all of one group is to be shown."""

    q = WordsField()
    all = forms.ChoiceField(required=False, choices=[(group.value, group.value) for group in Group])

    def __init__(self, data: Mapping[str, Any], library: Library) -> None:
        """Read it at once; what can't be read is left out, and `errors` has it."""
        super().__init__(data)
        self.library = library
        self.full_clean()

    @property
    def query(self) -> str:
        """The words, as typed."""
        return str(self.cleaned_data.get("q", ""))

    @property
    def group(self) -> Group | None:
        """The group of which all is wanted; None: the first of each."""
        chosen = self.cleaned_data.get("all")
        return Group(chosen) if chosen else None

    @property
    def days(self) -> Days | None:
        """The day or month that the words name, if they do."""
        try:
            return typed_days(self.query, self.library.story)
        except UnreadableDate:
            return None
