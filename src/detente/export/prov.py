"""The run as PROV-JSON: which files went in, which articles they held, which incidents rest on which of them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from detente.export.material import Material
from detente.export.tables import json_bytes


def document(given: Material) -> bytes:
    """W3C PROV-JSON without clock times, so that the same run gives the same bytes."""
    run = (
        "d:run-" + sha256("|".join((given.version, *(each.sha256 for each in given.inputs))).encode()).hexdigest()[:16]
    )
    agent = "d:" + given.version.replace(" ", "-")
    files = {f"d:file-{each.sha256[:16]}": {"prov:label": each.name, "d:sha256": each.sha256} for each in given.inputs}
    entities: dict[str, Any] = dict(files)
    derived: dict[str, Any] = {}
    generated: dict[str, Any] = {}

    def link(new: str, old: str) -> None:
        derived[f"_:d{len(derived) + 1}"] = {"prov:generatedEntity": new, "prov:usedEntity": old, "prov:activity": run}

    names = {key: f"d:article-{sha256(key.encode()).hexdigest()[:16]}" for key in given.articles}
    for key, article in given.articles.items():
        told = {"prov:label": key, "d:outlet": article.outlet or "", "d:published": str(article.published or ""),
                "d:sha256": sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()}  # fmt: skip
        entities[names[key]] = told | ({"prov:location": article.url} if article.url else {})
    for incident in given.incidents:
        name = f"d:{incident.id}"
        entities[name] = {"prov:label": incident.title, "d:type": incident.type, "d:version": incident.version}
        generated[f"_:g{len(generated) + 1}"] = {"prov:entity": name, "prov:activity": run}
        for report in incident.reports:
            if report in names:
                link(name, names[report])
    return json_bytes(
        {
            "prefix": {"d": "urn:detente:"},
            "entity": entities,
            "activity": {run: {"prov:label": "code, merge and export"}},
            "agent": {agent: {"prov:type": {"$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME"}, "prov:label": given.version}},
            "used": {f"_:u{n}": {"prov:activity": run, "prov:entity": name} for n, name in enumerate(files, 1)},
            "wasGeneratedBy": generated,
            "wasDerivedFrom": derived,
            "wasAssociatedWith": {"_:a1": {"prov:activity": run, "prov:agent": agent}},
        }
    )  # fmt: skip
