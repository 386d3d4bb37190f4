"""How much one visitor may ask: counted by the address that the desk itself saw, or by the token's user."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.throttling import BaseThrottle, SimpleRateThrottle

from detente.desk.visitors import address


class _ByVisitor(SimpleRateThrottle):
    def get_cache_key(self, request: HttpRequest) -> str:
        """Who is counted; ninja's own would believe any X-Forwarded-For."""
        user = getattr(request, "auth", None)
        return f"api-{self.scope}-{user.pk if user else address(request)}"


class Minute(_ByVisitor):
    """Bursts."""

    scope = "minute"


class Day(_ByVisitor):
    """Whole days."""

    scope = "day"


LIMITS: list[BaseThrottle] = [Minute("120/min"), Day("10000/day")]  # for each process of the server
