"""Forms of the chronicle's editors: they refuse what can't be true of the documents, and say what to do.

A claim is never refused for what it does to a question: only what the page says to itself is held together.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from quiz.admin.bases import RowForm, RowFormSet
from quiz.models import SLOT, Actor, Basis, Claim, Event, EventPlace, Figure, Place, PlaceSpelling
from quiz.study import facts

# --- Events ---------------------------------------------------------------------------------


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
    """The claims of an event."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Tell each form its event, which new ones don't know yet."""
        return {**super().get_form_kwargs(index), "event": self.instance}


def free_key(claim: Claim) -> str:
    """A key for a new claim, made of those of its event and source, and a number where that is taken."""
    stem = f"{claim.event.key[:55].rstrip('-')}-{claim.source.key}"
    taken = set(Claim.objects.filter(key__startswith=stem).values_list("key", flat=True))
    numbered = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(key for key in numbered if key not in taken)


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
