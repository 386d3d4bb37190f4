"""What templates of every part use."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import template
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from detente.records import Sentence

if TYPE_CHECKING:
    from detente.desk.publishing.layout import Line

register = template.Library()
_DAY = "j F Y"  # in every language: "April 3, 2020" and "3/4/2020" are read differently in different places


@register.filter
def stamp(when: date | datetime | None) -> SafeString | str:
    """A day or moment as a <time> element, worded in the reader's language; moments say that they are UTC."""
    if when is None:
        return "—"
    if isinstance(when, datetime):
        text = f"{formats.date_format(when, _DAY)} · {formats.time_format(when, 'H:i')} UTC"
        return format_html('<time datetime="{}">{}</time>', when.strftime("%Y-%m-%dT%H:%MZ"), text)
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), formats.date_format(when, _DAY))


@register.filter
def marked(line: Line) -> SafeString:
    """A sentence of a story with links to its notes; what was computed, and the editors' own words, say so."""
    sentence = line.sentence
    why = f"{_('Computed')}: {sentence.computed}" if sentence.computed and not sentence.evidence else ""
    own, said = format_html(' <span class="own">{}</span>', _("(editors)")) if sentence.editorial else "", ""
    if why and not sentence.editorial and not line.head:  # cells of a table are lists of what was computed
        own = format_html(' <span class="own" title="{}">{}</span>', why, _("(computed)"))
    elif why:
        said = format_html(' title="{}"', why)
    links = format_html_join("", '<a class="note" href="#n{}">{}</a>', ((n, n) for n in line.notes))
    notes = format_html("<sup>{}</sup>", links) if links else ""
    return format_html("<span{}>{}</span>{}{}", said, sentence.text, own, notes)


@register.inclusion_tag("publishing/sentence.html", takes_context=True)
def editable(context: dict[str, Any], name: str, line: Sentence | None, label: str) -> dict[str, Any]:
    """A sentence in the editing form: as it is saved, or as it was just sent, with what was wrong with it."""
    given, base = context["given"], line or Sentence("")
    sent = name in given
    kept = set(given.getlist(f"{name}-keep")) if sent else {str(n) for n in range(len(base.evidence))}
    return {
        "name": name, "label": label, "fault": context["faults"].get(name), "computed": base.computed,
        "text": given.get(name, base.text), "own": f"{name}-own" in given if sent else base.editorial,
        "evidence": [(n, span, str(n) in kept) for n, span in enumerate(base.evidence)],
        "quote": given.get(f"{name}-quote", ""), "report": given.get(f"{name}-report", ""),
    }  # fmt: skip


@register.simple_tag
def sent(given: Any, name: str, saved: str = "") -> str:
    """A field of the form as it was just sent, else as it is saved."""
    return given.get(name, saved)
