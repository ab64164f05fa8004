"""Filters that put values of the chronicle into words."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from quiz.chronology import in_words, parse
from quiz.models import Claim, Counted, Figure, Stance

register = template.Library()


@register.filter
def date_words(text: str) -> str:
    """An EDTF text as a reader would say it; blank for a blank one."""
    return in_words(parse(text)) if text else ""


@register.filter
def percent(share: float) -> str:
    """A share from 0 to 1 as a whole number of per cent."""
    return _("%(n)s %%") % {"n": round(share * 100)}


@register.filter
def stance_words(claim: Claim) -> str:
    """On whose word a claim stands, and how its source stands to it."""
    whose = {"who": claim.voice.name} if claim.voice else {}
    named, unnamed = {
        Stance.ASSERTS: (_("on the word of %(who)s"), _("told by the source itself")),
        Stance.REPORTED: (_("reported on the word of %(who)s"), _("reported, without saying on whose word")),
        Stance.UNCONFIRMED: (_("unconfirmed, from %(who)s"), _("unconfirmed")),
        Stance.PREDICTED: (_("predicted by %(who)s"), _("predicted")),
        Stance.DOUBTS: (_("doubted by %(who)s"), _("doubted")),
        Stance.DENIES: (_("denied by %(who)s"), _("denied")),
    }[Stance(claim.stance)]
    return named % whose if whose else unnamed


@register.filter
def is_doubted(claim: Claim) -> bool:
    """Whether a claim is less than an assertion or a report: unconfirmed, predicted, doubted or denied."""
    return claim.stance not in {Stance.ASSERTS, Stance.REPORTED}


@register.filter
def figure_words(figure: Figure) -> str:
    """A figure as one phrase: how many, of whom, and what became of them."""
    if figure.what == Counted.SHARE_PERCENT:
        parts = [_("%(n)s %%") % {"n": figure.amount}, figure.of_whom]
    elif figure.what == Counted.DISTANCE_KM:
        parts = [pgettext("distance", "%(n)s km") % {"n": figure.amount}, figure.of_whom]
    elif figure.what == Counted.OTHER:
        parts = [figure.amount, figure.of_whom]
    else:
        what = figure.get_what_display()
        parts = [figure.amount, figure.of_whom, "" if what in figure.of_whom else what]
    return " ".join(part for part in parts if part)


@register.filter
def arabic(name: str) -> SafeString | str:
    """An Arabic name marked as such, for screen readers and for the direction of its letters; blank for none."""
    return format_html('<bdi class="ar" lang="ar" dir="rtl">{}</bdi>', name) if name else ""
