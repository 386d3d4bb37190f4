"""Mail to those who wrote: in the language they wrote in, sent once the decision is saved."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import Signer
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from detente.desk.comments.models import Comment
from detente.desk.comments.reasons import told
from detente.desk.comments.subjects import find
from detente.desk.public.describing import absolute

log = logging.getLogger("django.detente.mail")
_TOKEN = Signer(salt="detente.comments.status")


def token(comment: Comment) -> str:
    """What lets its writer see what became of a comment, and appeal."""
    return _TOKEN.sign(str(comment.pk))


def number_in(signed: str) -> int:
    """The comment's number in a token; BadSignature where it is forged."""
    return int(_TOKEN.unsign(signed))


def settled(request: HttpRequest, comment: Comment) -> None:
    """Tell the writer what became of the comment, and why."""
    _about(request, comment, "settled")


def refused(request: HttpRequest, comment: Comment) -> None:
    """Tell the writer that the appeal was refused."""
    _about(request, comment, "refused")


def _about(request: HttpRequest, comment: Comment, kind: str) -> None:
    subject = find(comment.subject)
    with override(comment.language):
        said = {
            "comment": comment, "title": subject.title if subject else "", "reason": told(comment.reason),
            "published": comment.state == Comment.State.PUBLISHED,
            "link": absolute(request, reverse("comments:status", args=[token(comment)])),
        }  # fmt: skip
        send(comment.email, kind, said)


def send(to: str, kind: str, said: dict[str, Any]) -> None:
    """One letter: the template's first line is its subject. What cannot be sent is logged, and stops nothing."""
    if not to:
        return
    head, _, body = render_to_string(f"comments/mail/{kind}.txt", said | {"desk_name": settings.DESK.name}).partition(
        "\n"
    )
    letter = EmailMessage(" ".join(head.split()), body.strip() + "\n", to=[to])

    def deliver() -> None:
        try:
            letter.send()
        except (SMTPException, OSError) as error:
            log.error("mail about a comment was not sent: %s", error)

    transaction.on_commit(deliver)
