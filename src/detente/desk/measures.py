"""Prometheus metrics of the desk: who asks with its token is told how many requests of what kind, and what waits for people.

Every server process counts in files of its own in DETENTE_DESK_DATA/metrics (prometheus-client's way for several
processes); whichever is asked adds them up. No address, path or name of a visitor is in them.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from hmac import compare_digest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from detente import __version__, logs
from detente.desk.middleware import Next

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_log = logging.getLogger(__name__)
if settings.DESK.metrics_token:  # prometheus-client reads it when it is imported
    os.environ.setdefault(_FOLDER, str(settings.DESK.data / "metrics"))
    Path(os.environ[_FOLDER]).mkdir(parents=True, exist_ok=True)

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest  # noqa: E402
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily  # noqa: E402
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead  # noqa: E402

_own = CollectorRegistry()
REQUESTS = Counter("detente_desk_requests", "Requests answered", ["view", "method", "status"], registry=_own)
SECONDS = Histogram("detente_desk_request_seconds", "Time an answer took", ["view"], registry=_own,
                    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30))  # fmt: skip
_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


def counted(get_response: Next) -> Next:
    """The outermost step of a request: count it under its view's name, with the time it took."""
    if not settings.DESK.metrics_token and not logs.how.verbose:
        raise MiddlewareNotUsed("nobody asks")

    def step(request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = get_response(request)
        took = time.perf_counter() - begun
        found = request.resolver_match
        view = (
            found.view_name
            if found
            else "static"
            if request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/")
            else "none"
        )
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(view, method, response.status_code).inc()
        SECONDS.labels(view).observe(took)
        told = {"view": view, "method": method, "status": response.status_code, "seconds": round(took, 4)}
        _log.debug("%s %s %d", method, view, response.status_code, extra={"told": told})
        return response

    return step


class Waiting:
    """What waits for people, and how fresh the ledger is: counted in the database when asked."""

    def collect(self) -> Iterator[Any]:
        """Gauges."""
        from detente.desk.book import ledger
        from detente.desk.comments.models import Appeal, Comment
        from detente.desk.publishing.models import Story

        comments = GaugeMetricFamily("detente_desk_comments", "Comments by state", labels=["state"])
        held = dict(Comment.objects.order_by().values_list("state").annotate(Count("id")))
        for state in Comment.State.values:  # none, too: a series that is there from the start can be watched
            comments.add_metric([state], held.get(state, 0))
        yield comments
        yield GaugeMetricFamily("detente_desk_appeals_waiting", "Appeals nobody has answered",
                                value=Appeal.objects.filter(granted=None).count())  # fmt: skip
        stories = GaugeMetricFamily("detente_desk_stories", "Stories by state", labels=["state"])
        open_ones = Story.objects.filter(published=None, withdrawn_at=None).count()
        withdrawn = Story.objects.exclude(withdrawn_at=None).count()
        for state, n in (
            ("waiting", open_ones),
            ("withdrawn", withdrawn),
            ("published", Story.objects.count() - open_ones - withdrawn),
        ):
            stories.add_metric([state], n)
        yield stories
        last = ledger().last_recorded()
        if last is not None:
            yield GaugeMetricFamily("detente_ledger_recorded_timestamp_seconds", "When the ledger last took something in",
                                    value=last.timestamp())  # fmt: skip
        yield InfoMetricFamily("detente", "Version", value={"version": __version__})


@require_GET
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """All of it for who knows the token; without one in the settings, there is no such page."""
    wanted = settings.DESK.metrics_token
    if not wanted:
        raise Http404
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not compare_digest(given.strip().encode(), wanted.encode()):
        return HttpResponse("the token is missing or wrong\n", status=401, content_type="text/plain",
                            headers={"WWW-Authenticate": "Bearer"})  # fmt: skip
    registry = CollectorRegistry()
    if _FOLDER in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(_own)  # type: ignore[arg-type]
    registry.register(Waiting())  # type: ignore[arg-type]
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def clear() -> None:
    """A server starts: what an earlier one counted is forgotten, as counters may be."""
    for each in Path(os.environ[_FOLDER]).glob("*.db") if _FOLDER in os.environ else ():
        each.unlink(missing_ok=True)


def gone(number: int) -> None:
    """A server process ended; what it counted stays."""
    if _FOLDER in os.environ:
        mark_process_dead(number)
