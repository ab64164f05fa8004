"""What the pages of cards say in words: intervals, when the next card comes, what was undone."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quiz.forms.cards import RATINGS
from quiz.models import Deed, Review
from quiz.scheduling import Rating

WEEK, MONTH, YEAR = 7, 30.44, 365.25
"""In days."""
MONTHS = 12


def interval(days: int) -> str:
    """When a card comes back after so many days: exact below a month, rounded to a month below a year, to a tenth of a
    year beyond.
    """
    if days == 0:
        return _("once more today")
    if days == 1:
        return _("tomorrow")
    if days <= MONTH:
        return _("in %(n)s days") % {"n": days}
    months = round(days / MONTH)
    if months < MONTHS:
        return ngettext("in %(n)s month", "in %(n)s months", months) % {"n": months}
    years = round(days / YEAR, 1)
    shown = int(years) if years == int(years) else years
    return ngettext("in %(n)s year", "in %(n)s years", 1 if shown == 1 else 2) % {"n": shown}


def alike(days: Mapping[Rating, int]) -> tuple[str, str] | None:
    """The names of two ratings, one step apart, after which a card comes back on the same day; None for none."""
    pairs = pairwise(sorted(days))
    found = next(((one, other) for one, other in pairs if days[one] == days[other]), None)
    return (str(RATINGS[found[0]]), str(RATINGS[found[1]])) if found else None


def coming(at: datetime, now: datetime, zone: tzinfo) -> str:
    """When something comes, by the learner's calendar and clock: 'tomorrow, from 04:00'."""
    local = at.astimezone(zone)
    days = (local.date() - now.astimezone(zone).date()).days
    clock = date_format(local, "H:i")
    if days == 0:
        return _("today, from %(time)s") % {"time": clock}
    if days == 1:
        return _("tomorrow, from %(time)s") % {"time": clock}
    day = date_format(local, "l, j F") if days < WEEK else date_format(local, "j F Y")
    return _("on %(day)s, from %(time)s") % {"day": day, "time": clock}


def deed(entry: Review) -> str:
    """What was done with a card, as a name: for 'Undo: …'."""
    match entry.what:
        case Deed.SUSPENDED:
            return _("set aside")
        case Deed.BURIED:
            return _("put off until tomorrow")
        case Deed.RESUMED:
            return _("taken back")
        case _other:
            return _("rated “%(rating)s”") % {"rating": RATINGS[Rating(entry.rating or Rating.AGAIN)]}


def rated(cards: int, new: int) -> str:
    """What was done today, once no card is left; `new` ones may still be begun."""
    if new:
        text = ngettext("%(n)s new card is still to come.", "%(n)s new cards are still to come.", new)
        return text % {"n": new}
    if not cards:
        return _("Nothing is left for today.")
    text = ngettext(
        "Done for today: %(n)s card rated. Nothing is left.",
        "Done for today: %(n)s cards rated. Nothing is left.",
        cards,
    )
    return text % {"n": cards}
