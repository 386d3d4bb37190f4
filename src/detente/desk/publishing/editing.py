"""From an edited form to a Brief: pure functions. Every sentence keeps evidence, gets some, or is marked editorial.

Field names: `head` and `stand`, then `b0-s2` for the third sentence of the first part. Each has `NAME` (its words),
`NAME-own` (editorial), `NAME-keep` (numbers of the evidence kept), `NAME-quote` and `NAME-report` (evidence added).
A part has `b0-heading` and `b0-drop`; `b0-new` adds a sentence to it, `new` a part. Empty words take a sentence out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from django.utils.translation import gettext as _

from detente.records import Article, Block, Brief, Sentence, Span

LONGEST = 2000  # characters of one sentence


class Fields(Protocol):
    """A submitted form, as Django's QueryDict is one."""

    def get(self, name: str, default: str = "") -> str:
        """One value."""

    def getlist(self, name: str) -> Sequence[str]:
        """All values."""

    def __contains__(self, name: object) -> bool: ...


@dataclass(slots=True)
class Edit:
    """An edited text, and what is wrong with it by field name."""

    articles: Mapping[str, Article]
    given: Fields
    wrong: dict[str, str] = field(default_factory=dict)

    def brief(self, base: Brief) -> Brief:
        """The text with everything the form changes."""
        head, stand = self._sentence("head", base.headline), self._sentence("stand", base.standfirst)
        for name, each in (("head", head), ("stand", stand)):
            if each is None:
                self.wrong[name] = _("This cannot be empty.")
        blocks = [made for n, block in enumerate(base.blocks) if (made := self._block(f"b{n}", block)) is not None]
        if (added := self._sentence("new", Sentence(""))) is not None:
            heading = _one_line(self.given.get("new-heading", "")) or _("From the editors")
            blocks.append(Block(heading, "text", (added,)))
        return replace(base, headline=head or base.headline, standfirst=stand or base.standfirst, blocks=tuple(blocks))

    def _block(self, name: str, block: Block) -> Block | None:
        if f"{name}-drop" in self.given:
            return None
        heading = _one_line(self.given.get(f"{name}-heading", "")) or block.heading
        kept = [self._sentence(f"{name}-s{n}", each) for n, each in enumerate(block.sentences)]
        if block.kind != "table":
            kept.append(self._sentence(f"{name}-new", Sentence("")))
        sentences = tuple(each for each in kept if each is not None)
        if not sentences and not block.rows:
            return None
        return replace(block, heading=heading, sentences=sentences)

    def _sentence(self, name: str, base: Sentence) -> Sentence | None:
        """The sentence as the form has it; a field that was not sent leaves it as it is."""
        text = _one_line(self.given.get(name, base.text if name not in self.given else ""))
        if not text:
            return None
        if len(text) > LONGEST:
            self.wrong[name] = _("A sentence may have %d characters.") % LONGEST
            return replace(base, text=text)
        evidence = base.evidence
        if name in self.given:
            kept = set(self.given.getlist(f"{name}-keep"))
            evidence = tuple(span for n, span in enumerate(base.evidence) if str(n) in kept)
        evidence = (*evidence, *(span for span in self._added(name) if span not in evidence))
        editorial = f"{name}-own" in self.given if name in self.given else base.editorial
        computed = base.computed if text == base.text else None  # it was computed for the machine's words
        if not (evidence or computed or editorial):
            self.wrong.setdefault(name, _("Keep or add evidence, or mark this as the editors' own."))
        return Sentence(text, evidence, computed, editorial)

    def _added(self, name: str) -> list[Span]:
        quote, report = self.given.get(f"{name}-quote", "").strip(), self.given.get(f"{name}-report", "").strip()
        if not quote:
            return []
        found = find(quote, self.articles, report)
        if isinstance(found, Span):
            return [found]
        self.wrong[name] = found
        return []


def find(quote: str, articles: Mapping[str, Article], report: str = "") -> Span | str:
    """The exact words in one report, or why they were not found."""
    if report and report not in articles:
        return _("There is no report %s in the ledger.") % report
    chosen = [articles[report]] if report else list(articles.values())
    holding = [each for each in chosen if quote in each.text]
    if not holding:
        return _("These exact words stand in none of the reports: “%s”") % quote[:80]
    if len(holding) > 1:
        names = ", ".join(each.id for each in holding[:6])
        return _("These words stand in several reports; name one of them: %s") % names
    start = holding[0].text.index(quote)
    return Span(holding[0].id, start, start + len(quote), quote)


def _one_line(text: str) -> str:
    return " ".join(text.split())
