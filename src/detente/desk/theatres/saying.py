"""The fixed words of these pages in the reader's language: states, precision, likelihood, proof, why reports are one."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from detente.outlook.words import ICD203
from detente.records import Forecast, Lull

STATES = {
    "lull": gettext_lazy("Lull"), "active": gettext_lazy("Active"), "escalating": gettext_lazy("Escalating"),
    "de-escalating": gettext_lazy("De-escalating"), "quiet": gettext_lazy("Quiet"), "unknown": gettext_lazy("Not known"),
}  # fmt: skip
PRECISION = {
    "site": gettext_lazy("the site itself"), "settlement": gettext_lazy("the town, not the place in it"),
    "district": gettext_lazy("the district only"), "province": gettext_lazy("the province only"),
    "country": gettext_lazy("the country only"), "region": gettext_lazy("a large region only"), "unmatched": gettext_lazy("a name we cannot place"),
}  # fmt: skip
MODALITY = {
    "happened": gettext_lazy("reported as having happened"), "ongoing": gettext_lazy("reported as going on"),
    "planned": gettext_lazy("planned, not done"), "threatened": gettext_lazy("threatened, not done"),
    "conditional": gettext_lazy("depends on a condition"), "hypothetical": gettext_lazy("imagined, not done"),
    "denied": gettext_lazy("denied"), "negated": gettext_lazy("reported as not having happened"),
    "uncertain": gettext_lazy("not certain that it happened"),
}  # fmt: skip
WIRES = {
    "armed": gettext_lazy("armed"), "tripped": gettext_lazy("tripped"), "executed": gettext_lazy("carried out"), "withheld": gettext_lazy("not carried out"),
    "expired": gettext_lazy("lapsed"), "withdrawn": gettext_lazy("taken back"),
}  # fmt: skip
STANCES = {
    "asserts": gettext_lazy("says so"), "denies": gettext_lazy("denies it"), "doubts": gettext_lazy("doubts it"), "claims": gettext_lazy("claims to have done it"),
    "blames": gettext_lazy("lays it to somebody"), "threatens": gettext_lazy("threatens"), "requests": gettext_lazy("asks for it"),
}  # fmt: skip
TOLLS = {
    "killed": gettext_lazy("killed"), "injured": gettext_lazy("injured"), "rounds": gettext_lazy("rounds fired"), "attacks": gettext_lazy("attacks"),
    "detained": gettext_lazy("detained"), "troops": gettext_lazy("troops"), "other": gettext_lazy("other"),
}  # fmt: skip
PROOF = {
    "suspicion": gettext_lazy("suspicion"), "stated": gettext_lazy("stated by somebody"), "documented": gettext_lazy("documented"),
    "confirmed": gettext_lazy("confirmed"),
}  # fmt: skip
LINKS = {
    "front": gettext_lazy("front of"), "backed": gettext_lazy("backed by"), "aligned": gettext_lazy("aligned with"),
    "member": gettext_lazy("member of"), "ally": gettext_lazy("ally of"), "splinter": gettext_lazy("split from"),
    "renamed": gettext_lazy("new name of"), "same": gettext_lazy("same as"), "wing": gettext_lazy("wing of"),
    "part": gettext_lazy("part of"), "parent": gettext_lazy("parent of"), "office": gettext_lazy("office in"),
}  # fmt: skip
KINDS = {
    "state": gettext_lazy("state"), "organ": gettext_lazy("organ of a state"), "office": gettext_lazy("office"),
    "organisation": gettext_lazy("organisation"), "group": gettext_lazy("group"), "coalition": gettext_lazy("coalition"), "party": gettext_lazy("party"),
    "role": gettext_lazy("kind of actor"), "people": gettext_lazy("people"), "provisional": gettext_lazy("group, not yet listed"),
}  # fmt: skip
EXPLANATIONS = {
    "de-escalation": gettext_lazy("De-escalation"), "preparation": gettext_lazy("Preparation"), "outside cause": gettext_lazy("Outside cause"),
    "coverage loss": gettext_lazy("We stopped hearing"),
}  # fmt: skip
WEIGHTS = {
    "on record": gettext_lazy("on record"), "unnamed": gettext_lazy("unnamed speaker"), "interested party": gettext_lazy("interested party"),
}  # fmt: skip
_CHANCE = {
    "almost no chance": gettext_lazy("almost no chance"), "very unlikely": gettext_lazy("very unlikely"), "unlikely": gettext_lazy("unlikely"),
    "roughly even chance": gettext_lazy("roughly even chance"), "likely": gettext_lazy("likely"), "very likely": gettext_lazy("very likely"),
    "almost certain": gettext_lazy("almost certain"),
}  # fmt: skip
_REASONS: dict[str, object] = {
    "same day": gettext_lazy("same day"), "same place": gettext_lazy("same place"), "same actor": gettext_lazy("same actor"),
    "same recipient": gettext_lazy("same recipient"), "same means": gettext_lazy("same means"), "same report": gettext_lazy("same report"),
    "the same sentence in both": gettext_lazy("the same sentence in both"),
    "copies of one wire story": gettext_lazy("copies of one wire story"),
    "place not known closely": gettext_lazy("place not known closely"), "a date is not known": gettext_lazy("a date is not known"),
    "and neither place nor date differs": gettext_lazy("and neither place nor date differs"),
    "and no other happening fits": gettext_lazy("and no other happening fits"),
    "one night": gettext_lazy("one night"), "printed with two dates": gettext_lazy("printed with two dates"),
    "one is reported from the place of the other": gettext_lazy("one is reported from the place of the other"),
    "one place within the other": gettext_lazy("one place within the other"), "dates fit": gettext_lazy("dates fit"),
    "actors of one country": gettext_lazy("actors of one country"),
    "recipients of one country": gettext_lazy("recipients of one country"),
    "a report of the days after": gettext_lazy("a report of the days after"),
    "which gives no date": gettext_lazy("which gives no date"),
    "but one rests on a claim or on blame": gettext_lazy("but one rests on a claim or on blame"),
    "places differ": gettext_lazy("places differ"), "actors differ": gettext_lazy("actors differ"),
    "recipients differ": gettext_lazy("recipients differ"), "means differ": gettext_lazy("means differ"),
    "kinds of act differ": gettext_lazy("kinds of act differ"), "one sums up several happenings": gettext_lazy("one sums up several happenings"),
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
    return _("; ").join(parts)


def chance(forecast: Forecast) -> str:
    """The forecast in words of ICD 203 with their range: "very unlikely (5–20 %)"; a shared edge goes to the outer band."""
    percent = 100 * forecast.probability
    inside = [band for band in ICD203 if band.low <= percent <= band.high]
    band = (
        max(inside, key=lambda each: abs(each.low + each.high - 100)) if inside else ICD203[0 if percent < 50 else -1]
    )
    span = f"({band.low}–{band.high}\N{NO-BREAK SPACE}%)"
    return f"{_CHANCE[band.terms[0]]} {isolated(span)}"


def isolated(figures: str) -> str:
    """Figures that keep their order inside right-to-left text."""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{figures}\N{POP DIRECTIONAL ISOLATE}" if get_language_bidi() else figures
