"""Filters of the event list that no column of a table answers: they ask the chronicle."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from quiz.admin import asking
from quiz.models import Event
from quiz.questions.chronicle import Chronicle
from quiz.study import facts


class _ByChronicle(admin.SimpleListFilter):
    """A filter whose events are named by the chronicle; an unknown value filters nothing."""

    parameter_name: str
    choices_offered: ClassVar[dict[str, Any]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        """Value and label of each choice."""
        return self.choices_offered.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """The events that the chosen value stands for."""
        value = self.value()
        if value not in self.choices_offered:
            return queryset
        return queryset.filter(key__in=self.keys(facts.chronicle(), value))

    def keys(self, chronicle: Chronicle, value: str) -> set[str]:
        """Keys of these events."""
        raise NotImplementedError


class Disputed(_ByChronicle):
    """Events on whose date or place the witnesses contradict each other."""

    title = _("disputed")
    parameter_name = "disputed"
    choices_offered = {"date": _("Date"), "place": _("Place"), "either": _("Date or place")}

    def keys(self, chronicle: Chronicle, value: str) -> set[str]:
        """Keys of these events."""
        if value == "either":
            return asking.disputed(chronicle, "date") | asking.disputed(chronicle, "place")
        return asking.disputed(chronicle, value)


class Askable(_ByChronicle):
    """Events that some kind of question can ask, or none. Retired ones are neither."""

    title = _("askable")
    parameter_name = "askable"
    choices_offered = {"yes": _("By some kind of question"), "no": _("Not askable")}

    def keys(self, chronicle: Chronicle, value: str) -> set[str]:
        """Keys of these events."""
        asked = asking.asked(chronicle)
        return asked if value == "yes" else set(chronicle.events) - asked
