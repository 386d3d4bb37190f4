"""What people reviewed, as examples that `detente train` reads: marked pairs (--set) and deeds (--deeds)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from detente.incidents.review import REJECT, anchor, applied, is_review
from detente.records import FACTUAL, Article, Decision, Event, Mention
from detente.reference.codebook.read import NONE

NO_DEED = ("no-event",)  # reasons of a rejection that say something about the words; a doubled mention says nothing
_HAPPENED: dict[str, tuple[float, str]] = dict.fromkeys(FACTUAL, (3.0, "happened"))
_HAPPENED |= {"denied": (-3.0, "not"), "negated": (-3.0, "not"), "uncertain": (0.0, "uncertain")}


@dataclass(frozen=True, slots=True)
class Examples:
    """Lines of JSON: `pairs` {text, actor, recipient, type}, `deeds` {text, start, end, score, coarse}."""

    pairs: tuple[dict[str, Any], ...]
    deeds: tuple[dict[str, Any], ...]

    def files(self) -> dict[str, bytes]:
        """File names with their content."""
        return {f"{name}.jsonl": _lines(getattr(self, name)) for name in ("pairs", "deeds")}


def training(events: Iterable[Event], decisions: Iterable[Decision], articles: Mapping[str, Article]) -> Examples:
    """One example for each reviewed mention (`decisions` in force): corrected and accepted ones as what they are now,
    those that tell no event as NONE. The text is the sentence of the evidence; offsets count its characters."""
    by_place = {tuple(each.change.get("at", ())): each for each in decisions if is_review(each)}
    pairs, deeds = [], []
    for event in events:
        decision = by_place.get(tuple(anchor(event)))
        if decision is None or event.article not in articles:
            continue
        made = applied(event, decision, articles)
        if made is None and not (decision.what == REJECT and decision.change.get("reason") in NO_DEED):
            continue
        told = made or event
        low, text = told.evidence.start, told.evidence.quote
        pairs.append({
            "text": text, "actor": _inside(told.actors, low, text), "recipient": _inside(told.recipients, low, text),
            "type": made.type if made else NONE, "event": event.id,
        })  # fmt: skip
        start, end = told.trigger.start - low, told.trigger.end - low
        if made is not None and made.modality in _HAPPENED and 0 <= start < end <= len(text):
            score, coarse = _HAPPENED[made.modality]
            deeds.append({"text": text, "start": start, "end": end, "score": score, "coarse": coarse})
    return Examples(tuple(pairs), tuple(deeds))


def _inside(mentions: Iterable[Mention], low: int, text: str) -> list[int] | None:
    """The first of the parties that stands in the sentence."""
    for each in mentions:
        if each.span is not None and low <= each.span.start and each.span.end <= low + len(text):
            return [each.span.start - low, each.span.end - low]
    return None


def _lines(rows: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows).encode()
