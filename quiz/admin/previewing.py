"""What an edit changes, shown before it is final: it is tried, the questions are compared, and it is undone."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quiz.admin import together
from quiz.admin.bases import Row, Sober
from quiz.models import ContentRevision
from quiz.study import effects
from quiz.study.effects import Changes, Snapshot, Sort

SEEN = "_seen"
"""The field that says for which revision of the content the changes were shown."""
BACK = "_back"
"""The button that leads back to the form, with all that was typed."""
SUBMITS = ("_save", "_continue", "_addanother")
LISTED = 60
"""How many changes of one sort are listed, at most."""
# Marks on the request: its form is only to be shown; its saving is a trial.
HELD, _TRIAL = "quiz.held", "quiz.trial"


class _Tried(HttpResponse):
    """Stands for the page that would follow a saving."""


class Previewing(Sober[Row]):
    """Rows whose saving or deletion changes questions: what it changes is shown first."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form, or what saving it would change, or save it."""
        view = partial(super().changeform_view, request, object_id, form_url, extra_context)
        if request.method != "POST":
            return view()
        if BACK in request.POST or HELD in request.META:
            return self._held(request, view)
        row = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and not (row and self.has_change_permission(request, row)):
            return view()
        return self._posted(request, row, view, request.POST.get(SEEN))

    def _posted(
        self, request: HttpRequest, row: Row | None, view: Callable[[], HttpResponse], seen: str | None
    ) -> HttpResponse:
        # One transaction: nobody writes between the look at what is stored and the saving.
        with transaction.atomic():
            if row is not None and self._changed_meanwhile(request, row):
                return self._held(request, view)
            revision = ContentRevision.current()
            if seen == revision:
                return view()
            before = effects.current()
            answer, after = self._tried(request, view)
        if after is None:
            return answer
        # Compared only now, as it takes time, and others may write meanwhile.
        changes = effects.compare(before, after)
        if changes:
            return self.shown(request, changes, revision)
        return self._posted(request, row, view, revision)

    # Trying

    def _tried(self, request: HttpRequest, view: Callable[[], HttpResponse]) -> tuple[HttpResponse, Snapshot | None]:
        """Save, look, and undo it; where the form is refused, its page and nothing."""
        request.META[_TRIAL] = True
        try:
            with transaction.atomic():
                answer = view()
                if not isinstance(answer, _Tried):
                    return answer, None
                after = effects.uncommitted()
                transaction.set_rollback(True)
        finally:
            del request.META[_TRIAL]
        return answer, after

    def changes_by(self, deed: Callable[[], object]) -> Changes:
        """What a deed on the database would change; it is undone. One that the database refuses changes nothing."""
        before = effects.current()
        try:
            with transaction.atomic():
                deed()
                after = effects.uncommitted()
                transaction.set_rollback(True)
        except (ProtectedError, RestrictedError):
            return Changes()
        return effects.compare(before, after)

    def response_add(self, request: HttpRequest, obj: Row, post_url_continue: str | None = None) -> HttpResponse:
        """The page after adding; none in a trial."""
        return _Tried() if _TRIAL in request.META else super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Row) -> HttpResponse:
        """The page after a change; none in a trial."""
        return _Tried() if _TRIAL in request.META else super().response_change(request, obj)

    def message_user(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Say something on the next page; nothing in a trial."""
        if _TRIAL not in request.META:
            super().message_user(request, *args, **kwargs)

    # Showing

    def shown(self, request: HttpRequest, changes: Changes, revision: str, back: str = "") -> HttpResponse:
        """The page 'What this changes', with all that was sent; `back` is an address to go back to, else the form."""
        apart = {"csrfmiddlewaretoken", SEEN, BACK, *SUBMITS}
        context = {
            **self.admin_site.each_context(request),
            **told(changes),
            "title": _("What this changes"),
            "opts": self.opts,
            "media": self.media,
            "sent": [(name, value) for name, values in request.POST.lists() if name not in apart for value in values],
            "submit": next((name for name in SUBMITS if name in request.POST), ""),
            "revision": revision,
            "back": back,
            "is_popup": "_popup" in request.POST,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/quiz/effects.html", context)

    def with_changes(self, response: HttpResponse, chosen: "models.QuerySet[Any]") -> HttpResponse:
        """A page that asks whether to delete rows, with what that would change."""
        context = getattr(response, "context_data", None)
        if isinstance(context, dict) and not context.get("protected") and not context.get("perms_lacking"):
            context.update(told(self.changes_by(chosen.delete)))
        return response

    # Holding

    def _held(self, request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
        """The form as it was filled in, saved nowhere."""
        request.META[HELD] = True
        return view()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form; one that is only to be shown again counts as not valid, so that Django doesn't save it."""
        form: type[ModelForm[Any]] = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"is_valid": _shown_only}) if HELD in request.META else form

    # Several editors

    def _inline_models(self, request: HttpRequest, row: Any) -> list[type[models.Model]]:
        return [inline.model for inline in self.get_inline_instances(request, row)]

    def _changed_meanwhile(self, request: HttpRequest, row: Row) -> bool:
        """Whether somebody changed the row since the form was opened; then who did is said on its page."""
        # Locked until the end of the transaction, where the database has locks on rows.
        list(self.model._base_manager.select_for_update().filter(pk=row.pk))
        inlines, opened = self._inline_models(request, row), request.POST.get(together.OPENED, "")
        if not together.differs(opened, together.opened_with(row, inlines)):
            return False
        self.message_user(request, _warning(request, together.changes_since(opened, row, inlines)), messages.WARNING)
        return True

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With what the form was opened with, in a hidden field."""
        row = kwargs.get("obj")
        if row is not None and row.pk:
            context.update(opened_name=together.OPENED)
            context.update(opened_with=together.opened_with(row, self._inline_models(request, row)))
        return super().render_change_form(request, context, *args, **kwargs)


def _shown_only(form: "ModelForm[Any]") -> bool:
    form.full_clean()
    return False


def _warning(request: HttpRequest, done: list[str]) -> str:
    text = _(
        "Somebody changed this after you opened it. Nothing was saved yet; below is what you typed. Saving again puts "
        "it in the place of theirs. What was done:"
    )
    # No list: Django's sheet would draw each of its items as a message of its own.
    listed = format_html_join("", "<br>— {}", ((one,) for one in done))
    link = format_html('<a href="{}" target="_blank">{}</a>', request.path, _("See it as it is stored now"))
    return format_html("{}{}<br>{}", text, listed, link)


# --- Words ----------------------------------------------------------------------------------


def told(changes: Changes) -> dict[str, Any]:
    """What the templates need to tell of changes: a line that sums them up, and each of them, by its sort."""
    groups = [(sort, heading, changes.of(sort)) for sort, heading in _headings()]
    listed = [
        {"sort": sort.value, "heading": heading, "effects": found[:LISTED], "more": len(found[LISTED:])}
        for sort, heading, found in groups
        if found
    ]
    return {"changes": changes, "summary": summary(changes), "groups": listed}


def _headings() -> list[tuple[Sort, str]]:
    return [
        (Sort.GONE, _("Questions that disappear")),
        (Sort.KEY, _("Questions whose key changes")),
        (Sort.NEW, _("Questions that appear")),
        (Sort.WORDS, _("Questions asked in other words")),
    ]


def summary(changes: Changes) -> str:
    """How many questions disappear, change and appear, in one sentence."""
    gone, keys, new, words = (len(changes.of(sort)) for sort, _heading in _headings())
    parts = [
        ngettext("%(n)d question disappears", "%(n)d questions disappear", gone) % {"n": gone} if gone else "",
        ngettext("%(n)d key changes", "%(n)d keys change", keys) % {"n": keys} if keys else "",
        ngettext("%(n)d question appears", "%(n)d questions appear", new) % {"n": new} if new else "",
        ngettext("%(n)d is asked in other words", "%(n)d are asked in other words", words) % {"n": words}
        if words
        else "",
    ]
    return ", ".join(filter(None, parts)) or _("No question changes")
