"""One incident for a reader: its reports side by side, its tolls by speaker, and in plain words why they are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from detente.desk.book import ledger
from detente.desk.theatres.saying import STANCES, TOLLS, reasons
from detente.desk.theatres.state import State
from detente.incidents.noted import REVIEWED
from detente.incidents.origins import Credits, origins
from detente.records import Article, Event, Incident, Toll

MOST = 30  # reports shown
_AROUND = 260  # characters kept on each side of the evidence, cut at a paragraph
_APART = re.compile(r"(\S+) kept apart: (.*)", re.DOTALL)
_REVIEWED = re.compile(rf"{REVIEWED}: (\d+) of (\d+) mentions")
_DECIDED = re.compile(r"(split )?by .+? on (\d{4}-\d\d-\d\d): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Report:
    """One report's words about the incident."""

    article: Article
    pieces: tuple[tuple[str, bool], ...]  # words, and whether they are evidence
    voices: tuple[str, ...]
    party: str  # on whose side its outlet stands, "" where the theatre says none
    copy_of: str  # whose words it repeats, "" for its own
    link: str


def reports(state: State, incident: Incident) -> tuple[list[Report], list[Event], dict[str, Article]]:
    """Reports of the incident, the first published first, with the mentions and articles they were made from."""
    events = list(ledger().read(Event, as_of=state.known.as_of if state.known else None, keys=incident.events))
    keys = list(dict.fromkeys(each.article for each in events))[:MOST]
    articles = {each.id: each for each in ledger().read(Article, as_of=None, keys=keys)}
    source, credit = origins(articles), Credits(articles)
    made = []
    for key in keys:
        if (article := articles.get(key)) is not None:
            mine = [each for each in events if each.article == key]
            made.append(Report(article, pieces(article.text, mine), _voices(mine), _party(state, article),
                               _copied(article, articles, source, credit), _web(article.url)))  # fmt: skip
    made.sort(key=lambda each: (str(each.article.published or "9"), each.article.id))
    return made, events, articles


def _web(address: str | None) -> str:
    return address if address and address.startswith(("https://", "http://")) else ""


def pieces(text: str, events: Sequence[Event]) -> tuple[tuple[str, bool], ...]:
    """The evidence with what stands around it: overlapping stretches joined, left-out text as "…"."""
    marks = _joined((each.evidence.start, each.evidence.end) for each in events)
    wide = _joined((_back(text, start), _on(text, end)) for start, end in marks)
    out: list[tuple[str, bool]] = []
    for left, right in wide:
        if left > 0:
            out.append((" " if out else "… ", False))
        at = left
        for start, end in marks:
            if left <= start < right:
                out += [(text[at:start], False), (text[start : min(end, right)], True)]
                at = min(end, right)
        out.append((text[at:right] + (" …" if right < len(text) else ""), False))
    return tuple(each for each in out if each[0])


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _back(text: str, start: int) -> int:
    low = max(0, start - _AROUND)
    paragraph = text.rfind("\n", low, start) + 1
    return paragraph or (low if low == 0 else text.find(" ", low, start) + 1 or low)


def _on(text: str, end: int) -> int:
    high = min(len(text), end + _AROUND)
    paragraph = text.find("\n", end, high)
    if paragraph >= 0:
        return paragraph
    return high if high == len(text) else max(text.rfind(" ", end, high), end)


def _voices(events: Iterable[Event]) -> tuple[str, ...]:
    """Who is quoted, outermost first: "US military: says so"."""
    found = []
    for each in events:
        for link in each.attribution:
            name = (link.source.text if link.source else _("somebody unnamed")) if not link.anonymous else (
                _("%(who)s, unnamed") % {"who": link.source.text} if link.source else _("somebody unnamed"))  # fmt: skip
            found.append(f"{name}: {STANCES[link.stance]}")
    return tuple(dict.fromkeys(found))[:6]


def _party(state: State, article: Article) -> str:
    """The sides on which the theatre says that the outlet stands."""
    outlet = state.theatre.outlet(article.outlet)
    if outlet is None or not outlet.party:
        return ""
    names = [actor.name if (actor := state.index.get(each)) else each for each in outlet.party_to]
    return ", ".join(names) or _("a party to the conflict")


def _copied(article: Article, articles: Mapping[str, Article], source: Mapping[str, str], credit: Credits) -> str:
    root = source.get(article.id, article.id)
    if root != article.id and root in articles:
        return articles[root].outlet or _("another report")
    agency = credit.of_report(article)
    return str(agency) if agency and agency != credit.own(article) else ""


def figure_of(toll: Toll) -> str:
    """ "2", "2–5", "2 or more"."""
    if toll.high is None:
        return _("%(n)s or more") % {"n": toll.low}
    return str(toll.low) if toll.low == toll.high else f"{toll.low}–{toll.high}"


def tolls(incident: Incident, articles: Mapping[str, Article]) -> list[dict[str, Any]]:
    """Each speaker's figure, the dead first; none overwrites another."""
    order = list(TOLLS)
    first = {(each.kind, each.low, each.high, (each.speaker or "").casefold()): each for each in incident.tolls[::-1]}
    found = [each for each in first.values() if each.kind in order and each.kind != "other"]
    found.sort(key=lambda each: (order.index(each.kind), each.low, each.speaker or ""))
    return [
        {"what": TOLLS.get(each.kind, each.kind), "figure": figure_of(each), "speaker": each.speaker,
         "outlet": _outlet(each.evidence.article, articles) if each.evidence else "", "reported": each.reported}
        for each in found
    ]  # fmt: skip


def statements(state: State, incident: Incident, articles: Mapping[str, Article]) -> list[dict[str, Any]]:
    """Claims, blame and denials, each with its speaker: a denial stands beside its claim."""
    return [
        {"speaker": called(state, each.speaker)[0], "stance": STANCES[each.stance],
         "about": called(state, each.about)[0] if each.about else "", "words": each.evidence.quote,
         "outlet": _outlet(each.evidence.article, articles), "reported": each.reported}
        for each in incident.statements
    ]  # fmt: skip


def _outlet(key: str, articles: Mapping[str, Article]) -> str:
    return (articles[key].outlet or "") if key in articles else ""


def called(state: State, key: str) -> tuple[str, str | None]:
    """An actor of an incident: its name, and its id where it has a page."""
    known = state.index.get(key)
    return (known.name, known.id) if known else (key.removeprefix("provisional.").replace("-", " "), None)


def why(state: State, incident: Incident, events: Sequence[Event]) -> dict[str, list[Any]]:
    """Why the mentions are one, what was kept apart, what does not add up, what people decided; no ids in any of it."""
    by_id = {each.id: each for each in events}
    because, apart = dict[str, str](), list[tuple[str, str]]()
    found: dict[str, list[Any]] = {"joined": [], "apart": [], "decided": [], "odd": [], "notes": []}
    for line in incident.why:
        kind, _colon, rest = line.partition(" ") if line.startswith("joined ") else line.partition(": ")
        key, _colon, reason = rest.partition(": ")
        if kind == "joined" and key in by_id:
            because[key] = reasons(reason)
        elif kind in ("joined", "against") and (decided := _DECIDED.fullmatch(rest)):
            found["decided"].append({"split": bool(decided[1]), "on": decided[2], "why": decided[3]})
        elif kind == "against" and (kept := _APART.fullmatch(rest)):
            apart.append((kept[1], reasons(kept[2])))
        elif kind == "contradiction":
            found["odd"].append(_without_ids(rest, by_id))
        elif line in _NOTES:
            found["notes"].append(_NOTES[line]())
        elif (checked := _REVIEWED.fullmatch(line)) is not None:
            said = {"some": checked[1], "all": checked[2]}
            found["notes"].append(
                _("Analysts have read %(some)s of its %(all)s mentions against their reports.") % said
            )
    found["joined"] = _joined_by_words(events, because)
    found["apart"] = _apart(state, apart)
    return found


def _joined_by_words(events: Sequence[Event], because: Mapping[str, str]) -> list[dict[str, Any]]:
    """Mentions with what joined them; several in one sentence of a report stand once, with the fullest reason."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for each in events:
        row = rows.setdefault((each.article, each.evidence.quote), {"event": each, "because": ""})
        row["because"] = max(row["because"], because.get(each.id, ""), key=len)
    return list(rows.values())


_NOTES = {
    "sums up several happenings: counted as none": lambda: _("It sums up several happenings, so it is counted as none of them."),
    "date assumed from the day of the report": lambda: _("No report gives its day; it was taken from the day of the report."),
    "an absence is reported": lambda: _("What is reported is that nothing happened."),
}  # fmt: skip


def _apart(state: State, found: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Mentions that were compared and kept apart, each with where it went."""
    kept = {each.id: each for each in ledger().read(Event, as_of=None, keys=[key for key, _ in found[:12]])}
    return [
        {"event": kept[key], "because": told, "incident": state.of_event.get(key)} for key, told in found if key in kept
    ]


def _without_ids(text: str, events: Mapping[str, Event]) -> str:
    for each in events.values():
        text = text.replace(each.id, each.outlet or _("a report")).replace(each.article, each.outlet or _("a report"))
    return text
