"""One incident as a CAP 1.2 alert for machines: a test with restricted scope unless its sender says otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from detente.export.material import Material, span_of
from detente.records import Incident, InputError

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
STATUSES = ("Test", "Exercise", "Draft", "Actual")
SCOPES = ("Restricted", "Public")
RESTRICTION = "For the receiving newsroom or analyst only. Not a public warning and not from an authority."
_CERTAINTY = {
    "happened": "Observed", "ongoing": "Observed", "uncertain": "Possible", "denied": "Unlikely", "negated": "Unlikely",
    "planned": "Possible", "threatened": "Possible", "conditional": "Possible", "hypothetical": "Unknown",
}  # fmt: skip
_REFERENCE = re.compile(r"[^\s,<&]+,[^\s,<&]+,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")
_SENDER = re.compile(r"[^\s,<&]+")


@dataclass(frozen=True, slots=True)
class Alert:
    """How an alert is sent: CAP status and scope, the sender, and the messages it updates (sender,identifier,sent)."""

    status: str = "Test"
    scope: str = "Restricted"
    sender: str = "detente.invalid"
    references: str = ""

    def check(self) -> None:
        """InputError names the value that CAP does not allow."""
        for name, value, allowed in (("--status", self.status, STATUSES), ("--scope", self.scope, SCOPES)):
            if value not in allowed:
                raise InputError(f"{name} {value}: choose one of {', '.join(allowed)}")
        if not _SENDER.fullmatch(self.sender):
            raise InputError(f"--sender {self.sender!r}: no spaces, commas, < or &")
        if self.references and not all(_REFERENCE.fullmatch(each) for each in self.references.split()):
            raise InputError(
                f"--references {self.references!r}: write sender,identifier,sent (2031-05-06T00:00:00-00:00)"
            )


def alert(incident: Incident, given: Material, how: Alert) -> bytes:
    """The alert as XML; a later version of an incident is an Update of the messages in `references`, a retraction a Cancel.

    Sent is the day the newest report of it was published, so that one incident gives one message. The area is words:
    the place's name, and no shape, since where people should take note is not where it happened.
    """
    how.check()
    kind = "Alert" if not how.references else "Cancel" if incident.retracted else "Update"
    if incident.retracted and not how.references:
        raise InputError(f"{incident.id} was retracted by its source: a Cancel needs --references to what it cancels")
    days = span_of(incident)
    head = [
        ("identifier", f"{incident.id}.v{incident.version}"), ("sender", how.sender),
        ("sent", _time(_newest(incident, given))), ("status", how.status), ("msgType", kind), ("scope", how.scope),
        ("restriction", RESTRICTION if how.scope == "Restricted" else ""),
        ("note", f"Machine-coded from {len(incident.reports)} reports of {incident.origins} independent origins by {given.version}."),
        ("references", " ".join(how.references.split())),
    ]  # fmt: skip
    info = [
        ("language", "en-GB"), ("category", "Security"), ("event", f"{incident.act} ({incident.type})" if incident.act != incident.type else incident.type),
        ("responseType", "Assess"), ("urgency", "Past" if incident.modality in ("happened",) else "Unknown"),
        ("severity", "Unknown"), ("certainty", "Unknown" if incident.disputed else _CERTAINTY[incident.modality]),
        ("onset", _time(days[0]) if days else ""), ("senderName", given.version), ("headline", incident.title[:160]),
        ("description", _description(incident)),
    ]  # fmt: skip
    parameters = [
        ("modality", incident.modality),
        ("disputed", str(incident.disputed).lower()),
        ("origins", str(incident.origins)),
    ]
    place = incident.place
    area = (
        place.name + (f" ({place.precision}, {place.country or 'country unknown'})" if place else "")
        if place
        else "place not known"
    )
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<alert xmlns="{NAMESPACE}">']
    lines += [_element(name, value, 1) for name, value in head if value]
    lines += ["  <info>", *(_element(name, value, 2) for name, value in info if value)]
    for name, value in parameters:
        lines += ["    <parameter>", _element("valueName", name, 3), _element("value", value, 3), "    </parameter>"]
    lines += ["    <area>", _element("areaDesc", area, 3), "    </area>", "  </info>", "</alert>"]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _element(name: str, value: str, depth: int) -> str:
    clean = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", value)
    return f"{'  ' * depth}<{name}>{escape(clean)}</{name}>"


def _time(on: date) -> str:
    return f"{on.isoformat()}T00:00:00-00:00"


def _newest(incident: Incident, given: Material) -> date:
    days = [a.published for key in incident.reports if (a := given.articles.get(key)) and a.published]
    newest = max(days, default=incident.known)
    if newest is None:
        raise InputError(
            f"{incident.id}: none of its reports has a publication date, and an alert must say when it is sent"
        )
    return newest


def _description(incident: Incident) -> str:
    """What is told, on whose word, and what speaks against it; never more than the records hold."""
    said = [f"{incident.title}."]
    for toll in incident.tolls:
        figure = (
            str(toll.low)
            if toll.low == toll.high
            else f"{toll.low} or more"
            if toll.high is None
            else f"{toll.low} to {toll.high}"
        )
        said.append(f"{toll.kind.capitalize()}: {figure} ({toll.speaker or 'speaker not named'}).")
    for each in incident.statements:
        said.append(f"{each.speaker} {each.stance} it.")
    if not (incident.actors or incident.claimed or incident.blamed):
        said.append("Who did it is not known.")
    return " ".join(said)
