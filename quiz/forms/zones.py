"""The time zone that a device says to be in."""

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms


@lru_cache(1)
def known_zones() -> frozenset[str]:
    """The IANA names of all time zones that this machine knows."""
    return frozenset(available_timezones())


class ZoneField(forms.CharField):
    """The IANA name of a time zone; blank for none, and for whatever is not the name of one.

    A script fills it in: nobody would see an error in it.
    """

    def __init__(self) -> None:
        """Nothing about it is to be chosen."""
        super().__init__(required=False, widget=forms.HiddenInput)

    def clean(self, value: Any) -> str:
        """The name, or blank."""
        name = str(value or "").strip()
        return name if name in known_zones() else ""
