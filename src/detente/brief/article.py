"""One report read closely: what happened, what did not, what is threatened, on whose word. No theatre needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from detente.brief import board, ties
from detente.brief.case import Case
from detente.brief.compose import SAFETY, cited
from detente.brief.words import capital, day, listed, number, plural, quoted, said, spans
from detente.incidents.build import speaker
from detente.incidents.match import no_roll_up
from detente.incidents.title import name_of
from detente.records import FACTUAL, Article, Block, Brief, Coded, Event, Incident, Lull, Mention, Sentence
from detente.tension.quoting import in_words

_CONFLICT = {"ASSAULT", "THREATEN", "MOBILIZE", "COERCE", "ACCUSE", "RETREAT", "SANCTION"}


def _name(mention: Mention) -> str:
    return name_of(mention)


def _pair(events: Sequence[Event]) -> list[str]:
    """The two actors most often named in conflict with each other, most mentioned first."""
    counted: Counter[str] = Counter()
    names: dict[str, str] = {}
    for event in events:
        if event.type not in _CONFLICT and event.act not in _CONFLICT:
            continue
        for mention in (*event.actors, *event.recipients):
            key = (mention.actor or mention.country or "").split(".")[0] or _name(mention).casefold()
            if mention.actor and not mention.actor[:1].isupper():
                key = mention.actor
            resolved = mention.actor is not None or mention.country is not None
            counted[key] += 2 if resolved else 1
            names.setdefault(key, _name(mention))
    return [names[key] for key, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:2]]


def _on_whose_word(event: Event) -> str:
    if not event.attribution:
        return ""
    chain = [speaker(link, event) for link in event.attribution]
    return f", according to {', citing '.join(dict.fromkeys(chain))}"


def _line(incident: Incident, events: dict[str, Event]) -> Sentence:
    """The deed in the report's own words, with its day and on whose word it rests."""
    event = next((events[number] for number in incident.events if number in events), None)
    when = ""
    if incident.date and incident.date.start:
        text = f" ({incident.date.text})" if incident.date.text else ""
        when = f", {day(incident.date.start)}" if incident.date.precision == "day" else text
    elif event and event.date and event.date.text:
        when = f" ({event.date.text})"
    words = in_words(incident, events)[0]
    return said(f"{words}{when}{_on_whose_word(event) if event else ''}.", incident.evidence[:3])


def _listing(heading: str, incidents: Sequence[Incident], events: dict[str, Event], most: int = 12) -> Block | None:
    told = {each.text: each for each in (_line(incident, events) for incident in incidents)}
    return Block(heading, "list", tuple(told.values())[:most]) if told else None


def _groups(incidents: Sequence[Incident]) -> dict[str, list[Incident]]:
    found: dict[str, list[Incident]] = {
        "done": [],
        "absent": [],
        "planned": [],
        "threat": [],
        "imagined": [],
        "denied": [],
    }
    for each in incidents:
        if each.type == "THREATEN":
            found["threat"].append(each)
        elif each.modality == "denied" or (each.disputed and each.modality not in FACTUAL):
            found["denied"].append(each)
        elif each.modality == "negated" or any(why.startswith("an absence") for why in each.why):
            found["absent"].append(each)
        elif each.modality in FACTUAL:
            found["done"].append(each)
        elif each.modality == "planned":
            found["planned"].append(each)
        else:
            found["imagined"].append(each)
    return found


def _state(groups: dict[str, list[Incident]], arming: Sequence[Incident], wires: int) -> str:
    if any(each.act == "ASSAULT" for each in groups["absent"]):
        return "calm reported, but held in doubt" if arming or wires else "calm reported"
    if any(each.type == "ASSAULT" for each in groups["done"]):
        return "violence reported, with threats of more" if groups["threat"] or wires else "violence reported"
    if groups["threat"] or wires:
        return "threats reported, no attack"
    if any(each.act in ("RETREAT", "CONCEDE", "AGREE", "CONSULT") for each in groups["done"] + groups["planned"]):
        return "steps towards each other reported"
    return "no conflict event read"


def compose_article(article: Article, coded: Coded, incidents: Sequence[Incident]) -> Brief:
    """A brief of one article from what the coder found in it; nothing beyond the article is used."""
    events = {each.id: each for each in coded.events}
    as_of = article.published or max((each.reported for each in coded.events if each.reported), default=date.min)
    ordered = sorted(incidents, key=lambda each: min((span.start for span in each.evidence), default=0))
    case = Case(
        theatre=None,
        dyad=None,
        lull=Lull("", as_of, "unknown"),
        series=None,
        incidents=tuple(ordered),
        tripwires=coded.tripwires,
        links=coded.links,
        articles={article.id: article},
        events=events,
        forecasts=(),
        as_of=as_of,
        rolls_up=no_roll_up,
    )
    groups = _groups(ordered)
    arming = [each for each in ordered if each.act == "MOBILIZE" and each.modality in FACTUAL | {"planned"}]
    blocks = _blocks(article, coded, case, groups)
    head, first = _top(coded, groups, arming, len(coded.tripwires))
    known = "From one undated report"
    if article.published:
        known = f"From one report, published {day(article.published, True)}"
    made = Brief(
        id="b-" + sha256(article.id.encode()).hexdigest()[:12], section=article.section or "", headline=head,
        standfirst=first, as_of=as_of, blocks=tuple(each for each in blocks if each), stamp=f"{known} · {SAFETY}",
    )  # fmt: skip
    return replace(made, sources=cited(made) or (article.id,))


def _blocks(article: Article, coded: Coded, case: Case, groups: dict[str, list[Incident]]) -> list[Block | None]:
    events = {each.id: each for each in coded.events}
    return [
        _absent(groups["absent"], events),
        _listing("Reported as done", groups["done"], events),
        _listing("Planned or announced", groups["planned"], events),
        _listing("Threats", groups["threat"], events),
        _plain_board(case, article),
        ties.who(case),
        _listing("Held possible, by those quoted", groups["imagined"], events),
        _listing("Denied or disputed", groups["denied"], events),
        _unknown(article, coded, events),
    ]


def _plain_board(case: Case, article: Article) -> Block | None:
    """The tripwire board without a track record, which one report cannot give."""
    block = board.board(case)
    if block is None:
        return None
    header = block.header if article.published else (*block.header[:-1], "state")
    return Block(block.heading, block.kind, (), header, block.rows)


def _absent(absent: Sequence[Incident], events: dict[str, Event]) -> Block | None:
    return _listing("Reported as not happening", absent, events)


def _top(
    coded: Coded, groups: dict[str, list[Incident]], arming: Sequence[Incident], wires: int
) -> tuple[Sentence, Sentence]:
    pair = _pair(coded.events)
    state = _state(groups, arming, wires)
    everything = [each for group in groups.values() for each in group]
    proof = spans((each.evidence[:1] for each in (*groups["absent"], *arming, *groups["done"])), 4)
    text = f"{capital(listed(pair))}: {state}" if pair else capital(state)
    head = said(text, proof, "events read in this report")
    if not everything:
        return head, said("No political event was read in this report.", (), "the coder found none")
    pieces = []
    if arming:
        pieces.append(plural(len(arming), "move that fits preparation", "moves that fit preparation"))
    if wires:
        pieces.append(plural(wires, "tripwire"))
    if groups["absent"]:
        first = f"The report has it that {quoted(groups['absent'][0].evidence[0], 90)}"
        first += f"; it also has {listed(pieces)}." if pieces else "."
    elif pieces:
        first = f"The report has {listed(pieces)}."
    else:
        first = f"{capital((groups['done'] or everything)[0].title)}."
    spoken = spans(
        [
            *(each.evidence[:1] for each in (*groups["absent"][:1], *arming[:3], *everything[:1])),
            *((wire.span,) for wire in coded.tripwires[:3]),
        ],
        6,
    )
    return head, said(first, spoken, "counts of what was read in this report")


def _unknown(article: Article, coded: Coded, events: dict[str, Event]) -> Block | None:
    out = [said("All of this rests on one report.", (), "one article was given")]
    if article.published is None:
        vague = [each.date.text for each in coded.events if each.date and each.date.start is None and each.date.text]
        named = f" ({listed(list(dict.fromkeys(vague))[:4])})" if vague else ""
        out.append(
            said(f"The publication date is not known, so its dates stay open{named}.", (), "no publication date")
        )
    done = [each for each in events.values() if each.type == "ASSAULT" and each.modality in FACTUAL]
    nameless = [each for each in done if not each.actors and not each.absence]
    if nameless:
        out.append(
            said(
                f"For {plural(len(nameless), 'attack')}, the report names nobody who did it.",
                spans((each.evidence,) for each in nameless),
            )
        )
    unnamed = [each for each in events.values() if any(link.anonymous for link in each.attribution)]
    if unnamed:
        out.append(
            said(
                f"{capital(number(len(unnamed)))} of its {plural(len(events), 'statement')} "
                f"{'rests' if len(unnamed) == 1 else 'rest'} on unnamed speakers.",
                spans((each.evidence,) for each in unnamed),
            )
        )
    return Block("What we do not know", "list", tuple(out))
