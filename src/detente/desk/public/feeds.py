"""Atom, JSON Feed, the sitemap, robots.txt."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from detente.desk.public.describing import absolute
from detente.desk.publishing.models import Story
from detente.records import Brief

NEWEST = 30


def standing() -> list[tuple[Story, Brief]]:
    """The newest articles that stand, each with its text."""
    found = Story.objects.filter(published__isnull=False, withdrawn_at__isnull=True).select_related("published")
    newest = found.order_by("-first_published")[:NEWEST]
    return [(each, brief) for each in newest if (brief := each.published.brief) is not None]


class Atom(Feed):
    """The newest articles as Atom."""

    feed_type = Atom1Feed
    subtitle = "Written by a machine from published reports, checked and published by people."

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Addresses in it are those of the desk's own origin."""
        self.request = request
        return super().__call__(request, *args, **kwargs)

    def title(self) -> str:
        """The desk's name."""
        return settings.DESK.name

    def link(self) -> str:
        """The front page."""
        return absolute(self.request, reverse("public:front"))

    def feed_url(self) -> str:
        """Where it is itself."""
        return absolute(self.request, reverse("public:atom"))

    def items(self) -> list[tuple[Story, Brief]]:
        """Articles with their texts."""
        return standing()

    def item_title(self, item: tuple[Story, Brief]) -> str:
        """The headline."""
        return _clean(item[1].headline.text)

    def item_description(self, item: tuple[Story, Brief]) -> str:
        """The standfirst."""
        return _clean(item[1].standfirst.text)

    def item_link(self, item: tuple[Story, Brief]) -> str:
        """The article's address."""
        return absolute(self.request, item[0].get_absolute_url())

    def item_guid(self, item: tuple[Story, Brief]) -> str:
        """The same, for good."""
        return self.item_link(item)

    def item_pubdate(self, item: tuple[Story, Brief]) -> datetime | None:
        """When it was first published."""
        return item[0].first_published

    def item_updateddate(self, item: tuple[Story, Brief]) -> datetime | None:
        """When it was last corrected."""
        return item[0].last_published

    def item_author_name(self, item: tuple[Story, Brief]) -> str:
        """The desk."""
        return settings.DESK.name

    def item_categories(self, item: tuple[Story, Brief]) -> list[str]:
        """The section."""
        return [_clean(item[1].section)] if item[1].section else []


def _clean(text: str) -> str:
    """Without what XML does not allow; some reports carry control characters."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and not 0xD800 <= ord(c) <= 0xDFFF)
    )


@require_safe
def json_feed(request: HttpRequest) -> JsonResponse:
    """The newest articles as JSON Feed 1.1."""
    items = [
        {
            "id": (url := absolute(request, story.get_absolute_url())), "url": url, "title": brief.headline.text,
            "summary": brief.standfirst.text, "content_text": brief.standfirst.text, "language": "en",
            "date_published": story.first_published.isoformat(timespec="seconds"),
            "date_modified": story.last_published.isoformat(timespec="seconds"),
            "tags": [brief.section] if brief.section else [],
        }
        for story, brief in standing()
    ]  # fmt: skip
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": settings.DESK.name, "language": "en",
        "home_page_url": absolute(request, reverse("public:front")),
        "feed_url": absolute(request, reverse("public:json_feed")),
        "authors": [{"name": settings.DESK.name}], "items": items,
    }  # fmt: skip
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that stands, for search engines; 50,000 at most, as the format has it."""
    found = Story.objects.filter(published__isnull=False, withdrawn_at__isnull=True).order_by("-last_published")[
        :49_990
    ]
    pages = [(absolute(request, each.get_absolute_url()), each.last_published) for each in found]
    fixed = [absolute(request, reverse(f"public:{name}")) for name in ("front", "about", "corrections")]
    return render(request, "public/sitemap.xml", {"pages": pages, "fixed": fixed}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers need not look at."""
    private = ("accounts", "newsroom", "review", "i18n")
    lines = ["User-agent: *", *(f"Disallow: /{name}/" for name in private), "",
             f"Sitemap: {absolute(request, reverse('public:sitemap'))}"]  # fmt: skip
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
