"""What all pages of the admin share: fields that name other rows whole, and answers to bad input."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin import helpers, options
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import models
from django.forms import ModelChoiceField, ModelForm, ModelMultipleChoiceField, Textarea
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

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
            if isinstance(related, Sober):
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

    def label(self, obj: Row) -> str:
        """How a row is named where another one chooses it."""
        return str(obj)

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
