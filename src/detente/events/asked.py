"""'Envoys let into the camp? Not so, says Asmara': a question that somebody answers in a word or two."""

from __future__ import annotations

from collections.abc import Iterator

from detente.events.cuewords import CUES
from detente.events.phrases import FINITE, Draft
from detente.events.syntax import with_word
from detente.events.tokens import Doc, Token

_NO = frozenset("no not never nonsense hardly nothing nowhere".split())
_LONGEST = 4  # words of the answer: a longer one tells more than no


def asked(doc: Doc) -> Iterator[Draft]:
    """One draft for each question whose answer is a bare no: what is asked about is denied by whoever answers."""
    for mark in with_word(doc, ("?",)):
        answer = _line(doc, mark.i + 1)
        comma = next((n for n, t in enumerate(answer) if t.text in (",", "—", "–")), 0)
        if not 0 < comma <= _LONGEST or answer[0].lower_ not in _NO:
            continue
        verb = next((t for t in answer[comma + 1 :] if t.tag_ in FINITE and "c" in CUES.verbs.get(t.lemma_, {})), None)
        source = {t.i for t in answer[comma + 1 :] if t is not verb}
        if verb is None or not source or verb.i not in (min(source) - 1, max(source) + 1):
            continue  # the speaker is all that stands beside the verb
        start = mark.i
        while start > 0 and doc[start - 1].text not in (".", "?", "!", "\n") and not doc[start - 1].is_space:
            start -= 1
        yield Draft({verb.i}, source, set(range(start, mark.i)), "denies", kind="headline", takes_quote=False)


def _line(doc: Doc, start: int) -> list[Token]:
    """The words up to the end of the sentence or line."""
    out: list[Token] = []
    for token in doc[start:]:
        if token.is_space or token.text in (".", "?", "!", ";"):
            break
        out.append(token)
    return out
