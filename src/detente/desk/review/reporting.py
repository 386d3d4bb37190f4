"""Readers report errors: on a published article, or on an incident of a theatre."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from detente.brief.check import sentences
from detente.desk.book import ledger, theatres
from detente.desk.comments.people import day_key
from detente.desk.publishing.models import Story
from detente.desk.review import flow
from detente.desk.review.forms import ErrorForm
from detente.records import Brief, Event, Incident, Span
from detente.store.codec import topic

HOUR = 3600
MOST = 5  # reports of one connection in an hour


@dataclass(frozen=True, slots=True)
class Subject:
    """What is said to be wrong: `events` are the mentions it rests on."""

    key: str
    title: str
    url: str
    dyad: str
    events: tuple[str, ...]


def subject_of(key: str) -> Subject | None:
    """The subject of a key ("story/12", "incident/iraq-2020/i-12ab"); None where readers cannot see it."""
    kind, _slash, rest = key.partition("/")
    if kind == "story" and rest.isascii() and rest.isdecimal() and len(rest) < 16:
        return _story(int(rest))
    theatre, _slash, number = rest.partition("/")
    return _incident(theatre, number) if kind == "incident" and theatre in theatres() else None


def _story(number: int) -> Subject | None:
    found = Story.objects.filter(pk=number, published__isnull=False, withdrawn_at__isnull=True).first()
    if found is None or (brief := found.published.brief) is None:
        return None
    url = found.get_absolute_url()
    return Subject(f"story/{number}", brief.headline.text, url, f"{found.theatre}/{found.dyad}", _quoted(brief))


def _quoted(brief: Brief) -> tuple[str, ...]:
    """The mentions whose words the text quotes."""
    spans: dict[str, list[Span]] = {}
    for each in (span for sentence in sentences(brief) for span in sentence.evidence):
        spans.setdefault(each.article, []).append(each)
    about = [topic("article", name) for name in spans]
    events = ledger().read(Event, as_of=None, about=about) if about else ()
    return tuple(each.id for each in events if any(_meet(each.evidence, span) for span in spans.get(each.article, ())))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _incident(theatre: str, number: str) -> Subject | None:
    found = ledger().get(Incident, number, as_of=None)
    if not isinstance(found, Incident):
        return None
    try:
        url = reverse("theatres:incident", args=[theatre, number])
    except NoReverseMatch:
        return None
    return Subject(f"incident/{theatre}/{number}", found.title, url, "", found.events)


@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest, key: str) -> HttpResponse:
    """The form; what is sent becomes a task for analysts."""
    about = subject_of(key)
    if about is None:
        raise Http404
    form = ErrorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not _few(request):
            form.add_error(None, _("Many reports came from your connection within an hour. Please try again later."))
        else:
            sent = form.cleaned_data
            flow.report(key, sent["about"], sent["text"], translation.get_language() or "en", about.dyad)
            messages.success(request, _("Thank you. An analyst will look at it; what was wrong is corrected openly."))
            return redirect(about.url)
    said = {"form": form, "about": about}
    return render(request, "review/report_error.html", said, status=422 if request.method == "POST" else 200)


def _few(request: HttpRequest) -> bool:
    name = f"error-{day_key(request)}"
    cache.add(name, 0, HOUR)
    return cache.incr(name) <= MOST
