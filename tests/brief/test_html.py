from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from handmade import article
from hypothesis import example, given, settings
from hypothesis import strategies as st
from valley import brief, known

from detente.brief import to_html
from detente.brief.chart import timeline
from detente.records import Block, Brief, Sentence, Span

AS_OF = date(2031, 4, 15)
SAFE_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "p",
    "h1",
    "h2",
    "span",
    "sup",
    "a",
    "section",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "details",
    "summary",
    "mark",
    "figure",
    "figcaption",
    "script",
    "div",
    "b",
    "svg",
    "line",
    "rect",
    "circle",
    "polygon",
    "path",
    "text",
}


class Reader(HTMLParser):
    """Collects what a browser would see as tags and attributes, and the text of scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.script = ""
        self._inside = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside == "script":
            self.script += data
        self.text.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


@pytest.fixture
def page(tmp_path):
    made, articles, line = brief(tmp_path, AS_OF)
    records = known(tmp_path, AS_OF)
    return to_html(made, articles, line, lull=records[2], tripwires=records[5], incidents=records[4])


def test_one_file_and_no_network(page):
    assert not re.search(r"""(?:src|srcset|data|action)\s*=|@import|url\(|fetch\(|XMLHttp|<link""", page)
    links = [attrs["href"] for tag, attrs in read(page).tags if tag == "a"]
    assert all(link.startswith(("#n", "https://news.example/")) for link in links)
    assert "default-src 'none'" in page and "Not for operational safety decisions." in page


def test_every_note_link_leads_to_its_words_without_script(page):
    reader = read(page)
    targets = {attrs["id"] for tag, attrs in reader.tags if tag == "li" and "id" in attrs}
    links = {attrs["href"][1:] for tag, attrs in reader.tags if tag == "a" and attrs.get("class") == "note"}
    assert links and links == targets
    assert "<mark>Rockets hit Fort Alder late on Tuesday.</mark>" in page
    assert sum(tag == "details" for tag, _ in reader.tags) == len(targets) + 1, (
        "the last lists what the marks stand for"
    )


def test_the_chart_has_a_mark_per_line_and_shades_the_lull(page):
    drawing = page[page.index("<svg") : page.index("</svg>")]
    for expected in (
        "2031-03-10: 1 attack",
        "2031-04-06: 1 threat",
        "2031-04-02: 1 deployment or drill",
        "tripwire reported",
    ):
        assert expected in drawing
    assert 'class="calm"' in drawing
    assert len(set(re.findall(r"<(circle|polygon|rect|path)", drawing))) == 4


def test_the_chart_of_nothing_is_nothing(tmp_path):
    line = known(tmp_path, date(2030, 12, 1))[3]
    assert timeline(line) == ""


@settings(max_examples=80, deadline=None)
@example(text="</script><script>alert(1)</script>", url="javascript:alert(1)")
@example(text='"><img src=x onerror=alert(1)>', url='https://a.example/"><script>x</script>')
@example(text="</style></title></svg><svg onload=alert(1)>\x00\x0b", url=None)
@given(text=st.text(min_size=1, max_size=80), url=st.none() | st.text(max_size=30))
def test_no_text_ever_becomes_markup(text, url):
    report = article("a", text, None, text, url=url, section=text)
    span = Span("a", 0, len(text), text)
    cell = Sentence(text, (span,))
    made = Brief(
        "b",
        text,
        cell,
        Sentence(text, (), text),
        AS_OF,
        text,
        (Block(text, "list", (cell,)), Block(text, "table", (cell,), (text,), ((cell,),))),
        ("a",),
        text,
    )
    reader = read(to_html(made, {"a": report}))
    plain = read(
        to_html(
            Brief(
                "b",
                "x",
                Sentence("x", (Span("a", 0, 1, "x"),)),
                Sentence("x", (), "x"),
                AS_OF,
                "x",
                (
                    Block("x", "list", (Sentence("x", (Span("a", 0, 1, "x"),)),)),
                    Block(
                        "x",
                        "table",
                        (Sentence("x", (Span("a", 0, 1, "x"),)),),
                        ("x",),
                        ((Sentence("x", (Span("a", 0, 1, "x"),)),),),
                    ),
                ),
                ("a",),
                "x",
            ),
            {"a": article("a", "x", None, "x")},
        )
    )
    assert {tag for tag, _ in reader.tags} <= SAFE_TAGS
    assert sum(tag == "script" for tag, _ in reader.tags) == 1
    assert reader.script == plain.script
    for _, attrs in reader.tags:
        assert not any(name.startswith("on") for name in attrs)
        assert (attrs.get("href") or "#").startswith(("#", "http://", "https://"))
