"""The salt: random for each day, forgotten the day after, and with it whose connection made which mark."""

from __future__ import annotations

import secrets

from django.db import models


def fresh() -> str:
    """256 random bits."""
    return secrets.token_hex(32)


class Salt(models.Model):
    """At most one row stands: today's."""

    day = models.DateField(unique=True)
    value = models.CharField(max_length=64, default=fresh)

    def __str__(self) -> str:
        return f"salt of {self.day}"
