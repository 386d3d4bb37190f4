"""Damaged files: every good item before the damage comes out, the damage is named, and nothing else is raised."""

import gzip
import random
import zipfile
from datetime import date

import pytest

from detente.files import read_any, read_records, write_bundle, write_records
from detente.pipeline import gather
from detente.records import Article, Coded, FileFormatError, Gap, InputError, Interval, Page, Quarantined
from detente.sources import Tally, make_page, open_sources
from detente.sources.coded import Import
from detente.sources.warc import read_warc, write_warc

UCDP = ("id,year,type_of_violence,side_a,side_b,where_prec,latitude,longitude,country,date_prec,date_start,date_end,"
        "deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,dyad_name,conflict_name\n")  # fmt: skip


def gaps(count=300):
    return [Gap(f"wire {n}", date(2020, 1, 1), date(2020, 1, 2), f"silent {n}") for n in range(count)]


# ------------------------------------------------------------------------------------------- records
@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_flipped_bytes_are_named_or_harmless(tmp_path, ending):
    path, choose = tmp_path / f"gaps.{ending}", random.Random(11)
    write_records(path, Gap, gaps())
    whole, caught = path.read_bytes(), 0
    for _ in range(200):
        body = bytearray(whole)
        for _ in range(choose.choice((1, 1, 8))):
            body[choose.randrange(len(body))] = choose.randrange(256)
        path.write_bytes(body)
        try:
            assert len(list(read_records(path, Gap))) <= 300
        except FileFormatError as error:
            assert str(path) in str(error)
            caught += 1
    assert caught > 20


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_a_file_cut_anywhere(tmp_path, ending):
    path = tmp_path / f"gaps.{ending}"
    write_records(path, Gap, gaps(40))
    whole = path.read_bytes()
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        found = []
        try:
            found += read_records(path, Gap)
        except FileFormatError as error:
            assert str(path) in str(error)
        assert found == gaps(40)[: len(found)]


@pytest.mark.parametrize("body", [b"", b"\x00" * 5000, b"\xff\xfe{", b"PAR1PAR1", b"PAR1" + b"\x00" * 99 + b"PAR1", b"{}\n",
                                  b"[" * 100_000, b'{"detente": ' + b"[" * 100_000, b'{"detente":{"kind":[],"schema":1}}'])  # fmt: skip
@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_what_is_no_file_of_records(tmp_path, body, ending):
    path = tmp_path / f"x.{ending}"
    path.write_bytes(body)
    for read in (lambda: list(read_records(path, Gap)), lambda: list(read_any(path))):
        with pytest.raises(FileFormatError, match=path.name):
            read()


@pytest.mark.parametrize("year", ["0001-01-01", "0025-06-01", "9999-12-31"])
def test_a_record_of_an_impossible_year_is_set_aside_and_the_rest_go_on(tmp_path, year):
    odd, good = (
        Article("odd", "x", published=date.fromisoformat(year)),
        Article("good", "x", published=date(2031, 1, 1)),
    )
    write_bundle(tmp_path / "b.jsonl", [odd, good, Coded("good")])
    tally = Tally()
    assert list(gather([str(tmp_path / "b.jsonl")], tally=tally)) == [good, Coded("good")]
    assert [f"{q.origin}: {q.reason}" for q in tally.quarantined] == [
        f"Article odd: published {year} is before 1800 or after 2199: correct it"
    ]
    inside = Interval(date.fromisoformat(year), None, "range")
    assert inside.start.year < 1800 or inside.start.year > 2199


@pytest.mark.parametrize("year", ["0001-01-01", "0025-06-01", "9999-12-31"])
def test_the_commands_say_so(detente, reports, year):
    rows = reports.read_text()
    write_records("odd.jsonl", Article, [Article("odd", "Arland struck Bergia.", published=date.fromisoformat(year))])
    assert detente("read", reports, "-o", "good.jsonl")[0] == 0
    status, _, err = detente("code", "good.jsonl", "odd.jsonl", "-o", "coded.jsonl")
    assert status == 4 and f"quarantined Article odd: published {year}" in err and "coded 3" in err
    assert detente("add", "odd.jsonl", "--ledger", "l.sqlite")[0] == 4
    status, _, err = detente("track", "coded.jsonl", "--as-of", year)
    assert status == 2 and "1800 to 2199" in err and rows


# ------------------------------------------------------------------------------------------- archives
def archive(path, count=12):
    pages = [
        make_page(f"<p>Report {n}</p>".encode() * 40, "text/html", "", {}, f"https://example.org/{n}")
        for n in range(count)
    ]
    write_warc(str(path), pages)
    return pages


@pytest.mark.parametrize("ending", ["warc", "warc.gz"])
def test_an_archive_cut_anywhere_gives_what_stands_before_the_cut(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    bodies = [each.body for each in archive(path)]
    whole = path.read_bytes()
    for length in [0, 1, 2, 9, 10, 11, *range(40, len(whole), 211), len(whole) - 1]:
        path.write_bytes(whole[:length])
        found = list(read_warc(str(path)))
        pages = [each.body for each in found if isinstance(each, Page)]
        assert pages == bodies[: len(pages)], "what comes out is whole"
        assert len(pages) == len(found) or isinstance(found[-1], Quarantined)


def test_flipped_bytes_in_an_archive(tmp_path):
    path, choose = tmp_path / "a.warc.gz", random.Random(5)
    archive(path)
    whole = path.read_bytes()
    for _ in range(150):
        body = bytearray(whole)
        body[choose.randrange(len(body))] ^= 1 << choose.randrange(8)
        path.write_bytes(body)
        assert all(isinstance(each, (Page, Quarantined)) for each in read_warc(str(path)))


def test_what_is_no_archive_says_so(tmp_path):
    (tmp_path / "x.warc").write_bytes(b"<html>no archive</html>" * 50)
    (found,) = read_warc(str(tmp_path / "x.warc"))
    assert isinstance(found, Quarantined) and "Invalid WARC header" in found.reason


# -------------------------------------------------------------------------------------- coded exports
@pytest.mark.parametrize("cut", [-1, -9, -40, 60, 20, 5])
def test_a_compressed_export_that_was_cut_off(tmp_path, cut):
    row = "{0},2031,1,Government of Arland,Bergia Front,1,10.0,10.0,Arland,1,2031-01-{1:02},2031-01-{1:02},0,0,0,0,1,1,1,d,c\n"
    text = UCDP + "".join(row.format(n, n % 28 + 1) for n in range(1, 900))
    body = gzip.compress(text.encode())
    path = tmp_path / "ged.csv.gz"
    path.write_bytes(body[:cut])
    try:
        found = list(Import().rows([str(path)]))
        assert isinstance(found[-1], Quarantined) and "damaged" in found[-1].reason
    except InputError as error:
        assert path.name in str(error) and "damaged" in str(error)


def test_an_archive_that_unpacks_to_far_more_than_it_is(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bomb.csv", b"0" * 50_000_000)
    with pytest.raises(InputError, match=r"bomb\.zip"):
        list(Import().rows([str(tmp_path / "bomb.zip")]))


def test_a_damaged_zip(tmp_path):
    with zipfile.ZipFile(tmp_path / "g.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("ged.csv", UCDP * 200)
    whole = bytearray((tmp_path / "g.zip").read_bytes())
    for at in range(30, len(whole), 7):
        body = bytearray(whole)
        body[at] ^= 0xFF
        (tmp_path / "g.zip").write_bytes(body)
        try:
            list(Import().rows([str(tmp_path / "g.zip")]))
        except InputError as error:
            assert "g.zip" in str(error)


# ------------------------------------------------------------------------------------------- sources
@pytest.mark.parametrize("ending", [".html", ".txt", ".json", ".jsonl"])
@pytest.mark.parametrize("body", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00" * 4096, b" \r\n\t "])
def test_empty_files_beside_a_good_one(tmp_path, ending, body):
    (tmp_path / f"a{ending}").write_bytes(body)
    (tmp_path / "b.txt").write_text("Rockets hit the base near the river, the army said on Monday.")
    tally = Tally()
    found = list(gather([str(tmp_path)], tally=tally))
    assert [each.text[:7] for each in found] == ["Rockets"] and len(tally.quarantined) in (0, 1)
    assert tally.quarantined or ending == ".jsonl"  # a list of nothing is no damage


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252", "koi8-r"])
def test_byte_order_marks_and_old_encodings(tmp_path, encoding):
    text = "Rockets hit the base near the river, the army said on Monday. " * 3
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    (article,) = gather([str(tmp_path / "a.txt")])
    assert article.text.startswith("Rockets hit") and "\ufeff" not in article.text


def test_sources_never_raise_for_a_folder_of_rubbish(tmp_path):
    choose = random.Random(9)
    for n in range(60):
        (tmp_path / f"{n}{choose.choice(['.html', '.txt', '.json', '.jsonl'])}").write_bytes(
            choose.randbytes(choose.randrange(3000))
        )
    assert len(list(open_sources([str(tmp_path)]))) >= 40
