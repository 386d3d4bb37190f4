"""What listening looks like from outside: Prometheus metrics, asked for on a port or left in a file for its node exporter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from detente import __version__
from detente.keeping.ingest import Report
from detente.keeping.watch import Round, State
from detente.records import InputError, SetupError
from detente.whole import write_whole

HOST = "127.0.0.1"  # nobody else's business, unless another address is written


class Measures:
    """Counters of this process, and the state of each feed as the ledger remembers it.

    `place` is "9464", "0.0.0.0:9464" or "/var/lib/node_exporter/detente.prom". SetupError without prometheus-client;
    InputError where the place cannot be used.
    """

    def __init__(self, place: str) -> None:
        try:
            from prometheus_client import (
                CollectorRegistry,
                Counter,
                Gauge,
                Info,
                ProcessCollector,
                disable_created_metrics,
            )  # fmt: skip
        except ImportError as error:
            raise SetupError("metrics need a package more: pip install 'detente[metrics]'") from error
        disable_created_metrics()  # a series beside each counter, of no use to anybody
        self.registry = own = CollectorRegistry()
        ProcessCollector(registry=own)
        Info("detente", "Version", registry=own).info({"version": __version__})
        self.rounds = Counter("detente_watch_rounds", "Rounds of listening", registry=own)
        self.seconds = Counter(
            "detente_watch_round_seconds", "Time spent in them, coding and merging too", registry=own
        )
        self.last = Gauge("detente_watch_last_round_timestamp_seconds", "When the last one ended", registry=own)
        self.asked = Counter("detente_watch_feeds_asked", "Feeds asked, by how they answered", ["answer"], registry=own)
        self.articles = Counter("detente_watch_articles", "Articles, by what became of them", ["outcome"], registry=own)
        self.gaps = Counter("detente_watch_gaps", "Times a gap was noted or grew", registry=own)
        names = ["feed"]
        self.failures = Gauge("detente_feed_failures", "Failures in a row; 0: it answered", names, registry=own)
        self.answered = Gauge("detente_feed_answered_timestamp_seconds", "When it last answered", names, registry=own)
        self.new = Gauge("detente_feed_new_timestamp_seconds", "When it last gave something new", names, registry=own)
        self.open = Gauge("detente_feed_gap", "1 while it is not heard", names, registry=own)
        for answer in ("new", "unchanged", "failed"):  # a series that is there from the start can be summed
            self.asked.labels(answer)
        for outcome in ("coded", "held", "quarantined", "erased"):
            self.articles.labels(outcome)
        self.file = Path(place) if place.endswith(".prom") else None
        if self.file is None:
            self._listen(place)

    def round(self, done: Round, report: Report, states: Mapping[str, State], seconds: float, now: datetime) -> None:
        """Take in what a round brought; `states` are those of the feeds by name."""
        self.rounds.inc()
        self.seconds.inc(seconds)
        self.last.set(now.timestamp())
        self.gaps.inc(done.gaps)
        for answer, n in (("new", done.asked - done.unchanged - done.failed), ("unchanged", done.unchanged), ("failed", done.failed)):  # fmt: skip
            self.asked.labels(answer).inc(n)
        for outcome, n in (("coded", report.articles), ("held", report.held), ("quarantined", len(report.quarantined)), ("erased", len(report.barred))):  # fmt: skip
            self.articles.labels(outcome).inc(n)
        for name, state in states.items():
            self.failures.labels(name).set(state.failures)
            self.open.labels(name).set(bool(state.gap))
            for gauge, moment in ((self.answered, state.answered), (self.new, state.item)):
                if moment:
                    gauge.labels(name).set(datetime.fromisoformat(moment).timestamp())
        if self.file is not None:
            write_whole(self.file, self.text())

    def text(self) -> bytes:
        """All of it in Prometheus's text format."""
        from prometheus_client import generate_latest

        return generate_latest(self.registry)

    def _listen(self, place: str) -> None:
        from prometheus_client import start_http_server

        host, _, port = place.rpartition(":")
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise InputError(
                f"--metrics {place}: write a port (9464), an address and a port, or a file that ends in .prom"
            )
        try:
            start_http_server(int(port), host.strip("[]") or HOST, self.registry)
        except OSError as error:
            raise InputError(f"--metrics {place}: {error.strerror or error}") from error
