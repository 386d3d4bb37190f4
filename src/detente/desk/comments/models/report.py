"""The report: a reader says that a published comment breaks the policy."""

from __future__ import annotations

from django.db import models

from detente.desk.comments.models.comment import Comment


class Report(models.Model):
    """One reader's report; of one connection, one a day for each comment."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=20)
    text = models.CharField(max_length=500, blank=True)
    day_key = models.CharField(max_length=64, null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at",)
        constraints = (models.UniqueConstraint(fields=("comment", "day_key"), name="comments_report_once_a_day"),)

    def __str__(self) -> str:
        return f"report of {self.comment}"
