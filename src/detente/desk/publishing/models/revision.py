"""The revision: the whole text of a story as one Brief in the ledger, never changed."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property, lru_cache

from django.conf import settings
from django.db import models

from detente.desk.book import ledger
from detente.records import Brief
from detente.store import Erased
from detente.store.models import Entry


def erasures() -> int:
    """How many entries of the ledger were erased so far."""
    return Entry.objects.filter(erased__isnull=False).count()


@lru_cache(maxsize=256)
def _text(key: str, made_at: datetime, erased: int) -> Brief | None:
    """A text out of the ledger. It never changes but by an erasure, so it is kept until there is one."""
    found = ledger().get(Brief, key, as_of=None)
    return None if isinstance(found, Erased) else found


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
        return _text(self.key, self.made_at, erasures())
