"""How far answers have moved questions and learners: on one scale of logits (see `quiz.questions.difficulty`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from quiz.models.events import Event
from quiz.models.sittings import FACETS
from quiz.models.user import User


class ItemDifficulty(models.Model):
    """How hard one kind of question on one event has proved, beyond what its structure says.

    `difficulty` is in logits: 0 is as hard as its structure says, above 0 harder, below 0 easier; `answers` is on how
    many answers that rests. How hard a question is in all is its structural difficulty and this one together.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="difficulties", verbose_name=_("event"))
    kind = models.CharField(_("kind"), max_length=30)
    difficulty = models.FloatField(_("difficulty"), default=0.0)
    answers = models.PositiveIntegerField(_("answers"), default=0)

    class Meta:
        verbose_name_plural = _("item difficulties")
        constraints = (models.UniqueConstraint(fields=["event", "kind"], name="item_has_one_difficulty"),)

    def __str__(self) -> str:
        return f"{self.event_id}/{self.kind}: {self.difficulty:+.2f}"


class Ability(models.Model):
    """How able a learner is in one facet, in logits (higher is abler), after so many answers."""

    user = models.ForeignKey(User, models.CASCADE, related_name="abilities", verbose_name=_("learner"))
    facet = models.CharField(_("facet"), max_length=10, choices=FACETS)
    ability = models.FloatField(_("ability"), default=0.0)
    answers = models.PositiveIntegerField(_("answers"), default=0)

    class Meta:
        verbose_name_plural = _("abilities")
        constraints = (models.UniqueConstraint(fields=["user", "facet"], name="learner_has_one_ability_per_facet"),)

    def __str__(self) -> str:
        return f"{self.user_id}/{self.facet}: {self.ability:+.2f}"
