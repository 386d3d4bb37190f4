"""Reference data read from TOML once, and from a copy of the very same bytes later."""

from datetime import date

import pytest

from detente.records import ConfigError
from detente.reference.parsed import parsed


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DETENTE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "b.toml").write_text('[x]\nnames = ["é", { text = "y", start = 2020-02-29 }]\n', "utf-8")
    (tmp_path / "data" / "a.toml").write_text("n = 1\n")
    return tmp_path / "data"


def test_the_copy_says_the_same_as_the_files(folder):
    first = parsed(folder, "test")
    assert len(list(folder.parent.glob("cache/test-*.json"))) == 1
    assert parsed(folder, "test") == first == {
        "a.toml": {"n": 1}, "b.toml": {"x": {"names": ["é", {"text": "y", "start": date(2020, 2, 29)}]}},
    }  # fmt: skip
    assert list(first) == ["a.toml", "b.toml"]


def test_what_changed_is_read_anew_and_a_damaged_copy_is_not_used(folder):
    parsed(folder, "test")
    (copy,) = folder.parent.glob("cache/test-*.json")
    copy.write_text("{")
    assert parsed(folder, "test")["a.toml"] == {"n": 1}
    (folder / "a.toml").write_text("n = 2\n")
    assert parsed(folder, "test")["a.toml"] == {"n": 2}


def test_without_a_place_to_write_to_the_files_are_read(folder, monkeypatch):
    (folder.parent / "file").write_text("")
    monkeypatch.setenv("DETENTE_CACHE", str(folder.parent / "file"))
    assert parsed(folder, "test")["a.toml"] == {"n": 1}


def test_a_file_that_cannot_be_read_is_named(folder):
    (folder / "b.toml").write_text("= 1")
    with pytest.raises(ConfigError, match=r"b\.toml"):
        parsed(folder, "test")
