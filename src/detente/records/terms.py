"""The fixed words: PLOVER's types and scores, modalities, stances, precisions."""

from __future__ import annotations

from datetime import date
from typing import Literal

SCHEMA_VERSION = 1
OLDEST, NEWEST = date(1800, 1, 1), date(2199, 12, 31)  # a report or a deed dated outside is a slip of the pen

# PLOVER 1.3 event types, in the manual's order (Open Event Data Alliance, draft of 5 February 2022).
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
VERBAL_COOPERATION = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE"})
MATERIAL_COOPERATION = frozenset({"COOPERATE", "AID", "RETREAT"})
VERBAL_CONFLICT = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
MATERIAL_CONFLICT = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
# PLOVER conflict-cooperation scores, -10..10 (manual 1.3, table 2.2).
SCORES = {
    "ASSAULT": -9.3, "COERCE": -7.2, "PROTEST": -6.6, "MOBILIZE": -5.3, "SANCTION": -5.2,
    "THREATEN": -5.1, "REQUEST": -5.0, "REJECT": -4.2, "ACCUSE": -2.0, "CONSULT": 2.1,
    "AGREE": 4.2, "SUPPORT": 4.6, "CONCEDE": 5.0, "COOPERATE": 6.8, "AID": 7.4, "RETREAT": 7.6,
}  # fmt: skip

Modality = Literal[
    "happened", "ongoing", "planned", "threatened", "conditional",
    "hypothetical", "denied", "negated", "uncertain",
]  # fmt: skip
MODALITIES: tuple[Modality, ...] = (
    "happened", "ongoing", "planned", "threatened", "conditional",
    "hypothetical", "denied", "negated", "uncertain",
)  # fmt: skip
FACTUAL: frozenset[Modality] = frozenset({"happened", "ongoing"})
# PLOVER's four auxiliary modes, for export; None where the event simply stands.
AUXILIARY: dict[str, str | None] = {
    "happened": None, "ongoing": None, "planned": "future", "threatened": "future",
    "conditional": "hypothetical", "hypothetical": "hypothetical",
    "denied": "negation", "negated": "negation", "uncertain": "hypothetical",
}  # fmt: skip

Calendar = date  # the type, inside records that have a field called `date`
Stance = Literal["asserts", "denies", "doubts", "claims", "blames", "threatens", "requests"]
DatePrecision = Literal["day", "week", "month", "season", "year", "range", "unresolved"]
PlacePrecision = Literal["site", "settlement", "district", "province", "country", "region", "unmatched"]
DataFormat = Literal["acled", "gdelt", "icews", "ngec", "polecat", "ucdp"]
TripwireState = Literal["armed", "tripped", "executed", "withheld", "expired", "withdrawn"]
