"""Orders of two events that documents state in words."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from quiz.admin import asking
from quiz.admin.editing import Editing
from quiz.models import StatedOrder
from quiz.study import facts


class OrderList(ChangeList):
    """A page of the list: the chronicle is read once for all its rows."""

    def get_results(self, request: HttpRequest) -> None:
        """Set beside each order both events with place and date, by which they can be told from their like."""
        super().get_results(request)
        chronicle = facts.chronicle()
        for order in self.result_list:
            order.told = tuple(asking.label(chronicle, event) for event in (order.earlier, order.later))


@admin.register(StatedOrder)
class StatedOrderAdmin(Editing[StatedOrder]):
    """The order of two events that a document states in words."""

    autocomplete_fields = ("earlier", "later", "passage")
    list_display = ("earlier_event", "words", "later_event", "passage")
    list_filter = ("passage__source",)
    search_fields = ("words", "earlier__clause", "earlier__key", "later__clause", "later__key")
    search_help_text = gettext_lazy("The words that order, or the clause or key of either event.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StatedOrder]:
        """With both events, which name the row, and the passage."""
        return super().get_queryset(request).select_related("earlier", "later", "passage__source")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that knows the chronicle."""
        return OrderList

    @admin.display(description=gettext_lazy("earlier"), ordering="earlier__key")
    def earlier_event(self, order: StatedOrder) -> str:
        """With place and date."""
        return str(order.__dict__["told"][0])

    @admin.display(description=gettext_lazy("later"), ordering="later__key")
    def later_event(self, order: StatedOrder) -> str:
        """With place and date."""
        return str(order.__dict__["told"][1])
