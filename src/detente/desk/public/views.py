"""Front page, articles with all their versions, corrections."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from detente.desk.public.describing import described
from detente.desk.publishing.changes import changed
from detente.desk.publishing.exhibits import with_card
from detente.desk.publishing.layout import lay_out
from detente.desk.publishing.models import Picture, Revision, Story
from detente.desk.roles import EDITOR, roles_of

A_PAGE = 20
FOREVER = "public, max-age=31536000, immutable"


def published() -> QuerySet[Story]:
    """What readers may see, newest first."""
    return Story.objects.filter(published__isnull=False).select_related("published").order_by("-first_published")


def log_of(story: Story) -> QuerySet[Revision]:
    """Every version that readers saw, the newest first."""
    return story.revisions.filter(published_at__isnull=False).order_by("-published_at")


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What is published, newest first."""
    pages = Paginator(published().filter(withdrawn_at__isnull=True), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    cards = with_card(page)
    entries = [(each, each.published.brief, _picture(each), each.pk in cards) for each in page]
    shown = [entry for entry in entries if entry[1] is not None]
    return render(request, "public/front.html", {"entries": shown, "page": page})


def _picture(story: Story) -> Picture | None:
    return story.pictures.filter(removed_at__isnull=True).first()


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article as it stands now; withdrawn ones and those whose words were erased say so."""
    story = get_object_or_404(published(), slug=slug)
    laid = lay_out(story.published)
    if story.withdrawn_at or laid is None:
        return render(request, "public/gone.html", {"story": story, "log": log_of(story)}, status=410)
    said: dict[str, Any] = {
        "story": story,
        "laid": laid,
        "log": log_of(story),
        "about": described(request, story, laid),
    }
    return render(request, "public/article.html", said)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An article as readers saw it at some time, and what the version changed."""
    story = get_object_or_404(published(), slug=slug)
    chosen = get_object_or_404(story.revisions, number=number, published_at__isnull=False)
    laid = lay_out(chosen)
    if story.withdrawn_at or laid is None:
        return render(request, "public/gone.html", {"story": story, "log": log_of(story)}, status=410)
    before = log_of(story).filter(published_at__lt=chosen.published_at).first()
    changes = changed(before.brief, laid.brief) if before and before.brief else []
    said = {"story": story, "laid": laid, "revision": chosen, "before": before, "changes": changes}
    return render(request, "public/version.html", said)


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction and withdrawal, newest first."""
    found = Revision.objects.filter(published_at__isnull=False).exclude(correction="").order_by("-published_at")
    page = Paginator(found.select_related("story"), 50).get_page(request.GET.get("page"))
    gone = published().filter(withdrawn_at__isnull=False).order_by("-withdrawn_at")
    return render(request, "public/corrections.html", {"page": page, "withdrawn": gone})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """How this is made, and what it is not."""
    return render(request, "public/about.html")


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """An uploaded picture: for everybody once its story is published, for editors before."""
    found = get_object_or_404(Picture, name=name)
    seen = found.removed_at is None and found.story.published_id is not None and found.story.withdrawn_at is None
    if not seen and EDITOR not in roles_of(request.user):
        raise Http404
    try:
        body = found.read()
    except FileNotFoundError as error:
        raise Http404 from error
    return HttpResponse(body, content_type="image/jpeg", headers={"Cache-Control": FOREVER if seen else "private"})


@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The chart as PNG, for links in networks."""
    story = get_object_or_404(published(), slug=slug, withdrawn_at__isnull=True)
    laid = lay_out(story.published)
    if laid is None or laid.exhibit is None or not laid.exhibit.card:
        raise Http404
    return HttpResponse(
        bytes(laid.exhibit.card), content_type="image/png", headers={"Cache-Control": "public, max-age=3600"}
    )
