"""Filters of these pages."""

from __future__ import annotations

from typing import Any

from django import template

from detente.desk.theatres.saying import WIRES, isolated
from detente.outlook.record import Tally

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """0.123 as "12 %"; what is not nothing and not everything never looks like it."""
    whole = round(100 * share)
    figure = "<1" if whole == 0 and share > 0 else ">99" if whole == 100 and share < 1 else str(whole)
    return isolated(f"{figure}\N{NO-BREAK SPACE}%")


@register.filter
def misses(tally: Tally) -> int:
    """Resolved forecasts that the base rate beat."""
    return tally.n - tally.hits


@register.filter
def wire_state(state: str) -> Any:
    """A tripwire's state in the reader's language."""
    return WIRES.get(state, state)


@register.filter
def unquoted(words: str) -> str:
    """Words that stand in quotation marks already, for an element that sets its own."""
    return words.strip("“”")
