"""The API as a whole: its description, limits and errors; the routes are in `reading` and `writing`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from detente import __version__
from detente.desk.api.limits import LIMITS
from detente.desk.api.reading import reading
from detente.desk.api.schemas import Part
from detente.desk.api.writing import writing
from detente.records import InputError

api = NinjaAPI(
    title="Detente", version=__version__, docs_url=None, urls_namespace="api", throttle=LIMITS,
    description="What the desk's ledger knows, as of any day. Not for operational safety decisions.",
)  # fmt: skip


def _known_only(route: Callable[..., Any]) -> Callable[..., Any]:
    """Refuses what a route does not ask for: a misspelt 'as-of' would otherwise be answered as of today."""

    @wraps(route)
    def strict(request: HttpRequest, *args: Any, **given: Any) -> Any:
        known = {name for each in given.values() if isinstance(each, Part) for name in type(each).model_fields}
        unknown = sorted(set(request.GET) - known)
        if unknown:
            asked = f"; this address takes {', '.join(sorted(known))}" if known else "; this address takes none"
            raise HttpError(422, f"Unknown: {', '.join(unknown)[:200]}{asked}.")
        return route(request, *args, **given)

    return strict


api.add_decorator(_known_only)
api.add_router("", reading)
api.add_router("", writing)


def _said(request: HttpRequest, status: int, detail: str, **head: str) -> HttpResponse:
    response = api.create_response(request, {"detail": detail}, status=status)
    for name, value in head.items():
        response[name.replace("_", "-")] = value
    return response


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    told = "; ".join(f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors)
    return _said(request, 422, told)


@api.exception_handler(InputError)
def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return _said(request, 422, str(error))


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    return _said(request, 401, "Send a token: Authorization: Bearer …", WWW_Authenticate="Bearer")


@api.exception_handler(Throttled)
def _throttled(request: HttpRequest, error: Any) -> HttpResponse:
    return _said(request, 429, "Too many requests.", Retry_After=str(int(error.wait or 60) + 1))


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: Any) -> HttpResponse:
    return _said(request, error.status_code, str(error))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Any) -> HttpResponse:
    return _said(request, 404, "There is no such thing, or it is not open to readers.")
