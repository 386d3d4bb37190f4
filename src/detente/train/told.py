"""Training texts in which words are pointed at: deeds with their parties, and accounts with their speakers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.events.encoder import LONGEST, Piece
from detente.records import MODALITIES, TYPES, FileFormatError
from detente.reference.codebook.frames import Deed
from detente.reference.codebook.read import NONE, Codebook, Example
from detente.train.sets import OWN, Item, Span, group_of

LONGEST_ACCOUNT = 900  # characters of one piece of an article, whole paragraphs where they fit

NEVER = frozenset(
    "the a an of in on at to by for with from and or but that which who whom whose as is are was were be been being "
    "has have had do does did will would can could may might must shall should not no it its he she they them his "
    "her their this these those there s t than then if when while after before".split()
)  # words that tell no deed
WHOLE = 3.0  # how much oftener a text is drawn of which every word is known
UNKNOWN = -100  # label of a piece that nothing is learned from


@dataclass(frozen=True, slots=True)
class Told:
    """A text and what is known of its words.

    Every word that tells none of the deeds is known to be no deed where `complete`; else only words inside a party are.
    """

    text: str
    deeds: tuple[Deed, ...] = ()
    complete: bool = False
    group: str = ""
    origin: str = ""
    unknown: tuple[Span, ...] = ()  # words of which nothing is said: deeds that may be read so or not at all
    weight: float = 1.0  # how many times as often as others of its kind it is drawn


@dataclass(frozen=True, slots=True)
class Voice:
    """One relation of an account: who, by which word, what; character offsets."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A piece of an article with every relation in it; nothing is said of the words in `unknown`."""

    text: str
    voices: tuple[Voice, ...]
    unknown: tuple[Span, ...] = ()
    group: str = ""


def told(codebook: Codebook) -> list[Told]:
    """The codebook's examples: positive ones with their trigger, near misses that hold no event, texts marked whole."""
    every = [e for entry in codebook.types.values() for e in entry.examples]
    examples = [_told(e) for e in every if e.positive or e.type == NONE]
    return examples + [Told(t.text, t.deeds, True, group_of(t.text), OWN) for t in codebook.texts]


def _told(example: Example) -> Told:
    if not example.positive:
        return Told(example.text, (), True, group_of(example.text), OWN)
    at = {role: tuple((s, e) for kind, s, e in example.marks if kind == role) for role in "ATR"}
    deeds = tuple(Deed(span, example.type, example.modality, at["A"], at["R"]) for span in at["T"])
    return Told(example.text, deeds, False, group_of(example.text), OWN)


def marked(path: Path, weight: float = 1.0) -> list[Told]:
    """Texts of which every deed is marked, from JSON lines {text, events: [{start, end, root, modality, source_actor,
    target_actor, alt_triggers, optional}]}, the scheme of `benchmarks/data`.

    Of an optional deed and of another trigger for the same one nothing is learned. Raises FileFormatError on a line
    without these.
    """
    out = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                raw = json.loads(line)
                text, events = str(raw["text"]), raw["events"]
                deeds = tuple(_deed(e) for e in events if not e.get("optional"))
                other = [(e["start"], e["end"]) for e in events if e.get("optional")]
                other += [(t["start"], t["end"]) for e in events for t in e.get("alt_triggers") or ()]
            except (KeyError, TypeError, ValueError) as error:
                raise FileFormatError(str(path), f"needs text and events with spans: {error}", number) from error
            out.append(Told(text, deeds, True, group_of(text), name_of(path), tuple(other), weight))
    return out


def shares(texts: Sequence[Told]) -> list[float]:
    """How often each text is drawn beside the others: those with rare types, known whole or of more weight oftener."""
    count = Counter(d.type for t in texts for d in t.deeds)
    rare = (1 / max(1, min((count[d.type] for d in t.deeds), default=200)) ** 0.5 for t in texts)
    return [t.weight * (WHOLE if t.complete else 1) * share for t, share in zip(texts, rare, strict=True)]


def name_of(path: Path) -> str:
    """Which set: all are called sentences.jsonl, so their folder is named too."""
    return f"{path.parent.name}/{path.name}"


def _deed(raw: dict[str, Any]) -> Deed:
    if raw["root"] not in TYPES or raw["modality"] not in MODALITIES:
        raise KeyError(f"unknown type or modality: {raw['root']}, {raw['modality']}")
    actors, recipients = (
        tuple((p["start"], p["end"]) for p in raw[role] if p.get("start") is not None)
        for role in ("source_actor", "target_actor")
    )
    return Deed((raw["start"], raw["end"]), raw["root"], raw["modality"], actors, recipients)


def pairs(texts: Sequence[Told], weight: float = 1.0) -> list[Item]:
    """The deeds of marked texts that have both parties, as pairs for the type head."""
    return [
        Item(t.text, d.actors[0], d.recipients[0], (d.type,), weight, t.group, t.origin)
        for t in texts
        for d in t.deeds
        if d.actors and d.recipients
    ]


def accounts(path: Path) -> list[Account]:
    """The articles of a set, cut into pieces at paragraphs. Raises FileFormatError on a broken line."""
    return [
        _part(article, low, high) for article in articles(path) for low, high in cuts(article.text, LONGEST_ACCOUNT)
    ]


def articles(path: Path) -> list[Account]:
    """Whole articles from JSON lines {id, text, attributions: [{source, cue, content}], discard}.

    Raises FileFormatError on a line without them.
    """
    out: list[Account] = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            raw = json.loads(line)
            try:
                voices = [Voice(*(_spans(a[k]) for k in ("source", "cue", "content"))) for a in raw["attributions"]]
                text, ident = raw["text"], str(raw["id"])
            except (KeyError, TypeError) as error:
                raise FileFormatError(str(path), f"needs text and attributions with spans: {error}", number) from error
            out.append(Account(text, tuple(voices), _spans(raw.get("discard") or []), ident))
    return out


def _spans(raw: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((int(s), int(e)) for s, e in raw)


def cuts(text: str, longest: int) -> Iterator[Span]:
    """[low, high) of pieces of at most about `longest` characters: paragraphs together, long ones cut at sentences."""
    low = 0
    while low < len(text):
        high = min(len(text), low + longest)
        if high < len(text):
            for mark in ("\n", ". ", " "):
                found = text.rfind(mark, low + longest // 3, high)
                if found > low:
                    high = found + len(mark)
                    break
        if text[low:high].strip():
            yield low, high
        low = high


def _part(whole: Account, low: int, high: int) -> Account:
    def moved(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple((max(s, low) - low, min(e, high) - low) for s, e in spans if s < high and e > low)

    kept = [Voice(moved(v.source), moved(v.cue), moved(v.content)) for v in whole.voices]
    return Account(whole.text[low:high], tuple(v for v in kept if v.cue), moved(whole.unknown), whole.group)


# ------------------------------------------------------------------------------------------------ labels of pieces
def words(made: Sequence[Piece], told: Told) -> Iterator[tuple[int, Deed | None]]:
    """(position with the start piece counted, the deed told there or None) of each word of which it is known."""
    begun = {deed.trigger[0]: deed for deed in told.deeds}
    rest = [deed.trigger for deed in told.deeds]  # later words of a trigger: nothing is known of them
    rest += [(start - 1, end) for start, end in told.unknown]
    inside = [span for deed in told.deeds for span in (*deed.actors, *deed.recipients)]
    for i, (_, start, end) in enumerate(made[: LONGEST - 2], 1):
        word = told.text[start:end].lower()
        if start in begun:
            yield i, begun[start]
        elif (start and told.text[start - 1].isalnum()) or any(s < start < e for s, e in rest):
            continue  # a later piece of a word, a later word of a trigger
        elif word.isalpha() and (told.complete or _seldom(word, start) or any(s <= start < e for s, e in inside)):
            yield i, None


def _seldom(word: str, start: int) -> bool:
    """One of four little words: they are known to tell nothing and need not be learned each time."""
    return word in NEVER and (len(word) + start) % 4 == 0


def parts(made: Sequence[Piece], first: Sequence[Span], second: Sequence[Span], length: int) -> list[int]:
    """What each piece is (see model.PARTS): 1, 2 first and later piece of a first span, 3, 4 of a second; UNKNOWN on padding."""
    out = [0] + [0] * len(made) + [0]
    for spans, code in ((first, 1), (second, 3)):
        for s, e in spans:
            inside = [i for i, (_, start, end) in enumerate(made, 1) if start < e and end > s]
            for n, i in enumerate(inside):
                out[i] = code if n == 0 else code + 1
    out = out[:length]
    return out + [UNKNOWN] * (length - len(out))


def cue_tags(made: Sequence[Piece], account: Account, length: int) -> list[list[int]]:
    """For each piece three labels (cue, source, content): 0 outside, 1 first, 2 later piece; UNKNOWN where nothing is known."""
    out = [[0, 0, 0] for _ in range(len(made) + 2)]
    for voice in account.voices:
        for kind, spans in enumerate((voice.cue, voice.source, voice.content)):
            for s, e in spans:
                inside = [i for i, (_, start, end) in enumerate(made, 1) if start < e and end > s]
                for n, i in enumerate(inside):
                    out[i][kind] = 1 if n == 0 else 2
    unknown = {i for s, e in account.unknown for i, (_, start, end) in enumerate(made, 1) if start < e and end > s}
    for i in (0, len(made) + 1, *unknown):
        out[i] = [UNKNOWN] * 3
    out = out[:length]
    return out + [[UNKNOWN] * 3] * (length - len(out))
