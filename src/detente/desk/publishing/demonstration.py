"""The demo's first articles: so that a first look shows something, one start of the demo publishes two of them unread.

This is the only place where no person looks first. It works on a demo's ledger only, in the name of a user `demo` who
cannot log in; the Decisions say so, and every page of the demo says that nobody edited these texts.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.auth.models import Group

from detente.desk.accounts.models import User
from detente.desk.publishing import flow, proposing
from detente.desk.publishing.models import Story
from detente.desk.roles import EDITOR
from detente.records import InputError

DAYS = (date(2020, 3, 13), date(2020, 4, 21))  # deadly attacks; the lull after them
WHY = "demonstration: published unread at the demo's first start"


def publish_first() -> int:
    """Propose and publish the demo's articles where there is no story yet; return how many."""
    if not settings.DESK.demo:
        raise InputError("only a demo publishes by itself")
    if Story.objects.exists():
        return 0
    who, made = User.objects.get_or_create(username="demo", defaults={"is_active": False})
    if made:
        who.set_unusable_password()
        who.save()
        who.groups.add(Group.objects.get(name=EDITOR))
    for day in DAYS:
        story = proposing.propose("iraq-2020", "us-factions", day, who, WHY)
        flow.approve(story.newest, who, WHY)
        flow.publish(story.newest, who)
    return len(DAYS)
