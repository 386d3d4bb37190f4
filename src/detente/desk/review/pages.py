"""What each kind of task shows: the template's name and what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from django.http import HttpRequest

from detente.desk.book import ledger
from detente.desk.review import flow
from detente.desk.review.fields import ACTORS_LIST, Form
from detente.desk.review.models import Task
from detente.desk.review.ordering import REASONS
from detente.desk.review.reporting import subject_of
from detente.desk.review.showing import excerpt, incident_of, maybe_same, mentions_of, places, plan, suggestions
from detente.incidents.review import Thing, needs_two, sensitive
from detente.keeping.deciding import articles_of, things_of
from detente.plain import hints_of
from detente.records import Decision, Event, Link, Mention, Place, Tripwire
from detente.reference.codebook.read import load as load_codebook

State, Kind = Task.State, Task.Kind
LINKS, PROOFS = get_args(hints_of(Link)["kind"]), get_args(hints_of(Link)["proof"])
MENTIONS = 30  # of a reported page that are listed, the most important first
DIRECTIONS = get_args(hints_of(Tripwire)["direction"])


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue."""

    task: Task
    words: str
    code: str  # type and modality, or what kind of thing it is
    confidence: int | None  # per cent
    reasons: Sequence[Any]


def row(task: Task) -> Row:
    """A task in a line."""
    thing, words, code, sure = flow.thing_of(task), task.target, task.kind, None
    if isinstance(thing, Event):
        words, code, sure = thing.evidence.quote, f"{thing.type} · {thing.modality}", round(100 * thing.confidence)
    elif isinstance(thing, Link):
        words, code = thing.evidence.quote, thing.kind
    elif isinstance(thing, Tripwire):
        words, code = thing.span.quote, "tripwire"
    elif task.report is not None:
        words, code = task.report.text, task.report.about
    elif task.kind == Kind.GROUPING:
        code = flow.grouping(task)[0]
    return Row(task, words, code, sure, [REASONS[each] for each in task.reasons if each in REASONS])


def of(task: Task, request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """Template and context of a task's page."""
    if task.kind == Kind.REPORT and task.report is not None:
        subject = subject_of(task.report.subject)
        return "report", {"report": task.report, "about": subject, "tasks": [row(each) for each in _tasks_of(subject)]}
    if task.kind == Kind.GROUPING:
        what, target = flow.grouping(task)
        made = [each for each in flow.decided(target) if each.what == what]
        events = [each for each in things_of(ledger(), made).values() if isinstance(each, Event)]
        told = [(each, mentions_of(each)) for each in _incidents(events)]
        own = f"|{request.user.username}|" in task.people  # type: ignore[union-attr]
        return "grouping", {"what": what, "made": made, "told": told, "leaving": set(target.split()), "own": own}
    thing = flow.thing_of(task)
    articles = articles_of(ledger(), [thing]) if thing else {}
    article = articles.get(thing.article) if thing else None
    if thing is None or article is None:
        return "gone", {}
    made = flow.decided(task.target)
    said: dict[str, Any] = {
        "thing": thing, "article": article, "excerpt": excerpt(thing, article), "sensitive": sensitive(thing),
        "two": needs_two(thing, made, articles), "made": _seen(task, made, request), "given": request.POST,
    }  # fmt: skip
    if isinstance(thing, Event):
        return "event", said | _event(thing, request)
    return ("link" if isinstance(thing, Link) else "tripwire"), said | {
        "kinds": LINKS, "proofs": PROOFS, "directions": DIRECTIONS,
    }  # fmt: skip


def _seen(task: Task, made: Sequence[Decision], request: HttpRequest) -> list[Decision]:
    """The decisions an analyst may see: none of others before a second look that is meant to be blind."""
    who = request.user.username  # type: ignore[union-attr]
    blind = task.state in (State.SECOND, State.AGAIN) and f"|{who}|" not in task.people
    return [] if blind else list(made)


def _event(event: Event, request: HttpRequest) -> dict[str, Any]:
    given, incident = request.POST, incident_of(event)
    name = given.get("place", "").strip()
    offered: Sequence[Any] = places(name) if name and (event.place is None or name != event.place.name) else ()
    return {
        "form": Form(event, given, {}, load_codebook(), offered), "suggestions": suggestions(event),
        "plan": plan(_place(event), [each.place for each in offered]), "incident": incident,
        "mentions": mentions_of(incident) if incident else (), "maybe": maybe_same(incident) if incident else (),
        "confidence": round(100 * event.confidence), "actors_list": ACTORS_LIST,
    }  # fmt: skip


def _place(event: Event) -> Place | None:
    return event.place if event.place and event.place.precision not in ("country", "region", "unmatched") else None


def _incidents(events: Sequence[Event]) -> list[Any]:
    """The incidents that hold the events, each once."""
    found = {each.id: each for event in events if (each := incident_of(event)) is not None}
    return list(found.values())


def _tasks_of(subject: Any) -> list[Task]:
    """Tasks of the mentions that a reported page rests on."""
    if subject is None:
        return []
    targets = [f"Event {name}" for name in subject.events]
    return list(Task.objects.filter(target__in=targets)[:MENTIONS])


def other_change(thing: Thing, given: Any) -> dict[str, Any]:
    """What a form changes of a tie or a tripwire; only what is possible and differs."""
    choices: dict[str, Sequence[str]] = (
        {"kind": LINKS, "proof": PROOFS} if isinstance(thing, Link) else {"direction": DIRECTIONS}
    )
    found: dict[str, Any] = {}
    for name, allowed in choices.items():
        value = given.get(name, getattr(thing, name))
        if value in allowed and value != getattr(thing, name):
            found[name] = value
    if isinstance(thing, Link):
        for name in ("subject", "object"):
            held: Mention = getattr(thing, name)
            actor = given.get(name, held.actor or "").strip() or None
            if actor != held.actor and (actor is None or _known(actor)):
                found[name] = actor
    return found


def _known(actor: str) -> bool:
    from detente.desk.review.showing import actor_index

    return actor_index().get(actor) is not None
