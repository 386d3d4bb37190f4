"""Photo captions that stand in running text: found by the credit they end in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from detente.reference.outlets import credit_names

_LONGEST = 700
_MOST_WORDS = 90
_MOST_WORDS_SIGNED = 45
_MOST_CREDIT_WORDS = 8
_NAME = r"[^\W\d_][\w.'’\-]*"
_NAMES = rf"{_NAME}(?: {_NAME}){{0,5}}"
_MARK = (
    r"(?:(?:file )?(?:photo(?:graph)?|picture|image|video|screenshot|screengrab|illustration|map|graphic)s?"
    r"(?: credits?| source| courtesy| by)?|credits?|foto(?:grafía|grafia)?s?|imagen|crédit(?: photo)?|crédito|"
    r"photo(?:graphie)? credit|صورة|الصورة|تصوير|الصور)"
)
_BEFORE = r"(?:^|[.!?…»”\")\]،؟]\s*|\s[–—|-]\s*|[(\[])"
# After running words only "Photo: Name" counts: "a video of ..." and "photos by ..." are ordinary English.
_MARKED = re.compile(
    rf"(?:{_BEFORE}(?i:{_MARK})\s*(?::|©|(?i:by|courtesy of)\b)|\s(?i:{_MARK})\s*(?::|©))\s*"
    r"(?P<credit>[^\Wa-z_][^.!?:\n]{1,80}(?:\.[^.!?\n]{1,40}){0,2}?)[)\]]?\.?$"
)
_BRACKET = re.compile(r"\[(?P<credit>[^\[\]]{2,90})\]\.?$")
_PAREN = re.compile(r"\((?P<credit>[^()]{2,90})\)\.?$")
_SLASH = re.compile(
    rf"(?:[.!?…»”\")،؟]|\d)\s+[–—-]?\s*(?P<credit>©?\s?{_NAMES}\s?/\s?{_NAMES}(?:\s?/\s?{_NAMES})?)\.?$"
)
_DASH = re.compile(
    rf"[.!?…»”\")]\s+[–—-]{{1,2}}\s*"
    rf"(?P<credit>{_NAMES}(?: (?:file )?(?:photo|picture|image|handout)s?)|{_NAMES}(?:/{_NAMES})?)\.?$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"[.!?…»”\")]\s+(?P<credit>©\s?[^.©\n]{2,60})$")
_LEAD = re.compile(
    r"(?:file photo|file picture|file|photo|caption|image|in pictures|foto de archivo|pictured|صورة أرشيفية)"
    r"\s*(?::|[–—-]\s)|(?:image|photo|picture) caption,?\s",
    re.IGNORECASE,
)
_COPIED = re.compile(r"(?:image|photo|picture) (?:copyright|source),? (?P<credit>[^.!?\n]{2,60})", re.IGNORECASE)
_ONLY_CREDIT = re.compile(rf"[(\[]?{_MARK}\s*(?::|©|\bby\b)\s*[^.!?\n]{{2,80}}[)\]]?\.?$", re.IGNORECASE)
_PHOTO_WORD = re.compile(
    r"\b(?:photo|file|handout|via|picture|image|foto|pool|courtesy|screenshot|archives?)\b|صورة|أرشيف", re.IGNORECASE
)
_REPORTED = re.compile(r"\b(?:said|says|told|added|according to|announced|reported|quoted)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption's credit as printed, without brackets; `alone` when the line holds nothing else."""

    credit: str | None
    alone: bool = False


@lru_cache(maxsize=1)
def _agencies() -> frozenset[str]:
    return frozenset(name.casefold() for name in credit_names())


def _is_agency(text: str) -> bool:
    return any(part.strip().casefold() in _agencies() for part in re.split(r"[/,|]| via ", text))


def credit_like(text: str) -> bool:
    """Say whether bracketed words are a photo credit: an agency, Name/AGENCY, or words of the trade."""
    if _is_agency(text) or _PHOTO_WORD.search(text):
        return True
    return re.fullmatch(rf"©?\s?{_NAMES}\s?/\s?{_NAMES}(?:\s?/\s?{_NAMES})?", text.strip()) is not None


def _credit(match: re.Match[str]) -> str:
    credit = match["credit"].strip(" .,;:–—-")
    marked = re.match(rf"{_MARK}\s*(?::|\bby\b)\s*", credit, re.IGNORECASE)
    return credit[marked.end() :].strip() if marked is not None else credit


def _spells(words: str, short: str) -> bool:
    """Say whether the last words before a bracket are what it abbreviates: "World Food Programme (WFP)"."""
    initials = "".join(word[0] for word in words.split()[-8:] if word[0].isalnum()).casefold()
    return initials.endswith(short.casefold())


def _is_signature(line: str, match: re.Match[str]) -> bool:
    """Say whether a bare agency name in brackets signs the report itself, or explains an abbreviation."""
    if match["credit"].casefold() not in _agencies():
        return False
    before = line[: len(line) - len(match[0])]
    wordy = len(line.split()) > _MOST_WORDS_SIGNED or _REPORTED.search(line) is not None
    return wordy or match[0].endswith(".") or _spells(before, match["credit"])


def _tail(line: str, tail: str) -> re.Match[str] | None:
    for pattern in (_BRACKET, _PAREN):
        match = pattern.search(tail)
        if match is not None and credit_like(match["credit"]):
            return None if _is_signature(line, match) else match
    for pattern in (_SLASH, _MARKED, _COPYRIGHT):
        match = pattern.search(tail)
        if match is not None and len(match["credit"].split()) <= _MOST_CREDIT_WORDS:
            return match
    match = _DASH.search(tail)
    if match is not None and (_PHOTO_WORD.search(match["credit"]) or _is_agency(match["credit"])):
        return match
    return None


def find_caption(line: str) -> Caption | None:
    """Say whether a paragraph is a photo caption, and by whom the photo is; None for the report's own text."""
    if len(line) > _LONGEST or len(line.split()) > _MOST_WORDS:
        return None
    match = _tail(line, line[-160:])
    if match is not None:
        before = line[: len(line) - len(match[0])].strip(" .([")
        return Caption(_credit(match), alone=len(before) < 3)
    copied = _COPIED.fullmatch(line)
    if copied is not None:
        return Caption(copied["credit"].strip(), alone=True)
    if _ONLY_CREDIT.match(line) and len(line) < 120:
        return Caption(line.split(":", 1)[-1].strip(" ()[]."), alone=True)
    return Caption(None) if _LEAD.match(line) and len(line.split()) <= 60 else None
