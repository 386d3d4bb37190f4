"""Name keys: how a spelling in a text and a spelling in the gazetteer are brought to one form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from zlib import crc32

_SPECIAL = str.maketrans({
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a", "ħ": "h",
    "'": "", "’": "", "‘": "", "ʼ": "", "ʻ": "", "ʿ": "", "ʾ": "", "`": "", "´": "", "ʹ": "", "ʺ": "", '"': "",
    "-": " ", "–": " ", "‑": " ", "/": " ", ",": " ", "_": " ", "(": " ", ")": " ", ".": "",
})  # fmt: skip
_SHORT = {
    "st": "saint",
    "ste": "sainte",
    "mt": "mount",
    "ft": "fort",
    "twp": "township",
    "mtn": "mountain",
    "mtns": "mountains",
    "natl": "national",
    "&": "and",
    "tel": "tall",
    "tal": "tall",
    "tell": "tall",
}
# A word of a text: dotted initials ("U.S.", "W.Va."), or letters and digits with inner apostrophes but no "'s".
WORD = re.compile(r"(?:[A-Z]\.){2,}|[A-Z]\.(?:Va|Dak|Car)\b\.?|[^\W_]+(?:['’‘ʼʻ`](?!s\b)[^\W_]+)*")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return the key of a name: lower case, no accents, apostrophes or full stops, 'St' spelt out."""
    text = name
    if text.isascii() and text.isalnum():  # most words: nothing to take away
        low = text.lower()
        return _SHORT.get(low, low)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.lower().translate(_SPECIAL)
    return " ".join(_SHORT.get(w, w) for w in text.split())


_VOWELS = re.compile(r"[aeiouyw]+")
_ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az|ul) (?=\S)")
_SOUNDS = (("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("ph", "f"), ("q", "k"),
           ("c", "k"), ("z", "s"), ("j", "g"), ("v", "b"))  # fmt: skip


def skeleton(key: str) -> str:
    """Return a consonant skeleton of a folded key, for transliteration variants ('Hudaydah', 'Hodeidah')."""
    text = _ARTICLE.sub("", key)
    for a, b in _SOUNDS:
        text = text.replace(a, b)
    first = text[:1] if text[:1] in "aeiouy" else ""
    bare = _VOWELS.sub("", text.replace(" ", ""))
    squeezed = "".join(c for i, c in enumerate(bare) if i == 0 or c != bare[i - 1])
    return ("a" if first else "") + squeezed.rstrip("h")


def without_article(key: str) -> str | None:
    """Return an Arabic name's key without its leading article, or None if it has none."""
    bare = _ARTICLE.sub("", key)
    return bare if bare != key and len(bare) > 3 else None


SIEVE_BITS = 1 << 23


def sieve_bits(key: str) -> tuple[int, int]:
    """Return the two bits of a Bloom filter that a key sets; most names a text might hold are not in it."""
    raw = key.encode()
    return crc32(raw) % SIEVE_BITS, crc32(raw, 0x9E3779B9) % SIEVE_BITS
