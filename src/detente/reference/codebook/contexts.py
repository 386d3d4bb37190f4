"""PLOVER's contexts, what an article is about: reads `contexts.toml` and says what is missing in it.

An example is one line, `region, genre: text`: a short paragraph that has the context, or, as a near miss, has some of its
words and not the context.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from detente.records import ConfigError
from detente.reference.codebook.frames import Context, Paragraph

EXAMPLES = 8  # at least so many a context
NEAR_MISSES = 3
_LISTS = ("terms", "sure", "examples", "near_misses")
_KEYS = {"definition", "is_not", *_LISTS}


def contexts(
    table: Mapping[str, Any], where: str, genres: Collection[str], regions: Collection[str]
) -> dict[str, Context]:
    """Contexts by name; ConfigError names the context and the line that cannot be read."""
    out = {}
    for name, entry in table.items():
        if not {"definition", "terms"} <= set(entry) <= _KEYS:
            raise ConfigError(f"{where}, {name}: needs 'definition' and 'terms', may have {', '.join(sorted(_KEYS))}")
        lists = {key: _lines(entry.get(key, []), f"{where}, {name}") for key in _LISTS}
        paragraphs = tuple(
            _paragraph(line, key == "examples", f"{where}, {name}, {key} {n}", genres, regions)
            for key in ("examples", "near_misses")
            for n, line in enumerate(lists[key], 1)
        )
        out[name] = Context(
            name, str(entry["definition"]), lists["terms"], lists["sure"], str(entry.get("is_not", "")), paragraphs
        )
    return out


def _lines(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{where}: expected a list of texts, found {value!r}")
    return tuple(value)


def _paragraph(line: str, positive: bool, where: str, genres: Collection[str], regions: Collection[str]) -> Paragraph:
    head, _, text = line.partition(": ")
    region, _, genre = head.partition(", ")
    if region not in regions or genre not in genres or not text.strip():
        raise ConfigError(f"{where}: expected 'region, genre: text', found {line[:40]!r}")
    return Paragraph(text.strip(), genre, region, positive)


def wanting(known: Iterable[Context]) -> Iterator[tuple[str, str]]:
    """What contexts lack, as (context, complaint): too few examples, no word on what it is not, a paragraph twice."""
    seen: dict[str, str] = {}
    for context in known:
        counts = Counter(p.positive for p in context.paragraphs)
        for positive, least, what in ((True, EXAMPLES, "examples"), (False, NEAR_MISSES, "near misses")):
            if counts[positive] < least:
                yield context.name, f"{counts[positive]} {what}, fewer than {least}"
        if not context.is_not:
            yield context.name, "does not say what it is not"
        for paragraph in context.paragraphs:
            if paragraph.text in seen:
                yield context.name, f"the same paragraph as in {seen[paragraph.text]}: {paragraph.text[:40]!r}"
            seen[paragraph.text] = context.name
