"""What a forecast is about, as a rule that a machine can check: the theatre's own target class, and a window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from detente.records import Incident, InputError
from detente.reference.theatre import Direction, LullDefinition, Proof
from detente.tension.sides import Watch, day_of, why_not


@dataclass(frozen=True, slots=True)
class Rule:
    """It happens if at least `at_least` attacks that count under `definition` fall in (after, until]."""

    dyad: str
    definition: LullDefinition
    after: date
    until: date
    at_least: int = 1

    def __str__(self) -> str:
        d = self.definition
        modes = ",".join(d.modes) or "any"
        return (
            f"dyad={self.dyad}; acts={','.join(d.acts)}; modes={modes}; direction={d.direction}; proof={d.proof}; "
            f"at_least={self.at_least}; after={self.after}; until={self.until}"
        )


def rule_for(dyad: str, definition: LullDefinition, made: date, horizon: int) -> Rule:
    """The rule of a forecast made on `made` for the `horizon` days that follow."""
    return Rule(dyad, definition, made, made + timedelta(days=horizon))


def read_rule(text: str) -> Rule:
    """The rule that was written with str(); raises InputError if it cannot be read."""
    try:
        part = dict(item.split("=", 1) for item in text.split("; "))
        modes = () if part["modes"] == "any" else tuple(part["modes"].split(","))
        if part["direction"] not in get_args(Direction) or part["proof"] not in get_args(Proof):
            raise ValueError(part["direction"])
        definition = LullDefinition(
            acts=tuple(part["acts"].split(",")), modes=modes, direction=part["direction"], proof=part["proof"]  # type: ignore[arg-type]
        )  # fmt: skip
        window = date.fromisoformat(part["after"]), date.fromisoformat(part["until"])
        return Rule(part["dyad"], definition, *window, int(part["at_least"]))
    except (KeyError, ValueError):
        raise InputError(f"not a resolution rule: {text!r}") from None


def target_attacks(
    incidents: Iterable[Incident], watch: Watch, definition: LullDefinition, as_of: date
) -> tuple[date, ...]:
    """The day of each attack that counts under the definition, as known on `as_of`, sorted, one per incident."""
    days = [
        day
        for each in incidents
        if (each.known is None or each.known <= as_of)
        and (day := day_of(each)) is not None
        and day <= as_of
        and why_not(each, watch, definition) is None
    ]
    return tuple(sorted(days))
