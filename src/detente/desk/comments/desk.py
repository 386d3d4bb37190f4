"""What moderators see and do: the queue, appeals, bans."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from detente.desk.comments import settling
from detente.desk.comments.models import Appeal, Ban, Comment
from detente.desk.comments.reasons import BY_MODERATORS, REASONS
from detente.desk.comments.subjects import find
from detente.desk.roles import MODERATOR, role_required

A_PAGE = 50
moderators_only = role_required(MODERATOR)
State = Comment.State


def _shelves() -> dict[str, QuerySet[Comment]]:
    """The queue's parts: what waits, what was reported, what is settled."""
    every = Comment.objects.select_related("parent", "settled_by").prefetch_related("reports")
    open_reports = Count("reports", filter=Q(reports__settled_at=None))
    return {
        "waiting": every.filter(state=State.WAITING).order_by("-urgent", "made_at"),
        "reported": every.annotate(open=open_reports)
        .filter(open__gt=0, state=State.PUBLISHED)
        .order_by("-open", "made_at"),
        "published": every.filter(state=State.PUBLISHED).order_by("-made_at"),
        "rejected": every.filter(state=State.REJECTED).order_by("-made_at"),
    }


def _frame(shelf: str) -> dict[str, Any]:
    """What every page of moderators shows: how much lies where."""
    names = {"waiting": _("Waiting"), "reported": _("Reported"), "published": _("Published"), "rejected": _("Rejected")}
    counts = [(name, names[name], found.count()) for name, found in _shelves().items()]
    return {"shelf": shelf, "shelves": counts, "appeals_open": Appeal.objects.filter(granted=None).count()}


@moderators_only
def queue(request: HttpRequest) -> HttpResponse:
    """Comments to be settled: threats and private data first, then the oldest."""
    shelves, shelf = _shelves(), request.GET.get("shelf", "waiting")
    shelf = shelf if shelf in shelves else "waiting"
    page = Paginator(shelves[shelf], A_PAGE).get_page(request.GET.get("page"))
    subjects = {key: find(key) for key in {each.subject for each in page}}
    rows = [(each, subjects[each.subject], REASONS.get(each.reason, "")) for each in page]
    reasons = [(code, REASONS[code]) for code in BY_MODERATORS]
    return render(request, "comments/queue.html", _frame(shelf) | {"page": page, "rows": rows, "reasons": reasons})


@moderators_only
@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Do one thing to all the chosen comments; rejecting and banning need a reason."""
    numbers = [
        int(each) for each in request.POST.getlist("chosen") if each.isascii() and each.isdecimal() and len(each) < 18
    ]
    chosen = list(Comment.objects.filter(pk__in=numbers[:500]))
    do, reason = request.POST.get("do"), request.POST.get("reason", "")
    if not chosen:
        messages.error(request, _("Choose at least one comment."))
    elif do in ("reject", "ban") and reason not in BY_MODERATORS:
        messages.error(request, _("Choose a reason: the writer is told."))
    else:
        _do(request, str(do), chosen, reason)
    shelf = request.POST.get("shelf", "")
    return redirect(f"{request.path.removesuffix('settle/')}?shelf={shelf if shelf in _shelves() else 'waiting'}")


def _do(request: HttpRequest, do: str, chosen: list[Comment], reason: str) -> None:
    who: Any = request.user
    if do == "publish":
        done = settling.publish(request, chosen, who)
        messages.success(request, ngettext("%d comment published.", "%d comments published.", done) % done)
    elif do == "reject":
        done = settling.reject(request, chosen, who, reason)
        messages.success(request, ngettext("%d comment rejected.", "%d comments rejected.", done) % done)
    elif do == "ban":
        done = settling.ban(request, chosen, who, reason)
        messages.success(request, ngettext("%d address banned.", "%d addresses banned.", done) % done)
    elif do == "keep":
        done = settling.keep(chosen, who)
        messages.success(request, ngettext("%d comment kept.", "%d comments kept.", done) % done)
    else:
        messages.error(request, _("Choose what to do."))


@moderators_only
def appeals(request: HttpRequest) -> HttpResponse:
    """Appeals to be decided, the oldest first, then those decided."""
    every = Appeal.objects.select_related("comment__settled_by", "settled_by")
    who: Any = request.user
    waiting = [
        (each, REASONS.get(each.comment.reason, ""), settling.may_answer(each, who))
        for each in every.filter(granted=None)
    ]
    done = every.filter(granted__isnull=False).order_by("-settled_at")[:A_PAGE]
    return render(request, "comments/appeals.html", _frame("appeals") | {"waiting": waiting, "done": done})


@moderators_only
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant an appeal (do=grant), or refuse it (do=refuse)."""
    appeal, who = get_object_or_404(Appeal, pk=pk, granted=None), request.user
    if not settling.may_answer(appeal, who):  # type: ignore[arg-type]
        raise PermissionDenied
    if request.POST.get("do") in ("grant", "refuse"):
        settling.answer(request, appeal, who, request.POST["do"] == "grant")  # type: ignore[arg-type]
    return redirect("comments:appeals")


@moderators_only
def bans(request: HttpRequest) -> HttpResponse:
    """Bans that stand. Addresses are not shown: they are not kept."""
    held = Ban.objects.filter(until__gt=timezone.now()).select_related("made_by")
    rows = [(each, REASONS.get(each.reason, "")) for each in held]
    return render(request, "comments/bans.html", _frame("bans") | {"rows": rows})


@moderators_only
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """End a ban."""
    settling.lift(get_object_or_404(Ban, pk=pk), request.user)  # type: ignore[arg-type]
    messages.success(request, _("The ban is lifted."))
    return redirect("comments:bans")
