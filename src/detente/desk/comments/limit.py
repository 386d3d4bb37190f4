"""How long a comment may be, counted alike here and in static/comments/comments.js."""

from __future__ import annotations

import unicodedata

LIMIT = 1500


def plain(text: str) -> str:
    """The text as it is kept: composed (NFC), lines ended by \\n, however a browser sent them."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def count(text: str) -> int:
    """Unicode code points of the plain text: one for each letter of any script, and no way to hide more in fewer."""
    return len(plain(text))


def left(text: str) -> int:
    """How many more there may be; below 0 where there are too many."""
    return LIMIT - count(text)
