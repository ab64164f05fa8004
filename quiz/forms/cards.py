"""Cards: how well one was remembered, what is to become of one, which are listed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quiz.forms.zones import ZoneField
from quiz.models import Deed
from quiz.models.sittings import FACETS
from quiz.questions.making import KINDS
from quiz.scheduling import Rating
from quiz.study.deck import Pile, Sorting
from quiz.study.reviews import Shown

RATINGS = {Rating.AGAIN: _("Again"), Rating.HARD: _("Hard"), Rating.GOOD: _("Good"), Rating.EASY: _("Easy")}
PILES = {
    Pile.ALL: _("All"),
    Pile.DUE: _("Due today"),
    Pile.LEARNING: _("Learning: due later"),
    Pile.ASIDE: _("Set aside or put off"),
    Pile.LEECHES: _("Forgotten often"),
}
SORTINGS = {Sorting.STORY: _("In the order of the story"), Sorting.DUE: _("By the day when they are due")}
LATEST_MS = 10**14
"""Milliseconds since 1970: a time in the year 5138, beyond which none is believed."""


class BeginForm(forms.Form):
    """The time zone of the device, for somebody who becomes a guest."""

    zone = ZoneField()

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Read it at once: nothing about it can be wrong."""
        super().__init__(data)
        self.full_clean()


class SideForm(forms.Form):
    """Which side of a card is asked for, and when its question was shown: milliseconds since 1970."""

    side = forms.ChoiceField(choices=[("answer", "answer")], required=False)
    shown = forms.IntegerField(min_value=0, max_value=LATEST_MS, required=False)

    @property
    def answer(self) -> bool:
        """Whether the answer is asked for; what can't be read asks for the question."""
        return self.is_valid() and bool(self.cleaned_data["side"])


class RatingForm(forms.Form):
    """How well a card was remembered, and how it was shown: after how many ratings, by which kind, and when."""

    rating = forms.TypedChoiceField(choices=[(rating.value, label) for rating, label in RATINGS.items()], coerce=int)
    reviews = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    shown = forms.IntegerField(min_value=0, max_value=LATEST_MS, required=False)

    @property
    def rated(self) -> Rating:
        """The rating; only after `is_valid`."""
        return Rating(self.cleaned_data["rating"])

    def seen(self, now: datetime) -> Shown:
        """How the card was shown; only after `is_valid`."""
        since = self.cleaned_data["shown"]
        spent = None if since is None else round(now.timestamp() * 1000) - since
        return Shown(self.cleaned_data["reviews"], self.cleaned_data["kind"], spent)


class AsideForm(forms.Form):
    """What is to become of a card, and where the learner goes on."""

    what = forms.ChoiceField(choices=[(deed.value, deed.label) for deed in (Deed.SUSPENDED, Deed.BURIED, Deed.RESUMED)])
    next = forms.CharField(max_length=200, required=False)

    @property
    def deed(self) -> Deed:
        """What is to become of it; only after `is_valid`."""
        return Deed(self.cleaned_data["what"])


class DeckForm(forms.Form):
    """Which cards are listed, in which order, and which page of them."""

    state = forms.ChoiceField(choices=[(pile.value, label) for pile, label in PILES.items()], required=False)
    facet = forms.ChoiceField(choices=[("", _("All")), *FACETS], required=False)
    order = forms.ChoiceField(choices=[(one.value, label) for one, label in SORTINGS.items()], required=False)
    page = forms.IntegerField(min_value=1, max_value=10**6, required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Read what was chosen at once; what can't be read counts as not chosen, and `errors` has it."""
        super().__init__(data)
        self.full_clean()
        self.pile = Pile(self.cleaned_data.get("state", ""))
        self.subject = str(self.cleaned_data.get("facet", ""))
        self.sorting = Sorting(self.cleaned_data.get("order", ""))
        self.number = self.cleaned_data.get("page") or 1
