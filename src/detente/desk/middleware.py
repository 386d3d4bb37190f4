"""Small steps of every request."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from detente.desk.errors import bad_request

Next = Callable[[HttpRequest], HttpResponse]
POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def headers(get_response: Next) -> Next:
    """Ask the browser for nothing that this site does not use."""

    def step(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return step


def no_nul(get_response: Next) -> Next:
    """400 for a NUL in address, parameters, form or cookies: no text of ours holds one, and PostgreSQL fails at it."""

    def step(request: HttpRequest) -> HttpResponse:
        forms = (request.GET, request.POST)
        given = [request.path, *request.COOKIES.values()]
        for form in forms:
            given += [text for name, many in form.lists() for text in (name, *many)]
        if not any("\0" in text for text in given):
            return get_response(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": "A NUL is no text."}, status=400)
        return bad_request(request, BadRequest("NUL"))  # unraised: what scanners send is not worth a line in the log

    return step


def one_time_password(get_response: Next) -> Next:
    """Somebody with a printed one-time password chooses an own one before anything else."""

    def step(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.must_change_password:
            allowed = {reverse("accounts:password"), reverse("accounts:logout"), reverse("set_language")}
            if request.path not in allowed:
                return redirect("accounts:password")
        return get_response(request)

    return step
