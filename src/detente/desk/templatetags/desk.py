"""What templates of every part use."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def stamp(when: date | datetime | None) -> SafeString | str:
    """A day or moment as a <time> element, worded in the reader's language; moments say that they are UTC."""
    if when is None:
        return "—"
    if isinstance(when, datetime):
        text = f"{formats.date_format(when, 'DATE_FORMAT')}, {formats.time_format(when, 'H:i')} UTC"
        return format_html('<time datetime="{}">{}</time>', when.strftime("%Y-%m-%dT%H:%MZ"), text)
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), formats.date_format(when, "DATE_FORMAT"))
