"""Fields in which another row is found by typing a part of its name."""

from typing import TYPE_CHECKING, Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.urls import reverse

from quiz.models import Event

# Longer ones don't fit a database's whole numbers, and SQLite's driver raises.
LONGEST_ID = 18
NO_ID = "?"
WIDE = "min(44em, 100%)"

if TYPE_CHECKING:
    _Autocomplete = AutocompleteSelect
else:
    _Autocomplete = object


def usable_id(value: object) -> bool:
    """Whether a submitted value can be the id of any row; Django's own widgets raise for those that can't."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID


class _Picking(_Autocomplete):
    """Looks events up where their clause is shown with its place, everything else where Django does."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> Any:
        """Room for a whole line, where lines are long."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        wide = self.allow_multiple_selected or self.field.remote_field.model is Event
        return {**attrs, "data-width": WIDE} if wide else attrs

    def get_url(self) -> str:
        """Where the browser asks for what fits."""
        if self.field.remote_field.model is Event:
            return reverse("admin:quiz_event_search")
        return super().get_url()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was chosen; a made-up id becomes one that the field refuses with a message."""
        value = super().value_from_datadict(data, files, name)
        if isinstance(value, list):
            return [one if usable_id(one) else NO_ID for one in value]
        return value if not value or usable_id(value) else NO_ID

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """The rows chosen so far, without made-up ones."""
        return super().optgroups(name, [one for one in value if usable_id(one)], attr)


class PickOne(_Picking, AutocompleteSelect):
    """One row."""


class PickMany(_Picking, AutocompleteSelectMultiple):
    """Several rows."""
