"""One mention taken apart: what in it is known, what stands where, and what is left unexplained."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detente.reference.actors import phrase
from detente.reference.actors.matching import Context, Match, Matcher
from detente.reference.actors.skeleton import fold
from detente.reference.actors.tables import HitKind, Spelling
from detente.reference.actors.unknown import GroupNames, core

_STATES = frozenset({"state", "demonym", "capital"})
_RUNS_ON = re.compile(r"\s+of\s+(?:the\s+)?(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A hit in a mention: its reading, its segment's tie to the head, and whether it only colours what follows."""

    match: Match
    reading: Spelling
    tie: str
    leans: bool


@dataclass(slots=True)
class Day:
    """The day asked about, and whether the answer depended on it."""

    on: date | None
    asked: bool = False

    def ask(self) -> date | None:
        """The day, noting that it mattered."""
        self.asked = True
        return self.on


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention taken apart, with the report's context."""

    text: str
    counted: bool  # counts individuals: 'two Americans'
    pieces: tuple[Piece, ...]
    day: Day
    country: str | None  # of the report
    unread: tuple[Match, ...]  # matched, but every reading lacks its context
    head_end: int
    pointing: bool  # back at somebody named before
    strange: bool  # capitals in the head that no hit explains
    groups: GroupNames

    def first(self, kinds: frozenset[HitKind], ties: Sequence[str], last: bool = False) -> Piece | None:
        """The first (or last) hit of these kinds in segments with these ties that is no mere modifier."""
        found = [p for p in self.pieces if p.reading.kind in kinds and p.tie in ties and not p.leans]
        return (found[-1] if last else found[0]) if found else None

    def without(self, kinds: frozenset[HitKind]) -> str:
        """The head with hits of these kinds struck out; roles inside a group's name stay."""
        text = head = self.text[: self.head_end]
        named = self.groups.like(core(head))
        for piece in self.pieces:
            start, end = piece.match.start, piece.match.end
            if piece.reading.kind not in kinds or start >= self.head_end:
                continue
            if piece.reading.kind != "role" or not named or head[start:end].islower():
                text = text[:start] + ";" * (end - start) + text[end:]
        return text

    def left(self) -> str:
        """The capitalised words that no known country explains; a name may run on behind 'of' ('Sons of the Oak')."""
        if not self.strange and not (self.text[:1].isupper() and _RUNS_ON.match(self.text, self.head_end)):
            return ""
        name = core(self.without(frozenset({"demonym", "state", "capital"})))
        tail = _RUNS_ON.match(self.text, self.head_end) if name and self.text[: self.head_end].endswith(name) else None
        if any(p.reading.kind in _STATES and p.tie == "of" for p in self.pieces):
            tail = None
        whole = name + core_tail(tail.group(), self.text[tail.end() :]) if tail else name
        return whole if self.groups.like(whole) else name

    def stranger(self) -> bool:
        """Whether a capitalised name is left that nothing known explains; 'Clan elders' only opens a sentence."""
        if not self.strange:
            return False
        name = core(blanked(self.text[: self.head_end], self.pieces))
        opens = (
            " " not in name
            and self.text.startswith((name + " ", name + "-"))
            and self.text[self.head_end - 1].islower()
        )
        return name[:1].isupper() and name.lower() != "the" and not opens


def blanked(text: str, pieces: Sequence[Piece]) -> str:
    """The text with every hit struck out."""
    for piece in pieces:
        if piece.match.start < len(text):
            text = text[: piece.match.start] + ";" * (piece.match.end - piece.match.start) + text[piece.match.end :]
    return text.removeprefix("The ")


def core_tail(link: str, rest: str) -> str:
    """The capitalised words behind a name's 'of (the)', with that link."""
    more = core(rest)
    return link + more if more and rest.startswith(more) else ""


class Reader:
    """Takes mentions apart with the matcher of the index."""

    def __init__(self, matcher: Matcher, groups: GroupNames):
        self._matcher, self._groups = matcher, groups

    def read(self, text: str, day: Day, country: str | None) -> Mention:
        """The parts of `text`, a mention in a report about that country."""
        bare, counted = phrase.clean(text)
        parts = phrase.segments(bare)
        read, unread = self._readings(bare, country)
        pieces = tuple(
            Piece(match, reading, _tie(match, parts), phrase.leans(bare, match.start, match.end))
            for match, reading in read
        )
        head_end = max(parts[0].end, *(p.match.end for p in pieces if p.tie == "head"), 0)
        strange = any(c.isupper() for c in blanked(bare[:head_end], pieces))
        return Mention(
            bare, counted, pieces, day, country, tuple(unread), head_end, phrase.pointing(text), strange, self._groups
        )

    def _readings(self, text: str, country: str | None) -> tuple[list[tuple[Match, Spelling]], list[Match]]:
        folded = fold(text)
        queue = self._matcher.matches(text, folded)
        context = self._matcher.context(queue, folded, country)
        read: list[tuple[Match, Spelling]] = []
        unread: list[Match] = []
        while queue:
            match = queue.pop(0)
            reading = self._choose(match, context)
            if reading is None:
                unread.append(match)
                queue[:0] = self._matcher.inside(text, folded, match)
            else:
                read.append((match, reading))
        return read, unread

    def _choose(self, match: Match, context: Context) -> Spelling | None:
        """In a lone mention a surname counts without its country."""
        if match.plain or all(r.kind == "person" for r in match.readings):
            return match.readings[0]
        return self._matcher.choose(match, context)


def _tie(match: Match, parts: Sequence[phrase.Segment]) -> str:
    if match.start < parts[0].end:
        return "head"
    return next((p.tie for p in parts if p.start <= match.start < p.end), "other")
