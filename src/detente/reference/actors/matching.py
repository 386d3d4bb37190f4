"""Matches known spellings in running text: one automaton, capitals, word bounds, context rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ahocorasick

from detente.records import Actor
from detente.reference.actors.skeleton import fold
from detente.reference.actors.tables import HitKind, Spelling, Tables

_MASK = "mask"
_ARTICLES = ("al-", "el-", "ul-")


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of text that names an actor: text[start:end]; `actor` is None for a bare role."""

    start: int
    end: int
    actor: str | None
    country: str | None
    sector: str | None
    kind: HitKind
    name: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the text around a spelling says: how often each country is named, and the folded text."""

    countries: Counter[str]
    text: str = ""
    people: frozenset[str] = frozenset()  # offices one of whose holders is named in full

    def fit(self, reading: Spelling) -> float | None:
        """How well `reading` fits: None = must not be read so, 0 = by default, more = spoken for."""
        if reading.unless_words and any(w in self.text for w in reading.unless_words):
            return None
        if not reading.ruled:
            return 0.0
        seen = sum(self.countries[c] for c in reading.when_country)
        words = sum(w in self.text for w in reading.needs_words)
        return float(seen + 2 * words) or None


@dataclass(frozen=True, slots=True)
class Match:
    """A spelling's place in a text, with every reading its letters allow."""

    start: int
    end: int
    readings: tuple[Spelling, ...]
    masked: bool = False


def variants(text: str) -> set[str]:
    """Folded forms under which one spelling is looked up: apostrophes and hyphens may be missing."""
    folded = fold(text)
    forms = {folded, folded.replace("'", "")}
    return forms | {f.replace("-", " ") for f in forms}


def _cased(written: str, reading: Spelling) -> bool:
    """Whether the capitals of `written` allow `reading`."""
    if reading.case == "any" or reading.native:
        return True
    if reading.case == "exact":
        bare = reading.text
        title = bare.isupper() and len(bare) >= 4 and bare.isalpha() and written == bare.capitalize()
        return title or written.replace("’", "'") == bare
    wanted = [w[0].isupper() for w in reading.text.replace("-", " ").split()]
    given = [w[:1] for w in written.replace("-", " ").split()]
    return len(wanted) == len(given) and all(g.isupper() or not w for w, g in zip(wanted, given, strict=True))


class Matcher:
    """The automaton over all spellings, and the rules that pick one reading."""

    def __init__(self, tables: Tables):
        self._actors: Mapping[str, Actor] = tables.actors
        self._auto = ahocorasick.Automaton()
        by_form: dict[str, list[Spelling]] = defaultdict(list)
        for entry in tables.spellings:
            for form in variants(entry.text):
                by_form[form].append(entry)
        for phrase in tables.masks:
            by_form[fold(phrase)].append(Spelling(phrase, _MASK, "role"))
        for form, entries in by_form.items():
            self._auto.add_word(form, (len(form), tuple(entries)))
        self._auto.make_automaton()

    def matches(self, text: str, folded: str) -> list[Match]:
        """Longest, non-overlapping, word-bounded matches with every reading that the capitals allow."""
        found: list[Match] = []
        last = len(folded)
        for stop, (length, entries) in self._auto.iter(folded):
            start, end = stop - length + 1, stop + 1
            if (start and folded[start - 1].isalnum()) or (end < last and folded[end].isalnum()):
                continue
            written = text[start:end]
            readings = tuple(r for r in entries if _cased(written, r))
            if readings:
                found.append(Match(start, end, readings, any(r.actor == _MASK for r in readings)))
        found.sort(key=lambda m: (m.start, m.start - m.end))
        kept: list[Match] = []
        reached = 0
        for match in found:
            if match.start >= reached:
                kept.append(match)
                reached = match.end
        return [m for m in kept if not m.masked and not self._inside_name(folded, m)]

    @staticmethod
    def _inside_name(folded: str, match: Match) -> bool:
        """'Abu Ayyub al-Iraqi': a demonym that is part of a person's name."""
        kinds = {r.kind for r in match.readings}
        return kinds <= {"state", "demonym", "capital"} and folded[max(0, match.start - 3) : match.start] in _ARTICLES

    def context(self, matches: Sequence[Match], folded: str, country: str | None = None) -> Context:
        """The context that all unambiguous readings of a text make together."""
        countries: Counter[str] = Counter()
        people: set[str] = set()
        for match in matches:
            first = match.readings[0]
            if len(match.readings) == 1 and not first.ruled and first.kind in ("state", "demonym", "capital"):
                countries[first.actor[:3]] += 1
            for reading in match.readings:
                if reading.kind == "person" and " " in folded[match.start : match.end]:
                    people.add(reading.actor)
        if country:
            countries[country] += 3
        return Context(countries, folded, frozenset(people))

    def choose(self, match: Match, context: Context) -> Spelling | None:
        """The reading that fits best, or None where every one of them lacks its context."""
        best: tuple[float, Spelling] | None = None
        for reading in match.readings:
            fit = context.fit(reading)
            if reading.kind == "person" and fit is not None:
                fit = self._person_fit(match, reading, context)
            if fit is not None and (best is None or fit > best[0]):
                best = (fit, reading)
        return best[1] if best else None

    def _person_fit(self, match: Match, reading: Spelling, context: Context) -> float | None:
        """A surname alone counts beside the full name or the office's own country."""
        if " " in reading.text:
            return 1.0
        if reading.actor in context.people:
            return 3.0
        country = self._actors[reading.actor].country
        return 0.5 if country is None or context.countries[country] else None
