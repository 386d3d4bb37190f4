"""The gazetteer's own supplement: complete, in range, in the right country."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.records import ConfigError
from detente.reference.gazetteer import supplement
from detente.reference.gazetteer.distance import box_radius, km_between
from detente.reference.gazetteer.features import NAMES, STATIC
from detente.reference.gazetteer.names import fold, skeleton
from detente.reference.gazetteer.packages import Row, middle

SITES = frozenset({"base", "strait", "river", "crossing", "camp", "sea", "port", "dam", "airport", "site", "island"})


def test_every_country_has_its_own_point_in_its_own_box() -> None:
    countries = supplement.countries()
    assert len(countries) >= 240
    assert not [c for c, n in Counter(c.country for c in countries).items() if n > 1]
    for c in countries:
        assert c.box is not None
        south, west, north, east = c.box
        assert south <= c.lat <= north, c.name
        assert west <= c.lon <= east or west > east, c.name


def test_at_least_three_hundred_sites_of_conflict_news() -> None:
    assert sum(p.kind in SITES for p in supplement.places()) >= 300


def test_no_place_is_entered_twice() -> None:
    places = supplement.places()
    assert not [k for k, n in Counter((p.name, p.country) for p in places).items() if n > 1]


def test_sites_lie_in_or_beside_their_country() -> None:
    countries = {c.country: c for c in supplement.countries()}
    for p in supplement.places():
        home = countries.get(p.country)
        if home is not None and home.box is not None:
            assert km_between(p.lat, p.lon, home.lat, home.lon) < 1.3 * box_radius(home.box) + 300, p.name


@pytest.mark.parametrize(
    "row",
    [
        {"at": [1, 2]},
        {"name": "X", "at": [91, 0]},
        {"name": "X", "at": [1]},
        {"name": "X", "at": [1, 2], "kind": "castle"},
        {"name": "X", "at": [1, 2], "box": [1, 2]},
    ],
)
def test_a_wrong_theatre_place_is_refused_with_a_reason(row: dict) -> None:
    with pytest.raises(ConfigError):
        supplement.entry(row)


def test_weights_fit_the_features() -> None:
    weights = supplement.weights()
    assert tuple(weights["features"]) == NAMES
    assert len(weights["full"]) == len(NAMES)
    assert len(weights["prior"]) == STATIC + 6


@pytest.mark.parametrize(
    ("one", "other"),
    [("St. Louis", "Saint Louis"), ("Sana'a", "Sanaa"), ("Al-Qā’im", "al Qaim"), ("Tel Abyad", "Tall Abyad"), ("İncirlik", "incirlik")],
)  # fmt: skip
def test_spellings_fold_to_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("hodeidah", "al hudaydah"), ("mosul", "al mawsil"), ("idlib", "idlib")])
def test_transliterations_share_consonants(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def _row(lat: float, lon: float) -> Row:
    return Row("x", "x", "city", lat, lon, None, None, None, 0, 1.0)


def test_a_region_is_in_the_middle_of_its_towns_even_across_the_date_line() -> None:
    assert middle([_row(10, 20), _row(12, 24)]) == (11.0, 22.0)
    assert middle([_row(-17, 179), _row(-17, -179)]) in ((-17.0, 180.0), (-17.0, -180.0))
    assert middle([]) is None
