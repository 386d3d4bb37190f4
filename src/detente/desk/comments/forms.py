"""What readers fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from detente.desk.comments.limit import LIMIT, left, plain
from detente.desk.comments.reasons import BY_READERS, REASONS, told


class PlainText(forms.CharField):
    """Text as it is kept; longer than allowed is said to be so, not cut."""

    def to_python(self, value: Any) -> str:
        """Composed, with \\n for every line's end."""
        return super().to_python(plain(value or ""))


class CommentForm(forms.Form):
    """Name, e-mail and text, all required."""

    name = forms.CharField(label=_("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Never shown. We write to it when your comment is published or refused."),
    )  # fmt: skip
    text = PlainText(
        label=_("Comment"), strip=False,  # counted as the writer sees it
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "data-limit": LIMIT, "aria-describedby": "comment-left"}),
    )  # fmt: skip

    def clean_email(self) -> str:
        """In lower case, so that one address is one."""
        return self.cleaned_data["email"].lower()

    def clean_text(self) -> str:
        """At most 1,500 characters."""
        text = self.cleaned_data["text"]
        if left(text) < 0:
            raise forms.ValidationError(told("too-long"), code="too-long")
        return text.strip()


def _choices() -> list[tuple[str, Any]]:
    return [(code, REASONS[code]) for code in BY_READERS]


class ReportForm(forms.Form):
    """What is wrong with a comment."""

    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=_choices)
    text = forms.CharField(
        label=_("More, if you like"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class AppealForm(forms.Form):
    """Why the decision was wrong."""

    text = forms.CharField(
        label=_("Why should it be published?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )


class AddressForm(forms.Form):
    """Whose data."""

    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)

    def clean_email(self) -> str:
        """In lower case, as it is kept."""
        return self.cleaned_data["email"].lower()
