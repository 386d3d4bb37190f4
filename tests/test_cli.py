"""The command line as a user meets it: exit codes, pipes, files by their ending, help that teaches."""

import json
import re
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from commandtree import COMMANDS
from detente.cli import alone, app, main
from detente.files import read_records
from detente.records import Article, Day, Event, Incident


def kinds(bundle: str) -> list[str]:
    return [next(iter(json.loads(line))) for line in bundle.splitlines()]


def test_the_whole_way_in_one_pipe(reports, detente):
    status, articles, err = detente("read", reports)
    assert status == 0 and kinds(articles) == ["detente", "Article", "Article", "Article"]
    assert err.startswith("read 3, coded 0, quarantined 0, gaps 0; 3 articles, 0 exact copies; ")
    status, coded, err = detente("code", "-", stdin=articles)
    assert status == 0 and {"Article", "Event", "Tripwire"} <= set(kinds(coded)) and "read 3, coded 3" in err
    status, merged, _ = detente("merge", "-", stdin=coded)
    assert status == 0 and "Incident" in kinds(merged)
    status, shown, _ = detente("track", "-", "--theatre", "iraq-2020", "--as-of", "2020-04-20", stdin=merged)
    assert status == 0 and "as known on 2020-04-20" in " ".join(shown.split())
    assert "last attack that counts 2020-03-11" in " ".join(shown.split())


def test_a_real_shell_pipe(reports):
    run = f"{sys.executable} -m detente.cli"
    done = subprocess.run(
        f"{run} read - < {reports} | {run} code - | {run} merge -", shell=True, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert kinds(done.stdout).count("Article") == 3 and "Incident" in kinds(done.stdout)


def test_what_comes_before_the_output_is_a_pipe_closed_early(reports):
    done = subprocess.run(
        f"{sys.executable} -m detente.cli read {reports} | head -n 1", shell=True, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr


def test_raw_items_on_standard_input(reports, detente):
    status, coded, _ = detente("code", "-", stdin=reports.read_text())
    assert status == 0 and "Event" in kinds(coded)


def test_parquet_by_its_ending(reports, detente):
    assert detente("read", reports, "-o", "articles.parquet")[0] == 0
    assert [a.id for a in read_records("articles.parquet", Article)] == ["r1", "r2", "r3"]
    assert detente("code", "articles.parquet", "-o", "events.parquet")[0] == 0
    assert all(isinstance(e, Event) and e.trigger.quote for e in read_records("events.parquet", Event))
    assert pq.read_table("events.parquet").num_rows > 0
    assert detente("code", "articles.parquet", "-o", "coded.jsonl")[0] == 0
    assert detente("merge", "coded.jsonl", "-o", "incidents.parquet")[0] == 0
    assert list(read_records("incidents.parquet", Incident))
    assert detente("track", "coded.jsonl", "--as-of", "2020-04-20", "-o", "days.parquet")[0] == 0
    assert sum(day.acts for day in read_records("days.parquet", Day)) >= 1


def test_an_article_without_news_is_coded_all_the_same(detente, tmp_path):
    line = {
        "id": "d1",
        "title": "Weather",
        "published": "2020-04-01",
        "text": "It was a mild and cloudy day in spring.",
    }
    (tmp_path / "dull.jsonl").write_text(json.dumps(line))
    coded = tmp_path / "coded.jsonl"
    assert detente("code", tmp_path / "dull.jsonl", "-o", coded)[0] == 0
    status, _, err = detente("merge", coded, "-o", tmp_path / "merged.jsonl")
    assert status == 0 and "0 incidents" in err
    status, shown, _ = detente("track", tmp_path / "merged.jsonl", "--as-of", "2020-04-02")
    assert status == 0 and "state:" in shown


def test_articles_that_were_not_coded_are_not_taken_for_calm(reports, detente):
    detente("read", reports, "-o", "articles.jsonl")
    status, _, err = detente("track", "articles.jsonl")
    assert status == 2 and "detente code" in err


BAD_INPUT = {
    "no such file": (("read", "absent.html"), "absent.html"),
    "glob without match": (("read", "*.nothing"), "*.nothing"),
    "unknown ending": (("read", "reports.jsonl", "-o", "articles.xlsx"), "articles.xlsx"),
    "unknown theatre": (("code", "reports.jsonl", "--theatre", "atlantis"), "atlantis"),
    "unknown dyad": (("track", "coded.jsonl", "--dyad", "x-y", "--as-of", "2020-04-20"), "x-y"),
    "bad published": (("read", "reports.jsonl", "--published", "yesterday"), "--published yesterday"),
    "bad as-of": (("track", "coded.jsonl", "--as-of", "2020-02-30"), "--as-of 2020-02-30"),
    "bad day of the demo": (("demo", "--as-of", "soon"), "--as-of soon"),
    "many articles, no theatre": (("brief", "reports.jsonl"), "found 3 articles"),
    "no article": (("brief",), "found 0 articles"),
    "brief of another ending": (("brief", "one.txt", "--published", "2020-04-16", "-o", "brief.pdf"), "brief.pdf"),
    "nothing to explain": (("explain",), "sentence"),
    "unknown incident": (("explain", "coded.jsonl", "--incident", "i-0"), "i-0"),
    "unknown option": (("read", "reports.jsonl", "--colour"), "--colour"),
    "unknown command": (("predict",), "predict"),
}


@pytest.mark.parametrize("args, told", BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_bad_input_ends_with_2_and_says_what(args, told, reports, detente):
    reports.with_name("one.txt").write_text("Rockets struck a base in Iraq on Monday.\n")
    if "coded.jsonl" in args:
        detente("code", reports, "-o", "coded.jsonl")
    status, _, err = detente(*args)
    assert status == 2
    assert told in " ".join(err.split()) and "Traceback" not in err


def test_a_damaged_file_of_records_is_named_with_its_line_and_field(reports, detente):
    detente("read", reports, "-o", "articles.jsonl")
    lines = (reports.parent / "articles.jsonl").read_text().splitlines()
    lines[2] = lines[2].replace('"title"', '"titel"')
    (reports.parent / "articles.jsonl").write_text("\n".join(lines))
    status, _, err = detente("code", "articles.jsonl", "-o", "coded.jsonl")
    assert status == 2
    assert "articles.jsonl, line 3, field 'titel'" in " ".join(err.split())
    assert not (reports.parent / "coded.jsonl").exists()
    status, _, err = detente("code", "-", stdin="\n".join(lines))
    assert status == 2 and "standard input, line 3" in " ".join(err.split())


def test_a_bad_item_is_quarantined_and_the_rest_go_on(reports, detente):
    reports.write_text(reports.read_text() + '{"id": "r4", "title": "no text"}\nnot json\n')
    status, out, err = detente("read", reports)
    assert status == 4
    assert kinds(out).count("Article") == 3
    assert "quarantined 2" in err and "reports.jsonl:4" in err and "reports.jsonl:5" in err


def test_a_text_that_breaks_the_coder_is_quarantined(reports, detente, monkeypatch):
    def broken(self, draft, readings):
        raise IndexError("no such token")

    monkeypatch.setattr("detente.events.coder.Coder._code", broken)
    status, out, err = detente("code", reports)
    assert status == 4 and kinds(out).count("Article") == 3 and "no such token" in err


def test_a_sentence_that_breaks_the_judge_costs_its_article_only(reports, detente, monkeypatch):
    from detente.events.coder import Coder

    whole = Coder._readings

    def broken(self, drafts):
        if any(draft.article.id == "r2" for draft in drafts):
            raise IndexError("no such piece")
        return whole(self, drafts)

    monkeypatch.setattr(Coder, "_readings", broken)
    status, _, err = detente("code", reports)
    assert status == 4 and f"quarantined {reports}:2: " in err and "coded 2, quarantined 1" in err


def test_a_full_disk_is_told_in_one_line(reports, detente):
    (reports.parent / "taken").write_text("")
    status, _, err = detente("read", reports, "-o", "taken/articles.jsonl")
    assert status == 1 and err.startswith("detente: ") and "Traceback" not in err


PAGE = """<!doctype html><html><head><title>Rockets strike base | Example Wire</title>
<meta property="og:site_name" content="Example Wire"></head><body><article><h1>Rockets strike base in Iraq</h1>
<p>Three rockets struck a base that hosts American troops in northern Iraq on Monday, wounding two soldiers,
the Iraqi army said in a statement.</p>
<p>If the Americans do not leave, the attacks will go on, the militia Kataib Hezbollah warned on Tuesday.</p>
</article></body></html>"""


def test_the_brief_of_one_article_needs_no_theatre(reports, detente):
    (reports.parent / "page.html").write_text(PAGE)
    status, out, _ = detente("brief", "page.html", "--published", "2020-04-22")
    assert status == 0 and "# " in out and "[^1]" in out
    status, _, err = detente("brief", "page.html", "--published", "2020-04-22", "-o", "out/brief.html")
    assert status == 0 and "wrote" in err
    page = (reports.parent / "out" / "brief.html").read_text()
    assert page.lower().startswith("<!doctype html") and "Three rockets struck a base" in page
    assert not re.search(r"(src|href)=.https?://", page.split("</style>")[0]), "the page must stand alone"


def test_the_brief_of_a_theatre_reads_the_files_given(reports, detente):
    args = ("brief", reports, "--theatre", "iraq-2020", "--as-of", "2020-04-20", "-o", "brief.md")
    assert detente(*args)[0] == 0
    text = (reports.parent / "brief.md").read_text()
    assert "Example Wire" in text and "Rockets hit base near Baghdad" in text


SENTENCE = "The army denied that its jets had struck the convoy."


def test_explain_a_sentence(detente):
    status, out, _ = detente("explain", SENTENCE)
    assert status == 0 and SENTENCE in out
    assert "proposed" in out and re.search(r"kept +ASSAULT · denied", out)


def test_explain_as_json(detente):
    status, out, _ = detente("explain", SENTENCE, "--json")
    (trace,) = json.loads(out)
    assert status == 0 and set(trace) == {"text", "proposed", "dropped", "events", "tripwires", "links"}
    assert [(e["act"], e["modality"]) for e in trace["events"]] == [("ASSAULT", "denied")]


def test_explain_takes_long_sentences_files_and_standard_input(reports, detente):
    assert detente("explain", f"{SENTENCE} {'The talks went on for many hours. ' * 20}")[0] == 0
    assert "denied" in detente("explain", "-", stdin=SENTENCE)[1]
    (reports.parent / "note.txt").write_text(SENTENCE)
    assert "denied" in detente("explain", "note.txt")[1]


def test_explain_an_incident(reports, detente):
    detente("code", reports, "-o", "coded.jsonl")
    _, merged, _ = detente("merge", "coded.jsonl")
    detente("merge", "coded.jsonl", "-o", "merged.jsonl")
    found = [json.loads(line)["Incident"] for line in merged.splitlines() if line.startswith('{"Incident"')]
    status, out, _ = detente("explain", "merged.jsonl", "--incident", found[0]["id"])
    assert status == 0 and out.strip()


def test_version_and_bare_call(detente):
    assert detente("--version")[:2] == detente("version")[:2]
    status, out, _ = detente("version")
    assert status == 0 and re.fullmatch(r"\d+\.\d+\.\d+\S*\n", out)
    status, out, err = detente()
    assert status in (0, 2) and "is this calm peace" in out + err


def test_doctor_finds_this_machine_in_order(detente):
    status, out, _ = detente("doctor")
    assert status == 0 and "WRONG" not in out
    for name in ("Python", "packages", "model", "gazetteer", "codebook", "disk", "database"):
        assert name in out


def test_doctor_says_how_to_mend(detente, monkeypatch):
    monkeypatch.setattr("detente.doctor.LEAST_PYTHON", (99, 0))
    status, out, _ = detente("doctor")
    assert status == 3 and "WRONG" in out and "install Python 99.0" in out


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_teaches(name, detente):
    status, out, _ = detente(*name.split(), "--help")
    assert status == 0
    text = " ".join(out.split())
    assert len(COMMANDS[name].help.split()) >= 3
    assert name in ("doctor", "version", "demo") or f"detente {name} " in text.partition("Usage:")[2][20:], "no example"
    for option in COMMANDS[name].params:
        if option.name != "help":
            assert option.help, f"{name} {option.name} is not explained"


def test_help_of_the_whole_names_every_exit_code(detente):
    text = " ".join(detente("--help")[1].split())
    for code in ("0 done", "1 something failed", "2 the input", "3 this machine", "4 done, but"):
        assert code in text
    for name in COMMANDS:
        assert name.split()[0] in text


@pytest.mark.slow
def test_the_demo_tells_three_different_stories(detente, tmp_path):
    heads = set()
    for day in ("2020-03-13", "2020-04-21", "2020-05-07"):
        status, _, _ = detente("demo", "--as-of", day, "-o", tmp_path / day)
        assert status == 0 and (tmp_path / day / "brief.html").stat().st_size > 10_000
        heads.add(next(x for x in (tmp_path / day / "brief.md").read_text().splitlines() if x.startswith("# ")))
    assert len(heads) == 3


def test_main_is_what_the_console_script_calls():
    from importlib.metadata import entry_points

    (script,) = [each for each in entry_points(group="console_scripts") if each.name == "detente"]
    assert script.load() is main


@pytest.mark.parametrize("verb", ["track", "train-ear", "ledger"])
def test_a_verb_built_alone_is_the_verb_among_all(verb, detente):
    mine = alone([verb, "--help"])
    assert len(mine.registered_commands) + len(mine.registered_groups) == 1
    assert detente(verb, "--help") == detente("--log-format", "text", verb, "--help")  # so that all are built


@pytest.mark.parametrize("words", [[], ["--help"], ["--verbose", "track"], ["trakc"]])
def test_without_a_verb_at_the_beginning_everything_is_built(words):
    assert alone(words) is app


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("coded.json", "name a file that ends in .jsonl or .parquet, or a folder"),
        ("coded.jsonl.gz", "name a file that ends in .jsonl or .parquet, or a folder"),
        ("s3://bucket/coded", "results are written to this machine only"),
    ],
)
def test_an_output_of_a_kind_that_is_not_written_makes_no_folder(reports, tmp_path, monkeypatch, capsys, output, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["code", str(reports), "-o", output])
    assert ended.value.code == 2 and said in " ".join(capsys.readouterr().err.split())
    assert list(tmp_path.iterdir()) == [reports]
