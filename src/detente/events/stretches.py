"""Stretches: the unbroken words of one voice, with '…, the minister said, …' cut out, as the grammar of terms needs them.

Read off punctuation and word order, since parses of asides and orders often fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from detente.events.asides import is_thing_told_of
from detente.events.cuewords import CUES
from detente.events.idioms import idiom_at
from detente.events.phrases import FINITE
from detente.events.quotes import find_quotes
from detente.events.tokens import Doc, Token

_CUTS = frozenset(";:—–.!?")
_QUOTES = frozenset('“”«»„‹›"') | {"''", "``"}
_LONGEST = 16  # tokens of one reporting clause
# words that bring speech but stand in a party's own words as well ('we answer', 'they hold')
_NOT_ALONE = CUES.silent | {
    "answer",
    "continue",
    "agree",
    "show",
    "charge",
    "fear",
    "believe",
    "claim",
    "record",
    "log",
}
_OPENERS = frozenset(
    "if unless when until once should and or but who which because while as after before i we you".split()
)
_TITLES = frozenset(["NOUN", "PROPN", "DET", "ADJ", "PRON", "NUM", "PART", "ADP", "CCONJ", "ADV"])


@dataclass(slots=True)
class Piece:
    """Words between two cuts; `quoted`: within quotation marks; `cut`: the mark that ended it."""

    words: list[Token]
    quoted: bool
    cut: str = ""


@dataclass(slots=True)
class Stretch:
    """One voice's words, and the reporting clauses that were cut out of them; `cut`: the mark that ended it."""

    words: list[Token]
    reports: list[list[Token]]
    quoted: bool
    cut: str = ""


def stretches(doc: Doc) -> list[Stretch]:
    """The stretches of a paragraph, in order: commas stay, quotation marks and reporting clauses do not. Read once a text."""
    if _KEY not in doc.user_data:
        doc.user_data[_KEY] = list(_stretches(doc))
    found: list[Stretch] = doc.user_data[_KEY]
    return found


_KEY = "detente-stretches"


def _stretches(doc: Doc) -> Iterator[Stretch]:
    pieces = [p for p in _pieces(doc) if p.words]
    joined: set[int] = set()
    for k, piece in enumerate(pieces):
        if k in joined:
            continue
        words, reports = (piece.words, []) if piece.quoted else _without_reports(piece.words)
        after = pieces[k + 1 : k + 3]
        if piece.quoted and len(after) == 2 and after[1].quoted and _reports_and_goes_on(after[0]):
            words = [*words, *after[1].words]  # “Free him,” he said, “and …”
            joined |= {k + 1, k + 2}
        words = _trimmed(words)
        if words:
            yield Stretch(words, reports, piece.quoted, piece.cut)


def _pieces(doc: Doc) -> Iterator[Piece]:
    quotes = find_quotes(doc.text)
    inside = [False] * len(doc)
    for quote in quotes:
        for token in doc.char_span(quote.start, quote.end, alignment_mode="expand") or ():
            inside[token.i] = True
    piece = Piece([], False)
    for token in doc:
        cut = token.text in _QUOTES or (token.is_space and "\n" in token.text)
        cut = cut or (token.text in _CUTS and not _within_word(token))
        if cut or (piece.words and inside[token.i] != piece.quoted):
            piece.cut = token.text
            yield piece
            piece = Piece([], inside[token.i])
        if not cut and not token.is_space:
            if not piece.words:
                piece.quoted = inside[token.i]
            piece.words.append(token)
    yield piece


def _within_word(token: Token) -> bool:
    """The dot of 'Lt. Col.' that stands as a token of its own: something goes on in lower case or without a space."""
    return token.text == "." and not token.whitespace_ and token.i + 1 < len(token.doc) and token.nbor().is_alpha


def _without_reports(words: list[Token]) -> tuple[list[Token], list[list[Token]]]:
    """The words without comma-fenced reporting clauses, and those clauses with the names that belong to them."""
    parts = _parts(words)
    if len(parts) == 1:
        return words, []
    kept: list[list[Token]] = []
    reports: list[list[Token]] = []
    for k, part in enumerate(parts):
        if not is_report(part) or (k == 0 and not says(part[-1])):
            kept.append(part)
            continue
        names: list[Token] = []
        if next(t for t in part if t.text != ",").pos_ in ("VERB", "AUX"):  # 'its minister, Clarisse Uwera, said'
            while len(kept) > 1 and _is_name(kept[-1]):
                names = [*kept.pop(), *names]
        reports.append([*names, *part])
    return [t for part in kept for t in part], reports if kept else []


def _parts(words: list[Token]) -> list[list[Token]]:
    """The words cut before each comma, which stays with what follows it."""
    parts: list[list[Token]] = [[]]
    for token in words:
        if token.text == "," and parts[-1]:
            parts.append([])
        parts[-1].append(token)
    return [p for p in parts if len(p) > 1 or p[0].text != ","]


def is_report(part: list[Token]) -> bool:
    """', the Tanzanian major shouted to the raiders', ', read a notice on the quay', ', he said'."""
    words = [t for t in part if t.text != ","]
    if not words or len(words) > _LONGEST or words[0].lower_ in _OPENERS or any(t.tag_ == "MD" for t in words):
        return False
    at = next((k for k, t in enumerate(words) if says(t)), None)
    if at is None:
        return spoken(words) is not None
    if any(t.lower_ in ("that", "whether", "if") for t in words[at + 1 :]):
        return False
    before = words[:at]
    if is_thing_told_of(before):
        return False
    before = before[: next((k for k, t in enumerate(before) if k and t.lower_ == "who"), at)]
    return all(t.pos_ in _TITLES or t.tag_ in ("VBN", "VBG", "HYPH") or t.pos_ == "AUX" for t in before)


def spoken(words: Sequence[Token]) -> Token | None:
    """The verb of a clause without an object that a comma sets off from another clause: ', a Berlin curator muses.'

    Whatever the verb, it tells how the words beside it were given: the whole sentence before it, or the clause that it parts
    ('The truce, its backers hope, holds').
    """
    at = next((k for k, t in enumerate(words) if t.tag_ in FINITE), 0)
    verb, before, after = words[at], words[:at], words[at + 1 :]
    named = at and before[0].pos_ in _NAMING and all(t.pos_ in _TITLES and t.tag_ not in _ASKING for t in before)
    if not named or verb.pos_ != "VERB" or any(b.pos_ == "DET" and a.pos_ == "NOUN" for a, b in pairwise(before)):
        return None  # 'a claim the presidency waved away'
    bare = all(t.pos_ == "ADV" for t in after) or (
        after[0].pos_ == "ADP" and not any(t.tag_ in FINITE or t.tag_ == "CC" for t in after)
    )
    return verb if bare and _set_off(words) else None


def _set_off(words: Sequence[Token]) -> bool:
    """Whether a sentence stands before the words and nothing after them, or they part a subject from its verb."""
    doc, first, after = words[0].doc, words[0], words[-1].i + 1
    start = first.sent.start
    if first.i <= start + 1 or doc[first.i - 1].text != ",":
        return False
    rest = doc[start : first.i - 1]
    if rest[0].pos_ not in _NAMING or any(t.text in (",", ";", ":") or t.tag_ == "CC" for t in rest):
        return False
    if after < len(doc) and doc[after].text == ".":
        return any(t.tag_ in FINITE for t in rest)
    parted = after + 1 < len(doc) and doc[after].text == "," and doc[after + 1].tag_ in FINITE
    return parted and not any(t.pos_ in ("VERB", "AUX") for t in rest)


_ASKING = frozenset(["WDT", "WP", "WP$", "WRB", "EX", "CC"])
_NAMING = frozenset(["DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"])
# past forms that the tagger takes for nouns
_TAKEN = {"swore": "swear", "vowed": "vow", "shot back": "retort"}


_PEOPLE_OR_THINGS = frozenset("state volunteer radio cable text post note blog message phone joke comment".split())


def lemma_of(token: Token) -> str:
    """The lemma of a word of speech, also where the tagger took it for a noun."""
    return _TAKEN.get(token.lower_) or _verb_forms(token)[0]


def _verb_forms(token: Token) -> list[str]:
    """The verb of speech that a word may be a form of, before its lemma: 'states', 'estimate', 'decreed'."""
    word = token.lower_
    bases = (word, word.removesuffix("s"), word.removesuffix("d"), word.removesuffix("ed"))
    return [b for b in bases if "c" in CUES.verbs.get(b, {}) and b not in _NOT_ALONE] or [token.lemma_.lower()]


def _taken_for_noun(token: Token) -> bool:
    """'…, sources in the council insist.', '…, a brigade order states.': at the end of its part, agreeing with a noun before."""
    doc, i = token.doc, token.i
    if token.pos_ != "NOUN" or i < 2 or i + 1 >= len(doc) or doc[i + 1].text not in _ENDS:
        return False
    base = _verb_forms(token)[0]
    if "c" not in CUES.verbs.get(base, {}):
        return False
    low = next((k for k in range(i - 1, -1, -1) if doc[k].text in _ENDS), -1)
    if low < 0 or doc[low + 1].pos_ not in ("NOUN", "PROPN", "DET", "ADJ", "NUM"):
        return False  # ', with unions signing the appeal', ', according to volunteers'
    if token.lower_ == base:
        return any(t.tag_ in ("NNS", "NNPS") for t in doc[low + 1 : i])
    return doc[i - 1].tag_ in ("NN", "NNP") or token.lower_ != f"{base}s"


_ENDS = frozenset([",", ".", ";", ":", "—", "–", "”"])


def says(token: Token) -> bool:
    """Is this a finite verb that brings what somebody said?"""
    if token.lower_ in _TAKEN or _taken_for_noun(token):
        return True
    finite = token.tag_ in FINITE or token.tag_ in ("VBN", "NNS") or (token.lemma_ == "let" and token.tag_ == "VB")
    if not finite:
        return False
    if (
        token.lemma_ in ("run", "go")
        and token.i
        and token.nbor(-1).text in (",", "”", '"')
        and token.i + 1 < len(token.doc)
    ):
        return token.nbor().lower_ in ("a", "the", "one", "its")  # ', ran a note from …'
    if token.tag_ == "NNS" and token.lemma_.lower() in _PEOPLE_OR_THINGS:
        return False
    cue = CUES.verbs.get(token.lemma_.lower())
    return (cue is not None and "c" in cue and token.lemma_.lower() not in _NOT_ALONE) or idiom_at(token) > 0


def _is_name(part: list[Token]) -> bool:
    return len(part) < 9 and all(t.text == "," or (t.pos_ in _TITLES and t.tag_ not in FINITE) for t in part)


def _reports_and_goes_on(piece: Piece) -> bool:
    return not piece.quoted and piece.words[-1].text == "," and is_report(piece.words)


_LINKS = frozenset("and but so then yet please".split())


def _long_as(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor().lower_ in ("long", "will", "shall", "do", "would")


def _trimmed(words: list[Token]) -> list[Token]:
    first, last = 0, len(words)
    while first < last and (words[first].is_punct or words[first].lower_ in _LINKS) and not _long_as(words[first]):
        first += 1
    while last > first and words[last - 1].is_punct:
        last -= 1
    return words[first:last]


def told(doc: Doc) -> Iterator[list[Token]]:
    """The words of each stretch, and of each clause in it that a verb of speech brings ('Esper said that those who …')."""
    for stretch in stretches(doc):
        rest = _said_in(stretch.words)
        if len(rest) > 3:
            yield rest
        yield stretch.words


def _said_in(words: list[Token]) -> list[Token]:
    """The words after 'Esper said that', 'warned traders that', 'says'; none where no such verb comes first."""
    at = next((k for k, t in enumerate(words) if k and says(t)), None)
    if at is None or (any(t.tag_ in FINITE for t in words[:at]) and words[at].dep_ != "ROOT"):
        return []
    that = next((k for k in range(at + 1, min(at + 7, len(words))) if words[k].lower_ == "that"), at)
    return _trimmed(words[that + 1 :])
