"""The actors' data files say nothing impossible."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from detente.reference.actors import load
from detente.reference.actors.skeleton import fold
from detente.reference.actors.tables import SECTOR_NAMES, Spelling, read_tables

ISO_3166_1 = frozenset(
    """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM
    BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR
    CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB
    GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA
    JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA
    MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR
    NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS
    SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON
    TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
    """.split()
)
TABLES = read_tables()
INDEX = load()


def test_states_are_iso_3166_1_and_kosovo() -> None:
    assert {a.id for a in TABLES.actors.values() if a.kind == "state"} == ISO_3166_1 | {"XKX"}


def test_wikidata_ids_are_well_formed_unique_and_every_state_has_one() -> None:
    ids = [(a.wikidata, a.id) for a in TABLES.actors.values() if a.wikidata]
    assert all(re.fullmatch(r"Q[1-9]\d*", q) for q, _ in ids)
    assert len({q for q, _ in ids}) == len(ids)
    assert not [a.id for a in TABLES.actors.values() if a.kind == "state" and not a.wikidata]
    assert len(ids) > 290


def test_peoples_are_named_as_peoples() -> None:
    assert all(a.id.startswith("people.") for a in TABLES.actors.values() if a.kind == "people")


def test_every_country_code_exists() -> None:
    for actor in TABLES.actors.values():
        assert actor.country is None or actor.country in TABLES.actors, actor.id
    for spelling in TABLES.spellings:
        assert all(c in TABLES.actors for c in spelling.when_country), spelling


def test_every_sector_is_known() -> None:
    for actor in TABLES.actors.values():
        assert actor.sector is None or actor.sector in SECTOR_NAMES, actor.id
    assert all(r.sector is None or r.sector in SECTOR_NAMES for r in TABLES.roles.values())


def test_every_affiliation_has_a_target_dates_in_order_and_a_source() -> None:
    for actor in TABLES.actors.values():
        for tie in actor.affiliations:
            assert INDEX.get(tie.to) is not None, (actor.id, tie.to)
            assert not (tie.start and tie.end) or tie.start <= tie.end, actor.id
            own_state = tie.to == actor.country or actor.kind == "office"
            assert tie.source or own_state, f"{actor.id} -> {tie.to} has no source note"


def test_no_actor_is_part_of_itself() -> None:
    for actor in TABLES.actors.values():
        assert actor.id not in INDEX.ancestors(actor.id, None)


def test_holders_of_an_office_do_not_overlap() -> None:
    for actor in TABLES.actors.values():
        terms = sorted((h.start or date.min, h.end or date.max, h.name) for h in actor.holders)
        for (_, end, name), (start, _, following) in pairwise(terms):
            assert end < start, f"{actor.id}: {name} and {following}"


def test_no_spelling_is_shared_without_a_context_rule() -> None:
    readings: dict[str, set[str]] = defaultdict(set)
    for entry in TABLES.spellings:
        if not entry.ruled and entry.kind not in ("role", "person"):
            readings[fold(entry.text)].add(entry.actor)
    assert {text: ids for text, ids in readings.items() if len(ids) > 1} == {}


def test_surnames_shared_by_two_holders_are_told_apart_by_name() -> None:
    holders: dict[str, set[str]] = defaultdict(set)
    for entry in TABLES.spellings:
        if entry.kind == "person" and " " not in entry.text:
            holders[fold(entry.text)].add(entry.holder)
    several = {text for text, names in holders.items() if len(names) > 1}
    assert several <= {"aoun", "rajapaksa", "assad", "marcos", "khamenei"}, several


@pytest.mark.parametrize(("kind", "least"), [("group", 300), ("office", 150), ("organisation", 80), ("state", 250)])
def test_there_are_enough_of_each_kind(kind: str, least: int) -> None:
    assert sum(a.kind == kind for a in TABLES.actors.values()) >= least


def test_at_least_four_hundred_armed_groups_coalitions_and_parties() -> None:
    assert sum(a.kind in ("group", "coalition", "party") for a in TABLES.actors.values()) >= 400


def test_forty_countries_have_dated_heads() -> None:
    heads = ("president", "prime-minister", "king", "chancellor", "supreme-leader", "emir", "leader", "sultan")
    offices = [a for a in TABLES.actors.values() if a.kind == "office" and a.id.endswith(tuple("." + h for h in heads))]
    assert len({a.country for a in offices}) >= 40
    assert all(h.start for a in offices for h in a.holders)


def test_acronyms_match_letter_for_letter() -> None:
    cases = {s.text: s.case for s in TABLES.spellings if isinstance(s, Spelling)}
    assert all(cases[a] == "exact" for a in ("IS", "AU", "US", "EU", "SDF", "AAH", "WHO", "UN"))


THEATRE_IDS = (
    "irn.irgc", "irn.irgc-qf", "iraq.pmf", "iraq.kataib-hezbollah", "iraq.asaib-ahl-al-haq", "iraq.harakat-al-nujaba",
    "iraq.usbat-al-thairin", "iraq.ashab-al-kahf", "iraq.qabdat-al-huda", "iraq.iran-backed-factions",
    "coalition.cjtf-oir", "isis", "USA", "USA.GOV", "USA.MIL", "IRN.MIL",
)  # fmt: skip


@pytest.mark.parametrize("actor", THEATRE_IDS)
def test_ids_the_bundled_theatre_uses(actor: str) -> None:
    assert INDEX.get(actor) is not None
