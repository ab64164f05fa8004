"""Rows that editors write: what saving changes is shown first, and a deletion that can't be says why."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import actions
from django.contrib.admin.utils import quote, unquote
from django.db import IntegrityError, models
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quiz.admin.bases import Row
from quiz.admin.previewing import HELD, Previewing


class Editing(Previewing[Row]):
    """Rows that editors write. `kept_as_made` names the fields that are set once, at the start."""

    kept_as_made: tuple[str, ...] = ()
    actions: Any = ("delete_selected",)

    def why_kept(self, chosen: "models.QuerySet[Row]") -> str:
        """What stands against deleting these rows, and what to do instead; blank where nothing does."""
        return ""

    def get_readonly_fields(self, request: HttpRequest, obj: Row | None = None) -> tuple[str, ...]:
        """Fixtures, addresses and stored questions name rows by key: it stays."""
        always = tuple(super().get_readonly_fields(request, obj))
        return (*always, *self.kept_as_made) if obj else always

    def get_prepopulated_fields(self, request: HttpRequest, obj: Row | None = None) -> dict[str, Any]:
        """A key is proposed for a new row only."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Say so when somebody else saved the same thing between our check and our writing."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            text = _(
                "Nothing was saved: two rows said the same, or somebody else just saved the like. Look, and try again."
            )
            self.message_user(request, text, messages.ERROR)
            request.META[HELD] = True
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Refuse with a reason, on the row's page."""
        found = self.get_object(request, unquote(object_id))
        if found is None or not self.has_delete_permission(request, found):
            return super().delete_view(request, object_id, extra_context)
        page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[quote(found.pk)])
        if self._refuses(request, self.model._base_manager.filter(pk=found.pk)):
            return HttpResponseRedirect(page)
        try:
            response = super().delete_view(request, object_id, extra_context)
        except ProtectedError:
            self._say_used(request)
            return HttpResponseRedirect(page)
        return self.with_changes(response, self.model._base_manager.filter(pk=found.pk))

    @admin.action(permissions=["delete"], description=gettext_lazy("Delete selected %(verbose_name_plural)s"))
    def delete_selected(self, request: HttpRequest, queryset: "models.QuerySet[Row]") -> HttpResponseBase | None:
        """Delete rows after a page that asks, unless something stands against it."""
        # A fresh query: those of lists carry sums and sorting that a deletion can't.
        chosen = self.model._base_manager.filter(pk__in=list(queryset.values_list("pk", flat=True)))
        if self._refuses(request, chosen):
            return None
        try:
            response = actions.delete_selected(self, request, chosen)
        except ProtectedError:
            self._say_used(request)
            return None
        return self.with_changes(response, chosen) if response else None

    def _refuses(self, request: HttpRequest, chosen: "models.QuerySet[Any]") -> bool:
        reason = self.why_kept(chosen)
        if reason:
            self.message_user(request, reason, messages.ERROR)
        return bool(reason)

    def _say_used(self, request: HttpRequest) -> None:
        text = _("Something began to use this just now. Nothing was deleted.")
        self.message_user(request, text, messages.ERROR)
