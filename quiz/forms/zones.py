"""Time zones: the one that a device says to be in, and all that can be chosen."""

from collections import defaultdict
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

CONTINENTS = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Antarctica": _("Antarctica"),
    "Arctic": _("Arctic"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic Ocean"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific Ocean"),
}
"""How the names of time zones begin that are offered; the others are old names and offsets."""
LIKELY = (
    ("Europe/London", _("London")),
    ("Asia/Beirut", _("Beirut")),
    ("Asia/Damascus", _("Damascus")),
    ("Asia/Amman", _("Amman")),
    ("Europe/Istanbul", _("Istanbul")),
    ("Europe/Berlin", _("Berlin")),
    ("Asia/Dubai", _("Dubai")),
    ("America/New_York", _("New York")),
)
"""Time zones that stand before the four hundred others: those of the story, and where many of its readers are."""


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


def zone_choices(now: datetime, chosen: str = "") -> list[tuple[str, Any]]:
    """The time zones, each with the time that its clocks show: likely ones first, then all by continent.

    `chosen` comes before them, whatever its name.
    """
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(known_zones()):
        continent, _slash, town = name.partition("/")
        if town and continent in CONTINENTS:
            groups[continent].append((name, _with_time(town.replace("/", " – "), name, now)))
    offered: list[tuple[str, Any]] = [("", _with_time(gettext("Not chosen: UTC"), "UTC", now))]
    likely = [(name, str(label)) for name, label in LIKELY if name in known_zones()]
    if chosen and chosen in known_zones() and chosen not in dict(likely):
        offered.append((chosen, _with_time(chosen.rpartition("/")[-1], chosen, now)))
    offered.append((gettext("Often chosen"), [(name, _with_time(label, name, now)) for name, label in likely]))
    return offered + [(str(CONTINENTS[continent]), towns) for continent, towns in groups.items()]


def _with_time(label: str, name: str, now: datetime) -> str:
    return f"{label.replace('_', ' ')} ({now.astimezone(ZoneInfo(name)):%H:%M})"
