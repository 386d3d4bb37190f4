"""Sources into a ledger, one article a transaction: repeat it or kill it, nothing is lost and nothing doubled."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from detente.assessing import RollsUp
from detente.dataset import is_dataset, read_dataset
from detente.files import STDIO, kind_of, read_any
from detente.keeping.merging import merge_again
from detente.logs import timed
from detente.pipeline import code_all
from detente.reading import read_page
from detente.records import Article, Coded, Event, Gap, Incident, Link, Page, Quarantined, Tripwire
from detente.sources import impossible_day, name_of, open_sources
from detente.store.codec import known_of, moment

if TYPE_CHECKING:
    from detente.store.ledger import Ledger

_log = logging.getLogger(__name__)
FOUND = (Event, Tripwire, Link)


class Codes(Protocol):
    """What codes an article, and its stamp: a text that changes when the results may."""

    stamp: str

    def code(self, article: Article) -> Coded:
        """Everything found in the article."""


@dataclass(slots=True)
class Report:
    """What became of a run's sources."""

    read: int = 0  # items of the sources
    gaps: int = 0  # records of lost coverage among them
    articles: int = 0  # coded and stored by this run
    held: int = 0  # already in the ledger, coded by this coder
    records: int = 0  # records appended
    incidents: int = 0  # versions of incidents appended
    barred: list[str] = field(default_factory=list)  # erased on legal request, not taken in again
    quarantined: list[Quarantined] = field(default_factory=list)

    def counts(self) -> dict[str, Any]:
        """For a run's summary (`detente.console.count`): what was quarantined is named apart."""
        more = {"already held": self.held, "records": self.records, "versions of incidents": self.incidents}
        more |= {"kept out": len(self.barred)} if self.barred else {}
        return {"read": self.read, "coded": self.articles, "gaps": self.gaps, "more": more}


Through = Callable[[Iterable[Any]], Iterable[Any]]


def ingest(ledger: Ledger, sources: Sequence[str], coder: Codes, *, published: date | None = None,
           known_at: date | None = None, again: bool = False, rolls_up: RollsUp | None = None,
           through: Through = iter) -> Report:  # fmt: skip
    """Read, code, merge and store files of pages or records.

    `known_at` says when all of it became known, where publication dates do not; `again` codes anew what is held;
    `through` sees the items pass (a progress bar).
    """
    intake = Intake(ledger, coder, known_at, again)
    for path in sources:
        if path != STDIO and is_dataset(path):
            intake.records(through(read_dataset(path)))
        elif path != STDIO and kind_of(path) is not None:
            intake.records(through(read_any(path)))
        else:
            intake.pages(through(open_sources([path], published=published)))
    return intake.close(rolls_up)


class Intake:
    """Takes in pages and records one by one; `close` merges what came in."""

    def __init__(self, ledger: Ledger, coder: Codes, known_at: date | datetime | None = None, again: bool = False):
        self.ledger, self.coder, self.again = ledger, coder, again
        self.known_at = moment(known_at) if known_at else None
        self.report = Report()
        self._known: dict[str, datetime] = {}  # when the articles met in this run became known

    def pages(self, pages: Iterable[Page | Quarantined]) -> None:
        """Read, code and store pages; what cannot be read or coded is kept as quarantined with its reason."""
        for page in pages:
            self.report.read += 1
            item = page if isinstance(page, Quarantined) else read_page(page)
            if isinstance(item, Quarantined):
                self._quarantine(item)
            else:
                self._article(item, page if isinstance(page, Page) else None)

    def records(self, items: Iterable[Any]) -> None:
        """Store records as they are; articles that come without anything coded are coded."""
        articles: dict[str, Article] = {}
        coded: set[str] = set()
        every = iter(items)
        while chunk := list(islice(every, 500)):
            strange = {n: why for n, item in enumerate(chunk) if (why := impossible_day(item)) is not None}
            for n, why in strange.items():
                self._quarantine(Quarantined(name_of(chunk[n]), why))
            chunk = [item for n, item in enumerate(chunk) if n not in strange]
            self.report.read += len(chunk)
            for item in chunk:
                self.report.gaps += isinstance(item, Gap)
                if isinstance(item, Article):
                    articles[item.id] = item
                elif isinstance(item, (Event, Tripwire, Link, Coded)):
                    coded.add(item.article)
            self._known |= {a.id: known for a in articles.values() if (known := self._when(a)) is not None}
            # an incident is merged anew from its events, so that none knows of later reports
            rest = [i for i in chunk if not isinstance(i, Article) and not (isinstance(i, Incident) and i.events)]
            self._store(rest)
        ready = [article for article in articles.values() if article.id in coded]
        self._store(ready)
        for article in articles.values():
            if article.id not in coded:
                self._article(article, None)

    def close(self, rolls_up: RollsUp | None = None) -> Report:
        """Merge what came in (or what an interrupted run left unmerged) with what was held, and report."""
        over = timed(_log, "merged what came in")
        self.report.incidents = merge_again(self.ledger, rolls_up)
        over()
        return self.report

    # ------------------------------------------------------------------------------------------ inside
    def _when(self, record: Any) -> datetime | None:
        """When a record became known: as the run says, as its article was, as it says itself."""
        article = record.article if isinstance(record, (Event, Tripwire, Link, Coded)) else None
        if self.known_at is not None:
            return self.known_at
        return self._known.get(article or "") or known_of(record)

    def _store(self, records: list[Any]) -> None:
        done = self.ledger.add(records, known_at=self._when)
        self.report.records += done.new
        self.report.barred += done.barred

    def _quarantine(self, item: Quarantined) -> None:
        self.report.quarantined.append(item)
        _log.debug("quarantined %s: %s", item.origin, item.reason)
        self.ledger.add([item])

    def _article(self, article: Article, page: Page | None) -> None:
        known = self.known_at or (known_of(page) if page else None) or known_of(article) or moment(self.ledger.now())
        before = self.ledger.get(Coded, article.id, as_of=None)
        if not self.again and isinstance(before, Coded) and before.coder == self.coder.stamp:
            kept = self.ledger.get(Article, article.id, as_of=None)
            if isinstance(kept, Article) and kept == article:
                self.report.held += 1
                return
        _, found = next(iter(code_all(self.coder, [article])))  # type: ignore[arg-type]
        if isinstance(found, Quarantined):
            self._quarantine(replace(found, origin=page.origin) if page and page.origin else found)
            self.ledger.add([each for each in (page, article) if each is not None], known_at=known)
            return
        made = [*found.events, *found.tripwires, *found.links]
        gone = self._gone(article.id, made) if before is not None else []
        marker = Coded(article.id, coder=found.coder)  # "coded": what was found stands beside it
        given = [each for each in (page, article, marker) if each is not None]
        done = self.ledger.together([*given, *made], gone, known_at=known)
        self.report.records += done.new
        self.report.barred += done.barred
        if not done.barred:
            self.report.articles += 1
            _log.debug(
                "coded %s: %d found", article.id, len(made), extra={"told": {"article": article.id, "found": len(made)}}
            )

    def _gone(self, article: str, made: list[Any]) -> list[tuple[type, str]]:
        """What an earlier coder found in the article and this one does not."""
        now = {(type(each), each.id) for each in made}
        topics = [f"article:{article}"]
        held: list[Any] = [each for kind in FOUND for each in self.ledger.read(kind, as_of=None, about=topics)]
        return [(type(each), each.id) for each in held if (type(each), each.id) not in now]


__all__ = ["Codes", "Intake", "Report", "ingest"]
