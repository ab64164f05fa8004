"""Accounts: signing up, logging in, settings, passwords, goodbye."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    SetPasswordForm,
    SetPasswordMixin,
    UserCreationForm,
)
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from quiz.forms.zones import ZoneField, zone_choices
from quiz.models import User
from quiz.models.user import MOST_PER_DAY, Theme
from quiz.scheduling import LEAST_RETENTION, MOST_RETENTION
from quiz.study.accounts import Settings
from quiz.study.guests import GUEST_PREFIX

RULES = _(
    "At least 8 characters. Not only digits, not a password that many people use, and not nearly your username. A few "
    "words that have nothing to do with each other are easy to remember and hard to guess."
)
"""What Django's validators ask for (settings: AUTH_PASSWORD_VALIDATORS), said before anything is typed."""
DIFFER = _("This is not the same as the password above. Type the same one twice.")


class _NewPassword(SetPasswordMixin):  # type: ignore[type-arg]
    """For forms that set a password: the rules stand before the first field, and what breaks them is told there."""

    error_messages = {"password_mismatch": DIFFER}
    fields: dict[str, forms.Field]

    def validate_password_for_user(self, user: Any, password_field_name: str = "") -> None:
        """Tell what is wrong with a password at the field where it was typed first, whichever is named."""
        first = "password1" if "password1" in self.fields else "new_password1"
        super().validate_password_for_user(user, first)


class SignUpForm(_NewPassword, UserCreationForm):  # type: ignore[type-arg]
    """A name and a password: nothing else is asked."""

    zone = ZoneField()

    class Meta(UserCreationForm.Meta):  # its field normalises names (NFKC) as log-in does
        model = User
        fields = ("username",)
        labels = {"username": _("Username")}
        help_texts = {
            "username": _("Letters, digits and the signs @ . + - _ without spaces. It need not be your name.")
        }
        error_messages = {
            "username": {
                "required": _("Type a username."),
                "unique": _("Somebody has this username already. Choose another."),
                "invalid": _("Use only letters, digits and the signs @ . + - _ without spaces."),
                "max_length": _("A username has at most 150 characters."),
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say plainly what is asked and what is missing."""
        super().__init__(*args, **kwargs)
        _word(self, "password1", _("Password"), RULES, _("Type a password."))
        _word(self, "password2", _("Password again"), "", _("Type the password once more."))

    def clean_username(self) -> str:
        """Refuse names like those that the site gives to guests: nobody could tell the two apart."""
        name: str = super().clean_username() or ""
        if name.casefold().startswith(GUEST_PREFIX):
            message = _("Usernames that begin with “%(start)s” are kept for guests. Choose another.")
            raise forms.ValidationError(message, params={"start": GUEST_PREFIX})
        return name


def _word(form: forms.BaseForm, name: str, label: Any, help_text: Any, required: Any) -> None:
    """Give a field of Django's own forms its words."""
    field = form.fields[name]
    field.label, field.help_text, field.error_messages["required"] = label, help_text, required


class LogInForm(AuthenticationForm):
    """A name and a password, and the time zone of the device."""

    error_messages = {
        "invalid_login": _("Username and password do not go together. Check both; capitals count in the password."),
        "inactive": _("This account is closed. Ask an editor about it."),
    }
    zone = ZoneField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say plainly what is missing."""
        super().__init__(*args, **kwargs)
        _word(self, "username", _("Username"), "", _("Type your username."))
        _word(self, "password", _("Password"), "", _("Type your password."))


class NewPasswordForm(_NewPassword, SetPasswordForm):  # type: ignore[type-arg]
    """A new password, by a link from an editor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say plainly what is asked and what is missing."""
        super().__init__(*args, **kwargs)
        _word(self, "new_password1", _("New password"), RULES, _("Type a new password."))
        _word(self, "new_password2", _("New password again"), "", _("Type the new password once more."))


class OtherPasswordForm(NewPasswordForm, PasswordChangeForm):
    """Another password, by somebody who knows the old one."""

    error_messages = {"password_mismatch": DIFFER, "password_incorrect": _("This is not your present password.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say plainly what is asked and what is missing."""
        super().__init__(*args, **kwargs)
        _word(self, "old_password", _("Present password"), "", _("Type your present password."))


# --- Settings -----------------------------------------------------------------------------------


def _whole(least: int, most: int, label: Any, help_text: Any) -> forms.IntegerField:
    """A field for a whole number, which says its bounds whatever is wrong with what was typed."""
    message = format_lazy(_("Type a whole number from {least} to {most}."), least=least, most=most)
    return forms.IntegerField(
        validators=[MinValueValidator(least, message), MaxValueValidator(most, message)],
        widget=forms.NumberInput(attrs={"min": least, "max": most}),
        error_messages={"required": message, "invalid": message},
        label=label,
        help_text=help_text,
    )


class SettingsForm(forms.Form):
    """How the site behaves for one learner; the retention is asked in per cent."""

    time_zone = forms.ChoiceField(
        required=False,
        label=_("Time zone"),
        help_text=_(
            "Dates and times are shown by it, and a new day of cards begins at 04:00 there. If you change it, nothing "
            "is lost: what you did stays on its day."
        ),
        error_messages={"invalid_choice": _("Choose a time zone from the list.")},
    )
    new_per_day = _whole(
        0,
        MOST_PER_DAY,
        _("New cards a day"),
        _("At most this many facts are put before you for the first time. 0 stops them."),
    )
    reviews_per_day = _whole(
        0,
        MOST_PER_DAY,
        _("Reviews a day"),
        _("At most this many cards come back on one day. What is left over waits; nothing is lost."),
    )
    retention = _whole(
        round(LEAST_RETENTION * 100),
        round(MOST_RETENTION * 100),
        _("How much you want to remember, in per cent"),
        _(
            "At 90, a card comes back when the chance that you still know it has fallen to 90 in 100. At 95 it comes "
            "back in less than half the time, which means more reviews; at 80 it takes about three times as long. A "
            "change counts for each card from its next rating on."
        ),
    )
    shortcuts = forms.BooleanField(
        required=False,
        label=_("Keyboard shortcuts"),
        help_text=_("Single keys choose answers and rate cards. They do nothing while you type in a field."),
    )
    theme = forms.ChoiceField(
        choices=Theme.choices,
        widget=forms.RadioSelect,
        label=_("Light or dark"),
        error_messages={"required": _("Choose one of the three."), "invalid_choice": _("Choose one of the three.")},
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
        strip=False,
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password.")},
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
