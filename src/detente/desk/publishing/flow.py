"""The way of a story: proposed by the machine, edited, approved, published and corrected by people.

Nothing else in the desk publishes. Each step is one transaction, checks that who takes it is an editor, and leaves a
Decision in the ledger: `detente ledger decisions` tells the whole story.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from detente.brief import lint, unsupported
from detente.brief.compose import cited
from detente.desk.book import ledger
from detente.desk.publishing.accusing import needed
from detente.desk.publishing.models import Approval, Exhibit, Revision, Story
from detente.desk.roles import EDITOR, roles_of
from detente.records import Article, Brief, InputError

MACHINE = "detente"  # who Decisions name where no person acted


def _editor(who: Any) -> None:
    if EDITOR not in roles_of(who):
        raise PermissionDenied(EDITOR)


def _note(who: Any, what: str, story: Story, number: int, why: str) -> None:
    ledger().decide(who.username if who else MACHINE, what, f"{story.target} r{number}", why)


def articles_of(brief: Brief) -> dict[str, Article]:
    """The articles that a text quotes, as far as the ledger still holds them."""
    return {each.id: each for each in ledger().read(Article, as_of=None, keys=brief.sources)}


@transaction.atomic
def propose(brief: Brief, theatre: str, dyad: str, exhibit: Exhibit | None, who: Any, why: str) -> Story:
    """A new story, from the machine's text; `who` asked for it (None: a timer did)."""
    if who is not None:
        _editor(who)
    story = Story.objects.create(theatre=theatre, dyad=dyad, as_of=brief.as_of)
    _keep(story, brief, exhibit, None, "the machine's proposal")
    _note(who, "propose", story, 1, why)
    return story


def _keep(story: Story, brief: Brief, exhibit: Exhibit | None, who: Any, why: str) -> Revision:
    """Append the text to the ledger, as known from this moment, and note where it lies."""
    last = story.newest
    made = Revision.objects.create(
        story=story, number=last.number + 1 if last else 1, exhibit=exhibit, made_by=who, why=why
    )
    ledger().add([replace(brief, id=made.key, sources=cited(brief))], known_at=timezone.now())
    return made


@transaction.atomic
def revise(base: Revision, brief: Brief, who: Any, why: str) -> Revision:
    """Save an edited text; InputError where somebody else saved one since, or nothing was changed."""
    _editor(who)
    story = Story.objects.select_for_update().get(pk=base.story_id)
    if story.newest.number != base.number:
        raise InputError(_("Somebody saved another revision meanwhile. Open it, and make your changes there."))
    if base.brief is not None and replace(brief, id=base.key, sources=base.brief.sources) == base.brief:
        raise InputError(_("Nothing was changed."))
    made = _keep(story, brief, base.exhibit, who, why)
    _note(who, "edit", story, made.number, why)
    return made


def faults(revision: Revision) -> list[str]:
    """What in the text stands in the way of publishing: lost evidence, unsupported sentences, loose judgements."""
    brief = revision.brief
    if brief is None:
        return [_("This text quoted an article that was erased on legal request. Propose the story anew.")]
    return [*unsupported(brief, articles_of(brief)), *lint(brief)]


def lacking(revision: Revision) -> int:
    """How many approvals are still missing."""
    brief = revision.brief
    return max(0, needed(brief.headline.text) - revision.approvals.count()) if brief else 1


def obstacles(revision: Revision) -> list[str]:
    """Everything that stands in the way of publishing this revision; empty if it may be published."""
    story, found = revision.story, faults(revision)
    if story.newest.number != revision.number:
        found.append(_("There is a newer revision."))
    if missing := lacking(revision):
        found.append(ngettext("%d approval is missing.", "%d approvals are missing.", missing) % missing)
    if story.published_id == revision.pk and not story.withdrawn_at:
        found.append(_("This revision is published already."))
    return found


@transaction.atomic
def approve(revision: Revision, who: Any, note: str = "") -> Approval:
    """Note that somebody checked the revision; InputError for faults, and for a second time."""
    _editor(who)
    if wrong := faults(revision):
        raise InputError(" ".join(wrong))
    if revision.approvals.filter(who=who).exists():
        raise InputError(_("You approved this revision already; another editor must."))
    made = Approval.objects.create(revision=revision, who=who, note=note)
    _note(who, "approve", revision.story, revision.number, note or "checked against its evidence")
    return made


@transaction.atomic
def publish(revision: Revision, who: Any, correction: str = "") -> Story:
    """Show the revision to readers. From the second time on `correction` must tell them what was wrong."""
    _editor(who)
    story = Story.objects.select_for_update().get(pk=revision.story_id)
    if wrong := obstacles(revision):
        raise InputError(" ".join(wrong))
    first = story.first_published is None
    if not first and not correction.strip():
        raise InputError(_("Tell readers what was wrong, and what it says now."))
    now = timezone.now()
    revision.published_at, revision.correction = now, "" if first else correction.strip()
    revision.save(update_fields=["published_at", "correction"])
    story.published, story.last_published, story.withdrawn_at, story.withdrawn_why = revision, now, None, ""
    if first:
        story.first_published, story.slug = now, _slug(story, revision)
    story.save()
    _note(who, "publish" if first else "correct", story, revision.number, correction.strip() or "first publication")
    return story


def _slug(story: Story, revision: Revision) -> str:
    text = revision.brief.headline.text if revision.brief else story.dyad
    words = slugify(text)[:80].strip("-") or slugify(story.dyad)
    wanted = f"{story.as_of}-{words}"
    return wanted if not Story.objects.filter(slug=wanted).exists() else f"{wanted}-{story.pk}"


@transaction.atomic
def withdraw(story: Story, who: Any, why: str) -> None:
    """Take a published story back: its address stays and tells readers why."""
    _editor(who)
    story = Story.objects.select_for_update().get(pk=story.pk)
    if story.published is None or story.withdrawn_at:
        raise InputError(_("Only a published story can be withdrawn."))
    if not why.strip():
        raise InputError(_("Tell readers why it is withdrawn."))
    story.withdrawn_at, story.withdrawn_why = timezone.now(), why.strip()
    story.save(update_fields=["withdrawn_at", "withdrawn_why"])
    _note(who, "withdraw", story, story.published.number, why)
