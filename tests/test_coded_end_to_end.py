"""From somebody's export to a brief, with no article and no theatre file: import, track, brief, outlook."""

import re
from datetime import date
from pathlib import Path

import pytest

from detente.brief import unsupported
from detente.dossier import Dossier
from detente.files import read_any, read_records
from detente.pipeline import assess, gather, incidents_of, outlook_of, roll_up, watched, write_brief
from detente.records import Article, CodedRow, Event, InputError
from detente.reference.actors import load
from detente.reference.pair import pair

FOLDER = Path(__file__).parent / "fixtures" / "coded"
PAIR = "Government of Iraq | Northern Hills Front"
FILES = {
    "ucdp": ("GEDEvent_v31_1.csv", "2031-01-27", 4),
    "icews": ("events.2031.tab", "2031-01-15", 2),
    "acled": ("acled.csv", "2031-02-03", 4),
}


@pytest.fixture(params=FILES, ids=FILES.keys())
def rows(request, detente, tmp_path):
    name, last, gaps = FILES[request.param]
    out = tmp_path / "rows.jsonl"
    status, _, err = detente("import", FOLDER / name, "-o", out)
    assert status == 0 and "rows" in err
    return out, last, gaps


def dossier(path):
    made = Dossier()
    for item in gather([str(path)]):
        made.add(item)
    return made


def test_track_names_the_last_attack_of_a_pair_given_on_the_command_line(rows, detente):
    path, last, gaps = rows
    status, out, _ = detente("track", path, "--dyad", PAIR)
    told = " ".join(out.split())
    assert status == 0 and f"state: lull; last attack that counts {last}" in told and f" {gaps} earlier gaps" in told


def test_the_brief_quotes_the_rows_and_carries_an_outlook(rows, detente, tmp_path):
    path, _, _ = rows
    for name in ("brief.md", "brief.html"):
        status, _, err = detente("brief", path, "--dyad", PAIR, "-o", tmp_path / name)
        assert status == 0, err
    text = (tmp_path / "brief.md").read_text()
    assert "# Tension between Iraq and Northern Hills Front has eased" in text
    assert "an attack on either side comes within 30 days" in text and "Northern Hills Front" in text
    assert ("fighting between Iraq" in text) == ("icews" not in text)  # two sides are not attacker and target


def test_nothing_in_it_is_unsupported_and_every_span_stands_in_its_row(rows):
    path, _, _ = rows
    place, dyad = watched(None, PAIR)
    known = dossier(path).tell(place)
    for event in known.events:
        spans = [event.trigger, event.evidence, *(m.span for m in (*event.actors, *event.recipients) if m.span)]
        for span in spans:
            assert known.articles[span.article].text[span.start : span.end] == span.quote
    day = date(2031, 2, 15)
    found = assess(place, dyad, known, day)
    assert unsupported(write_brief(place, found), found.dossier.articles) == []
    assert all(each.dyad == found.dyad.id and each.made == day for each in outlook_of(place, found))


def test_a_row_told_holds_only_what_the_row_says(rows):
    path, _, _ = rows
    given = {row.id: row for row in read_any(path) if isinstance(row, CodedRow)}
    known = dossier(path).tell(None)
    for key, row in given.items():
        for part in re.split(r"; (?=[\w ]+: )|\n\n", known.articles[key].text):
            name, value = part.split(": ", 1)
            assert " ".join(row.raw[name].split()) == value


def test_rows_that_list_each_happening_once_are_never_merged(detente, tmp_path):
    known = dossier(imported(detente, "GEDEvent_v31_1.csv", tmp_path)).tell(None)
    made = incidents_of(known, roll_up(None))
    assert len(made) == len(known.events) == 12  # 443 and 444: one day, one place, the same sides, two rows
    known = dossier(imported(detente, "events.2031.tab", tmp_path)).tell(None)
    made = incidents_of(known, roll_up(None))
    assert len(known.events) == 8 and len(made) == 7  # two sentences on one fight


def imported(detente, name, tmp_path, *options):
    out = tmp_path / f"{name}.rows.jsonl"
    assert detente("import", FOLDER / name, "-o", out, *options)[0] in (0, 4)
    return out


def test_merge_and_track_take_each_others_files(detente, tmp_path):
    rows = imported(detente, "events.2031.tab", tmp_path)
    status, _, err = detente("merge", rows, "-o", tmp_path / "merged.jsonl")
    assert status == 0 and "7 incidents" in err
    status, out, _ = detente("track", tmp_path / "merged.jsonl", "--dyad", PAIR)
    assert status == 0 and "2031-01-15" in out


def test_a_day_after_the_last_row_is_refused_and_not_called_calm(detente, tmp_path):
    rows = imported(detente, "events.2031.tab", tmp_path)
    status, _, err = detente("track", rows, "--dyad", PAIR, "--as-of", "2031-06-01")
    assert status == 2 and "nobody was listening" in err


def test_hindsight_is_written_into_everything_made_of_it(detente, tmp_path):
    rows = imported(detente, "acled.csv", tmp_path, "--hindsight")
    status, out, _ = detente("brief", rows, "--dyad", PAIR)
    assert status == 0 and "ACLED, taken as known on the day of the event" in out.split("## Sources")[1]


def test_rows_not_yet_known_are_not_used(detente, tmp_path):
    rows = imported(detente, "GEDEvent_v31_1.csv", tmp_path, "--known-at", "2032-06-01")
    status, out, _ = detente("track", rows, "--dyad", PAIR, "--as-of", "2031-02-20")
    assert status == 0 and "state: unknown" in out  # the rows exist, but nobody had them on that day


def test_rows_are_not_coded_again(detente, tmp_path):
    rows = imported(detente, "events.2031.tab", tmp_path)
    status, _, err = detente("code", rows, "-o", tmp_path / "coded.jsonl")
    assert status == 2 and "coded already" in err


def test_acled_terms_are_shown_on_import_and_on_export(detente, tmp_path):
    status, _, err = detente("import", FOLDER / "acled.csv", "-o", tmp_path / "rows.jsonl")
    assert status == 0 and "no raw data to others" in " ".join(err.split())
    status, _, err = detente("export", tmp_path / "rows.jsonl", "--to", "incidents", "-o", tmp_path / "out.csv")
    assert status == 0 and "no raw data to others" in " ".join(err.split())


def test_rows_to_parquet_and_bad_options(detente, tmp_path):
    out = tmp_path / "rows.parquet"
    assert detente("import", FOLDER / "GEDEvent_v31_1.csv", "-o", out)[0] == 0
    assert len(list(read_records(out, CodedRow))) == 12
    for options, told in (
        (("--format", "excel"), "choose one of"),
        (("--country", "Iraq"), "alpha-3"),
        (("--known-at", "soon"), "YYYY-MM-DD"),
        (("--known-at", "2031-01-01", "--hindsight"), "exclude each other"),
    ):
        status, _, err = detente("import", FOLDER / "acled.csv", "-o", out, *options)
        assert status == 2 and told in " ".join(err.split())


def test_every_format_is_told(detente, tmp_path):
    for name in ("20310101.export.CSV", "ngecEvents.DV.2031.txt", "ngec.jsonl"):
        known = dossier(imported(detente, name, tmp_path)).tell(None)
        assert known.events and all(isinstance(each, Event) for each in known.events)
        assert all(isinstance(each, Article) and each.published for each in known.articles.values())


@pytest.mark.parametrize(
    "text, a, b",
    [
        (PAIR, ("IRQ",), ("provisional.northern-hills-front",)),
        ("USA; GBR | iraq.kataib-hezbollah", ("USA", "GBR"), ("iraq.kataib-hezbollah",)),
        ("Military Forces of Mali (2021-) | JNIM", ("MLI.MIL",), None),
    ],
)
def test_a_pair_is_found_as_rows_are(text, a, b):
    found = pair(text, load())
    assert found.a == a and (b is None or found.b == b)


@pytest.mark.parametrize(
    "text", ["Iraq |", "Iraq | IS | PKK", "Iraq | Government of Iraq", "Iraq | Unidentified gunmen"]
)
def test_a_pair_that_is_none_is_refused(text):
    with pytest.raises(InputError, match="--dyad"):
        pair(text, load())
