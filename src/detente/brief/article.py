"""One report read closely: what happened, what did not, what is threatened, on whose word. No theatre needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import combinations, product

from detente.brief import board, ties
from detente.brief.case import Case
from detente.brief.compose import SAFETY, cited
from detente.brief.words import capital, day, in_prose, listed, number, plain, plural, said, spans
from detente.incidents.build import speaker
from detente.incidents.gist import gist
from detente.incidents.match import no_roll_up
from detente.incidents.title import name_of
from detente.incidents.views import is_place
from detente.records import FACTUAL, Article, Block, Brief, Coded, Event, Incident, Lull, Mention, Sentence
from detente.reference.actors import ActorIndex
from detente.tension.quoting import UNHURT, inside

_WHOLE = 240  # characters of a sentence that is quoted: one article is read closely
_AGAINST = {"ASSAULT", "THREATEN", "COERCE", "ACCUSE", "SANCTION"}
_CONFLICT = {"ASSAULT", "THREATEN", "MOBILIZE", "COERCE", "ACCUSE", "RETREAT", "SANCTION"}


def _sides(events: Sequence[Event], index: ActorIndex) -> list[str]:
    """The two that are most often told to act against each other, as prose calls them; else those most often named.

    Organs of a state stand as the state, unless both belong to it ("the police and demonstrators").
    """
    pairs: Counter[tuple[str, str]] = Counter()
    alone: Counter[str] = Counter()
    names: dict[str, str] = {}
    for event in events:
        if event.type not in _CONFLICT and event.act not in _CONFLICT:
            continue
        for mention in (*event.actors, *event.recipients):
            alone[_known_as(mention, names, index)] += 3 if mention.actor or mention.country else 1
        for one, other in _opposed(event):
            whole = _state(one) is not None and _state(one) == _state(other)
            first, second = (_known_as(each, names, index, whole) for each in (one, other))
            if first != second:
                pairs[min(first, second), max(first, second)] += 2 if event.act == "ASSAULT" else 1
    if pairs:
        best = max(pairs, key=lambda pair: (pairs[pair], alone[pair[0]] + alone[pair[1]], pair))
        return [names[key] for key in sorted(best, key=lambda key: (-alone[key], key))]
    return [names[key] for key, _ in sorted(alone.items(), key=lambda item: (-item[1], item[0]))[:2]]


def _opposed(event: Event) -> list[tuple[Mention, Mention]]:
    """Who acts against whom, where both are known; those who clash are all named as its actors."""
    if event.type not in _AGAINST and event.act not in _AGAINST:
        return []
    pairs = combinations(event.actors, 2) if event.reciprocal else product(event.actors, event.recipients)
    return [
        (one, other)
        for one, other in pairs
        if (one.actor or one.country) and (other.actor or other.country) and not is_place(other, event.place)
    ]


def _state(mention: Mention) -> str | None:
    """The state whose organ, office or people it is; None for a group."""
    key = mention.actor or ""
    return mention.country if mention.country and (not key or key[:1].isupper() or mention.sector == "GOV") else None


def _known_as(mention: Mention, names: dict[str, str], index: ActorIndex, whole: bool = False) -> str:
    """The key of a party; its name in prose is put under `names`."""
    state = None if whole else _state(mention)
    key = state or mention.actor or name_of(mention).casefold()
    known = index.get(key)
    names.setdefault(key, in_prose(known.name) if known and (state or known.kind == "group") else name_of(mention))
    return key


def _on_whose_word(event: Event, words: str) -> str:
    """ ", according to the army", unless the words say so themselves."""
    chain = [inside(speaker(link, event)) for link in event.attribution]
    told = [each for each in dict.fromkeys(chain) if each.casefold() not in words.casefold()]
    return f", according to {', citing '.join(told)}" if told else ""


def _when(event: Event, words: str) -> str:
    """The day where it is known and the words do not print it."""
    start = event.date.start if event.date and event.date.precision == "day" else None
    return f", {day(start)}" if start and day(start) not in words else ""


def _told(event: Event, limit: int = _WHOLE) -> str:
    """The sentence in quotation marks, its day, and on whose word it rests."""
    words = plain(gist(event, limit))
    return f"“{words}”{_when(event, words)}{_on_whose_word(event, words)}"


def _listing(heading: str, events: Sequence[Event], most: int = 12) -> Block | None:
    lines = tuple(said(f"{_told(each)}.", (each.evidence,)) for each in events[:most])
    return Block(heading, "list", lines) if lines else None


_RANK = (
    "threat",
    "absent",
    "denied",
    "done",
    "planned",
    "imagined",
)  # a sentence of several deeds stands under the first


def _kind(event: Event) -> str:
    """Under which heading a mention belongs."""
    if event.type == "THREATEN":
        return "threat"
    if event.modality == "denied":
        return "denied"
    if event.modality == "negated" or event.absence:
        return "absent"
    return "done" if event.modality in FACTUAL else "planned" if event.modality == "planned" else "imagined"


def _groups(events: Sequence[Event]) -> dict[str, list[Event]]:
    """Every sentence once, under the heading that matters most of what it tells, in the order of the text."""
    best: dict[int, Event] = {}
    for each in sorted(events, key=lambda one: (_RANK.index(_kind(one)), one.trigger.start)):
        best.setdefault(each.evidence.start, each)
    return {kind: [best[at] for at in sorted(best) if _kind(best[at]) == kind] for kind in _RANK}


def _calm(groups: dict[str, list[Event]]) -> list[Event]:
    """Reports of no attack; that nobody was hurt in one is no calm."""
    return [each for each in groups["absent"] if each.act == "ASSAULT" and not UNHURT.search(each.evidence.quote)]


def _verdict(events: Sequence[Event], groups: dict[str, list[Event]], arming: int, wires: int) -> str:
    done = [each for each in events if _kind(each) == "done"]
    if _calm(groups):
        return "calm reported, but held in doubt" if arming or wires else "calm reported"
    if any(each.type == "ASSAULT" for each in done):
        return "violence reported, with threats of more" if groups["threat"] or wires else "violence reported"
    if groups["threat"] or wires:
        return "threats reported, no attack"
    if any(each.act in ("RETREAT", "CONCEDE", "AGREE", "CONSULT") for each in (*done, *groups["planned"])):
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
    groups = _groups(coded.events)
    arming = [each for each in ordered if each.act == "MOBILIZE" and each.modality in FACTUAL | {"planned"}]
    blocks = _blocks(article, coded, case, groups)
    head, first = _top(coded, groups, arming, case.index)
    known = "From one undated report"
    if article.published:
        known = f"From one report, published {day(article.published, True)}"
    made = Brief(
        id="b-" + sha256(article.id.encode()).hexdigest()[:12], section=article.section or "", headline=head,
        standfirst=first, as_of=as_of, blocks=tuple(each for each in blocks if each), stamp=f"{known} · {SAFETY}",
    )  # fmt: skip
    return replace(made, sources=cited(made) or (article.id,))


def _blocks(article: Article, coded: Coded, case: Case, groups: dict[str, list[Event]]) -> list[Block | None]:
    return [
        _listing("Reported as not happening", groups["absent"]),
        _listing("Reported as done", groups["done"]),
        _listing("Planned or announced", groups["planned"]),
        _listing("Threats", groups["threat"]),
        _plain_board(case, article),
        ties.who(case),
        _listing("Held possible, by those quoted", groups["imagined"]),
        _listing("Denied or disputed", groups["denied"]),
        _unknown(article, coded),
    ]


def _plain_board(case: Case, article: Article) -> Block | None:
    """The tripwire board without a track record, which one report cannot give."""
    block = board.board(case)
    if block is None:
        return None
    header = block.header if article.published else (*block.header[:-1], "state")
    return Block(block.heading, block.kind, (), header, block.rows)


def _top(
    coded: Coded, groups: dict[str, list[Event]], arming: Sequence[Incident], index: ActorIndex
) -> tuple[Sentence, Sentence]:
    """Who it is between and what it amounts to; then the sentence that tells most, and what else there is."""
    sides, wires = _sides(coded.events, index), coded.tripwires
    verdict = _verdict(coded.events, groups, len(arming), len(wires))
    everything = [
        each for kind in ("done", "threat", "absent", "planned", "denied", "imagined") for each in groups[kind]
    ]
    proof = spans([(each.evidence,) for each in (*_calm(groups), *everything)][:4], 4)
    head = said(
        f"{capital(listed(sides))}: {verdict}" if sides else capital(verdict), proof, "events read in this report"
    )
    if not everything:
        return head, said("No political event was read in this report.", (), "the coder found none")
    struck = [each for each in coded.events if each.type == "ASSAULT" and _kind(each) == "done"]
    struck.sort(key=lambda each: each.trigger.start)
    lead = (_calm(groups) or struck or everything)[0]
    pieces = []
    if arming:
        pieces.append(plural(len(arming), "move that fits preparation", "moves that fit preparation"))
    if wires:
        pieces.append(plural(len(wires), "tripwire"))
    text = _told(lead) + (f"; it also reports {listed(pieces)}." if pieces else ".")
    shown = spans(
        [(lead.evidence,), *(each.evidence[:1] for each in arming[:3]), *((wire.span,) for wire in wires[:3])], 6
    )
    return head, said(text, shown, "counts of what was read in this report")


def _unknown(article: Article, coded: Coded) -> Block | None:
    events = {each.id: each for each in coded.events}
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
                f"For {plural(len(nameless), 'attack')}, the report names nobody who did {'it' if len(nameless) == 1 else 'them'}.",
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
