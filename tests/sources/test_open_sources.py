"""Files, folders, globs and standard input become pages; what cannot be read is set aside with its reason."""

import gzip
import io
import json
from datetime import date
from pathlib import Path

import pytest

from detente.records import InputError, Page, Quarantined
from detente.sources import Tally, open_sources

FIXTURES = Path(__file__).parent.parent / "fixtures"


def pages(*paths, **options):
    return [item for item in open_sources(map(str, paths), **options) if isinstance(item, Page)]


def refused(*paths, **options):
    return [item for item in open_sources(map(str, paths), **options) if isinstance(item, Quarantined)]


def test_a_folder_is_searched_in_order_and_a_saved_pages_parts_are_left_alone(tmp_path):
    (tmp_path / "b.txt").write_text("Second report.")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.html").write_text("<p>First report.</p>")
    (tmp_path / "a" / "one_files").mkdir()
    (tmp_path / "a" / "one_files" / "frame.html").write_text("<p>An advertisement.</p>")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text("no")
    assert [Path(page.origin).name for page in pages(tmp_path)] == ["b.txt", "one.html"]
    assert [page.media_type for page in pages(tmp_path)] == ["text/plain", "text/html"]


def test_a_glob_takes_what_it_matches():
    assert len(pages(FIXTURES / "pages" / "*.txt")) == len(list((FIXTURES / "pages").glob("*.txt")))


@pytest.mark.parametrize("path", ["no-such-file.txt", "no-such-*.html", "a\0b"])
def test_a_path_that_does_not_exist_is_named_before_anything_is_read(path, tmp_path):
    with pytest.raises(InputError, match=path.replace("*", r"\*").replace("\0", ".*")):
        open_sources([str(FIXTURES / "pages"), path])


def test_jsonl_keeps_unknown_fields_and_passes_over_a_header():
    good = pages(FIXTURES / "items" / "good.jsonl")
    assert [page.origin.rsplit(":", 1)[1] for page in good] == ["2", "4", "5"]
    assert good[0].hints["id"] == "g1" and good[0].url == "https://www.northern-gazette.example/a"
    assert json.loads(good[0].body)["facts"] == ["f1", "f2"]


def test_broken_lines_are_quarantined_one_by_one_with_line_and_field():
    reasons = {item.origin.rsplit(":", 1)[1]: item.reason for item in refused(FIXTURES / "items" / "broken.jsonl")}
    assert set(reasons) == {"2", "3", "4", "5", "6"}
    assert "'text'" in reasons["2"] and "'text'" in reasons["3"] and "not text" in reasons["4"]
    assert reasons["5"].startswith("line 5 is not JSON") and "object" in reasons["6"]
    assert len(pages(FIXTURES / "items" / "broken.jsonl")) == 2


@pytest.mark.parametrize(
    "given, kinds",
    [
        (b'{"text": "One."}\n{"text": "Two."}\n', ["application/json"] * 2),
        (b'[{"text": "One."}, {"text": "Two."}]', ["application/json"] * 2),
        (b'{\n "text": "One over several lines."\n}', ["application/json"]),
        (b"<!doctype html><p>Page</p>", ["text/html"]),
        (b"Just a report.\nOf two lines.", ["text/plain"]),
        ("\ufeffتقرير قصير".encode(), ["text/plain"]),
    ],
)
def test_standard_input_is_told_from_its_bytes(given, kinds):
    assert [page.media_type for page in pages("-", stdin=io.BytesIO(given))] == kinds


@pytest.mark.parametrize("given", [b"", b" \n\n", b"{", b"[[[[", b'{"text": ' + b"[" * 100_000, b'{"text": "\xff"}\n'])
def test_bad_standard_input_is_quarantined_or_text_but_never_raises(given):
    items = list(open_sources(["-"], stdin=io.BytesIO(given)))
    assert len(items) == 1


def test_the_published_option_is_a_hint_only_where_the_item_gives_no_date(tmp_path):
    file = tmp_path / "items.jsonl"
    file.write_text('{"text": "Dated.", "published": "2031-01-02"}\n{"text": "Undated."}\n')
    dated, undated = pages(file, published=date(2030, 5, 6))
    assert dated.hints["published"] == "2031-01-02"
    assert undated.hints["published"] == date(2030, 5, 6)


def test_an_unreadable_file_is_quarantined(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "there.txt").write_text("Here.")
    items = list(open_sources([str(tmp_path)]))
    assert [type(item) for item in items] == [Quarantined, Page]


def test_the_tally_counts_read_skipped_and_quarantined(tmp_path):
    (tmp_path / "a.txt").write_text("The same report.")
    (tmp_path / "b.txt").write_text("The same report.")
    (tmp_path / "c.txt").write_text("")
    (tmp_path / "d.txt").write_text("Another report.")
    tally = Tally()
    assert len(list(tally.pages(open_sources([str(tmp_path)])))) == 2
    assert (tally.read, tally.skipped, len(tally.quarantined)) == (2, 1, 1)
    assert str(tally) == "read 2, skipped 1 exact copy, quarantined 1"


def rows(*texts):
    return "".join(json.dumps({"id": f"i{n}", "text": text}) + "\n" for n, text in enumerate(texts)).encode()


def test_packed_files_are_read_as_what_they_hold_whatever_they_are_called(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows("Barges crossed the lake.", "The ferry stopped.")))
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(b"<p>Nurses went on strike.</p>"))
    (tmp_path / "c.json.gz").write_bytes(b'{"text": "Not packed at all."}')
    (tmp_path / "d.txt").write_bytes(gzip.compress(b"Packed under a plain name."))
    found = pages(tmp_path)
    assert [Path(page.origin).name for page in found] == [
        "a.jsonl.gz:1", "a.jsonl.gz:2", "b.html.gz", "c.json.gz", "d.txt",
    ]  # fmt: skip
    assert found[2].media_type == "text/html" and found[4].body == b"Packed under a plain name."


def test_a_packed_file_that_was_cut_gives_what_stands_before_the_cut(tmp_path):
    noise = [bytes((7 * n * k) % 251 for k in range(200)).hex() for n in range(50)]
    whole = gzip.compress(rows(*noise))
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (bad,) = refused(tmp_path)
    assert 2 < len(pages(tmp_path)) < 50
    assert bad.origin.endswith("cut.jsonl.gz") and bad.reason.startswith("damaged from here on")


def test_files_that_no_reader_takes_are_named_with_what_to_do(tmp_path, caplog):
    for name in ("good.txt", "week.zip", "scan.pdf", "notes", "table.csv", "x.parquet.gz"):
        (tmp_path / name).write_bytes(b"Rain fell.")
    passed = []
    assert len(pages(tmp_path, passed=passed)) == 1
    assert {each.name for each in passed} == {"week.zip", "scan.pdf", "notes", "table.csv", "x.parquet.gz"}
    (line,) = [each.getMessage() for each in caplog.records]
    assert "week.zip, x.parquet.gz (unpack)" in line and "scan.pdf (save the text" in line and "notes (if it" in line
    assert "table.csv (make .jsonl" in line


def test_a_folder_of_reports_alone_says_nothing(tmp_path, caplog):
    (tmp_path / "good.txt").write_text("Rain fell.")
    assert pages(tmp_path) and not caplog.records


def test_a_table_without_a_text_is_one_refusal_that_names_its_columns(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"headline": ["A"] * 40, "story": ["Rain fell."] * 40}), tmp_path / "t.parquet")
    (bad,) = refused(tmp_path)
    assert "headline, story" in bad.reason and "'text'" in bad.reason


def test_what_is_refused_under_its_id_is_told_by_file_and_line(tmp_path):
    from detente.reading import read_page

    (tmp_path / "a.jsonl").write_bytes(rows("Rain fell.", "Snow fell."))
    (tmp_path / "b.jsonl").write_bytes(rows("Hail fell."))
    tally = Tally()
    ready = list(tally.articles(read_page(page) for page in tally.pages(open_sources([str(tmp_path)]))))
    (twice,) = tally.quarantined
    assert twice.origin.endswith("b.jsonl:1") and "a.jsonl:1" in twice.reason
    assert tally.at(Quarantined(ready[1].id, "too long")).origin.endswith("a.jsonl:2")
