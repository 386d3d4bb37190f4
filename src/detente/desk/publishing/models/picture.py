"""The picture: what stands at the head of a story."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.urls import reverse


class Picture(models.Model):
    """An upload of an editor, encoded anew by us; the newest one of a story is shown."""

    story = models.ForeignKey("Story", on_delete=models.PROTECT, related_name="pictures")
    name = models.CharField(max_length=80, unique=True)  # sha256 of our encoding, and its ending
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=400)  # what it shows, for who does not see it
    caption = models.CharField(max_length=600)
    credit = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is served."""
        return reverse("public:picture", args=[self.name])

    def read(self) -> bytes:
        """Its bytes."""
        with default_storage.open(f"pictures/{self.name}") as stream:
            return stream.read()
