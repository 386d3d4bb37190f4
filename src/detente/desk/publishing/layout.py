"""A revision laid out for a page: numbered notes, sentences with their numbers, drawings, picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from detente.brief.notes import Note, Notes
from detente.desk.publishing.exhibits import current
from detente.desk.publishing.flow import articles_of
from detente.desk.publishing.models import Exhibit, Picture, Revision
from detente.records import Block, Brief, Sentence


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or a cell, with the numbers of its notes."""

    sentence: Sentence
    notes: tuple[int, ...]
    head: str = ""  # the column's name, for a cell


@dataclass(frozen=True, slots=True)
class Part:
    """A headed part of the page."""

    block: Block
    lines: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


class Laid:
    """Everything a template needs of one revision; nothing is read before it is asked for."""

    def __init__(self, revision: Revision, brief: Brief) -> None:
        self.revision, self.brief = revision, brief
        self._notes = Notes(brief, articles_of(brief))

    def _line(self, sentence: Sentence, head: str = "") -> Line:
        return Line(sentence, tuple(self._notes.of(sentence)), head)

    @property
    def notes(self) -> list[Note]:
        """The evidence, in reading order."""
        return self._notes.all

    @property
    def headline(self) -> Line:
        """The headline."""
        return self._line(self.brief.headline)

    @property
    def standfirst(self) -> Line:
        """The reason, in one sentence."""
        return self._line(self.brief.standfirst)

    @property
    def parts(self) -> Iterator[Part]:
        """The body."""
        for block in self.brief.blocks:
            names = (*block.header, *("" for _ in range(20)))
            rows = tuple(
                tuple(self._line(cell, name) for cell, name in zip(row, names, strict=False)) for row in block.rows
            )
            yield Part(block, tuple(map(self._line, block.sentences)), rows)

    @cached_property
    def exhibit(self) -> Exhibit | None:
        """Chart and map, unless something they rest on was erased."""
        return current(self.revision.exhibit)

    @cached_property
    def picture(self) -> Picture | None:
        """What an editor put at the head."""
        return self.revision.story.pictures.filter(removed_at__isnull=True).first()


def lay_out(revision: Revision) -> Laid | None:
    """The revision for a page; None where its words were erased."""
    return Laid(revision, revision.brief) if revision.brief else None
