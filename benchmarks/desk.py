"""The desk on a large ledger: how heavy its pages are, how long the server works on each, how many it serves.

    python benchmarks/deskfill.py --ledger /tmp/big.sqlite --events 10000 --times 100
    python benchmarks/desk.py pages --ledger /tmp/big.sqlite --data /tmp/desk
    python benchmarks/desk.py load --ledger /tmp/big.sqlite --data /tmp/desk

`pages` asks in one process, each page some times; the first answer ("cold") is told apart. CPU is what the answering thread
needed, and holds on a busy machine as well; wall is what a reader there waited. Weight is what a browser loads: the page and
all it names, packed. `load` starts the desk as users do (4 workers) and lets wrk ask for 60 s with 50 connections.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

TIMES = 30
_NAMED = re.compile(r'<(?:script|link|img)\b[^>]*?(?:src|href)="(/[^"]+)"[^>]*>')
_LUA = """local paths, n = {%s}, 0
request = function() n = n + 1; return wrk.format("GET", paths[n %% #paths + 1]) end
"""


def set_up(ledger: str, data: str) -> None:
    """The desk on the ledger, with tables, static files and two published stories."""
    from detente.desk import start

    start.prepare(Path(data), ledger, ["iraq-2020"])
    start.bring_up()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    publish()


def publish() -> None:
    """Two stories, where none is published yet."""
    from django.contrib.auth.models import Group

    from detente.desk.accounts.models import User
    from detente.desk.publishing import flow, proposing
    from detente.desk.publishing.models import Story

    editors = [User.objects.get_or_create(username=f"benchmark-{n}")[0] for n in range(2)]
    for each in editors:
        each.groups.add(Group.objects.get(name="editor"))
    for dyad in ("us-factions", "us-iran") if not Story.objects.filter(published__isnull=False).exists() else ():
        began = time.process_time()
        story = proposing.propose("iraq-2020", dyad, None, editors[0], "benchmark", patient=True)
        took = time.process_time() - began
        for each in editors:  # headlines that accuse need two approvals
            flow.approve(story.newest, each, "benchmark")
        flow.publish(story.newest, editors[0])
        print(f"  proposed {dyad}: {took:.1f} CPU s, {story.newest.brief.headline.text}")


def addresses() -> dict[str, str]:
    """A page of each kind, by name."""
    from detente.desk.book import ledger
    from detente.desk.publishing.models import Story
    from detente.records import Incident

    story = Story.objects.filter(published__isnull=False).first()
    found = {"front": "/", "article": story.get_absolute_url() if story else "/", "atom": "/feeds/atom.xml"}
    theatre = "/theatres/iraq-2020/"
    found |= {"theatres": "/theatres/", "theatre": theatre, "dyad": f"{theatre}dyads/us-factions/"}
    found |= {name: f"{theatre}{name}/" for name in ("map", "actors", "tripwires", "coverage", "outlook")}
    near = next(iter(ledger().read(Incident, as_of=None, since=None, about=["country:IRQ"])))
    found |= {"an incident": f"{theatre}incidents/{near.id}/", "an actor": f"{theatre}actors/USA/"}
    api = "/api/theatres/iraq-2020/dyads/us-factions/"
    found |= {"api incidents": "/api/incidents", "api incidents, day": "/api/incidents?as_of=2015-03-01&limit=200"}
    found |= {"api incidents, far": "/api/incidents?offset=9800&limit=200", "api tripwires": "/api/tripwires"}
    found |= {"api dyad": f"{api}incidents?limit=200", "api forecasts": f"{api}forecasts"}
    return found | {"api incident": f"/api/incidents/{near.id}"}


def pages(times: int, only: str) -> None:
    """Print a table of all pages."""
    from django.test import Client

    from detente.desk.api import limits

    limits.LIMITS.clear()
    client = Client(HTTP_ACCEPT_ENCODING="gzip")
    print("| page | status | cold s | CPU ms, median | p95 | wall ms, median | p95 | packed kB | with all it names |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, url in addresses().items():
        if not re.search(only, name):
            continue
        cold, answer = asked(client, url)
        took = [asked(client, url)[0] for _ in range(times)]
        cpu, wall = (sorted(each[n] * 1000 for each in took) for n in (0, 1))
        body = gzip.decompress(answer.content) if answer.get("Content-Encoding") else answer.content
        named = sum(weight(path) for path in set(_NAMED.findall(body.decode())))
        print(f"| {name} | {answer.status_code} | {cold[0]:.2f} | {statistics.median(cpu):.0f} | {cpu[int(0.95 * len(cpu))]:.0f} "
              f"| {statistics.median(wall):.0f} | {wall[int(0.95 * len(wall))]:.0f} "
              f"| {len(answer.content) / 1000:.1f} | {(len(answer.content) + named) / 1000:.1f} |", flush=True)  # fmt: skip


def asked(client: Any, url: str) -> tuple[tuple[float, float], Any]:
    """CPU and wall seconds of one answer, and the answer."""
    busy, began = time.thread_time(), time.monotonic()
    answer = client.get(url)
    return (time.thread_time() - busy, time.monotonic() - began), answer


def weight(path: str) -> int:
    """Bytes of a static file as it is sent (packed where whitenoise packs it); pages that a link names do not count."""
    from django.conf import settings

    if not path.startswith("/static/"):
        return 0
    file = settings.STATIC_ROOT / path.removeprefix("/static/")
    packed = file.with_name(f"{file.name}.gz")
    return (packed if packed.exists() else file).stat().st_size


def load(ledger: str, data: str, seconds: int, clients: int, workers: int) -> None:
    """Serve and ask; print what wrk says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DETENTE"))}
    command = [sys.executable, "-m", "detente.cli", "desk", "--ledger", ledger, "--data", data, "--port", str(port)]
    server = subprocess.Popen([*command, "--workers", str(workers)], env=env)
    base = f"http://127.0.0.1:{port}"
    try:
        every = [path for name, path in addresses().items() if "api" not in name]  # the API counts by visitor
        for path in ["/theatres/"] * 6 * workers + every * 2:  # until each worker has read its theatre
            answered(base + path)
        told = ", ".join(f'"{path}"' for path in every)
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            script.write(_LUA % told)
            script.flush()
            print(f"{len(every)} pages in turn, {workers} workers, {clients} connections, {seconds} s", flush=True)
            subprocess.run(["wrk", "-t2", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", script.name, base], check=True)  # fmt: skip
    finally:
        server.terminate()
        server.wait(120)


def answered(address: str) -> None:
    """Wait until the server answers; an error of its own is raised."""
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=300).read()
            return
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"{address} did not answer")


def main() -> None:
    """Measure pages, or load."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("pages", "load"))
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--data", required=True, help="folder for static files and the like")
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--only", default="", help="pages whose name fits this pattern")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--workers", type=int, default=4)
    args = parser.parse_args()
    set_up(args.ledger, args.data)
    if args.what == "pages":
        pages(args.times, args.only)
    else:
        load(args.ledger, args.data, args.seconds, args.clients, args.workers)


if __name__ == "__main__":
    main()
