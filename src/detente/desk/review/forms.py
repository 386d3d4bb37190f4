"""What readers fill in to report an error."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from detente.desk.review.models import ReaderReport


class ErrorForm(forms.Form):
    """What is wrong, and what it should be."""

    about = forms.ChoiceField(label=_("What is wrong?"), choices=ReaderReport.About.choices)
    text = forms.CharField(
        label=_("What does it say, and what should it say? How do you know?"), max_length=1000,
        help_text=_("No names or addresses of private persons, please. We do not learn who you are, so we cannot answer you."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )  # fmt: skip
