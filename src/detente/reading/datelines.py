"""Datelines and bylines as print has them: "GENEVA, 3 June (AFP) - ...", "By A. Reporter"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.reading.dates import parse_date

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|"
    r"September|October|November|December|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\.?"
)
_DATE = (
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:, ?\d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|\d{{4}}-\d\d-\d\d)"
)
_UPPER = r"[^\W\d_a-zà-öø-ÿ][^\W\d_a-zà-öø-ÿ.'’\-]+"
_TITLE = r"[^\W\d_a-z][\w.'’\-]+"
_UPPER_PLACE = rf"{_UPPER}(?:(?:[ /]|, ){_UPPER}){{0,4}}"
_TITLE_PLACE = rf"{_TITLE}(?: (?:[a-z]{{2,4}} )?{_TITLE}){{0,3}}"
_STATE = rf"(?:, {_TITLE}(?: (?:of |the )*{_TITLE}){{0,3}}){{0,2}}"
_AGENCY = r"(?: ?\((?P<agency>[^()\n]{2,60})\))"
_DASH = r"\s*(?:(?:—|–|--|-)(?=\s)|--(?=[A-Z]))\s*"
# A place in capitals is enough for a dateline; one in lower case needs a date, an agency or its country beside it.
_DASHED = re.compile(rf"(?P<line>{_UPPER_PLACE}{_STATE}(?:, ?{_DATE})?){_AGENCY}?(?:,? ?{_DATE})?{_DASH}")
_DATED = re.compile(rf"(?P<line>{_TITLE_PLACE}{_STATE},? {_DATE}){_AGENCY}?(?:{_DASH}|: )")
_SIGNED = re.compile(rf"(?P<line>{_TITLE_PLACE}{_STATE}){_AGENCY}{_DASH}")
_SIGNED_ONLY = re.compile(rf"(?P<line>){_AGENCY}{_DASH}")
# With its country after a comma ("Raipur, India - "), or before a long dash ("Tbilisi — "), if a sentence begins there.
_BEGINS = r"(?=[“\"‘']?[^\W\d_a-z])"
_ABROAD = re.compile(rf"(?P<line>{_TITLE_PLACE}, {_TITLE}(?: (?:of |the )*{_TITLE}){{0,2}}){_AGENCY}?{_DASH}{_BEGINS}")
_BARE = re.compile(rf"(?P<line>{_TITLE_PLACE}){_AGENCY}?\s*(?:—|–|--)\s+{_BEGINS}")
_COLON = re.compile(rf"(?P<line>{_UPPER_PLACE}(?:, ?{_DATE})?){_AGENCY}?:\s+(?=[^\W\d_a-z]|[“\"‘'\d])")
_ARABIC = re.compile(
    r"(?P<line>[\u0621-\u064a]{2,15}(?: [\u0621-\u064a]{2,15}){0,2})(?: ?\((?P<agency>[^()\n]{2,40})\))\s*[-–—:]\s*"
)
_WINDOW = 140
_NOT_PLACES = frozenset(
    (
        "BREAKING UPDATE UPDATED EXCLUSIVE WATCH LIVE ANALYSIS OPINION EXPLAINER FACTBOX URGENT NOTE "
        "CORRECTION VIDEO PHOTOS THE THIS WE NEWS WORLD POLITICS OPINIONS REVIEW PROFILE PREVIEW PODCAST Q A WARNING TIMELINE INTERVIEW EDITORIAL COMMENT SUMMARY BACKGROUND FILE"
    ).split()
)  # fmt: skip

_BYLINE = re.compile(
    r"(?:(?:written|reported|story) )?(?:by|par|por|بقلم|كتب|كتبت)[:\s]\s*(?P<who>[^\W\d_][^.!?:\n]{2,100}?)\.?$",
    re.IGNORECASE,
)
_REPORTERS = re.compile(r"\(?(?:additional )?reporting (?:and writing )?by (?P<who>[^.;()]{2,160})", re.IGNORECASE)
_DATE_LABEL = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated|modified|date|publié|mis à jour|publicado|actualizado|نشر في|نشر)"
    r"(?: on| at| le| el)?\s*:?\s*)+",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a dateline ends in its paragraph, what it says, and the agency in brackets."""

    end: int
    text: str
    agency: str | None


def find_dateline(paragraph: str) -> Dateline | None:
    """Read the dateline a report opens with, or return None."""
    head = paragraph[:_WINDOW]
    for pattern in (_DASHED, _DATED, _SIGNED, _SIGNED_ONLY, _ABROAD, _BARE, _COLON, _ARABIC):
        match = pattern.match(head)
        if match is None or match.end() >= len(paragraph):
            continue
        line = match["line"].strip(" ,")
        if line.split(" ")[0].rstrip(",:").upper() in _NOT_PLACES:
            return None
        return Dateline(match.end(), line, match["agency"])
    return None


def find_byline(line: str) -> str | None:
    """Return the names of a line that is nothing but a byline ("By A. Reporter and B. Writer")."""
    if len(line) > 140:
        return None
    match = _BYLINE.fullmatch(line.strip())
    return match["who"].strip(" |,-–—") if match is not None else None


def find_reporters(line: str) -> str | None:
    """Return the names of a closing credit ("Reporting by X; Editing by Y": X)."""
    match = _REPORTERS.match(line.strip())
    return match["who"].strip() if match is not None else None


def is_date_line(line: str) -> bool:
    """Say whether a header line holds a date and nothing else but a label, a weekday and a time."""
    if len(line) > 90 or parse_date(line) is None:
        return False
    words = _DATE_WORDS.findall(_DATE_LABEL.sub("", line))
    return len(words) <= 7 and not re.search(r"[.!?]\s*$", line)


def says_updated(line: str) -> bool:
    """Say whether a date line gives the day of the last change and not of publication."""
    return (
        re.match(r"\s*(?:last )?(?:updated|modified|mis à jour|actualizado|آخر تحديث|تحديث)", line, re.IGNORECASE)
        is not None
    )
