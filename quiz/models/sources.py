"""The documents, and the numbered sentences in them that claims point to."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quiz.models.edtf import EdtfField, KeyField, edtf_rule
from quiz.models.natural import Natural

INFOBOX = "infobox"


class Source(Natural):
    """One document. Documents of one family share their sentences, so that they are one witness where they agree."""

    key = KeyField(_("key"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80, unique=True)
    family = models.CharField(_("family"), max_length=40)
    publisher = models.CharField(_("publisher"), max_length=120)
    author = models.CharField(_("author"), max_length=120, blank=True)
    published = EdtfField(_("published"))
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        ordering = ("key",)
        constraints = (edtf_rule("published", "source_published_is_edtf"),)

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        """The page that shows what this source contributes."""
        return reverse("quiz:source-detail", args=[self.key])


class Passage(Natural):
    """A sentence of a document, by section, paragraph and sentence, counted from 1; its text is not stored.

    An infobox has neither paragraphs nor sentences.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="passages", verbose_name=_("source"))
    section = models.CharField(_("section"), max_length=120)
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), null=True, blank=True)
    sentence = models.PositiveSmallIntegerField(_("sentence"), null=True, blank=True)

    natural_fields = ("source__key", "section", "paragraph", "sentence")

    class Meta:
        ordering = ("source", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(section=INFOBOX, paragraph__isnull=True, sentence__isnull=True)
                | (
                    ~models.Q(section=INFOBOX)
                    & models.Q(paragraph__isnull=False, sentence__isnull=False)
                    & models.Q(paragraph__gte=1, sentence__gte=1)
                ),
                name="passage_is_located",
                violation_error_message=_(
                    "A passage needs section, paragraph and sentence; an infobox has only its name."
                ),
            ),
            models.UniqueConstraint(
                fields=["source", "section", "paragraph", "sentence"],
                name="passage_is_unique",
                violation_error_message=_("This passage is listed already."),
            ),
            models.UniqueConstraint(
                fields=["source", "section"],
                condition=models.Q(paragraph__isnull=True),
                name="infobox_is_unique",
                violation_error_message=_("This source has its infobox already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.source}, {self.locator}"

    @property
    def locator(self) -> str:
        """Where in its document, as a citation says it."""
        if self.paragraph is None:
            return self.section
        return f"“{self.section}”, ¶ {self.paragraph}, sentence {self.sentence}"
