"""Claims: what one source says of one event, and on whose word."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.models.actors import Actor, ActorName
from quiz.models.edtf import EdtfField, KeyField, bound, edtf_rule
from quiz.models.events import Event, Role
from quiz.models.natural import Natural, NaturalManager
from quiz.models.places import Place
from quiz.models.sources import Passage, Source


class Stance(models.TextChoices):
    """How the source stands to what it tells."""

    ASSERTS = "asserts", _("asserts")
    REPORTED = "reported", _("reports on somebody's word")
    UNCONFIRMED = "unconfirmed", _("reports as unconfirmed")
    PREDICTED = "predicted", _("predicts")
    DOUBTS = "doubts", _("doubts")
    DENIES = "denies", _("denies")


class Basis(models.TextChoices):
    """Where the date of a claim comes from."""

    STATED = "stated", _("stated")
    RELATIVE = "relative", _("reckoned from another date")
    CARRIED = "carried", _("carried down its paragraph")
    INFERRED = "inferred", _("inferred")


class PartOfDay(models.TextChoices):
    """When in the day, if the source says so."""

    EARLY = "early", _("early hours")
    DAWN = "dawn", _("dawn")
    MORNING = "morning", _("morning")
    NOON = "noon", _("noon")
    AFTERNOON = "afternoon", _("afternoon")
    EVENING = "evening", _("evening")
    NIGHT = "night", _("night")


class Extent(models.TextChoices):
    """How much of the place was taken or held."""

    WHOLE = "whole", _("whole")
    MOST = "most", _("most")
    PART = "part", _("part")


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims, in the words of the chronicle."""

    def with_sources(self) -> Self:
        """With all that a citation needs, in a fixed number of queries."""
        return self.select_related("source", "voice").prefetch_related(
            "passages", "figures__whose", "places__place", "names__actor"
        )


class ClaimManager(NaturalManager["Claim"]):
    """The default manager of claims: `ClaimQuerySet` with natural keys."""

    def get_queryset(self) -> ClaimQuerySet:
        """All claims."""
        return ClaimQuerySet(self.model, using=self._db)

    def with_sources(self) -> ClaimQuerySet:
        """With all that a citation needs, in a fixed number of queries."""
        return self.get_queryset().with_sources()


class Claim(Natural):
    """What one source says of one event: when, where, who, how many, and on whose word."""

    key = KeyField(_("key"))
    event = models.ForeignKey(Event, models.CASCADE, related_name="claims", verbose_name=_("event"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="claims", verbose_name=_("source"))
    passages = models.ManyToManyField(Passage, related_name="claims", verbose_name=_("passages"))
    sentence = models.TextField(_("sentence"), max_length=400, help_text=_("In our own words, neutral."))
    voice = models.ForeignKey(
        Actor,
        models.PROTECT,
        related_name="claims_voiced",
        null=True,
        blank=True,
        verbose_name=_("on whose word"),
        help_text=_("Blank where the source says it itself, or names nobody ('reportedly')."),
    )
    stance = models.CharField(_("stance"), max_length=12, choices=Stance, default=Stance.ASSERTS)
    date = EdtfField(_("date"))
    date_basis = models.CharField(_("basis of the date"), max_length=10, choices=Basis, blank=True)
    reckoned_from = models.CharField(_("reckoned from"), max_length=160, blank=True)
    part_of_day = models.CharField(_("part of the day"), max_length=10, choices=PartOfDay, blank=True)
    extent = models.CharField(_("extent"), max_length=6, choices=Extent, blank=True)
    carries_place = models.BooleanField(
        _("says where"), default=True, help_text=_("Off where this claim says nothing of the place.")
    )
    names = models.ManyToManyField(
        ActorName, related_name="claims", blank=True, verbose_name=_("actors, by the name used")
    )
    overtaken_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="overtakes",
        null=True,
        blank=True,
        verbose_name=_("overtaken by"),
    )
    earliest = bound("date", "earliest")
    latest = bound("date", "latest")

    objects: ClassVar[ClaimManager] = ClaimManager()

    class Meta:
        ordering = ("event", "source", "key")
        indexes = (models.Index(fields=["earliest", "latest"], name="claim_days"),)
        constraints = (
            edtf_rule("date", "claim_date_is_edtf"),
            models.CheckConstraint(
                condition=models.Q(date="", date_basis="") | (~models.Q(date="") & ~models.Q(date_basis="")),
                name="date_has_a_basis",
                violation_error_message=_("A date needs its basis, and a basis its date."),
            ),
            models.CheckConstraint(
                condition=~models.Q(date_basis=Basis.RELATIVE) | ~models.Q(reckoned_from=""),
                name="relative_date_says_from_what",
                violation_error_message=_("Say from what this date was reckoned."),
            ),
            models.CheckConstraint(
                condition=~models.Q(overtaken_by=models.F("id")),
                name="claim_is_overtaken_by_another",
                violation_error_message=_("A claim can't be overtaken by itself."),
            ),
            models.CheckConstraint(
                condition=~models.Q(sentence=""),
                name="claim_has_a_sentence",
                violation_error_message=_("Write what the source says, in a sentence of our own."),
            ),
        )

    def __str__(self) -> str:
        return self.sentence


class ClaimPlace(Natural):
    """A place that a claim gives, where it differs from its event's places."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="places", verbose_name=_("claim"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="claims", verbose_name=_("place"))
    role = models.CharField(_("role"), max_length=10, choices=Role)

    natural_fields = ("claim__key", "place__key", "role")

    class Meta:
        ordering = ("claim", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["claim", "place", "role"],
                name="claim_has_a_place_once_per_role",
                violation_error_message=_("This place has that role already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.place}"


class Counted(models.TextChoices):
    """What a figure counts."""

    KILLED = "killed", _("killed")
    WOUNDED = "wounded", _("wounded")
    CAPTURED = "captured", _("captured")
    MISSING = "missing", _("missing")
    RELEASED = "released", _("released")
    SURRENDERED = "surrendered", _("surrendered")
    DISPLACED = "displaced", _("displaced")
    FIGHTERS = "fighters", _("fighters")
    AIR_STRIKES = "air-strikes", _("air strikes")
    DISTANCE_KM = "distance-km", _("distance in km")
    SHARE_PERCENT = "share-percent", _("share in per cent")
    FAMILIES = "families", _("families")
    HOURS = "hours", _("hours")
    OTHER = "other", _("other")


class Figure(Natural):
    """A number in a claim: what is counted, of whom, the range, and whose figure it is."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="figures", verbose_name=_("claim"))
    number = models.PositiveSmallIntegerField(_("number"), default=1, help_text=_("Position in the claim, from 1."))
    what = models.CharField(_("what"), max_length=14, choices=Counted)
    of_whom = models.CharField(_("of whom"), max_length=120, blank=True)
    low = models.PositiveIntegerField(_("at least"), null=True, blank=True)
    high = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    words = models.CharField(_("in words"), max_length=60, blank=True)
    whose = models.ForeignKey(
        Actor, models.PROTECT, related_name="figures", null=True, blank=True, verbose_name=_("whose figure")
    )
    as_of = EdtfField(_("as of"))

    natural_fields = ("claim__key", "number")

    class Meta:
        ordering = ("claim", "number")
        constraints = (
            edtf_rule("as_of", "figure_as_of_is_edtf"),
            models.UniqueConstraint(
                fields=["claim", "number"],
                name="figure_is_numbered_once",
                violation_error_message=_("Two figures of a claim have the same number."),
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=False) | models.Q(high__isnull=False) | ~models.Q(words=""),
                name="figure_says_how_many",
                violation_error_message=_("Give a lower or upper number, or words such as 'dozens'."),
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True)
                | models.Q(high__isnull=True)
                | models.Q(low__lte=models.F("high")),
                name="figure_range_is_in_order",
                violation_error_message=_("The lower number is above the upper one."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount} {self.of_whom} {self.get_what_display()}".replace("  ", " ")

    @property
    def amount(self) -> str:
        """How many, as a reader would say it."""
        if self.low is None and self.high is None:
            return self.words
        if self.low == self.high:
            return f"{self.low:,}"
        if self.high is None:
            return f"at least {self.low:,}"
        if self.low is None:
            return f"up to {self.high:,}"
        return f"{self.low:,}–{self.high:,}"
