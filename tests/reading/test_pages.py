"""Whole pages of several shapes: what is kept, what is zoned, what is learnt about them."""

from datetime import date
from pathlib import Path

import pytest

from detente.reading import fold, page_text, raw_offset, read_page
from detente.records import Article, Quarantined
from detente.sources import make_page, open_sources

FIXTURES = Path(__file__).parent.parent / "fixtures"


def read(name: str, **options) -> Article:
    (page,) = open_sources([str(FIXTURES / name)], **options)
    article = read_page(page)
    assert isinstance(article, Article)
    assert_exact(article, page_text(page))
    return article


def assert_exact(article: Article, raw: str) -> None:
    for piece in article.pieces:
        given = raw[piece.raw_start : piece.raw_start + piece.length]
        assert fold(given) == article.text[piece.start : piece.start + piece.length]
    for zone in article.zones:
        assert 0 <= zone.start < zone.end <= len(article.text)


def zones(article: Article, kind: str) -> list[str]:
    return [article.text[zone.start : zone.end] for zone in article.zones if zone.kind == kind]


def test_a_modern_page():
    article = read("pages/wire.html")
    assert article.title == "Two border posts reopened after overnight shelling"
    assert (article.section, article.outlet) == ("Border", "The Northern Gazette")
    assert article.byline == "Ines Varga, Tomas Okello"
    assert (article.published, article.updated) == (date(2031, 5, 6), date(2031, 5, 7))
    assert article.dateline == "KARSA, Velmia, May 6" and article.language == "en"
    assert article.url == "https://www.northern-gazette.example/world/2031/05/06/border-posts-reopened"
    assert zones(article, "subhead") == ["Talks to go on"]
    (caption,) = (zone for zone in article.zones if zone.kind == "caption")
    assert caption.credit == "Mara Lind/Gazette" and article.text[caption.start :].startswith("Lorries wait at")
    assert "shelling would not stop them" in article.text and "crossing saw." in article.text
    assert "(This story has been corrected" in article.text


@pytest.mark.parametrize(
    "gone",
    ["Read also", "cookies", "threatens to bomb", "invade", "newsletter", "rights reserved", "Editing by", "Sport"],
)
def test_nothing_is_left_of_the_furniture_of_a_modern_page(gone):
    assert gone not in read("pages/wire.html").text


def test_a_page_laid_out_in_tables_in_an_old_charset():
    article = read("pages/old-table.html")
    assert article.byline == "Émile Roussard" and article.language == "fr"
    assert article.published == date(2030, 3, 14)
    assert article.text.startswith("Les deux armées ont accepté") and article.text.count("\n\n") == 2
    assert "Lire aussi" not in article.text and "Accueil" not in article.text


def test_a_page_written_from_right_to_left():
    article = read("pages/arabic.html")
    assert article.language == "ar" and article.published == date(2031, 5, 6)
    assert [zone.credit for zone in article.zones] == ["مارا ليند"]
    assert "اقرأ أيضا" not in article.text and "جميع الحقوق" not in article.text


def test_a_page_that_shows_its_text_only_to_scripts():
    article = read("pages/script-only.html")
    assert article.text.endswith("no soldiers on either bank.") and article.published == date(2031, 5, 9)


def test_a_page_saved_as_text():
    article = read("pages/gazette.txt")
    assert article.title == "Mediators win one more week for the Tamar truce"
    assert (article.section, article.byline, article.dateline) == ("River War", "Ines Varga", "ORSOVA")
    assert (article.published, article.updated) == (date(2031, 3, 14), date(2031, 3, 15))
    assert zones(article, "subhead") == ["A warning from the east"]
    assert [zone.credit for zone in article.zones if zone.kind == "caption"] == ["Mara Lind/NWA"]
    assert article.text.endswith("eleven in the month before.")


def test_readers_comments_below_a_page_saved_as_text_are_not_the_report():
    text = read("pages/gazette.txt").text
    assert not any(said in text for said in ("Bomb them all", "riverman", "Required Field", "1500", "Share", "Related"))


def test_lines_wrapped_at_a_fixed_width_are_paragraphs():
    article = read("pages/wrapped.txt")
    assert article.title == "Ferry captains refuse to sail after the shelling"
    assert article.text.split("\n\n")[1].startswith(
        "Nobody was hurt. The army said that it was looking into the matter and that"
    )
    start = article.text.index("landing")
    assert raw_offset(article, start) == (FIXTURES / "pages/wrapped.txt").read_text().index("landing")


def test_a_page_without_a_date_has_none_unless_the_reader_gives_it():
    assert read("pages/wrapped.txt").published is None
    assert read("pages/wrapped.txt", published=date(2031, 1, 2)).published == date(2031, 1, 2)
    assert read("pages/wire.html", published=date(2000, 1, 1)).published == date(2031, 5, 6)


def test_items_of_a_list():
    first, second, third = (read_page(page) for page in open_sources([str(FIXTURES / "items/good.jsonl")]))
    assert first.extra == {"origin": "written for tests", "facts": ["f1", "f2"]}
    assert first.text.endswith("Nobody was hurt.") and first.published == date(2031, 3, 2)
    assert second.id == "7" and second.published is None
    assert second.extra["published_raw"] == "the day after the feast"
    assert third.title == "Second ferry" and third.id.startswith("a-")


@pytest.mark.parametrize(
    "body, media, reason",
    [
        (b"%PDF-1.7 ...", "text/plain", "PDF"),
        (bytes(range(256)) * 40, "text/plain", "unreadable"),
        (b"<html></html>", "text/html", "no report"),
        (b"\xef\xbb\xbf \n", "text/plain", "no text"),
        (b"[1]", "application/json", "object"),
        (b"{", "application/json", "JSON"),
    ],
)
def test_what_is_no_page_is_refused_with_its_reason(body, media, reason):
    result = read_page(make_page(body, media, "here", {}))
    assert isinstance(result, Quarantined) and reason in result.reason and result.origin == "here"


def test_a_page_with_nothing_but_a_title_has_the_title_as_its_text():
    article = read_page(make_page(b"Rockets hit the base near Karsa at dawn", "text/plain", "", {}))
    assert article.text == article.title == "Rockets hit the base near Karsa at dawn"
