"""A brief as Markdown, with numbered evidence at the end."""

from __future__ import annotations

import re
from collections.abc import Mapping

from detente.brief.notes import Notes
from detente.records import Article, Block, Brief, Sentence

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def escaped(text: str) -> str:
    """Text with everything Markdown could read as markup made harmless, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _marked(sentence: Sentence, notes: Notes) -> str:
    numbers = "".join(f"[^{n}]" for n in notes.of(sentence))
    return escaped(sentence.text) + (f" {numbers}" if numbers else "")


def _block(block: Block, notes: Notes) -> list[str]:
    lines = [f"## {escaped(block.heading)}", ""]
    if block.kind == "list":
        lines += [f"- {_marked(each, notes)}" for each in block.sentences]
    elif block.sentences:
        lines.append(" ".join(_marked(each, notes) for each in block.sentences))
    if block.rows:
        lines += ["", "| " + " | ".join(map(escaped, block.header)) + " |", "|" + " --- |" * len(block.header)]
        lines += ["| " + " | ".join(_marked(cell, notes) for cell in row) + " |" for row in block.rows]
    return [*lines, ""]


def to_markdown(brief: Brief, articles: Mapping[str, Article]) -> str:
    """The brief as Markdown text; every note gives outlet, date, title and the exact words."""
    notes = Notes(brief, articles)
    top = " · ".join(escaped(each) for each in (brief.section, brief.stamp, brief.dyad or "") if each)
    lines = [top, "", f"# {_marked(brief.headline, notes)}", "", f"**{_marked(brief.standfirst, notes)}**", ""]
    for block in brief.blocks:
        lines += _block(block, notes)
    for note in notes.all:
        where = f" <{note.link}>" if note.link else ""
        lines.append(f"[^{note.number}]: {escaped(note.source)}: “{escaped(note.exact)}”{where}")
    return "\n".join(lines).strip() + "\n"
