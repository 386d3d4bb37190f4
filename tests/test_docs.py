"""The documentation tells the truth: every option and field stands in it, every link leads somewhere, every example runs."""

import dataclasses
import os
import re
import shlex
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
from typer.core import TyperOption

from commandtree import COMMANDS
from detente import records
from detente.events.explain import as_lines
from detente.files import KINDS
from detente.reading import read_text
from detente.records import MODALITIES, TYPES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("theatres/*/*.md")])
COMMON = {"--help", "--verbose", "--log-format", "--summary"}  # of every command, explained once
FENCE = re.compile(r"^```(\w*)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next of its level."""
    level = heading.split(" ")[0]
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading '{heading}'"
    return found[1]


# ------------------------------------------------------------------------------------------ reference
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_documented(name):
    told = section(page("reference/cli.md"), f"## detente {name}")
    options = {flag for p in COMMANDS[name].params if isinstance(p, TyperOption) for flag in p.opts}
    assert options - COMMON == set(re.findall(r"`(--?[a-z][a-z-]*)`(?=[,\s|]*(?:`|\|))", told))


def test_no_command_is_documented_that_does_not_exist():
    assert set(re.findall(r"^## detente (.+)", page("reference/cli.md"), re.MULTILINE)) == set(COMMANDS)


def test_every_exit_code_is_documented():
    told = section(page("reference/cli.md"), "## Exit codes")
    codes = {e.exit_code for e in vars(records).values() if isinstance(e, type) and issubclass(e, records.DetenteError)}
    assert {int(code) for code in re.findall(r"^\| (\d) \|", told, re.MULTILINE)} >= codes | {0, 4}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_record_and_field_is_documented(name):
    told = section(page("reference/records.md"), f"### {name}")
    assert [f.name for f in dataclasses.fields(KINDS[name])] == re.findall(r"^\| `(\w+)` \|", told, re.MULTILINE)


def test_every_type_modality_and_error_is_documented():
    told = page("reference/records.md")
    for word in (*TYPES, *MODALITIES):
        assert f"`{word}`" in told
    for name, value in vars(records).items():
        if isinstance(value, type) and issubclass(value, records.DetenteError):
            assert name in section(told, "## Errors")


def test_every_key_of_a_theatre_file_is_documented():
    told = page("reference/theatre-file.md")
    keys = set(re.findall(r"""\.(?:text|number|strings|choice|day|tables|take)\("(\w+)\"""", theatre_source()))
    assert len(keys) > 30
    assert sorted(key for key in keys if not re.search(rf"[`\[.]{key}[`\].]", told)) == []


def theatre_source() -> str:
    return (ROOT / "src/detente/reference/theatrefile.py").read_text("utf-8")


# ---------------------------------------------------------------------------------------------- links
def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", path.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, part = target.partition("#")
        goal = (path.parent / file).resolve() if file else path
        headings = re.findall(r"^#+ (.*)$", goal.read_text("utf-8"), re.MULTILINE) if part and goal.is_file() else []
        if not goal.exists() or (part and anchor(part) not in map(anchor, headings)):
            broken.append(target)
    assert not broken


def test_every_page_is_reached_from_the_overview():
    text = page("README.md") + page("decisions/README.md")
    for path in DOCS.rglob("*.md"):
        assert path.name in ("README.md",) or path.name in text, f"{path} is in no table of contents"


def test_pictures_are_small():
    for path in DOCS.rglob("*.png"):
        assert path.stat().st_size < 300_000, path


def committed() -> list[Path]:
    skip = {".git", ".venv", "build", "dist", "out", "__pycache__"}
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [
            f for f in folders if f not in skip and not f.endswith((".egg-info", "_cache")) and f != ".hypothesis"
        ]
        found += [
            Path(folder, name)
            for name in names
            if name not in skip and not name.endswith((".png", ".gz", ".parquet", ".pyc"))
        ]
    return found


def test_no_file_names_a_folder_of_one_machine():
    place = re.compile(rb"/(?:work|root|home/\w+)/|/tmp/bash")
    wrong = [str(path.relative_to(ROOT)) for path in committed() if path.name != Path(__file__).name and place.search(path.read_bytes())]  # fmt: skip
    assert wrong == []


# -------------------------------------------------------------------------------------------- examples
def commands_in(text: str) -> list[str]:
    """Every `detente …` line of the code blocks that shells run."""
    found = []
    for language, _, body in FENCE.findall(text):
        if language in ("", "console", "bash", "sh"):
            for line in body.replace("\\\n", " ").splitlines():
                for part in line.removeprefix("$ ").split(" | "):
                    if re.match(r"(?:\.venv/bin/)?detente [a-z]", part):
                        found.append(part)
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_shown_exist(path):
    for line in commands_in(path.read_text("utf-8")):
        words = shlex.split(line, comments=True)[1:]
        name = next((n for n in (" ".join(words[:2]), words[0]) if n in COMMANDS), None)
        assert name, f"{line}: there is no such command"
        known = {flag for p in COMMANDS[name].params for flag in (*p.opts, *p.secondary_opts)} | {"--help"}
        flags = {word.split("=")[0] for word in words[1:] if re.match(r"--?[a-z]", word)}
        assert flags <= known, f"{line}: unknown option"


def seen(expected: str, output: str) -> bool:
    """Whether the output holds the expected lines in order; '…' stands for anything."""
    parts = [re.escape(" ".join(part.split())) for line in expected.splitlines() for part in line.split("…")]
    return re.search(".*".join(part for part in parts if part), " ".join(output.split())) is not None


def test_the_check_of_output_can_fail():
    assert seen("a … c\nd", "a b c  d")
    assert not seen("a … c", "c a")


def test_the_tutorial_runs_as_written(tmp_path, monkeypatch, detente):
    monkeypatch.chdir(tmp_path)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = 0
    for language, file, body in FENCE.findall(page("tutorial/first-brief.md")):
        if file:
            Path(file).write_text(body, encoding="utf-8")
        elif language == "console":
            line, expected = (body.removeprefix("$ ") + "\n").split("\n", 1)
            if line.startswith("detente ") and "|" not in line:
                status, out, err = detente(*shlex.split(line)[1:])
            else:
                ran = subprocess.run(line, shell=True, capture_output=True, text=True, env={**os.environ, "PATH": path})
                status, out, err = ran.returncode, ran.stdout, ran.stderr
            assert status == 0, f"{line}\n{err}"
            assert seen(expected, out + err), f"{line}\nexpected: {expected}\ngot: {out}{err}"
            done += 1
    assert done >= 7 and Path("brief.html").stat().st_size > 5_000


def test_the_theatre_shown_can_be_read(tmp_path):
    from detente.reference.theatrefile import load_theatre

    blocks = [body for language, _, body in FENCE.findall(page("how-to/write-a-theatre.md")) if language == "toml"]
    (tmp_path / "theatre.toml").write_text("\n".join(blocks), encoding="utf-8")
    theatre = load_theatre(tmp_path)
    assert theatre.dyads[0].id in theatre.lulls and theatre.outlets and theatre.coverage.sources


def test_the_python_shown_runs(reports, coder, monkeypatch, capsys):
    monkeypatch.setattr("detente.events.coder.load_model", lambda *_: coder.nlp)
    shared: dict = {}
    blocks = [body for language, _, body in FENCE.findall(page("how-to/use-from-python.md")) if language == "python"]
    for body in blocks:
        exec(compile(body, "use-from-python.md", "exec"), shared)
    out = capsys.readouterr().out
    assert (
        len(blocks) == 3 and "denied" in out and "2020-03-11" in out.replace("datetime.date(2020, 3, 11)", "2020-03-11")
    )


def test_the_examples_of_each_modality_are_coded_so(coder):
    told = section(page("explanation/modality-and-attribution.md"), "## Modality")
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|$", told, re.MULTILINE)
    assert [name for name, _ in rows] == list(MODALITIES)
    wrong = []
    for modality, text in rows:
        traces: list = []
        coded = coder.code(read_text(text, id="x", published=date(2031, 5, 6)), traces)
        if modality not in [event.modality for event in coded.events]:
            wrong.append((modality, [as_lines(trace) for trace in traces]))
    assert not wrong


# ------------------------------------------------------------------------------------------- packaging
def test_every_data_file_is_packaged():
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["detente"]
    package = ROOT / "src/detente"
    packed = {file for pattern in patterns for file in package.glob(pattern)}
    left = [
        f for f in package.rglob("*") if f.is_file() and f.suffix not in (".py", ".pyc", ".tmp") and f not in packed
    ]
    assert not left, f"not in a wheel: {left}"
    for folder in {f.parent for f in package.rglob("*.py")}:
        assert (folder / "__init__.py").exists(), f"{folder} has no __init__.py: it would be left out of a wheel"


def test_what_a_release_needs_is_there():
    for name in ("LICENSE", "NOTICE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "CITATION.cff"):
        assert (ROOT / name).stat().st_size > 500, name
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text()
    assert "GeoNames" in (ROOT / "NOTICE").read_text()


def test_the_readme_names_only_targets_that_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for path in PAGES:
        assert set(re.findall(r"^make ([a-z]+)", path.read_text("utf-8"), re.MULTILINE)) <= targets, path
