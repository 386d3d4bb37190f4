"""Incidents as rows of somebody else's columns: what has no place in them is left out and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from detente.export.material import Material, Written
from detente.export.tables import csv_bytes
from detente.records import Incident

RowOf = Callable[[Incident, Material], Mapping[str, Any] | str]  # the row, or why there is none


def one_a_row(given: Material, columns: Sequence[str], row_of: RowOf) -> Written:
    """A CSV file with one row an incident; cells that `row_of` does not give stay empty."""
    rows, left = [], Counter[str]()
    for incident in given.incidents:
        row = row_of(incident, given)
        if isinstance(row, str):
            left[row] += 1
        else:
            rows.append([row.get(name) for name in columns])
    return Written({"": csv_bytes(columns, rows)}, dict(sorted(left.items())))
