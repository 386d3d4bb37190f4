"""1,500 characters: the same count in Python and in the browser's script, for every script and emoji."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import detente.desk
from detente.desk.comments.limit import LIMIT, count, left

SCRIPT = Path(detente.desk.__file__).parent / "comments/static/comments/comments.js"
TEXTS = ["", "a", "peace", "é", "e\u0301", "سلام", "سَلَامٌ", "می‌خواهم", "和平", "नमस्ते", "👨‍👩‍👧‍👦", "🇮🇶", "👍🏽", "𐎠",
         "line\r\nline", "line\rline", "한국", "\u1112\u1161\u11ab", "\ufeffx", "a\u0000b"]  # fmt: skip


def test_every_letter_counts_once_in_any_script():
    assert [count(text) for text in ("peace", "سلام", "和平", "𐎠", "👍")] == [5, 4, 2, 1, 1]
    assert count("e\u0301") == count("é") == 1  # however a keyboard composes it
    assert count("a\r\nb") == count("a\nb") == 3  # however a browser ends its lines
    assert left("س" * LIMIT) == left("👍" * LIMIT) == 0 and left("👍" * (LIMIT + 1)) == -1


def in_node(texts):
    """What the function of comments.js says."""
    line = next(each for each in SCRIPT.read_text("utf-8").splitlines() if each.startswith("const detenteCount"))
    code = f"{line}\nconsole.log(JSON.stringify({json.dumps(texts)}.map(detenteCount)))"
    return json.loads(subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node; the browser test covers it too")
def test_the_script_counts_as_the_server():
    many = []

    @given(st.text(max_size=40))
    def gather(text):
        many.append(text)

    gather()
    every = [*TEXTS, *many]
    assert in_node(every) == [count(text) for text in every]
