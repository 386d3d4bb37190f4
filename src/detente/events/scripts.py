"""Speakers told by the layout alone: transcripts ('WALLACE: Let us begin.') and quotations signed with a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

Offsets = tuple[int, int]

_LABEL = re.compile(r"^[\"“]?([A-Z][A-Z.'’ -]{1,40}(?:, [A-Z ]+)?)(:)\s+(\S[^\n]*)$", re.M)
_SIGNED = re.compile(
    r"^([\"“«][^\n]{12,}?[\"”»])\s*([―—–]|--)\s*"
    r"([A-Z][\w.’'-]+(?:[ \xa0](?:[A-Z][\w.’'-]+|de|da|van|von|bin|al|of)){0,4})\.?$",
    re.M,
)
_ENOUGH = 2  # labels that make a transcript: one alone is 'UPDATE:' or 'VIDEO:'


def scripts(text: str) -> Iterator[tuple[Offsets, Offsets, Offsets]]:
    """(source, cue, content) of each labelled line of a transcript and of each signed quotation."""
    labels = list(_LABEL.finditer(text))
    if len(labels) >= _ENOUGH:
        for match in labels:
            yield match.span(1), match.span(2), match.span(3)
    for match in _SIGNED.finditer(text):
        yield match.span(3), match.span(2), match.span(1)
