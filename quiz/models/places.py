"""The gazetteer: places with all their spellings."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quiz.models.edtf import KeyField
from quiz.models.natural import Natural, NaturalManager


class PlaceKind(models.TextChoices):
    """What sort of place: wrong answers are of the right one's kind."""

    COUNTRY = "country", _("country")
    REGION = "region", _("region")
    MOUNTAINS = "mountains", _("mountains")
    PROVINCE = "province", _("province")
    DISTRICT = "district", _("district")
    CITY = "city", _("city")
    TOWN = "town", _("town")
    VILLAGE = "village", _("village")
    FARMS = "farms", _("farms")
    AREA = "area", _("area")
    QUARTER = "quarter", _("quarter of a town")
    BUILDING = "building", _("building")
    SITE = "site", _("site")
    HILL = "hill", _("hill")
    PLAIN = "plain", _("plain")
    VALLEY = "valley", _("valley")
    ROAD = "road", _("road")
    BORDER = "border", _("border")


class PlaceManager(NaturalManager["Place"]):
    """The default manager of places."""

    def with_event_counts(self) -> models.QuerySet["Place"]:
        """With the number of current events in which they have any role, as `event_count`."""
        current = models.Q(events__event__retired=False)
        return self.annotate(event_count=models.Count("events__event", filter=current, distinct=True))


class Place(Natural):
    """A place by its main name. A town and the district named after it are two places, so are a hill and its town."""

    key = KeyField(_("key"))
    name = models.CharField(_("main name"), max_length=100, unique=True)
    name_ar = models.CharField(_("Arabic name"), max_length=100, blank=True)
    name_ar_confirmed = models.BooleanField(_("Arabic name confirmed"), default=True)
    kind = models.CharField(_("kind"), max_length=12, choices=PlaceKind)
    lies_in = models.ForeignKey(
        "self", models.PROTECT, related_name="parts", null=True, blank=True, verbose_name=_("lies in")
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    coordinates_from = models.CharField(_("origin of the coordinates"), max_length=120, blank=True)
    note = models.TextField(_("note for editors"), blank=True)

    objects: ClassVar[PlaceManager] = PlaceManager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True, coordinates_from="")
                | (  # A comparison with nothing is not false, so the database would let it pass.
                    models.Q(latitude__isnull=False, longitude__isnull=False)
                    & models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180))
                    & ~models.Q(coordinates_from="")
                ),
                name="coordinates_are_whole",
                violation_error_message=_("Give latitude, longitude and their origin, or none of the three."),
            ),
            models.CheckConstraint(
                condition=~models.Q(lies_in=models.F("id")),
                name="place_lies_elsewhere",
                violation_error_message=_("A place can't lie in itself."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of this place."""
        return reverse("quiz:place-detail", args=[self.key])


class PlaceSpelling(Natural):
    """Another spelling of a place's name, as a document writes it."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="spellings", verbose_name=_("place"))
    name = models.CharField(_("spelling"), max_length=100)

    natural_fields = ("place__key", "name")

    class Meta:
        ordering = ("place", "name")
        constraints = (
            models.UniqueConstraint(
                Lower("name"),
                name="spelling_is_of_one_place",
                violation_error_message=_("This spelling is listed already, here or with another place."),
            ),
        )

    def __str__(self) -> str:
        return self.name
