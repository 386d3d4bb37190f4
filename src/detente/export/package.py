"""A Frictionless data package: tables with their schemas, licence, citation and hashes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from detente.export import incidents, plover
from detente.export.material import Material
from detente.export.tables import Column, Table, as_csv, dictionary, json_bytes
from detente.sources.coded.formats import FORMATS

OPEN_LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODC-BY-1.0": ("Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    "ODbL-1.0": ("Open Data Commons Open Database 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
_SOURCES = (
    Column("story_id", "string", "id of the article; 'events' refers to it"),
    Column("title", "string", "headline"),
    Column("outlet", "string", "who published it"),
    Column("published", "date", "publication date"),
    Column("language", "string", "ISO 639-1"),
    Column("url", "string", "address"),
    Column("text_sha256", "string", "hash of the text that offsets refer to; the text itself is not in this package"),
)


@dataclass(frozen=True, slots=True)
class About:
    """What the package says of itself; `licence` is one of OPEN_LICENCES."""

    title: str = "Coded events"
    author: str = "Author not named"
    licence: str = "CC-BY-4.0"


def package(given: Material, about: About) -> dict[str, bytes]:
    """The package's files by their path."""
    tables = (plover.table(given), incidents.table(given), _sources(given))
    files = {f"data/{each.name}.csv": as_csv(each) for each in tables}
    files["dictionary.csv"] = dictionary(tables)
    files["CITATION.cff"] = _citation(given, about)
    files["datapackage.json"] = json_bytes(_descriptor(given, about, tables, files))
    return dict(sorted(files.items()))


def _sources(given: Material) -> Table:
    rows = tuple(
        (a.id, a.title, a.outlet, a.published, a.language, a.url,
         sha256(a.text.encode("utf-8", "surrogatepass")).hexdigest())
        for a in given.articles.values()
    )  # fmt: skip
    return Table("sources", _SOURCES, rows)


def foreign(given: Material) -> list[str]:
    """Formats of other people's rows in it, by name."""
    return sorted({str(a.extra["row"]) for a in given.articles.values() if "row" in a.extra})


def licences(given: Material, about: About) -> list[dict[str, str]]:
    """The author's licence, and the terms of every data set whose rows are in it; ACLED's leave no room for an open one."""
    title, path = OPEN_LICENCES[about.licence]
    own = [{"name": about.licence, "title": title, "path": path}]
    rows = foreign(given)
    theirs = [{"name": f"terms-of-{each}", "title": f"{FORMATS[each].label}: {FORMATS[each].licence}"} for each in rows]
    return theirs if "acled" in rows else own + theirs


def _descriptor(given: Material, about: About, tables: tuple[Table, ...], files: dict[str, bytes]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "detente-events",
        "title": about.title,
        "description": f"Event mentions and incidents coded from reports by {given.version}. Columns: dictionary.csv.",
        "contributors": [{"title": about.author, "role": "author"}],
        "licenses": licences(given, about),
        "sources": [{"title": f"{each.name} (sha256 {each.sha256})"} for each in given.inputs],
        "resources": [_resource(each, files[f"data/{each.name}.csv"]) for each in tables],
    }


def _resource(table: Table, body: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"data/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{sha256(body).hexdigest()}",
        "schema": {
            "fields": [
                {"name": c.name, "type": "string" if c.many else c.kind, "description": c.about + (" (parted by ';')" if c.many else "")}
                for c in table.columns
            ],
            "primaryKey": [table.columns[0].name],
        },
    }  # fmt: skip


def _citation(given: Material, about: About) -> bytes:
    def text(value: str) -> str:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'

    lines = [
        "cff-version: 1.2.0",
        'message: "Please cite this data set as below, and the reports it rests on by their addresses."',
        "type: dataset",
        f"title: {text(about.title)}",
        "authors:",
        f"  - name: {text(about.author)}",
        "references:",
        "  - type: software",
        f"    title: {text(given.version)}",
        "    authors:",
        '      - name: "The Detente contributors"',
    ]
    if "acled" not in foreign(given):
        lines.insert(6, f"license: {about.licence}")
    return ("\n".join(lines) + "\n").encode()
