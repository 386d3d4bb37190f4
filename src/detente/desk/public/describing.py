"""An article for machines: schema.org as JSON-LD, Open Graph."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from detente.desk.comments.models import Comment
from detente.desk.publishing.layout import Laid
from detente.desk.publishing.models import Story

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class About:
    """What the head of an article's page says."""

    url: str
    picture: str | None
    width: int | None
    height: int | None
    alt: str
    data: SafeString  # JSON, safe inside a <script> of data


def absolute(request: HttpRequest | None, path: str) -> str:
    """A whole address: under the desk's own origin where it is told one, else as asked."""
    if settings.DESK.origin or request is None:
        return f"{settings.DESK.origin}{path}"
    return request.build_absolute_uri(path)


def described(request: HttpRequest, story: Story, laid: Laid) -> About:
    """Everything about an article that machines ask for."""
    url = absolute(request, story.get_absolute_url())
    picture, width, height, alt = None, None, None, ""
    if laid.picture:
        picture, alt = absolute(request, laid.picture.get_absolute_url()), laid.picture.alt
        width, height = laid.picture.width, laid.picture.height
    elif laid.exhibit and laid.exhibit.card:
        picture, alt = (
            absolute(request, reverse("public:card", args=[story.slug])),
            "Timeline of attacks, threats and posture",
        )
    return About(url, picture, width, height, alt, _json(news_article(story, laid, url, picture)))


def news_article(story: Story, laid: Laid, url: str, picture: str | None) -> dict[str, Any]:
    """schema.org's NewsArticle; corrections stand as `correction`."""
    brief = laid.brief
    desk = {"@type": "Organization", "name": settings.DESK.name}
    found: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "NewsArticle", "url": url, "mainEntityOfPage": url,
        "headline": brief.headline.text[:110], "description": brief.standfirst.text, "articleSection": brief.section,
        "inLanguage": "en", "isAccessibleForFree": True, "author": desk, "publisher": desk,
        "datePublished": _moment(story.first_published), "dateModified": _moment(story.last_published),
        "commentCount": Comment.objects.filter(subject=f"story-{story.pk}", state=Comment.State.PUBLISHED).count(),
        "citation": sorted({note.link for note in laid.notes if note.link}),
    }  # fmt: skip
    if picture:
        found["image"] = [picture]
    corrections = story.revisions.exclude(correction="").exclude(published_at=None).order_by("published_at")
    if corrections:
        found["correction"] = [
            {"@type": "CorrectionComment", "text": each.correction, "datePublished": _moment(each.published_at)}
            for each in corrections
        ]
    return found


def _moment(when: Any) -> str | None:
    return when.isoformat(timespec="seconds") if when else None


def _json(data: dict[str, Any]) -> SafeString:
    """JSON in which nothing can end the element it stands in."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))
