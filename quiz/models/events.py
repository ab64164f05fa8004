"""Phases and events: what happened, told in one clause from which all questions are made."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quiz.models.actors import Actor
from quiz.models.edtf import DATE_IN_CLAUSE, EdtfField, KeyField, bound, edtf_rule
from quiz.models.natural import Natural, NaturalManager
from quiz.models.places import Place
from quiz.models.sources import Passage

SLOT = "{place}"


class Phase(Natural):
    """A phase of the battle as two of the documents divide it; what lies between has none."""

    key = KeyField(_("key"))
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    date = EdtfField(_("date"), blank=False)
    earliest = bound("date", "earliest")
    latest = bound("date", "latest")
    passages = models.ManyToManyField(Passage, related_name="phases", verbose_name=_("passages"))

    class Meta:
        ordering = ("number",)
        constraints = (edtf_rule("date", "phase_date_is_edtf"),)

    def __str__(self) -> str:
        return self.name


class EventKind(models.TextChoices):
    """What sort of happening."""

    CAPTURE = "capture", _("capture")
    RECAPTURE = "recapture", _("recapture")
    ENTRY = "entry", _("entry")
    ADVANCE = "advance", _("advance")
    ATTACK = "attack", _("attack")
    REPULSE = "repulse", _("repulse")
    AMBUSH = "ambush", _("ambush")
    AIR_STRIKE = "air-strike", _("air strike")
    SHELLING = "shelling", _("shelling")
    CLASH = "clash", _("clash")
    BOMBING = "bombing", _("bombing")
    SUICIDE_ATTACK = "suicide-attack", _("suicide attack")
    KILLING = "killing", _("killing")
    CASUALTIES = "casualties", _("casualties")
    WITHDRAWAL = "withdrawal", _("withdrawal")
    SURRENDER = "surrender", _("surrender")
    ABDUCTION = "abduction", _("abduction")
    RELEASE = "release", _("release")
    ARREST = "arrest", _("arrest")
    EXECUTION = "execution", _("execution")
    DISPLACEMENT = "displacement", _("displacement")
    DEPLOYMENT = "deployment", _("deployment")
    BLOCKADE = "blockade", _("blockade")
    REOPENING = "reopening", _("reopening")
    TRUCE = "truce", _("truce")
    TALKS = "talks", _("talks")
    VISIT = "visit", _("visit")
    STATEMENT = "statement", _("statement")
    REPORT = "report", _("report")
    FORECAST = "forecast", _("forecast")
    START = "start", _("start")
    END = "end", _("end")


class EventQuerySet(models.QuerySet["Event"]):
    """Events, in the words of the chronicle."""

    def current(self) -> Self:
        """Without those that editors have retired."""
        return self.filter(retired=False)

    def dated(self) -> Self:
        """With the first and last day that any claim allows, as `first_day` and `last_day`."""
        return self.annotate(first_day=models.Min("claims__earliest"), last_day=models.Max("claims__latest"))

    def in_order(self) -> Self:
        """In the order of the story; what no claim dates comes last."""
        return self.dated().order_by(models.F("last_day").asc(nulls_last=True), "first_day", "key")


class EventManager(NaturalManager["Event"]):
    """The default manager of events: `EventQuerySet` with natural keys."""

    def get_queryset(self) -> EventQuerySet:
        """All events."""
        return EventQuerySet(self.model, using=self._db)

    def current(self) -> EventQuerySet:
        """Without those that editors have retired."""
        return self.get_queryset().current()


class Event(Natural):
    """One happening, with all that the documents claim of it, also where they disagree."""

    key = KeyField(_("key"))
    kind = models.CharField(_("kind"), max_length=16, choices=EventKind)
    clause = models.CharField(
        _("clause"),
        max_length=160,
        help_text=_("One past-tense clause without date, pointing to this event alone; {place} stands for the place."),
    )
    agents = models.ManyToManyField(Actor, related_name="events", blank=True, verbose_name=_("who acts"))
    phase = models.ForeignKey(
        Phase, models.PROTECT, related_name="events", null=True, blank=True, verbose_name=_("phase")
    )
    sensitive = models.BooleanField(_("killing or abduction"), default=False)
    told_only = models.BooleanField(
        _("told, not asked"),
        default=False,
        help_text=_("A state, a fear or an evaluation: no question is made of it."),
    )
    perhaps_same_as = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="doubles",
        null=True,
        blank=True,
        verbose_name=_("perhaps the same as"),
    )
    retired = models.BooleanField(
        _("retired"), default=False, help_text=_("Asked no more; answers given so far are kept.")
    )
    note = models.TextField(_("note for editors"), blank=True)

    objects: ClassVar[EventManager] = EventManager()

    class Meta:
        ordering = ("key",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(perhaps_same_as=models.F("id")),
                name="event_doubles_another",
                violation_error_message=_("An event can't be perhaps the same as itself."),
            ),
            models.CheckConstraint(
                condition=~models.Q(clause="") & ~models.Q(clause__endswith="."),
                name="clause_is_a_clause",
                violation_error_message=_("Write a clause, without a full stop."),
            ),
        )

    def __str__(self) -> str:
        return self.clause.replace(SLOT, "…")

    def get_absolute_url(self) -> str:
        """The page of this event, with its claims."""
        return reverse("quiz:event-detail", args=[self.key])

    def clean(self) -> None:
        """Refuse a clause with a date, with more than one place slot, or with braces that are no slot."""
        if DATE_IN_CLAUSE.search(self.clause):
            raise ValidationError({"clause": _("Leave the date out of the clause: every question would tell it.")})
        rest = self.clause.replace(SLOT, "", 1)
        if "{" in rest or "}" in rest:
            raise ValidationError({"clause": _("The clause may hold {place} once, and no other braces.")})


class Role(models.TextChoices):
    """What a place is to an event."""

    AT = "at", _("at")
    NEAR = "near", _("near")
    AROUND = "around", _("around")
    BETWEEN = "between", _("between")
    FROM = "from", _("from")
    TOWARD = "toward", _("toward")
    TARGET = "target", _("target")
    MENTIONED = "mentioned", _("mentioned")


class EventPlace(Natural):
    """A place of an event in one role; one of them at most fills the slot of the clause."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="places", verbose_name=_("event"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="events", verbose_name=_("place"))
    role = models.CharField(_("role"), max_length=10, choices=Role)
    slot = models.BooleanField(_("fills the slot"), default=False)

    natural_fields = ("event__key", "place__key", "role")

    class Meta:
        ordering = ("event", "-slot", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["event", "place", "role"],
                name="event_has_a_place_once_per_role",
                violation_error_message=_("This place has that role already."),
            ),
            models.UniqueConstraint(
                fields=["event"],
                condition=models.Q(slot=True),
                name="event_has_one_slot",
                violation_error_message=_("Only one place can fill the slot of the clause."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.place}"


class StatedOrder(Natural):
    """An order of two events that a document states in words, where the dates do not give it."""

    earlier = models.ForeignKey(Event, models.CASCADE, related_name="stated_later", verbose_name=_("earlier"))
    later = models.ForeignKey(Event, models.CASCADE, related_name="stated_earlier", verbose_name=_("later"))
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="orders", verbose_name=_("passage"))
    words = models.CharField(_("words"), max_length=60, help_text=_("The words that order: 'soon after'."))

    natural_fields = (
        "earlier__key",
        "later__key",
        "passage__source__key",
        "passage__section",
        "passage__paragraph",
        "passage__sentence",
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["earlier", "later", "passage"],
                name="order_is_stated_once",
                violation_error_message=_("This order is listed already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(earlier=models.F("later")),
                name="order_is_of_two_events",
                violation_error_message=_("An event does not come before itself."),
            ),
            models.CheckConstraint(
                condition=~models.Q(words=""),
                name="order_has_words",
                violation_error_message=_("Give the words of the document that state the order."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"
