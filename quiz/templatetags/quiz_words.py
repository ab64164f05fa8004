"""Filters that put values of the chronicle into words."""

import re
from math import floor

from django import template
from django.template.defaultfilters import floatformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from quiz.chronology import in_words, parse
from quiz.models import Claim, Counted, Figure, Stance
from quiz.questions.making import KINDS

register = template.Library()


@register.filter
def date_words(text: str) -> str:
    """An EDTF text as a reader would say it; blank for a blank one."""
    return unbroken(in_words(parse(text))) if text else ""


@register.filter
def percent(share: float) -> str:
    """A share from 0 to 1 as a whole number of per cent."""
    return _("%(n)s\u202f%%") % {"n": round(share * 100)}


_JOINED = re.compile(
    r"(?:(?<=\d) (?=(?:January|February|March|April|May|June|July|August|September|October|November|December)\b))"
    r"|(?:(?<=¶) (?=\d))|(?:(?<=\bsentence) (?=\d))|(?:(?<=\d) (?=km\b))"
)
"""Blanks at which no line ends: between a day and its month, a sign or a unit and its number."""


@register.filter
def unbroken(text: str) -> str:
    """A text with no-break spaces where a line should not end: '16 March', '¶ 3', '20 km'."""
    return _JOINED.sub("\N{NO-BREAK SPACE}", str(text))


@register.filter
def points(score: float) -> str:
    """A score to a tenth of a point, rounded down: nobody reads of a full score who has none; 0 is told as it is."""
    return str(floatformat(floor(score * 10 + 1e-6) / 10, -1))


@register.filter
def kilometres(km: float) -> str:
    """A distance in whole kilometres, at least one."""
    return unbroken(_("%(n)s km") % {"n": max(1, round(km))})


@register.filter
def kind_title(name: str) -> str:
    """The title of a kind of question; blank for one that is no longer made."""
    return _(KINDS[name].title) if name in KINDS else ""


@register.filter
def stance_words(claim: Claim) -> str:
    """On whose word a claim stands, and how its source stands to it."""
    whose = {"who": claim.voice.in_sentence} if claim.voice else {}
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


_UNITS = {Counted.SHARE_PERCENT: _lazy("%(n)s %%"), Counted.DISTANCE_KM: _lazy("%(n)s km")}
_BECAME = {
    Counted.KILLED,
    Counted.WOUNDED,
    Counted.CAPTURED,
    Counted.MISSING,
    Counted.RELEASED,
    Counted.SURRENDERED,
    Counted.DISPLACED,
}
"""What became of people, so that it follows their name without a comma: 'soldiers killed'."""


@register.filter
def figure_words(figure: Figure) -> str:
    """A figure with what it counts: 'soldiers killed: at least 18'."""
    what = Counted(figure.what)
    amount = str(_UNITS[what]) % {"n": figure.amount} if what in _UNITS else figure.amount
    noun = str(what.label)
    counted = "" if what in {*_UNITS, Counted.OTHER} or noun in figure.of_whom else noun
    label = (" " if what in _BECAME else ", ").join(part for part in (figure.of_whom, counted) if part)
    return f"{label[:1].upper()}{label[1:]}: {amount}" if label else amount


@register.filter
def arabic(name: str) -> SafeString | str:
    """An Arabic name marked as such, for screen readers and for the direction of its letters; blank for none."""
    return format_html('<bdi class="ar" lang="ar" dir="rtl">{}</bdi>', name) if name else ""
