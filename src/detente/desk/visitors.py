"""Where a request comes from, for rate limits and for locking logins out."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The visitor's network address; behind a proxy of ours, the one that this proxy saw (the last it names)."""
    if settings.DESK.proxy:
        named = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
        if named:
            return named
    return request.META.get("REMOTE_ADDR", "")
