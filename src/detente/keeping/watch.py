"""Listening to feeds: what is new goes into the ledger, and so does every stretch in which nothing was heard."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from detente.keeping.ingest import Intake
from detente.records import Gap, Heard, Page, Quarantined
from detente.sources import make_page
from detente.sources.feeds import Item, read_feed
from detente.sources.fetch import Answer, Fetcher, FetchError

if TYPE_CHECKING:
    from detente.store.ledger import Ledger

_log = logging.getLogger(__name__)
_ENOUGH = 400  # characters of a feed's own text that stand in for a page which may not be fetched
_SEEN = 1000  # entries of a feed remembered
_LONGEST_WAIT = timedelta(hours=24)
_AHEAD = timedelta(days=1)  # a feed's clock may run ahead of ours by so much; a later date is not believed


@dataclass(slots=True)
class State:
    """What is remembered of one feed between two rounds (moments as ISO text)."""

    source: str = ""
    etag: str = ""
    modified: str = ""
    address: str = ""  # where it moved to for good
    failures: int = 0  # in a row
    due: str = ""
    first: str = ""  # day on which listening began
    answered: str = ""  # last moment it answered
    item: str = ""  # last moment it gave something new
    seen: list[str] = field(default_factory=list)
    gap: str = ""  # first day of a gap that is still open


@dataclass(slots=True)
class Round:
    """What one round of listening brought, as lines for the log."""

    asked: int = 0
    unchanged: int = 0
    failed: int = 0
    pages: int = 0
    gaps: int = 0  # feeds of which a gap was noted or grew
    lines: list[str] = field(default_factory=list)


class Watcher:
    """Asks each feed when it is due, stores what is new, and notes silence and failure as gaps."""

    def __init__(self, ledger: Ledger, intake: Intake, fetcher: Fetcher, *, every: timedelta = timedelta(minutes=30),
                 silent_days: int = 7, now: Callable[[], datetime]) -> None:  # fmt: skip
        self.ledger, self.intake, self.fetcher = ledger, intake, fetcher
        self.every, self.silent_days, self.now = every, silent_days, now

    def round(self, feeds: Mapping[str, str]) -> Round:
        """Ask every feed (address to name) that is due; one that fails does not stop the others."""
        done = Round()
        for url, name in feeds.items():
            state = State(**self.ledger.bookmark(f"feed:{url}"))
            if state.due and self.now() < datetime.fromisoformat(state.due) <= self._latest():
                continue
            done.asked += 1
            state.source = state.source or name
            self._one(url, state, done)
            told = {"feed": state.source or name, "url": url, "failures": state.failures, "due": state.due}
            _log.debug("asked %s, next at %s", told["feed"], state.due, extra={"told": told})
            self.ledger.set_bookmark(f"feed:{url}", {name: getattr(state, name) for name in State.__slots__})
        return done

    def next_due(self, feeds: Mapping[str, str]) -> datetime:
        """When the next of the feeds is to be asked."""
        states = (self.ledger.bookmark(f"feed:{url}").get("due") for url in feeds)
        found = min((datetime.fromisoformat(due) for due in states if due), default=self.now())
        return found if found <= self._latest() else self.now()

    def states(self, feeds: Mapping[str, str]) -> dict[str, State]:
        """What is remembered of each feed, by its name (its address where it has none)."""
        found = {url: State(**self.ledger.bookmark(f"feed:{url}")) for url in feeds}
        return {state.source or feeds[url] or url: state for url, state in found.items()}

    def _latest(self) -> datetime:
        """No feed is put off for longer: one that seems to be was asked by a clock that has been set back since."""
        return self.now() + max(self.every, _LONGEST_WAIT)

    # ------------------------------------------------------------------------------------------ inside
    def _one(self, url: str, state: State, done: Round) -> None:
        state.first = state.first or self.now().date().isoformat()
        try:
            answer = self.fetcher.get(state.address or url, etag=state.etag, modified=state.modified)
        except FetchError as error:
            self._failed(url, state, str(error), done)
            return
        if answer.moved:
            state.address = answer.moved
        if answer.status == 304:
            done.unchanged += 1
            self._answered(state, None, 0, answer, done)
        elif answer.status != 200:
            state.address = ""  # a new address that fails is given up for the old one
            self._failed(url, state, f"answered {answer.status}", done, _retry_after(answer, self.now()))
        else:
            self._read(url, state, answer, done)

    def _read(self, url: str, state: State, answer: Answer, done: Round) -> None:
        feed = read_feed(answer.body, answer.url, answer.headers)
        if feed.problem and not feed.items:
            self._failed(url, state, f"cannot be read: {feed.problem}", done)
            return
        state.source = state.source or feed.title or url
        seen, new = set(state.seen), 0
        for item in feed.items:
            if item.id not in seen and self._take(item, state, done):
                new += 1
        state.seen = [*dict.fromkeys([*(item.id for item in feed.items), *state.seen])][:_SEEN]
        if feed.problem:
            done.lines.append(f"{state.source}: read in part: {feed.problem}")
            state.etag = state.modified = ""  # ask for the whole of it again
        else:
            state.etag, state.modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
        self._answered(state, feed.items, new, answer, done)

    def _take(self, item: Item, state: State, done: Round) -> bool:
        """Fetch and store one entry's page, or the feed's own text where it may not be fetched."""
        about = f"url:{item.link}"
        if item.link and next(iter(self.ledger.read(Page, as_of=None, about=[about])), None):
            return False
        page = self._page(item, state)
        self.intake.pages([page])
        done.pages += isinstance(page, Page)
        return True

    def _page(self, item: Item, state: State) -> Page | Quarantined:
        name = hashlib.sha256((item.link or f"{state.source}\n{item.id}").encode()).hexdigest()[:16]
        hints: dict[str, Any] = {"id": f"w-{name}", "title": item.title, "outlet": state.source}
        if item.published and item.published <= self.now() + _AHEAD:
            hints["published"] = item.published.date().isoformat()
        body, kind, problem = item.text.encode("utf-8", "replace"), "text/html", "the entry has no address"
        if item.link:
            try:
                answer = self.fetcher.get(item.link)
                problem = f"{item.link} answered {answer.status}"
                if answer.status == 200:
                    stated = answer.headers.get("content-type", "text/html")
                    charset = stated.partition("charset=")[2].strip(" \"';")
                    body, problem = answer.body, ""
                    kind = "text/plain" if stated.startswith("text/plain") else "text/html"
                    hints |= {"charset": charset} if charset else {}
            except FetchError as error:
                problem = str(error)
        if problem and len(item.text) < _ENOUGH:
            return Quarantined(item.link or item.id, problem, item.title[:200])
        return replace(make_page(body, kind, state.source, hints, item.link), fetched=self.now())

    def _answered(self, state: State, items: tuple[Item, ...] | None, new: int, answer: Answer,
                  done: Round) -> None:  # fmt: skip
        """Note that it answered; `items` is None where it said that nothing has changed."""
        now, today = self.now(), self.now().date()
        last = datetime.fromisoformat(state.answered).date() if state.answered else None
        self._mend(state, items, last, today, done)
        state.failures, state.answered = 0, now.isoformat()
        state.item = now.isoformat() if new or not state.item else state.item
        wait = max(self.every, _retry_after(answer, now) or self.every)
        state.due = (now + wait).isoformat()
        before = self.ledger.get(Heard, f"{state.source}|{today}", as_of=None)
        items_today = (before.items if isinstance(before, Heard) else 0) + new
        self.ledger.add([Heard(state.source, today, True, items_today)], known_at=now)
        quiet = (today - datetime.fromisoformat(state.item).date()).days
        if quiet > self.silent_days:
            start = today - timedelta(days=quiet - 1)
            reason = f"it answers, but gave nothing new for {quiet} days"
            self._note(Gap(state.source, start, today, reason), done)

    def _mend(self, state: State, items: tuple[Item, ...] | None, last: date | None, today: date,
              done: Round) -> None:  # fmt: skip
        """Close the gap that is open, or find the days on which nobody asked; what the feed still tells is no gap."""
        missed = date.fromisoformat(state.gap) if state.gap else last + timedelta(days=1) if last else today
        reach = min((item.published.date() for item in items or () if item.published), default=None)
        caught_up = items is None or (reach is not None and reach < missed)
        if state.gap and caught_up:
            self.ledger.withdraw(Gap, f"{state.source}|{state.gap}", known_at=self.now())
        elif not state.gap and missed < today and not caught_up:
            self._note(Gap(state.source, missed, today - timedelta(days=1), "nobody asked it"), done)
        state.gap = ""

    def _failed(self, url: str, state: State, reason: str, done: Round, retry: timedelta | None = None) -> None:
        now, today = self.now(), self.now().date()
        state.failures += 1
        state.source = state.source or url
        wait = min(self.every * 2 ** min(state.failures, 16), _LONGEST_WAIT)
        state.due = (now + max(wait, retry or wait)).isoformat()
        done.failed += 1
        done.lines.append(f"{state.source}: {reason}")
        answered = state.answered[:10] == today.isoformat()
        if not answered:
            self.ledger.add([Heard(state.source, today, False)], known_at=now)
            last = datetime.fromisoformat(state.answered).date() if state.answered else None
            self._gap(state, last + timedelta(days=1) if last else date.fromisoformat(state.first), reason, done)

    def _gap(self, state: State, start: date, reason: str, done: Round) -> None:
        today = self.now().date()
        state.gap = min(
            state.gap or start.isoformat(), today.isoformat()
        )  # never later: the clock may have been set back
        self._note(Gap(state.source, date.fromisoformat(state.gap), today, reason), done)

    def _note(self, gap: Gap, done: Round) -> None:
        done.gaps += 1
        self.ledger.add([gap], known_at=self.now())


def _retry_after(answer: Answer, now: datetime) -> timedelta | None:
    """How long a server asks to be left alone, at most a day."""
    given = answer.headers.get("retry-after", "").strip()
    try:
        wait = timedelta(seconds=int(given)) if given.isdigit() else parsedate_to_datetime(given) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return max(timedelta(0), min(wait, _LONGEST_WAIT))


__all__ = ["Round", "State", "Watcher"]
