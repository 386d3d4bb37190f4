"""A dataset: the same whatever the batches were, added to without doing anything twice, refused where it does not fit."""

import json
import random
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import works

from detente.bulk import Recipe, code_archive
from detente.bulk.engines import Here
from detente.bulk.parts import alone, counts_of, parts_of, summed
from detente.dataset import CODED, coded_row, is_dataset, read_dataset, read_manifest
from detente.events.coder import PASSED
from detente.records import Article, Coded, DetenteError, FileFormatError, InputError, Page, SetupError
from detente.sources.warc import write_warc


def coded(sources, folder, size=7, work=works.plain):
    """A run in this process with a stand-in for the coder."""
    engine = Here()
    try:
        return code_archive(
            [sources] if isinstance(sources, str) else sources, folder, Recipe(), engine, size=size, work=work
        )
    finally:
        engine.close()


def hashes(folder):
    """What is in the files by date, as hashes."""
    return {each["path"]: each["sha256"] for each in read_manifest(folder)["files"]}


@pytest.mark.parametrize("size", [1, 5, 100])
def test_files_are_the_same_bytes_whatever_the_batches(archive, tmp_path, size):
    source = archive(20)
    coded(source, tmp_path / "a", size=3)
    made = coded(source, tmp_path / "b", size=size)
    assert hashes(tmp_path / "a") == hashes(tmp_path / "b")
    assert made["counts"]["articles"] == 20 and len(made["batches"]) == -(-20 // size)
    assert "date=2031-05-01/run-1-00000.parquet" in hashes(tmp_path / "b")


def test_a_day_of_many_articles_is_cut_into_files_in_order(archive, tmp_path, held, monkeypatch):
    monkeypatch.setattr("detente.bulk.partition.ROWS", 2)
    coded(archive(9), tmp_path / "ds", size=4)
    assert len(hashes(tmp_path / "ds")) == 6  # three days of three articles, two a file
    assert held(tmp_path / "ds") == ([f"r{n}" for n in range(9)], [])


def test_a_second_run_does_nothing_twice_and_adds_what_is_new(archive, tmp_path, held):
    coded(archive(5), tmp_path / "ds")
    before = hashes(tmp_path / "ds")
    again = coded(archive(5), tmp_path / "ds", work=None)  # an input that is done is not even read
    assert again["held"] == 0 and hashes(tmp_path / "ds") == before
    more = coded(archive(8), tmp_path / "ds")  # the same five and three more
    assert more["held"] == 5 and held(tmp_path / "ds")[0] == [f"r{n}" for n in range(8)]
    assert before.items() <= hashes(tmp_path / "ds").items()


def test_a_run_that_stops_goes_on_where_it_was(archive, tmp_path, held):
    source, done = archive(20), []

    def fails(table):
        if len(done) == 3:
            raise SetupError("the model is gone")
        done.append(table)
        return works.plain(table)

    with pytest.raises(SetupError):
        coded(source, tmp_path / "ds", size=2, work=fails)
    kept = len(parts_of(tmp_path / "ds"))
    assert 1 <= kept <= 3
    with pytest.raises(InputError, match="not finished"):
        list(read_dataset(tmp_path / "ds"))
    made = coded(source, tmp_path / "ds", size=7)
    assert made["held"] == 2 * kept and held(tmp_path / "ds") == (sorted(f"r{n}" for n in range(20)), [])
    coded(source, tmp_path / "whole")
    assert hashes(tmp_path / "ds") == hashes(tmp_path / "whole")
    assert not (tmp_path / "ds" / "parts").exists()


def test_what_cannot_be_read_is_quarantined_and_not_tried_again(archive, tmp_path, held, caplog):
    source = archive(2)
    with open(source, "a", encoding="utf-8") as stream:
        stream.write("{broken\n")
    made = coded(source, tmp_path / "ds")
    assert made["counts"]["quarantined"] == 1
    ids, bad = held(tmp_path / "ds")
    assert ids == ["r0", "r1"] and "not JSON" in bad[0].reason and bad[0].origin.endswith(":3")
    (told,) = [each for each in caplog.records if each.message.startswith("quarantined ")]
    assert "reports.jsonl:3: line 3 is not JSON" in told.message
    assert told.told["event"] == "quarantined", "so that the log of a day can be searched for it"


def test_exact_copies_are_passed_over_and_a_second_text_under_an_id_is_quarantined(archive, tmp_path, held):
    source = archive(3)
    with open(source, "a", encoding="utf-8") as stream:
        stream.write(json.dumps({"id": "r1", "text": "Another text.", "published": "2031-05-01"}) + "\n")
    made = coded([source, archive(3, name="copies.jsonl")], tmp_path / "ds")
    assert made["copies"] == 3
    ids, bad = held(tmp_path / "ds")
    assert ids == ["r0", "r1", "r2"] and "id 'r1' was already used" in bad[0].reason


def test_folders_tables_web_archives_and_records_are_read(archive, tmp_path, held):
    folder = tmp_path / "in"
    folder.mkdir()
    Path(archive(2)).rename(folder / "a.jsonl")
    table = {"id": ["t0", "t1"], "text": ["Rain fell.", None], "published": [date(2031, 5, 9)] * 2}
    pq.write_table(pa.table(table), folder / "b.parquet")
    body = (
        b"<html><body><article><p>"
        + b"Envoys met in the old town for talks on the border. " * 9
        + b"</p></article></body></html>"
    )
    write_warc(str(folder / "c.warc.gz"), [Page("p", body, "text/html", "0", "https://news.example/1")])
    coded(str(folder), tmp_path / "ds")
    ids, bad = held(tmp_path / "ds")
    assert ids[1:] == ["r0", "r1", "t0"] and ids[0].startswith("a-") and len(bad) == 1
    assert [(each["items"]) for each in read_manifest(tmp_path / "ds")["inputs"]] == [2, 2, 1]


def test_remote_stores_are_read_like_folders(tmp_path, held):
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    for n in range(2):
        row = {"id": f"m{n}", "text": f"Rain fell on day {n}.", "published": "2031-05-01"}
        store.pipe(f"/news/{n}.jsonl", json.dumps(row).encode())
    store.pipe("/news/LICENCE", b"no report")
    assert coded("memory://news/", tmp_path / "ds")["passed"] == 1
    assert held(tmp_path / "ds") == (["m0", "m1"], [])
    assert [each["name"] for each in read_manifest(tmp_path / "ds")["inputs"]] == [
        "memory:///news/0.jsonl",
        "memory:///news/1.jsonl",
    ]
    with pytest.raises(InputError, match="nothing is found"):
        coded("memory://news/*.html", tmp_path / "other")
    with pytest.raises(InputError, match="nosuch"):
        coded("nosuch://news/", tmp_path / "third")


def test_a_file_that_cannot_be_had_now_is_taken_up_by_the_next_run(archive, tmp_path, held, caplog):
    archive(3)
    (tmp_path / "gone.jsonl").symlink_to(tmp_path / "nowhere" / "later.jsonl")
    made = coded(str(tmp_path), tmp_path.with_suffix(".ds"))
    assert (made["coded"], made["unread"]) == (3, 1) and "gone.jsonl cannot be read: no such file" in caplog.text
    (tmp_path / "nowhere").mkdir()
    (tmp_path / "nowhere/later.jsonl").write_text('{"id": "late", "text": "Rain fell.", "published": "2031-05-01"}\n')
    made = coded(str(tmp_path / "gone.jsonl"), tmp_path.with_suffix(".ds"))
    assert (made["coded"], made["unread"]) == (1, 0)
    assert held(tmp_path.with_suffix(".ds")) == (["late", "r0", "r1", "r2"], [])


def test_a_store_whose_errors_are_its_own(tmp_path, monkeypatch, caplog, held):
    """Stores raise what they like: botocore's errors, for one, are no OSErrors."""
    fsspec = pytest.importorskip("fsspec")
    from fsspec.implementations.memory import MemoryFileSystem

    class Refused(Exception): ...

    def refuse(self, path, *more, **named):
        if "shut" in path:
            raise Refused("no credentials\nand a long tale")
        return real(self, path, *more, **named)

    store, real = fsspec.filesystem("memory"), MemoryFileSystem.open
    for name in ("a", "shut"):
        store.pipe(f"/doors/{name}.jsonl", b'{"id": "%s", "text": "Rain fell."}' % name.encode())
    monkeypatch.setattr(MemoryFileSystem, "open", refuse)
    assert coded("memory://doors/", tmp_path / "ds")["unread"] == 1
    assert held(tmp_path / "ds") == (["a"], []) and "shut.jsonl cannot be fetched: no credentials" in caplog.text
    monkeypatch.setattr(MemoryFileSystem, "info", refuse)
    with pytest.raises(InputError, match=r"shut cannot be listed: no credentials: check"):
        coded("memory://shut", tmp_path / "other")


def test_a_folder_of_something_else_another_recipe_or_a_run_under_way_is_refused(archive, tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("mine")
    with pytest.raises(InputError, match="something else"):
        coded(archive(1), tmp_path / "notes")
    coded(archive(1), tmp_path / "ds")
    manifest = json.loads((tmp_path / "ds" / "manifest.json").read_text())
    manifest["coder"]["stamp"] = "an older one"
    (tmp_path / "ds" / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(InputError, match="another stamp"):
        coded(archive(2), tmp_path / "ds")
    with alone(tmp_path / "busy"), pytest.raises(InputError, match="another run"):
        coded(archive(1), tmp_path / "busy")


def test_days_and_files_of_a_dataset_can_be_read_alone(archive, tmp_path):
    coded(archive(9), tmp_path / "ds")
    day = tmp_path / "ds" / "date=2031-05-02"
    for place in (day, next(day.glob("*.parquet"))):
        assert is_dataset(place)
        assert [i.id for i in read_dataset(place) if isinstance(i, Article)] == ["r3", "r4", "r5"]
    until = read_dataset(tmp_path / "ds", until=date(2031, 5, 1))
    assert [i.id for i in until if isinstance(i, Article)] == ["r0", "r1", "r2"]


def test_the_real_function_gives_the_same_rows_for_every_cut(articles, reports, tmp_path, coder, monkeypatch):
    monkeypatch.setattr("detente.events.coder.load_model", lambda *_: coder.nlp)
    texts = [json.loads(line) for line in reports.read_text("utf-8").splitlines()]
    many = [
        {**row, "id": f"{row['id']}-{n}", "text": row["text"] + f" {n} were there."} for n in range(4) for row in texts
    ]
    random.Random(3).shuffle(many)
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in many), "utf-8")
    coded(str(tmp_path / "many.jsonl"), tmp_path / "one", size=1, work=None)
    made = coded(str(tmp_path / "many.jsonl"), tmp_path / "all", size=50, work=None)
    assert made["counts"]["events"] > 12
    assert hashes(tmp_path / "one") == hashes(tmp_path / "all")


@pytest.mark.parametrize("path", ["../other/run-1-00000.parquet", "/etc/passwd", "date=2020-01-01/../../x.parquet"])
def test_a_manifest_leads_nowhere_out_of_its_folder(tmp_path, path):
    """A dataset may come from anybody."""
    told = {"detente": {"kind": "Dataset", "schema": 1, "layout": 1}, "state": "complete", "files": [{"path": path}]}
    (tmp_path / "manifest.json").write_text(json.dumps(told))
    with pytest.raises(FileFormatError, match="outside its folder"):
        list(read_dataset(tmp_path))


def test_paragraphs_that_triage_passed_over_are_counted():
    stamps = (f"detente; triage: 12 {PASSED}", "detente; triage", f"detente; triage: 3 {PASSED}")
    found = [(Article(str(n), "", ""), Coded(str(n), coder=each)) for n, each in enumerate(stamps)]
    rows = [coded_row(f"{n:032}", "x", *each) for n, each in enumerate(found)]
    counts = counts_of(pa.Table.from_pylist(rows, schema=CODED))
    earlier = {name: n for name, n in counts.items() if name != "passed"}  # as manifests had it before
    both = summed([counts, earlier])
    assert (counts["passed"], both["passed"], both["articles"]) == (15, 15, 6)


def test_files_of_many_days_are_written_together_and_the_same(archive, tmp_path, monkeypatch):
    source = archive(20)
    coded(source, tmp_path / "a")
    monkeypatch.setattr("detente.bulk.partition.ROWS", 3)  # of one group, and of one file
    coded(source, tmp_path / "b")
    assert len(list(read_dataset(tmp_path / "a"))) == len(list(read_dataset(tmp_path / "b")))
    assert max(each["rows"] for each in read_manifest(tmp_path / "b")["files"]) <= 3


def test_files_of_no_kind_that_is_read_are_named_once_and_counted(archive, tmp_path, held, caplog):
    archive(2)
    (tmp_path / "old.zip").write_bytes(b"PK")
    made = coded(str(tmp_path), tmp_path.with_suffix(".ds"))
    assert (made["coded"], made["passed"], made["refused"]) == (2, 1, 0)
    assert caplog.text.count("old.zip (unpack)") == 1


@pytest.mark.parametrize(
    ("address", "error", "told"),
    [
        ("s3://dumps/2031/", ImportError("Install s3fs to access S3"), r"s3://dumps/2031/ needs .*detente\[remote\]"),
        ("s3://dumps/2031/", OSError("no\nroute"), r"s3://dumps/2031/ cannot be reached: no: .*AWS_ACCESS_KEY_ID"),
        ("gs://dumps/a.jsonl", RuntimeError("401"), r"cannot be reached: 401.*GOOGLE_APPLICATION_CREDENTIALS"),
        ("ftp://dumps/a.jsonl", OSError("refused"), r"cannot be reached: refused: check the address.*keys for it$"),
    ],
)
def test_a_store_that_cannot_be_opened_is_told_in_a_line_with_what_to_do(tmp_path, monkeypatch, address, error, told):
    core = pytest.importorskip("fsspec.core")

    def opened(address):
        raise error

    monkeypatch.setattr(core, "url_to_fs", opened)
    with pytest.raises(DetenteError, match=told):
        coded(address, tmp_path / "ds")


def test_a_bucket_that_is_not_there_and_one_without_keys(tmp_path, monkeypatch):
    core = pytest.importorskip("fsspec.core")

    class Store:
        def info(self, path):
            raise FileNotFoundError(path) if path == "gone" else PermissionError("Forbidden")

    monkeypatch.setattr(core, "url_to_fs", lambda address: (Store(), address.split("://")[1]))
    with pytest.raises(InputError, match=r"nothing is found at s3://gone: check the name of the bucket"):
        coded("s3://gone", tmp_path / "ds")
    with pytest.raises(InputError, match=r"gs://shut cannot be listed: Forbidden: .*GOOGLE_APPLICATION_CREDENTIALS"):
        coded("gs://shut", tmp_path / "ds")


@pytest.mark.parametrize("verb", ["code", "merge"])
def test_results_are_not_written_to_an_address(verb, reports, detente, tmp_path, monkeypatch):
    """They went into a folder called 's3:'."""
    monkeypatch.chdir(tmp_path)
    status, _, err = detente(verb, reports, "-o", "s3://bucket/coded")
    assert status == 2 and "written to this machine only" in err and not (tmp_path / "s3:").exists()


def test_a_run_that_somebody_stops_says_that_it_can_go_on(reports, detente, tmp_path, monkeypatch):
    def stopped(*given, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr("detente.bulk.code_archive", stopped)
    status, _, err = detente("code", reports, "-o", tmp_path / "ds")
    assert status == 130 and "run the command again to go on" in err
