"""Claims, as editors write them: on the page of their event, and with figures and places on their own."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from quiz.admin.bases import Stacked, Tabular
from quiz.admin.checks import ClaimForm, ClaimFormSet, FigureForm
from quiz.admin.editing import Editing
from quiz.chronology import in_words, parse
from quiz.models import Claim, ClaimPlace, Event, Figure


@admin.display(description=gettext_lazy("date in words"))
def date_in_words(claim: Claim) -> str:
    """The date as readers see it; a claim that isn't saved yet has none."""
    return in_words(parse(claim.date)) if claim.pk and claim.date else ""


@admin.display(description=gettext_lazy("days"))
def bounds(claim: Claim) -> str:
    """The first and last day that the database reckons from the date."""
    if not (claim.pk and claim.latest):
        return ""
    return f"{claim.earliest or '…'} – {claim.latest}"


CLAIM_FIELDS: tuple[Any, ...] = (
    "sentence",
    ("source", "voice", "stance"),
    "passages",
    ("date", "date_basis", "reckoned_from"),
    ("part_of_day", "extent", "carries_place"),
    "names",
    "overtaken_by",
    (date_in_words, bounds),
)
# Tells the search for passages which source is chosen beside it; it needs the admin's jQuery before it.
PICKING = ("admin/js/jquery.init.js", "quiz/js/editors.js")
CLAIM_PICKED = ("source", "passages", "voice", "names")


class EventClaims(Stacked[Claim, Event]):
    """What the sources say of an event; figures and places of a claim are on its own page."""

    model = Claim
    form = ClaimForm
    formset = ClaimFormSet
    min_num = 1
    fields = CLAIM_FIELDS
    readonly_fields = (date_in_words, bounds)  # type: ignore[assignment]
    autocomplete_fields = CLAIM_PICKED
    show_change_link = True

    class Media:
        js = PICKING

    def get_formset(self, request: HttpRequest, obj: Event | None = None, **kwargs: Any) -> Any:
        """Hold the number of claims against the least there may be."""
        return super().get_formset(request, obj, validate_min=True, **kwargs)


class Figures(Tabular[Figure, Claim]):
    """The numbers that a claim gives."""

    model = Figure
    form = FigureForm
    fields = ("what", "of_whom", "low", "high", "words", "whose", "as_of")
    autocomplete_fields = ("whose",)


class ClaimPlaces(Tabular[ClaimPlace, Claim]):
    """Where a claim puts its event, where that differs from the event's own places."""

    model = ClaimPlace
    verbose_name, verbose_name_plural = (
        gettext_lazy("place"),
        gettext_lazy("places, where they differ from the event’s"),
    )
    autocomplete_fields = ("place",)


@admin.register(Claim)
class ClaimAdmin(Editing[Claim]):
    """A claim with its figures and places. New claims are added on the page of their event."""

    form = ClaimForm
    inlines = (Figures, ClaimPlaces)
    fields = ("key", "event", *CLAIM_FIELDS)
    readonly_fields = (date_in_words, bounds)  # type: ignore[assignment]
    kept_as_made = ("key",)
    autocomplete_fields = ("event", *CLAIM_PICKED)
    list_display = ("sentence", "source", "voice", "stance", date_in_words, "date_basis")
    list_select_related = ("source", "voice")
    list_filter = ("source", "stance", "date_basis", "carries_place", "event__phase")
    search_fields = ("sentence", "key", "event__key", "event__clause", "voice__name")
    search_help_text = gettext_lazy("A claim's sentence or key, its event, or on whose word.")

    class Media:
        js = PICKING

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A claim without its event can't be written."""
        return False
