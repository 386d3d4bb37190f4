"""Our tokens beside spaCy's own, of which they are read."""

import pytest

from detente.events.tokens import Doc

TEXTS = (
    "On Monday Turkish gunners, who had come from Gaziantep, killed two of the rebels and wounded nine near Idlib.",
    "“Leave,” the colonel said. They didn't (so far)  – the U.N. counted 1,200 tents.",
    "Ankara summons envoy",
    "",
)
PLAIN = (
    "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_", "whitespace_",
    "is_punct", "is_space", "is_alpha", "is_quote", "like_num",
)  # fmt: skip
ONE, MANY = ("head", "left_edge", "right_edge"), ("children", "lefts", "rights", "subtree", "ancestors", "conjuncts")


def attributes(token):
    told = {name: getattr(token, name) for name in PLAIN}
    told |= {name: getattr(token, name).i for name in ONE}
    told |= {name: [t.i for t in getattr(token, name)] for name in MANY}
    return told | {"starts": bool(token.is_sent_start), "sent": shape(token.sent), "length": len(token)}


def shape(span):
    """Where a span begins and ends, its text and root; None where there is none or it is empty."""
    return (span.start, span.end, span.start_char, span.end_char, span.text, span.root.i) if span else None


@pytest.fixture(params=TEXTS)
def parse(request, coder):
    return coder.nlp(request.param)


def test_every_word_answers_as_spacys(parse):
    doc = Doc(parse)
    assert doc.text == parse.text
    assert [attributes(t) for t in doc] == [attributes(t) for t in parse]
    assert [shape(s) for s in doc.sents] == [shape(s) for s in parse.sents]


@pytest.mark.parametrize("mode", ["expand", "strict"])
def test_characters_are_the_same_tokens(parse, mode):
    doc, length = Doc(parse), len(parse.text)
    for start in range(0, length, 3):
        for end in range(start + 1, length + 2, 5):
            ours, own = (d.char_span(start, end, alignment_mode=mode) for d in (doc, parse))
            assert shape(ours) == shape(own)


def test_parts_of_parts(coder):
    parse = coder.nlp(TEXTS[0])
    doc = Doc(parse)
    for part in (slice(2, 9), slice(-3, None), slice(9, 2)):
        assert [t.i for t in doc[part]] == [t.i for t in parse[part]]
        assert [t.i for t in doc[3:12][part]] == [t.i for t in parse[3:12][part]]
    assert doc[3:12][-1].i == 11 and doc[3].nbor(-1).i == 2
    assert doc[2:9] == doc[2:9] != doc[2:8]
    with pytest.raises(IndexError):
        doc[0].nbor(-1)


def test_who_governs(coder):
    doc = Doc(coder.nlp(TEXTS[0]))
    killed, idlib = (next(t for t in doc if t.text == word) for word in ("killed", "Idlib"))
    assert killed.is_ancestor(idlib) and not idlib.is_ancestor(killed)
