"""Annotations, provenance, data package and alert: checked against the standards they follow."""

import csv
import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import frictionless
import pytest
from lxml import etree
from prov.model import ProvActivity, ProvDocument, ProvEntity

from detente.export import About, Alert, write
from detente.records import InputError, Interval, Place

CAP = etree.XMLSchema(etree.parse(str(Path(__file__).parents[1] / "fixtures" / "cap-constraints.xsd")))
SPACE = "{urn:oasis:names:tc:emergency:cap:1.2}"


def test_annotations_point_at_the_exact_words(given):
    told = json.loads(write(given, "annotations", ".jsonld").files[""])
    assert told["@context"][0] == "http://www.w3.org/ns/anno.jsonld" and told["total"] == len(given.events)
    for item, event in zip(told["first"]["items"], given.events, strict=True):
        text = given.articles[event.article].text
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"] == event.evidence.quote
        assert text[: position["start"]].endswith(quote["prefix"]) and text[position["end"] :].startswith(
            quote["suffix"]
        )
        assert (quote["prefix"] + quote["exact"] + quote["suffix"]) in text
        assert item["target"]["source"]["sha256"] == hashlib.sha256(text.encode()).hexdigest()
        assert item["body"][0]["value"] == event.type


def test_provenance_is_read_by_the_prov_library(given):
    body = write(given, "prov", ".json").files[""]
    document = ProvDocument.deserialize(content=body.decode(), format="json")
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert document == again
    entities = list(document.get_records(ProvEntity))
    assert len(entities) == 1 + len(given.articles) + len(given.incidents)
    assert len(list(document.get_records(ProvActivity))) == 1
    derived = json.loads(body)["wasDerivedFrom"]
    assert len(derived) == sum(len(each.reports) for each in given.incidents)


def packed(given, folder, **about):
    for name, body in write(given, "package", "", about=About(**about)).files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)
    return folder / "datapackage.json"


def test_the_package_is_valid_and_a_changed_byte_is_noticed(given, tmp_path):
    descriptor = packed(given, tmp_path)
    assert frictionless.validate(str(descriptor)).valid
    events = tmp_path / "data" / "events.csv"
    events.write_bytes(events.read_bytes().replace(b"ASSAULT", b"ASSAULU", 1))
    report = frictionless.validate(str(descriptor))
    assert not report.valid and "hash" in str(report.flatten(["type", "note"]))


def test_the_package_says_whose_it_is(given, tmp_path):
    told = json.loads(packed(given, tmp_path, author='Ada "A" Example', licence="CC0-1.0").read_text())
    assert told["licenses"][0]["name"] == "CC0-1.0" and told["contributors"][0]["title"] == 'Ada "A" Example'
    for each in told["resources"]:
        body = (tmp_path / each["path"]).read_bytes()
        assert each["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}" and each["bytes"] == len(body)
        assert all(field["description"] for field in each["schema"]["fields"])
    citation = (tmp_path / "CITATION.cff").read_text()
    assert 'name: "Ada \\"A\\" Example"' in citation and "license: CC0-1.0" in citation
    assert b"Jets of the army struck" not in (tmp_path / "data" / "sources.csv").read_bytes()  # no texts of others
    with pytest.raises(InputError, match="--licence"):
        write(given, "package", "", about=About(licence="mine"))


@pytest.mark.parametrize("n", range(7))
def test_every_incident_makes_an_alert_within_the_constraints_of_cap(n, given):
    incident = given.incidents[n]
    root = etree.fromstring(write(given, "cap", ".xml", incident=incident.id).files[""])
    CAP.assertValid(root)

    def text(path):
        return root.findtext("/".join(f"{SPACE}{part}" for part in path.split("/")))

    assert (text("status"), text("scope"), text("msgType")) == ("Test", "Restricted", "Alert")
    assert "Not a public warning" in text("restriction") and text("info/headline") == incident.title
    assert root.find(f".//{SPACE}polygon") is None and root.find(f".//{SPACE}circle") is None
    expected = {"negated": "Unlikely", "threatened": "Possible"}.get(incident.modality, "Observed")
    assert text("info/certainty") == expected


def test_the_constraints_can_fail(given):
    body = write(given, "cap", ".xml", incident=given.incidents[0].id).files[""]
    for good, bad in (
        (b"<status>Test", b"<status>Trial"),
        (b"-00:00</sent>", b"Z</sent>"),
        (b"<msgType>Alert</msgType>", b""),
    ):
        assert good in body and not CAP.validate(etree.fromstring(body.replace(good, bad)))


def test_later_versions_update_and_retractions_cancel(given):
    from dataclasses import replace

    first = given.incidents[0]
    earlier = f"news.example,{first.id}.v1,2031-05-06T00:00:00-00:00"
    body = write(given, "cap", ".xml", incident=first.id, how=Alert(references=earlier)).files[""]
    root = etree.fromstring(body)
    CAP.assertValid(root)
    assert root.findtext(f"{SPACE}msgType") == "Update" and root.findtext(f"{SPACE}references") == earlier
    taken_back = replace(given, incidents=(replace(first, retracted=True),))
    with pytest.raises(InputError, match="Cancel"):
        write(taken_back, "cap", ".xml", incident=first.id)
    root = etree.fromstring(
        write(taken_back, "cap", ".xml", incident=first.id, how=Alert(references=earlier)).files[""]
    )
    assert root.findtext(f"{SPACE}msgType") == "Cancel"


@pytest.mark.parametrize("how, told", [(Alert(status="Real"), "--status"), (Alert(scope="Private"), "--scope"),
                                       (Alert(sender="a b"), "--sender"), (Alert(references="me"), "--references")])  # fmt: skip
def test_what_cap_does_not_allow_is_refused(how, told, given):
    with pytest.raises(InputError, match=told):
        write(given, "cap", ".xml", incident=given.incidents[0].id, how=how)


def test_what_is_inferred_stands_apart_and_only_where_no_report_says_as_much(given):
    day, town = Interval(date(2031, 5, 8), date(2031, 5, 8), "day"), Place("Oakton", "settlement", 9.0, 40.0, "ETH")
    known = {"r1-e1", "r3-e1", "r4-e1"}  # r1 has day and town, r4 no day, r3 a country only
    rich = replace(
        given,
        events=tuple(
            replace(each, inferred_date=day, inferred_place=town) if each.id in known else each for each in given.events
        ),
    )
    of = {key: each.id for each in given.incidents for key in each.events}
    rows = {
        row["incident_id"]: row for row in csv.DictReader(write(rich, "hxl", ".csv").files[""].decode().splitlines())
    }
    assert rows["#event+code"]["inferred_placename"] == "#loc+inferred+name"
    told, undated, wide = (rows[of[key]] for key in ("r1-e1", "r4-e1", "r3-e1"))
    assert (undated["date_start"], undated["inferred_date_start"]) == ("", "2031-05-08")
    assert (wide["placename"], wide["inferred_placename"], wide["inferred_country"]) == ("Ethiopia", "Oakton", "ETH")
    assert not any(told[name] for name in told if name and name.startswith("inferred"))
    shapes = {each["id"]: each for each in json.loads(write(rich, "geojson", ".geojson").files[""])["features"]}
    shape = shapes[of["r3-e1"]]
    assert shape["geometry"] is None and shape["properties"]["inferred_placename"] == "Oakton"
