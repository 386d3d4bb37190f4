"""What a training run may learn from and what it only measures on."""

import json

import pytest

pytest.importorskip("torch")

from detente.train.run import Options, gather


def test_test_pairs_are_measured_on_and_never_learned_from(tmp_path):
    path = tmp_path / "mine.jsonl"
    text = "Zamunda's navy boarded a Molvanian trawler."
    path.write_text(json.dumps({"text": text, "actor": [0, 14], "recipient": [23, 42], "type": "COERCE"}) + "\n")
    material = gather(Options(out=tmp_path, tests=[path]))
    assert [t.text for t in material.part(True).tests] == [text]
    assert all(item.text != text for item in material.items) and material.own().tests == material.tests
    assert [s.name.split()[0] for s in material.sources] == ["codebook"]  # no set that anything was learned from
