"""Whose quotation: each is handed to the speaker beside it, before it, or told by a colon or a closing verb."""

from __future__ import annotations

import re

from detente.events.asides import NOMINAL
from detente.events.cuewords import CUES
from detente.events.phrases import FINITE, Draft, Offsets, child, noun_phrase, sentence_of
from detente.events.quotes import Quote, inside
from detente.events.tokens import Doc

_FAR = 110  # characters between a cue and its quotation


def give_quotes(doc: Doc, drafts: list[Draft], quotes: list[Quote]) -> None:
    """Hand each quotation to its speaker: the cue beside it, else the speaker of the quotation before it."""
    last: tuple[Quote, Draft] | None = None
    places = [(*_extent(doc, d), d) for d in drafts if d.takes_quote and d.cue]
    places = [p for p in places if inside(quotes, p[0]) is None]
    for quote in quotes:
        beside = _beside(doc.text, places, quote)
        if beside is None and (named := _named_after(doc, quote) or _opened(doc, quote)) is not None:
            drafts.append(named)
            beside = named
        if beside is None and last is not None and _follows(doc.text, last[0], quote):
            beside = last[1]
        if beside is None and (opened := _closed(doc, quote)) is not None:
            drafts.append(opened)
            beside = opened
        if beside is not None:
            beside.extra.append((quote.start, quote.end))
            last = (quote, beside)


def _follows(text: str, before: Quote, quote: Quote) -> bool:
    """A quotation goes on: over a paragraph break, or after '… he said. “' in the same paragraph."""
    if quote.continues:
        return True
    gap = quote.start - before.end
    if _whole_paragraph(text, quote) and _ends_with_speaker(text[before.end : quote.start]):
        return True
    between = text[before.end : quote.start] if gap < 120 else "\n"
    return "\n" not in between and between.count(". ") <= 1


def _whole_paragraph(text: str, quote: Quote) -> bool:
    """A quotation that is all of its paragraph."""
    return text[: quote.start].rstrip(" ")[-1:] in ("\n", "") and text[quote.end :].lstrip(" ")[:1] in ("\n", "")


def _ends_with_speaker(between: str) -> bool:
    """Between two quotations no more than '… Mayor Lind said.' and a paragraph's end."""
    words = between.strip()
    return "\n" in between and "\n" not in words and len(words) < 90 and words.count(". ") == 0


def _opened(doc: Doc, quote: Quote) -> Draft | None:
    """'The minister was unequivocal: “…”': a colon before a quotation, where no verb brings it."""
    span = doc.char_span(quote.start, quote.end, alignment_mode="expand")
    colon = span.start - 1 if span is not None else -1
    if colon < 1 or doc[colon].text != ":":
        return None
    line = sentence_of(doc[colon - 1])
    root = next((doc[i] for i in line if i < colon and doc[i].pos_ in ("VERB", "AUX") and child(doc[i], "nsubj")), None)
    subject = child(root, "nsubj") if root is not None else None
    if subject is None or not (subject.pos_ in ("PROPN", "PRON") or subject.lemma_.lower() in _SPEAKERS):
        return None
    return Draft({colon}, noun_phrase(subject))


_READ = re.compile(r"[,\s]*([^\n.,;:“\"]{3,80}?)\s(read|reads|ran|runs|went)\.")


def _closed(doc: Doc, quote: Quote) -> Draft | None:
    """'“…,” a text from the commissioner read.': the parser takes 'read' for a noun there."""
    match = _READ.match(doc.text, quote.end)
    source = doc.char_span(*match.span(1), alignment_mode="expand") if match else None
    cue = doc.char_span(*match.span(2), alignment_mode="expand") if match else None
    if source is None or cue is None or any(t.tag_ in FINITE for t in source):
        return None
    return Draft({t.i for t in cue}, {t.i for t in source})


def _named_after(doc: Doc, quote: Quote) -> Draft | None:
    """'“…,” its deputy commander, Nyo Tun, told the Herald', where the parser ends a sentence within the name."""
    span = doc.char_span(quote.start, quote.end, alignment_mode="expand")
    if span is None or doc.text[quote.start : quote.end].rstrip("”\"'»")[-1:] not in (",", "?", "!"):
        return None
    after = list(doc[span.end : span.end + 16])
    at = next((n for n, t in enumerate(after) if t.tag_ in FINITE or not (t.pos_ in NOMINAL or t.text == ",")), 0)
    if not at or after[at].tag_ not in FINITE or "c" not in CUES.verbs.get(after[at].lemma_.lower(), {}):
        return None
    source = {t.i for t in after[:at]} - ({after[at - 1].i} if after[at - 1].text == "," else set())
    return Draft({after[at].i}, source)


_SPEAKERS = CUES.anonymous_heads | CUES.offices | CUES.spokesmen | CUES.things | CUES.papers


def _beside(text: str, places: list[tuple[int, int, Draft]], quote: Quote) -> Draft | None:
    best: tuple[int, Draft] | None = None
    for start, end, draft in places:
        if start > quote.end + _FAR or end < quote.start - _FAR:
            continue
        gap = _gap(text, quote, start, end)
        if gap is not None and (best is None or gap < best[0]):
            best = (gap, draft)
    return best[1] if best else None


def _extent(doc: Doc, draft: Draft) -> Offsets:
    cue = [doc[i] for i in sorted(draft.cue)]
    near = [doc[i] for i in sorted(draft.source) if abs(i - cue[0].i) < 25] + cue
    return min(t.idx for t in near), max(t.idx + len(t) for t in near)


def _gap(text: str, quote: Quote, start: int, end: int) -> int | None:
    """Characters between the quotation and 'source cue', or None where something else stands between."""
    if start >= quote.end:
        between = text[quote.end : start]
        return len(between) if len(between.strip(" ,;—–-\n")) <= 2 and "\n" not in between.strip(" ") else None
    if end <= quote.start:
        between = text[end : quote.start]
        if re.search(r"[.!?;]\s", between) or len(between) > _FAR:
            return None
        return None if "\n" in between and ":" not in between else len(between) + 3
    return None
