"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from detente.desk.roles import roles_of


def desk(request: HttpRequest) -> dict[str, Any]:
    """The desk's name, whether it is the demo, and the roles of who is looking."""
    user = getattr(request, "user", None)
    return {
        "desk_name": settings.DESK.name,
        "is_demo": settings.DESK.demo,
        "roles": roles_of(user) if user else frozenset(),
        "LANGUAGES": settings.LANGUAGES,
    }
