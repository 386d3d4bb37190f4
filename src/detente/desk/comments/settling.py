"""What moderators do: publish, reject, ban, answer reports and appeals. Each is a Decision in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from detente.desk.accounts.models import User
from detente.desk.book import ledger
from detente.desk.comments import mail
from detente.desk.comments.models import Appeal, Ban, Comment, Report
from detente.desk.comments.people import email_key

BANNED_FOR = timedelta(days=180)
State = Comment.State


@transaction.atomic
def publish(request: HttpRequest, comments: Iterable[Comment], who: User) -> int:
    """Show comments that wait or were rejected; return how many."""
    return sum(_settle(request, each, who, State.PUBLISHED, "published") for each in comments)


@transaction.atomic
def reject(request: HttpRequest, comments: Iterable[Comment], who: User, reason: str) -> int:
    """Refuse or take down comments, with the reason that their writers are told."""
    return sum(_settle(request, each, who, State.REJECTED, reason) for each in comments)


def _settle(request: HttpRequest, comment: Comment, who: User, state: str, reason: str) -> bool:
    _answer_reports(comment)
    if comment.state in (state, State.ERASED):
        return False
    comment.state, comment.reason, comment.urgent = state, reason, False
    comment.settled_at, comment.settled_by = timezone.now(), who
    comment.save()
    ledger().decide(who.username, "publish" if state == State.PUBLISHED else "reject", comment.target, reason)
    mail.settled(request, comment)
    return True


def _answer_reports(comment: Comment) -> None:
    Report.objects.filter(comment=comment, settled_at=None).update(settled_at=timezone.now())


@transaction.atomic
def keep(comments: Iterable[Comment], who: User) -> int:
    """Answer the reports against comments: they stay as they are."""
    kept = 0
    for each in comments:
        if each.reports.filter(settled_at=None).exists():
            _answer_reports(each)
            ledger().decide(who.username, "keep", each.target, "reported; it keeps to the policy")
            kept += 1
    return kept


@transaction.atomic
def ban(request: HttpRequest, comments: Iterable[Comment], who: User, reason: str) -> int:
    """Reject comments and refuse more from their addresses for 180 days; return how many addresses."""
    banned = set()
    for each in comments:
        if not each.email:
            continue
        _settle(request, each, who, State.REJECTED, reason)
        key = email_key(each.email)
        if key not in banned:
            said = {"comment": each.pk, "reason": reason, "made_by": who, "until": timezone.now() + BANNED_FOR}
            Ban.objects.update_or_create(email_key=key, defaults=said)
            ledger().decide(who.username, "ban", each.target, reason)
            banned.add(key)
    return len(banned)


@transaction.atomic
def lift(banned: Ban, who: User) -> None:
    """End a ban."""
    ledger().decide(who.username, "lift ban", f"Comment {banned.comment}", banned.reason)
    banned.delete()


@transaction.atomic
def answer(request: HttpRequest, appeal: Appeal, who: User, granted: bool) -> None:
    """Decide an appeal: granted ones are published, the others stay rejected; the writer is told."""
    appeal.granted, appeal.settled_at, appeal.settled_by = granted, timezone.now(), who
    appeal.save()
    comment = appeal.comment
    ledger().decide(who.username, "grant appeal" if granted else "refuse appeal", comment.target, comment.reason)
    if granted:
        _settle(request, comment, who, State.PUBLISHED, "published")
    else:
        mail.refused(request, comment)


def may_answer(appeal: Appeal, who: User) -> bool:
    """Whoever rejected the comment does not judge its appeal, unless nobody else could."""
    from detente.desk.roles import ADMIN, MODERATOR

    if appeal.comment.settled_by_id != who.pk:
        return True
    others = User.objects.filter(groups__name__in=(MODERATOR, ADMIN), is_active=True).exclude(pk=who.pk)
    return not others.exists()
