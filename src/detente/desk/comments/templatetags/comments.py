"""`{% talk_about "story" story.pk as talk %}`: the likes and comments of something."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from detente.desk.comments.talk import Talk, talk

register = template.Library()


@register.simple_tag(takes_context=True)
def talk_about(context: Context, kind: str, number: Any) -> Talk:
    """The talk about one thing, for this reader."""
    return talk(context["request"], f"{kind}-{number}")
