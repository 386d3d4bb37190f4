"""A report's own words cut short: what stands round the deed, without the tail that only says who said it."""

from __future__ import annotations

import re

from detente.records import Event

_SAYING = (
    r"said|says|told|announced|declared|reported|promised|wrote|confirmed|stated|added|insisted|claimed|asserted|"
    r"warned|disclosed"
)
_TAIL = re.compile(rf",\s+(?:[^,]{{2,90}}?\s)?(?:{_SAYING})\b[^,;]*(?:,[^,;]*)?\.?$|,\s+(?:{_SAYING})\s[A-Z].*$")
_BREAK = re.compile(r"[;:]\s|,\s|\s–\s")


def gist(event: Event, limit: int = 110) -> str:
    """At most about `limit` characters of the evidence, the deed included; cuts are marked with an ellipsis."""
    text = event.evidence.quote
    start = max(0, event.trigger.start - event.evidence.start)
    end = min(len(text), start + len(event.trigger.quote))
    tail = _TAIL.search(text, end)
    stop = tail.start() if tail else len(text)
    begin = 0
    if stop > limit:
        breaks = [found.end() for found in _BREAK.finditer(text, 0, start)]
        if end > limit * 0.8 and breaks:
            begin = next((at for at in breaks if end - at <= limit * 0.8), breaks[-1])
        stop = _cut(text, begin, end, stop, limit)
    words = " ".join(text[begin:stop].split()).strip(" ,;:.“”\"'")
    return ("… " if begin else "") + words + (" …" if stop < (tail.start() if tail else len(text)) else "")


def _cut(text: str, begin: int, end: int, stop: int, limit: int) -> int:
    """Where to stop: the last clause break that fits, else the last whole word."""
    if stop - begin <= limit:
        return stop
    least = max(end, begin + limit // 2)
    breaks = [found.start() for found in _BREAK.finditer(text, least, begin + limit)]
    if breaks:
        return breaks[-1]
    at = text.rfind(" ", end, max(end + 1, begin + limit))
    return at if at > end else end
