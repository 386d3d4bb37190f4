"""A report's own words cut short: what stands round the deed, without the tail that only says who said it."""

from __future__ import annotations

import re

from detente.records import Event

_SAYING = (
    r"said|says|told|announced|declared|reported|promised|wrote|confirmed|stated|added|insisted|claimed|asserted|"
    r"warned|disclosed"
)
_TAIL = re.compile(
    rf",\s+(?:[^,]{{2,90}}?\s)?(?:{_SAYING})\b[^,;]*(?:,[^,;]*)?\.?$|,\s+(?:{_SAYING})\s[A-Z].*$|"
    r",\s+according to [^,;]+(?:,[^,;]*)?\.?$"
)
_BREAK = re.compile(r"[;:]\s|,\s|\s–\s")
_NEW_CLAUSE = re.compile(r"[;:]\s|\s–\s|,\s(?:and|but|while)\s(?=(?:the|an?|its|his|their|it|they|he|she)\b|[A-Z])")
_HANGING = frozenset(
    "a an the and or but nor of to for from in on at by with as that which who whose when while where between into "
    "its his her their is are was were be been has have had will would not no more than about near several".split()
)
_ON = 40  # characters told after a deed that stands late: "destroyed" alone leaves the reader asking what
_ROOM = 4 / 3  # a sentence this much over the limit is left whole: a cut costs the reader more


def gist(event: Event, limit: int = 110) -> str:
    """About `limit` characters of the evidence, at most a third more unless the deed stands further on.

    A cut is marked with an ellipsis. The beginning is cut only where a clause of its own starts, so that nothing is told
    without who did it.
    """
    text = event.evidence.quote
    start = max(0, event.trigger.start - event.evidence.start)
    end = min(len(text), start + len(event.trigger.quote))
    tail = _TAIL.search(text, end)
    whole = tail.start() if tail else len(text)
    most, begin, stop = round(limit * _ROOM), 0, whole
    if stop > most:
        clauses = [found.end() for found in _NEW_CLAUSE.finditer(text, 0, start)]
        if end > 2 * limit and clauses:
            begin = next((at for at in clauses if end - at <= limit), clauses[-1])
        stop = _cut(text, begin, end, stop, max(most, end - begin + _ON))
    words = " ".join(text[begin:stop].split()).strip(" ,;:.“”\"'")
    return ("… " if begin else "") + words + (" …" if stop < whole else "")


def _cut(text: str, begin: int, end: int, stop: int, most: int) -> int:
    """Where to stop: the last clause break that fits, else the last word that leaves nothing hanging."""
    if stop - begin <= most:
        return stop
    breaks = [found.start() for found in _BREAK.finditer(text, max(end, begin + most // 2), begin + most)]
    if breaks:
        return breaks[-1]
    at = text.rfind(" ", end, max(end + 1, begin + most))
    while at > end and _hangs(text[:at], text[at:]):
        at = text.rfind(" ", end, at)
    return at if at > end else end


def _hangs(before: str, after: str) -> bool:
    """True where the last word needs the next: "a base in", "Salah" of "Salah al-Din"."""
    last, following = before.rsplit(None, 1)[-1], after.lstrip()
    name = last[:1].isupper() and (following[:1].isupper() or following.startswith(("al-", "el-")))
    return name or last.casefold() in _HANGING
