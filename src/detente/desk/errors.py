"""Pages for what went wrong; each says what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "desk/error.html", {"code": 400}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: logged in, but not in a role that may."""
    return render(request, "desk/error.html", {"code": 403}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "desk/error.html", {"code": 404}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: as little as possible, since anything may be broken."""
    return render(None, "desk/broken.html", status=500)  # type: ignore[arg-type]
