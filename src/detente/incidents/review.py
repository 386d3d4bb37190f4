"""What people decide about single mentions, ties and terms. Pure functions on Decisions, re-applied at any time.

    accept, correct, reject    target: "Event e1", "Link l1" or "Tripwire t1"
    undo                       target: the id of the decision taken back

`Decision.change` says what was set, by offsets and ids, never by words of an article, so that an erasure leaves nothing:
`at` = [article, start, end] of the trigger (evidence, for a tie or terms), the anchor that holds when an article is coded
anew; `reason` a code; `asks` why it takes two people; and any of FIELDS with its new value.

What may harm somebody (deaths, blame, ties such as 'front of') stands only when two people decided the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from detente.incidents.decide import MERGE, SPLIT, UNDO
from detente.incidents.noted import REVIEWED
from detente.records import Article, Attribution, Count, Decision, Event, Interval, Link, Mention, Place, Span, Tripwire
from detente.reference.actors import load

ACCEPT, CORRECT, REJECT = "accept", "correct", "reject"
VERDICTS = (ACCEPT, CORRECT, REJECT)
PLAIN = ("type", "act", "modality", "reciprocal", "absence")  # fields that are set as they are
FIELDS = (*PLAIN, "modes", "contexts", "actors", "recipients", "stances", "date", "place", "counts")
Thing = Event | Link | Tripwire
T = TypeVar("T", Event, Link, Tripwire)


def target_of(thing: Thing) -> str:
    """How decisions name it."""
    return f"{type(thing).__name__} {thing.id}"


def anchor(thing: Thing) -> list[Any]:
    """[article, start, end]: where it stands, whatever number the coder gave it."""
    span = thing.trigger if isinstance(thing, Event) else thing.evidence if isinstance(thing, Link) else thing.span
    return [span.article, span.start, span.end]


def sensitive(thing: Thing) -> str | None:
    """Why two people must agree on it: "deaths", "blame", "tie"; None where one will do (docs/explanation/ethics.md)."""
    if isinstance(thing, Event):
        if any(each.kind == "killed" and each.high != 0 for each in thing.counts):
            return "deaths"
        return "blame" if any(each.stance == "blames" for each in thing.attribution) else None
    return "tie" if isinstance(thing, Link) and thing.kind in ("front", "backed") else None


# --------------------------------------------------------------------------------------------- what stands
def not_undone(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions that nobody took back, oldest first; an undo may itself be undone."""
    ordered = sorted({each.id: each for each in decisions}.values(), key=lambda each: (each.when.isoformat(), each.id))
    undone: set[str] = set()
    for each in reversed(ordered):
        if each.what == UNDO and each.id not in undone:
            undone.add(each.target)
    return [each for each in ordered if each.what != UNDO and each.id not in undone]


def is_review(decision: Decision) -> bool:
    """True for a verdict on a mention, a tie or terms."""
    return decision.what in VERDICTS and decision.target.split(" ")[0] in ("Event", "Link", "Tripwire")


def is_grouping(decision: Decision) -> bool:
    """True for a merge or split of incidents."""
    return decision.what in (MERGE, SPLIT)


def same(one: Decision, other: Decision) -> bool:
    """Whether two people decided the same; the reason a rejection gives does not matter."""
    strip = lambda change: {key: value for key, value in change.items() if key not in ("reason", "asks")}  # noqa: E731
    return (one.what, one.target) == (other.what, other.target) and strip(one.change) == strip(other.change)


def outcome(made: Iterable[Decision], two: bool) -> Decision | None:
    """The decision on one thing that stands, of those not undone, oldest first; each person's last one counts.

    `two`: only one that another person decided likewise; of several such, the one agreed on last.
    """
    last: dict[str, Decision] = {}
    for each in made:
        last.pop(each.who, None)
        last[each.who] = each
    newest = list(last.values())[::-1]
    if not two:
        return newest[0] if newest else None
    return next((one for n, one in enumerate(newest) if any(same(one, other) for other in newest[n + 1 :])), None)


def asks(thing: Thing, decision: Decision, articles: Mapping[str, Article]) -> str | None:
    """Why a decision takes two people: by what was coded, or by what it would make of it."""
    changed = applied(thing, decision, articles)
    return sensitive(thing) or (sensitive(changed) if changed is not None else None)


def needs_two(thing: Thing | None, made: Iterable[Decision], articles: Mapping[str, Article]) -> bool:
    """Whether two must agree; of a thing that was coded anew under another number the decisions themselves say it."""
    return any(
        each.change.get("asks") or (thing is not None and asks(thing, each, articles) is not None) for each in made
    ) or (thing is not None and sensitive(thing) is not None)


def agreed(
    decisions: Iterable[Decision], things: Mapping[str, Thing], articles: Mapping[str, Article]
) -> list[Decision]:
    """The reviews, merges and splits that are in force; `things` by their target, as coded."""
    standing = not_undone(decisions)
    by_target: dict[tuple[str, str], list[Decision]] = {}
    for each in standing:
        if is_review(each) or is_grouping(each):
            by_target.setdefault(("" if is_review(each) else each.what, each.target), []).append(each)
    found = []
    for (what, target), made in by_target.items():
        if what:
            named = (things.get(f"Event {name}") for name in target.split())
            two = any(each is not None and sensitive(each) == "deaths" for each in named)
        else:
            two = needs_two(things.get(target), made, articles)
        if (chosen := outcome(made, two)) is not None:
            found.append(chosen)
    return sorted(found, key=lambda each: (each.when.isoformat(), each.id))


# -------------------------------------------------------------------------------------------- what it does
def reviewed(things: Iterable[T], decisions: Iterable[Decision], articles: Mapping[str, Article]) -> list[T]:
    """The records as people decided: corrected, noted as reviewed, without the rejected; `decisions` are in force."""
    by_place = {
        (each.target.split(" ")[0], tuple(each.change.get("at", ()))): each for each in decisions if is_review(each)
    }
    out: list[Any] = []
    for thing in things:
        decision = by_place.get((type(thing).__name__, tuple(anchor(thing))))
        made = thing if decision is None else applied(thing, decision, articles)
        if made is not None:
            out.append(made)
    return out


def applied(thing: Thing, decision: Decision, articles: Mapping[str, Article]) -> Any:
    """One record as a decision has it; None where it is rejected."""
    if decision.what == REJECT:
        return None
    change = decision.change
    if isinstance(thing, Link):
        kept: dict[str, Any] = {name: change[name] for name in ("kind", "proof") if name in change}
        ends = {name: _linked(getattr(thing, name), change[name]) for name in ("subject", "object") if name in change}
        return replace(thing, **(kept | ends))
    if isinstance(thing, Tripwire):
        return replace(thing, **{name: change[name] for name in ("direction",) if name in change})
    return _event(thing, decision, articles)


def _event(event: Event, decision: Decision, articles: Mapping[str, Article]) -> Event:
    change, article = decision.change, articles.get(event.article)
    values: dict[str, Any] = {name: change[name] for name in PLAIN if name in change}
    values |= {name: tuple(change[name]) for name in ("modes", "contexts") if name in change}
    for role in ("actors", "recipients"):
        if role in change:
            held = getattr(event, role)
            values[role] = tuple(
                made for each in change[role] if (made := _mention(each, held, event.article, article))
            )
    if "stances" in change:
        values["attribution"] = _attribution(event.attribution, change["stances"])
    if "date" in change:
        values["date"] = _interval(change["date"], event.date)
    if "place" in change:
        values["place"] = _place(change["place"], event.place)
    if "counts" in change:
        values["counts"] = tuple(_count(each, event.counts) for each in change["counts"])
    changed = ", ".join(name for name in FIELDS if name in change)
    note = f"{REVIEWED} on {decision.when:%Y-%m-%d}: {'corrected ' + changed if changed else 'accepted'}"
    why = (*(each for each in event.why if not each.startswith(REVIEWED)), note)
    return replace(event, **values, why=why)


def _linked(mention: Mention, actor: str | None) -> Mention:
    """The mention as another actor's; country and sector come from the reference data."""
    if actor == mention.actor:
        return mention
    known = load().get(actor) if actor else None
    return replace(
        mention, actor=actor, name=known.name if known else None, country=known.country if known else None,
        sector=known.sector if known else None,
    )  # fmt: skip


def _mention(given: Mapping[str, Any], held: tuple[Mention, ...], key: str, article: Article | None) -> Mention | None:
    """{"start", "end", "actor"}: words of the article; {"n", "actor"}: one that was coded without a place in the text."""
    actor = given.get("actor")
    if "n" in given:
        return _linked(held[given["n"]], actor) if 0 <= given["n"] < len(held) else None
    start, end = given["start"], given["end"]
    base = next((each for each in held if each.span and (each.span.start, each.span.end) == (start, end)), None)
    if base is None:
        words = article.text[start:end] if article else ""
        base = Mention(words, Span(key, start, end, words)) if words else None
    return _linked(base, actor) if base else None


def _attribution(held: tuple[Attribution, ...], stances: list[str | None]) -> tuple[Attribution, ...]:
    """A stance for each link of the chain; None takes the link out."""
    pairs = zip(held, (*stances, *(each.stance for each in held[len(stances) :])), strict=False)
    return tuple(replace(each, stance=stance) for each, stance in pairs if stance is not None)  # type: ignore[arg-type]


def _interval(given: Mapping[str, Any] | None, held: Interval | None) -> Interval | None:
    if given is None:
        return None
    start, end = date.fromisoformat(given["start"]), date.fromisoformat(given["end"])
    base = held or Interval(None, None, "day")
    return replace(base, start=start, end=end, precision=given["precision"])


def _place(given: Mapping[str, Any] | None, held: Place | None) -> Place | None:
    return None if given is None else Place(**given, span=held.span if held else None)


def _count(given: Mapping[str, Any], held: tuple[Count, ...]) -> Count:
    """{"n"?, "kind", "low", "high"}: the n-th count as coded with other figures, or a new one by the report itself."""
    n = given.get("n")
    base = held[n] if isinstance(n, int) and 0 <= n < len(held) else Count(given["kind"], 0, 0)
    return replace(base, kind=given["kind"], low=given["low"], high=given["high"])


__all__ = ["ACCEPT", "CORRECT", "FIELDS", "REJECT", "agreed", "anchor", "applied", "asks", "is_grouping", "is_review", "needs_two",
           "not_undone", "outcome", "reviewed", "same", "sensitive", "target_of"]  # fmt: skip
