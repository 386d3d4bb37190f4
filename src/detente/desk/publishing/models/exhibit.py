"""The exhibit: chart and map of a story, drawn once when the machine proposes it."""

from __future__ import annotations

from django.db import models


class Exhibit(models.Model):
    """Drawings of one dyad as known on one day. They quote reports: read them through `exhibits.current` only."""

    made_at = models.DateTimeField(auto_now_add=True)
    erasures = models.PositiveIntegerField()  # how many entries of the ledger were erased when it was drawn
    articles = models.JSONField(default=list)  # ids of the reports they rest on
    chart = models.TextField(blank=True)  # HTML of `detente.brief.figure`, escaped there
    plan = models.TextField(blank=True)  # the map as SVG
    told = models.JSONField(default=list)  # what the map shows, for its list
    unplaced = models.PositiveIntegerField(default=0)  # happenings known by country only, or without a place
    card = models.BinaryField(null=True)  # PNG of the chart, for links in social networks

    def __str__(self) -> str:
        return f"exhibit {self.pk}"
