"""Problem reports: what learners found wrong with a question or an event, and what the editors made of it."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from quiz.models.events import Event
from quiz.models.sittings import AskedQuestion
from quiz.models.user import User
from quiz.questions.question import Question

LONGEST_REPORT = 1000
"""So many characters at most has what one learner wrote about one problem, additions included."""


class Problem(models.TextChoices):
    """What can be wrong; of an event without a question only what is in `OF_EVENTS`."""

    TWO_RIGHT = "two-right", _("two answers are right")
    NONE_RIGHT = "none-right", _("the right answer is not among them, or is another one")
    GIVEN_AWAY = "given-away", _("the question gives its answer away")
    WORDING = "wording", _("the wording is unclear or wrong")
    SOURCE = "source", _("a source is cited wrongly, or says something else")
    NOT_NEUTRAL = "not-neutral", _("it is offensive, or not neutral")
    DISPLAY = "display", _("it is badly shown, or can’t be used with my device or aids")
    OTHER = "other", _("something else")


OF_EVENTS = (Problem.WORDING, Problem.SOURCE, Problem.NOT_NEUTRAL, Problem.DISPLAY, Problem.OTHER)


class ReportState(models.TextChoices):
    """How far the editors are with a report."""

    OPEN = "open", _("open")
    LOOKING = "looking", _("being looked at")
    MENDED = "mended", _("mended")
    NO_FAULT = "no-fault", _("not a fault")
    DUPLICATE = "duplicate", _("duplicate")


WAITING = (ReportState.OPEN, ReportState.LOOKING)
"""The states of what is not decided yet."""
DECIDED = (ReportState.MENDED, ReportState.NO_FAULT, ReportState.DUPLICATE)
"""The states that an editor's decision gives."""


class ProblemReportQuerySet(models.QuerySet["ProblemReport"]):
    """Reports, in the words of the editors."""

    def waiting(self) -> Self:
        """Those not decided yet."""
        return self.filter(state__in=WAITING)

    def on_the_same(self, report: "ProblemReport") -> Self:
        """All on the question, or on the event without a question, that a report is about; itself included."""
        return self.filter(event_key=report.event_key, question_key=report.question_key)

    def with_alike(self) -> Self:
        """With `alike`: how many reports there are on the same, by whomever and in whatever state."""
        same = ProblemReport.objects.filter(event_key=OuterRef("event_key"), question_key=OuterRef("question_key"))
        counted = same.order_by().values("question_key").annotate(n=Count("pk")).values("n")
        return self.annotate(alike=Subquery(counted, output_field=models.IntegerField()))


class ProblemReport(models.Model):
    """One learner's report of one problem with one question, or with an event as its page tells it.

    It holds by itself all that was shown, so that it outlives the account, the sitting and the event; a learner who
    reports the same once more adds to it. `user` is blank once the account is deleted.

    - `asked`: the question of a sitting, as long as that is kept; `question_key` its id, blank for an event.
    - `kind`, `content`, `answer`: its kind, itself as it was asked, and the learner's answer, as in `AskedQuestion`.
    - `revision`: the token of the chronicle's content when it was last reported.
    - `added_at`: when it was last reported once more.
    """

    user = models.ForeignKey(
        User, models.SET_NULL, related_name="reports", verbose_name=_("learner"), null=True, blank=True
    )
    at = models.DateTimeField(_("reported at"))
    added_at = models.DateTimeField(_("reported again at"), null=True, blank=True)
    event = models.ForeignKey(
        Event, models.SET_NULL, related_name="reports", verbose_name=_("event"), null=True, blank=True
    )
    event_key = models.CharField(_("event’s key"), max_length=100)
    asked = models.ForeignKey(
        AskedQuestion, models.SET_NULL, related_name="reports", verbose_name=_("asked question"), null=True, blank=True
    )
    question_key = models.CharField(_("question’s id"), max_length=300, blank=True)
    kind = models.CharField(_("kind of question"), max_length=30, blank=True)
    content = models.JSONField(_("question"), null=True, blank=True, encoder=DjangoJSONEncoder)
    answer = models.JSONField(_("answer"), null=True, blank=True, encoder=DjangoJSONEncoder)
    revision = models.CharField(_("content revision"), max_length=40, blank=True)
    problem = models.CharField(_("problem"), max_length=12, choices=Problem.choices)
    text = models.TextField(_("in the learner’s words"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    note = models.TextField(_("note for editors"), blank=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", verbose_name=_("decided by"), null=True, blank=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ProblemReportQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=["event_key", "question_key"], name="report_on_the_same"),
            models.Index(fields=["user", "-at"], name="report_of_user"),
            models.Index(fields=["-at"], condition=Q(state__in=WAITING), name="report_waiting"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["user", "event_key", "question_key", "problem"],
                name="learner_reports_a_problem_once",
                violation_error_message=_("This learner has reported this problem already."),
            ),
            models.CheckConstraint(
                condition=~Q(event_key=""),
                name="report_names_its_event",
                violation_error_message=_("A report names its event."),
            ),
            models.CheckConstraint(
                condition=Q(question_key="", kind="", content__isnull=True, answer__isnull=True, asked=None)
                | (~Q(question_key="") & ~Q(kind="") & Q(content__isnull=False)),
                name="reported_question_is_whole",
                violation_error_message=_("A report on a question holds the question as it was asked."),
            ),
            models.CheckConstraint(
                condition=Q(problem__in=Problem.values) & (~Q(question_key="") | Q(problem__in=OF_EVENTS)),
                name="problem_is_one_of_its_subject",
                violation_error_message=_("An event alone has no answers that could be wrong."),
            ),
            models.CheckConstraint(
                condition=~Q(problem=Problem.OTHER, text=""),
                name="other_problem_is_described",
                violation_error_message=_("Say in words what else is wrong."),
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), LONGEST_REPORT),
                name="report_has_at_most_1000_characters",
                violation_error_message=_("A report has at most 1,000 characters."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=WAITING, decided_at=None, decided_by=None)
                # Who decided may have left since.
                | (Q(state__in=DECIDED) & Q(decided_at__isnull=False)),
                name="decision_is_whole",
                violation_error_message=_("What is decided has its time; what is not has none, and nobody."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_problem_display()}: {self.question_key or self.event_key}"

    @property
    def is_decided(self) -> bool:
        """Whether an editor decided on it."""
        return self.decided_at is not None

    @property
    def question(self) -> Question | None:
        """The question as it was asked; None for a report on an event."""
        return None if self.content is None else Question.from_dict(self.content)
