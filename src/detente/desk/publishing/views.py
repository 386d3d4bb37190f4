"""The newsroom: proposals, editing, approval, publication, corrections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from detente.desk.book import ledger, theatres
from detente.desk.publishing import flow, proposing
from detente.desk.publishing.accusing import accuses, needed
from detente.desk.publishing.changes import changed
from detente.desk.publishing.editing import Edit
from detente.desk.publishing.layout import lay_out
from detente.desk.publishing.models import Picture, Revision, Story
from detente.desk.publishing.pictures import PictureForm, keep
from detente.desk.roles import EDITOR, role_required
from detente.records import Article, InputError

editors_only = role_required(EDITOR)


class ProposalForm(forms.Form):
    """Which dyad, as known on which day."""

    dyad = forms.ChoiceField(label=gettext_lazy("Dyad"))
    as_of = forms.DateField(
        label=gettext_lazy("As known on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Empty: the day of the last report."),
    )  # fmt: skip

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["dyad"].choices = [  # type: ignore[attr-defined]
            (f"{place.id}/{dyad.id}", f"{place.name}: {dyad.name}")
            for place in theatres().values()
            for dyad in place.dyads
        ]


@editors_only
def desk(request: HttpRequest, form: ProposalForm | None = None, status: int = 200) -> HttpResponse:
    """All stories by what is to be done, and the form for a new proposal."""
    stories = list(Story.objects.select_related("published").order_by("-made_at")[:200])
    groups = (
        (_("To edit and publish"), [each for each in stories if each.published is None]),
        (_("Published, with changes waiting"), [each for each in stories if each.published and _waiting(each)]),
        (_("Published stories"), [each for each in stories if each.published and not _waiting(each)]),
    )
    said = {"groups": groups, "form": form or ProposalForm()}
    return render(request, "publishing/desk.html", said, status=status)


def _waiting(story: Story) -> bool:
    return story.newest.pk != story.published_id


@editors_only
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Let the machine write one."""
    form = ProposalForm(request.POST)
    if form.is_valid():
        theatre, dyad = form.cleaned_data["dyad"].split("/", 1)
        try:
            made = proposing.propose(theatre, dyad, form.cleaned_data["as_of"], request.user, "asked for at the desk")
            return redirect("publishing:story", made.pk)
        except InputError as error:
            form.add_error(None, str(error))
    return desk(request, form, status=422)


def _newest(pk: int) -> Revision:
    return get_object_or_404(Story, pk=pk).newest


@editors_only
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest revision as readers would see it, its history, and what may be done."""
    return _shown(request, _newest(pk))


@editors_only
def revision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An older revision."""
    return _shown(request, get_object_or_404(Revision, story=pk, number=number))


def _shown(
    request: HttpRequest, chosen: Revision, picture_form: PictureForm | None = None, wrong: str = "", status: int = 200
) -> HttpResponse:
    told = chosen.story
    before = told.revisions.filter(number__lt=chosen.number).order_by("-number").first()
    brief = chosen.brief
    said = {
        "story": told, "revision": chosen, "laid": lay_out(chosen), "is_newest": chosen.number == told.newest.number,
        "revisions": told.revisions.order_by("-number").select_related("made_by").prefetch_related("approvals__who"),
        "changes": changed(before.brief, brief) if before and before.brief and brief else [],
        "faults": flow.faults(chosen), "obstacles": flow.obstacles(chosen), "lacking": flow.lacking(chosen),
        "accuses": accuses(brief.headline.text) if brief else None,
        "needed": needed(brief.headline.text) if brief else 1,
        "approved": chosen.approvals.filter(who=request.user).exists(),
        "picture_form": picture_form or PictureForm(), "wrong": wrong,
    }  # fmt: skip
    return render(request, "publishing/story.html", said, status=status)


@editors_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change words, evidence and parts; saving makes a new revision."""
    base = _newest(pk)
    if request.method == "POST" and request.POST.get("base", "").isdecimal():
        base = get_object_or_404(Revision, story=pk, number=int(request.POST["base"]))
    saved = base.brief
    if saved is None:  # erased meanwhile
        return redirect("publishing:story", pk)
    articles = flow.articles_of(saved)
    named = {value for name, value in request.POST.items() if name.endswith("-report") and value}
    articles |= {each.id: each for each in ledger().read(Article, as_of=None, keys=named - articles.keys())}
    work, wrong = Edit(articles, request.POST), ""
    if request.method == "POST":
        brief = work.brief(saved)
        wrong = "" if request.POST.get("why", "").strip() else _("Say in a few words what you changed and why.")
        if not work.wrong and not wrong:
            try:
                flow.revise(base, brief, request.user, request.POST["why"].strip())
                return redirect("publishing:story", pk)
            except InputError as error:
                wrong = str(error)
    said = {"story": base.story, "base": base, "brief": saved, "faults": work.wrong, "wrong": wrong,
            "why": request.POST.get("why", ""), "given": request.POST}  # fmt: skip
    return render(request, "publishing/edit.html", said, status=422 if work.wrong or wrong else 200)


def _step(request: HttpRequest, pk: int, step: Callable[[Revision], object], done: str) -> HttpResponse:
    """Take one step with the revision that the editor was looking at, and say what became of it."""
    number = request.POST.get("number", "")
    chosen = get_object_or_404(Revision, story=pk, number=int(number) if number.isdecimal() else 0)
    try:
        step(chosen)
    except InputError as error:
        return _shown(request, chosen, wrong=str(error), status=422)
    messages.success(request, done)
    return redirect("publishing:story", pk)


@editors_only
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign that the revision was checked against its evidence."""
    note = request.POST.get("note", "").strip()
    return _step(request, pk, lambda chosen: flow.approve(chosen, request.user, note), _("Approved."))


@editors_only
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to readers."""
    told = request.POST.get("correction", "").strip()
    return _step(request, pk, lambda chosen: flow.publish(chosen, request.user, told), _("Published."))


@editors_only
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    why = request.POST.get("why", "").strip()
    return _step(request, pk, lambda chosen: flow.withdraw(chosen.story, request.user, why), _("Withdrawn."))


@editors_only
@require_POST
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a picture at the head of the story."""
    chosen = _newest(pk)
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, chosen, picture_form=form, status=422)
    (body, width, height), words = form.cleaned_data.pop("file"), form.cleaned_data
    with transaction.atomic():
        _take_down(chosen.story)
        made = Picture.objects.create(story=chosen.story, name=keep(body), width=width, height=height,
                                      made_by=request.user, **words)  # fmt: skip
        ledger().decide(request.user.username, "picture", chosen.story.target, f"{made.name}: {made.licence}")
    messages.success(request, _("The picture stands at the head of the story."))
    return redirect("publishing:story", pk)


@editors_only
@require_POST
def remove_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the picture down; the tension chart stands in its place."""
    chosen = get_object_or_404(Story, pk=pk)
    with transaction.atomic():
        if _take_down(chosen):
            ledger().decide(request.user.username, "remove picture", chosen.target, "taken down at the desk")
    return redirect("publishing:story", pk)


def _take_down(chosen: Story) -> int:
    return chosen.pictures.filter(removed_at__isnull=True).update(removed_at=timezone.now())
