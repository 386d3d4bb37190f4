"""Reads texts that are marked whole: every deed in them is named, so that every other word is known to be none.

A file of `whole/` holds entries of the form

    [[text]]
    text = "Army engineers cleared the road after rebels shelled a convoy near Sake, the governor said."
    region = "central-africa"
    genre = "wire"
    deeds = [{ at = "shelled", type = "ASSAULT", actor = "rebels", recipient = "a convoy" }]

`at`, `actor` and `recipient` are words of the text (a list for several parties); `nth` says which of equal words is
meant. Without `modality` a deed happened; without `deeds` there is none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from detente.records import MODALITIES, TYPES, ConfigError
from detente.reference.codebook.frames import Deed, Span, Text

_TEXT_KEYS = {"text", "region", "genre", "deeds"}
_DEED_KEYS = {"at", "nth", "type", "modality", "actor", "recipient"}


def texts(table: dict[str, Any], where: str, genres: Collection[str], regions: Collection[str]) -> Iterator[Text]:
    """The texts of one file, each of a known genre and region; ConfigError names file and entry."""
    if extra := set(table) - {"text"}:
        raise ConfigError(f"{where}: unknown key '{min(extra)}'")
    for n, raw in enumerate(table.get("text", []), 1):
        at = f"{where} text {n}"
        if extra := set(raw) - _TEXT_KEYS:
            raise ConfigError(f"{at}: unknown key '{min(extra)}'")
        text = str(raw.get("text", ""))
        if not text:
            raise ConfigError(f"{at}: 'text' is empty")
        for key, known in (("genre", genres), ("region", regions)):
            if raw.get(key) not in known:
                raise ConfigError(f"{at}: '{key}' cannot be {raw.get(key)!r}; known are {', '.join(known)}")
        deeds = tuple(_deed(deed, text, at) for deed in raw.get("deeds", ()))
        yield Text(text, deeds, raw["genre"], raw["region"])


def _deed(raw: dict[str, Any], text: str, where: str) -> Deed:
    if extra := set(raw) - _DEED_KEYS:
        raise ConfigError(f"{where}: unknown key '{min(extra)}'")
    type_, modality = raw.get("type"), raw.get("modality", "happened")
    for value, known in ((type_, TYPES), (modality, MODALITIES)):
        if value not in known:
            raise ConfigError(f"{where}: '{value}' is none of {', '.join(known)}")
    trigger = _span(text, str(raw.get("at", "")), int(raw.get("nth", 1)), where)
    actors, recipients = (
        tuple(_near(text, p, trigger, where) for p in _names(raw.get(k))) for k in ("actor", "recipient")
    )
    return Deed(trigger, str(type_), str(modality), actors, recipients)


def _names(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(v) for v in value] if isinstance(value, list) else []


def _near(text: str, words: str, trigger: Span, where: str) -> Span:
    """Of several places where a party stands, the one nearest to its deed."""
    found = list(_places(text, words))
    if not found:
        raise ConfigError(f"{where}: '{words}' does not stand in the text")
    return min(found, key=lambda span: max(span[0] - trigger[1], trigger[0] - span[1]))


def _span(text: str, words: str, nth: int, where: str) -> Span:
    found = list(_places(text, words))
    if len(found) < nth:
        raise ConfigError(f"{where}: '{words}' does not stand in the text" + (f" {nth} times" if nth > 1 else ""))
    return found[nth - 1]


def _places(text: str, words: str) -> Iterator[Span]:
    """Where whole words stand in a text."""
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at, end
        at = text.find(words, at + 1)
