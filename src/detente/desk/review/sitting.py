"""One analyst's sitting: which part of the queue, what was put aside, what was decided last."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from detente.desk.review import flow
from detente.desk.review.models import Task

_KEY = "review"
MOST = 500  # tasks put aside that are remembered
SHELVES = ("open", "again", "done")


def of(request: HttpRequest) -> dict[str, Any]:
    """What is remembered: shelf, dyad, skipped, last."""
    return {"shelf": "open", "dyad": "", "skipped": [], "last": None} | request.session.get(_KEY, {})


def keep(request: HttpRequest, **changed: Any) -> None:
    """Remember something else."""
    request.session[_KEY] = of(request) | changed


def skip(request: HttpRequest, task: Task) -> None:
    """Put a task aside for this sitting."""
    keep(request, skipped=[*of(request)["skipped"], task.pk][-MOST:])


def upcoming(request: HttpRequest) -> tuple[Task | None, int]:
    """The next task of the sitting, and how many are left."""
    held, who = of(request), request.user
    found = flow.again(who) if held["shelf"] == "again" else flow.queue(who, held["dyad"])  # type: ignore[arg-type]
    left = found.exclude(pk__in=held["skipped"])
    return left.first(), left.count()
