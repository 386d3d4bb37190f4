"""Coding an archive into a dataset while the machine fails: what was finished stays, the next run goes on, the rest is done."""

import json
import random
import subprocess
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import works

from detente.bulk import Recipe, code_archive, open_engine
from detente.bulk.parts import parts_of
from detente.dataset import read_dataset, read_manifest
from detente.files import write_records
from detente.records import Article, FileFormatError, Page, Quarantined, SetupError
from detente.sources.warc import write_warc


def coded(sources, folder, *, work=works.plain, jobs=1, size=50, through=iter):
    engine = open_engine("processes", jobs)
    try:
        return code_archive(
            [str(each) for each in sources], folder, Recipe(), engine, size=size, work=work, through=through
        )
    finally:
        engine.close()


@pytest.fixture
def archive(tmp_path):
    """`archive(count, poison=number)`: a file of so many reports, three a day."""

    def write(count, poison=None):
        path = tmp_path / "reports.jsonl"
        rows = ({"id": f"r{n}", "published": str(date(2031, 5, 1) + timedelta(n // 3)), "outlet": "Example Wire",
                 "text": f"{'POISON' if n == poison else 'Troops met villagers'}. Report {n}."} for n in range(count))  # fmt: skip
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return path

    return write


def ids(folder):
    return sorted(each.id for each in read_dataset(folder) if isinstance(each, Article))


def noisy(path, count):
    """Reports that nothing packs small."""
    noise = random.Random(7)
    rows = ({"id": f"n{n:04}", "text": noise.randbytes(900).hex(), "published": "2031-05-01"} for n in range(count))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def stopped_after(batches):
    """A way through that ends the run, as a power cut does, once so many batches are on the disk."""

    def through(items):
        for n, each in enumerate(items):
            if n == batches:
                raise KeyboardInterrupt
            yield each

    return through


def test_a_full_disk_keeps_what_was_finished_and_the_next_run_goes_on(small_disk, tmp_path):
    source, folder = noisy(tmp_path / "reports.jsonl", 2000), small_disk / "ds"
    with pytest.raises(SetupError, match="no space left on device"):
        coded([source], folder)
    done = len(parts_of(folder))
    assert done > 2 and not list(folder.rglob("*.tmp")) and read_manifest(folder)["state"] == "coding"
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    made = coded([source], folder)
    assert made["held"] == 50 * done and made["coded"] == 2000 - 50 * done
    assert ids(folder) == [f"n{n:04}" for n in range(2000)]


def test_a_disk_that_fills_up_at_the_very_end(small_disk, tmp_path):
    """Batches fit, the files by date beside them do not."""
    source, folder = noisy(tmp_path / "reports.jsonl", 600), small_disk / "ds"
    with pytest.raises(SetupError, match="no space left on device"):
        coded([source], folder)
    assert len(parts_of(folder)) == 12
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    made = coded([source], folder)
    assert (made["held"], made["coded"]) == (600, 0) and len(ids(folder)) == 600 and not parts_of(folder)


def test_a_read_only_folder_is_said_at_once(shut_folder, archive, detente):
    with pytest.raises(SetupError, match="choose a place you may write to"):
        coded([archive(3)], shut_folder / "ds")
    status, _, err = detente("code", archive(3), "-o", shut_folder / "ds")
    assert (
        status == 3 and "read-only file system: choose a place" in err
    ) or "permission denied: choose a place" in err


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_article_that_needs_more_memory_than_there_is(archive, tmp_path, jobs):
    made = coded([archive(60, poison=31)], tmp_path / "ds", work=works.hungry, jobs=jobs, size=8)
    (bad,) = [each for each in read_dataset(tmp_path / "ds") if isinstance(each, Quarantined)]
    assert bad.origin.endswith(":32") and "MemoryError" in bad.reason and made["coded"] == 59


@pytest.mark.parametrize("where", [0.3, 0.6, 0.95], ids=["early", "middle", "late"])
def test_a_finished_batch_that_is_damaged_is_coded_anew(archive, tmp_path, caplog, where):
    source, folder = archive(60), tmp_path / "ds"
    with pytest.raises(KeyboardInterrupt):
        coded([source], folder, size=10, through=stopped_after(4))
    part = parts_of(folder)[1]
    body = bytearray(part.read_bytes())
    body[int(len(body) * where)] ^= 0xFF
    part.write_bytes(body)
    made = coded([source], folder, size=10)
    assert ids(folder) == sorted(f"r{n}" for n in range(60)) and made["held"] in (30, 40), "40: the byte meant nothing"


def test_damage_in_a_finished_file_is_named(archive, tmp_path):
    coded([archive(60)], tmp_path / "ds")
    file = next((tmp_path / "ds").glob("date=2031-05-03/*.parquet"))
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(FileFormatError, match=r"run-1-00000.parquet: damaged Parquet file"):
        ids(tmp_path / "ds")


def test_damaged_files_among_good_ones(archive, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    archive(5).rename(folder / "good.jsonl")
    write_records(folder / "records.jsonl", Article, [Article(f"a{n}", "Rain fell.") for n in range(9)])
    cut = (folder / "records.jsonl").read_text().splitlines()
    (folder / "records.jsonl").write_text("\n".join([*cut[:5], cut[5][:20]]) + "\n")
    pq.write_table(
        pa.table({"text": ["Rain fell again."] * 50, "published": [date(2031, 5, 9)] * 50}), folder / "table.parquet"
    )
    (folder / "table.parquet").write_bytes((folder / "table.parquet").read_bytes()[:-40])
    body = (
        b"<html><body><article><p>"
        + b"Envoys met in the old town for talks on the border. " * 9
        + b"</p></article></body></html>"
    )
    write_warc(
        str(folder / "crawl.warc.gz"),
        [Page(f"p{n}", body + b"%d" % n, "text/html", "0", f"https://news.example/{n}") for n in range(9)],
    )
    whole = (folder / "crawl.warc.gz").read_bytes()
    (folder / "crawl.warc.gz").write_bytes(whole[: len(whole) // 2])
    made = coded([folder], tmp_path / "ds")
    every = ids(tmp_path / "ds")
    assert {f"r{n}" for n in range(5)} | {"a0", "a1", "a2", "a3"} <= set(every), (
        "what stands before the damage is there"
    )
    assert 2 <= sum(each.startswith("p") or each.startswith("a-") for each in every) <= 5
    named = {
        each.origin.rsplit("/", 1)[1].split(":")[0].split("#")[0]
        for each in read_dataset(tmp_path / "ds")
        if isinstance(each, Quarantined)
    }
    assert named == {"records.jsonl", "table.parquet", "crawl.warc.gz"} and made["refused"] >= 3
    assert coded([folder], tmp_path / "ds")["read"] == 0, "nothing is tried again"
