"""The like: somebody likes something, and nobody can tell who."""

from __future__ import annotations

from django.db import models


class Like(models.Model):
    """One like. `person` is made of the reader's cookie and the subject, so two likes of one person do not match."""

    subject = models.CharField(max_length=80)
    person = models.CharField(max_length=64)
    day_key = models.CharField(max_length=64, null=True)  # NULL from the next day on
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("subject", "person"), name="comments_like_once"),
            models.UniqueConstraint(fields=("subject", "day_key"), name="comments_like_once_a_day"),
        )

    def __str__(self) -> str:
        return f"like of {self.subject}"
