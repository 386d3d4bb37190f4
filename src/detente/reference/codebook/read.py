"""Reads the codebook's TOML files into frozen records, and says in which file and frame a mistake stands.

Examples are marked in the text itself: `[Kenyan police|A] [arrested|T] [four traders|R] in Mombasa.`
with A for actor, T for trigger and R for recipient. A mark may stand several times; a positive example
has at least one T. `Example.text` is free of marks.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from detente.records import (
    MATERIAL_CONFLICT,
    MATERIAL_COOPERATION,
    MODALITIES,
    SCORES,
    TYPES,
    VERBAL_CONFLICT,
    VERBAL_COOPERATION,
    ConfigError,
)
from detente.reference.codebook.contexts import contexts
from detente.reference.codebook.frames import Codebook, Context, Example, Frame, Needs, Pos, TypeEntry, expand
from detente.reference.codebook.whole import texts

__all__ = ["Codebook", "Context", "Example", "Frame", "Needs", "Pos", "TypeEntry", "expand", "load", "parse_marks"]

NONE = "NONE"  # the type of an example that holds no political event
GENRES = ("wire", "broadcast", "web", "encyclopaedic", "statement", "headline")
REGIONS = (
    "north-america", "central-america", "caribbean", "south-america", "west-europe", "east-europe", "balkans",
    "caucasus", "central-asia", "middle-east", "north-africa", "west-africa", "central-africa", "east-africa",
    "southern-africa", "south-asia", "southeast-asia", "east-asia", "oceania", "global",
)  # fmt: skip
QUADS = {
    **dict.fromkeys(VERBAL_COOPERATION, "verbal cooperation"),
    **dict.fromkeys(MATERIAL_COOPERATION, "material cooperation"),
    **dict.fromkeys(VERBAL_CONFLICT, "verbal conflict"),
    **dict.fromkeys(MATERIAL_CONFLICT, "material conflict"),
}
_POS: dict[str, Pos] = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective"}
_ROLES: dict[Pos, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "verb": (("subject",), ("object",)),
    "noun": (("possessor", "by", "compound"), ("on", "against", "of")),
    "adjective": (("subject",), ()),
}
_LISTS = {
    "with": "dependents", "not_with": "not_dependents", "prepositions": "prepositions",
    "subject": "subject", "object": "object", "not_subject": "not_subject", "not_object": "not_object",
}  # fmt: skip
_FRAME_KEYS = {*_POS, *_LISTS, "actor", "recipient", "modes", "reciprocal", "needs", "type", "wide"}
_EXAMPLE_KEYS = {"text", "modality", "genre", "region"}
_MARK = re.compile(r"\[([^\[\]|]+)\|([ART])\]")
_ISE = re.compile(r"^(.{3,})is(e|ation)$")
_ALWAYS_ISE = frozenset({"advise", "compromise", "disguise", "exercise", "promise", "raise", "supervise", "surprise"})


def load(folder: Path | None = None) -> Codebook:
    """The codebook in `folder` (default: the one shipped), read once; ConfigError names file and frame."""
    return _load((folder or Path(__file__).parent).resolve())


@lru_cache(maxsize=8)
def _load(folder: Path) -> Codebook:
    files = [folder / f"{name}.toml" for name in ("classes", "contexts", "lemmas")]
    files += sorted((folder / "types").glob("*.toml"))
    whole = sorted((folder / "whole").glob("*.toml"))
    tables = {path: _table(path) for path in [*files, *whole]}
    classes = _classes(tables[files[0]], files[0].name)
    slips = {right: _strings(wrong, f"{files[2].name}, {right}") for right, wrong in tables[files[2]].items()}
    types = {entry.type: entry for entry in (_type(tables[p], p.name, classes, slips) for p in files[3:])}
    if not types:
        raise ConfigError(f"{folder / 'types'}: no type files")
    frames = [frame for name in TYPES if name in types for frame in types[name].frames]
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in [*files, *whole]))
    return Codebook(
        types={name: types[name] for name in TYPES if name in types},
        classes=classes,
        classes_of=_turned(classes),
        contexts=contexts(tables[files[1]], files[1].name, GENRES, REGIONS),
        version=digest.hexdigest()[:12],
        verbs=_index(frames, "verb", lambda lemma: lemma),
        nouns=_index(frames, "noun", lambda lemma: lemma),
        adjectives=_index(frames, "adjective", lambda lemma: lemma),
        verbs_by_head=_index(frames, "verb", lambda lemma: lemma.split()[0]),
        nouns_by_head=_index(frames, "noun", lambda lemma: lemma.split()[-1]),
        slips=slips,
        texts=tuple(text for path in whole for text in texts(tables[path], path.name, GENRES, REGIONS)),
    )


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as err:
        raise ConfigError(f"{path}: {err}") from err


def _index(frames: list[Frame], pos: Pos, key: Any) -> dict[str, tuple[Frame, ...]]:
    """Frames by a word of their lemmas: longer lemmas first, then the more constrained frame, then PLOVER's order.

    A frame stands under a word with that word's own lemmas only, and twice where they are of one word and of two, so that
    "cut" does not profit from "cut off".
    """
    found: dict[str, dict[tuple[str, int], Frame]] = defaultdict(dict)
    for frame in frames:
        if frame.pos != pos:
            continue
        parts: dict[tuple[str, int], list[str]] = defaultdict(list)
        for lemma in frame.lemmas:
            parts[key(lemma), lemma.count(" ")].append(lemma)
        for (word, length), lemmas in parts.items():
            found[word][frame.source, length] = replace(frame, lemmas=tuple(lemmas))
    return {
        word: tuple(f for (_, n), f in sorted(by.items(), key=lambda item: (-item[0][1], -item[1].constraints)))
        for word, by in found.items()
    }


def _classes(table: dict[str, Any], where: str) -> dict[str, frozenset[str]]:
    done: dict[str, frozenset[str]] = {}
    for name, words in table.items():  # a class may use those above it
        try:
            done[name] = expand(_spellings(_strings(words, f"{where}, {name}")), done)
        except KeyError as err:
            raise ConfigError(f"{where}, {name}: unknown class @{err.args[0]}") from err
    return done


def _turned(classes: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The classes that each word is in."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, words in classes.items():
        for word in words:
            found[word].add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _type(
    table: dict[str, Any], where: str, classes: Mapping[str, frozenset[str]], slips: Mapping[str, tuple[str, ...]]
) -> TypeEntry:
    name = table.get("type")
    if name not in TYPES:
        raise ConfigError(f"{where}: 'type' must be one of PLOVER's: {', '.join(TYPES)}")
    known = {"type", "definition", "is_not", "modes", "frame", "example", "near_miss"}
    if extra := set(table) - known:
        raise ConfigError(f"{where}: unknown key '{min(extra)}'")
    modes = {str(k): str(v) for k, v in table.get("modes", {}).items()}
    frames = tuple(
        _frame(raw, name, f"{where} frame {n}", modes, classes, slips)
        for n, raw in enumerate(table.get("frame", []), 1)
    )
    examples = [_example(raw, name, True, f"{where} example {n}") for n, raw in enumerate(table.get("example", []), 1)]
    examples += [
        _example(raw, name, False, f"{where} near_miss {n}") for n, raw in enumerate(table.get("near_miss", []), 1)
    ]
    return TypeEntry(
        name, QUADS[name], SCORES[name], str(table.get("definition", "")),
        _strings(table.get("is_not", []), where), modes, frames, tuple(examples),
    )  # fmt: skip


def _frame(
    raw: dict[str, Any],
    of_type: str,
    where: str,
    modes: Mapping[str, str],
    classes: Mapping[str, frozenset[str]],
    slips: Mapping[str, tuple[str, ...]],
) -> Frame:
    if extra := set(raw) - _FRAME_KEYS:
        raise ConfigError(f"{where}: unknown key '{min(extra)}'")
    kinds = [key for key in _POS if key in raw]
    if len(kinds) != 1 or not raw[kinds[0]]:
        raise ConfigError(f"{where}: needs exactly one of 'verbs', 'nouns', 'adjectives', and not empty")
    pos = _POS[kinds[0]]
    lists = {to: _spellings(_strings(raw.get(key, []), where)) for key, to in _LISTS.items()}
    for word in (w for words in lists.values() for w in words if w.startswith("@")):
        if word[1:] not in classes:
            raise ConfigError(f"{where}: unknown class {word}")
    frame = Frame(
        type=raw.get("type", of_type),
        pos=pos,
        lemmas=_misread(_spellings(_strings(raw[kinds[0]], where)), pos, slips),
        **lists,
        actor=_strings(raw.get("actor", _ROLES[pos][0]), where),
        recipient=_strings(raw.get("recipient", _ROLES[pos][1]), where),
        modes=_strings(raw.get("modes", []), where),
        reciprocal=bool(raw.get("reciprocal", False)),
        needs=raw.get("needs", "either"),
        source=where,
        wide=bool(raw.get("wide", False)),
    )
    if frame.type not in TYPES:
        raise ConfigError(f"{where}: unknown type '{frame.type}'")
    if unknown := [mode for mode in frame.modes if frame.type == of_type and mode not in modes]:
        raise ConfigError(f"{where}: unknown mode '{unknown[0]}'")
    if frame.needs not in ("none", "either", "actor", "recipient", "both", "named"):
        raise ConfigError(f"{where}: 'needs' cannot be '{frame.needs}'")
    return frame


def _example(raw: dict[str, Any], of_type: str, positive: bool, where: str) -> Example:
    allowed = _EXAMPLE_KEYS if positive else _EXAMPLE_KEYS | {"is"}
    if extra := set(raw) - allowed:
        raise ConfigError(f"{where}: unknown key '{min(extra)}'")
    text, marks = parse_marks(str(raw.get("text", "")))
    is_type = of_type if positive else raw.get("is", NONE)
    values = {"modality": raw.get("modality", "happened"), "genre": raw.get("genre"), "region": raw.get("region")}
    for key, allowed_values in (("modality", MODALITIES), ("genre", GENRES), ("region", REGIONS)):
        if values[key] not in allowed_values:
            raise ConfigError(f"{where}: '{key}' cannot be '{values[key]}'")
    if is_type not in (*TYPES, NONE):
        raise ConfigError(f"{where}: 'is' cannot be '{is_type}'")
    if "[" in text or "]" in text or not text:
        raise ConfigError(f"{where}: text is empty or its marks are broken: {text!r}")
    first = {role: text[start:end] for role, start, end in reversed(marks)}
    if positive and "T" not in first:
        raise ConfigError(f"{where}: no trigger is marked")
    return Example(
        text, first.get("A"), first.get("R"), first.get("T"), is_type, values["modality"],
        str(values["genre"]), str(values["region"]), positive, marks,
    )  # fmt: skip


def parse_marks(marked: str) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """Plain text and marks (role, start, end) of an example's marked text."""
    out, marks, last, length = [], [], 0, 0
    for found in _MARK.finditer(marked):
        before, span = marked[last : found.start()], found.group(1)
        length += len(before)
        marks.append((found.group(2), length, length + len(span)))
        out += [before, span]
        length += len(span)
        last = found.end()
    return "".join([*out, marked[last:]]), tuple(marks)


def _strings(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{where}: expected a list of words, found {value!r}")
    return tuple(value)


def _spellings(words: Iterable[str]) -> tuple[str, ...]:
    """Lower case, hyphens as spaces, and -ize beside every -ise: newsrooms write both."""
    out: dict[str, None] = {}
    for word in words:
        word = word.lower().replace("-", " ") if not word.startswith("@") else word
        out[word] = None
        first, _, rest = word.partition(" ")
        if not word.startswith("@") and first not in _ALWAYS_ISE and (match := _ISE.match(first)):
            out[f"{match[1]}iz{match[2]}" + (f" {rest}" if rest else "")] = None
    return tuple(out)


def _misread(lemmas: tuple[str, ...], pos: Pos, slips: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The lemmas with what the lemmatiser wrongly makes of them beside each verb ("stage" and "stag")."""
    out = list(lemmas)
    for lemma in lemmas if pos == "verb" else ():
        first, space, rest = lemma.partition(" ")
        out += [wrong + space + rest for wrong in slips.get(first, ())]
    return tuple(dict.fromkeys(out))
