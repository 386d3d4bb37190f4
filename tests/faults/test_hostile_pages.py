"""Pages too large, too deep or of too many kinds: read in seconds, within a gigabyte, with the report's words kept."""

import resource

import pytest

REPORT = "<p>Rockets hit the base near the river on Monday, killing two soldiers, the army said. Nobody claimed the attack.</p>"
MOST = 3 * 1024**3  # bytes of address space: libraries take about one

READS = """
import sys, time
from pathlib import Path
from detente.records import Article
from detente.reading import read_page
from detente.sources import open_sources
started = time.process_time()
for page in open_sources(["page.html"]):
    found = read_page(page)
    print(type(found).__name__, "Rockets hit the base" in getattr(found, "text", ""), getattr(found, "reason", ""))
    assert time.process_time() - started < 60, time.process_time() - started
"""
PAGES = {
    "ten megabytes on one line": "<html><body><article>" + REPORT + "<p>word " * 1_250_000 + "</article></body></html>",
    "ten megabytes of script": "<html><head><script>" + "var a=[1,2];" * 850_000 + f"</script></head><body><article>{REPORT}</article></body>",
    "one attribute of ten megabytes": f'<html><body><div data-x="{"x" * 10_000_000}"><article>{REPORT}</article></div></body></html>',
    "a hundred thousand levels, unclosed": "<div>" * 100_000 + REPORT,
    "a hundred thousand levels, closed": "<b>" * 100_000 + REPORT + "</b>" * 100_000,
    "a hundred thousand lists": "<ul><li>" * 50_000 + REPORT,
    "a hundred thousand tables": "<table><tr><td>" * 33_000 + REPORT,
    "comments inside comments": "<!--" * 200_000 + "-->" + REPORT,
    "NUL between all": REPORT.replace(" ", "\x00 ") + REPORT * 9,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_in_seconds_and_within_memory(child, tmp_path, name):
    (tmp_path / "page.html").write_text(PAGES[name])
    process = child(READS, limits={resource.RLIMIT_AS: MOST})
    out, err = process.communicate()
    assert process.returncode == 0, err[-2000:]
    assert out.startswith("Article True"), out


def test_bytes_that_are_not_utf8_cost_only_themselves(detente, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    body = f"<html><body><article>{REPORT * 3}</article></body></html>".encode()
    (tmp_path / "a.html").write_bytes(b"<meta charset=utf-8>" + body.replace(b"river", b"ri\xff\xfever"))
    status, out, _ = detente("read", "a.html")
    assert status == 0 and "killing two soldiers" in out
