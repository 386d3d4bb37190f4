"""What roles may do by token. Nothing here publishes an article: that is done by people at the desk."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router
from ninja.errors import HttpError
from ninja.security import HttpBearer

from detente.desk.accounts.models import User
from detente.desk.accounts.tokens import user_of
from detente.desk.api.reading import Key, Pk, dyad_or_404
from detente.desk.api.schemas import (
    CommentOut,
    Comments,
    Note,
    Noted,
    Parts,
    Problem,
    Proposal,
    Proposed,
    Publish,
    Settlement,
)
from detente.desk.book import ledger
from detente.desk.comments import settling
from detente.desk.comments.models import Comment
from detente.desk.public.describing import absolute
from detente.desk.publishing import proposing
from detente.desk.roles import ANALYST, EDITOR, MODERATOR, roles_of
from detente.records import Decision, Incident


class ByRole(HttpBearer):
    """A token whose user has the role: none gives 401, one of another role 403."""

    def __init__(self, role: str) -> None:
        self.role = role
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The token's user."""
        user = user_of(token)
        if user is not None and self.role not in roles_of(user):
            raise HttpError(403, f"This token's user is no {self.role}.")
        return user


writing = Router(tags=["write"])
_NO: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 422, 429), Problem)


@writing.post("incidents/{key}/notes", auth=ByRole(ANALYST), response={201: Noted} | _NO)
def note(request: HttpRequest, key: Key, sent: Note) -> tuple[int, Decision]:
    """Put a note beside an incident, as a Decision in the ledger."""
    if not isinstance(ledger().get(Incident, key, as_of=None), Incident):
        raise Http404
    who: Any = request.auth  # type: ignore[attr-defined]
    return 201, ledger().decide(who.username, "note", f"Incident {key}", sent.text)


@writing.post("proposals", auth=ByRole(EDITOR), response={201: Proposed} | _NO)
def propose(request: HttpRequest, sent: Proposal) -> tuple[int, dict[str, Any]]:
    """Let the machine write a story, to be edited and approved by people."""
    dyad_or_404(sent.theatre, sent.dyad)
    who: Any = request.auth  # type: ignore[attr-defined]
    made = proposing.propose(sent.theatre, sent.dyad, sent.as_of, who, "asked for by the API")
    return 201, {"id": made.pk, "url": absolute(request, f"/newsroom/{made.pk}/")}


@writing.get("comments", auth=ByRole(MODERATOR), response={200: Comments} | _NO)
def waiting_comments(request: HttpRequest, part: Parts) -> dict[str, Any]:
    """Comments that wait, urgent ones first."""
    found = Comment.objects.filter(state=Comment.State.WAITING).order_by("-urgent", "made_at", "pk")
    rows = list(found[part.offset : part.offset + part.limit + 1])
    return {"items": [_comment(each) for each in rows[: part.limit]], "more": len(rows) > part.limit}


@writing.post("comments/{number}", auth=ByRole(MODERATOR), response={200: CommentOut} | _NO)
def settle_comment(request: HttpRequest, number: Pk, sent: Settlement) -> dict[str, Any]:
    """Publish or reject a comment; rejecting needs a reason."""
    chosen = Comment.objects.filter(pk=number).first()
    if chosen is None:
        raise Http404
    who: Any = request.auth  # type: ignore[attr-defined]
    if isinstance(sent, Publish):
        settling.publish(request, [chosen], who)
    else:
        settling.reject(request, [chosen], who, sent.reason)
    return _comment(chosen)


def _comment(each: Comment) -> dict[str, Any]:
    names = ("subject", "name", "text", "state", "reason", "urgent")
    return {"id": each.pk, "written": each.made_at} | {name: getattr(each, name) for name in names}
