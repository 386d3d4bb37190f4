"""Actors found in text, resolved from mentions, and rolled up by date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.records import Actor, Affiliation
from detente.reference.actors import load, skeleton

INDEX = load()
SPRING_2020 = date(2020, 4, 21)


def actor(text: str, country: str | None = None, on: date | None = SPRING_2020) -> str | None:
    return INDEX.resolve(text, on=on, country=country).actor


def hits(text: str) -> dict[str, str | None]:
    return {text[h.start : h.end]: h.actor for h in INDEX.find(text)}


# ------------------------------------------------------------------------------------------------ find
def test_find_gives_exact_spans_in_order() -> None:
    text = "Kataib Hizbullah said US troops must leave Iraq’s bases."
    found = INDEX.find(text)
    assert [(text[h.start : h.end], h.kind) for h in found] == [
        ("Kataib Hizbullah", "group"), ("US", "state"), ("troops", "role"), ("Iraq", "state"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "He told us to wait.",
        "The one who left was ill.",
        "It is au fait.",
        "turkey with rice",
        "a polish remover",
        "guinea pigs",
    ],
)
def test_common_words_are_no_states_or_bodies(text: str) -> None:
    assert all(h.kind == "role" for h in INDEX.find(text))


def test_longest_name_wins() -> None:
    assert hits("The Coalition of Patriots for Change met in Guinea-Bissau.") == {
        "Coalition of Patriots for Change": "car.cpc", "Guinea-Bissau": "GNB",
    }  # fmt: skip


def test_demonyms_and_capitals_are_marked() -> None:
    kinds = {h.name: (h.kind, h.country) for h in INDEX.find("Turkish-backed rebels heard from Moscow.")}
    assert kinds["Turkey"] == ("demonym", "TUR")
    assert kinds["Russia"] == ("capital", "RUS")


def test_places_papers_and_names_are_masked() -> None:
    assert hits("Near the Gulf of Oman, the South China Sea and New Jersey.") == {}
    assert "Iraqi" not in hits("Abu Ayyub al-Iraqi spoke.")


def test_shared_spelling_follows_the_countries_of_the_text() -> None:
    assert hits("In Yemen, Ansar al-Sharia attacked.")["Ansar al-Sharia"] == "alqaeda.aqap"
    assert hits("In Libya, Ansar al-Sharia attacked.")["Ansar al-Sharia"] == "libya.ansar-al-sharia"
    assert "Ansar al-Sharia" not in hits("Ansar al-Sharia attacked.")


def test_the_coalition_needs_its_words() -> None:
    assert "coalition.cjtf-oir" in hits("The US-led coalition in Iraq shot down a drone.").values()
    assert "coalition.saudi-led-yemen" in hits("In Yemen the coalition denied it.").values()
    assert "coalition.cjtf-oir" not in hits("In Berlin the coalition agreed on a budget.").values()


def test_a_surname_counts_beside_its_country_or_full_name_only() -> None:
    assert hits("In Washington, Pompeo spoke.")["Pompeo"] == "usa.secretary-of-state"
    assert "Pompeo" not in hits("Pompeo runs the bakery.")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_find_spans_lie_within_any_text(text: str) -> None:
    reached = 0
    for hit in INDEX.find(text):
        assert reached <= hit.start < hit.end <= len(text)
        reached = hit.end


PIECES = st.sampled_from(
    [
        "Iraq",
        "İstanbul",
        "🚀",
        "حزب الله",
        "ﷺ",
        "US",
        "troops",
        "-backed",
        "’s",
        "\u202e",
        "Kata'ib",
        "ß",
        " ",
        "\n",
        "al-",
        ",",
        "of",
        "The",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_mixture_of_scripts_resolves_without_error(text: str) -> None:
    for hit in INDEX.find(text):
        assert text[hit.start : hit.end]
    assert INDEX.resolve(text, country="IRQ").why


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from([None, "IRQ", "XKX"]))
def test_any_mention_resolves_without_error(text: str, country: str | None) -> None:
    found = INDEX.resolve(text, country=country)
    assert found.provisional == (found.kind == "provisional")


def test_native_script() -> None:
    assert "lebanon.hezbollah" in hits("قال حزب الله اليوم").values()


# -------------------------------------------------------------------------------------------- spellings
SAME = [
    ("Kataib Hizbullah", "iraq.kataib-hezbollah"), ("Kata'ib Hezbollah", "iraq.kataib-hezbollah"),
    ("Kata'ib Hizballah", "iraq.kataib-hezbollah"), ("Ketaeb Hezballah", "iraq.kataib-hezbollah"),
    ("Hezbollah", "lebanon.hezbollah"), ("Lebanese Hizbullah", "lebanon.hezbollah"),
    ("HTS", "syria.hts"), ("Hayat Tahrir al-Sham", "syria.hts"), ("Hay'at Tahrir al-Sham", "syria.hts"),
    ("Hayaat Tahreer ash-Sham", "syria.hts"),
    ("Hashd al-Shaabi", "iraq.pmf"), ("Hashd al-Ashaari", "iraq.hashd-al-ashairi"),
    ("Ansar Allah", "yemen.houthis"), ("Ansar al-Islam", "iraq.ansar-al-islam"),
    ("Jaish al-Islam", "syria.jaish-al-islam"), ("Jaish al-Adl", "iran.jaish-al-adl"), ("Jeish ul-Adl", "iran.jaish-al-adl"),
    ("al-Nusra", "syria.nusra"), ("al-Nasr", None), ("Isis", "isis"), ("IS", "isis"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SAME)
def test_spellings_meet_and_lookalikes_do_not(text: str, wanted: str | None) -> None:
    assert actor(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Niger", "NER"), ("Nigeria", "NGA"), ("Nigerien troops", "NER.MIL"), ("Nigerian troops", "NGA.MIL"),
        ("Congo-Brazzaville", "COG"), ("DR Congo", "COD"), ("Guinea", "GIN"), ("Guinea-Bissau", "GNB"),
        ("Equatorial Guinea", "GNQ"), ("Papua New Guinea", "PNG"), ("Austria", "AUT"), ("Australia", "AUS"),
        ("Nigera", None), ("Austrla", None),
    ],
)  # fmt: skip
def test_states_are_never_matched_by_likeness(text: str, wanted: str | None) -> None:
    assert actor(text) == wanted


def test_an_unlisted_brigade_is_not_the_group_whose_name_it_holds() -> None:
    found = INDEX.resolve("Liwa Hezbollah al-Foulan", country="SYR")
    assert found.provisional and found.actor != "lebanon.hezbollah"
    assert "lebanon.hezbollah" not in hits("The Liwa Hezbollah al-Foulan appeared.").values()


def test_initials_count_in_news_of_their_country() -> None:
    assert actor("BRA commanders", "PNG") == "png.bra"
    assert actor("BRA commanders", "BRA") != "png.bra"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Chad Kroeger sang on in the rain.", False),
        ("Chad closed its border with Sudan.", True),
        ("Chad President Deby closed the border.", True),
        ("Jordan Says Drones Crossed Its Border", True),  # every word of a headline has a capital
    ],
)
def test_a_state_that_is_a_given_name_too_is_no_state_before_a_surname(text: str, named: bool) -> None:
    assert any(h.kind == "state" for h in INDEX.find(text)) is named


def test_skeletons() -> None:
    assert skeleton("Kata'ib Hizbullah") == skeleton("Ketaeb Hezballah")
    assert skeleton("Qassem Soleimani") == skeleton("Kasim Suleimani")
    assert skeleton("al-Nusra") != skeleton("al-Nasr")
    assert skeleton("bin Salman") != skeleton("bin Zayed")
    assert skeleton("Ansar Allah") != skeleton("Ansar al-Islam")


# ------------------------------------------------------------------------------------ roles and offices
@pytest.mark.parametrize(
    ("text", "country", "wanted"),
    [
        ("the army chief", "IRQ", "IRQ.MIL"), ("security forces", "EGY", "EGY.MIL"), ("the police", "XKX", "XKX.COP"),
        ("US troops", "IRQ", "USA.MIL"), ("the president of Iraq", None, "irq.president"),
        ("Israel's defence minister", None, "isr.defence-minister"), ("a Kurdish official", "IRQ", "iraq.krg"),
        ("a Kurdish official", "SYR", "syria.aanes"), ("rebel troops", "SYR", "SYR.REB"), ("a police chief", "MEX", "MEX.COP"),
        ("Iran-backed militias", "IRQ", "iraq.iran-backed-factions"), ("Turkish-backed fighters", "LBY", "LBY.UAF"),
        ("two Americans", None, "USA.CIV"), ("the Iranians", None, "IRN"), ("Washington", None, "USA.GOV"),
        ("a spokesman for the Houthis", "SAU", "yemen.houthis"), ("Taliban fighters", "PAK", "afghanistan.taliban"),
        ("members of Boko Haram", "CMR", "nigeria.boko-haram"), ("Boko Haram victims", "NGA", "NGA.CIV"),
        ("gunmen", None, None), ("a Western diplomat", "IRQ", None), ("foreign troops", "IRQ", None),
        ("the government of South Sudan", "SDN", "SSD.GOV"), ("Iraqi protesters", None, "IRQ.CIV"),
    ],
)  # fmt: skip
def test_roles_take_their_country(text: str, country: str | None, wanted: str | None) -> None:
    assert actor(text, country) == wanted


def test_a_role_without_a_country_keeps_its_sector() -> None:
    found = INDEX.resolve("gunmen")
    assert (found.country, found.sector) == (None, "UAF")


def test_persons_are_offices_on_their_day() -> None:
    assert actor("Pompeo", on=date(2020, 1, 15)) == "usa.secretary-of-state"
    gone = INDEX.resolve("Pompeo", on=date(2022, 1, 15))
    assert (gone.actor, gone.country, gone.sector) == (None, "USA", "ELI")
    assert actor("Recep Tayyip Erdogan", on=date(2010, 1, 1)) == "tur.prime-minister"
    assert actor("Recep Tayyip Erdogan", on=date(2020, 1, 1)) == "tur.president"
    assert actor("bin Salman") == "sau.crown-prince"
    assert actor("bin Zayed") == "are.crown-prince"
    assert actor("Qasim Suleimani", on=date(2020, 1, 3)) == "irn.quds-force-commander"


def test_who_died_in_office_stays_that_office() -> None:
    assert actor("Iranian general Qassem Soleimani", on=date(2020, 4, 21)) == "irn.quds-force-commander"
    assert actor("Esmail Qaani", on=date(2020, 4, 21)) == "irn.quds-force-commander"


def test_pointing_words_take_no_country_from_the_report() -> None:
    assert actor("those troops", "IRQ") is None
    assert INDEX.resolve("its forces", country="IRQ").sector == "MIL"


def test_whom_a_state_backs_depends_on_the_country() -> None:
    assert actor("Iran-backed fighters", "IRQ") == "iraq.iran-backed-factions"
    assert actor("Iranian-backed rebels", "YEM") == "yemen.houthis"
    assert actor("Ankara-backed factions", "SYR") == "syria.sna"
    assert actor("anti-Iran militias", "IRQ") == "IRQ.PRM"


def test_unlisted_persons_stay_unresolved() -> None:
    assert actor("Phillip Warden") is None
    assert actor("Mary Pompeo") is None
    found = INDEX.resolve("Egyptian journalist Nour Fulan")
    assert (found.actor, found.country, found.sector) == (None, "EGY", "JRN")


def test_a_person_speaking_for_a_body_is_that_body() -> None:
    assert actor("Taliban spokesman Fulan al-Fulani") == "afghanistan.taliban"
    assert actor("Prime Minister Khan", "PAK", date(2019, 2, 1)) == "pak.prime-minister"


def test_former_officials_are_not_the_government() -> None:
    found = INDEX.resolve("a former US ambassador to Yemen", country="YEM")
    assert (found.actor, found.country, found.sector) == (None, "USA", "ELI")


@pytest.mark.parametrize(
    "text", ["three previously unknown groups", "a shadowy group", "Saraya Fajr al-Nour", "the Black Falcon Brigade"]
)
def test_unknown_groups_become_provisional(text: str) -> None:
    found = INDEX.resolve(text, country="IRQ")
    assert found.provisional
    assert found.actor is not None and found.actor.startswith("provisional.")


def test_provisional_ids_do_not_depend_on_the_determiner() -> None:
    assert actor("the Black Falcon Brigade") == actor("Black Falcon Brigade")


# ---------------------------------------------------------------------------------------------- roll-up
def test_ancestors_follow_dated_ties() -> None:
    assert "iraq.pmf" in INDEX.ancestors("iraq.kataib-hezbollah", date(2020, 1, 1))
    assert "iraq.pmf" not in INDEX.ancestors("iraq.kataib-hezbollah", date(2010, 1, 1))
    assert "iraq.iran-backed-factions" in INDEX.ancestors("iraq.kataib-hezbollah", date(2010, 1, 1))
    assert INDEX.ancestors("USA.MIL", SPRING_2020) == ("USA",)
    assert INDEX.ancestors("usa.secretary-of-state", SPRING_2020) == ("USA.GOV", "USA")
    assert INDEX.ancestors("irn.irgc-qf", SPRING_2020) == ("irn.irgc", "IRN.MIL", "IRN")


def test_what_lives_in_a_country_is_not_its_state() -> None:
    assert INDEX.ancestors("SYR.REB", SPRING_2020) == ()
    assert not INDEX.same_side("iraq.kataib-hezbollah", ["IRQ"], SPRING_2020)
    assert INDEX.same_side("iraq.kataib-hezbollah", ["iraq.iran-backed-factions"], SPRING_2020)
    assert not INDEX.same_side("iraq.kataib-hezbollah", ["IRN"], SPRING_2020)
    assert INDEX.same_side("irn.quds-force-commander", ["IRN"], SPRING_2020)


def test_unknown_ids_are_none() -> None:
    assert INDEX.get("nobody.at-all") is None
    assert INDEX.get("USA.XYZ") is None
    assert INDEX.ancestors("nobody.at-all", None) == ()


# ---------------------------------------------------------------------------------------------- theatre
def test_a_theatre_adds_and_overrides_actors() -> None:
    added = Actor("valley.river-guard", "River Guard", "group", ("RG Militia",), "IRQ", "PRM",
                  affiliations=(Affiliation("iraq.pmf", "member", date(2019, 1, 1)),))  # fmt: skip
    renamed = Actor("iraq.pmf", "Popular Mobilization Forces", "group", ("the Mobilisers",))
    own = load([added, renamed])
    assert own.resolve("RG Militia").actor == "valley.river-guard"
    assert own.resolve("the Mobilisers").actor == "iraq.pmf"
    assert own.resolve("Hashd al-Shaabi").actor == "iraq.pmf"
    assert own.ancestors("valley.river-guard", SPRING_2020) == ("iraq.pmf",)
    assert INDEX.get("valley.river-guard") is None


def test_a_theatres_spelling_wins_over_the_packaged_one() -> None:
    own = load([Actor("valley.front", "Nusra Front", "group", (), "MLI", "REB")])
    assert own.resolve("Nusra Front").actor == "valley.front"
    assert own.resolve("Jabhat al-Nusra").actor == "syria.nusra"


def test_the_packaged_index_is_loaded_once() -> None:
    assert load() is load()


@pytest.mark.parametrize(
    ("mention", "country", "actor"),
    [
        ("Russian peacekeepers", "AZE", "RUS.MIL"),
        ("Pakistani shelling", "IND", "PAK.MIL"),
        ("Armed motorcyclists", "VEN", "VEN.UAF"),
        ("Druze gunmen", "SYR", "SYR.UAF"),
        ("the kingdom", "JOR", "JOR"),
        ("the kingdom", "IRQ", None),
        ("Al-Shabab Football Club", "KEN", None),
        ("Insurgents known locally as al-Shabab", "MOZ", "isis.mozambique"),
        ("Sons of the Olive Brigade", "PSE", "provisional.sons-of-the-olive-brigade"),
    ],
)
def test_general_rules_for_roles_and_names(mention: str, country: str, actor: str | None) -> None:
    assert load().resolve(mention, country=country).actor == actor
