"""The parser gives what spaCy's own components give, only sooner."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, Span
from thinc.api import NumpyOps

from detente.events.language import MODEL, keep_whole, load_model
from detente.events.product import Products

TEXTS = (
    "Eighteen rockets hit Camp Taji north of Baghdad on Wednesday 11 March 2020, killing two US soldiers and a Briton.",
    "There are three dogs.  There's\ta fourth, ain't there? Y'all gonna see 'em; I don't, she's got to. Let's go.",
    "Prime Minister Mustafa al-Kadhimi met Jens Stoltenberg in Brussels.\nNATO said nothing to Reuters, The New York Times or AFP.",
    "UN Security Council Resolution 2231",
    "The counter-attack by Hayat Tahrir al-Sham cost $4.5 million, 12 per cent more than last year's air-strikes.",
    " ",
    "",
    "Well.",
)


def attributes(doc):
    return [
        (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_, t.is_sent_start)
        for t in doc
    ]


@pytest.fixture(scope="module")
def plain():
    nlp = spacy.load(MODEL)
    keep_whole(nlp)
    return nlp


def test_every_word_is_read_as_spacy_reads_it(plain):
    wanted = [attributes(doc) for doc in plain.pipe(TEXTS)]
    nlp = load_model()
    assert {"detente_moves", "detente_wordforms", "detente_entities"} <= set(nlp.pipe_names)
    for _ in range(2):  # the second time from memory
        assert [attributes(doc) for doc in nlp.pipe(TEXTS)] == wanted
    assert [attributes(nlp(text)) for text in TEXTS] == wanted


def test_entities_set_beforehand_are_kept(plain):
    def marked(nlp):
        doc = Doc(nlp.vocab, words="Green Zone guards met Boris Johnson in London .".split())
        doc.ents = [Span(doc, 0, 2, label="FAC")]
        return attributes(nlp(doc))

    assert marked(load_model()) == marked(plain)


def test_another_pipeline_is_left_alone():
    from detente.events.language import quicken

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    quicken(nlp)
    assert nlp.pipe_names == ["sentencizer"]


def test_words_known_one_by_one_still_make_a_longer_pattern(plain):
    nlp = load_model()
    texts = ["There stood three dogs.", "Three dogs are here.", "There are three dogs."]
    for _ in range(2):
        for text in texts:
            assert attributes(nlp(text)) == attributes(plain(text))
    assert nlp(texts[-1])[1].pos_ == "VERB"  # alone it would be an auxiliary


@pytest.mark.parametrize(
    ("wide", "high"),
    [(288, 288), (64, 1024), (96, 50), (384, 384), (384, 192), (384, 26), (384, 1), (192, 5), (48, 100)],
)
def test_a_row_is_multiplied_the_same_whatever_stands_beside_it(wide, high):
    rng = np.random.default_rng(1)
    rows, weights = rng.standard_normal((150, wide), "f4"), rng.standard_normal((high, wide), "f4")
    ops = Products()
    every = ops.gemm(rows, weights, trans2=True)
    assert np.allclose(every, rows @ weights.T, atol=1e-3)
    for at, count in ((0, 1), (149, 1), (3, 2), (7, 5), (1, 12), (20, 17), (40, 64)):
        assert np.array_equal(ops.gemm(rows[at : at + count], weights, trans2=True), every[at : at + count])


def test_the_greatest_of_each_few_is_thincs():
    x = np.random.default_rng(2).standard_normal((40, 7, 3), "f4")
    assert np.array_equal(Products().maxout(x)[0], NumpyOps().maxout(x)[0])
    assert Products().maxout(x[:0])[0].shape == (0, 7)


def test_no_rows_and_a_place_for_the_answer():
    weights, out = np.ones((3, 2), "f4"), np.zeros((1, 3), "f4")
    assert Products().gemm(np.zeros((0, 2), "f4"), weights, trans2=True).shape == (0, 3)
    assert Products().gemm(np.ones((1, 2), "f4"), weights, out=out, trans2=True) is out
    assert out.tolist() == [[2, 2, 2]]
