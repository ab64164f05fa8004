"""What all pages of the admin share: autocomplete that names things whole, deletions that say why not, bad input."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin import actions, helpers, options
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.utils import quote, unquote
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import IntegrityError, models
from django.db.models import ProtectedError
from django.forms import ModelChoiceField, ModelForm, ModelMultipleChoiceField, Textarea
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quiz.admin.widgets import PickMany, PickOne, usable_id

Row = TypeVar("Row", bound=models.Model)
Parent = TypeVar("Parent", bound=models.Model)

# Django's classes take type arguments in its stubs only.
if TYPE_CHECKING:
    _AnyAdmin = options.BaseModelAdmin
    _ModelAdmin = options.ModelAdmin
    _Stacked = admin.StackedInline
    _Tabular = admin.TabularInline
    RowForm = ModelForm
    RowFormSet = BaseInlineFormSet
else:

    def _subscripted(base: type) -> type:
        """The same class, which lets itself be written with type arguments."""
        return type(base)(base.__name__, (base,), {"__class_getitem__": classmethod(lambda cls, _: cls)})

    _AnyAdmin = _subscripted(options.BaseModelAdmin)
    _ModelAdmin = _subscripted(options.ModelAdmin)
    _Stacked = _subscripted(admin.StackedInline)
    _Tabular = _subscripted(admin.TabularInline)
    RowForm = _subscripted(ModelForm)
    RowFormSet = _subscripted(BaseInlineFormSet)


class Comfort(_AnyAdmin[Row]):
    """Fields that name another row: found by typing, shown by their full label, safe against made-up ids."""

    formfield_overrides = {models.TextField: {"widget": Textarea(attrs={"rows": 3, "cols": 80})}}

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> "models.QuerySet[Any] | None":
        """The rows as their own admin reads them, so that no label costs a query of its own."""
        try:
            return self.admin_site.get_model_admin(db_field.remote_field.model).get_queryset(request)
        except NotRegistered:
            return super().get_field_queryset(db, db_field, request)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        """One row, found by typing."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", PickOne(db_field, self.admin_site))
        return self._labelled(super().formfield_for_foreignkey(db_field, request, **kwargs))

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> "ModelMultipleChoiceField[Any] | None":
        """Several rows, found by typing."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", PickMany(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _labelled(self, field: "ModelChoiceField[Any] | None") -> "ModelChoiceField[Any] | None":
        if field is not None and field.queryset is not None and self.admin_site.is_registered(field.queryset.model):
            related = self.admin_site.get_model_admin(field.queryset.model)
            if isinstance(related, Editing):
                field.label_from_instance = related.label  # type: ignore[method-assign]
        return field


class Stacked(Comfort[Row], _Stacked[Row, Parent]):
    """Rows of a parent, one below the other."""

    extra = 0


class Tabular(Comfort[Row], _Tabular[Row, Parent]):
    """Rows of a parent as a table."""

    extra = 0


class Sober(Comfort[Row], _ModelAdmin[Row]):
    """Any list of rows: texts and ids that no database takes are answered, not passed on."""

    list_per_page = 50

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Answer NUL bytes and made-up ids as Django answers other nonsense: the plain list, with a word on it."""
        if any("\0" in text for _name, texts in request.GET.lists() for text in texts):
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
        if not all(map(usable_id, request.POST.getlist(helpers.ACTION_CHECKBOX_NAME))):
            self.message_user(request, _("The rows chosen don't exist. Choose them anew."), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return super().changelist_view(request, extra_context)

    def get_search_results(
        self, request: HttpRequest, queryset: "models.QuerySet[Any]", search_term: str
    ) -> "tuple[models.QuerySet[Row], bool]":
        """Find nothing for a text that no row can hold; PostgreSQL would refuse the query."""
        if "\0" in search_term:
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)


class Editing(Sober[Row]):
    """Rows that editors write. `kept_as_made` names the fields that are set once, at the start."""

    kept_as_made: tuple[str, ...] = ()
    actions: Any = ("delete_selected",)

    def label(self, obj: Row) -> str:
        """How a row is named where another one chooses it."""
        return str(obj)

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
            return HttpResponseRedirect(request.get_full_path())

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
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError:
            self._say_used(request)
            return HttpResponseRedirect(page)

    @admin.action(permissions=["delete"], description=gettext_lazy("Delete selected %(verbose_name_plural)s"))
    def delete_selected(self, request: HttpRequest, queryset: "models.QuerySet[Row]") -> HttpResponseBase | None:
        """Delete rows after a page that asks, unless something stands against it."""
        # A fresh query: those of lists carry sums and sorting that a deletion can't.
        chosen = self.model._base_manager.filter(pk__in=list(queryset.values_list("pk", flat=True)))
        if self._refuses(request, chosen):
            return None
        try:
            response: HttpResponseBase | None = actions.delete_selected(self, request, chosen)
        except ProtectedError:
            self._say_used(request)
            return None
        return response

    def _refuses(self, request: HttpRequest, chosen: "models.QuerySet[Any]") -> bool:
        reason = self.why_kept(chosen)
        if reason:
            self.message_user(request, reason, messages.ERROR)
        return bool(reason)

    def _say_used(self, request: HttpRequest) -> None:
        text = _("Something began to use this just now. Nothing was deleted.")
        self.message_user(request, text, messages.ERROR)
