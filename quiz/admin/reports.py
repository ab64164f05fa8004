"""The editors' queue of problem reports: what learners found wrong, what was shown to them, and what comes of it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quiz.admin import asking
from quiz.admin.bases import RowForm, Sober
from quiz.models import AskedQuestion, ContentRevision, ProblemReport, ReportState, User
from quiz.models.reports import ProblemReportQuerySet
from quiz.questions.making import KINDS
from quiz.study import facts, reports
from quiz.study.feedback import feedback
from quiz.study.sittings import passed_over

ALL = "all"
OTHERS_SHOWN = 20
"""So many reports on the same stand on the page of a report; how many more there are is said."""


class Standing(admin.SimpleListFilter):
    """How far a report is; unless something is chosen, those that wait for a decision."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        """Each state, and all of them."""
        return [*ReportState.choices, (ALL, gettext_lazy("All"))]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """With a name of its own for what is shown at first."""
        first, *others = super().choices(changelist)
        yield {**first, "display": _("Waiting for a decision")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[ProblemReport]) -> QuerySet[ProblemReport]:
        """The reports in the state chosen; an unknown one is none."""
        value = self.value()
        if value == ALL:
            return queryset
        if value in ReportState.values:
            return queryset.filter(state=value)
        return queryset & ProblemReport.objects.waiting()


def _kind(report: ProblemReport) -> str:
    """The title of the kind of question, or its name where it is no longer made; for an event, that it is one."""
    if not report.kind:
        return _("page of the event")
    return _(KINDS[report.kind].title) if report.kind in KINDS else report.kind


@admin.register(ProblemReport)
class ProblemReportAdmin(Sober[ProblemReport]):
    """Reports, the oldest first. Editors decide on them; what the learner said, and who it was, is not theirs."""

    list_display = ("about", "problem", "state", "age", "alike", "learner")
    list_filter = (Standing, "problem", "kind", "at")
    search_fields = ("event_key", "question_key", "text", "note")
    search_help_text = gettext_lazy("An event’s key, a question’s id, or words of a report or a note.")
    ordering = ("at", "id")
    actions = ("take_up", "mended", "no_fault", "duplicate")
    readonly_fields = (
        "problem",
        "said",
        "learner",
        "at",
        "added_at",
        "shown",
        "others",
        "decided_by",
        "decided_at",
    )
    fieldsets = (
        (None, {"fields": ("problem", "said", "learner", "at", "added_at")}),
        (gettext_lazy("What was shown"), {"fields": ("shown", "others")}),
        (gettext_lazy("For editors"), {"fields": ("state", "note", "decided_by", "decided_at")}),
    )

    class Media:
        css = {"all": ("quiz/css/editors.css",)}

    def get_queryset(self, request: HttpRequest) -> ProblemReportQuerySet:
        """With how many there are on the same."""
        return ProblemReport.objects.with_alike()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Learners make them, on the pages of the site."""
        return False

    def save_model(self, request: HttpRequest, obj: ProblemReport, form: RowForm[ProblemReport], change: bool) -> None:
        """Decide as the form says; nothing else of a report is written."""
        state, note = ReportState(form.cleaned_data["state"]), form.cleaned_data["note"]
        self._decide(request, [obj.pk], state, note)

    def _decide(
        self, request: HttpRequest, chosen: Iterable[int], state: ReportState, note: str | None = None
    ) -> list[ProblemReport]:
        editor = request.user
        if not isinstance(editor, User):
            return []
        return reports.decide(chosen, state, editor, now=timezone.now(), note=note)

    # Columns and fields

    @admin.display(description=gettext_lazy("about"), ordering="question_key")
    def about(self, report: ProblemReport) -> SafeString:
        """What was asked, in a line; below it by which kind of question, and of which event."""
        question = report.question
        if question is None:
            return format_html("{} · {}", capfirst(_kind(report)), report.event_key)
        return format_html("{}<br>{} · {}", Truncator(question.stem).chars(90), _kind(report), report.event_key)

    @admin.display(description=gettext_lazy("age"), ordering="at")
    def age(self, report: ProblemReport) -> str:
        """Since when it is there."""
        return timesince(report.at, timezone.now(), depth=1)

    @admin.display(description=gettext_lazy("on the same"), ordering="alike")
    def alike(self, report: ProblemReport) -> int:
        """How many reports there are on the same question, or event, this one included."""
        return int(report.__dict__["alike"])

    @admin.display(description=gettext_lazy("learner"), ordering="user_id")
    def learner(self, report: ProblemReport) -> str:
        """By a number alone: who it is does not matter to what is wrong."""
        return _("a learner, #%(n)s") % {"n": report.user_id} if report.user_id else _("an account that is gone")

    @admin.display(description=gettext_lazy("in the learner’s words"))
    def said(self, report: ProblemReport) -> SafeString | str:
        """With its paragraphs."""
        return format_html_join("", "<p>{}</p>", ([part] for part in report.text.splitlines() if part)) or _("nothing")

    @admin.display(description=gettext_lazy("question"))
    def shown(self, report: ProblemReport) -> SafeString:
        """All that the learner saw, and the ways to what is asked now."""
        story = facts.chronicle()
        context: dict[str, Any] = {"report": report, "kind": _kind(report), "event": report.event}
        context["changed"] = report.revision != ContentRevision.current()
        if report.event:
            context["told"] = asking.label(story, report.event)
        if report.question:
            asked = AskedQuestion(content=report.content, answer=report.answer)
            told = feedback(asked if asked.answer else passed_over(asked), story)
            context |= {"question": report.question, "feedback": told}
        return SafeString(render_to_string("admin/quiz/problemreport/shown.html", context))

    @admin.display(description=gettext_lazy("others on the same"))
    def others(self, report: ProblemReport) -> SafeString | str:
        """Each with its problem, state and age, the newest first; at most OTHERS_SHOWN, and how many more."""
        found = ProblemReport.objects.on_the_same(report).exclude(pk=report.pk)[:OTHERS_SHOWN]
        rows = (
            (
                reverse("admin:quiz_problemreport_change", args=[one.pk]),
                one.get_problem_display(),
                one.get_state_display(),
                self.age(one),
                one.text,
            )
            for one in found
        )
        listed = format_html_join("", '<li><a href="{}">{}</a> · {} · {} <br>{}</li>', rows)
        left = self.alike(report) - 1 - OTHERS_SHOWN
        more = format_html("<p>{}</p>", ngettext("and %(n)d more", "and %(n)d more", left) % {"n": left})
        told = (listed, more if left > 0 else "")
        return format_html('<div class="verdicts"><ul>{}</ul>{}</div>', *told) if listed else _("none")

    # Verbs

    @admin.action(permissions=["change"], description=gettext_lazy("Take up: being looked at"))
    def take_up(self, request: HttpRequest, queryset: QuerySet[ProblemReport]) -> None:
        """Say that somebody is on it."""
        self._bring(request, queryset, ReportState.LOOKING)

    @admin.action(permissions=["change"], description=gettext_lazy("Decide: mended"))
    def mended(self, request: HttpRequest, queryset: QuerySet[ProblemReport]) -> None:
        """The fault was one, and is gone."""
        self._bring(request, queryset, ReportState.MENDED)

    @admin.action(permissions=["change"], description=gettext_lazy("Decide: not a fault"))
    def no_fault(self, request: HttpRequest, queryset: QuerySet[ProblemReport]) -> None:
        """All is as the sources have it."""
        self._bring(request, queryset, ReportState.NO_FAULT)

    @admin.action(permissions=["change"], description=gettext_lazy("Decide: duplicate"))
    def duplicate(self, request: HttpRequest, queryset: QuerySet[ProblemReport]) -> None:
        """It is dealt with under another report."""
        self._bring(request, queryset, ReportState.DUPLICATE)

    def _bring(self, request: HttpRequest, queryset: QuerySet[ProblemReport], state: ReportState) -> None:
        changed = self._decide(request, queryset.values_list("pk", flat=True), state)
        for report in changed:
            self.log_change(request, report, [{"changed": {"fields": ["state"]}}])
        told = ngettext("%(n)d report: %(state)s.", "%(n)d reports: %(state)s.", len(changed))
        self.message_user(request, told % {"n": len(changed), "state": state.label}, messages.SUCCESS)
