"""The words of time: finds temporal expressions in plain text, without a parser or a publication date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from detente.events.numbers import NUMBER

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|Jun(?:e|\.)|Jul(?:y|\.)|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAYNAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\."
_D = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d)"
_Y = r"(?:\d{4})"
_UNIT = r"(?:minute|hour|day|night|week|fortnight|month|year|decade|centur(?:y|ie)|generation)s?"
_N = rf"(?i:{NUMBER}|an?|several|a few|a couple of|many|some)"
_REL_YEAR = r"(?:last year|this year|next year|the (?:previous|following) year|the year before)"
_PART = r"(?:[Ee]arly|[Ll]ate|[Mm]id|[Ee]arlier|[Ll]ater)"
_DAYPART = r"(?:morning|afternoon|evening|night|midnight|noon|dawn)"

# Order matters: the first pattern that matches a stretch of text owns it. Where one looks back first, a look ahead saves most of that.
_PATTERNS = [
    ("iso", r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b"),
    ("nightof", rf"\bnight (?:between (?P<w>{_DAYNAME}) and|of) (?P<w2>{_DAYNAME})"),
    ("between", rf"\b(?:[Bb]etween|[Ff]rom) (?P<d>{_D}) (?:and|to|until) (?P<d2>{_D}) (?P<m>{_MONTH})(?:,? (?P<y>{_Y}))?"),
    ("between", rf"\b(?P<d>{_D})\s?[-–]\s?(?P<d2>{_D}) (?P<m>{_MONTH})(?:,? (?P<y>{_Y}))?"),
    ("between", rf"\b(?:(?:[Bb]etween|[Ff]rom) )?(?P<m>{_MONTH}) (?P<d>{_D})(?:\s?[-–]\s?| and | to )(?P<d2>{_D})\b(?! {_MONTH})(?:, (?P<y>{_Y}))?"),
    ("spanned", rf"\b(?:[Bb]etween|[Ff]rom) (?P<a>{_D} {_MONTH}|{_MONTH} {_D}|{_MONTH}|{_Y})(?:,? (?P<ya>{_Y}))? (?:and|to|until|through) (?P<b>{_D} {_MONTH}|{_MONTH} {_D}|{_MONTH}|{_Y})(?:,? (?P<y>{_Y}))?"),
    ("monthday", rf"\b(?P<m>{_MONTH}) (?P<d>{_D})\b(?:,? (?P<y>{_Y})\b)?"),
    ("monthday", rf"\b(?:the )?(?P<d>{_D})(?: of)? (?P<m>{_MONTH})(?!\w)(?:,? (?P<y>{_Y})\b| (?P<ry>{_REL_YEAR}))?"),
    ("thatmonth", rf"\b(?P<which>that|the (?:same|following|next|previous)) (?P<m>{_MONTH})(?!\w)(?! \d)"),
    ("thatmonth", rf"\b(?P<m>{_MONTH}) of (?P<which>that|the same) year\b"),
    ("dayof", r"(?<=\b[Oo]n )the (?P<d>[12]?\d(?:st|nd|rd|th)|3(?:0th|1st))(?=[,.;:)]| (?:and|with|when|after|before|but|at|to|for|by|near)\b)"),
    ("month", rf"\b(?P<edge>(?:the )?(?:end|start|beginning|middle) of |{_PART}[- ])?(?P<m>{_MONTH})(?!\w),? (?:of )?(?:(?P<y>{_Y})\b|(?P<ry>{_REL_YEAR}))"),
    ("month", rf"\b(?P<edge>(?:the )?(?:end|start|beginning|middle) of |{_PART}[- ])(?P<m>{_MONTH})(?!\w)"),
    ("month", rf"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his) (?P<m>{_MONTH})(?!\w)"),
    ("month", rf"(?=[JFMASOND])(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Bb]y )|(?<=\b[Uu]ntil )|(?<=\b[Bb]efore )|(?<=\b[Aa]fter )|(?<=\b[Ff]rom )|(?<=\b[Ff]or )|(?<=\bas )|(?<=\bof )|(?<=\btill )|(?<=\bto ))(?P<m>{_MONTH})(?![\w’'])(?! \d)"),
    ("monthpos", r"\b(?P<m>January|February|April|June|July|August|September|October|November|December|March|May)['’]s\b"),
    ("season", rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Tt]he|[Ii]n) )(?P<edge>early |late )?(?P<s>spring|summer|autumn|winter)\b(?: of)?(?: (?P<y>{_Y})\b)?"),
    ("decade", r"\b(?:(?P<edge>early|late|mid)[- ])?(?P<y>\d{3})0s\b"),
    ("year", rf"\b(?P<edge>{_PART}[- ]|(?:the )?(?:end|start|beginning|middle) of )(?P<y>{_Y})\b"),
    ("year", r"(?=\d{4})(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince ))(?P<y>1[89]\d\d|20[0-4]\d)\b(?![.,]\d)(?= (?:[a-z]+ )?[a-z]+s\b)"),
    ("year", r"(?=\d{4})(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Bb]y )|(?<=\b[Uu]ntil )|(?<=\b[Bb]efore )|(?<=\b[Aa]fter )|(?<=\b[Ff]rom )|(?<=\bof )|(?<=\bto )|(?<=\band ))(?P<y>1[5-9]\d\d|20\d\d|21\d\d)\b(?![.,]\d| [a-z]+s\b)"),
    ("today", rf"\b(?P<word>(?:[Ee]arlier |[Ll]ater )?[Tt]oday|[Tt]onight|[Tt]omorrow|(?:[Ll]ate )?[Yy]esterday|[Tt]he day (?:before yesterday|after tomorrow)|[Oo]vernight|[Ll]ast night|[Tt]his (?:{_DAYPART}))\b"),
    ("weekday", rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: past)?|[Tt]his coming) )?(?:(?:{_PART}|[Ll]ater) (?:on )?)?(?P<w>{_DAYNAME})(?:['’]s)?(?: (?:{_DAYPART}))?(?: (?P<week>last week|next week|this week))?"),
    ("rel", rf"\b(?:(?:{_PART}) )?(?P<which>[Ll]ast|[Pp]ast|[Nn]ext|[Tt]his|[Cc]oming|[Pp]revious|[Ff]ollowing) (?P<u>week|weekend|fortnight|month|year|decade|century)\b(?:['’]s)?"),
    ("rel", r"\b(?P<edge>start|beginning|middle|end) of (?:(?P<which>last|next|this)|the) (?P<u>week)\b"),
    ("rel", r"\b(?:at|over|during) the (?P<u>weekend)\b|\bthe weekend(?=['’]s)"),
    ("year", r"(?<=\b[Tt]he )(?P<y>1[5-9]\d\d|20\d\d)(?= [a-z])"),
    ("sameday", r"\b(?P<word>(?:the |that )?(?:same|next|following|previous|very next) (?:day|night|morning|evening|week|month|year)|the day before|the day after|(?:later )?that (?:day|night|morning|evening|week))\b"),
    ("ago", rf"\b(?P<n>{_N}|{_UNIT[:-2]}s)(?: (?P<u>{_UNIT}))? ago\b"),
    ("shift", rf"\b(?P<n>{_N}) (?P<u>{_UNIT}) (?P<dir>earlier|before|later|afterwards?|after|prior)\b"),
    ("shift", r"\b(?P<n>the)(?: very)? (?P<u>day|week|month|year) (?P<dir>before|after)\b"),
    ("within", rf"\b(?:[Ww]ithin|[Ii]n)(?: the (?:next|coming))? (?P<n>{_N}) (?P<u>{_UNIT})(?:['’]s?)?(?: time)?\b(?! (?:ago|earlier|after|before|later))"),
    ("within", rf"\bthe (?:next|coming) (?P<n>{_N}) (?P<u>{_UNIT})\b"),
    ("past", rf"\b(?:(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or|[Ww]ithin) )?the (?:past|last|previous) (?P<n>{_N}) (?P<u>{_UNIT})\b"),
    ("past", r"\b(?:[Oo]ver|[Ii]n|[Dd]uring|[Ff]or) the (?:past|last) (?P<u>week|month|year|day|decade|century)\b"),
    ("for", rf"\b(?:[Ff]or|[Oo]ver)(?: (?:about|nearly|almost|more than|at least|some|over))? (?P<n>{_N}) (?P<u>{_UNIT})\b(?! ago)"),
    ("vague", rf"\b(?:in |over |for )?(?:recent|coming|past) (?:{_UNIT})\b|\b(?:[Rr]ecently|[Ll]ately)\b|\b(?:for )?(?:weeks|months|years|days|decades|hours) since\b"),
    ("vague", r"\b(?:days|weeks|months|years|hours|moments) (?:later|earlier|before|after)\b|\bfor (?:days|weeks|months|years|decades|generations)\b|\bin (?:days|weeks|months|years)\b"),
]  # fmt: skip
_COMPILED = [(kind, re.compile(p)) for kind, p in _PATTERNS]
# What must stand in a text for a pattern to match in it: one of the hints of its kind.
_HINTS = {
    "digit": re.compile(r"\d"),
    "year": re.compile(r"\d{4}"),
    "month": re.compile("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"),
    "weekday": re.compile("Mon|Tue|Wed|Thu|Fri|Sat|Sun"),
    "season": re.compile("spring|summer|autumn|winter"),
    "day": re.compile("day|night|morning|afternoon|evening|noon|dawn|orrow"),
    "unit": re.compile("minute|hour|day|night|week|month|year|decade|centur|generation|morning|evening|moments"),
    "lately": re.compile("ecently|ately"),
}
_NEEDS = {
    "iso": ("year",), "nightof": ("day",), "between": ("digit",), "spanned": ("digit", "month"),
    "monthday": ("digit",), "thatmonth": ("month",), "dayof": ("digit",), "month": ("month",), "monthpos": ("month",), "season": ("season",), "decade": ("digit",),
    "year": ("year",), "today": ("day",), "weekday": ("weekday",), "rel": ("unit",), "sameday": ("unit",),
    "ago": ("unit",), "shift": ("unit",), "within": ("unit",), "past": ("unit",), "for": ("unit",),
    "vague": ("unit", "lately"),
}  # fmt: skip
_MONTHLY = ("between", "monthday")  # these need a month's name as well
# Of some kinds also one of these stretches, in any case: a plain search is much quicker than the pattern.
_HOLDS = {
    "iso": ("-",), "nightof": ("night ",), "spanned": ("between ", "from "), "monthpos": ("'s", "’s"), "decade": ("0s",), "ago": (" ago",), "shift": ("earlier", "before", "later", "after", "prior"), "within": ("in ", "the "),
    "rel": ("last", "past", "next", "this", "coming", "previous", "following", "start", "beginning", "middle", "end"),
    "today": ("today", "tonight", "tomorrow", "yesterday", "the day ", "overnight", "last night", "this "),
    "past": ("the ",), "for": ("for ", "over "), "sameday": ("same", "next", "following", "previous", "the day ", "that "),
}  # fmt: skip
_LEAD = re.compile(r"\b(since|by|until|till|before|after|from|to|of)\s+(?:the |late |early |about )?$", re.I)


@dataclass(frozen=True, slots=True)
class Words:
    """One temporal expression: where it stands, its kind, its parts, and the preposition before it."""

    start: int
    end: int
    kind: str
    parts: dict[str, str]
    lead: str | None = None


@lru_cache(maxsize=64)  # dates, counts and deadlines ask for the same paragraph
def find_words(text: str) -> tuple[Words, ...]:
    """Every temporal expression in `text`, in order, not overlapping; 'since X' includes its 'since'."""
    taken: list[Words] = []
    low = text.lower()
    there = {hint for hint, pattern in _HINTS.items() if pattern.search(text)}
    for kind, pattern in _COMPILED:
        if not there.intersection(_NEEDS[kind]) or not any(part in low for part in _HOLDS.get(kind, ("",))):
            continue
        if kind in _MONTHLY and "month" not in there:
            continue
        for match in pattern.finditer(text):
            if any(w.start < match.end() and match.start() < w.end for w in taken):
                continue
            lead = _LEAD.search(text, max(0, match.start() - 16), match.start())
            word = lead[1].lower() if lead else None
            start = lead.start() if lead and word == "since" else match.start()
            parts = {k: v for k, v in match.groupdict().items() if v}
            taken.append(Words(start, match.end(), kind, parts | {"text": match.group()}, word))
    return tuple(sorted(taken, key=lambda w: w.start))
