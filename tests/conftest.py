"""What several test files share: the coder (slow to load) and three invented reports."""

import io
import json
from datetime import date

import pytest

from detente.cli import main
from detente.records import Article

REPORTS = (
    {
        "id": "r1", "title": "Rockets hit base near Baghdad", "published": "2020-03-12", "outlet": "Example Wire",
        "text": "Eighteen rockets hit a base that houses American troops north of Baghdad on Wednesday, killing two "
        "soldiers, the coalition said. Nobody has claimed the attack.",
    },
    {
        "id": "r2", "title": "Militia blamed for rockets", "published": "2020-03-13", "outlet": "Second Example",
        "text": "Two soldiers were killed when rockets struck the Taji base north of Baghdad on Wednesday. The United "
        "States blamed Kataib Hezbollah for the attack.\n\nThe militia denied that it had fired the rockets.",
    },
    {
        "id": "r3", "title": "Militia threatens attacks", "published": "2020-04-15", "outlet": "Example Wire",
        "text": "If American forces do not leave Iraq, Kataib Hezbollah will attack their bases again, a spokesman for "
        "the group said on Tuesday.",
    },
)  # fmt: skip


@pytest.fixture(scope="session")
def coder():
    """One coder for the whole session: loading the parser takes seconds."""
    from detente.events.coder import Coder

    return Coder()


@pytest.fixture
def reports(tmp_path, monkeypatch):
    """A working folder that holds the three reports as reports.jsonl."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(report) + "\n" for report in REPORTS), encoding="utf-8")
    return path


@pytest.fixture
def detente(capsys, coder, monkeypatch):
    """Runs a command in this process as the shell would: `status, out, err = detente("read", file, stdin="...")`."""
    # the parser is the slow part of a coder that knows a theatre: lend it the one already loaded
    monkeypatch.setattr("detente.events.coder.load_model", lambda *_: coder.nlp)

    def run(*args, stdin=""):
        body = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(body)), encoding="utf-8"))
        try:
            main([str(arg) for arg in args])
            status = 0
        except SystemExit as ended:
            status = ended.code or 0
        return status, *capsys.readouterr()

    return run


@pytest.fixture(scope="session")
def articles():
    """The three reports as articles."""
    return [Article(**{**report, "published": date.fromisoformat(report["published"])}) for report in REPORTS]
