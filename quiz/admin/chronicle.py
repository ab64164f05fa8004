"""Events, as editors write them: the list, and one page for each with its claims."""

from collections import Counter
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quiz.admin import asking
from quiz.admin.bases import Tabular
from quiz.admin.checks import EventForm, EventPlaceFormSet
from quiz.admin.claims import EventClaims
from quiz.admin.editing import Editing
from quiz.admin.filters import Askable, Disputed
from quiz.admin.previewing import SEEN
from quiz.models import AskedQuestion, Card, ContentRevision, Event, EventPlace
from quiz.questions.chronicle import Chronicle
from quiz.questions.making import KINDS
from quiz.study import facts


class EventPlaces(Tabular[EventPlace, Event]):
    """Where an event happened."""

    model = EventPlace
    verbose_name, verbose_name_plural = gettext_lazy("place"), gettext_lazy("places")
    formset = EventPlaceFormSet
    autocomplete_fields = ("place",)


class EventList(ChangeList):
    """A page of the list: the chronicle is read once for all its rows."""

    def get_results(self, request: HttpRequest) -> None:
        """Set beside each event what the chronicle makes of it."""
        super().get_results(request)
        chronicle = facts.chronicle()
        for event in self.result_list:
            event.seen = asking.seen(chronicle, event)


def _seen(event: Event) -> asking.Seen:
    """What `EventList` has set."""
    return cast(asking.Seen, event.__dict__["seen"])


class EventSearch(AutocompleteJsonView):
    """Events found by typing, each in a line with place and date."""

    chronicle: Chronicle

    def get_queryset(self) -> QuerySet[Event]:
        """Read the chronicle once for all lines."""
        self.chronicle = facts.chronicle()
        found: QuerySet[Event] = super().get_queryset()
        return found

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """One line."""
        return {"id": str(getattr(obj, to_field_name)), "text": asking.label(self.chronicle, obj)}


@admin.register(Event)
class EventAdmin(Editing[Event]):
    """Events: a list that shows what is disputed or can't be asked, and one page for each with its claims."""

    form = EventForm
    inlines = (EventPlaces, EventClaims)
    kept_as_made = ("key",)
    autocomplete_fields = ("agents", "perhaps_same_as")
    formfield_overrides = {
        **Editing.formfield_overrides,
        models.CharField: {"widget": AdminTextInputWidget(attrs={"class": "vLargeTextField"})},
    }
    readonly_fields = ("what_may_be_asked",)
    list_display = ("told", "kind", "phase", "dates", "claims", "witnesses", "asked_by")
    list_select_related = ("phase",)
    list_filter = (
        "phase",
        Disputed,
        Askable,
        ("claims__source", admin.RelatedOnlyFieldListFilter),
        "sensitive",
        "told_only",
        "retired",
        "kind",
    )
    search_fields = (
        "clause",
        "key",
        "places__place__name",
        "places__place__spellings__name",
        "places__place__name_ar",
        "claims__sentence",
    )
    search_help_text = gettext_lazy("A clause or key, a place in any spelling, or words of a claim.")
    actions = ("delete_selected", "retire", "bring_back")

    class Media:
        css = {"all": ("quiz/css/editors.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        """In the order of the story."""
        # Distinct: a filter or a search over claims or places joins them anew and would multiply the count.
        found = Event.objects.get_queryset().in_order().annotate(claim_count=Count("claims", distinct=True))
        return found.prefetch_related("places__place")

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """As `in_order` has it: what no claim dates comes last."""
        return (F("last_day").asc(nulls_last=True), "first_day", "key")

    def get_fieldsets(self, request: HttpRequest, obj: Event | None = None) -> Any:
        """What happened; how it may be asked; what editors alone see."""
        first = ("key", "clause", "kind", "phase", "agents") if obj else ("clause", "key", "kind", "phase", "agents")
        asked = ("sensitive", "told_only", "retired", "perhaps_same_as")
        panel = ("what_may_be_asked",) if obj else ()
        return (
            (None, {"fields": first}),
            (_("Asking"), {"fields": (*asked, *panel)}),
            (_("For editors"), {"fields": ("note",)}),
        )

    def get_urls(self) -> list[URLPattern]:
        """Also the address at which events are looked up."""
        view = self.admin_site.admin_view(EventSearch.as_view(admin_site=self.admin_site))
        return [path("search/", view, name="quiz_event_search"), *super().get_urls()]

    def get_view_on_site_url(self, obj: Event | None = None) -> str | None:
        """The event's own page; a retired one has none."""
        return None if obj and obj.retired else super().get_view_on_site_url(obj)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that knows the chronicle."""
        return EventList

    def label(self, obj: Event) -> str:
        """With place and date."""
        return asking.label(facts.chronicle(), obj)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say below the title which event this is; a longer line would run under the buttons beside it."""
        event = self.get_object(request, object_id)
        subtitle = {"subtitle": Truncator(self.label(event)).chars(75)} if event else {}
        return super().change_view(request, object_id, form_url, {**subtitle, **(extra_context or {})})

    # Columns

    @admin.display(description=gettext_lazy("event"), ordering="clause")
    def told(self, event: Event) -> str:
        """The clause with its place."""
        return _seen(event).told

    @admin.display(description=gettext_lazy("dates"), ordering="last_day")
    def dates(self, event: Event) -> str:
        """As readers see them."""
        return _seen(event).dates

    @admin.display(description=gettext_lazy("claims"), ordering="claim_count")
    def claims(self, event: Event) -> int:
        """How many."""
        return int(event.__dict__["claim_count"])

    @admin.display(description=gettext_lazy("witnesses"))
    def witnesses(self, event: Event) -> str:
        """How the witnesses stand to each other; said once where that is the same for both."""
        date, place = _seen(event).date, _seen(event).place
        if date is None or place is None:
            return ""
        return date.value if date == place else f"{date.value}; {place.value}"

    @admin.display(description=gettext_lazy("asked by"))
    def asked_by(self, event: Event) -> str:
        """How many kinds of question can ask each facet of it."""
        if event.retired:
            return _("retired")
        if len(_seen(event).asked_by) == len(KINDS):
            return _("all kinds")
        counted = Counter(verdict.kind.facet.value for verdict in _seen(event).asked_by)
        return ", ".join(f"{facet} ({count})" for facet, count in counted.items()) or _("nothing")

    @admin.display(description=gettext_lazy("what may be asked"))
    def what_may_be_asked(self, event: Event) -> SafeString | str:
        """An example by each kind of question, or why there is none."""
        chronicle = facts.chronicle()
        if event.key not in chronicle.events:
            return _("Nothing: it is retired.")
        context = {"seen": asking.seen(chronicle, event), "facets": asking.by_facet(chronicle, event.key)}
        return render_to_string("admin/quiz/event/asking.html", context)

    # Verbs

    @admin.action(permissions=["change"], description=gettext_lazy("Retire: ask no more, keep the answers"))
    def retire(self, request: HttpRequest, queryset: QuerySet[Event]) -> HttpResponse | None:
        """Take events out of all questions."""
        return self._set_retired(request, queryset, True)

    @admin.action(permissions=["change"], description=gettext_lazy("Bring back: ask again"))
    def bring_back(self, request: HttpRequest, queryset: QuerySet[Event]) -> HttpResponse | None:
        """Undo that."""
        return self._set_retired(request, queryset, False)

    def _set_retired(self, request: HttpRequest, queryset: QuerySet[Event], retired: bool) -> HttpResponse | None:
        # A fresh query: that of the list sorts by sums, with which Django can't update.
        changed = list(Event.objects.filter(pk__in=list(queryset.values_list("pk", flat=True)), retired=not retired))
        chosen = Event.objects.filter(pk__in=[event.pk for event in changed])
        revision = ContentRevision.current()
        if request.POST.get(SEEN) != revision:
            changes = self.changes_by(lambda: chosen.update(retired=retired))
            if changes:
                return self.shown(request, changes, revision, back=request.get_full_path())
        chosen.update(retired=retired)
        for event in changed:
            self.log_change(request, event, [{"changed": {"fields": ["retired"]}}])
        one, many = (
            ("%(n)d event is retired.", "%(n)d events are retired.")
            if retired
            else ("%(n)d event is back.", "%(n)d events are back.")
        )
        self.message_user(request, ngettext(one, many, len(changed)) % {"n": len(changed)}, messages.SUCCESS)
        return None

    def why_kept(self, chosen: QuerySet[Event]) -> str:
        """Answers of learners, and questions that somebody is being asked, keep their event."""
        cards = Card.objects.filter(event=OuterRef("pk"))
        asked = AskedQuestion.objects.filter(event=OuterRef("pk"))
        kept = chosen.filter(Q(Exists(cards)) | Q(Exists(asked)))
        if not kept:
            return ""
        chronicle = facts.chronicle()
        named = "; ".join(asking.label(chronicle, event) for event in kept[:3]) + ("; …" if len(kept) > 3 else "")
        text = _("Learners were asked about this: %(named)s. Nothing was deleted. Retire it instead: tick “retired”.")
        return text % {"named": named}
