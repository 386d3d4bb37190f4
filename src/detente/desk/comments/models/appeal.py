"""The appeal: the writer of a rejected comment asks for a second look."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from detente.desk.comments.models.comment import Comment


class Appeal(models.Model):
    """One for each comment; somebody else than who rejected it decides, where there is somebody else."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE)
    text = models.CharField(max_length=1000)
    made_at = models.DateTimeField(auto_now_add=True)
    granted = models.BooleanField(null=True)  # None: not decided
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("made_at",)

    def __str__(self) -> str:
        return f"appeal of {self.comment}"
