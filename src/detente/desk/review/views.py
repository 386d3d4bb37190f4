"""The analysts' queue: one task at a time, by keyboard or by forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from detente.desk.book import ledger, theatres
from detente.desk.review import filling, flow, pages, sitting
from detente.desk.review.correcting import Correction
from detente.desk.review.fields import Form
from detente.desk.review.models import Task
from detente.desk.review.ordering import REASONS
from detente.desk.review.showing import actor_index, incident_of, maybe_same, places
from detente.desk.roles import ANALYST, role_required
from detente.export.training import training as examples
from detente.incidents.agreement import agreement as figures
from detente.incidents.review import ACCEPT, CORRECT, REJECT
from detente.keeping.deciding import articles_of, in_force, reviews, things_of
from detente.records import Event, InputError
from detente.reference.codebook.read import load as load_codebook

analysts_only = role_required(ANALYST)
A_PAGE = 50
ACCEPTED = "read against the report"  # why somebody accepts, unless they say more
WHY = {
    "no-event": gettext_lazy("The words tell of no event"),
    "double": gettext_lazy("The same deed was coded twice"),
    "misread": gettext_lazy("The report is misread altogether"),
    "not-news": gettext_lazy("Not a report: opinion, history, fiction"),
    "other": gettext_lazy("Something else"),
}


@analysts_only
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The queue, the most important first; what waits for a second look; what is settled."""
    large = filling.refresh() is None
    shelf, dyad = request.GET.get("shelf", "open"), request.GET.get("dyad", "")
    shelf = shelf if shelf in sitting.SHELVES else "open"
    who: Any = request.user
    shelves = {
        "open": flow.queue(who, dyad), "again": flow.again(who),
        "done": Task.objects.filter(state__in=(Task.State.DONE, Task.State.AGAIN)).order_by("-settled_at", "-pk"),
    }  # fmt: skip
    sitting.keep(request, shelf=shelf if shelf != "done" else "open", dyad=dyad, skipped=[])
    page = Paginator(shelves[shelf], A_PAGE).get_page(request.GET.get("page"))
    names = {"open": _("To review"), "again": _("Second looks"), "done": _("Settled")}
    said = {
        "page": page, "rows": [pages.row(each) for each in page], "shelf": shelf, "dyad": dyad, "large": large,
        "shelves": [(name, names[name], found.count()) for name, found in shelves.items()],
        "dyads": [(f"{place.id}/{each.id}", each.name) for place in theatres().values() for each in place.dyads],
    }  # fmt: skip
    return render(request, "review/queue.html", said)


@analysts_only
@require_safe
def upcoming(request: HttpRequest) -> HttpResponse:
    """To the next task of this sitting."""
    task, _left = sitting.upcoming(request)
    if task is not None:
        return redirect("review:item", task.pk)
    messages.success(request, _("Nothing is left here. Thank you."))
    return redirect("review:queue")


@analysts_only
@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One task with its report, its coding and what may be done."""
    return _shown(request, get_object_or_404(Task, pk=pk))


def _shown(request: HttpRequest, task: Task, status: int = 200, **more: Any) -> HttpResponse:
    held = sitting.of(request)
    frame = {
        "task": task, "left": sitting.upcoming(request)[1], "last": held["last"], "why_reject": WHY.items(),
        "reasons": [REASONS[each] for each in task.reasons if each in REASONS], "wrong": {},
    }  # fmt: skip
    name, said = pages.of(task, request)
    if isinstance(form := said.get("form"), Form):
        said["groups"] = replace(form, wrong=more.get("wrong", {})).groups()
    return render(request, f"review/{name}.html", frame | said | more, status=status)


def _failed(request: HttpRequest, task: Task, error: InputError) -> HttpResponse:
    return _shown(request, task, 422, problem=str(error))


def _on(request: HttpRequest, task: Task, done: str, decision: str | None) -> HttpResponse:
    """Remember what was decided last, so that it can be taken back, and go on."""
    sitting.keep(request, last={"decision": decision, "task": task.pk, "done": done} if decision else None)
    return redirect("review:next")


@analysts_only
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """do=accept, reject (reason), correct (see `correcting`), agree (decision), lookup (a place) or skip."""
    task, do, who = get_object_or_404(Task, pk=pk), request.POST.get("do"), request.user
    why, given = request.POST.get("why", "").strip(), request.POST
    if do == "skip":
        sitting.skip(request, task)
        return redirect("review:next")
    try:
        if do in ("correct", "lookup"):
            return _corrected(request, task, why, do == "lookup")
        if do == "accept":
            made = flow.decide(task, who, ACCEPT, why or ACCEPTED)  # type: ignore[arg-type]
            return _on(request, task, _("Accepted."), made.id)
        if do == "reject":
            reason = given.get("reason", "")
            said = why or (str(WHY[reason]) if reason in WHY else "-")
            made = flow.decide(task, who, REJECT, said, {"reason": reason})  # type: ignore[arg-type]
            return _on(request, task, _("Rejected."), made.id)
        if do == "agree":
            other = next((each for each in flow.decided(task.target) if each.id == given.get("decision")), None)
            if other is None:
                raise InputError(_("That decision was taken back meanwhile."))
            change = {name: value for name, value in other.change.items() if name not in ("at", "asks")}
            made = flow.decide(task, who, other.what, why or f"agrees with {other.id}", change)  # type: ignore[arg-type]
            return _on(request, task, _("Settled."), made.id)
    except InputError as error:
        return _failed(request, task, error)
    raise Http404


def _corrected(request: HttpRequest, task: Task, why: str, only_look: bool) -> HttpResponse:
    thing, given = flow.thing_of(task), request.POST
    if thing is None:
        raise InputError(_("It is no longer in the ledger: it was coded anew, or erased."))
    if not isinstance(thing, Event):
        change = pages.other_change(thing, given)
        wrong: dict[str, str] = {} if change else {"why": _("Nothing was changed: accept it instead.")}
    else:
        article = articles_of(ledger(), [thing]).get(thing.article)
        work = Correction(thing, article, given, actor_index(), places, load_codebook())
        change, wrong = work.change(), work.wrong
        if not change and not wrong:
            wrong["why"] = _("Nothing was changed: accept it instead.")
    if not why:
        wrong.setdefault("why", _("Say why."))
    if only_look or wrong:
        return _shown(
            request, task, 200 if only_look else 422, wrong={} if only_look else wrong, given=given, open="correct"
        )
    made = flow.decide(task, request.user, CORRECT, why, change)  # type: ignore[arg-type]
    return _on(request, task, _("Corrected."), made.id)


@analysts_only
@require_POST
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """do=merge (with the incidents named) or do=split (the mentions that leave)."""
    task, given = get_object_or_404(Task, pk=pk), request.POST
    thing, who, why = flow.thing_of(task), request.user, given.get("why", "").strip()
    try:
        incident = incident_of(thing) if isinstance(thing, Event) else None
        if incident is None:
            raise InputError(_("The ledger tells no incident of this mention."))
        if given.get("do") == "merge":
            chosen = [each for each in maybe_same(incident) if each.id in given.getlist("with")]
            done = flow.group(task, who, why, merge=[incident, *chosen])  # type: ignore[arg-type]
        else:
            done = flow.group(task, who, why, split=(incident, given.getlist("leave")))  # type: ignore[arg-type]
    except InputError as error:
        return _shown(request, task, 422, problem=str(error), open="group", given=given)
    messages.success(
        request, _("Done.") if done else _("Noted. It takes effect when a second analyst agrees, since people died.")
    )
    return redirect("review:item", pk)


@analysts_only
@require_POST
def second(request: HttpRequest, pk: int) -> HttpResponse:
    """do=agree or do=refuse: the second look at a merge or split."""
    task, why = get_object_or_404(Task, pk=pk, kind=Task.Kind.GROUPING), request.POST.get("why", "").strip()
    who: Any = request.user
    try:
        if request.POST.get("do") == "agree":
            flow.second(task, who, why or "looked at the reports")
        else:
            flow.refuse(task, who, why)
    except InputError as error:
        return _failed(request, task, error)
    return _on(request, task, _("Settled."), None)


@analysts_only
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """do=right or do=wrong: settle a reader's report."""
    task = get_object_or_404(Task, pk=pk, kind=Task.Kind.REPORT)
    try:
        flow.answer(task, request.user, request.POST.get("do") == "right", request.POST.get("why", ""))  # type: ignore[arg-type]
    except InputError as error:
        return _failed(request, task, error)
    return _on(request, task, _("Settled."), None)


@analysts_only
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take a decision back (decision=…); on to the task it was about."""
    try:
        flow.undo(
            request.POST.get("decision", ""), request.user, request.POST.get("why", "").strip() or "taken back at once"
        )  # type: ignore[arg-type]
    except InputError as error:
        messages.error(request, str(error))
        return redirect("review:queue")
    sitting.keep(request, last=None)
    messages.success(request, _("Taken back."))
    number = request.POST.get("task", "")
    return redirect(
        reverse("review:item", args=[int(number)]) if number.isdecimal() and len(number) < 18 else "review:queue"
    )


@analysts_only
@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """How far analysts agree, field by field, and how often they kept what the machine had."""
    book = ledger()
    made = reviews(book)
    things = things_of(book, made)
    events = {key: each for key, each in things.items() if isinstance(each, Event)}
    found = figures(made, events, articles_of(book, events.values()))
    names = {"kept": _("Is it an event?"), "type": _("Type"), "modality": _("Modality"), "actors": _("Actors"),
             "recipients": _("Recipients"), "date": _("Date"), "place": _("Place"), "killed": _("Dead"),
             "stances": _("Stances")}  # fmt: skip
    return render(
        request, "review/agreement.html", {"rows": [(names[each.field], each) for each in found], "made": len(made)}
    )


@analysts_only
@require_safe
def training(request: HttpRequest, name: str) -> HttpResponse:
    """What was reviewed, as examples for `detente train`: pairs.jsonl or deeds.jsonl."""
    book = ledger()
    made = in_force(book)
    things = things_of(book, made)
    events = [each for each in things.values() if isinstance(each, Event)]
    files = examples(events, made, articles_of(book, events)).files()
    if name not in files:
        raise Http404
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(files[name], content_type="application/jsonl; charset=utf-8", headers=head)
