"""The shipped models: what is missing or damaged in a folder is said, and the manifest tells what stands there."""

import json

import pytest

from detente.events import ear, judge
from detente.records import ConfigError, SetupError

MODELS = [(judge, judge.Judge, '{"types": []}'), (ear, ear.Ear, '{"cue": 0.5}')]


@pytest.mark.parametrize(("room", "model", "labels"), MODELS)
def test_a_folder_without_a_model(room, model, labels, tmp_path):
    with pytest.raises(SetupError, match=r"encoder\.onnx"):
        model(tmp_path)


@pytest.mark.parametrize(("room", "model", "labels"), MODELS)
def test_broken_labels(room, model, labels, tmp_path):
    for name in room.FILES:
        (tmp_path / name).symlink_to(room.FOLDER / name)
    (tmp_path / "labels.json").unlink()
    (tmp_path / "labels.json").write_text(labels, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"labels\.json"):
        model(tmp_path)


@pytest.mark.parametrize(("room", "model", "labels"), MODELS)
def test_the_manifest_names_every_set_and_the_shipped_files(room, model, labels):
    manifest = json.loads((room.FOLDER / "manifest.json").read_text("utf-8"))
    assert all(entry["licence"] and len(entry["sha256"]) == 64 and entry["items"] for entry in manifest["sets"])
    assert {name: (room.FOLDER / name).stat().st_size for name in room.FILES} == {
        name: entry["size"] for name, entry in manifest["files"].items()
    }
    assert sum((room.FOLDER / name).stat().st_size for name in room.FILES) < 30_000_000
