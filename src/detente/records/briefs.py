"""What is published, and what people decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from detente.records.articles import Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a brief with the evidence it rests on; editorial ones are a person's own."""

    text: str
    evidence: tuple[Span, ...] = ()
    computed: str | None = None  # what it was computed from, where no quotation can carry it
    editorial: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A headed part of the brief."""

    heading: str
    kind: Literal["text", "table", "list"] = "text"
    sentences: tuple[Sentence, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[Sentence, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """What is published: headline, standfirst, parts; each sentence carries its evidence."""

    id: str
    section: str
    headline: Sentence
    standfirst: Sentence
    as_of: date
    dyad: str | None = None
    blocks: tuple[Block, ...] = ()
    sources: tuple[str, ...] = ()  # Article ids
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person changed, when and why."""

    id: str
    when: datetime
    who: str
    what: str
    target: str
    why: str
    change: dict = field(default_factory=dict)  # a review: which values were set, see `detente.incidents.review`
