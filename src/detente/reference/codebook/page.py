"""The codebook as a page: `python -m detente.reference.codebook.page > docs/reference/codebook.md`."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from detente.records import ConfigError
from detente.reference.codebook.read import Codebook, Context, Example, TypeEntry, load

COMMAND = "python -m detente.reference.codebook.page > docs/reference/codebook.md"
_KINDS = (("verb", "Verbs"), ("noun", "Nouns"), ("adjective", "Adjectives"))
_PARTS = {"verbs": "Verbs", "nouns": "Nouns", "adjectives": "Adjectives", "adverbs": "Adverbs"}
_EFFECTS = {
    "planned": "the deed is planned",
    "threatened": "the deed is threatened",
    "requested": "somebody wants the deed",
    "negated": "the deed does not happen",
    "denied": "somebody denies the deed",
    "uncertain": "the deed is uncertain",
    "uncertain_passive": "the deed is uncertain, in the passive only ('is said to have')",
    "hypothetical": "the deed is only thought of",
    "ongoing": "the deed goes on",
    "occurring": "the deed, as subject, shares this verb's time",
    "ceasing": "the deed, as subject, comes to an end",
}


def codebook_page(codebook: Codebook) -> str:
    """The reference page in Markdown: types, contexts and embedding words. ConfigError if operators.toml is broken."""
    parts = [
        "# Codebook",
        f"<!-- Generated: do not edit. Made by `{COMMAND}` -->",
        f"Generated from the files in `src/detente/reference/codebook/` by `{COMMAND}`. "
        "Types, modes and contexts follow PLOVER 1.3. "
        "A trigger word counts only where its frame fits; the frames stand in `types/*.toml`.",
        "| Type | Quad | Score | Triggers | Examples | Near misses |\n|---|---|---:|---:|---:|---:|\n"
        + "\n".join(map(_row, codebook.types.values())),
        *(_section(codebook, entry) for entry in codebook.types.values()),
        _contexts(tuple(codebook.contexts.values())),
        _operators(Path(__file__).with_name("operators.toml")),
    ]
    return "\n\n".join(parts) + "\n"


def _row(entry: TypeEntry) -> str:
    triggers = {(frame.pos, lemma) for frame in entry.frames for lemma in frame.lemmas}
    good = sum(example.positive for example in entry.examples)
    return (
        f"| [{entry.type}](#{entry.type.lower()}) | {entry.quad} | {entry.score} | {len(triggers)} "
        f"| {good} | {len(entry.examples) - good} |"
    )


def _section(codebook: Codebook, entry: TypeEntry) -> str:
    lines = [f"## {entry.type}", entry.definition]
    if entry.is_not:
        lines.append("Is not:\n\n" + "\n".join(f"- {text}" for text in entry.is_not))
    if entry.modes:
        lines.append("Modes:\n\n" + "\n".join(f"- `{mode}`: {text}" for mode, text in entry.modes.items()))
    for pos, title in _KINDS:
        words = {lemma for frame in entry.frames if frame.pos == pos for lemma in frame.lemmas}
        if words:
            lines.append(f"{title}: " + ", ".join(sorted(_shown(words, codebook))) + ".")
    lines.append("Examples:\n\n" + "\n".join(f"- {_example(example)}" for example in _two(entry)))
    return "\n\n".join(lines)


def _shown(words: set[str], codebook: Codebook) -> set[str]:
    """The words without second spellings (-ize beside -ise) and without the lemmatiser's slips."""
    hidden = {word for word in words if word.replace("iz", "is") in words - {word}}
    for word in words:
        first, space, rest = word.partition(" ")
        hidden |= {wrong + space + rest for wrong in codebook.slips.get(first, ())}
    return words - hidden


def _two(entry: TypeEntry) -> list[Example]:
    """The first example, and the first of another genre and modality if there is one."""
    good = [example for example in entry.examples if example.positive]
    others = [e for e in good if e.genre != good[0].genre and e.modality != good[0].modality]
    return [*good[:1], *(others or good[1:])[:1]]


def _example(example: Example) -> str:
    text, shift = example.text, 0
    for _, start, end in sorted(mark for mark in example.marks if mark[0] == "T"):
        start, end = start + shift, end + shift
        text = f"{text[:start]}**{text[start:end]}**{text[end:]}"
        shift += 4
    roles = [("actor", example.actor), ("recipient", example.recipient)]
    notes = [f"{role}: {name}" for role, name in roles if name] + [example.modality]
    return f"{text} ({'; '.join(notes)})"


def _contexts(contexts: Sequence[Context]) -> str:
    head = (
        "An article has a context when at least two different ones of its words stand in it, three from 400 words on, four "
        f"from 800; words in bold count twice. {sum(len(c.paragraphs) for c in contexts)} paragraphs of ours show what has a context and what only "
        "seems to; `contexts.toml` holds them all."
    )
    return "\n\n".join(["## Contexts", head, *map(_context, contexts)])


def _context(context: Context) -> str:
    lines = [f"### {context.name}", context.definition]
    if context.is_not:
        lines.append(f"Is not: {context.is_not}")
    words = [f"**{term}**" for term in context.sure] + [term for term in context.terms if term not in context.sure]
    lines.append("Words: " + ", ".join(words) + ".")
    for positive, title in ((True, "Example"), (False, "Near miss")):
        lines += [f"{title}: {p.text}" for p in context.paragraphs if p.positive == positive][:1]
    return "\n\n".join(lines)


def _operators(path: Path) -> str:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as err:
        raise ConfigError(f"{path}: {err}") from err
    lines = ["## Embedding words", "Words around a deed that say how it stands (`operators.toml`)."]
    for part, effects in table.items():
        lines.append(f"### {_PARTS.get(part, part.capitalize())}")
        lines.append(
            "\n".join(
                f"- `{effect}` ({_EFFECTS.get(effect, effect)}): {', '.join(dict.fromkeys(words))}"
                for effect, words in effects.items()
            )
        )
    return "\n\n".join(lines)


def main() -> None:
    """Write the page of the shipped codebook to standard output as UTF-8."""
    sys.stdout.buffer.write(codebook_page(load()).encode("utf-8"))


if __name__ == "__main__":
    main()
