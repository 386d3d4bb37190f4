"""The entry: one version of one record, appended and never changed, except that erasure empties it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnly(models.QuerySet):
    """Rows are added and read; the database refuses the rest as well (see the triggers in the first migration)."""

    def update(self, **_: Any) -> NoReturn:
        """Refused: what was recorded stays."""
        raise TypeError("ledger entries are never changed; add a new version")

    def delete(self) -> NoReturn:
        """Refused: what was recorded stays."""
        raise TypeError("ledger entries are never deleted; withdraw the record, or erase it on legal request")


class Entry(models.Model):
    """One version of a record. `id` is the order of recording; no `body`: withdrawn, or erased where `erased` is set."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=400)
    known_at = models.DateTimeField()  # when the world could know it
    recorded_at = models.DateTimeField()  # when this ledger took it; never runs backwards
    digest = models.BinaryField(max_length=16)  # of the content, so that the same thing is not added twice
    body = models.BinaryField(null=True)
    blob = models.BinaryField(null=True)  # a page's bytes
    erased = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = AppendOnly.as_manager()

    class Meta:
        app_label = "ledger"
        indexes = (
            models.Index(fields=("kind", "key", "known_at", "id"), name="ledger_entry_version"),
            models.Index(fields=("kind", "known_at", "id"), name="ledger_entry_known"),
            models.Index(fields=("erased",), name="ledger_entry_erased", condition=models.Q(erased__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.known_at:%Y-%m-%d})"
