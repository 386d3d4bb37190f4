"""Other people's data, row by row: what each format's columns say in our terms. All rows are invented."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from detente.records import CodedRow, InputError, Quarantined
from detente.sources.coded import FORMATS, Import, sniff
from detente.sources.coded.cameo import plover

FOLDER = Path(__file__).parents[1] / "fixtures" / "coded"


def read(name, **how):
    made = Import(**how)
    rows = list(made.rows([str(FOLDER / name)]))
    return (
        [row for row in rows if isinstance(row, CodedRow)],
        [row for row in rows if isinstance(row, Quarantined)],
        made,
    )


def by_id(name, **how):
    return {row.id: row for row in read(name, **how)[0]}


SHAPES = {
    "GEDEvent_v31_1.csv": ("ucdp", ",", True),
    "GEDEvent_v31_0_3.csv": ("ucdp", ",", False),
    "conflict_data_irq.csv": ("ucdp", ",", True),
    "20310101.export.CSV": ("gdelt", "\t", False),
    "gdelt1.export.CSV": ("gdelt", "\t", False),
    "events.2031.tab": ("icews", "\t", True),
    "ngecEvents.DV.2031.txt": ("polecat", "\t", True),
    "ngec.jsonl": ("ngec", "", False),
    "acled.csv": ("acled", ",", True),
    "acled-old.csv": ("acled", ",", True),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_file_is_told_by_its_columns_whatever_its_name(name, tmp_path):
    other = tmp_path / "download.dat"
    other.write_bytes((FOLDER / name).read_bytes())
    found = sniff(other)
    assert (found.format.name, found.mark, found.header) == SHAPES[name]
    with pytest.raises(InputError, match="not"):
        sniff(other, "acled" if found.format.name != "acled" else "ucdp")


def test_what_is_no_export_is_refused_with_what_was_found(tmp_path):
    table = tmp_path / "sales.csv"
    table.write_text("shop,takings\nElmton,12\n")
    with pytest.raises(InputError, match="shop, takings"):
        sniff(table)
    with pytest.raises(InputError, match="choose one of"):
        sniff(table, "excel")
    table.write_text("")
    with pytest.raises(InputError, match="empty"):
        sniff(table)


def test_ucdp():
    rows = by_id("GEDEvent_v31_1.csv")
    clash = rows["ucdp:443"]
    assert (clash.type, clash.act, clash.modes, clash.directed) == ("ASSAULT", "ASSAULT", ("sideAB",), False)
    assert [clash.actors[0].text, clash.recipients[0].text] == ["Government of Iraq", "Northern Hills Front"]
    assert (clash.fatalities_low, clash.fatalities_best, clash.fatalities_high) == (3, 5, 8)
    assert clash.date.start == clash.date.end == date(2031, 1, 10) and clash.date.precision == "day"
    assert clash.known == datetime(2031, 1, 11, tzinfo=UTC) and clash.known_by == "source_date"
    assert (clash.place.precision, clash.place.country, clash.place.lat) == ("settlement", "IRQ", 35.1)
    assert clash.dataset == "UCDP GED 31.1" and clash.raw["where_coordinates"] == "Elmton town" and len(clash.raw) == 49
    one_sided = rows["ucdp:445"]
    assert one_sided.directed and one_sided.modes == () and one_sided.recipients[0].text == "Civilians"


def test_ucdp_says_how_much_it_knows():
    rows = by_id("GEDEvent_v31_1.csv")
    assert rows["ucdp:446"].date.precision == "range" and rows["ucdp:446"].date.end == date(2031, 1, 25)
    country = rows["ucdp:447"].place
    assert (country.name, country.precision, country.lat, country.lon) == ("Iraq", "country", None, None)
    assert rows["ucdp:449"].summary and rows["ucdp:449"].place.precision == "province"
    assert rows["ucdp:451"].provisional and not rows["ucdp:450"].provisional
    assert rows["ucdp:452"].known is None


def test_ucdp_candidate_files_without_a_header_and_hdx_files_with_a_tag_row():
    assert set(by_id("GEDEvent_v31_0_3.csv")) == {"ucdp:450", "ucdp:451"}
    rows, bad, _ = read("conflict_data_irq.csv")
    assert [row.fatalities_best for row in rows] == [2, 2, 5] and [row.fatalities_low for row in rows] == [1, 1, 3]
    assert not bad


def test_acled_before_and_since_2023_say_the_same():
    new, old = by_id("acled.csv"), by_id("acled-old.csv")
    assert new.keys() == old.keys()
    for key, row in new.items():
        other = old[key]
        for name in ("date", "type", "modes", "actors", "recipients", "directed", "known", "fatalities_best", "place"):
            mine, theirs = getattr(row, name), getattr(other, name)
            if name == "date":
                mine, theirs = (mine.start, mine.end, mine.precision), (theirs.start, theirs.end, theirs.precision)
            assert mine == theirs, (key, name)


def test_acled_actor_one_is_not_the_attacker():
    rows = by_id("acled.csv")
    assert not rows["acled:IRQ1"].directed and not rows["acled:IRQ2"].directed
    killing = rows["acled:IRQ3"]
    assert killing.directed and killing.actors[0].text == "Northern Hills Front"
    assert [each.text for each in killing.recipients] == ["Civilians (Iraq)"]
    assert rows["acled:IRQ7"].type is None and "no PLOVER counterpart" in rows["acled:IRQ7"].notes[0]
    assert rows["acled:IRQ5"].type == "PROTEST" and rows["acled:IRQ6"].type == "AGREE"


def test_acled_the_newest_edit_of_an_event_stands():
    rows, _, made = read("acled.csv")
    (row,) = [each for each in rows if each.id == "acled:IRQ4"]
    assert row.fatalities_best == 4 and row.known == datetime(2031, 2, 10, tzinfo=UTC) and made.older == 1


def test_acled_precision():
    rows = by_id("acled.csv")
    near, province = rows["acled:IRQ8"], rows["acled:IRQ9"]
    assert near.date.precision == "week" and (near.date.end - near.date.start).days == 6
    assert near.place.precision == "district" and near.place.radius_km == 25
    assert province.place.precision == "province"


def test_gdelt():
    rows = by_id("20310101.export.CSV")
    fight = rows["gdelt:900001"]
    assert (fight.type, fight.coded_as, fight.known) == (
        "ASSAULT",
        "CAMEO 190",
        datetime(2031, 1, 1, 12, 30, tzinfo=UTC),
    )
    assert (fight.actors[0].country, fight.actors[0].sector, fight.recipients[0].sector) == ("IRQ", "GOV", "REB")
    assert (fight.place.name, fight.place.precision, fight.place.country) == ("Elmton", "settlement", "IRQ")
    visit = rows["gdelt:900003"]
    assert visit.type == "CONSULT" and visit.place.precision == "country" and visit.place.lat is None
    assert rows["gdelt:900004"].type is None
    assert (rows["gdelt:900005"].type, rows["gdelt:900005"].act, rows["gdelt:900005"].modality) == (
        "THREATEN",
        "ASSAULT",
        "threatened",
    )
    assert rows["gdelt:900006"].modes == ("ceasefire",)
    assert by_id("gdelt1.export.CSV")["gdelt:900001"].known == datetime(2031, 1, 1, tzinfo=UTC)


def test_icews_key_is_id_and_day():
    rows = by_id("events.2031.tab")
    assert {"icews:7001@2031-01-01", "icews:7001@2031-01-03"} <= rows.keys()
    bomb = rows["icews:7006@2031-01-15"]
    assert (bomb.type, bomb.modes, bomb.directed, bomb.story) == ("ASSAULT", ("explosives",), True, "icews-story:507")
    assert rows["icews:7005@2031-01-10"].place.precision == "province"


def test_polecat_one_row_a_pair():
    rows = read("ngecEvents.DV.2031.txt")[0]
    assert len({row.id for row in rows}) == len(rows) == 5
    first = rows[0]
    assert (first.type, first.modes, first.contexts) == ("ASSAULT", ("aerial",), ("military", "territory"))
    assert first.known == datetime(2031, 1, 2, tzinfo=UTC) and first.known_by == "Publication Date"
    assert (first.place.precision, first.place.id) == ("settlement", "geonames:99072")
    assert {row.place.precision for row in rows} == {"settlement", "province", "country"}
    older = next(row for row in rows if row.coded_as == "DISAPPROVE")
    assert older.type == "ACCUSE" and older.modes == ("disapprove",) and older.contexts == ()


def test_ngec():
    rows, bad, _ = read("ngec.jsonl")
    strike, talks = rows
    assert strike.text.startswith("Iraqi jets bombed") and strike.story == "ngec-story:s0"
    assert (strike.actors[0].text, strike.actors[0].sector, strike.recipients[0].sector) == ("Iraqi jets", "GOV", "REB")
    assert talks.date.precision == "unresolved" and talks.date.start is None and talks.place is None
    assert len(bad) == 2 and bad[0].origin == "ngec.jsonl:3"


@pytest.mark.parametrize(
    "code, type_, act",
    [("190", "ASSAULT", "ASSAULT"), ("1384", "THREATEN", "ASSAULT"), ("1312", "THREATEN", "THREATEN"),
     ("0871", "RETREAT", "RETREAT"), ("010", None, None), ("0331", "AGREE", "AGREE"), ("1712", "ASSAULT", "ASSAULT")],
)  # fmt: skip
def test_cameo(code, type_, act):
    assert plover(code)[:2] == (type_, act)


@pytest.mark.parametrize("code", ["43", "210", "4", "00", "19O", ""])
def test_cameo_codes_that_lost_a_zero_are_refused(code):
    with pytest.raises(ValueError, match="CAMEO"):
        plover(code)


def test_every_mode_that_a_table_gives_is_one_of_the_codebook():
    from detente.reference.codebook.read import load
    from detente.sources.coded import acled, cameo

    known = {name: set(entry.modes) for name, entry in load().types.items()}
    for code in cameo._table():
        type_, _, modes = plover(code)
        assert set(modes) <= known[type_], code
    for type_, modes in [*acled._BY_SUB.values(), *acled._BY_TYPE.values()]:
        assert type_ is None or set(modes) <= known[type_]


def test_known_at_hindsight_and_countries():
    row = by_id("GEDEvent_v31_1.csv", known_at=date(2032, 6, 1))["ucdp:452"]
    assert row.known == datetime(2032, 6, 1, tzinfo=UTC) and row.known_by == "--known-at"
    row = by_id("GEDEvent_v31_1.csv", hindsight=True)["ucdp:446"]
    assert row.known == datetime(2031, 1, 25, tzinfo=UTC) and "taken as known on the day of the event" in row.dataset
    assert read("GEDEvent_v31_1.csv", countries=frozenset({"SYR"}))[2].elsewhere == 12
    assert len(read("GEDEvent_v31_1.csv", countries=frozenset({"IRQ"}))[0]) == 12


def test_every_format_tells_its_terms():
    assert all(each.terms and each.licence for each in FORMATS.values())
    assert "no raw data to others" in FORMATS["acled"].terms
