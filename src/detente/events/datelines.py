"""'Turku: dockers block grain ships': a label that says where, not who speaks."""

from __future__ import annotations

from detente.events.phrases import FINITE
from detente.events.tokens import Span

_PLAIN = frozenset(["NOUN", "PROPN", "ADJ", "NUM", "PUNCT"])
_NAMES = frozenset(["NORP", "GPE", "LOC", "ORG", "PERSON", "FAC"])
_SPEAKING = frozenset("no we our us not".split())


def is_dateline(label: Span, news: Span) -> bool:
    """Whether a place stands before news of people there without a name ('farmers block …'), told in the present.

    A capital that speaks tells of itself ('no talks', 'we …'), of what was done or will be, or of others by name ('Serb police raid …').
    """
    if any(t.pos_ not in ("PROPN", "NOUN") for t in label) or not any(t.ent_type_ in ("GPE", "LOC") for t in label):
        return False
    at = next((n for n, t in enumerate(news) if t.pos_ in ("VERB", "AUX")), 0)
    doers = news[:at]
    if not at or news[at].tag_ not in FINITE - {"MD", "VBD"}:
        return False
    nameless = all(t.pos_ in _PLAIN and (n == 0 or t.text.islower() or not t.is_alpha) for n, t in enumerate(doers))
    return nameless and not any(t.lower_ in _SPEAKING or t.ent_type_ in _NAMES for t in doers)
