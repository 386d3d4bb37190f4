"""What was counted of words and frames in marked sentences, and what the trees are told of it."""

from dataclasses import replace
from math import exp

from detente.events.counted import Counted, counted, frame_key, word_key
from detente.reference.codebook.read import load

MET = Counted(words={"shell v": (40, {"ASSAULT": 36, "THREATEN": 2})}, frames={})


def test_a_word_often_met_says_what_it_told():
    record = MET.word("Shell", True)
    assert record.share("ASSAULT") > 0.8 > 0.1 > record.share("AID") and record.tells > 0.8


def test_a_word_or_frame_never_met_is_an_average_one():
    frame = load().types["ASSAULT"].frames[0]
    assert MET.word("shell", False) == MET.word("zank", True) and MET.word("zank", True).uses == 0
    odds, uses = MET.frames([frame])
    assert uses == 0 and abs(1 / (1 + exp(-odds)) - 0.6) < 1e-9


def test_the_best_of_several_frames_speaks():
    good, bad = load().types["ASSAULT"].frames[:2]
    told = Counted(words={}, frames={frame_key(good): (9, 10), frame_key(bad): (1, 30)})
    assert told.frames([bad, good])[0] == told.frames([good])[0] > 0 > told.frames([bad])[0]
    assert told.frames([bad, good])[1] == 30


def test_a_frame_is_known_by_what_it_asks_for_not_by_its_place_in_the_file():
    frame = load().types["SANCTION"].frames[0]
    assert frame_key(replace(frame, source="SANCTION.toml frame 99")) == frame_key(frame)
    assert frame_key(replace(frame, not_object=("talks",))) != frame_key(frame)


def test_the_shipped_counts_know_the_codebooks_commonest_words():
    assert counted().word("shell", True).share("ASSAULT") > 0.5
    assert word_key("Shell", True) == "shell v"
    met = [counted().frames([frame])[1] for frames in load().verbs_by_head.values() for frame in frames]
    assert sum(uses > 0 for uses in met) > 1500  # of the frames that the codebook has now
