"""Page furniture: decides for one line whether it belongs to the page and not to the report."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "ʼ": "'"})
_EDGES = " \t*•·|>»›→▶►-–—:;,.!?…()[]{}\"'#+=~_0123456789"
_DECORATION = " \t*•·|>»›→▶►-–—"
_AFTER_LABEL = r"\s*(?:$|[:|\-–—…»›>↓→]|\.\.\.)"
_WORD = re.compile(r"[\w'-]+")
_STOP = re.compile(r"[.!?؟。]")


@dataclass(frozen=True, slots=True)
class Furniture:
    """The compiled phrase list of `furniture.toml`."""

    longest: int
    short: int
    labels: re.Pattern[str]
    starts: tuple[str, ...]
    exact: frozenset[str]
    holds: re.Pattern[str]
    patterns: re.Pattern[str]
    buttons: frozenset[str]
    endings: frozenset[str]
    corrections: re.Pattern[str]


def _plain(line: str) -> str:
    return " ".join(line.casefold().translate(_QUOTES).split())


def _any(phrases: list[str]) -> str:
    return "|".join(sorted((re.escape(_plain(phrase)) for phrase in phrases), key=len, reverse=True))


@lru_cache(maxsize=1)
def phrases() -> Furniture:
    """Load and compile the phrase list shipped with the package."""
    data = tomllib.loads(files("detente.reading").joinpath("furniture.toml").read_text(encoding="utf-8"))
    return Furniture(
        longest=data["longest"],
        short=data["short"],
        labels=re.compile(f"(?:{_any(data['labels'])}){_AFTER_LABEL}"),
        starts=tuple(_plain(phrase) + (" " if phrase.endswith(" ") else "") for phrase in data["starts"]),
        exact=frozenset(_plain(phrase).strip(_EDGES) for phrase in data["exact"]),
        holds=re.compile(_any(data["holds"])),
        patterns=re.compile("|".join(f"(?:{pattern})" for pattern in data["patterns"])),
        buttons=frozenset(map(_plain, data["buttons"])),
        endings=frozenset(_plain(phrase).strip(_EDGES) for phrase in data["endings"]),
        corrections=re.compile(f"(?:{_any(data['corrections'])})\\s*[:–—-]"),
    )


def _is_buttons(plain: str, known: Furniture) -> bool:
    words = _WORD.findall(plain)
    return 2 <= len(words) <= 20 and not _STOP.search(plain) and all(word in known.buttons for word in words)


def is_furniture(line: str) -> bool:
    """Say whether one line is page furniture; a quotation or a line over 400 characters never is."""
    known = phrases()
    if len(line) > known.longest:
        return False
    plain = _plain(line)
    bare = plain.lstrip(_DECORATION)
    if not bare:
        return bool(plain)
    if known.labels.match(bare) or bare.startswith(known.starts) or known.patterns.fullmatch(bare):
        return True
    if plain.strip(_EDGES) in known.exact or _is_buttons(plain, known):
        return True
    # A quoted "support us" is somebody speaking.
    if '"' in plain or "«" in plain:
        return False
    return len(plain.split()) <= known.short and known.holds.search(plain) is not None


def is_ending(line: str) -> bool:
    """Say whether a line heads the readers' comments or the list of other stories."""
    known = phrases()
    return len(line) < 60 and _plain(line).strip(_EDGES) in known.endings


def is_correction(line: str) -> bool:
    """Say whether a line is the desk's own note on the story ("CORRECTION: ...")."""
    return phrases().corrections.match(_plain(line[:80])) is not None
