"""Which part of one's history to show."""

from django import forms


class HistoryForm(forms.Form):
    """After which sitting, by its token, the page begins; none for the newest."""

    after = forms.SlugField(max_length=22, required=False)
