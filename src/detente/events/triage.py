"""Passing over, before the parse, paragraphs that tell no deed: for archives of which most is sport, markets and weather.

An option, off by default, since it may lose deeds (docs/decisions/0013-no-triage-before-the-parse.md has the figures). The
judge's head `told` reads the sentences of each paragraph, cut without a parse; a paragraph stays where one of them is
likely enough to tell a deed, or holds a word of war.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.events.judge import Judge

LEAST = 0.2  # odds of a deed from which a sentence keeps its paragraph; half of what the judge itself asks for
_END = re.compile(r"(?<=[.!?”\"’])\s+(?=[A-Z“\"‘'(0-9])")
_WAR = re.compile(
    r"\b(?:rocket|missile|mortar|katyusha|grenade|bomb|landmine|artillery|shelling|air ?strike|warplane|drone|raid|massacre|"
    r"ambush|gunfire|gunm[ae]n|sniper|militia|troops|soldier|rebel|insurgent|ceasefire|truce|hostage|abduct|kidnap|assassinat|"
    r"behead|coup|sanction|protest|riot|nuclear|invasion|invade|siege|terroris|war\b)",
    re.I,
)


def sentences(text: str) -> list[str]:
    """A paragraph cut after full stops that a capital, a quotation mark or a digit follows."""
    return [part for part in _END.split(text) if part.strip()]


def worth(judge: Judge, paragraphs: Sequence[str]) -> list[bool]:
    """Which of these paragraphs are to be parsed."""
    parts = [(n, part) for n, text in enumerate(paragraphs) if not _WAR.search(text) for part in sentences(text)]
    kept = [bool(_WAR.search(text)) for text in paragraphs]
    for (n, _), odds in zip(parts, judge.told([part for _, part in parts]), strict=True):
        kept[n] = kept[n] or odds >= LEAST
    return kept
