"""Accounts: signing up, logging in, settings, passwords, goodbye."""

from collections import defaultdict
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UserCreationForm
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quiz.forms.zones import ZoneField, known_zones
from quiz.models import User
from quiz.models.user import MOST_PER_DAY, Theme
from quiz.scheduling import LEAST_RETENTION, MOST_RETENTION
from quiz.study.accounts import Settings
from quiz.study.guests import GUEST_PREFIX

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


class SignUpForm(UserCreationForm):  # type: ignore[type-arg]
    """A name and a password: nothing else is asked."""

    zone = ZoneField()

    class Meta(UserCreationForm.Meta):  # its field normalises names (NFKC) as log-in does
        model = User
        fields = ("username",)

    def clean_username(self) -> str:
        """Refuse names like those that the site gives to guests: nobody could tell the two apart."""
        name: str = super().clean_username() or ""
        if name.casefold().startswith(GUEST_PREFIX):
            message = _("Names that begin with “%(start)s” are kept for guests.")
            raise forms.ValidationError(message, params={"start": GUEST_PREFIX})
        return name


class LogInForm(AuthenticationForm):
    """A name and a password, and the time zone of the device."""

    zone = ZoneField()


def zone_choices(now: datetime, chosen: str = "") -> list[tuple[str, Any]]:
    """The time zones by continent, each with the time that its clocks show; `chosen` is listed whatever its name."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(known_zones()):
        continent, _slash, town = name.partition("/")
        if town and continent in CONTINENTS:
            groups[continent].append((name, _with_time(town, name, now)))
    offered: list[tuple[str, Any]] = [("", _with_time(gettext("Not chosen: UTC"), "UTC", now))]
    if chosen and chosen in known_zones() and chosen.partition("/")[0] not in CONTINENTS:
        offered.append((chosen, _with_time(chosen, chosen, now)))
    return offered + [(str(CONTINENTS[continent]), towns) for continent, towns in groups.items()]


def _with_time(label: str, name: str, now: datetime) -> str:
    return f"{label.replace('_', ' ')} ({now.astimezone(ZoneInfo(name)):%H:%M})"


def _per_day(label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=MOST_PER_DAY, label=label, help_text=help_text)


class SettingsForm(forms.Form):
    """How the site behaves for one learner; the retention is asked in per cent."""

    time_zone = forms.ChoiceField(
        required=False,
        label=_("Time zone"),
        help_text=_("Your study day begins at 04:00 there. Changing it loses nothing: what you did stays on its day."),
    )
    retention = forms.IntegerField(
        min_value=round(LEAST_RETENTION * 100),
        max_value=round(MOST_RETENTION * 100),
        label=_("Desired retention, in per cent"),
        help_text=_(
            "A card comes back when the chance that you still recall it has fallen to this. Higher costs more reviews: "
            "with 95 the intervals are less than half as long as with 90, with 80 about three times as long. A change "
            "counts from the next rating of each card on."
        ),
    )
    new_per_day = _per_day(
        _("New cards a day"), _("At most so many facts that you have not met on a card are begun each day; 0 for none.")
    )
    reviews_per_day = _per_day(
        _("Reviews a day"), _("At most so many cards come back each day; the rest waits, the best remembered first.")
    )
    shortcuts = forms.BooleanField(
        required=False,
        label=_("Keyboard shortcuts"),
        help_text=_("Single keys choose answers and rate cards. They never act while you type."),
    )
    theme = forms.ChoiceField(
        choices=Theme.choices,
        widget=forms.RadioSelect,
        label=_("Theme"),
        help_text=_("Whether pages are light or dark."),
    )

    def __init__(self, data: Any = None, *, user: User, now: datetime) -> None:
        """Start from what the learner has; `now` is for the time shown with each zone."""
        begin = {name: getattr(user, name) for name in self.base_fields if name != "retention"}
        super().__init__(data, initial={**begin, "retention": round(user.desired_retention * 100)})
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = zone_choices(now, user.time_zone)

    def settings(self) -> Settings:
        """The settings made; only after `is_valid`."""
        values = dict(self.cleaned_data)
        return Settings(desired_retention=values.pop("retention") / 100, **values)


class GoodbyeForm(forms.Form):
    """An account is deleted with its password, a guest with a mark: nobody does it by accident."""

    password = forms.CharField(
        strip=False, label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    sure = forms.BooleanField(
        label=_("Yes, delete everything that I did here"),
        error_messages={"required": _("Mark this if you want all of it deleted.")},
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        """Ask for the one that this learner has."""
        super().__init__(data)
        self.user = user
        del self.fields["password" if user.is_guest else "sure"]

    def clean_password(self) -> str:
        """Refuse a wrong one."""
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password
