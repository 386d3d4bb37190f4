"""Messy files: a bad row is set aside with its reason and word for word; no row takes another one with it."""

import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.records import CodedRow, InputError, Quarantined
from detente.sources.coded import Import

FOLDER = Path(__file__).parents[1] / "fixtures" / "coded"


def read(*paths, **how):
    made = Import(**how)
    rows = list(made.rows([str(path) for path in paths]))
    return [r for r in rows if isinstance(r, CodedRow)], [r for r in rows if isinstance(r, Quarantined)], made


def test_each_bad_row_has_its_own_reason():
    rows, bad, made = read(FOLDER / "ucdp-messy.csv")
    assert [row.id for row in rows] == ["ucdp:460", "ucdp:441", "ucdp:466"]
    reasons = [each.reason for each in bad]
    for told in ("'id' is empty", "3 cells where the columns are 49", "'type_of_violence': 7", "expected after",
                 "before date_start", "'latitude': 351.0", "'low': -1", "'date_prec': 9"):  # fmt: skip
        assert sum(told in reason for reason in reasons) == 1, told
    lines = (FOLDER / "ucdp-messy.csv").read_text().splitlines()
    assert [source for _, source in made.rejects] == [lines[int(each.origin.split(":")[1]) - 1] for each in bad]


def test_rejects_can_be_mended_and_read_again(detente, tmp_path):
    status, _, err = detente(
        "import", FOLDER / "ucdp-messy.csv", "-o", tmp_path / "rows.jsonl", "--rejects", tmp_path / "bad.csv"
    )
    assert status == 4 and "quarantined 8" in err
    mended = tmp_path / "mended.csv"
    mended.write_text((tmp_path / "bad.csv").read_text().replace("351.0", "35.1"))
    rows, bad, _ = read(mended)
    assert [row.id for row in rows] == ["ucdp:463"] and len(bad) == 7


def acled(tmp_path, *changes):
    """The fixture's lines, with changes: (line, text)."""
    lines = (FOLDER / "acled.csv").read_text("utf-8-sig").splitlines()
    for at, line in changes:
        lines.insert(at, line)
    path = tmp_path / "acled.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_notes_may_run_over_several_lines(tmp_path):
    path = acled(tmp_path)
    path.write_text(path.read_text().replace('"On 01 January 2031,', '"On 01 January 2031,\n', 1))
    rows, bad, _ = read(path)
    assert len(rows) == 13 and not bad and "\n" in rows[0].raw["notes"]


def test_an_unclosed_quotation_mark_costs_one_row(tmp_path):
    rows, bad, _ = read(acled(tmp_path, (3, 'IRQ99,"01 January 2031,2031')))
    assert len(rows) == 13 and [each.origin for each in bad] == ["acled.csv:4"]


GARBAGE = st.text(
    st.characters(blacklist_characters="\r\n\x85\u2028\u2029", blacklist_categories=("Cs", "Cc")), max_size=40
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(1, 14), st.one_of(GARBAGE, GARBAGE.map(lambda t: f'"{t}'), GARBAGE.map(lambda t: f'{t},"{t}'))), max_size=4))  # fmt: skip
def test_no_garbage_takes_a_good_row_with_it(tmp_path_factory, garbage):
    rows, _, made = read(acled(tmp_path_factory.mktemp("messy"), *garbage))
    assert {row.id for row in rows} == {f"acled:IRQ{n}" for n in range(1, 14)}
    kept = "\n".join(source for _, source in made.rejects)
    assert all(text.strip() in kept for _, text in garbage if text.strip())


def test_bytes_that_are_not_utf8_are_set_aside(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes((FOLDER / "GEDEvent_v31_1.csv").read_bytes().replace(b"Oakford", "Õakford".encode("latin-1"), 1))
    rows, bad, _ = read(path)
    assert len(rows) == 11 and "not UTF-8" in bad[0].reason


def test_copies_are_skipped_and_a_second_row_of_an_id_is_set_aside(tmp_path):
    again = tmp_path / "again.csv"
    text = (FOLDER / "GEDEvent_v31_1.csv").read_text()
    again.write_text(text.replace("441,IRQ-2031-1-441,2031,True,Clear,1", "441,IRQ-2031-1-441,2031,True,Clear,2", 1))
    rows, bad, made = read(FOLDER / "GEDEvent_v31_1.csv", again)
    assert len(rows) == 12 and made.copies == 11 and "already used" in bad[0].reason


def test_archives(tmp_path):
    body = (FOLDER / "20310101.export.CSV").read_bytes()
    (tmp_path / "a.gz").write_bytes(gzip.compress(body))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("20310101.export.CSV", body)
    assert len(read(tmp_path / "a.gz")[0]) == len(read(tmp_path / "b.zip")[0]) == 7
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("one", "1")
        archive.writestr("two", "2")
    (tmp_path / "d.zip").write_bytes(b"PK no archive")
    for name, told in (("c.zip", "holds 2 files"), ("d.zip", "damaged archive"), ("none.csv", "no such file")):
        with pytest.raises(InputError, match=told):
            read(tmp_path / name)
