"""Forms of the chronicle's editors: they refuse what can't be true of the documents, and say what to do.

A claim is never refused for what it does to a question: only what the page says to itself is held together.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quiz.admin.bases import RowForm, RowFormSet
from quiz.admin.widgets import usable_id
from quiz.models import SLOT, Actor, Basis, Claim, Event, EventPlace, Figure, Place, PlaceSpelling
from quiz.study import facts

KEY_LENGTH = 90
"""How long a key that is made may be, with room for a number after it."""
DATE_FORMS = gettext_lazy(
    "2013-11-19 that day · 2014-02-20~ around it · 2014-07 some time that month · 2013-11-15/2013-11-17 it lasted · "
    "[2014-07-11..2014-07-20] one time within · [..2014-02-28] by that day · blank: no date given"
)

# --- Events ---------------------------------------------------------------------------------


class EventForm(RowForm[Event]):
    """An event. The key of a new one may be left to the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the key be blank; one that is there is shown, and no field."""
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = _("Leave it blank: it is then made of the clause and its place. It stays.")

    def clean(self) -> dict[str, Any]:
        """Make the key of a new event, if none was typed."""
        values = super().clean() or {}
        if values.get("key") == "" and values.get("clause"):
            values["key"] = self._new_key(values["clause"])
            if not values["key"]:
                self.add_error("key", _("The clause has no Latin letters: write a key."))
        return values

    def _new_key(self, clause: str) -> str:
        """The words of a clause with its place, and a number where that is taken."""
        words = slugify(clause.replace(SLOT, self._place_in_slot()))
        return free(words if len(words) <= KEY_LENGTH else words[:KEY_LENGTH].rpartition("-")[0], Event)

    def _place_in_slot(self) -> str:
        """The name of the place that the rows below put into the slot; blank for none."""
        slots = [name.removesuffix("-slot") for name in self.data if re.fullmatch(r"places-\d+-slot", name)]
        chosen = [self.data.get(f"{row}-place", "") for row in slots if f"{row}-DELETE" not in self.data]
        found = Place.objects.filter(pk__in=[pk for pk in chosen if usable_id(pk)]).first()
        return found.name if found else ""


class EventPlaceFormSet(RowFormSet[EventPlace, Event, RowForm[EventPlace]]):
    """The places of an event, held against the slot of its clause."""

    def clean(self) -> None:
        """Refuse a slot without its place, and a place without its slot."""
        super().clean()
        rows = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        filling = sum(bool(row.get("slot")) and not row.get("DELETE") for row in rows)
        # As typed: while the clause itself is refused, the event still holds the old one.
        wanted = SLOT in self.data.get("clause", self.instance.clause)
        if wanted and filling != 1:
            raise ValidationError(
                _("{place} in the clause needs one place that fills the slot: tick “fills the slot” for one place.")
            )
        if filling and not wanted:
            raise ValidationError(
                _("A place fills the slot, but the clause has none: write {place} where its name stands, or untick it.")
            )


# --- Claims ---------------------------------------------------------------------------------


class ClaimForm(RowForm[Claim]):
    """What one source says; on the page of its event or on its own."""

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        """Offer only claims of the same event as overtaking this one."""
        super().__init__(*args, **kwargs)
        event_id = event.pk if event else self.instance.event_id
        self.fields["date"].help_text = DATE_FORMS
        if "overtaken_by" in self.fields:
            others = Claim.objects.filter(event=event_id) if event_id else Claim.objects.none()
            self.fields["overtaken_by"].queryset = others.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Hold passages against the source, the date against its basis, what overtakes it against the event."""
        values = super().clean() or {}
        self._check_passages(values)
        self._check_date(values)
        overtaking, event = values.get("overtaken_by"), values.get("event")
        if overtaking and isinstance(event, Event) and event.pk and overtaking.event_id != event.pk:
            self.add_error("overtaken_by", _("Choose a claim of the same event, or leave this blank."))
        return values

    def _check_passages(self, values: dict[str, Any]) -> None:
        source = values.get("source")
        strays = [p.locator for p in values.get("passages") or () if source and p.source_id != source.pk]
        if strays:
            text = _("Not in %(source)s: %(strays)s. Choose passages of this source, or make a claim for each source.")
            self.add_error("passages", text % {"source": source, "strays": "; ".join(strays)})

    def _check_date(self, values: dict[str, Any]) -> None:
        if not {"date", "date_basis"} <= values.keys():
            return
        date, basis = values["date"], values["date_basis"]
        if date and not basis:
            self.add_error("date_basis", _("Say where this date comes from."))
        elif basis and not date:
            self.add_error("date", _("Give the date, or leave its basis blank."))
        elif basis == Basis.RELATIVE and not values.get("reckoned_from"):
            self.add_error("reckoned_from", _("Say from what this date was reckoned: “four days after the capture”."))

    def save(self, commit: bool = True) -> Claim:
        """Give a new claim its key."""
        if not self.instance.key:
            self.instance.key = free_key(self.instance)
        return super().save(commit)


class ClaimFormSet(RowFormSet[Claim, Event, RowForm[Claim]]):
    """The claims of an event: one at least, as nothing is told here that no source tells."""

    default_error_messages = {
        **RowFormSet.default_error_messages,
        "too_few_forms": gettext_lazy("An event needs a claim: add one, with its source and the passages it rests on."),
    }

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Tell each form its event, which new ones don't know yet."""
        return {**super().get_form_kwargs(index), "event": self.instance}


def free_key(claim: Claim) -> str:
    """A key for a new claim, made of those of its event and source, and a number where that is taken."""
    return free(f"{claim.event.key[:55].rstrip('-')}-{claim.source.key}", Claim)


def free(stem: str, model: type[Claim | Event]) -> str:
    """A key with that stem which no row has; blank for a blank stem."""
    taken = set(model._base_manager.filter(key__startswith=stem).values_list("key", flat=True))
    numbered = (stem if n == 1 or not stem else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next((key for key in numbered if key not in taken), "")


class FigureForm(RowForm[Figure]):
    """A figure of a claim; a new one gets the next number."""

    def save(self, commit: bool = True) -> Figure:
        """Number a new figure after those that are there."""
        if self.instance._state.adding:
            highest = self.instance.claim.figures.aggregate(n=Max("number"))["n"]
            self.instance.number = (highest or 0) + 1
        return super().save(commit)


# --- Places and actors ------------------------------------------------------------------------


class PlaceForm(RowForm[Place]):
    """A place with its main name."""

    def clean_name(self) -> str:
        """Refuse a text that is listed as another place's spelling."""
        name: str = self.cleaned_data["name"]
        others = PlaceSpelling._default_manager.filter(name__iexact=name).exclude(place=self.instance.pk)
        for spelling in others.select_related("place"):
            text = _("This is listed as a spelling of %(place)s: take it out there first, or use a fuller name.")
            raise ValidationError(text % {"place": spelling.place})
        return name

    def clean_lies_in(self) -> Place | None:
        """Refuse a round of places that lie in each other."""
        around: Place | None = self.cleaned_data["lies_in"]
        if around and self.instance.pk and self.instance.key in facts.gazetteer().lineage(around.key):
            raise ValidationError(_("%(around)s lies in this place already.") % {"around": around})
        return around


class SpellingForm(RowForm[PlaceSpelling]):
    """A spelling of a place."""

    def clean_name(self) -> str:
        """Refuse the very name of another place; one that only reads like it is warned of after saving."""
        name: str = self.cleaned_data["name"]
        others = Place.objects.filter(name__iexact=name).exclude(pk=self.instance.place_id)
        for other in others:
            if other != self.cleaned_data.get("place"):
                raise ValidationError(_("This is the main name of another place: %(key)s.") % {"key": other.key})
        return name


class SpellingFormSet(RowFormSet[PlaceSpelling, Place, RowForm[PlaceSpelling]]):
    """The spellings of a place."""

    def clean(self) -> None:
        """Refuse a spelling that is typed twice; the database would, without a word on which."""
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            values = getattr(form, "cleaned_data", {})
            name = str(values.get("name", "")).lower()
            if name in seen and not values.get("DELETE"):
                form.add_error("name", _("This spelling is listed above."))
            if name and not values.get("DELETE"):
                seen.add(name)


class ActorForm(RowForm[Actor]):
    """An actor."""

    def clean_part_of(self) -> Actor | None:
        """Refuse a round of actors that are part of each other."""
        whole: Actor | None = self.cleaned_data["part_of"]
        above, passed = whole, set[int]()
        while above is not None and above.pk not in passed:
            if above.pk == self.instance.pk:
                raise ValidationError(_("%(whole)s is part of this actor already.") % {"whole": whole})
            passed.add(above.pk)
            above = above.part_of
        return whole
