"""The script of docs/how-to/run-every-day.md and the files beside it, as they are written there."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from webserver import Site

from conftest import REPORTS
from test_docs import FENCE, page

FILES = {
    file: body
    for _, file, body in FENCE.findall(page("how-to/run-every-day.md") + page("reference/operations.md"))
    if file
}
STEPS = ["watch", "code", "merge", "add", "score", "outlook", "brief"]


def test_the_metrics_that_alerts_and_tables_name_exist():
    told = page("reference/operations.md")
    named = set(re.findall(r"\b(detente_(?:watch|feed|desk|ledger)_\w+?)\b(?:_bucket)?", told)) | {"detente_info"}
    source = "".join(
        (Path(__file__).parents[1] / f"src/detente/{name}/measures.py").read_text() for name in ("keeping", "desk")
    )
    made = {each.removesuffix("_total") for each in re.findall(r'"(detente_\w+)"', source)}
    assert {each.removesuffix("_total") for each in named} - {"detente_info"} == made


def test_the_service_names_a_command_that_exists():
    (line,) = re.findall(r"ExecStart=\S+/detente (.+)", FILES["detente-watch.service"])
    assert line.split()[0] == "watch" and "--metrics 9464" in line and "127.0.0.1:9464" in FILES["prometheus.yml"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("flock") is None, reason="no flock (util-linux) here")
def test_a_day_twice_and_a_day_on_which_a_step_fails(tmp_path):
    site = Site()
    site.pages["/feed"] = (200, {}, feed(site, 1, 2))
    (tmp_path / "feeds.opml").write_text(
        f'<opml version="2.0"><body><outline text="Wire" xmlUrl="{site.base}/feed"/></body></opml>'
    )
    asks = "watch feeds.opml --once"
    assert FILES["day.sh"].count(asks) == 1
    # as written, but that it may ask a server of this machine
    (tmp_path / "day.sh").write_text(FILES["day.sh"].replace(asks, f"{asks} --allow-private --pause 0"))
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/reports.jsonl").write_text("".join(json.dumps(each) + "\n" for each in REPORTS))
    done = day(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), done.stderr
    first = summaries(tmp_path)
    assert list(first) == sorted(STEPS) and {each["exit_code"] for each in first.values()} == {0}
    assert (first["watch"]["coded"], first["code"]["coded"], first["add"]["read"] >= 3) == (2, 3, True)
    assert next((tmp_path / "out").glob("*.html")).stat().st_size > 10_000
    assert 'detente_watch_articles_total{outcome="coded"} 2.0' in (tmp_path / "watch.prom").read_text()
    lines = [json.loads(line) for line in next(tmp_path.glob("runs/*/log.jsonl")).read_text().splitlines()]
    assert [each["command"] for each in lines if each.get("event") == "summary"] == [
        *STEPS[:4],
        "outlook",
        "outlook",
        "brief",
    ]

    assert day(tmp_path).returncode == 0
    again = summaries(tmp_path)
    assert again["code"]["coded"] == again["watch"]["coded"] == again["add"]["records"] == 0, "nothing is done twice"

    (tmp_path / "feeds.opml").write_text("no OPML at all")
    failed = day(tmp_path)
    assert failed.returncode == 1 and failed.stderr.startswith("failed: watch; see runs/")
    assert summaries(tmp_path)["brief"]["exit_code"] == 0, "the others go on"
    site.close()


def feed(site, *numbers):
    """A feed with a page for each of its entries."""
    for n in numbers:
        body = f"<title>Talks {n}</title><article><h1>Talks {n}</h1><p>{'The two delegations met in the capital. ' * 9}</p>"
        site.pages[f"/{n}.html"] = (200, {"Content-Type": "text/html"}, body.encode())
    items = "".join(
        f"<item><title>Talks {n}</title><link>{site.base}/{n}.html</link><guid>g{n}</guid></item>" for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'.encode()


def day(folder):
    """Runs the script with as little around it as cron gives, Detente in `.venv` beside it."""
    if not (folder / ".venv").exists():
        (folder / ".venv").symlink_to(sys.prefix)
    env = {name: os.environ[name] for name in ("HOME", "XDG_CACHE_HOME") if name in os.environ}
    env |= {"PATH": "/usr/bin:/bin", "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(["sh", str(folder / "day.sh")], env=env, capture_output=True, text=True, timeout=1500)


def summaries(folder):
    return {each.stem: json.loads(each.read_text()) for each in sorted(folder.glob("runs/*/*.json"))}
