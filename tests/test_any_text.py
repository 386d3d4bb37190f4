"""Any text at all: reading and coding never fall over, and every span says exactly what stands there."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from detente.brief import unsupported
from detente.pipeline import brief_of_article, code_all
from detente.reading import read_page, read_text
from detente.records import Article, Coded, Quarantined, Span
from detente.sources import make_page, open_sources

NEWS = (
    "If the talks fail, the army will strike the port, the minister said on Monday. "
    "Rebels denied that they had shelled the town of Adra, killing 12 people. "
    "The new group is believed to be a front for Kataib Hezbollah."
)
BITS = st.sampled_from(
    [
        *NEWS.replace("Monday. ", "Monday.\n").split(" "), "Iran", "US", "troops", "attacked", "“", "”", "'s", "not",
        "unless", "by Friday", "3,000", "-", "–", "\n\n", "\u202e", "\x00", "👩‍👧", "قصفت", "הצבא", "\ud800", "\u2028", "\u00ad", "e\u0301",
    ]
)  # fmt: skip
ANY = st.one_of(
    st.lists(BITS, max_size=30).map(" ".join),
    st.text(st.characters(), max_size=80),
    st.lists(st.one_of(BITS, st.text(st.characters(), max_size=6)), max_size=25).map("".join),
)
CASES = {
    "empty": "",
    "blank": " \n\t\n ",
    "one letter": "x",
    "NUL": NEWS.replace(" ", "\x00 ", 9),
    "right to left": "قصفت القوات الجوية مستودعا قرب الحدود.\nצה״ל תקף. " + NEWS,
    "direction marks": "\u202e" + NEWS + "\u202c\u200f",
    "emoji": "🚀 " + NEWS.replace(". ", ". 💥👩‍👧‍👦🇮🇶 "),
    "lone surrogates": "\ud800" + NEWS.replace("army", "ar\udfffmy") + "\udc00",
    "combining marks": "".join(c + "\u0301" for c in NEWS),
    "Windows lines": NEWS.replace(". ", ".\r\n\r\n"),
    "no full stop": "the army attacked and " * 60,
    "brackets": "(" * 300 + NEWS + ")" * 300,
    "quotes": "“" * 200 + NEWS,
    "one long word": "a" * 20_000,
    "digits": "1" * 5_000 + " people were killed, and 9" + ",999" * 500 + " fled.",
    "capitals": NEWS.upper() * 4,
}


def spans_of(value: Any) -> Iterator[Span]:
    """Every span inside a record, however deep."""
    if isinstance(value, Span):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from spans_of(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)


def check(article: Article, coded: Coded) -> int:
    found = 0
    for span in spans_of(coded):
        found += 1
        assert span.article == article.id
        assert 0 <= span.start < span.end <= len(article.text)
        assert article.text[span.start : span.end] == span.quote
    return found


def code(coder: Any, article: Article) -> int:
    """Code an article, check its spans and its brief; return how many spans there were."""
    coded = coder.code(article)
    assert coded.article == article.id
    assert not unsupported(brief_of_article(article, coded), {article.id: article})
    return check(article, coded)


def code_as_given(coder: Any, article: Article) -> None:
    """Code text that no reader made, as a caller or a file of records may hand it over.

    Lone surrogates are no text: such an article may be quarantined, never lost or fatal.
    """
    ((_, found),) = code_all(coder, [article])
    if isinstance(found, Quarantined):
        assert any("\ud800" <= c <= "\udfff" for c in article.text), found.reason
    else:
        check(article, found)


def test_the_check_sees_spans(coder):
    assert code(coder, Article("n", NEWS, published=date(2031, 5, 6))) > 10


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY, st.sampled_from([None, date(2031, 5, 6)]))
@example(NEWS.replace(" ", "  "), None)
def test_any_text_is_read_and_coded(coder, text, published):
    article = read_text(text, id="x", published=published)
    if isinstance(article, Article):
        code(coder, article)
    code_as_given(coder, Article("raw", text, published=published))


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_hard_cases(coder, text):
    article = read_text(text, id="x", published=date(2031, 5, 6))
    if isinstance(article, Article):
        code(coder, article)
    code_as_given(coder, Article("raw", text))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300), st.sampled_from(["text/html", "text/plain"]))
@example(bytes(range(256)) * 3, "text/plain")
@example(b"\x89PNG\r\n\x1a\n" + NEWS.encode("utf-16"), "text/html")
@example(NEWS.encode("utf-16"), "text/plain")
def test_any_bytes_are_read_and_coded(coder, body, media_type):
    article = read_page(make_page(body, media_type, "", {}))
    if isinstance(article, Quarantined):
        assert article.reason
    else:
        code(coder, article)


def test_a_binary_file_does_not_stop_the_others(coder, tmp_path):
    (tmp_path / "a.html").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(NEWS)
    read = [read_page(p) if not isinstance(p, Quarantined) else p for p in open_sources([str(tmp_path)])]
    articles = [each for each in read if isinstance(each, Article)]
    coded = [found for _, found in code_all(coder, articles)]
    assert any(isinstance(found, Coded) and found.events for found in coded)


@pytest.mark.slow
@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_five_megabytes(coder, media_type):
    blob = "QUJDREVGRw" * 1_000  # embedded data between the news: many characters, few words
    body = "\n\n".join(f"<p>{NEWS}</p>\n\n<p>{n}{blob}</p>" for n in range(490))
    article = read_page(make_page(body.encode(), media_type, "", {}))
    assert len(body) > 4_900_000
    assert isinstance(article, Article)
    assert check(article, coder.code(article)) > 1_000


@pytest.mark.slow
def test_a_long_paragraph_without_a_full_stop(coder):
    text = "ab " * 60_000
    assert check(Article("x", text), coder.code(Article("x", text))) == 0
