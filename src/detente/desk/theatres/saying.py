"""The fixed words of these pages in the reader's language: states, precision, likelihood, proof, why reports are one."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from detente.outlook.words import ICD203
from detente.records import Forecast, Lull

STATES = {
    "lull": lazy("Lull"), "active": lazy("Active"), "escalating": lazy("Escalating"),
    "de-escalating": lazy("De-escalating"), "quiet": lazy("Quiet"), "unknown": lazy("Not known"),
}  # fmt: skip
PRECISION = {
    "site": lazy("the site itself"), "settlement": lazy("the town, not the place in it"),
    "district": lazy("the district only"), "province": lazy("the province only"),
    "country": lazy("the country only"), "region": lazy("a large region only"), "unmatched": lazy("a name we cannot place"),
}  # fmt: skip
MODALITY = {
    "happened": lazy("reported as having happened"), "ongoing": lazy("reported as going on"),
    "planned": lazy("planned, not done"), "threatened": lazy("threatened, not done"),
    "conditional": lazy("depends on a condition"), "hypothetical": lazy("imagined, not done"),
    "denied": lazy("denied"), "negated": lazy("reported as not having happened"),
    "uncertain": lazy("not certain that it happened"),
}  # fmt: skip
WIRES = {
    "armed": lazy("armed"), "tripped": lazy("tripped"), "executed": lazy("carried out"), "withheld": lazy("not carried out"),
    "expired": lazy("lapsed"), "withdrawn": lazy("taken back"),
}  # fmt: skip
STANCES = {
    "asserts": lazy("says so"), "denies": lazy("denies it"), "doubts": lazy("doubts it"), "claims": lazy("claims to have done it"),
    "blames": lazy("lays it to somebody"), "threatens": lazy("threatens"), "requests": lazy("asks for it"),
}  # fmt: skip
TOLLS = {
    "killed": lazy("killed"), "injured": lazy("injured"), "rounds": lazy("rounds fired"), "attacks": lazy("attacks"),
    "detained": lazy("detained"), "troops": lazy("troops"), "other": lazy("other"),
}  # fmt: skip
PROOF = {
    "suspicion": lazy("suspicion"), "stated": lazy("stated by somebody"), "documented": lazy("documented"),
    "confirmed": lazy("confirmed"),
}  # fmt: skip
LINKS = {
    "front": lazy("is a front of"), "backed": lazy("is backed by"), "aligned": lazy("is aligned with"),
    "member": lazy("belongs to"), "ally": lazy("is an ally of"), "splinter": lazy("split from"),
    "renamed": lazy("is a new name of"), "same": lazy("is the same as"), "wing": lazy("is a wing of"),
    "part": lazy("is part of"), "parent": lazy("is the parent of"), "office": lazy("holds office in"),
}  # fmt: skip
KINDS = {
    "state": lazy("state"), "organ": lazy("organ of a state"), "office": lazy("office"),
    "organisation": lazy("organisation"), "group": lazy("group"), "coalition": lazy("coalition"), "party": lazy("party"),
    "role": lazy("kind of actor"), "people": lazy("people"), "provisional": lazy("group, not yet listed"),
}  # fmt: skip
EXPLANATIONS = {
    "de-escalation": lazy("De-escalation"), "preparation": lazy("Preparation"), "outside cause": lazy("Outside cause"),
    "coverage loss": lazy("We stopped hearing"),
}  # fmt: skip
WEIGHTS = {
    "on record": lazy("on record"), "unnamed": lazy("unnamed speaker"), "interested party": lazy("interested party"),
}  # fmt: skip
_CHANCE = {
    "almost no chance": lazy("almost no chance"), "very unlikely": lazy("very unlikely"), "unlikely": lazy("unlikely"),
    "roughly even chance": lazy("roughly even chance"), "likely": lazy("likely"), "very likely": lazy("very likely"),
    "almost certain": lazy("almost certain"),
}  # fmt: skip
_REASONS: dict[str, object] = {
    "same day": lazy("same day"), "same place": lazy("same place"), "same actor": lazy("same actor"),
    "same recipient": lazy("same recipient"), "same means": lazy("same means"), "same report": lazy("same report"),
    "the same sentence in both": lazy("the same sentence in both"),
    "copies of one wire story": lazy("copies of one wire story"),
    "place not known closely": lazy("place not known closely"), "a date is not known": lazy("a date is not known"),
    "and neither place nor date differs": lazy("and neither place nor date differs"),
    "and no other happening fits": lazy("and no other happening fits"),
    "one night": lazy("one night"), "printed with two dates": lazy("printed with two dates"),
    "one is reported from the place of the other": lazy("one is reported from the place of the other"),
    "places differ": lazy("places differ"), "actors differ": lazy("actors differ"),
    "recipients differ": lazy("recipients differ"), "means differ": lazy("means differ"),
    "kinds of act differ": lazy("kinds of act differ"), "one sums up several happenings": lazy("one sums up several happenings"),
}  # fmt: skip
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"dates differ \((\S+) and (\S+)\)"),
     lambda m: _("dates differ (%(one)s and %(other)s)") % {"one": m[1], "other": m[2]}),
    (re.compile(r"same count of (\w+)"), lambda m: _("same count: %(what)s") % {"what": TOLLS.get(m[1], m[1])}),
    (re.compile(r"both speak of the same kind of place or thing \((.+)\)"),
     lambda m: _("both speak of the same kind of place or thing (%(what)s)") % {"what": m[1]}),
)  # fmt: skip


def reasons(text: str) -> str:
    """Reasons as the merger wrote them, in the reader's language; one that has no translation stays as it is."""
    return ", ".join(_reason(each) for each in text.split(", "))


def _reason(text: str) -> str:
    for pattern, told in _PATTERNS:
        if found := pattern.fullmatch(text):
            return told(found)
    return str(_REASONS.get(text, text))


def calm(lull: Lull) -> str:
    """How long the pause is and how unusual: "26 days without an attack that counts; longer than 18 of 18 …"."""
    if lull.since is None or lull.days is None:
        return _("No attack that counts is on record.")
    if lull.days == 0:
        return _("The last attack that counts was on this day.")
    parts = [
        ngettext("%(n)s day without an attack that counts", "%(n)s days without an attack that counts", lull.days)
        % {"n": lull.days}
    ]
    if lull.heard is not None and lull.heard < lull.days:
        parts.append(ngettext("heard on %(n)s of them", "heard on %(n)s of them", lull.heard) % {"n": lull.heard})
    if lull.past_gaps and lull.heard is not None and lull.state in ("lull", "quiet"):
        shorter, every = sum(gap < lull.heard for gap in lull.past_gaps), len(lull.past_gaps)
        told = ngettext(
            "longer than %(shorter)s of %(n)s earlier pause", "longer than %(shorter)s of %(n)s earlier pauses", every
        )
        parts.append(told % {"shorter": shorter, "n": every})
    return "; ".join(parts)


def chance(forecast: Forecast) -> str:
    """The forecast in words of ICD 203 with their range: "very unlikely (5–20 %)"; a shared edge goes to the outer band."""
    percent = 100 * forecast.probability
    inside = [band for band in ICD203 if band.low <= percent <= band.high]
    band = (
        max(inside, key=lambda each: abs(each.low + each.high - 100)) if inside else ICD203[0 if percent < 50 else -1]
    )
    return f"{_CHANCE[band.terms[0]]} ({band.low}–{band.high} %)"
