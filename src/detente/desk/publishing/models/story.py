"""The story: one article from proposal to correction, under one address."""

from __future__ import annotations

from django.db import models
from django.urls import reverse


class Story(models.Model):
    """What is told of one dyad as known on one day. Its words are those of its revisions."""

    slug = models.SlugField(max_length=120, unique=True, null=True)  # given when it is first published, then kept
    theatre = models.CharField(max_length=100)
    dyad = models.CharField(max_length=100)
    as_of = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    published = models.ForeignKey("Revision", null=True, on_delete=models.PROTECT, related_name="+")  # what readers see
    first_published = models.DateTimeField(null=True)
    last_published = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)  # the address stays and says so
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        ordering = ("-first_published", "-made_at")
        indexes = (models.Index(fields=("first_published",), name="publishing_story_news"),)

    def __str__(self) -> str:
        return self.slug or f"story {self.pk}"

    def get_absolute_url(self) -> str:
        """Where readers find it."""
        return reverse("public:article", args=[self.slug])

    @property
    def newest(self):
        """The last revision, published or not."""
        return self.revisions.order_by("-number").first()

    @property
    def target(self) -> str:
        """How Decisions in the ledger name it."""
        return f"Story {self.pk}"

    @property
    def report_key(self) -> str:
        """How readers' reports of errors name it."""
        return f"story/{self.pk}"
