"""Page to Article: decode, find the report in it, drop the furniture, keep the way back to the raw text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from detente.reading.assemble import Assembled, assemble
from detente.reading.decode import declared_charset, decode, not_text, unreadable_share
from detente.reading.known import Known, build, hinted, json_safe, learn_from_lines, learn_from_page
from detente.reading.layout import Block, mark_header, mark_lines, mark_subheads, mark_tail, mark_title_repeats, split
from detente.reading.markup import see
from detente.reading.metadata import about_page
from detente.reading.text import PieceMap, clean, fold, raw_position, tidy
from detente.reading.web import choose, judged_blocks, page_text_of
from detente.records import FAULTS, Article, Page, Piece, Quarantined

_UNREADABLE = 0.05
# Fields of an item that become fields of the article; every other one is kept in `extra`.
ITEM_FIELDS = frozenset(
    "id text body title headline published url outlet section byline updated language dateline".split()
)  # fmt: skip


def read_page(page: Page) -> Article | Quarantined:
    """Read a page into an article, or say why it cannot be read; never raises for what the page holds."""
    try:
        return _read(page)
    except FAULTS as error:
        return _refuse(page, f"could not be read: {type(error).__name__}: {error}")


def _read(page: Page) -> Article | Quarantined:
    if page.media_type == "application/json":
        return _read_item(page)
    what = not_text(page.body)
    if what is not None:
        return _refuse(page, f"{what}, not a page of text")
    is_html = page.media_type == "text/html"
    raw = decode(page.body, page.hints.get("charset") or (declared_charset(page.body) if is_html else None))
    if unreadable_share(raw) > _UNREADABLE:
        return _refuse(page, "not text: too many unreadable characters")
    known = Known(page.hints.get("id") or f"a-{page.sha256[:16]}", tidy(str(page.hints.get("title") or "")))
    known.fields = {"page": page.id, "url": page.url, "outlet": page.hints.get("outlet")}
    return _read_html(page, raw, known) if is_html else _read_plain(page, raw, known)


def page_text(page: Page) -> str:
    """Return the page's own text, the one `Piece.raw_start` counts in (for HTML: its visible text)."""
    if page.media_type == "application/json":
        item = json.loads(page.body)
        return str(item.get("text") or item.get("body") or "")
    if page.media_type != "text/html":
        return decode(page.body, page.hints.get("charset"))
    seen = see(decode(page.body, page.hints.get("charset") or declared_charset(page.body)))
    if seen is None:
        return ""
    about = about_page(seen.root)
    return page_text_of(seen.blocks) if any(choose(seen, len(page.body))) or not about.body else about.body


def read_text(
    text: str, *, id: str, title: str = "", published: date | None = None, outlet: str | None = None, **fields: Any
) -> Article:
    """Read text that was already taken out of its page: furniture dropped, captions zoned, offsets kept.

    `fields` are fields of Article (section, byline, url, language, updated, page, dateline) and, in `extra`,
    anything else. Offsets of `Article.pieces` count in `text` as given.
    """
    known = Known(id, tidy(title), [published] if published else [], extra=dict(fields.pop("extra", None) or {}))
    known.fields = {"outlet": outlet}
    for name, value in fields.items():
        if name == "updated":
            known.updated.append(value)
        elif name in ITEM_FIELDS or name == "page":
            known.fields[name] = value
        else:
            known.extra[name] = value
    return _from_text(text, known, guess_title=False)


def raw_offset(article: Article, position: int) -> int | None:
    """Return where the character at `position` of Article.text stands in the raw text it came from.

    None for a position outside the text, or on a break put in where furniture stood.
    """
    return raw_position(article.pieces, position)


def _refuse(page: Page, reason: str) -> Quarantined:
    excerpt = fold(page.body[:400].decode("utf-8", "replace")).strip()[:200]
    return Quarantined(page.origin or page.id, reason, excerpt)


def _read_item(page: Page) -> Article | Quarantined:
    try:
        item = json.loads(page.body, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        return _refuse(page, f"not JSON: {error}")
    if not isinstance(item, dict):
        return _refuse(page, "not a JSON object")
    name = "text" if "text" in item or "body" not in item else "body"
    text = item.get(name)
    if not isinstance(text, str) or not text.strip():
        return _refuse(
            page, f"field '{name}' is {'not text' if text and not isinstance(text, str) else 'missing or empty'}"
        )
    title = item.get("title") or item.get("headline")
    own_id = item.get("id")
    known = Known(
        tidy(str(own_id)) if own_id not in (None, "") else f"a-{page.sha256[:16]}",
        tidy(title) if isinstance(title, str) else "",
        hinted(page, [item.get("published")]),
        [item.get("updated")],
    )
    known.fields = {"page": page.id}
    for key in ("url", "outlet", "section", "byline", "language", "dateline"):
        value = item.get(key)
        known.fields[key] = tidy(value) if isinstance(value, str) and value.strip() else None
    known.extra = {fold(key): json_safe(value) for key, value in item.items() if key not in ITEM_FIELDS}
    return _from_text(text, known, guess_title=False)


def _read_plain(page: Page, raw: str, known: Known) -> Article | Quarantined:
    if not clean(raw)[0].strip():
        return _refuse(page, "no text in it")
    known.published = hinted(page, [])
    return _from_text(raw, known, guess_title=not known.title)


def _read_html(page: Page, raw: str, known: Known) -> Article | Quarantined:
    seen = see(raw)
    if seen is None:
        return _refuse(page, "no text in it")
    about = about_page(seen.root)
    learn_from_page(known, about, page)
    kept = choose(seen, len(page.body))
    if not any(kept):
        if about.body and about.body.strip():
            return _from_text(about.body, known, guess_title=False)
        return _title_only(known) if known.title else _refuse(page, "no report found in the page")
    text = page_text_of(seen.blocks)
    blocks = judged_blocks(seen.blocks, kept)
    return _finish(text, blocks, [Piece(0, 0, len(text))], known, about.titles, guess_title=False)


def _title_only(known: Known) -> Article:
    return build(known, Assembled(known.title, (), (), None))


def _from_text(raw: str, known: Known, *, guess_title: bool) -> Article:
    text, pieces = clean(raw)
    return _finish(text, split(text), pieces, known, [], guess_title=guess_title)


def _finish(
    text: str,
    blocks: list[Block],
    pieces: Iterable[Piece],
    known: Known,
    titles: Sequence[str],
    *,
    guess_title: bool,
) -> Article:
    """Judge the paragraphs, learn what the header and the closing lines say, and build the article."""
    mark_lines(text, blocks)
    mark_header(text, blocks, guess_title=guess_title)
    mark_title_repeats(text, blocks, [known.title, *titles])
    mark_tail(text, blocks)
    if not any(block.role == "body" for block in blocks):
        # A credit at the end of all there is does not make it a photo caption.
        for block in blocks:
            if block.role == "caption" and not block.fixed:
                block.role = "body"
    mark_subheads(text, blocks)
    learn_from_lines(text, blocks, known)
    if not any(block.role in {"body", "caption", "subhead"} for block in blocks):
        # Nothing but a title, or nothing but lines that look like furniture: what was given is kept.
        for block in blocks:
            if block.role == "title" or (not known.title and not block.fixed):
                block.role = "body"
    return build(known, assemble(text, blocks, PieceMap(pieces)))
