"""Training the ear: what is held back, how found spans are counted, what is refused."""

import json
from pathlib import Path

import numpy as np
import pytest

from detente.events.ear import Cuts, Ear, Section
from detente.records import ConfigError
from detente.train.told import Voice

pytest.importorskip("torch", reason="the extra 'train' is not installed")
from detente.train.ear import Options, held_back, run, score

TEXT = "The harbour will reopen on Friday, the port director said."


class Heard:
    """A text of four pieces ('Nine' 'ships' 'burned' 'officials') of which the last brings nothing and the third is a cue."""

    def __init__(self, cue):
        self.pieces = [(2000, 0, 4), (2001, 5, 10), (2002, 11, 17), (2003, 18, 27)]
        self.sections = [Section(0, 4, np.zeros((6, 3), dtype=np.float32), np.zeros(6, dtype=bool))]
        odds = np.tile(np.array([0.98, 0.01, 0.01], dtype=np.float32), (6, 1))
        odds[3] = [1 - cue, cue, 0.0]
        self.cues = [odds]

    def links(self, _section, at):
        odds = np.zeros((len(at), 6, 5), dtype=np.float32)
        odds[:, :, 0] = 1
        odds[:, 4] = [0, 1, 0, 0, 0]  # the fourth piece is the source
        odds[:, 1] = [0, 0, 0, 1, 0]  # the first two are what is said
        odds[:, 2] = [0, 0, 0, 0, 1]
        return odds


def test_spans_are_counted_by_kind():
    gold = [Voice(((18, 27),), ((11, 17),), ((0, 10),))]
    assert score([(Heard(0.9), gold)], Cuts()) == {"met": 100, "source": 100, "cue": 100, "content": 100}
    assert score([(Heard(0.1), gold)], Cuts()) == {"met": 0, "source": 0, "cue": 0, "content": 0}


def test_a_cue_that_overlaps_is_met_though_not_exact():
    gold = [Voice((), ((11, 27),), ((0, 10),))]
    found = score([(Heard(0.9), gold)], Cuts())
    assert (found["met"], found["cue"], found["content"]) == (100, 0, 100)


def test_one_article_in_twenty_is_held_back():
    kept = sum(held_back(f"article-{n}") for n in range(4000))
    assert 140 < kept < 260


def test_the_shipped_ear_hears_what_it_learned_to():
    (voice,) = Ear().voices(TEXT)
    gold = [Voice(voice.source, (voice.cue,), voice.content)]
    assert score([(Ear().hear(TEXT), gold)], Ear().cuts)["content"] == 100


@pytest.mark.parametrize("lines", [None, []])
def test_a_set_that_is_missing_or_empty_is_refused(tmp_path, lines):
    path = tmp_path / "set.jsonl"
    if lines is not None:
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    from detente.train.run import packaged

    with pytest.raises(ConfigError, match=r"set\.jsonl"):
        run(Options(Path(tmp_path / "out"), (path, "none"), packaged()), print)
