"""Any text at all: the readers do not fall over, and every character kept can be found again."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.reading import fold, page_text, raw_offset, read_page, read_text
from detente.records import Article, Quarantined
from detente.sources import make_page, open_sources

LINES = st.sampled_from(
    [
        "Read also: more", "KARSA (NWA) - Shells fell.", "By Ines Varga", "A soldier stands there. [Mara Lind/AFP]",
        "6 May 2031", "3 Comments", "\r\n", "\u00ad", "\u200b", "\u202e", "\x00", "👩‍👧", "سقطت قذائف", "\ud800", "\u2028", " ", "\ufeff",
        "<p>", "</div>", "<br>", "<figure><figcaption>", "<h1>", "<script>", "&#0;", "&#xd800;", "<!--", "<img alt='a b c d e f'>",
    ]
)  # fmt: skip
ANY = st.lists(
    st.one_of(st.text(st.characters(), max_size=40), LINES, st.just("\n"), st.just("\n\n")), max_size=25
).map("".join)
CAREFUL = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_exact(article: Article, raw: str) -> None:
    covered = 0
    for piece in article.pieces:
        assert piece.length > 0 and piece.start >= covered
        covered = piece.start + piece.length
        assert fold(raw[piece.raw_start : piece.raw_start + piece.length]) == article.text[piece.start : covered]
    assert covered <= len(article.text)
    for zone in article.zones:
        assert 0 <= zone.start < zone.end <= len(article.text)
    article.text.encode("utf-8")
    article.title.encode("utf-8")


@CAREFUL
@given(ANY)
def test_any_text(text):
    article = read_text(text, id="x")
    assert_exact(article, text)
    for position in range(min(len(article.text), 50)):
        raw = raw_offset(article, position)
        assert raw is None or fold(text[raw]) == article.text[position]
    assert raw_offset(article, len(article.text)) is None and raw_offset(article, -1) is None


@CAREFUL
@given(ANY, st.sampled_from(["text/html", "text/plain"]))
def test_any_page(text, media_type):
    page = make_page(text.encode("utf-8", "surrogatepass"), media_type, "", {})
    article = read_page(page)
    if isinstance(article, Article):
        assert_exact(article, page_text(page))
    else:
        assert article.reason


@CAREFUL
@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/plain", "application/json"]))
def test_any_bytes(body, media_type):
    result = read_page(make_page(body, media_type, "", {}))
    assert isinstance(result, Article | Quarantined)


@CAREFUL
@given(st.dictionaries(st.sampled_from(["id", "title", "text", "published", "url", "outlet", "note"]), st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), ANY, st.lists(ANY, max_size=2))))  # fmt: skip
def test_any_item(item):
    body = json.dumps(item).encode()
    result = read_page(make_page(body, "application/json", "", {}))
    if isinstance(result, Article):
        assert_exact(result, page_text(make_page(body, "application/json", "", {})))
        json.dumps(result.extra, ensure_ascii=False).encode("utf-8")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300), suffix=st.sampled_from([".txt", ".html", ".json", ".jsonl", ".bin"]))
def test_any_file(body, suffix, tmp_path):
    file = tmp_path / f"any{suffix}"
    file.write_bytes(body)
    for item in open_sources([str(file)]):
        assert item.origin.startswith(str(file))


MEGABYTE = 1_000_000
HUGE = {
    "prose": ("Rockets hit the base near the river, the army said. " * 6 + "\n\n") * 15_000,
    "one line": "word " * (MEGABYTE // 5),
    "no space": "a" * 5 * MEGABYTE,
    "empty lines": "\n" * 5 * MEGABYTE + "x",
    "short lines": "By A\n" * MEGABYTE,
    "brackets": "([" * MEGABYTE + " /",
    "capitals": "ABC, " * MEGABYTE + "- x",
    "invisible": "a\u200b" * MEGABYTE,
    "emoji": "👩‍👧 " * (MEGABYTE // 4),
    "right to left": "سقطت قذائف على الجسر. " * 100_000,
}
HUGE_HTML = {
    "paragraphs": "<article>" + "<p>Rockets hit the base near the river, the army said on Monday.</p>" * 60_000,
    "deep": "<div>" * 100_000 + "Rockets hit the base near the river, the army said on Monday.",
    "pictures": "<p>x<img alt='one two three four five six'></p>" * 30_000,
    "open tags": "<" * MEGABYTE,
    "nested data": '<script type="application/ld+json">' + "[" * MEGABYTE + "</script><p>Rockets hit the base.",
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_texts_are_read_in_seconds(name):
    started = time.process_time()
    article = read_text(HUGE[name], id="x")
    assert time.process_time() - started < 10
    assert_exact(article, HUGE[name])


@pytest.mark.parametrize("name", HUGE_HTML)
def test_huge_pages_are_read_in_seconds(name):
    started = time.process_time()
    result = read_page(make_page(HUGE_HTML[name].encode(), "text/html", "", {}))
    assert time.process_time() - started < 10
    assert isinstance(result, Article)


def test_text_below_many_levels_of_tags_is_not_lost():
    source = (
        "<div>" * 300 + "<p>Rockets hit the base near the river.</p>" + "</div>" * 300 + "<p>Nobody was hurt there.</p>"
    )
    article = read_page(make_page(source.encode(), "text/html", "", {}))
    assert article.text == "Rockets hit the base near the river.\n\nNobody was hurt there."
