"""Sittings: the questions that a learner was asked, as they were asked, and what was answered."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from quiz.models.events import Event, Phase
from quiz.models.user import User
from quiz.questions.hints import MOST as MOST_HINTS
from quiz.questions.question import Facet, Question

MOST_QUESTIONS = 50


def new_token() -> str:
    """An unguessable name, for addresses and for each step of a sitting."""
    return get_random_string(22)


CONFIDENCES = [(1, _("guessing")), (2, _("fairly sure")), (3, _("sure"))]
"""How sure a learner may say to be of an answer."""
FACETS = [
    (Facet.DATE.value, _("dates")),
    (Facet.PLACE.value, _("places")),
    (Facet.SEQUENCE.value, _("sequence")),
    (Facet.SOURCE.value, _("sources")),
]


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Sittings, in the words of a learner."""

    def open(self) -> Self:
        """Begun and not finished, the newest first."""
        return self.filter(finished_at=None).order_by("-started_at")

    def with_results(self) -> Self:
        """With `answered` (how many questions) and `score` (sum of credits)."""
        return self.annotate(
            answered=models.Count("asked", filter=models.Q(asked__answered_at__isnull=False)),
            score=models.Sum("asked__credit", default=0.0),
        )


class SittingMode(models.TextChoices):
    """What a sitting is for."""

    PRACTICE = "practice", _("practice")
    EXAM = "exam", _("exam")
    DAILY = "daily", _("daily review")
    WEAK = "weak", _("weak spots")
    AGAIN = "again", _("once more")
    TIMELINE = "timeline", _("timeline run")


class Sitting(models.Model):
    """One run through a number of questions, made when it is begun.

    `kinds` are the names of the kinds of question chosen, none for all; `aim` is the share of answers that should be
    right, from 0 to 1, where the learner chose one. Feedback comes after each question; in an exam at the end.
    `minutes` is the time that the learner chose to have, `ends_at` when it is up: extending moves it.
    """

    token = models.CharField(_("token"), max_length=22, unique=True, default=new_token, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="sittings", verbose_name=_("learner"))
    phase = models.ForeignKey(Phase, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("phase"))
    facet = models.CharField(_("facet"), max_length=10, choices=FACETS, blank=True)
    kinds = models.JSONField(_("kinds of question"), default=list, blank=True)
    aim = models.FloatField(_("aim"), null=True, blank=True)
    length = models.PositiveSmallIntegerField(_("length"))
    mode = models.CharField(_("mode"), max_length=10, choices=SittingMode.choices, default=SittingMode.PRACTICE)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    seed = models.PositiveBigIntegerField(_("seed"))
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at",)
        indexes = (models.Index(fields=["user", "-started_at"], name="sitting_of_user"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(length__range=(1, MOST_QUESTIONS)),
                name="sitting_has_a_length",
                violation_error_message=_("A quiz has 1 to 50 questions."),
            ),
            models.CheckConstraint(
                condition=models.Q(aim__isnull=True) | models.Q(aim__gt=0, aim__lt=1),
                name="sitting_aims_at_a_share",
                violation_error_message=_("The aim is a share between 0 and 1."),
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__isnull=True, ends_at__isnull=True)
                | models.Q(minutes__isnull=False, minutes__gt=0, ends_at__isnull=False),
                name="time_limit_is_whole",
                violation_error_message=_("A time limit has minutes and an end."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}, {self.length}"

    def get_absolute_url(self) -> str:
        """Where the sitting goes on, or its end page."""
        return reverse("quiz:sitting-detail", args=[self.token])

    @property
    def is_silent(self) -> bool:
        """Whether feedback has to wait: in an exam that is not finished."""
        return self.mode == SittingMode.EXAM and self.finished_at is None


class AskedQuestion(models.Model):
    """A question of a sitting as it was asked; later edits of the chronicle do not reach it.

    `token` is the one-time name of this step: an answer must carry it, and a repeated one finds the answer stored.
    `difficulty` is the structural one in logits (higher is harder), which answers do not move; `expected` is the credit
    expected when the sitting began, from 0 to 1; both are blank for what was asked before they were kept. `probe` says
    that a sitting with an aim drew it at random instead. `confidence` is how sure the learner said to be, from 1
    (guessing) to 3 (sure). `hints` is how many hints were asked for before the answer; what they say follows from the
    question (see `quiz.study.hints`).
    """

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="asked", verbose_name=_("sitting"))
    number = models.PositiveSmallIntegerField(_("number"))
    token = models.CharField(_("token"), max_length=22, unique=True, default=new_token, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="asked", verbose_name=_("event"))
    kind = models.CharField(_("kind"), max_length=30)
    facet = models.CharField(_("facet"), max_length=10, choices=FACETS)
    content = models.JSONField(_("question"), encoder=DjangoJSONEncoder)
    difficulty = models.FloatField(_("difficulty"), null=True, blank=True)
    expected = models.FloatField(_("expected"), null=True, blank=True)
    probe = models.BooleanField(_("probe"), default=False)
    hints = models.PositiveSmallIntegerField(_("hints"), default=0)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.JSONField(_("answer"), null=True, blank=True, encoder=DjangoJSONEncoder)
    credit = models.FloatField(_("credit"), null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(_("confidence"), choices=CONFIDENCES, null=True, blank=True)

    class Meta:
        ordering = ("sitting", "number")
        constraints = (
            models.UniqueConstraint(fields=["sitting", "number"], name="question_has_its_number"),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, credit__isnull=True, answer__isnull=True)
                | models.Q(answered_at__isnull=False, credit__isnull=False, credit__range=(0, 1), answer__isnull=False),
                name="answer_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(expected__isnull=True) | models.Q(expected__range=(0, 1)), name="expected_is_a_share"
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__isnull=True) | models.Q(confidence__range=(1, 3)),
                name="confidence_is_a_level",
            ),
            models.CheckConstraint(condition=models.Q(hints__range=(0, MOST_HINTS)), name="hints_are_few"),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.kind}"

    @property
    def question(self) -> Question:
        """The question as it was asked."""
        return Question.from_dict(self.content)
