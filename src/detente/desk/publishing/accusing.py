"""Headlines that say who is to blame: those need two reviewers, whoever wrote them."""

from __future__ import annotations

import re

# 'attribute, never accuse' (docs/explanation/ethics.md): words by which a headline names somebody as the doer
_WORDS = (
    r"responsib\w*", r"irresponsib\w*", r"guilt\w*", r"culprits?", r"perpetrat\w*", r"to blame", r"blam(?:e|es|ed|ing)",
    r"behind", r"carried out by", r"masterminds?", r"masterminded", r"proof that", r"proves?", r"proven",
    r"caught", r"orchestrat\w*", r"ordered by", r"war crimes?", r"terrorists?",
)  # fmt: skip
_OTHER = (
    "مسؤول",
    "مسئول",
    "مذنب",
    "المدان",
    "منفّذ",
    "وراء",
    "مقصر",
    "مقصّر",
    "عامل حمله",
    "پشت حمله",
    "جنایت جنگی",
    "جرائم حرب",
)
_FOUND = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)


def accuses(headline: str) -> str | None:
    """The first word of a headline that names somebody as responsible, or None."""
    found = _FOUND.search(headline)
    return found.group() if found else next((word for word in _OTHER if word in headline), None)


def needed(headline: str) -> int:
    """How many people must approve it."""
    return 2 if accuses(headline) else 1
