"""Who may do what: five roles, kept as Django groups.

A view says `@role_required(EDITOR)`; a template asks `{% if "editor" in roles %}`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

READER, ANALYST, MODERATOR, EDITOR, ADMIN = "reader", "analyst", "moderator", "editor", "admin"
# what each role may do beside its own; moderating comments and editing articles are two offices
INCLUDES: dict[str, frozenset[str]] = {
    READER: frozenset({READER}),
    ANALYST: frozenset({READER, ANALYST}),
    MODERATOR: frozenset({READER, MODERATOR}),
    EDITOR: frozenset({READER, ANALYST, EDITOR}),
    ADMIN: frozenset({READER, ANALYST, MODERATOR, EDITOR, ADMIN}),
}
ROLES = tuple(INCLUDES)

View = Callable[..., HttpResponse]


def roles_of(user: Any) -> frozenset[str]:
    """Every role the user may act in; none for somebody who is not logged in."""
    if not user.is_authenticated:
        return frozenset()
    held = getattr(user, "_desk_roles", None)
    if held is None:
        names = user.groups.values_list("name", flat=True)
        held = user._desk_roles = frozenset().union(*(INCLUDES.get(name, frozenset()) for name in names))
    return held


def role_required(role: str) -> Callable[[View], View]:
    """Let only users of the role in: others are sent to the login, or, logged in, refused with 403."""
    if role not in INCLUDES:
        raise ValueError(f"no role {role!r}; there are {', '.join(ROLES)}")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if role not in roles_of(request.user):
                raise PermissionDenied(role)
            return view(request, *args, **kwargs)

        guarded.role = role  # type: ignore[attr-defined]  # tests ask every view for it
        return guarded

    return guard


def make_groups(**_: Any) -> None:
    """Make the groups that are missing."""
    from django.contrib.auth.models import Group

    for name in ROLES:
        Group.objects.get_or_create(name=name)
