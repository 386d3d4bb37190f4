"""The approval: somebody has checked one revision."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Approval(models.Model):
    """One person, one revision; a later revision needs its own."""

    revision = models.ForeignKey("Revision", on_delete=models.PROTECT, related_name="approvals")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    when = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("revision", "who"), name="publishing_approval_once"),)

    def __str__(self) -> str:
        return f"{self.who} approves {self.revision}"
