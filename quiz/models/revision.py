"""What the chronicle's content is at, and what the fixture files said when they were last loaded."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentRevision(models.Model):
    """One row, moved on by database triggers at every change of content, whoever makes it.

    The token, not the number, tells contents apart: a database that is emptied starts its numbers anew.
    """

    number = models.PositiveBigIntegerField(_("number"), default=0)
    token = models.CharField(_("token"), max_length=40)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="one_content_revision"),)

    def __str__(self) -> str:
        return f"{self.number} ({self.token})"

    @classmethod
    def current(cls) -> str:
        """The token of the content as it is now; blank before any content was written. One query."""
        return cls.objects.values_list("token", flat=True).first() or ""


class LoadedRecord(models.Model):
    """A record of a fixture file as it was last loaded: the common ancestor of the file and the site.

    Where the site differs from it, an editor changed the site; where the file does, the file was changed.
    """

    model = models.CharField(_("model"), max_length=40)
    name = models.CharField(_("natural key"), max_length=600, help_text=_("As JSON."))
    fields = models.JSONField(_("fields"), encoder=DjangoJSONEncoder)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["model", "name"], name="record_is_loaded_once"),)

    def __str__(self) -> str:
        return f"{self.model} {self.name}"
