"""A merged dataset: one dyad read from what can matter to it, with the same result as the long way round."""

import gzip
import json
import os
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from detente.bulk.engines import Here, open_engine
from detente.bulk.merging import spread
from detente.dossier import Dossier
from detente.files import read_any
from detente.merged.layout import is_merged
from detente.merged.state import assess_merged
from detente.merged.write import merge_archive
from detente.pipeline import assess, load_theatre, outlook_of
from detente.records import FileFormatError, Gap, Heard, InputError
from detente.reference.pair import pair_theatre
from detente.tension.lines import _marks, bears, may_mark
from detente.tension.lull import LEAD, WINDOW, window
from detente.tension.sides import Watch
from detente.tension.tripwires import concerns
from detente.tracking import tracked

# 81 reports of the bundled theatre, as the coder read them
CODED = Path(__file__).parents[1] / "desk" / "coded.jsonl.gz"
PAIRS = ("USA|IRN", "Iraq|IS", "Iran|Iraq")


@pytest.fixture(scope="session")
def coded(tmp_path_factory):
    path = tmp_path_factory.mktemp("coded") / "coded.jsonl"
    path.write_bytes(gzip.decompress(CODED.read_bytes()))
    made = Dossier()
    for item in read_any(path):
        made.add(item)
    return made


def report_days(dossier):
    return sorted({each.published for each in dossier.articles.values() if each.published})


@pytest.fixture(scope="session")
def merged(coded, tmp_path_factory):
    """The theatre merged as known on every fifth day of reports."""
    folder = tmp_path_factory.mktemp("merged") / "all"
    merge_archive(coded, folder, load_theatre("iraq-2020"), inputs="coded", days=report_days(coded)[::5])
    return folder


def watched(name="iraq-2020"):
    """Every dyad of the theatre, and some pairs that are none."""
    theatre = load_theatre(name)
    yield from ((theatre, each.id) for each in theatre.dyads)
    yield from ((pair_theatre(each, theatre), None) for each in PAIRS)


def same(theatre, dyad, dossier, folder, day):
    """Both ways give one series, one calm, the same tripwires, forecasts, counts; and were not the same work."""
    long, short = assess(theatre, dyad, dossier, day), assess_merged(folder, theatre, dyad, day)
    watch = Watch(long.dyad, long.rolls_up, long.theatre)
    assert short.series == long.series
    assert short.lull == long.lull
    mine = [[each for each in found.tripwires if concerns(each, watch)] for found in (short, long)]
    assert mine[0] == mine[1]
    assert outlook_of(theatre, short) == outlook_of(theatre, long)
    assert short.counts == long.counts
    assert {each.id for each in short.dossier.incidents} <= {each.id for each in long.dossier.incidents}
    return long, short


@pytest.mark.parametrize("at", [1, 3, -1])
def test_every_dyad_is_the_same_as_read_from_everything(coded, merged, at):
    day = report_days(coded)[5 * at] if at > 0 else report_days(coded)[at]
    fewer = 0
    for theatre, dyad in watched():
        long, short = same(theatre, dyad, coded, merged, day)
        fewer += len(short.dossier.incidents) < len(long.dossier.incidents)
    assert fewer >= 3, "not everything is read"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "least"), [("iraq-2020", 6), ("caucasus-2022", 2)])
def test_the_whole_bundled_theatres_on_days_a_month_apart(coder, tmp_path, name, least):
    from detente.pipeline import code_all, gather, theatre_coder, theatre_reports

    theatre, dossier = load_theatre(name), Dossier()
    for article, found in code_all(theatre_coder(theatre), gather(theatre_reports(theatre))):
        dossier.add(article)
        dossier.add(found)
    made = merge_archive(dossier, tmp_path / "m", theatre, inputs="x", every=30)
    days = [date.fromisoformat(each["as_of"]) for each in made["stands"]]
    assert len(days) >= least
    for day in days[1:]:
        for place, dyad in watched(name):
            same(place, dyad, dossier, tmp_path / "m", day)


def test_a_day_without_reports_is_told_by_the_day_before_and_other_days_are_refused(coded, merged):
    theatre, days = load_theatre("iraq-2020"), report_days(coded)
    same(theatre, None, coded, merged, days[-1] + timedelta(days=9))
    with pytest.raises(InputError, match=f"cannot be read as of {days[-3]}.*--as-of {days[-3]}"):
        assess_merged(merged, theatre, None, days[-3])
    with pytest.raises(InputError, match="nothing was reported"):
        assess_merged(merged, theatre, None, date(1999, 1, 1))


def test_gaps_that_were_noted_count_as_on_the_long_way(coded, tmp_path):
    theatre, last = load_theatre("iraq-2020"), report_days(coded)[-1]
    noted = Dossier(coded.articles, coded.events, coded.tripwires, coded.links, coded=coded.coded)
    noted.gaps = [Gap("Gulf Wire", last - timedelta(days=9), last + timedelta(days=3), "no answer")]
    noted.heard = [Heard("Canal Press", last - timedelta(days=n), True) for n in range(5)]
    merge_archive(noted, tmp_path / "m", theatre, inputs="x")
    long, short = same(theatre, None, noted, tmp_path / "m", last)
    assert any(day.sources for day in short.series.days) and long.series.gaps


def test_a_picture_gets_the_words_of_all_its_incidents(coded, merged):
    from detente.brief.track import track_page

    theatre, day = load_theatre("iraq-2020"), report_days(coded)[-1]
    drawn = assess_merged(merged, theatre, None, day, whole=True)
    assert track_page(tracked(drawn)) == track_page(tracked(assess(theatre, None, coded, day)))


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["processes", "dask", "ray"])
def test_the_bytes_are_the_same_on_every_engine(coded, merged, tmp_path, name, monkeypatch):
    pytest.importorskip({"processes": "detente", "dask": "distributed", "ray": "ray"}[name])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # Ray's workers import from here too
    theatre, engine = load_theatre("iraq-2020"), open_engine(name, 2)
    try:
        merge_archive(
            coded, tmp_path / "m", theatre, inputs="coded", days=report_days(coded)[::5], spread=spread(engine, theatre)
        )
    finally:
        engine.close()
    assert files(tmp_path / "m") == files(merged)


def test_a_run_that_was_stopped_merges_no_kind_twice_and_gives_the_same_bytes(coded, merged, tmp_path):
    theatre, days = load_theatre("iraq-2020"), report_days(coded)[::5]
    done = []

    def merging(parts, most):
        for made in spread(Here(), theatre)(parts):
            if len(done) == most:
                raise KeyboardInterrupt
            done.append(made[0].id)
            yield made

    with pytest.raises(KeyboardInterrupt):
        merge_archive(coded, tmp_path / "m", theatre, inputs="coded", days=days, spread=lambda parts: merging(parts, 9))
    kept = len(list((tmp_path / "m" / "parts").glob("*.parquet")))
    assert len(done) == kept == 9
    with pytest.raises(InputError, match="not finished"):
        assess_merged(tmp_path / "m", theatre, None, None)
    whole = []
    merge_archive(coded, tmp_path / "w", theatre, inputs="coded", days=days,
                  spread=lambda parts: (whole.append(1) or each for each in spread(Here(), theatre)(parts)))  # fmt: skip
    merge_archive(coded, tmp_path / "m", theatre, inputs="coded", days=days, spread=lambda parts: merging(parts, -1))
    assert len(done) == len(whole), "none twice"
    assert files(tmp_path / "m") == files(merged)


def test_other_inputs_other_days_and_other_theatres_are_refused(coded, merged, tmp_path):
    theatre = load_theatre("iraq-2020")
    with pytest.raises(InputError, match="made of something else"):
        merge_archive(coded, merged, theatre, inputs="other")
    with pytest.raises(InputError, match="merged for the theatre 'iraq-2020'"):
        assess_merged(merged, pair_theatre("USA|IRN"), None, None)
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="holds something else"):
        merge_archive(coded, tmp_path / "f", theatre, inputs="x")


def test_a_damaged_file_is_named(merged, tmp_path, coded):
    import shutil

    shutil.copytree(merged, tmp_path / "m")
    whole = (tmp_path / "m" / "index.parquet").read_bytes()
    (tmp_path / "m" / "index.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileFormatError, match="damaged"):
        assess_merged(tmp_path / "m", load_theatre("iraq-2020"), None, None)


def test_the_commands(coded, detente, tmp_path):
    source, folder = tmp_path / "coded.jsonl", tmp_path / "merged"
    source.write_bytes(gzip.decompress(CODED.read_bytes()))
    detente("merge", source, "-o", folder, "-t", "iraq-2020", "--every", "40")
    assert is_merged(folder)
    held = json.loads((folder / "manifest.json").read_text("utf-8"))["stands"]
    for day in (held[-1]["as_of"], held[-2]["as_of"]):
        for verb in ("track", "outlook"):
            assert detente(verb, folder, "--as-of", day)[:2] == detente(verb, source, "--as-of", day)[:2]
    status, _, told = detente("brief", folder, "-t", "iraq-2020")
    assert status == 2 and "is a merged dataset" in told


@pytest.mark.parametrize("at", [1, 3, -1])
def test_a_series_without_ids_counts_the_same(coded, merged, at):
    day = report_days(coded)[5 * at] if at > 0 else report_days(coded)[at]
    for theatre, dyad in watched():
        whole, bare = (assess_merged(merged, theatre, dyad, day, named=each) for each in (True, False))
        counts = [
            [(each.day, each.conflict_score, [(line.line, line.count, line.score) for line in each.lines])
             for each in found.series.days] for found in (whole, bare)
        ]  # fmt: skip
        assert counts[0] == counts[1]
        assert (bare.lull, bare.attacks, bare.tripwires) == (whole.lull, whole.attacks, whole.tripwires)
        assert not any(each.incidents for each in bare.series.days)


def test_what_is_not_read_whole_says_nothing_about_a_calm(coded):
    """`may_mark` asks for no words: whatever it leaves out has no mark when all its words are known."""
    left_out = 0
    for theatre, dyad in watched():
        long = assess(theatre, dyad, coded, report_days(coded)[-1])
        watch = Watch(long.dyad, long.rolls_up, long.theatre)
        for each in long.dossier.incidents:
            if bears(each) and not may_mark(each, watch):
                left_out += 1
                assert _marks(each, watch) is None, each.title
    assert left_out > 50


def test_evidence_is_read_from_before_the_last_attack_only_where_there_may_be_a_calm():
    last, week, month = date(2031, 3, 1), timedelta(days=7), timedelta(days=30)
    assert window(last, last + week, 14)[0] == last + week - timedelta(days=WINDOW)
    assert window(last, last + month, 14)[0] == last - timedelta(days=LEAD)
    assert window(None, last, 14)[0] == last - timedelta(days=WINDOW)
