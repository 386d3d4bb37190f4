"""The comment: what somebody wrote below an article, and where it stands in moderation."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from detente.desk.comments.limit import LIMIT


class Comment(models.Model):
    """Words of a reader. Nothing is shown before a moderator publishes it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        PUBLISHED = "published"
        REJECTED = "rejected"
        ERASED = "erased"  # on the writer's request; stands only while replies to it stand

    subject = models.CharField(max_length=80)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    name = models.CharField(max_length=60)
    email = models.EmailField()  # in lower case; shown to moderators only
    text = models.CharField(max_length=LIMIT)
    language = models.CharField(max_length=10)  # of the interface it was written in: mail about it speaks that one
    made_at = models.DateTimeField(auto_now_add=True)
    day_key = models.CharField(max_length=64, null=True)  # NULL from the next day on
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=20)  # a code of `detente.desk.comments.reasons`
    urgent = models.BooleanField(default=False)  # a threat or private data: looked at first
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("made_at", "id")
        indexes = (
            models.Index(fields=("subject", "state", "made_at"), name="comments_of_subject"),
            models.Index(fields=("state", "-urgent", "made_at"), name="comments_queue"),
            models.Index(fields=("email",), name="comments_email"),
        )

    def __str__(self) -> str:
        return f"Comment {self.pk}"

    @property
    def target(self) -> str:
        """How Decisions in the ledger name it: never by words or writer."""
        return f"Comment {self.pk}"
