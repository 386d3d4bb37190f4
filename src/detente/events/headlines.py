"""Headlines, whose verb the parser takes for a noun ('Dhaka summons envoy'): read once more with the verb in the past.

'Dhaka summoned envoy.' cannot be misread, and has the same words in the same places; what the parser makes of it
is carried over to the headline. 'Sofia to hand Kyiv transformers' is read as 'Sofia will hand …'.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

LONGEST = 16  # tokens
TRIES = 4
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PAST = {
    "shoot": "shot", "strike": "struck", "send": "sent", "withdraw": "withdrew", "hold": "held", "cut": "cut",
    "break": "broke", "leave": "left", "quit": "quit", "meet": "met", "give": "gave", "take": "took", "freeze": "froze",
    "swear": "swore", "dig": "dug", "put": "put", "beat": "beat", "hit": "hit", "fight": "fought", "bring": "brought",
    "seek": "sought", "tell": "told", "speak": "spoke", "lend": "lent", "fly": "flew", "draw": "drew", "win": "won",
    "throw": "threw", "build": "built", "make": "made", "come": "came", "go": "went", "flee": "fled", "lay": "laid",
    "set": "set", "let": "let", "pay": "paid", "sit": "sat", "stand": "stood", "buy": "bought", "sell": "sold",
    "lead": "led", "rise": "rose", "shake": "shook", "write": "wrote", "rebuild": "rebuilt", "keep": "kept",
    "feed": "fed", "blow": "blew", "sweep": "swept", "get": "got", "lose": "lost", "catch": "caught", "find": "found",
    "burn": "burned", "sink": "sank", "tear": "tore", "bid": "bid", "spend": "spent", "run": "ran", "see": "saw",
    "drive": "drove", "overrun": "overran", "undertake": "undertook", "hang": "hung", "hide": "hid", "ring": "rang",
    "rip": "ripped", "swap": "swapped", "scrap": "scrapped", "slam": "slammed", "ban": "banned", "bar": "barred",
    "rap": "rapped", "grab": "grabbed", "drop": "dropped", "stop": "stopped", "step": "stepped", "patrol": "patrolled",
    "expel": "expelled", "shell": "shelled", "commit": "committed", "beg": "begged", "nab": "nabbed", "jam": "jammed",
    "plan": "planned", "pin": "pinned", "tip": "tipped", "ship": "shipped", "rebut": "rebutted", "snub": "snubbed",
    "axe": "axed", "wed": "wed", "shut": "shut", "lift": "lifted", "split": "split", "spread": "spread",
}  # fmt: skip


def as_sentence(nlp: Language, doc: Doc, verbs: Collection[str]) -> Doc:
    """The document, or, where it is a headline without a finite verb, the same words with a better parse.

    `verbs` are the lemmas worth looking for.
    """
    if not 3 <= len(doc) <= LONGEST or doc[-1].text in ".!”\"'" or any(_finite(t) or _suffered(t) for t in doc):
        return doc
    for at, lemma, words in _readings(doc, verbs):
        parsed = nlp(Doc(nlp.vocab, [*words, "."], [*[bool(t.whitespace_) for t in doc][:-1], False, False]))
        if _is_clause(parsed[at]):
            return _carried(doc, parsed, at, lemma)
    return doc


def _finite(token: Token) -> bool:
    return token.tag_ in _FINITE and (token.dep_ == "ROOT" or _has(token, "nsubj", "nsubjpass"))


def _has(token: Token, *deps: str) -> bool:
    return any(child.dep_ in deps for child in token.children)


def _suffered(token: Token) -> bool:
    """'Synagogue firebombed by gang': a passive with its agent is a whole headline."""
    return token.tag_ == "VBN" and _has(token, "agent")


def _readings(doc: Doc, verbs: Collection[str]) -> Iterator[tuple[int, str, list[str]]]:
    """(place, lemma, words) for each word that may be the headline's verb, likeliest first."""
    words, found = [t.text for t in doc], []
    for i in range(1, len(doc)):
        token, low = doc[i], doc[i].lower_
        if low == "to" and i + 1 < len(doc) and doc[i + 1].lower_ in verbs and doc[i - 1].pos_ in ("NOUN", "PROPN"):
            found.append((0, i + 1, doc[i + 1].lower_, [*words[:i], "will", *words[i + 1 :]]))
        elif token.is_alpha and token.text == low and doc[i - 1].lower_ != "to":
            lemma = _lemma(low, verbs)
            if lemma is not None:
                found.append((1 if low != lemma else 2, i, lemma, [*words[:i], _past(lemma), *words[i + 1 :]]))
    for _, at, lemma, said in sorted(found)[:TRIES]:
        yield at, lemma, said


def _lemma(word: str, verbs: Collection[str]) -> str | None:
    for form in (word, word[:-1], word[:-2], word[:-3] + "y"):
        if len(form) > 2 and form in verbs and word in (form, form + "s", form + "es", form[:-1] + "ies"):
            return form
    return None


def _past(lemma: str) -> str:
    if lemma in _PAST:
        return _PAST[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + "ed"


def _is_clause(verb: Token) -> bool:
    """A main verb with a subject, as the past tense should have made it."""
    return verb.dep_ == "ROOT" and verb.pos_ == "VERB" and _has(verb, "nsubj")


def _carried(doc: Doc, parsed: Doc, at: int, lemma: str) -> Doc:
    """The headline's own words with the parse of its reading; the full stop is left out."""
    tokens = list(parsed)[: len(doc)]
    later = any(c.lower_ == "will" and doc[c.i].lower_ == "to" for c in parsed[at].children)
    return Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[("VB" if later else "VBZ") if t.i == at else t.tag_ for t in tokens],
        pos=[t.pos_ for t in tokens],
        lemmas=[lemma if t.i == at else t.lemma_ for t in tokens],
        heads=[t.head.i if t.head.i < len(doc) else at for t in tokens],
        deps=[t.dep_ for t in tokens],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in tokens],
    )
