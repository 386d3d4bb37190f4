"""A name as a data set's column or a person gives it: every name ends as one id, known or provisional."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from datetime import date

from detente.records import Mention
from detente.reference.actors.index import ActorIndex
from detente.reference.actors.unknown import slug

_TAIL = re.compile(r"\s*\([^()]*\)\s*$")  # "(2014-)", "(North Yemen)"
_YEARS = re.compile(r"\s*\(\d{4}\s*-\s*(?:\d{4})?\)")
_STATE = re.compile(r"Government of (?P<state>.+)", re.IGNORECASE)
_NOBODY = re.compile(r"\b(?:unidentified|unknown|unspecified)\b", re.IGNORECASE)


def provisional_id(name: str) -> str:
    """An id for a name that no list has: "provisional.northern-front"; letters outside ASCII are romanised or hashed."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    if len(re.sub(r"\W", "", plain)) < len(re.sub(r"\W", "", name)) / 2:
        plain = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"provisional.{slug(plain).replace('_', '-')}"


def country_of(name: str, index: ActorIndex) -> str | None:
    """ISO 3166-1 alpha-3 of a country's name as data sets write it ("DR Congo (Zaire)"), None where it is no state."""
    for words in dict.fromkeys((name.strip(), _TAIL.sub("", name).strip())):
        found = index.resolve(words) if words else None
        if found and found.kind == "state" and found.actor:
            return found.actor[:3]
    return None


def named(given: Mention, index: ActorIndex, on: date | None = None, country: str | None = None) -> Mention:
    """The mention with the actor its name stands for on that day, in a row about that country.

    "Government of X" is the state itself, as a party. A name that no list has becomes a provisional actor; a name
    that says nobody knows who it was stays without one.
    """
    text = _YEARS.sub("", given.text).strip()
    if _NOBODY.search(text):
        return replace(given, name=text)
    state = _STATE.fullmatch(text)
    iso3 = country_of(state["state"], index) if state else None
    if iso3:
        return replace(given, actor=iso3, country=iso3, sector="GOV", name=given.text)
    for words in dict.fromkeys((text, _TAIL.sub("", text).strip())):
        found = index.resolve(words, on=on, country=given.country or country)
        if found.actor:
            return replace(
                given,
                actor=found.actor,
                country=given.country or found.country,
                sector=given.sector or found.sector,
                name=found.name or text,
            )
        if found.kind == "role" and found.sector:
            return replace(given, sector=given.sector or found.sector, name=text)
    return replace(given, actor=provisional_id(text), name=text)
