"""Bookmarks: how far a job has come. They may be overwritten; nothing that was known stands in them."""

from __future__ import annotations

from django.db import models


class Bookmark(models.Model):
    """A job ("merge", "feed:https://…") and what it has to remember."""

    name = models.CharField(max_length=500, primary_key=True)
    value = models.JSONField(default=dict)

    class Meta:
        app_label = "ledger"

    def __str__(self) -> str:
        return self.name
