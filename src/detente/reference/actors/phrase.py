"""Takes one mention apart: determiners off, segments between prepositions, who modifies whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTES = " \t\n\"'“”‘’«»[](){}.,;:"
_NUMBER = r"\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen|dozens of|scores of|hundreds of|thousands of"
_LEAD = re.compile(
    rf"(?:(?P<plain>the|this|that|these|those|his|her|its|their|our|all|both|any|no|each|other|mr\.?|mrs\.?|ms\.?|dr\.?)"
    rf"|(?P<count>an?|some|several|many|few|another|more than|at least|about|around|nearly|almost|up to|over|more|most"
    rf"|{_NUMBER}))\s+(?=\S)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*,\s+|\s+(?:(?:\w+ly|also|better)\s+)?(?P<alias>known(?:\s+\w+)?\s+as|calling (?:itself|themselves)|called)\s+|\s+(?P<prep>of|for|from|in|at|near|inside|outside|across|to|with|against|on|by|who|which|that|under|over|around|between|toward|towards|after|before|during|as|deployed|based|stationed|fighting)\s+",
    re.IGNORECASE,
)  # fmt: skip
_BELONGS = frozenset({"of", "for", "from"})
_WITHIN = frozenset({"in", "at", "near", "inside", "across", "outside", "stationed", "based", "deployed"})
_LEANS = re.compile(
    r"^(?:-|\s)(?:and\s\S+-)?(?:backed|aligned|led|supported|allied|funded|financed|trained|armed|sponsored|linked|run|controlled|held|"
    r"occupied|administered|inspired|affiliated|appointed|made|supplied|friendly|brokered|mediated|owned|born|"
    r"based|bound|flagged|equipped|recruited|imposed|dominated|leaning|loyal|directed|designated)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"(?:\b(?:anti|pro|non|ex|trans|inter|post|pre)[- ]?$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a mention and how it hangs on the head: "head", "of" (belongs), "in" (stands within) or "other"."""

    tie: str
    start: int
    end: int


def clean(mention: str) -> tuple[str, bool]:
    """The mention without quotes, counts and determiners other than 'the', and whether it counts individuals."""
    text, counted, definite = mention.strip(_QUOTES), False, ""
    text = re.sub(r"[’']s?$", "", text) if re.search(r"(?:[’']s|s[’'])$", text) else text
    while lead := _LEAD.match(text):
        counted = counted or lead.group("count") is not None
        definite = text[: lead.end()] if lead.group().lower().strip() == "the" else ""
        text = text[lead.end() :].lstrip(_QUOTES)
    return definite + text or mention.strip(), counted


def segments(text: str) -> tuple[Segment, ...]:
    """The mention cut at commas and prepositions; the first segment is the head."""
    parts: list[Segment] = []
    tie, start = "head", 0
    for cut in _CUT.finditer(text):
        if cut.start() <= start and tie == "head":
            continue
        parts.append(Segment(tie, start, cut.start()))
        prep = (cut.group("prep") or "").lower()
        start = cut.end()
        if cut.group("alias") or (prep in _BELONGS and tie in ("head", "of")):
            tie = "of"
        elif prep in _WITHIN:
            tie = "in"
        else:
            tie = "other"
    parts.append(Segment(tie, start, len(text)))
    return tuple(parts)


def leans(text: str, start: int, end: int) -> bool:
    """Whether the name at text[start:end] only colours what follows: 'Iran-backed', 'anti-Houthi'."""
    return bool(_LEANS.match(text[end : end + 24]) or _AGAINST.search(text[max(0, start - 6) : start]))


def against(text: str, start: int) -> bool:
    """Whether what follows is against the name at `start`: 'anti-Iran protesters'."""
    return text[max(0, start - 5) : start].lower().rstrip("- ").endswith("anti")


_ARMED = re.compile(r"(?:the\s+)?(?:\w+ly\s+)?(?:armed|masked|hooded|gun-toting)\s+[a-z-]+s$", re.IGNORECASE)


def armed(text: str) -> bool:
    """Whether it counts people by their weapons alone: 'armed motorcyclists', 'heavily armed attackers'."""
    return bool(_ARMED.match(text))


_POINTING = re.compile(r"\W*(?:this|that|these|those|his|her|its|their|our|such)\s", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|ex|ousted|deposed|retired|exiled|one-time|onetime)\b", re.IGNORECASE)
_FOREIGN = re.compile(
    r"\b(?:foreign|western|european|arab|gulf|african|asian|international|regional|coalition|allied|latin american|"
    r"nordic|baltic|balkan|multinational|overseas|islamic|muslim|jewish|christian)\b",
    re.IGNORECASE,
)


def pointing(mention: str) -> bool:
    """Whether it points back at somebody named before ('those troops', 'its forces'): no country can be assumed."""
    return bool(_POINTING.match(mention))


def former(text: str) -> bool:
    """Whether the mention speaks of somebody out of office."""
    return bool(_FORMER.search(text))


def foreign(text: str) -> bool:
    """Whether the mention says it is not the report's own country: 'a Western diplomat'."""
    return bool(_FOREIGN.search(text))
