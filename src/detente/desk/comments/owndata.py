"""What is held of a person: shown and erased for whoever can read that person's mail."""

from __future__ import annotations

from typing import Any

from django.core.signing import TimestampSigner
from django.db import transaction
from django.utils import timezone

from detente.desk.book import ledger
from detente.desk.comments.models import Appeal, Ban, Comment
from detente.desk.comments.people import email_key
from detente.desk.comments.reasons import told

_TOKEN = TimestampSigner(salt="detente.comments.data")
AN_HOUR = 3600


def token(email: str) -> str:
    """A link's worth for one hour."""
    return _TOKEN.sign_object(email)


def email_in(signed: str) -> str:
    """Whose token it is; BadSignature where it is forged or an hour old."""
    return str(_TOKEN.unsign_object(signed, max_age=AN_HOUR))


def export(email: str) -> dict[str, Any]:
    """Everything that is held of an address."""
    comments = Comment.objects.filter(email=email).select_related("appeal")
    ban = Ban.objects.filter(email_key=email_key(email)).first()
    return {
        "email": email, "exported": timezone.now().isoformat(timespec="seconds"),
        "comments": [_comment(each) for each in comments],
        "ban": {"reason": told(ban.reason), "until": ban.until.isoformat(timespec="seconds")} if ban else None,
        "note": "Likes are not in this list: nobody can tell whose they are.",
    }  # fmt: skip


def _comment(comment: Comment) -> dict[str, Any]:
    appeal: Appeal | None = getattr(comment, "appeal", None)
    return {
        "number": comment.pk, "about": comment.subject, "name": comment.name, "text": comment.text,
        "written": comment.made_at.isoformat(timespec="seconds"), "state": comment.state,
        "reason": told(comment.reason), "answer_to": comment.parent_id, "language": comment.language,
        "appeal": appeal.text if appeal else None,
    }  # fmt: skip


@transaction.atomic
def erase(email: str) -> int:
    """Delete an address's comments, or, where others answered, all but their place; return how many."""
    found = list(Comment.objects.filter(email=email))
    for each in found:
        Appeal.objects.filter(comment=each).delete()
        each.reports.all().delete()
        if each.replies.exclude(email=email).exists():
            each.name = each.email = each.text = ""
            each.state, each.reason, each.day_key, each.urgent = Comment.State.ERASED, "other", None, False
            each.save()
        else:
            each.delete()
    if found:
        ledger().decide(
            "the writer", "erase comments", f"{len(found)} comments", "asked for by a link sent to the address"
        )
    return len(found)
