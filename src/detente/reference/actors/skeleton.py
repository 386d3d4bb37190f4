"""Keys under which spellings of one name meet: folded text, and the consonant skeleton."""

from __future__ import annotations

import re
import unicodedata

_SAME = {
    "’": "'", "‘": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'", "`": "'", "´": "'", "ʻ": "'",
    "‐": "-", "‑": "-", "–": "-", "—": "-", "\u00a0": " ", "\n": " ", "\t": " ", "\r": " ",
    "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "s", "æ": "a", "œ": "o",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك",
}  # fmt: skip


class _Fold(dict[int, str]):
    """Code point -> one folded character, worked out when first asked for."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _SAME.get(char.lower() if char not in _SAME else char)
        if folded is None:
            base = unicodedata.normalize("NFKD", char)[:1].lower()
            folded = base if len(base) == 1 else char
        self[code] = folded
        return folded


_FOLD = _Fold()


def fold(text: str) -> str:
    """Lower case, without accents, with plain quotes and hyphens; exactly as many characters as `text`."""
    return text.translate(_FOLD)


# Longest first: digraphs of the usual transliterations, then sounds that spellings confuse.
_SOUNDS = (
    (re.compile(r"[’'`]"), ""),
    (re.compile(r"tch|ch|sh"), "$"),
    (re.compile(r"dj|dzh"), "j"),
    (re.compile(r"kh|ck|q|c"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"v"), "w"),
)
_ARTICLE = re.compile(r"\b(?:al|el|ar|as|ash|at|ad|an|az|ul|ol)[- ](?=\w)")
_WORD = re.compile(r"[^\W_]+")
_END = re.compile(r"(?:(?P<a>a|ah|eh|e|at)|(?P<i>i|y|iy|iyy|ee|ii|ie))$")


def _word_key(word: str) -> str:
    end = _END.search(word)
    mark = "" if end is None or len(word) < 4 else ("@" if end.group("a") else "!")
    body = word[: end.start()] if mark and end else word
    for pattern, sound in _SOUNDS:
        body = pattern.sub(sound, body)
    body = re.sub(r"([^aeiouyw])\1+", r"\1", body)
    kept = re.sub(r"[aeiouyw]", "", body)
    return (kept or word) + mark


def skeleton(name: str) -> str:
    """Consonant-skeleton key: equal for usual transliterations of one name ('ktb hzbl@' for Kata'ib Hezbollah).

    Arabic articles and vowels inside words fall away; a closing vowel is kept as a mark, so that
    'al-Nusra' and 'al-Nasr' differ.
    """
    folded = _ARTICLE.sub("", fold(name).replace("'", "").replace(".", ""))
    return " ".join(_word_key(w) for w in _WORD.findall(folded))
