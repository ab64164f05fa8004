"""Positions in words, for those who do not see the map, and for print without one."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from quiz.cartography.bearings import Fix, whereabouts

FROM = (
    _lazy("%(km)s km north of %(town)s"),
    _lazy("%(km)s km north-east of %(town)s"),
    _lazy("%(km)s km east of %(town)s"),
    _lazy("%(km)s km south-east of %(town)s"),
    _lazy("%(km)s km south of %(town)s"),
    _lazy("%(km)s km south-west of %(town)s"),
    _lazy("%(km)s km west of %(town)s"),
    _lazy("%(km)s km north-west of %(town)s"),
)
"""By number of the direction, clockwise from north."""


def position(lat: float, lon: float, *, without: Collection[str] = ()) -> str:
    """Where a point lies: 'Syria: 26 km north of al-Qutayfah, 41 km east of Baalbek'."""
    found = whereabouts(lat, lon, without=without)
    told = ", ".join(map(_told, found.fixes))
    if found.in_lebanon is None:
        return told
    return (_("Lebanon: %(position)s") if found.in_lebanon else _("Syria: %(position)s")) % {"position": told}


def _told(fix: Fix) -> str:
    return str(FROM[fix.wind]) % {"km": fix.km, "town": fix.town.name}
