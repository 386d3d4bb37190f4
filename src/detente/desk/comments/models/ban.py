"""The ban: comments from an e-mail address are refused."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Ban(models.Model):
    """Knows the address by its keyed hash only, so that it outlives an erasure without keeping the address."""

    email_key = models.CharField(max_length=64, unique=True)
    comment = models.PositiveBigIntegerField()  # number of the comment it was made for
    reason = models.CharField(max_length=20)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"ban {self.pk}"
