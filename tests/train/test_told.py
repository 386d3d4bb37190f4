"""What the net is taught about the words of a text: deeds, parties, cues."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.records import FileFormatError
from detente.reference.codebook.frames import Deed
from detente.reference.codebook.read import NONE, load
from detente.train.told import (
    UNKNOWN,
    Account,
    Told,
    Voice,
    accounts,
    cue_tags,
    cuts,
    marked,
    pairs,
    parts,
    shares,
    told,
    words,
)

TEXT = "Chad and Niger met rebels"
PIECES = [(7, 0, 4), (8, 5, 8), (9, 9, 14), (10, 15, 18), (11, 19, 25)]


def test_every_positive_example_is_a_deed_and_every_empty_near_miss_none():
    book = load()
    found = told(book)
    examples = [e for entry in book.types.values() for e in entry.examples]
    assert sum(bool(t.deeds) for t in found) == sum(e.positive for e in examples) + sum(
        bool(t.deeds) for t in book.texts
    )
    assert sum(t.complete for t in found) == sum(e.type == NONE for e in examples if not e.positive) + len(book.texts)


MET = Deed((15, 18), "CONSULT", "happened", ((0, 4), (9, 14)))


def test_words_of_a_party_tell_nothing_and_others_are_not_known():
    small = (2, None)  # one of the little words that no deed is told by
    assert list(words(PIECES, Told(TEXT, (MET,)))) == [(1, None), small, (3, None), (4, MET)]


def test_where_a_text_is_marked_whole_every_other_word_tells_no_deed():
    assert list(words(PIECES, Told(TEXT, complete=True))) == [(n, None) for n in range(1, 6)]
    assert list(words(PIECES, Told(TEXT, (MET,), complete=True))) == [
        (1, None),
        (2, None),
        (3, None),
        (4, MET),
        (5, None),
    ]


def test_later_words_of_a_trigger_are_not_known():
    met_rebels = replace(MET, trigger=(15, 25))
    assert list(words(PIECES, Told(TEXT, (met_rebels,), complete=True)))[-1] == (4, met_rebels)


def test_pieces_of_parties():
    assert parts(PIECES, ((0, 4), (9, 14)), ((15, 25),), 9) == [0, 1, 0, 1, 3, 4, 0, UNKNOWN, UNKNOWN]


def test_cues_and_what_is_not_known():
    account = Account(TEXT, (Voice((), ((15, 18),), ()),), unknown=((0, 8),))
    assert [tags[0] for tags in cue_tags(PIECES, account, 7)] == [UNKNOWN, UNKNOWN, UNKNOWN, 0, 1, 0, UNKNOWN]


@given(st.text(alphabet="ab. \n", max_size=400), st.integers(10, 60))
def test_cuts_leave_nothing_but_white_space_out(text, longest):
    kept = "".join(text[low:high] for low, high in cuts(text, longest))
    assert kept.replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")
    assert all(high - low <= longest for low, high in cuts(text, longest))


def test_accounts_are_cut_with_their_voices(tmp_path):
    said = "The mayor said the bridge is safe."
    text = f"{said}\n{'x ' * 600}\n{said}"
    at = text.rindex("said")
    rows = [{"source": [[s - 10, s - 1]], "cue": [[s, s + 4]], "content": [[s + 5, s + 23]]} for s in (10, at)]
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"id": 1, "text": text, "attributions": rows}), encoding="utf-8")
    found = [a for a in accounts(file) if a.voices]
    assert [a.text[slice(*a.voices[0].cue[0])] for a in found] == ["said", "said"]
    assert {a.text[slice(*a.voices[0].content[0])] for a in found} == {"the bridge is safe"}


def test_a_line_without_attributions_is_named(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": 1, "text": "x", "attributions": []}\n{"id": 2, "text": "x"}\n', encoding="utf-8")
    with pytest.raises(FileFormatError, match="line 2"):
        accounts(file)


def line(**more):
    event = {"start": 15, "end": 18, "root": "CONSULT", "modality": "happened", "alt_triggers": [], "optional": False}
    event |= {"source_actor": [{"start": 0, "end": 4}], "target_actor": [{"start": 19, "end": 25}, {"text": "others"}]}
    return json.dumps({"text": TEXT, "events": [event | more]})


def test_a_marked_set_knows_every_word_but_optional_deeds_and_other_triggers(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join([line(), line(optional=True), line(alt_triggers=[{"start": 9, "end": 14}])]), "utf-8")
    sure, perhaps, either = marked(path)
    met = Deed((15, 18), "CONSULT", "happened", ((0, 4),), ((19, 25),))
    assert sure == Told(TEXT, (met,), True, TEXT.lower(), f"{tmp_path.name}/set.jsonl")
    assert [at for at, _ in words(PIECES, perhaps)] == [1, 2, 3, 5]
    assert [at for at, _ in words(PIECES, either)] == [1, 2, 4, 5]
    assert [(p.actor, p.recipient, p.allowed) for p in pairs([sure, perhaps])] == [((0, 4), (19, 25), ("CONSULT",))]


@pytest.mark.parametrize("broken", ['{"text": "x"}', line(root="YIELD"), line(modality="maybe"), line(start=None)[:-3]])
def test_a_broken_line_of_a_marked_set_is_named(tmp_path, broken):
    path = tmp_path / "set.jsonl"
    path.write_text(line() + "\n" + broken, "utf-8")
    with pytest.raises(FileFormatError, match="2"):
        marked(path)


def test_rare_types_whole_texts_and_heavy_sets_are_drawn_oftener(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join([line(), line(), line(), line(), line(root="AID")]), "utf-8")
    often, rare = (shares(marked(path))[i] for i in (0, 4))
    assert rare == 2 * often  # four of one type, one of the other
    assert shares(marked(path, 3.0))[0] == 3 * often
    partly = [replace(text, complete=False) for text in marked(path)]
    assert shares(partly)[0] < often
