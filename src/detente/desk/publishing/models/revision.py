"""The revision: the whole text of a story as one Brief in the ledger, never changed."""

from __future__ import annotations

from functools import cached_property

from django.conf import settings
from django.db import models

from detente.desk.book import ledger
from detente.records import Brief
from detente.store import Erased


class Revision(models.Model):
    """A text somebody saved, or the machine proposed. Nothing of it is in this table but where it lies."""

    story = models.ForeignKey("Story", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    exhibit = models.ForeignKey("Exhibit", null=True, on_delete=models.PROTECT, related_name="revisions")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()  # for colleagues
    published_at = models.DateTimeField(null=True)
    correction = models.TextField(blank=True)  # for readers: what was wrong, and what it says now

    class Meta:
        ordering = ("story", "number")
        constraints = (models.UniqueConstraint(fields=("story", "number"), name="publishing_revision_number"),)

    def __str__(self) -> str:
        return f"{self.story} r{self.number}"

    @property
    def key(self) -> str:
        """Id of its Brief in the ledger."""
        return f"story-{self.story_id}-r{self.number}"

    @cached_property
    def brief(self) -> Brief | None:
        """The text; None where it quoted what was erased on legal request."""
        found = ledger().get(Brief, self.key, as_of=None)
        return None if isinstance(found, Erased) else found
