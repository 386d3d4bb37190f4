"""What waits for analysts: tasks, and what readers reported. What was decided is in the ledger."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReaderReport(models.Model):
    """A reader says that something published is wrong. Nothing is kept of who it was."""

    class About(models.TextChoices):
        WHO = "who", _("Who did it, or to whom")
        WHAT = "what", _("What happened")
        WHEN = "when", _("When")
        WHERE = "where", _("Where")
        NUMBERS = "numbers", _("Numbers of dead, injured or others")
        SOURCE = "source", _("Whose word it is, or what the report really says")
        OTHER = "other", _("Something else")

    subject = models.CharField(max_length=300)  # "story/12" or "incident/iraq-2020/i-12ab"
    about = models.CharField(max_length=10, choices=About.choices)
    text = models.CharField(max_length=1000)
    language = models.CharField(max_length=10)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Report {self.pk}"


class Task(models.Model):
    """One thing to look at: a mention, a tie, a tripwire, a reader's report, or a merge that needs a second person."""

    class State(models.TextChoices):
        OPEN = "open"  # nobody has looked
        SECOND = "second"  # one person has, and it takes two
        DISPUTED = "disputed"  # people differ
        AGAIN = "again"  # in force, and drawn for a second, blind look: for the figures of agreement
        DONE = "done"
        GONE = "gone"  # no longer in the ledger: coded anew, withdrawn or erased

    class Kind(models.TextChoices):
        EVENT = "Event", _("Mention")
        LINK = "Link", _("Tie")
        TRIPWIRE = "Tripwire", _("Tripwire")
        REPORT = "Report", _("Reader's report")
        GROUPING = "Grouping", _("Merge or split")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    target = models.CharField(max_length=1000, unique=True)  # as Decisions in the ledger name it
    article = models.CharField(max_length=400, blank=True)
    known_at = models.DateTimeField()
    dyad = models.CharField(max_length=200, blank=True)  # "theatre/dyad"
    reasons = models.JSONField(default=list)  # codes of `ordering.REASONS`: why it stands where it stands
    priority = models.FloatField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    people = models.CharField(max_length=1000, blank=True)  # who decided something of it: "|ada|ben|"
    report = models.OneToOneField(ReaderReport, null=True, on_delete=models.CASCADE)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-priority", "-known_at", "id")
        indexes = (
            models.Index(fields=("state", "-priority", "-known_at"), name="review_queue"),
            models.Index(fields=("article",), name="review_article"),
        )

    def __str__(self) -> str:
        return self.target

    @property
    def key(self) -> str:
        """Id of the record it is about."""
        return self.target.split(" ", 1)[1]
