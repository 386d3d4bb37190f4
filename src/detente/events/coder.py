"""The coder: an Article in, everything it says was done, planned, threatened or denied out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from typing import Any

from detente import __version__
from detente.events.contexts import contexts_of
from detente.events.explain import Trace
from detente.events.headlines import as_sentence
from detente.events.heard import deeds
from detente.events.judge import Judge, available
from detente.events.language import MODEL, load_model
from detente.events.memory import Memory
from detente.events.opinion import Readings, asked, read
from detente.events.paragraph import Paragraph
from detente.events.pieces import BOOK, Pieces, groups, paragraphs, pieces_of
from detente.events.roles import Candidate
from detente.events.scene import Scene
from detente.events.setting import Story, settled
from detente.events.tokens import Doc, Parse
from detente.events.triage import worth
from detente.events.triggers import candidates
from detente.events.where import Located, located
from detente.events.whose import home
from detente.events.work import Work
from detente.records import FAULTS, Article, Coded, Place, Quarantined, SetupError
from detente.reference.actors import ActorIndex
from detente.reference.actors import load as load_actors
from detente.reference.codebook.read import Codebook
from detente.reference.codebook.read import load as load_codebook
from detente.reference.gazetteer import Gazetteer, Toponym, open_gazetteer
from detente.reference.gazetteer.spans import entities_of, in_person

PARSED = 96  # paragraphs parsed in one batch: more is no faster
PASSED = "paragraphs passed over"  # so ends the stamp of an article that triage thinned


@dataclass(frozen=True, slots=True)
class Draft:
    """An article parsed, with the deeds that its words propose; the judge was not asked yet."""

    article: Article
    scenes: list[Scene]
    found: list[list[Candidate]]  # of each scene
    notes: Sequence[Trace | None]  # of each scene


@cache
def shipped_judge() -> Judge | None:
    """The shipped judge, once per process; None where it or its libraries are missing."""
    return Judge() if available() else None


class Coder:
    """Holds what coding needs (parser, codebook, actors, gazetteer) and codes articles one by one or in batches."""

    def __init__(
        self,
        *,
        actors: Sequence[Any] = (),
        places: Sequence[Any] = (),
        codebook: Codebook | None = None,
        model: str = MODEL,
        judge: Judge | bool = True,
        triage: bool = False,
    ):
        """`judge`: a loaded judge, False for none; True for the one shipped, which knows the shipped codebook only.

        With `triage` paragraphs are passed over that the judge takes for ones without a deed (`triage.worth`).
        SetupError where there is no judge to ask.
        """
        self.nlp = load_model(model)
        self.book = codebook or load_codebook()
        self.actors: ActorIndex = load_actors(tuple(actors))
        self.gazetteer: Gazetteer = open_gazetteer(tuple(places))
        self.judge = (shipped_judge() if codebook is None else None) if judge is True else judge or None
        if triage and self.judge is None:
            raise SetupError("triage asks the judge, and this codebook has none: train one with detente train")
        self.triage = triage
        self.passed = 0  # paragraphs passed over so far
        self._passed: dict[str, int] = {}  # and by article, until it is coded
        version = self.nlp.meta.get("version", "?")
        self.stamp = (
            f"detente {__version__}; codebook {self.book.version}; {model} {version}; places {self.gazetteer.version}"
            + ("; triage" if triage else "")
        )

    def code(self, article: Article, traces: list[Trace] | None = None) -> Coded:
        """Code one article; `traces` collects one Trace per paragraph for `explain`."""
        pieces = list(paragraphs(article))
        draft = self._draft(article, pieces, self._parsed(text for _, text in pieces), traces)
        return self._code(draft, self._readings([draft])[0])

    def code_many(self, articles: Iterable[Article]) -> Iterator[tuple[Article, Coded | Quarantined]]:
        """Code articles in order, several parsed and judged at a time; one that cannot be coded is quarantined, the rest go on."""
        for group in map(self._worth, groups((article, pieces_of(article)) for article in articles)):
            drafts = list(self._drafts(group))
            fine = [draft for draft in drafts if isinstance(draft, Draft)]
            try:
                readings = self._readings(fine)
            except FAULTS:
                readings = []  # some sentence of the group cannot be judged: each article alone
            at = 0
            for (article, _), draft in zip(group, drafts, strict=True):
                if not isinstance(draft, Draft):
                    yield article, draft
                    continue
                at += 1
                try:
                    own = readings[at - 1] if readings else self._readings([draft])[0]
                    yield article, self._code(draft, own)
                except FAULTS as error:
                    yield article, refused(article, error)

    def _worth(self, group: list[tuple[Article, Pieces]]) -> list[tuple[Article, Pieces]]:
        """With triage, the articles without the paragraphs that are passed over."""
        if not self.triage or self.judge is None:
            return group
        try:
            kept = iter(worth(self.judge, [text for _, pieces in group for _, text in pieces]))
        except FAULTS:
            return group  # some text cannot be judged: nothing is passed over
        left = [(article, [piece for piece in pieces if next(kept)]) for article, pieces in group]
        for (article, every), (_, some) in zip(group, left, strict=True):
            self._passed[article.id] = len(every) - len(some)
            self.passed += len(every) - len(some)
        return left

    def _drafts(self, group: Sequence[tuple[Article, Pieces]]) -> Iterator[Draft | Quarantined]:
        try:
            docs = self._parsed(text for _, pieces in group for _, text in pieces)
        except FAULTS:
            docs = []  # some text of the group cannot be parsed: each article alone
        at = 0
        for article, pieces in group:
            if len(article.text) > BOOK:
                yield Quarantined(article.id, f"longer than {BOOK:,} characters: give it in parts", article.text[:200])
                continue
            try:
                own = docs[at : at + len(pieces)] if docs else self._parsed(text for _, text in pieces)
                yield self._draft(article, pieces, own, None)
            except FAULTS as error:
                yield refused(article, error)
            at += len(pieces)

    def _parsed(self, texts: Iterable[str]) -> list[Doc]:
        return [self.sentence(parse) for parse in self.nlp.pipe(texts, batch_size=PARSED)]

    def sentence(self, parse: Parse) -> Doc:
        """A paragraph by its parse; a headline's is mended."""
        return Doc(as_sentence(self.nlp, parse, self.book.verbs_by_head))

    def scene(self, doc: Doc, offset: int) -> Scene:
        """A parsed paragraph with its actors' names."""
        return Scene(doc, offset, self.actors.find(doc.text), self.book)

    def _draft(self, article: Article, pieces: Pieces, docs: list[Doc], traces: list[Trace] | None) -> Draft:
        scenes = [self.scene(doc, start) for (start, _), doc in zip(pieces, docs, strict=True)]
        notes = [Trace(scene.doc.text) for scene in scenes] if traces is not None else []
        if traces is not None:
            traces += notes
        found = [candidates(s, n.dropped if n else None) for s, n in zip_longest(scenes, notes)]
        return Draft(article, scenes, found, notes or [None] * len(scenes))

    def _code(self, draft: Draft, readings: Sequence[Readings]) -> Coded:
        article, scenes = draft.article, draft.scenes
        places, filed = self.places(article, scenes)
        memory = self.memory(article, scenes, places, filed)
        contexts = contexts_of(article.text, self.book)
        work = Work(article.id)
        told = deeds(scenes, draft.found, readings, draft.notes)
        for scene, found, trace in zip(scenes, told, draft.notes, strict=True):
            memory.remember(scene)
            paragraph = Paragraph(scene, memory, places, contexts, article.outlet, article.published, self.stamp)
            work.paragraph(paragraph, found, trace)
        story = Story(article.text, article.published, filed, places, work.times, self.gazetteer.country)
        work.events = settled(work.events, story) if work.events else []
        for trace in draft.notes:
            if trace is not None:
                trace.events = [event for event in work.events if any(event.id == own.id for own in trace.events)]
        passed = self._passed.pop(article.id, 0)
        stamp = f"{self.stamp}: {passed} {PASSED}" if passed else self.stamp
        return Coded(article.id, tuple(work.events), tuple(work.tripwires), tuple(work.links), stamp)

    def memory(
        self, article: Article, scenes: Sequence[Scene], places: Sequence[Located], filed: Place | None
    ) -> Memory:
        """What is known of an article before its first paragraph."""
        country = home(article.text, scenes, places, filed)
        return Memory(article.id, article.text, article.published, country, self.actors, places)

    def _readings(self, drafts: Sequence[Draft]) -> list[list[Readings]]:
        """What the judge says of the words of each scene of each draft; nothing where there is no judge."""
        if self.judge is None:
            return [[{} for _ in draft.scenes] for draft in drafts]
        questions = [
            [(s, list(asked(s, c))) for s, c in zip(draft.scenes, draft.found, strict=True)] for draft in drafts
        ]
        return read(self.judge, questions)

    def places(self, article: Article, scenes: Sequence[Scene]) -> tuple[list[Located], Place | None]:
        """The places the text names, and the one where the report was filed, by its dateline."""
        toponyms, peoples = self._dateline(article), []
        first = len(toponyms)
        for scene in scenes:
            for found in self._toponyms(scene):
                if _of_a_group(scene, found):
                    continue
                if found.kind == "demonym":
                    peoples.append(found.name)
                else:
                    toponyms.append(replace(found, start=found.start + scene.offset, end=found.end + scene.offset))
        resolved = self.gazetteer.resolve(
            toponyms, article.text, dateline=article.dateline, outlet=article.outlet, peoples=peoples
        )
        known = [p for p in resolved[:first] if p.lat is not None]
        filed = min(known, key=lambda p: p.precision in ("country", "region"), default=None)
        return located(article.id, article.text, toponyms[first:], resolved[first:]), filed

    def _dateline(self, article: Article) -> list[Toponym]:
        """The names in the dateline, which no parse holds; they speak for the places of the text below."""
        zone = next((z for z in article.zones if z.kind == "dateline"), None)
        if zone is None:
            return []
        line = article.text[zone.start : zone.end]
        found = self.gazetteer.find(line.title() if len(line.title()) == len(line) else line)
        towns = [t for t in found if t.kind == "place"] or [t for t in found if t.kind == "country"]
        return [replace(t, start=t.start + zone.start, end=t.end + zone.start) for t in towns]

    def _toponyms(self, scene: Scene) -> list[Toponym]:
        """Names the parser's entities confirm, and names the gazetteer alone knows: an event picks by syntax."""
        sure, alone = self.gazetteer.find_both(scene.doc.text, scene.doc.parse)
        more = [t for t in alone if all(t.end <= s.start or s.end <= t.start for s in sure)]
        if more:
            entities = entities_of(scene.doc.parse)
            more = [t for t in more if not in_person(t, entities)]
        return sorted([*sure, *more], key=lambda t: t.start)


def _of_a_group(scene: Scene, found: Toponym) -> bool:
    """'The Arakan Army': the name of an armed group or party is not where it is."""
    start, end = found.start, found.end
    return any(
        h.kind == "group" and h.start <= start and end <= h.end and h.end - h.start > end - start for h in scene.hits
    )


def refused(article: Article, error: Exception) -> Quarantined:
    """What becomes of an article that could not be coded."""
    return Quarantined(article.id, f"could not be coded: {type(error).__name__}: {error}", article.text[:200])
