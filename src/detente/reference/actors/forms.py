"""The forms of a spelling, and the context it is read in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from detente.reference.actors.skeleton import fold
from detente.reference.actors.tables import Spelling

_WORD_START = re.compile(r"(?<![^\s-])\S")
_WORDS = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class Context:
    """What the text around a spelling says: how often each country is named, and the folded text."""

    countries: Counter[str]
    text: str = ""
    people: frozenset[str] = frozenset()  # offices one of whose holders is named in full

    def fit(self, reading: Spelling) -> float | None:
        """How well `reading` fits: None = must not be read so, 0 = by default, more = spoken for."""
        if reading.unless_words and any(w in self.text for w in reading.unless_words):
            return None
        if not reading.ruled:
            return 0.0
        seen = sum(self.countries[c] for c in reading.when_country)
        words = sum(w in self.text for w in reading.needs_words)
        return float(seen + 2 * words) or None


def variants(text: str, families: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Folded forms under which one spelling is looked up: other spellings of its words, apostrophes and hyphens missing."""
    forms = {fold(text)}
    for word in set(_WORDS.findall(next(iter(forms)))):
        for other in families.get(word, ()):
            forms |= {re.sub(rf"(?<![\w']){re.escape(word)}(?![\w'])", other, f) for f in forms}
    forms |= {f.replace("'", "") for f in forms}
    return forms | {f.replace("-", " ") for f in forms}


def capitals(form: str, entry: Spelling) -> tuple[int, ...]:
    """Where `form` must have capitals to be read as `entry`: the starts of its capitalised words."""
    if entry.case != "name" or entry.native:
        return ()
    starts = [m.start() for m in _WORD_START.finditer(form)]
    words = entry.text.replace("-", " ").split()
    if len(starts) != len(words):
        return tuple(starts)
    return tuple(at for at, word in zip(starts, words, strict=True) if word[0].isupper())
