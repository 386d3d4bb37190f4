"""One door to all formats."""

from __future__ import annotations

from detente.export import acled, geojson, incidents, package, plover, prov, ucdp
from detente.export.annotations import collection as web_annotations
from detente.export.cap import Alert, alert
from detente.export.material import Material, Written
from detente.export.tables import as_csv, as_parquet, dictionary
from detente.records import InputError

FORMATS: dict[str, tuple[str, tuple[str, ...]]] = {
    "plover": ("event mentions in PLOVER's terms, with a data dictionary", (".jsonl", ".csv", ".parquet")),
    "incidents": ("incidents, with a data dictionary", (".csv", ".parquet")),
    "acled": ("incidents in ACLED's columns", (".csv",)),
    "ucdp": ("deadly attacks in UCDP GED's columns", (".csv",)),
    "geojson": ("incidents on a map, points only where the place is one", (".geojson", ".json")),
    "hxl": ("incidents with a row of HXL tags", (".csv",)),
    "annotations": ("evidence as W3C Web Annotations", (".jsonld", ".json")),
    "prov": ("the run as PROV-JSON", (".json",)),
    "package": ("a Frictionless data package, in a folder", ("",)),
    "cap": ("one incident as a CAP 1.2 alert", (".xml", ".cap")),
}


def check(to: str, ending: str) -> None:
    """InputError for a format that does not exist, or an ending that does not fit it."""
    if to not in FORMATS:
        raise InputError(f"--to {to}: choose one of {', '.join(FORMATS)}")
    if ending not in FORMATS[to][1]:
        wanted = " or ".join(FORMATS[to][1]).strip() or "a folder, so no ending"
        raise InputError(f"--to {to} is written to {wanted}, not to '{ending or 'a name without an ending'}'")


def write(
    given: Material,
    to: str,
    ending: str,
    *,
    incident: str | None = None,
    how: Alert | None = None,
    about: package.About | None = None,
) -> Written:
    """Files by name: "" is the output itself, "dictionary.csv" stands beside it; a package's are paths inside it.

    Raises InputError for an unknown format, ending, incident or licence.
    """
    check(to, ending)
    if to in ("plover", "incidents"):
        made = plover.table(given) if to == "plover" else incidents.table(given)
        body = plover.lines(given) if ending == ".jsonl" else as_csv(made) if ending == ".csv" else as_parquet(made)
        return Written({"": body, "dictionary.csv": dictionary([made])})
    if to == "acled":
        return acled.table(given)
    if to == "ucdp":
        return ucdp.table(given)
    if to == "cap":
        return Written({"": _alert(given, incident, how or Alert())})
    if to == "package":
        chosen = about or package.About()
        if chosen.licence not in package.OPEN_LICENCES:
            raise InputError(f"--licence {chosen.licence}: choose one of {', '.join(package.OPEN_LICENCES)}")
        return Written(package.package(given, chosen))
    writers = {"geojson": geojson.collection, "hxl": incidents.hxl, "annotations": web_annotations, "prov": prov.document}  # fmt: skip
    return Written({"": writers[to](given)})


def _alert(given: Material, wanted: str | None, how: Alert) -> bytes:
    if wanted is None:
        raise InputError("--to cap tells of one incident: name it with --incident (ids are in 'export --to incidents')")
    for each in given.incidents:
        if each.id == wanted:
            return alert(each, given, how)
    raise InputError(f"no incident {wanted} in what was given")
