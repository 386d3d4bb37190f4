"""Every address of the desk, out of the URL configuration: a new view is tested without anybody thinking of it."""

import re
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver

_SAMPLES = {"int": "1", "slug": "x", "str": "x", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}


@dataclass(frozen=True)
class Address:
    """One view: its name ("comments:queue"), an address of it, the role it asks for (None: it says none)."""

    name: str
    url: str
    view: Any

    @property
    def role(self):
        return getattr(self.view, "role", None)


def _walk(patterns, before="/", space=""):
    for each in patterns:
        here = before + re.sub(r"<(?:(\w+):)?\w+>", lambda found: _SAMPLES[found[1] or "str"], str(each.pattern))
        if isinstance(each, URLPattern):
            yield Address(f"{space}{each.name}", here, each.callback)
        else:
            inner = each.namespace or ""
            yield from _walk(each.url_patterns, here, f"{space}{inner}:" if inner else space)


def addresses():
    """All of them; the API's are walked by its own description."""
    return [each for each in _walk(get_resolver().url_patterns) if not each.url.startswith("/api/")]
