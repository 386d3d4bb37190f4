"""A paragraph with all that was found in it besides deeds, and who speaks where in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from detente.events.attribution import Said, attributions, chain_at
from detente.events.clauses import Conditional, kept_up
from detente.events.conditions import conditionals
from detente.events.counts import find_counts
from detente.events.memory import Memory
from detente.events.mentions import mention
from detente.events.scene import Scene
from detente.events.tokens import Token
from detente.events.when import find_dates
from detente.events.where import Located
from detente.records import Attribution, Count, Interval, Mention, Span


@dataclass
class Paragraph:
    """A scene with all that was found in it besides deeds."""

    scene: Scene
    memory: Memory
    places: Sequence[Located]
    contexts: tuple[str, ...] = ()
    outlet: str | None = None
    published: date | None = None
    coder: str = ""
    speakers: dict[tuple[int, int], Mention] = field(default_factory=dict)
    chains: dict[tuple[int, int, Token | None, bool], tuple[Attribution, ...]] = field(default_factory=dict)

    # found when first asked for: most paragraphs tell no deed
    @cached_property
    def said(self) -> list[Said]:
        """Who says what in it."""
        return attributions(self.scene.doc)

    @cached_property
    def conditionals(self) -> list[Conditional]:
        """Its conditions and what hangs on them."""
        return conditionals(self.scene.doc)

    @cached_property
    def dates(self) -> list[Interval]:
        """Its temporal expressions."""
        return find_dates(self.scene.doc, self.published)

    @cached_property
    def counts(self) -> list[tuple[Count, int]]:
        """Its counts, each with the token it hangs on."""
        return find_counts(self.scene.doc)

    @cached_property
    def consequences(self) -> frozenset[int]:
        """Head tokens of then-clauses that wait for their condition ('are on strike until …' does not)."""
        return frozenset(i for c in self.conditionals if not kept_up(self.scene.doc, c) for i in c.tops)

    @cached_property
    def conditions(self) -> frozenset[int]:
        """All tokens that stand inside an if-clause."""
        return frozenset(i for c in self.conditionals for i in c.inside)

    def span(self, start: int, end: int) -> Span:
        """Characters [start, end) of the paragraph as a span of the article."""
        return Span(
            self.memory.article, self.scene.offset + start, self.scene.offset + end, self.scene.doc.text[start:end]
        )

    def interval(self, found: Interval) -> Interval:
        """An interval of the paragraph with its span in the article."""
        return replace(found, span=self.span(found.span.start, found.span.end) if found.span is not None else None)


def chain(
    par: Paragraph, start: int, end: int, drop: Token | None = None, presupposed: bool = False
) -> tuple[Attribution, ...]:
    """The speakers of a stretch of text, outermost first; a cue that is the deed's own verb is left out."""
    key = start, end, drop, presupposed
    if key not in par.chains:
        par.chains[key] = tuple(_links(par, start, end, drop, presupposed))
    return par.chains[key]


def _links(par: Paragraph, start: int, end: int, drop: Token | None, presupposed: bool) -> Iterator[Attribution]:
    for said in chain_at(par.said, start, end, presupposed):
        if drop is not None and said.cue and said.cue[0] <= drop.idx < said.cue[1]:
            continue
        if said.source is not None and par.scene.doc.text[slice(*said.source)].lower().startswith(
            ("no ", "nobody", "none")
        ):
            continue  # 'nobody has said it did it' is nobody's word
        if said.kind == "inference":
            continue  # 'seems to have …', 'is expected to …': the writer's own guess
        yield _link(par, said)


def _link(par: Paragraph, said: Said) -> Attribution:
    source = speaker_of(par, said)
    cue = par.span(*said.cue) if said.cue else None
    return Attribution(source, cue, said.stance, said.hedge, said.anonymous)


def speaker_of(par: Paragraph, said: Said) -> Mention | None:
    """The source of an attribution as an actor mention."""
    if said.source is None:
        return None
    if said.source not in par.speakers:
        words = par.scene.doc.char_span(*said.source, alignment_mode="expand")
        if words is None:
            return None
        found = mention(par.scene, words.root, par.memory)
        quote = par.span(*said.source)
        par.speakers[said.source] = replace(found, text=quote.quote, span=quote)
    return par.speakers[said.source]
