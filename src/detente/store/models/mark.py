"""Marks: an index from a topic ("pair:IRN|USA", "article:a1") to the entries that have to do with it."""

from __future__ import annotations

from django.db import models

from detente.store.models.entry import Entry


class Topic(models.Model):
    """What entries can be found by: an actor, a pair of actors, a country, an article, an address."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=500, unique=True)

    class Meta:
        app_label = "ledger"

    def __str__(self) -> str:
        return self.name


class Mark(models.Model):
    """One entry has to do with one topic."""

    id = models.BigAutoField(primary_key=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, db_index=False, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, db_index=False, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        app_label = "ledger"
        indexes = (models.Index(fields=("topic", "known_at", "entry"), name="ledger_mark_topic"),)

    def __str__(self) -> str:
        return f"{self.topic_id} → {self.entry_id}"
