"""Own records become a stream: attacks by the theatre's definition, everything else as the Series counts it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from detente.outlook.features import build
from detente.outlook.incident_stream import stream_of_incidents
from detente.outlook.streams import CLASSES
from detente.records import Dyad, FileFormatError, Incident, Interval
from detente.reference.theatre import LullDefinition, Theatre

START = date(2031, 1, 1)
SIDES = Dyad("ark-bor", "Arkonia and the Bor", ("ARK",), ("ark.bor-front",))
THEATRE = Theatre("invented", "Invented", "News", (SIDES,), lulls={"ark-bor": LullDefinition(direction="b-to-a")})


def deed(day: int, kind: str, by: str = "ark.bor-front", on: str = "ARK", **more) -> Incident:
    when = START + timedelta(days=day)
    return Incident(
        f"i{day}", kind, kind, more.pop("modality", "happened"), Interval(when, when, "day"), None, (by,), (on,), **more
    )


DEEDS = [
    deed(1, "ASSAULT"), deed(2, "ASSAULT", "ARK", "ark.bor-front"), deed(3, "THREATEN"), deed(4, "MOBILIZE", "ARK", "ZZZ"),
    deed(5, "ASSAULT", modality="denied"), deed(6, "ASSAULT", retracted=True), deed(7, "CONSULT"),
]  # fmt: skip


def classes(stream) -> list[tuple[int, str]]:
    first = (START - date(1970, 1, 1)).days
    return [(int(d) - first, CLASSES[c]) for d, c in zip(stream.day, stream.cls, strict=True)]


def test_a_theatres_dyads_are_the_units_and_its_lull_definition_says_what_violence_is():
    stream = stream_of_incidents("own", DEEDS, THEATRE, lambda *_: False)
    assert set(stream.unit) == {"ark-bor:a | ark-bor:b"}
    assert classes(stream) == [(1, "VK"), (3, "TH"), (4, "MOB"), (7, "MP")]


def test_without_a_theatre_every_pair_of_named_actors_is_a_unit():
    stream = stream_of_incidents("own", DEEDS)
    assert set(stream.unit) == {"ARK | ark.bor-front", "ARK | ZZZ"}
    assert classes(stream) == [(1, "VK"), (2, "VK"), (3, "TH"), (4, "MOB"), (7, "VP")]


def test_records_without_two_actors_are_refused():
    with pytest.raises(FileFormatError, match="no event between two different actors"):
        stream_of_incidents("own", [deed(1, "ASSAULT", on="a village")])


def test_lulls_are_found_in_own_records():
    busy = [deed(d, "ASSAULT") for d in (95, 100, 105, 140)] + [deed(1, "CONSULT"), deed(200, "CONSULT")]
    cases = build(stream_of_incidents("own", busy, THEATRE, lambda *_: False))
    assert cases.since[:3].tolist() == [14, 21, 28] and cases.label(30)[2] == 1


def test_a_record_reaches_to_the_last_day_covered_not_to_the_last_event():
    """A calm that was listened to is a forecast that did not come true, not a case without an outcome."""
    busy = [deed(d, "ASSAULT") for d in (95, 100, 105)]
    heard = [START + timedelta(days=d) for d in (0, 50, 200)]
    short, long = (
        build(stream_of_incidents("own", busy, THEATRE, lambda *_: False, days)) for days in ((START, busy[-1].date.end), heard)
    )  # fmt: skip
    assert len(short) == 0
    assert long.t.max() - (START - date(1970, 1, 1)).days <= 200
    assert long.label(30)[:2].tolist() == [0, 0] and (long.label(30) == -1).any()


def test_a_stream_cut_at_a_day_was_heard_no_longer_than_that():
    stream = stream_of_incidents("own", DEEDS, THEATRE, lambda *_: False, (START, START + timedelta(days=90)))
    assert stream.last - stream.first == 90
    assert stream.until(stream.first + 40).last == stream.first + 40
