"""One article's worksheet: paragraph by paragraph its events, tripwires and links, numbered in text order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from detente.events import leaning, tripwires
from detente.events.addressed import addressed
from detente.events.assemble import event, menace
from detente.events.attribution import chain_at
from detente.events.clauses import SPEECH, Conditional, kept_up
from detente.events.countsof import left_over
from detente.events.explain import Trace
from detente.events.framing import FRAMING, without_frames
from detente.events.links import Tie, ties
from detente.events.mentions import mention
from detente.events.paragraph import Paragraph, chain, speaker_of
from detente.events.roles import Candidate
from detente.events.tokens import Token
from detente.events.verdict import verdict_of
from detente.events.when import deadline
from detente.records import Event, Interval, Link, Mention, Tripwire

# verbs of speaking that are no request where they ask for nothing
ORDERS = frozenset({"tell", "command", "order", "direct", "instruct", "ask", "call", "cite", "charge"})
# speaking words that make a threat or a promise of what is said
VOWS = frozenset("threatened threatens vowed vows swore swears pledged pledges promised promises warned warns".split())


class Work:
    """Collects one article's events, tripwires and links, numbering them in text order."""

    def __init__(self, article: str):
        self.article = article
        self.events: list[Event] = []
        self.tripwires: list[Tripwire] = []
        self.links: list[Link] = []
        self.times: list[Interval] = []  # of the paragraphs that tell something

    def paragraph(self, par: Paragraph, found: Sequence[Candidate], trace: Trace | None) -> None:
        """Code one paragraph from its deeds; `trace`, where given, is told what was dropped and kept."""
        dropped = trace.dropped if trace is not None else None
        found = [c for c in found if not self._only_says(par, c, dropped)]
        judged = [(c, verdict_of(par, c)) for c in found]
        judged = leaning.weighed(par, without_frames(judged, dropped))
        pairs = []
        for candidate, verdict in judged:
            if _only_supposed(par, candidate):
                if dropped is not None:
                    dropped.append(f"'{candidate.token.text}': stands in a condition, which the tripwire keeps")
                continue
            made = event(par, candidate, verdict, len(self.events) + 1)
            self.events.append(made)
            pairs.append((candidate, made))
        self._counted_after(par, pairs)
        if pairs:
            self.times += [par.interval(d) for d in par.dates if d.start is not None]
        first_wire, first_link, first_event = len(self.tripwires), len(self.links), len(self.events) - len(pairs)
        for conditional in par.conditionals:
            self._conditional(par, conditional, pairs)
        self.links += [self._link(par, tie, n) for n, tie in enumerate(ties(par.scene), len(self.links) + 1)]
        if trace is not None:
            trace.events = self.events[first_event:]
            trace.tripwires, trace.links = self.tripwires[first_wire:], self.links[first_link:]

    def _counted_after(self, par: Paragraph, pairs: list[tuple[Candidate, Event]]) -> None:
        """The dead and hurt that the sentence after an attack counts belong to it, where it counts none of its own."""
        if not any(e.act == "ASSAULT" for _, e in pairs):
            return
        for token, count in left_over(par.scene.doc, [c.token.i for c, _ in pairs], par.counts):
            at = next(n for n, (c, _) in enumerate(pairs) if c.token.i == token)
            candidate, made = pairs[at]
            fresh = made.act == "ASSAULT" and made.modality in ("happened", "ongoing", "uncertain")
            if fresh and count.span is not None and all(c.kind != count.kind for c in made.counts):
                span = par.span(count.span.start, count.span.end)
                more = replace(made, counts=(*made.counts, replace(count, span=span)))
                self.events[self.events.index(made)] = more
                pairs[at] = candidate, more

    @staticmethod
    def _only_says(par: Paragraph, candidate: Candidate, dropped: list[str] | None) -> bool:
        """'told', 'reported', 'telephoned' that merely introduce what was said are no deeds of their own."""
        at = candidate.token.idx
        token = candidate.token
        if candidate.frame.type == "CONSULT" and (
            token.dep_ == "acl" or any(c.lemma_ in SPEECH for c in token.children if c.dep_ in ("xcomp", "advcl"))
        ):
            return True  # 'an official briefed on the call', 'phoned to say'
        if candidate.frame.type == "REQUEST" and token.lemma_ in ORDERS and not _asks(token):
            return True
        if (
            token.lemma_ == "call"
            and candidate.frame.type == "REQUEST"
            and any(c.dep_ == "dobj" for c in token.children)
        ):
            return True  # 'called a march for Saturday'
        cue = any(
            s.cue is not None and s.cue[0] <= at < s.cue[1] and s.stance in ("asserts", "doubts") and s.content
            for s in par.said
        )
        says = (
            cue
            and not (candidate.frame.type == "REQUEST" and _asks(token))
            and candidate.frame.type in ("REQUEST", "CONSULT", "SUPPORT", "ACCUSE", "AGREE", "CONCEDE", "PROTEST")
            and (candidate.token.lemma_ in SPEECH or (candidate.token.lemma_ in _OWNING and not _vows(candidate.token)))
        )
        if says and dropped is not None:
            dropped.append(f"'{candidate.token.text}': only introduces what was said")
        return says

    def _conditional(self, par: Paragraph, conditional: Conditional, pairs: list[tuple[Candidate, Event]]) -> None:
        scene = par.scene
        low, high = conditional.consequence
        inside = [
            (c, e)
            for c, e in pairs
            if low <= c.token.i < high
            and c.token.i not in conditional.inside
            and (
                e.modality in ("conditional", "ongoing", "planned")
                or (e.modality == "happened" and _goes_on(c, conditional))
            )
        ]
        head = scene.doc[conditional.head]
        speakers = chain(par, head.idx, head.idx + len(head))
        said = chain_at(par.said, head.idx, head.idx + len(head))
        speaker = speaker_of(par, said[-1]) if said else _teller(par, head)
        threatens = bool(said) and said[-1].cue is not None and par.span(*said[-1].cue).quote.lower() in VOWS
        if not tripwires.is_held(scene, conditional, [e for _, e in inside], speaker, threatens):
            return
        token = tripwires.doer_token(scene, conditional)
        token = token if token is not None or speaker is None else tripwires.teller_token(scene, conditional)
        doer = mention(scene, token, par.memory, speaker) if token is not None else None
        acting = frozenset(t.i for c, _ in inside for t in c.actors) | ({token.i} if token is not None else frozenset())
        over = tuple(mention(scene, t, par.memory, speaker) for t in addressed(scene, conditional, acting))
        if not inside:
            made = menace(par, conditional, len(self.events) + 1, speaker, doer, over)
            if made is None:
                return
            warned = [e for e in self.events if said and _warns(par, e, said[-1].cue)]
            self.events = [*(e for e in self.events if e not in warned), made]
            inside = [(_NOBODY, made)]
        inside = [(c, self._held_over(e, over)) for c, e in inside]
        given = tripwires.spoken_on([e for _, e in inside], par.published)
        limit = deadline(scene.doc, head.sent.start_char, head.sent.end_char, par.published, given)
        limit = limit or _announced(par, head)
        held = tripwires.Held(conditional, inside, speakers, limit)
        self.tripwires.append(
            tripwires.build(scene, held, self.article, len(self.tripwires) + 1, speaker, doer, par.published)
        )

    def _held_over(self, event: Event, over: tuple[Mention, ...]) -> Event:
        """A threat or promise that names nobody, or a thing alone, is for the one whom its terms are held over."""
        named = any(m.actor or m.country or m.sector or m.plural or m.antecedent for m in event.recipients)
        if named or not over or event.type not in FRAMING or event not in self.events:
            return event
        made = replace(event, recipients=over)
        self.events[self.events.index(event)] = made
        return made

    def _link(self, par: Paragraph, tie: Tie, number: int) -> Link:
        scene = par.scene
        sent = tie.cue.sent
        speakers = chain(par, tie.cue.idx, tie.cue.idx + len(tie.cue))
        hedge = next((a.hedge for a in speakers if a.hedge), None) or _hedge(speakers)
        proof = "suspicion" if hedge else "stated"
        return Link(
            id=f"{self.article}-l{number}",
            article=self.article,
            subject=mention(
                scene,
                tie.subject,
                par.memory,
                not_at=speakers[-1].source.span if speakers and speakers[-1].source else None,
            ),
            object=mention(scene, tie.object, par.memory),
            kind=tie.kind,  # type: ignore[arg-type]
            evidence=par.span(sent.start_char, sent.end_char),
            attribution=speakers,
            hedge=hedge,
            reported=par.published,
            proof=proof,  # type: ignore[arg-type]
        )


def _warns(par: Paragraph, event: Event, cue: tuple[int, int] | None) -> bool:
    """The 'warned' of 'warned them that closing the canal would mean war', which the threat itself says."""
    if cue is None or event.type != "THREATEN" or event.modality != "happened":
        return False
    span = par.span(*cue)
    return event.trigger.article == span.article and event.trigger.start < span.end and span.start < event.trigger.end


def _goes_on(candidate: Candidate, conditional: Conditional) -> bool:
    """'are on strike until …', 'hold the port as long as …': what is told in the present goes on till then."""
    verb = candidate.carrier or candidate.token
    if kept_up(verb.doc, conditional):
        return True  # 'was shut off until the rent is paid'
    present = {verb.tag_, *(c.tag_ for c in (*verb.children, verb.head) if c.dep_ in ("aux", "auxpass", "ROOT"))}
    return conditional.kind in ("until", "till", "as long as") and bool(present & {"VBZ", "VBP"})


_OWNING = frozenset(
    "concede protest swear insist quote".split()
)  # words that bring somebody's word beside their own deed


def _vows(verb: Token) -> bool:
    """'swore that they would die first', 'swore to': what is sworn lies ahead, and swearing it is a deed."""
    clauses = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp", "advcl")]
    ahead = any(
        a.lower_ in ("will", "would", "to", "’ll", "shall") for c in clauses for a in c.children if a.dep_ == "aux"
    )
    return verb.lemma_ == "swear" and ahead


def _asks(verb: Token) -> bool:
    """Does this verb ask for something: 'told them to leave', 'called for talks', 'asked that …'?"""
    clause = any(
        c.dep_ in ("xcomp", "ccomp", "advcl")
        and any(a.lower_ in ("to", "that", "for", "should", "must") and a.dep_ in ("aux", "mark") for a in c.children)
        for c in verb.children
    )
    return clause or any(c.dep_ in ("prep", "prt") and c.lower_ in ("for", "on", "upon") for c in verb.children)


def _announced(par: Paragraph, head: Token) -> Interval | None:
    """'You have three days. If you are still digging then …': the limit of the sentence before."""
    start = head.sent.start
    before = par.scene.doc[start - 1].sent if start else None
    if before is None or not any(t.lemma_ in ("have", "give", "clock", "deadline", "time", "expire") for t in before):
        return None
    return deadline(par.scene.doc, before.start_char, before.end_char, par.published)


_NOBODY: Any = None  # a menace has no candidate behind it
_SUSPECTING = frozenset(
    {"suspect", "believe", "think", "fear", "say they suspect", "suspected", "believed", "believes", "suspects"}
)


def _teller(par: Paragraph, head: Token) -> Mention | None:
    """Who says it where the sentence ends in a bare reporting clause ('…, the minister told the cabinet')."""
    root = head.sent.root
    if root.lemma_ not in SPEECH:
        return None
    for subject in root.children:
        if subject.dep_ == "nsubj" and par.scene.political(subject):
            return mention(par.scene, subject, par.memory)
    return None


def _only_supposed(par: Paragraph, candidate: Candidate) -> bool:
    """Inside an if-clause; a definite noun there ('if the shelling does not stop') is real all the same."""
    token = candidate.token
    if token.i not in par.conditions:
        return False
    definite = any(
        c.lower_ in ("the", "this", "these") or c.dep_ == "poss" for c in token.children if c.dep_ in ("det", "poss")
    )
    return not (token.pos_ == "NOUN" and definite)


def _hedge(speakers: Sequence[Any]) -> str | None:
    for link in speakers:
        if link.stance == "doubts" or (link.cue is not None and link.cue.quote.lower() in _SUSPECTING):
            return link.cue.quote if link.cue is not None else "doubted"
    return None
