"""What a mention was resolved to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.reference.actors.tables import HitKind

ResolutionKind = Literal[
    "state", "demonym", "organ", "office", "person", "group", "coalition", "organisation", "capital", "role",
    "provisional", "unknown",
]  # fmt: skip
NAMED: frozenset[HitKind] = frozenset({"group", "organ", "organisation", "coalition", "office"})
STATES: frozenset[HitKind] = frozenset({"state", "demonym", "capital"})
ARMED = frozenset({"MIL", "PRM", "REB", "UAF"})


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention was resolved to, why, and what else it might have been (id, score 0..1, why)."""

    actor: str | None
    country: str | None
    sector: str | None
    name: str | None
    kind: ResolutionKind
    why: str
    candidates: tuple[tuple[str, float, str], ...] = ()
    provisional: bool = False
