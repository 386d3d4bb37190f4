"""What can be liked and commented on: one short key for each, found again by its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detente.desk.publishing.models import Story


@dataclass(frozen=True, slots=True)
class Subject:
    """Something published: `key` as stored ("story-12"), `url` of its page, and the theatre whose words are banned."""

    key: str
    title: str
    url: str
    theatre: str = ""


def _story(number: int) -> Subject | None:
    """A published story that was not withdrawn."""
    found = Story.objects.filter(pk=number, published__isnull=False, withdrawn_at__isnull=True).first()
    if found is None or (brief := found.published.brief) is None:
        return None
    return Subject(f"story-{number}", brief.headline.text, found.get_absolute_url(), found.theatre)


FINDERS: dict[str, Callable[[int], Subject | None]] = {"story": _story}


def find(key: str) -> Subject | None:
    """The subject of a key; None where there is none that readers may see."""
    kind, _, number = key.partition("-")
    if kind not in FINDERS or not (number.isascii() and number.isdecimal()) or len(number) > 15:
        return None
    return FINDERS[kind](int(number))
