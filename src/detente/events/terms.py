"""Terms without an 'if', read off the word order of one voice's words (`stretches`).

Orders ('pay or …', 'cross and …'), 'one more … and …', whoever does it ('any trawler found …', 'rebels who …'),
time given ('until noon to leave, after which …'), 'lest', 'the day you do, …', 'no pay, no patrols'.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.events.clauses import Conditional, from_words
from detente.events.stretches import told
from detente.events.tokens import Doc, Token
from detente.events.wordorder import FUTURE, Words, clause_head, is_order, main, suffers

MOMENTS = frozenset("moment day instant minute second time hour night week".split())
_MORE = (("one", "more"), ("another",), ("a", "single"), ("any", "more"), ("the", "next"), ("one", "step"),
         ("a", "further"), ("just", "one"), ("one", "single"))  # fmt: skip


def terms(doc: Doc) -> Iterator[Conditional]:
    """The conditionals that word order gives, in text order."""
    before: Words = ()
    for words in (w for w in told(doc) if len(w) > 3):
        found = next((item for shape in _SHAPES if (item := shape(words)) is not None), None)
        found = found or _or_else(before, words)
        if found is not None:
            yield found
        before = words


# ------------------------------------------------------------------------------------------ orders
def _order(words: Words) -> Conditional | None:
    """'Pay the tax or lose your herds', 'Cross the river and we shoot', 'Open the road, otherwise …'."""
    if not is_order(words):
        return None
    for k in range(2, len(words) - 1):
        low = words[k].lower_
        if low not in ("and", "or", "otherwise", "else"):
            continue
        rest = words[k + 1 :]
        while rest and (rest[0].lower_ in ("else", "otherwise") or rest[0].is_punct):
            rest = rest[1:]
        warned = len(rest) > 1 and rest[0].lower_ in ("see", "watch") and rest[1].lower_ in ("what", "how", "who")
        head = clause_head(rest) or (suffers(rest) if low != "and" or warned else None)
        if head is not None:
            return from_words("and" if low == "and" else "or", words[:k], rest, head, low != "and")
    return None


# ---------------------------------------------------------------------------------- one more, no-no
def _one_more(words: Words) -> Conditional | None:
    """'One more arrest and the capital stops', 'A single rocket on Eilat and the port will burn'."""
    low = [t.lower_ for t in words[:2]]
    counted = words[0].like_num and low[1:] == ["more"]  # 'Two more days of this, and …'
    if not counted and not any(tuple(low[: len(m)]) == m for m in _MORE):
        return None
    for k in range(2, len(words) - 1):
        if words[k].tag_ in ("MD", "VBZ", "VBD", "VBP"):
            return None
        if words[k].lower_ == "and" and (head := clause_head(words[k + 1 :])) is not None:
            return from_words("and", words[:k], words[k + 1 :], head)
    return None


def _no_no(words: Words) -> Conditional | None:
    """'No hostages, no fuel'."""
    comma = _comma(words)
    if words[0].lower_ != "no" or comma is None or not 2 <= comma <= 8 or comma + 2 >= len(words):
        return None
    if words[comma + 1].lower_ != "no" or any(t.tag_ in ("VBD", "VBZ", "MD") for t in words):
        return None
    last = next((k for k in range(comma + 1, len(words)) if words[k].is_punct or words[k].lower_ == "and"), len(words))
    if last < len(words):
        return None
    return from_words("no-no", words[:comma], words[comma + 1 :], words[-1], True)


def _moment(words: Words) -> Conditional | None:
    """'The day you do, our pickets go home', 'Next time a patrol strays, we fire'."""
    if not (words[0].lower_ in ("the", "next") and len(words) > 5):
        return None
    at = 1 if words[0].lower_ == "the" else 0
    at += words[at].lower_ in ("very", "next")
    comma = _comma(words)
    if words[at].lower_ not in MOMENTS or comma is None or comma < at + 3:
        return None
    if any(t.tag_ == "VBD" for t in words[at:comma]) or not any(t.pos_ in ("VERB", "AUX") for t in words[at:comma]):
        return None
    head = clause_head(words[comma + 1 :])
    return from_words("moment", words[:comma], words[comma + 1 :], head) if head is not None else None


# ---------------------------------------------------------------------------------------- whoever
def _whoever(words: Words) -> Conditional | None:
    """'Any trawler found inside the buoys will be boarded', 'rebels who surrender will be pardoned'."""
    at = next((k for k, t in enumerate(words) if k > 1 and _rules(t)), None)
    if at is None or at + 1 >= len(words) or not any(t.pos_ in ("VERB", "AUX", "NOUN") for t in words[at + 1 :]):
        return None
    group, first = words[:at], words[0].lower_
    if any(t.text == "," for t in group) or not _unnamed(group):
        return None
    if first in (
        "any",
        "every",
        "each",
        "anyone",
        "anybody",
        "everyone",
        "everybody",
        "those",
        "whoever",
        "whosoever",
        "whichever",
    ):
        does = any(t.tag_ in ("VBG", "VBN", "VBZ", "VBP", "VBD") for t in group) or first in (
            "any",
            "whoever",
            "whichever",
        )
    else:
        who = next((k for k, t in enumerate(group) if t.lower_ in ("who", "that", "which")), None)
        does = who is not None and who >= 1 and who + 1 < len(group) and _present(group[who + 1 :])
    # 'those who lost their homes will …' are known; 'would' may stand for 'will' told in the past
    past = words[at].lower_ == "will" and any(t.tag_ == "VBD" and t.dep_ == "relcl" for t in group)
    if not does or past or (_negated(words[at:]) and first == "any" and len(group) < 4):
        return None
    return from_words("whoever", group, words[at:], main(words, at))


def _rules(token: Token) -> bool:
    return token.lower_ in FUTURE or token.lower_ in ("risks", "faces", "forfeits")


def _present(words: Words) -> bool:
    verb = next((t for t in words if t.pos_ in ("VERB", "AUX")), None)
    return verb is not None and verb.tag_ in ("VBZ", "VBP") and verb.i <= words[0].i + 1


def _unnamed(group: Words) -> bool:
    """Whoever it may be: no name heads the phrase ('the Armenian who …' may, 'Hamas, which …' may not)."""
    noun = next((t for t in group if t.pos_ in ("NOUN", "PROPN", "PRON")), group[0])
    return noun.ent_type_ != "PERSON"


def _negated(words: Words) -> bool:
    return any(t.dep_ == "neg" for t in words[:3])


def _in_kind(words: Words) -> Conditional | None:
    """'You touch the dam, we touch your capital'."""
    comma = _comma(words)
    if comma is None or comma < 3 or words[0].lower_ not in ("you", "they") or words[1].tag_ not in ("VBP", "VB"):
        return None
    rest = words[comma + 1 :]
    if len(rest) < 2 or rest[0].lower_ not in ("we", "i") or rest[1].tag_ not in ("VBP", "VB", "MD"):
        return None
    return from_words("and", words[:comma], rest, main(rest, 1))


# ------------------------------------------------------------------------------------- time given
def _time_given(words: Words) -> Conditional | None:
    """'has until 3 May to return them, after which …', 'gave them a week to leave or face an assault'."""
    start = next((k for k in range(1, len(words)) if _grants(words, k)), None)
    if start is None:
        return None
    for k in range(start + 3, len(words) - 1):
        low, rest = words[k].lower_, words[k + 1 :]
        if low == "or" or (low == "otherwise" and words[k - 1].text == ","):
            head = clause_head(rest) or suffers(rest)
        elif low in ("after", "failing") and words[k + 1].lower_ in ("which", "that"):
            rest = words[k + 2 :]
            head = clause_head([t for t in rest if t.text != ","])
        else:
            continue
        if head is not None:
            return from_words("deadline", words[start:k], rest, head, True)
    return None


def _grants(words: Words, k: int) -> bool:
    """Does a time with 'to do it' begin here: 'until noon to leave', 'ten days to vacate', 'a deadline of 1 March for … to'?"""
    if words[k].lower_ == "deadline":
        return True
    if words[k].lower_ not in ("until", "till", "a", "an", "one") and words[k].pos_ != "NUM":
        return False
    given = any(t.lemma_ in ("have", "give", "grant", "set", "allow") for t in words[:k])
    to = next((n for n in range(k + 1, min(k + 14, len(words))) if words[n].lower_ == "to"), None)
    if to is None or not given:
        return False
    if words[k].lower_ in ("until", "till"):
        return True
    unit = next(
        (t for t in words[k + 1 : k + 3] if t.lemma_.lower() in ("hour", "day", "week", "month", "minute")), None
    )
    return (
        unit is not None
        and (words[k].pos_ == "NUM" or words[k].lower_ in ("a", "an", "one"))
        and unit.i + 1 == words[to].i
    )


def _or_else(before: Words, words: Words) -> Conditional | None:
    """A stretch that goes on from an order or a time limit: 'Hand him over; otherwise the registry burns'."""
    low = [t.lower_ for t in words[:2]]
    size = 2 if tuple(low) in (("or", "else"), ("after", "that"), ("if", "not"), ("failing", "that")) else 1
    if not before or (size == 1 and low[:1] not in (["otherwise"], ["then"], ["or"])):
        return None
    start = 0 if is_order(before) else next((k for k in range(1, len(before)) if _grants(before, k)), None)
    rest = list(words[size:])
    while rest and rest[0].is_punct:
        rest = rest[1:]
    head = clause_head(rest)
    if start is None or head is None:
        return None
    return from_words("or" if start == 0 else "deadline", before[start:], rest, head, True)


# ------------------------------------------------------------------------------------------- lest
def _lest(words: Words) -> Conditional | None:
    """'were told to keep clear lest they be fired upon': what is to be done, or else."""
    at = next((k for k, t in enumerate(words) if t.lower_ == "lest"), None)
    if at is None or at < 2 or at + 2 >= len(words):
        return None
    to = max((k for k in range(at) if words[k].lower_ == "to" and words[k].tag_ == "TO"), default=None)
    first = 0 if is_order(words) else to + 1 if to is not None else None
    rest = words[at + 1 :]
    verb = next(
        (k for k, t in enumerate(rest) if t.pos_ in ("VERB", "AUX") and t.tag_ in ("VB", "VBN", "VBP", "VBZ")), None
    )
    if first is None or verb is None or first >= at:
        return None
    return from_words("lest", words[first:at], rest, main(rest, verb), True)


def _comma(words: Words) -> int | None:
    return next((k for k, t in enumerate(words) if t.text == ","), None)


_SHAPES = (_order, _one_more, _no_no, _moment, _in_kind, _time_given, _whoever, _lest)
