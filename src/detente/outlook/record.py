"""The public record: what frozen forecasts said, what happened, and whether that beat the base rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.records import Forecast

FEW = 10  # resolved forecasts below which a skill says more of chance than of the model


@dataclass(frozen=True, slots=True)
class Tally:
    """Resolved forecasts of one horizon. Brier scores are mean squared errors; `skill` is 1 - brier / brier_base.

    `hits` counts forecasts that stood nearer to the outcome than the base rate did.
    """

    horizon: int
    n: int
    happened: int
    said: float
    brier: float
    brier_base: float
    hits: int

    @property
    def skill(self) -> float | None:
        """Gain over always saying the base rate; 0 where that was never wrong, None for fewer than FEW forecasts."""
        if self.n < FEW:
            return None
        return 1 - self.brier / self.brier_base if self.brier_base else 0.0


def hit(forecast: Forecast) -> bool | None:
    """Nearer to the outcome than its base rate? None while it is open."""
    if forecast.resolved is None:
        return None
    y = float(forecast.resolved)
    return abs(forecast.probability - y) < abs(forecast.base_rate - y)


def public_record(forecasts: Sequence[Forecast]) -> tuple[Tally, ...]:
    """One tally per horizon of what has resolved."""
    found = []
    for horizon in sorted({f.horizon for f in forecasts}):
        done = [(f, float(f.resolved)) for f in forecasts if f.horizon == horizon and f.resolved is not None]
        if done:
            n = len(done)
            found.append(
                Tally(
                    horizon, n, int(sum(y for _, y in done)), sum(f.probability for f, _ in done) / n,
                    sum((f.probability - y) ** 2 for f, y in done) / n,
                    sum((f.base_rate - y) ** 2 for f, y in done) / n, sum(bool(hit(f)) for f, _ in done),
                )
            )  # fmt: skip
    return tuple(found)


def merged(frozen: Sequence[Forecast], new: Sequence[Forecast]) -> tuple[Forecast, ...]:
    """The record with new forecasts added; one that is already frozen under its id stays as it was."""
    kept = {f.id: f for f in (*new, *frozen)}
    return tuple(sorted(kept.values(), key=lambda f: (f.made, f.dyad, f.horizon, f.id)))
