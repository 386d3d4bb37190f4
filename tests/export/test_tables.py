"""Tables out and in again: what is written can be read back, and says no more than the records."""

import csv
import io
import json

import pyarrow.parquet as pq
import pytest

from detente.export import plover, write
from detente.export.incidents import COLUMNS as INCIDENT_COLUMNS
from detente.records import InputError
from detente.sources.coded import Import


def table(body):
    return list(csv.DictReader(io.StringIO(body.decode())))


def rows_of(tmp_path, name, body):
    path = tmp_path / name
    path.write_bytes(body)
    made = Import()
    return list(made.rows([str(path)]))


def test_plover_json_lines_are_read_back_as_ngec(given, tmp_path):
    rows = rows_of(tmp_path, "events.jsonl", write(given, "plover", ".jsonl").files[""])
    assert len(rows) == len(given.events)
    for row, event in zip(rows, given.events, strict=True):
        assert (row.type, row.modes, row.contexts) == (event.type, event.modes, event.contexts)
        assert [m.text for m in row.actors] == [m.text for m in event.actors]
        assert row.known.date() == event.reported and row.text == event.evidence.quote
        assert row.modality == ("negated" if event.modality == "negated" else "planned" if event.modality == "threatened" else "happened")  # fmt: skip
        day = event.date.start if event.date.start == event.date.end else None
        assert (row.date.start if row.date else None) == day
        assert row.place is None or row.place.precision == event.place.precision


def test_plover_csv_and_parquet_hold_the_same(given, tmp_path):
    lines = table(write(given, "plover", ".csv").files[""])
    path = tmp_path / "events.parquet"
    path.write_bytes(write(given, "plover", ".parquet").files[""])
    stored = pq.read_table(path).to_pylist()
    assert len(lines) == len(stored) == 7
    for line, row in zip(lines, stored, strict=True):
        assert list(line) == list(row)
        for name, value in row.items():
            plain = ";".join(value) if isinstance(value, list) else "" if value is None else str(value)
            assert line[name] == (plain.lower() if isinstance(value, bool) else plain), name


def test_the_dictionary_tells_of_every_column(given):
    for to, columns in (("plover", plover.COLUMNS), ("incidents", INCIDENT_COLUMNS)):
        told = table(write(given, to, ".csv").files["dictionary.csv"])
        assert [row["column"] for row in told] == [each.name for each in columns]
        assert all(len(row["meaning"]) > 3 and row["type"] for row in told)


def test_acled_like_rows_are_read_back_as_acled(given, tmp_path):
    made = write(given, "acled", ".csv")
    rows = {row.raw["notes"].split(" ")[0] + row.coded_as: row for row in rows_of(tmp_path, "a.csv", made.files[""])}
    kinds = sorted(row.coded_as for row in rows.values())
    assert kinds == ["Battles / Armed clash", "Explosions/Remote violence / Air/drone strike", "Protests",
                     "Strategic developments / Agreement", "Violence against civilians / Attack"]  # fmt: skip
    by_kind = {row.coded_as: row for row in rows.values()}
    strike = by_kind["Explosions/Remote violence / Air/drone strike"]
    assert strike.fatalities_best == 3 and (strike.place.lat, strike.place.lon) == (9.5, 40.25)
    clash = by_kind["Battles / Armed clash"]
    assert not clash.directed and clash.date.precision == "week" and clash.raw["latitude"] == ""
    killing = by_kind["Violence against civilians / Attack"]
    assert killing.directed and killing.actors[0].text == "Hill Front" and killing.raw["latitude"] == ""
    assert made.left_out == {"not one happening told as a fact": 2}


def test_ucdp_like_rows_are_read_back_as_ucdp(given, tmp_path):
    made = write(given, "ucdp", ".csv")
    rows = rows_of(tmp_path, "u.csv", made.files[""])
    assert [row.raw["type_of_violence"] for row in rows] == ["1", "1", "3"]
    strike, clash, killing = rows
    assert (strike.fatalities_low, strike.fatalities_best, strike.fatalities_high) == (3, None, 5)
    assert clash.fatalities_best == 2 and clash.date.precision == "range" and clash.place.precision == "province"
    assert killing.actors[0].text == "Hill Front" and killing.place.precision == "country"
    assert all(row.provisional and row.known for row in rows)
    assert sum(made.left_out.values()) == len(given.incidents) - 3


def test_hxl_has_a_tag_for_every_column(given):
    header, tags, *rows = list(csv.reader(io.StringIO(write(given, "hxl", ".csv").files[""].decode())))
    assert len(header) == len(tags) == len(set(tags)) and len(rows) == len(given.incidents)
    import re

    assert all(re.fullmatch(r"#[a-z][a-z0-9_]*(?:\+[a-z][a-z0-9_]*)*", tag) for tag in tags)
    assert {"#geo+lat", "#geo+lon", "#geo+precision", "#event+type", "#date+reported", "#meta+source+list"} <= set(tags)


def test_a_map_never_has_a_false_point(given):
    told = json.loads(write(given, "geojson", ".geojson").files[""])
    assert told["type"] == "FeatureCollection" and len(told["features"]) == len(given.incidents)
    for feature, incident in zip(told["features"], given.incidents, strict=True):
        place = incident.place
        fine = place is not None and place.precision in ("site", "settlement")
        assert (feature["geometry"] is not None) == fine, place
        if fine:
            assert feature["geometry"] == {"type": "Point", "coordinates": [place.lon, place.lat]}
        assert feature["properties"]["place_precision"] == (place.precision if place else None)


@pytest.mark.parametrize("to, ending, told", [("excel", ".csv", "choose one of"), ("geojson", ".csv", "not to '.csv'"),
                                              ("package", ".zip", "a folder"), ("cap", ".xml", "--incident")])  # fmt: skip
def test_what_cannot_be_written_is_said(to, ending, told, given):
    with pytest.raises(InputError, match=told):
        write(given, to, ending)
