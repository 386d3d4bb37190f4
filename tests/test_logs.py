"""What a run tells on standard error and in its summary: lines for people, one JSON object a line for machines."""

import json
import logging
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from commandtree import COMMANDS
from detente import console, logs
from detente.records import Quarantined
from test_docs import page, section


def lines(err: str) -> list[dict]:
    return [json.loads(line) for line in err.splitlines()]


def test_counts_stand_at_the_end_of_a_run(reports, detente):
    reports.write_text(reports.read_text() + '{"id": "r4", "text": ""}\n')
    status, _, err = detente("code", reports, "-o", "coded.jsonl")
    assert status == 4 and err.splitlines()[0].startswith("quarantined ") and "reports.jsonl:4" in err
    assert err.splitlines()[-1].startswith("read 4, coded 3, quarantined 1, gaps 0; ")


def test_json_lines_say_the_same_to_machines(reports, detente):
    reports.write_text(reports.read_text() + '{"id": "r4", "text": ""}\n')
    status, out, err = detente("code", reports, "--log-format", "json")
    told = lines(err)
    assert status == 4 and out.startswith('{"detente"'), "records stay on standard output"
    assert [each["level"] for each in told] == ["warning", "info"]
    assert told[0]["event"] == "quarantined" and told[0]["origin"].endswith(":4") and "text" in told[0]["reason"]
    summary = told[-1]
    assert {name: summary[name] for name in ("event", "command", "read", "coded", "quarantined", "gaps", "exact_copies")} == {
        "event": "summary", "command": "code", "read": 4, "coded": 3, "quarantined": 1, "gaps": 0, "exact_copies": 0,
    }  # fmt: skip
    assert summary["events"] >= 3 and summary["seconds"] >= 0
    assert datetime.fromisoformat(summary["time"]).utcoffset().total_seconds() == 0


def test_the_way_of_one_command_is_not_that_of_the_next(reports, detente):
    detente("--log-format", "json", "--verbose", "read", reports)
    assert detente("read", reports)[2].startswith("read 3, coded 0")


@pytest.mark.parametrize("words", [("--verbose", "read"), ("read", "--verbose")], ids=["before", "after"])
def test_verbose_tells_each_step_with_its_time(reports, detente, words):
    _, _, err = detente(*words, reports)
    first = err.splitlines()[0]
    assert "debug detente.pipeline: reading" in first and first[2] == first[5] == ":" and "reports.jsonl" in first


def test_verbose_names_every_article(reports, detente):
    told = lines(detente("code", reports, "-o", "c.jsonl", "--verbose", "--log-format", "json")[2])
    assert [each["article"] for each in told if "article" in each] == ["r1", "r2", "r3"]


def test_batches_of_an_archive_are_told(reports, detente):
    told = lines(detente("code", reports, "-o", "ds", "--batch", "2", "--verbose", "--log-format", "json")[2])
    batches = [each for each in told if each["message"].startswith("batch ")]
    assert sorted(each["items"] for each in batches) == [1, 2]
    assert (told[-1]["read"], told[-1]["coded"], told[-1]["quarantined"]) == (3, 3, 0)
    again = lines(detente("code", reports, "-o", "ds", "--log-format", "json")[2])[-1]
    assert (again["read"], again["coded"]) == (0, 0), "the file is done: it is not opened"


def test_variables_of_the_environment_do_the_same(reports, detente, monkeypatch):
    monkeypatch.setenv(logs.FORMAT, "json")
    monkeypatch.setenv(logs.VERBOSE, "1")
    assert {each["level"] for each in lines(detente("read", reports)[2])} == {"debug", "info"}
    monkeypatch.setenv(logs.FORMAT, "xml")
    status, _, err = detente("read", reports)
    assert status == 2 and "DETENTE_LOG_FORMAT=xml: write text or json" in err


def test_an_error_is_a_line_with_its_exit_code(reports, detente):
    status, _, err = detente("read", "nowhere.html", "--log-format", "json")
    (told,) = lines(err)
    assert status == 2 and told["level"] == "error" and "nowhere.html" in told["message"] and told["exit_code"] == 2


def test_a_summary_is_left_in_a_file(reports, detente):
    assert detente("merge", reports, "--summary", "s.json")[0] == 2
    failed = json.loads(Path("s.json").read_text())
    assert failed["command"] == "merge" and failed["exit_code"] == 2 and "run 'detente code'" in failed["error"]
    assert detente("code", reports, "-o", "c.jsonl", "--summary", "s.json")[0] == 0
    done = json.loads(Path("s.json").read_text())
    assert (done["exit_code"], done["error"], done["read"], done["coded"]) == (0, None, 3, 3)
    assert datetime.fromisoformat(done["started"]) <= datetime.fromisoformat(done["ended"])


def test_a_summary_that_cannot_be_written_is_an_error(reports, detente):
    status, _, err = detente("read", reports, "--summary", "/proc/s.json")
    assert status == 1 and "the summary could not be written" in err


def test_a_fault_of_ours_leaves_a_summary_and_its_traceback(tmp_path):
    code = (
        "import sys\nfrom detente import cli, console\n"
        "def broken(args):\n    console.use('log_format', 'json'); console.use('summary', sys.argv[1]); 1 / 0\n"
        "cli.main([], broken)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "s.json")], capture_output=True, text=True)
    (told,) = lines(done.stderr)
    assert done.returncode == 1 and told["level"] == "critical" and "ZeroDivisionError" in told["error"]
    assert json.loads((tmp_path / "s.json").read_text())["error"] == "ZeroDivisionError: division by zero"


def test_ten_quarantined_items_are_named_and_all_of_them_where_a_machine_reads(capsys):
    bad = [Quarantined(f"f:{n}", "no text") for n in range(30)]
    console.begin()
    console.mention(bad)
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 11 and told[-1] == "… and 20 more quarantined items"
    console.use("log_format", "json")
    console.mention(bad)
    assert len(lines(capsys.readouterr().err)) == 30


def test_nothing_is_set_up_for_who_imports_us():
    code = "import logging, detente.pipeline, detente.keeping.watch; print(logging.getLogger('detente').handlers)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_words_of_others_stay_on_one_line(capsys):
    console.begin()
    console.use("log_format", "json")
    logging.getLogger("detente.test").warning("two\nlines \u202e and “quotes”")
    (told,) = lines(capsys.readouterr().err)
    assert told["message"] == "two\nlines \u202e and “quotes”"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_takes_the_common_options(name):
    flags = {flag for p in COMMANDS[name].params for flag in p.opts}
    assert {"--verbose", "--log-format", "--summary"} <= flags
    common = section(page("reference/cli.md"), "## Common arguments")
    assert all(f"`{flag}" in common for flag in ("--verbose", "--log-format", "--summary"))
