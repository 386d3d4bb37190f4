"""Moderation by machine, as one list to be read from top to bottom: the first step that says something has said it.

A step may turn a comment back (the writer sees why at once and can change it; nothing is kept), reject it (kept, with
the reason, open to appeal), or queue it with a reason. What no step minds waits for a moderator like everything else:
no step publishes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.db.models import Q
from django.utils import timezone

from detente.desk.comments import lookfor
from detente.desk.comments.limit import left
from detente.desk.comments.models import Ban, Comment
from detente.desk.comments.people import email_key

MOST_LINKS = 2
MOST_COMMENTS, WITHIN = 4, timedelta(minutes=10)
REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment that was sent."""

    subject: str
    theatre: str
    name: str
    email: str
    text: str
    day_key: str

    @property
    def words(self) -> str:
        """All that would be shown."""
        return f"{self.name}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a draft, and the code of the reason."""

    outcome: Literal["back", "reject", "queue"]
    reason: str
    urgent: bool = False


Step = Callable[[Draft], Verdict | None]


def length(draft: Draft) -> Verdict | None:
    """No text, or too much."""
    if not draft.text.strip():
        return Verdict("back", "empty")
    return Verdict("back", "too-long") if left(draft.text) < 0 else None


def ban(draft: Draft) -> Verdict | None:
    """The writer's address is banned."""
    banned = Ban.objects.filter(email_key=email_key(draft.email), until__gt=timezone.now()).exists()
    return Verdict("reject", "banned") if banned else None


def rate(draft: Draft) -> Verdict | None:
    """Too many from one address or connection."""
    by_one = Q(email=draft.email) | Q(day_key=draft.day_key)
    sent = Comment.objects.filter(by_one, made_at__gt=timezone.now() - WITHIN).count()
    return Verdict("back", "too-fast") if sent >= MOST_COMMENTS else None


def repeated_text(draft: Draft) -> Verdict | None:
    """The same words below the same article, or from the same address anywhere; or one sign over and over."""
    same = Comment.objects.filter(text=draft.text, made_at__gt=timezone.now() - REMEMBERED)
    if same.filter(Q(subject=draft.subject) | Q(email=draft.email)).exists():
        return Verdict("back", "repeated")
    return Verdict("queue", "noise") if lookfor.noise(draft.text) else None


def banned_words(draft: Draft) -> Verdict | None:
    """Words that the theatre's comments.toml bans."""
    return Verdict("reject", "words") if lookfor.banned(draft.words, draft.theatre) else None


def threats(draft: Draft) -> Verdict | None:
    """Threats and calls for violence."""
    return Verdict("queue", "threat", urgent=True) if lookfor.threat(draft.words) else None


def doxxing(draft: Draft) -> Verdict | None:
    """Addresses, numbers, mail, whereabouts."""
    return Verdict("queue", "private", urgent=True) if lookfor.private(draft.words) else None


def links(draft: Draft) -> Verdict | None:
    """Many links are refused, few are looked at."""
    found = lookfor.links(draft.words)
    if found > MOST_LINKS:
        return Verdict("reject", "many-links")
    return Verdict("queue", "links") if found else None


STEPS: tuple[Step, ...] = (length, ban, rate, threats, doxxing, banned_words, repeated_text, links)


def judge(draft: Draft) -> Verdict:
    """What the first step that minds says, else that it waits."""
    return next((said for step in STEPS if (said := step(draft))), Verdict("queue", "new"))
