"""Who acts, and on whose word things are told."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quiz.models.edtf import KeyField
from quiz.models.natural import Natural, NaturalManager


class ActorKind(models.TextChoices):
    """What sort of actor."""

    FORCE = "force", _("armed force")
    GROUP = "group", _("armed group")
    GOVERNMENT = "government", _("government")
    MEDIA = "media", _("media")
    MONITOR = "monitor", _("monitoring group")
    SOURCE = "source", _("source quoted")
    PERSON = "person", _("person")
    CIVILIANS = "civilians", _("civilians")


class Side(models.TextChoices):
    """With whom an actor stood, as the documents group them."""

    GOVERNMENT = "government", _("Syrian government and allies")
    OPPOSITION = "opposition", _("Syrian opposition and armed groups")
    LEBANON = "lebanon", _("Lebanese state")
    NONE = "none", _("none of these")


class ActorManager(NaturalManager["Actor"]):
    """The default manager of actors."""

    def with_counts(self) -> models.QuerySet["Actor"]:
        """With the number of current events they act in and of claims on their word: `event_count`, `voice_count`."""
        return self.annotate(
            event_count=models.Count("events", filter=models.Q(events__retired=False), distinct=True),
            voice_count=models.Count("claims_voiced", distinct=True),
        )


class Actor(Natural):
    """Somebody who acts in an event, or on whose word a claim stands."""

    key = KeyField(_("key"))
    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ActorKind)
    side = models.CharField(_("side"), max_length=12, choices=Side)
    part_of = models.ForeignKey(
        "self", models.PROTECT, related_name="parts", null=True, blank=True, verbose_name=_("part of")
    )
    note = models.TextField(_("note for editors"), blank=True)

    objects: ClassVar[ActorManager] = ActorManager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(part_of=models.F("id")),
                name="actor_is_part_of_another",
                violation_error_message=_("An actor can't be part of itself."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def in_sentence(self) -> str:
        """The name as it stands after 'according to': a force with its article."""
        return f"the {self.name}" if self.kind == ActorKind.FORCE else self.name

    def get_absolute_url(self) -> str:
        """The page of this actor."""
        return reverse("quiz:actor-detail", args=[self.key])


class ActorName(Natural):
    """A name that a document uses for an actor. 'The Army' is the Syrian one here and the Lebanese one there."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="names", verbose_name=_("actor"))
    name = models.CharField(_("name used"), max_length=120)

    natural_fields = ("actor__key", "name")

    class Meta:
        ordering = ("actor", "name")
        constraints = (
            models.UniqueConstraint(
                fields=["actor", "name"],
                name="actor_name_is_listed_once",
                violation_error_message=_("This actor has that name already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.actor})"
