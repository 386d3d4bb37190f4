"""The map: cut where it ends, no point where only a country is known, nothing a world away."""

from datetime import date
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from detente.desk.atlas import Box, clip, countries, neighbourhood
from detente.desk.plan import draw, happenings, told
from detente.records import Day, Incident, Interval, LineCount, Place, Series

DAY = date(2020, 3, 11)
SQUARE = Box(0, 0, 10, 10)
points = st.tuples(st.floats(-50, 50), st.floats(-50, 50))


def incident(number: str, **place) -> Incident:
    return Incident(
        number, "ASSAULT", "ASSAULT", "happened", Interval(DAY, DAY, "day"), Place(**place), title=f"<{number}>"
    )


TAJI = incident("taji", name="Camp Taji", precision="site", lat=33.52, lon=44.26, country="IRQ")
ANBAR = incident("anbar", name="Anbar", precision="province", lat=32.6, lon=41.9, country="IRQ", radius_km=150)
IRAQ = incident("iraq", name="Iraq", precision="country", lat=33.0, lon=44.0, country="IRQ")
TEXAS = incident("texas", name="Austin", precision="settlement", lat=30.27, lon=-97.74, country="USA")
ALL = (TAJI, ANBAR, IRAQ, TEXAS)
IDS = tuple(each.id for each in ALL)
SERIES = Series("d", date(2020, 4, 1), (Day(DAY, acts=4, incidents=IDS, lines=(LineCount("acts", 4, -30.0, IDS),)),))


@given(st.lists(points, min_size=3, max_size=12))
def test_a_clipped_outline_stays_inside(ring):
    assert all(-1e-6 <= value <= 10 + 1e-6 for point in clip(ring, SQUARE) for value in point)


def test_an_outline_inside_is_left_alone():
    assert clip([(1.0, 1.0), (2.0, 1.0), (2.0, 2.0)], SQUARE) == [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0)]


def test_the_atlas_knows_its_countries():
    assert len(countries()) > 190
    assert {"IRQ", "IRN", "SYR"} <= {each.code for each in neighbourhood(Box(40, 31, 48, 36))}


def test_what_is_known_by_country_only_or_lies_far_away_is_counted_and_not_drawn():
    placed, left = happenings(SERIES, ALL)
    assert {each.id for each, _ in placed} == {"taji", "anbar"} and left == 2
    assert [each.precision for each in told(placed)] == ["province", "site"]


def test_the_drawing_is_well_formed_and_says_how_closely_a_place_is_known():
    placed, _ = happenings(SERIES, ALL)
    svg = ElementTree.fromstring(draw(placed, 'a "map" & more'))
    sizes = {each.get("class"): float(each[0].get("r")) for each in svg.iter("{http://www.w3.org/2000/svg}g")}
    assert sizes["area attack"] > 5 * sizes["spot attack"]
    assert svg.get("aria-label") == 'a "map" & more'
    assert draw([], "nothing") == ""
