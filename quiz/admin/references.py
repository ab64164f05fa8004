"""What events and claims point to: places, actors, sources with their passages, phases."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quiz.admin.bases import Tabular
from quiz.admin.checks import ActorForm, PlaceForm, SpellingForm, SpellingFormSet
from quiz.admin.editing import Editing
from quiz.admin.widgets import usable_id
from quiz.models import Actor, ActorName, Passage, Phase, Place, PlaceSpelling, Source
from quiz.study import facts

# --- Places ---------------------------------------------------------------------------------


class Spellings(Tabular[PlaceSpelling, Place]):
    """Other spellings of a place's name."""

    model = PlaceSpelling
    form = SpellingForm
    formset = SpellingFormSet


@admin.register(Place)
class PlaceAdmin(Editing[Place]):
    """A place with all its spellings."""

    form = PlaceForm
    inlines = (Spellings,)
    fields = (
        "key",
        "name",
        ("name_ar", "name_ar_confirmed"),
        ("kind", "lies_in"),
        ("latitude", "longitude", "coordinates_from"),
        "note",
    )
    kept_as_made = ("key",)
    prepopulated_fields = {"key": ("name",)}
    autocomplete_fields = ("lies_in",)
    # Said here as well: rows that are counted lose the order of their model.
    ordering = ("name",)
    list_display = ("name", "name_ar", "kind", "lies_in", "event_count")
    list_select_related = ("lies_in",)
    list_filter = ("kind", "name_ar_confirmed", ("latitude", admin.EmptyFieldListFilter))
    search_fields = ("name", "name_ar", "key", "spellings__name")
    search_help_text = gettext_lazy("A name in any spelling, Arabic too, or a key.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Place]:
        """With the number of events."""
        return super().get_queryset(request).annotate(event_count=Count("events__event", distinct=True))

    @admin.display(description=gettext_lazy("events"), ordering="event_count")
    def event_count(self, place: Place) -> int:
        """How many events name it."""
        return int(place.__dict__["event_count"])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Warn of names that read like another place's: true all the same, but typed answers can't tell them apart."""
        super().save_related(request, form, formsets, change)
        gazetteer = facts.gazetteer()
        for folded, *keys in gazetteer.clashes():
            if form.instance.key in keys:
                other = gazetteer[next(key for key in keys if key != form.instance.key)]
                text = _("Saved. But a name of this place reads like one of %(other)s (“%(folded)s”): check both.")
                self.message_user(request, text % {"other": other.name, "folded": folded}, messages.WARNING)


# --- Actors ---------------------------------------------------------------------------------


class Names(Tabular[ActorName, Actor]):
    """Names that the documents use for an actor."""

    model = ActorName


@admin.register(Actor)
class ActorAdmin(Editing[Actor]):
    """Who acts, and on whose word things are told."""

    form = ActorForm
    inlines = (Names,)
    fields = ("key", "name", "kind", "side", "part_of", "note")
    kept_as_made = ("key",)
    prepopulated_fields = {"key": ("name",)}
    autocomplete_fields = ("part_of",)
    list_display = ("name", "kind", "side", "part_of")
    list_select_related = ("part_of",)
    list_filter = ("kind", "side")
    search_fields = ("name", "key", "names__name")
    search_help_text = gettext_lazy("A name as any document uses it, or a key.")


@admin.register(ActorName)
class ActorNameAdmin(Editing[ActorName]):
    """Only for looking names up: they are edited with their actor."""

    list_select_related = ("actor",)
    autocomplete_fields = ("actor",)
    search_fields = ("name", "actor__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ActorName]:
        """With the actor, who is part of the label."""
        return super().get_queryset(request).select_related("actor")

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Not listed on the first page."""
        return {}


# --- Sources ----------------------------------------------------------------------------------


@admin.register(Source)
class SourceAdmin(Editing[Source]):
    """The documents. Their passages, which are many, have a list of their own."""

    kept_as_made = ("key",)
    prepopulated_fields = {"key": ("short_name",)}
    ordering = ("key",)
    list_display = ("short_name", "family", "publisher", "published", "passage_count", "claim_count")
    list_filter = ("family",)
    search_fields = ("short_name", "title", "key", "publisher", "author")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """With the numbers of passages and claims."""
        counts = {
            "passage_count": Count("passages", distinct=True),
            "claim_count": Count("claims", distinct=True),
        }
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description=gettext_lazy("passages"), ordering="passage_count")
    def passage_count(self, source: Source) -> int:
        """How many of its sentences are listed."""
        return int(source.__dict__["passage_count"])

    @admin.display(description=gettext_lazy("claims"), ordering="claim_count")
    def claim_count(self, source: Source) -> int:
        """How many claims rest on it."""
        return int(source.__dict__["claim_count"])


@admin.register(Passage)
class PassageAdmin(Editing[Passage]):
    """Numbered sentences of the documents."""

    # Claims are held against the source of their passages: it stays what it was.
    kept_as_made = ("source",)
    autocomplete_fields = ("source",)
    ordering = ("source__key", "id")
    list_display = ("locator", "source", "claim_count")
    list_filter = ("source",)
    search_fields = ("source__short_name", "source__key", "section")
    search_help_text = gettext_lazy("Source, section, and numbers of paragraph and sentence: “wikipedia lead 2 3”.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Passage]:
        """With the source, which is part of the label, and the number of claims."""
        return (
            super().get_queryset(request).select_related("source").annotate(claim_count=Count("claims", distinct=True))
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Passage], bool]:
        """Read small numbers as those of paragraph and sentence, and not as parts of a name or a year.

        Where the page says which source is chosen for a claim, only its passages are found.
        """
        source = request.GET.get("source", "")
        if usable_id(source):
            queryset = queryset.filter(source=source)
        words = search_term.split()
        numbers = [word for word in words if word.isdecimal() and len(word) < 3]
        for number in map(int, numbers):
            queryset = queryset.filter(Q(paragraph=number) | Q(sentence=number))
        return super().get_search_results(request, queryset, " ".join(word for word in words if word not in numbers))

    @admin.display(description=gettext_lazy("where"), ordering="section")
    def locator(self, passage: Passage) -> str:
        """Section, paragraph, sentence."""
        return passage.locator

    @admin.display(description=gettext_lazy("claims"), ordering="claim_count")
    def claim_count(self, passage: Passage) -> int:
        """How many claims cite it."""
        return int(passage.__dict__["claim_count"])

    def why_kept(self, chosen: QuerySet[Passage]) -> str:
        """Without it a claim or a phase would stand on nothing, and the database does not see that."""
        cited = chosen.filter(claims__isnull=False) | chosen.filter(phases__isnull=False)
        first = cited.select_related("source").first()
        if first is None:
            return ""
        text = _("Claims or phases cite %(passage)s. Nothing was deleted. Point them to another passage first.")
        return text % {"passage": first}


@admin.register(Phase)
class PhaseAdmin(Editing[Phase]):
    """The phases that the documents divide the battle into."""

    fields = ("key", "number", "name", "date", "earliest", "latest", "passages")
    readonly_fields = ("earliest", "latest")
    kept_as_made = ("key",)
    prepopulated_fields = {"key": ("name",)}
    autocomplete_fields = ("passages",)
    list_display = ("name", "number", "date", "earliest", "latest")
    search_fields = ("name", "key")

    def get_fields(self, request: HttpRequest, obj: Phase | None = None) -> Any:
        """The days are reckoned when the phase is saved; until then they can't be read."""
        fields = super().get_fields(request, obj)
        return fields if obj else tuple(name for name in fields if name not in {"earliest", "latest"})
