"""The coded exports that can be read: their columns, how they are told apart, and on which terms they come."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.records import DataFormat

_SIDES = "side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b"
UCDP_COLUMNS = tuple(
    f"id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id "
    f"dyad_new_id dyad_name {_SIDES} number_of_sources source_article source_office source_date source_headline "
    "source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt "
    "priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b "
    "deaths_civilians deaths_unknown best high low gwnoa gwnob".split()
)  # GED 23.1 to 25.1; candidate files without a header row have these 49
_ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
_GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"


def _gdelt(geo: str) -> tuple[str, ...]:
    return (
        *"GlobalEventID Day MonthYear Year FractionDate".split(),
        *(f"Actor{n}{part}" for n in (1, 2) for part in _ACTOR.split()),
        *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale".split(),
        *"NumMentions NumSources NumArticles AvgTone".split(),
        *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in geo.split()),
        "DATEADDED",
        "SOURCEURL",
    )


GDELT_COLUMNS = _gdelt(_GEO)  # 2.0: 61
GDELT1_COLUMNS = _gdelt(_GEO.replace("ADM2Code ", ""))  # 1.0, daily: 58


@dataclass(frozen=True, slots=True)
class Format:
    """One coded export: `needs` are columns (normalised) that tell it from the others."""

    name: DataFormat
    label: str
    licence: str
    terms: str  # shown on import
    needs: frozenset[str] = frozenset()
    tabs: bool = False
    lists: bool = False  # each happening is one row: rows are never merged with one another


def _of(columns: str) -> frozenset[str]:
    return frozenset(columns.split())


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(
            "ucdp", "UCDP GED", "CC BY 4.0", "Cite the Uppsala Conflict Data Program and the version.",
            _of("id type_of_violence side_a side_b date_start date_end best high low"), lists=True,
        ),
        Format(
            "gdelt", "GDELT", "free use with citation", "Cite the GDELT Project (https://www.gdeltproject.org).",
            _of("globaleventid eventcode actor1code actor2code dateadded"), tabs=True,
        ),
        Format(
            "icews", "ICEWS", "see doi:10.7910/DVN/28075", "Cite the ICEWS coded event data, doi:10.7910/DVN/28075.",
            _of("event_id event_date source_name event_text cameo_code target_name"), tabs=True,
        ),
        Format(
            "polecat", "POLECAT", "see doi:10.7910/DVN/AJGVIT", "Cite the POLECAT data, doi:10.7910/DVN/AJGVIT.",
            _of("event_id event_date event_type event_mode actor_name recipient_name publication_date"), tabs=True,
        ),
        Format("ngec", "NGEC", "as its texts", "Rows hold text of the reports they were coded from; theirs are the rights in it."),
        Format(
            "acled", "ACLED", "ACLED terms of use",
            "ACLED's terms bind you (https://acleddata.com/terms-and-conditions): no raw data to others, no data set or "
            "product that competes with ACLED, no training on it, attribution on use. This file is read on this machine "
            "only; a brief or an export made of it quotes its rows, so ask ACLED before you pass one on.",
            _of("event_id_cnty event_date event_type sub_event_type actor1 inter1 fatalities timestamp"), lists=True,
        ),
    )
}  # fmt: skip


def column(name: str) -> str:
    """A column's name as it is compared: lower case, words joined by underscores."""
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lstrip("\ufeff").lower()).strip("_")
