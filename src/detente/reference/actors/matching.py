"""Matches known spellings in running text: one automaton, capitals, word bounds, context rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ahocorasick

from detente.records import Actor
from detente.reference.actors.forms import Context, capitals, variants
from detente.reference.actors.skeleton import fold
from detente.reference.actors.tables import HitKind, Spelling, Tables

_MASK = "mask"
_OF_STATES = frozenset({"state", "demonym", "capital"})
_NAMED = frozenset({"group", "coalition"})
_ARTICLES = ("al-", "el-", "ul-")
_Cased = tuple[tuple[Spelling, tuple[int, ...]], ...]


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
class Match:
    """A spelling's place in a text, with every reading its letters allow."""

    start: int
    end: int
    readings: tuple[Spelling, ...]
    masked: bool = False
    plain: bool = False  # one reading, which needs no context


def _namesake(text: str, match: Match, explained: bool, titles: frozenset[str]) -> bool:
    """'Ron Vance': a surname with a stranger's first name before it, which no hit or title explains."""
    if explained or match.start < 2 or match.readings[0].kind != "person" or text[match.start - 1] != " ":
        return False
    if " " in text[match.start : match.end]:
        return False
    before = text[max(0, match.start - 20) : match.start - 1].rsplit(" ", 1)[-1]
    return before[:1].isupper() and before.strip(".,").lower() not in titles and before[-1] not in ',;:"”’)'


def _disjoint(cluster: list[Match]) -> list[Match]:
    if len(cluster) < 2:
        return cluster
    kept: list[Match] = []
    for match in sorted(cluster, key=lambda m: (m.start - m.end, m.start)):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def _cased(form: str, entries: Sequence[Spelling]) -> _Cased | None:
    """Each reading of a form with where it must have capitals; None where none of them asks for any."""
    found = tuple((each, capitals(form, each)) for each in entries)
    return found if any(at or each.case == "exact" for each, at in found) else None


class Matcher:
    """The automaton over all spellings, and the rules that pick one reading."""

    def __init__(self, tables: Tables):
        self._actors: Mapping[str, Actor] = tables.actors
        self._wording = tables.wording
        self._auto = ahocorasick.Automaton()
        by_form: dict[str, list[Spelling]] = defaultdict(list)
        for entry in tables.spellings:
            for form in variants(entry.text, tables.wording.families):
                by_form[form].append(entry)
        for phrase in tables.masks:
            by_form[fold(phrase)].append(Spelling(phrase, _MASK, "role"))
        for form, entries in by_form.items():
            self._auto.add_word(form, (form, tuple(entries), any(e.actor == _MASK for e in entries)))
        self._auto.make_automaton()
        self._capitals: dict[str, _Cased | None] = {}  # of the forms met so far: of all, they take a tenth of a second

    def matches(self, text: str, folded: str) -> list[Match]:
        """Longest, non-overlapping, word-bounded matches with every reading that the capitals allow."""
        kept = self._longest(self._bounded(text, folded, 0, len(folded)))
        starts, ends = {m.start for m in kept}, {m.end for m in kept}
        return [
            m for m in kept
            if not m.masked and not self._inside_name(text, folded, m) and not self._namesake_of(text, m)
            and not _namesake(text, m, m.start - 1 in ends, self._wording.before_surnames)
            and not self._given_name(text, m, starts)
        ]  # fmt: skip

    def _bounded(self, text: str, folded: str, first: int, last: int) -> list[Match]:
        """Every word-bounded match in text[first:last], overlaps included."""
        found: list[Match] = []
        limit = len(folded)
        for stop, (form, entries, mask) in self._auto.iter(folded, first, last):
            start, end = stop - len(form) + 1, stop + 1
            if (start and folded[start - 1].isalnum()) or (end < limit and folded[end].isalnum()):
                continue
            if form not in self._capitals:
                self._capitals[form] = _cased(form, entries)
            cased = self._capitals[form]
            readings = entries if cased is None else self._allowed(text, start, end, cased)
            if readings:
                found.append(Match(start, end, readings, mask, len(readings) == 1 and readings[0].plain))
        return found

    @staticmethod
    def _allowed(text: str, start: int, end: int, cased: _Cased) -> tuple[Spelling, ...]:
        """The readings that the capitals of text[start:end] allow."""
        kept = []
        for entry, places in cased:
            if entry.case == "exact":
                if text[start:end].replace("’", "'") == entry.text:
                    kept.append(entry)
            elif not places or all(text[start + at].isupper() for at in places):
                kept.append(entry)
        return tuple(kept)

    @staticmethod
    def _longest(found: list[Match]) -> list[Match]:
        """Non-overlapping matches in order; of overlapping ones the longest."""
        found.sort(key=lambda m: m.start)
        kept: list[Match] = []
        cluster: list[Match] = []
        reached = -1
        for match in found:
            if match.start >= reached and cluster:
                kept += _disjoint(cluster)
                cluster = []
            cluster.append(match)
            reached = max(reached, match.end)
        return kept + _disjoint(cluster)

    def _inside_name(self, text: str, folded: str, match: Match) -> bool:
        """'Abu Ayyub al-Iraqi' is no demonym, 'Liwa Hezbollah' is not Hezbollah: both are parts of other names."""
        if match.start == 0:
            return False
        kind = match.readings[0].kind
        if kind in _OF_STATES:
            return folded[max(0, match.start - 3) : match.start] in _ARTICLES
        if kind != "group" or folded[match.start - 1] != " ":
            return False
        before = folded[max(0, match.start - 12) : match.start - 1].rsplit(" ", 1)[-1]
        return before in self._wording.heads and text[match.start - 1 - len(before)].isupper()

    def _namesake_of(self, text: str, match: Match) -> bool:
        """'Al-Shabab Football Club' is no armed group: a capitalised word behind it makes another name."""
        if match.readings[0].kind not in _NAMED or text[match.end : match.end + 1] != " ":
            return False
        following = text[match.end + 1 : match.end + 16].split(" ", 1)[0].rstrip(".,;:")
        return following[:1].isupper() and following.lower() in self._wording.namesakes

    def _given_name(self, text: str, match: Match, starts: set[int]) -> bool:
        """'Chad Kroeger': a state that is a given name too, before a name that nothing known begins; not in headlines."""
        if match.readings[0].kind != "state" or text[match.start : match.end].lower() not in self._wording.given_states:
            return False
        following = text[match.end + 1 : match.end + 25].split(" ", 1)[0].rstrip(".,;:'’s")
        if text[match.end : match.end + 1] != " " or not following[:1].isupper() or match.end + 1 in starts:
            return False
        if following.isupper() or following.lower() in self._wording.group_words | self._wording.neutral_words:
            return False
        words = text.split()
        return len(words) < 3 or sum(w[0].isupper() for w in words) < 0.6 * len(words)

    def inside(self, text: str, folded: str, match: Match) -> list[Match]:
        """The matches within a match that cannot be read for want of context: 'militias' in 'Iran-backed militias'."""
        if folded.find(" ", match.start, match.end) < 0 and folded.find("-", match.start, match.end) < 0:
            return []
        found = self._bounded(text, folded, match.start, match.end)
        return self._longest([m for m in found if m.end - m.start < match.end - match.start])

    def context(self, matches: Sequence[Match], folded: str, country: str | None = None) -> Context:
        """The context that all unambiguous readings of a text make together."""
        countries: Counter[str] = Counter()
        people: set[str] = set()
        for match in matches:
            first = match.readings[0]
            if match.plain:
                if first.kind in _OF_STATES:
                    countries[first.actor[:3]] += 1
                continue
            for reading in match.readings:
                if reading.kind == "person" and " " in folded[match.start : match.end]:
                    people.add(reading.actor)
        if country:
            countries[country] += 3
        return Context(countries, folded, frozenset(people))

    def read(self, match: Match, context: Context) -> Spelling | None:
        """The reading of a match in running text; None where it must not be read."""
        return match.readings[0] if match.plain else self.choose(match, context)

    def choose(self, match: Match, context: Context) -> Spelling | None:
        """The reading that fits best, or None where every one of them lacks its context."""
        best: tuple[float, Spelling] | None = None
        for reading in match.readings:
            fit = context.fit(reading)
            if reading.kind == "role" and fit is not None:
                fit = -0.5  # a name of its own goes before a common noun
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
