"""What analysts do with a task. Each step is one transaction, asks for the role, and leaves a Decision in the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from detente.assessing import roll_up
from detente.desk.accounts.models import User
from detente.desk.book import ledger, theatres
from detente.desk.review.models import ReaderReport, Task
from detente.desk.review.ordering import WEIGHTS
from detente.desk.roles import ANALYST, roles_of
from detente.incidents import merge_decision, split_decision
from detente.incidents.decide import UNDO
from detente.incidents.review import (
    REJECT,
    VERDICTS,
    Thing,
    anchor,
    asks,
    needs_two,
    not_undone,
    outcome,
    same,
    sensitive,
)
from detente.keeping.deciding import articles_of, things_of
from detente.keeping.merging import merge_again
from detente.records import Decision, Event, Incident, InputError, Link, Tripwire
from detente.store.codec import topic

DRAWN = 10  # of so many settled mentions one is shown to a second person, blind
REASONS = ("no-event", "double", "misread", "not-news", "other")  # why a mention is rejected
State, Kind = Task.State, Task.Kind
_KINDS: dict[str, Any] = {"Event": Event, "Link": Link, "Tripwire": Tripwire}


def _analyst(who: User) -> None:
    if ANALYST not in roles_of(who):
        raise PermissionDenied(ANALYST)


def thing_of(task: Task) -> Thing | None:
    """The record a task is about, as coded; None where it is gone."""
    found = ledger().get(_KINDS[task.kind], task.key, as_of=None) if task.kind in _KINDS else None
    return found if isinstance(found, (Event, Link, Tripwire)) else None


def decided(target: str) -> list[Decision]:
    """Every decision on a target, oldest first, without those taken back."""
    return not_undone(_with_undone(_on([target])))


def _on(targets: Iterable[str]) -> list[Decision]:
    wanted = set(targets)
    found = ledger().read(Decision, as_of=None, about=[topic("target", each) for each in wanted]) if wanted else ()
    return [each for each in found if each.target in wanted]


def _with_undone(made: list[Decision]) -> list[Decision]:
    """Decisions with what took them back, and what took that back."""
    found, newest = list(made), made
    while newest:
        newest = [each for each in _on(one.id for one in newest) if each.what == UNDO]
        found += newest
    return found


def queue(who: User, dyad: str = "") -> QuerySet[Task]:
    """What the person may decide next: the most important first, never a second look at an own decision."""
    found = Task.objects.filter(state__in=(State.OPEN, State.SECOND, State.DISPUTED))
    found = found.exclude(state=State.SECOND, people__contains=f"|{who.username}|")
    return found.filter(dyad=dyad) if dyad else found


def again(who: User) -> QuerySet[Task]:
    """What was drawn for a second, blind look, and that the person has not seen."""
    return Task.objects.filter(state=State.AGAIN).exclude(people__contains=f"|{who.username}|")


@transaction.atomic
def decide(task: Task, who: User, what: str, why: str, change: dict[str, Any] | None = None) -> Decision:
    """Accept, correct or reject a mention, a tie or a tripwire. InputError where it is gone, or without a reason."""
    _analyst(who)
    task = Task.objects.select_for_update().get(pk=task.pk)
    thing = thing_of(task)
    if thing is None:
        raise InputError(_("It is no longer in the ledger: it was coded anew, or erased."))
    if what not in VERDICTS or not why.strip():
        raise InputError(_("Say why."))
    if what == REJECT and (change or {}).get("reason") not in REASONS:
        raise InputError(_("Choose a reason."))
    change = {"at": anchor(thing), **(change or {})}
    draft = Decision("", timezone.now(), who.username, what, task.target, why.strip(), change)
    if (reason := asks(thing, draft, articles_of(ledger(), [thing]))) is not None:
        change["asks"] = reason
    made = ledger().decide(who.username, what, task.target, why.strip(), change)
    _settle(task, who, thing)
    return made


def _settle(task: Task, who: User, thing: Thing | None) -> None:
    """Where the task stands after its decisions."""
    made = decided(task.target)
    people = list(dict.fromkeys(each.who for each in made))
    task.people = f"|{'|'.join(people)}|" if people else ""
    task.state = _state(task, made, people, thing)
    settled = task.state in (State.DONE, State.AGAIN)
    task.settled_at, task.settled_by = (timezone.now(), who) if settled else (None, None)
    task.save()


def _state(task: Task, made: Sequence[Decision], people: Sequence[str], thing: Thing | None) -> str:
    if not made:
        return State.OPEN
    articles = articles_of(ledger(), [thing] if thing else [])
    two = needs_two(thing, made, articles)
    last = {each.who: each for each in made}
    if outcome(made, two) is None:
        return State.SECOND if len(people) == 1 else State.DISPUTED
    differ = any(not same(one, other) for one in last.values() for other in last.values())
    if differ and not two and len(people) == 2:
        return State.DISPUTED  # the newer one stands for the time being
    return State.AGAIN if len(people) == 1 and _drawn(task.target) else State.DONE


def _drawn(target: str) -> bool:
    return int(hashlib.sha256(target.encode()).hexdigest()[:8], 16) % DRAWN == 0


@transaction.atomic
def undo(number: str, who: User, why: str) -> Decision:
    """Take a decision back: an own one, or, with a reason of one's own, a colleague's."""
    _analyst(who)
    made = ledger().get(Decision, number, as_of=None)
    if not isinstance(made, Decision) or not not_undone(_with_undone([made])):
        raise InputError(_("There is nothing to take back."))
    if not why.strip():
        raise InputError(_("Say why."))
    took = ledger().decide(who.username, UNDO, made.id, why.strip())
    name = f"{made.what} {made.target}" if made.what not in VERDICTS else made.target
    task = Task.objects.select_for_update().filter(target=name).first()
    if task is not None and task.kind == Kind.GROUPING:
        _settle_group(task, who)
    elif task is not None:
        _settle(task, who, thing_of(task))
    if made.what not in VERDICTS:
        _merge()
    return took


# ----------------------------------------------------------------------------------------------- incidents
@transaction.atomic
def group(task: Task, who: User, why: str, *, merge: Sequence[Incident] = (), split: tuple[Incident, Sequence[str]] | None = None) -> bool:  # fmt: skip
    """Merge incidents, or split some mentions off one; False where it first needs a second person (deaths)."""
    _analyst(who)
    if not why.strip():
        raise InputError(_("Say why."))
    now = timezone.now()
    if split is not None:
        made = split_decision(split[0], split[1], who.username, now, why)
    else:
        made = merge_decision(merge, who.username, now, why)
    return _group(made.what, made.target, who, why, task)


def _group(what: str, target: str, who: User, why: str, task: Task) -> bool:
    book = ledger()
    made = book.decide(who.username, what, target, why.strip())
    if not any(sensitive(each) == "deaths" for each in things_of(book, [made]).values()):
        _merge()
        return True
    said = {"kind": Kind.GROUPING, "article": task.article, "known_at": task.known_at, "dyad": task.dyad,
            "reasons": ["grouping", "deaths"], "priority": WEIGHTS["grouping"] + WEIGHTS["deaths"]}  # fmt: skip
    waiting, _made = Task.objects.select_for_update().get_or_create(target=f"{what} {target}", defaults=said)
    _settle_group(waiting, who)
    if waiting.state == State.DONE:
        _merge()
    return waiting.state == State.DONE


def _settle_group(task: Task, who: User) -> None:
    what, target = grouping(task)
    made = [each for each in decided(target) if each.what == what]
    task.people = "".join(f"|{each.who}" for each in made) + "|" if made else ""
    task.state = State.DONE if not made or outcome(made, True) else State.SECOND
    task.settled_at, task.settled_by = (timezone.now(), who) if task.state == State.DONE else (None, None)
    task.save()


def grouping(task: Task) -> tuple[str, str]:
    """What a task of kind GROUPING asks for: the Decision's `what` and `target`."""
    first, second, target = task.target.split(" ", 2)
    return f"{first} {second}", target


@transaction.atomic
def second(task: Task, who: User, why: str) -> bool:
    """Agree, as the second person, to a merge or split."""
    _analyst(who)
    what, target = grouping(task)
    if f"|{who.username}|" in task.people:
        raise InputError(_("You proposed this; another analyst must agree."))
    return _group(what, target, who, why, task)


@transaction.atomic
def refuse(task: Task, who: User, why: str) -> None:
    """Take back, as the second person, a merge or split that was proposed."""
    _analyst(who)
    what, target = grouping(task)
    if not why.strip():
        raise InputError(_("Say why."))
    for each in decided(target):
        if each.what == what:
            ledger().decide(who.username, UNDO, each.id, why.strip())
    _settle_group(task, who)


def _merge() -> None:
    """Tell the incidents anew at once: a merge or split is looked at right after."""
    merge_again(ledger(), roll_up(next(iter(theatres().values()), None)))


# ------------------------------------------------------------------------------------------------- readers
@transaction.atomic
def report(subject: str, about: str, text: str, language: str, dyad: str) -> Task:
    """A reader's report becomes a task."""
    made = ReaderReport.objects.create(subject=subject, about=about, text=text, language=language)
    return Task.objects.create(
        kind=Kind.REPORT, target=str(made), known_at=timezone.now(), dyad=dyad, reasons=["reader"],
        priority=WEIGHTS["reader"], report=made,
    )  # fmt: skip


@transaction.atomic
def answer(task: Task, who: User, right: bool, why: str) -> None:
    """Settle a reader's report: they were right and it is mended or passed on, or they were not."""
    _analyst(who)
    task = Task.objects.select_for_update().get(pk=task.pk)
    if not why.strip():
        raise InputError(_("Say why."))
    ledger().decide(who.username, "uphold report" if right else "dismiss report", task.target, why.strip())
    task.state, task.settled_at, task.settled_by = State.DONE, timezone.now(), who
    task.people = f"|{who.username}|"
    task.save()
