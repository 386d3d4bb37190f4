"""Other people's scripts are exactly what their packages delivered, and their licences lie beside them."""

import hashlib
import tomllib
from pathlib import Path

import pytest

import detente.desk

VENDOR = Path(detente.desk.__file__).parent / "static" / "vendor"
FILES = tomllib.loads((VENDOR / "manifest.toml").read_text("utf-8"))["file"]


@pytest.mark.parametrize("file", FILES, ids=lambda each: each["name"])
def test_hash_and_licence(file):
    assert hashlib.sha256((VENDOR / file["name"]).read_bytes()).hexdigest() == file["sha256"]
    assert (VENDOR / file["text"]).read_text("utf-8").strip()


def test_nothing_lies_there_unlisted():
    lying = {each.name for each in VENDOR.iterdir() if each.is_file()} - {"manifest.toml"}
    assert lying == {each["name"] for each in FILES}
