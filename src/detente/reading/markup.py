"""HTML to visible text: one block per paragraph, with what the markup says about each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree, html

from detente.reading.text import clean

_SILENT = frozenset(
    (
        "script style head noscript template svg math iframe object embed canvas audio video button select "
        "textarea input dialog datalist map"
    ).split()
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody "
        "td tfoot th thead tr ul"
    ).split()
)  # fmt: skip
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_PAGE_PARTS = frozenset({"nav", "aside", "footer", "menu"})
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:captions?|legend|(?:photo|image|img|picture|media)[_-]?(?:captions?|credits?|text)|credits?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CREDIT_CLASS = re.compile(r"credit|copyright|photographer|byline|source", re.IGNORECASE)
_PART_CLASS = re.compile(
    r"(?:^|[\s_-])(?:comments?|related|share|sharing|social|newsletter|cookies?|promo|advert\w*|sidebar|breadcrumbs?|"
    r"footer|menu|nav|navbar|most-?read|recommend\w*|outbrain|taboola|disqus|tags?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_FEWEST_ALT_WORDS = 5
_DEEPEST = 2000
_MOST_BLOCKS = 20_000
_NESTING = re.compile(
    r"</?(?:div|span|font|b|i|u|em|strong|center|table|tbody|tr|td|blockquote|ul|ol|dl|a|small|big|section)\b[^<>]*>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Around:
    """What the markup around a stretch of text says about it."""

    tag: str = ""  # of the block it stands in
    caption: bool = False
    credit: bool = False
    heading: bool = False
    title: bool = False
    part: bool = False  # navigation, sidebar, footer, comments: a part of the page
    article: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph of visible text; `credit` is the part of it the markup names so; `alt` stands for a picture."""

    text: str
    around: Around
    breaks: int = 2
    credit: str | None = None
    alt: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A parsed page with its visible paragraphs and how many elements deep it goes."""

    root: html.HtmlElement
    blocks: list[Shown]
    depth: int


def see(source: str) -> Seen | None:
    """Parse a page leniently and list what it shows; None where there is no element in it at all."""
    root = _parse(source)
    if root is None:
        return None
    blocks, depth = _visible(root)
    if depth >= _DEEPEST:
        # The parser cuts everything below 2,048 levels: tags that only nest are taken out and the rest is kept.
        flat = _parse(_NESTING.sub("\n", source))
        if flat is not None:
            return Seen(flat, _visible(flat)[0], depth)
    return Seen(root, blocks, depth)


def _parse(source: str) -> html.HtmlElement | None:
    # Without huge_tree the parser silently drops what stands deeper than 256 levels.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    # Bytes with a set encoding: a text with an XML declaration would be refused.
    data = source.replace("\x00", " ").encode("utf-8", "replace")
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


class _Writer:
    """Collects runs of text until a block ends."""

    def __init__(self) -> None:
        self.blocks: list[Shown] = []
        self._runs: list[str] = []
        self._credits: list[str] = []
        self._alts: list[Shown] = []
        self._around: Around | None = None

    def add(self, text: str | None, around: Around) -> None:
        if not text:
            return
        run = _SPACE.sub(" ", text)
        if self._around is None and run != " ":
            self._around = around
        self._runs.append(run)
        if around.credit and run.strip():
            self._credits.append(run.strip())

    def line_break(self) -> None:
        self._runs.append("\n")

    def picture(self, alt: str | None, around: Around) -> None:
        words = (alt or "").split()
        if len(words) >= _FEWEST_ALT_WORDS:
            self._alts.append(Shown(clean(" ".join(words))[0].strip(), replace(around, caption=True), alt=True))

    def end(self) -> None:
        if self._around is not None:
            credit = clean(" ".join(self._credits))[0].strip() if self._credits else None
            breaks = 2
            for line in clean("".join(self._runs))[0].split("\n"):
                text = _SPACE.sub(" ", line).strip()
                if text:
                    self.blocks.append(Shown(text, self._around, breaks, credit))
                breaks = 1 if text else 2
        self.blocks.extend(alt for alt in self._alts if alt.text)
        self._runs, self._credits, self._alts, self._around = [], [], [], None


def _inside(element: html.HtmlElement, outer: Around) -> Around:
    tag = element.tag
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    caption = outer.caption or tag == "figcaption" or _CAPTION_CLASS.search(names) is not None
    part = tag in _PAGE_PARTS or (tag in _BLOCKS - {"body", "html", "article", "main"} and _PART_CLASS.search(names))
    return Around(
        tag=tag if tag in _BLOCKS else outer.tag,
        caption=caption,
        credit=outer.credit or (caption and _CREDIT_CLASS.search(names) is not None),
        heading=outer.heading or tag in _HEADINGS,
        title=outer.title or tag == "h1",
        part=outer.part or bool(part),
        article=outer.article or tag in {"article", "main"} or element.get("itemprop") == "articleBody",
    )


def _is_silent(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SILENT or element.get("hidden") is not None:
        return True
    return _HIDDEN.search(element.get("style") or "") is not None


def _visible(root: html.HtmlElement) -> tuple[list[Shown], int]:
    """Return the page's visible paragraphs in order, pictures' descriptions included, and the depth reached."""
    writer, depth = _Writer(), 0
    start = _inside(root, Around())
    writer.add(root.text, start)
    stack: list[tuple[html.HtmlElement, Around, Iterator]] = [(root, start, iter(root))]
    while stack:
        depth = max(depth, len(stack))
        element, around, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if element.tag in _BLOCKS:
                writer.end()
            if stack:
                writer.add(element.tail, stack[-1][1])
        elif child.tag in {"br", "img"} or _is_silent(child):
            if child.tag == "br":
                writer.line_break()
            elif child.tag == "img":
                writer.picture(child.get("alt"), around)
            writer.add(child.tail, around)
        else:
            if child.tag in _BLOCKS:
                writer.end()
            inner = _inside(child, around)
            writer.add(child.text, inner)
            stack.append((child, inner, iter(child)))
    writer.end()
    return _capped(writer.blocks), depth


def _capped(blocks: list[Shown]) -> list[Shown]:
    """Join what stands below the 20,000th paragraph into one: no report is that long, and time is not endless."""
    rest = blocks[_MOST_BLOCKS:]
    if not rest:
        return blocks
    return [*blocks[:_MOST_BLOCKS], Shown("\n".join(item.text for item in rest), rest[0].around)]
