"""Files are written whole or not at all: on a full disk, in a folder nobody may write to, killed at any moment."""

import os
import random
import resource
import signal
import stat
import time
from datetime import date

import pytest

from detente.files import read_records, write_bundle, write_records
from detente.records import Article, Gap, SetupError
from detente.sources import make_page
from detente.sources.warc import write_warc
from detente.whole import replacing, write_whole

OLD = Gap("wire", date(2020, 1, 1), date(2020, 1, 2), "silent")


def articles(count=4000):
    noise = random.Random(7)
    return (Article(f"a{n}", noise.randbytes(600).hex()) for n in range(count))  # hex: nothing packs it to 2 MB


def pages(count=3000):
    noise = random.Random(7)
    return (make_page(noise.randbytes(900), "text/html", "", {}) for _ in range(count))


WRITERS = {
    "a.jsonl": lambda path: write_records(path, Article, articles()),
    "a.parquet": lambda path: write_records(path, Article, articles(8000)),
    "bundle.jsonl": lambda path: write_bundle(path, articles()),
    "p.warc": lambda path: write_warc(str(path), pages()),
    "p.warc.gz": lambda path: write_warc(str(path), pages()),
    "brief.html": lambda path: write_whole(path, b"x" * 3_000_000),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_is_said_and_leaves_what_stood_there(small_disk, name):
    path = small_disk / name
    path.write_text("what stood here\n")
    with pytest.raises(SetupError, match=rf"{name}: no space left on device; nothing was written"):
        WRITERS[name](path)
    assert [each.name for each in small_disk.iterdir()] == [name] and path.read_text() == "what stood here\n"


@pytest.mark.parametrize("name", WRITERS)
def test_a_read_only_folder_is_said(shut_folder, name):
    with pytest.raises(SetupError, match="nothing was written under this name: choose a place you may write to"):
        WRITERS[name](shut_folder / "new" / name)
    with pytest.raises(SetupError):
        WRITERS[name](shut_folder / name)
    assert [each.name for each in shut_folder.iterdir()] == ["old.jsonl"]


def test_the_command_says_it_in_one_line(detente, reports, small_disk):
    (small_disk / "filler").write_bytes(b"x" * (2 * 1024**2 - 8192))
    reports.write_bytes(
        reports.read_bytes() * 1 + b"".join(b'{"text": "%s"}\n' % (b"word %d " % n * 40) for n in range(60))
    )
    status, out, err = detente("read", reports, "-o", small_disk / "out.jsonl")
    assert status == 3 and out == "" and "out.jsonl: no space left" in err and err.count("\n") <= 2


def test_a_full_standard_output_is_said(child, tmp_path):
    (tmp_path / "a.txt").write_text("Rockets hit the base near the river, the army said on Monday.\n" * 9)
    with open("/dev/full", "w") as full:
        process = child("from detente.cli import main; main()", "read", "a.txt", stdout=full)
        said = process.communicate()[1]
    assert process.returncode == 1 and "detente: No space left on device" in said and "Traceback" not in said


def test_the_largest_file_a_user_may_write(child, tmp_path):
    code = ("import sys; from detente.files import write_records; from detente.records import Article, SetupError\n"
            "try: write_records('a.jsonl', Article, (Article(str(n), 'x' * 500) for n in range(999)))\n"
            "except SetupError as error: print(error); sys.exit(3)")  # fmt: skip
    (tmp_path / "a.jsonl").write_text("what stood here\n")
    process = child(code, limits={resource.RLIMIT_FSIZE: 64 * 1024})
    out, err = process.communicate()
    assert process.returncode == 3 and "file too large" in out, err
    assert (tmp_path / "a.jsonl").read_text() == "what stood here\n" and len(list(tmp_path.iterdir())) == 1


def test_bytes_reach_the_disk_before_the_name_does(tmp_path, monkeypatch):
    told: list[str] = []
    sync, replace = os.fsync, os.replace

    def fsync(handle):
        told.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else f"file of {os.fstat(handle).st_size}")
        sync(handle)

    def rename(a, b):
        told.append("renamed")
        replace(a, b)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", rename)
    write_whole(tmp_path / "new" / "x.html", b"twelve bytes")
    assert told == ["file of 12", "renamed", "folder"]


def test_links_and_permissions_stay(tmp_path):
    target = tmp_path / "kept.html"
    target.write_text("old")
    target.chmod(0o640)
    (tmp_path / "link.html").symlink_to(target)
    write_whole(tmp_path / "link.html", b"new")
    assert (tmp_path / "link.html").is_symlink() and target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_device_is_written_to_not_replaced():
    write_whole("/dev/null", b"x")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_an_error_of_the_reader_is_not_told_as_one_of_the_writer(tmp_path):
    with pytest.raises(PermissionError) as caught, replacing(tmp_path / "x"):
        raise PermissionError(13, "Permission denied", "/elsewhere/page.html")
    assert caught.value.filename == "/elsewhere/page.html" and not list(tmp_path.iterdir())


REWRITES = """
import sys
from datetime import date
from detente.files import write_records
from detente.records import Gap
print("ready", flush=True)
for n in range(10**6):
    write_records(sys.argv[1], Gap, [Gap("wire", date(2020, 1, 1), date(2020, 1, 2), str(n))] * 50)
"""


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_killed_while_writing_the_old_or_the_new_file_stands(child, tmp_path, ending):
    path, choose = tmp_path / f"gaps.{ending}", random.Random(3)
    write_records(path, Gap, [OLD])
    for _ in range(3):
        process = child(REWRITES, path)
        process.stdout.readline()
        time.sleep(choose.random() * 0.3)
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = list(read_records(path, Gap))
        assert found == [OLD] or (len(found) == 50 and len(set(found)) == 1)
