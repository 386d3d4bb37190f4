"""Other people's Parquet tables of reports: one row is one item, as a line of JSONL is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from detente.records import Page, Quarantined, in_a_line
from detente.sources.pages import from_item, refuse

_ROWS = 500  # read at a time


def read_table(file: Path, published: date | None) -> Iterator[Page | Quarantined]:
    """Yield one page for each row: `text` (or `body`) is needed, other columns are used as those of JSONL items are.

    A table without such a column is one quarantined item.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        table = pq.ParquetFile(file)
        names = table.schema_arrow.names
        if not {"text", "body"} & set(names):
            reason = f"no column 'text' or 'body' in this table: name the one that holds the report so (it has {', '.join(names)[:200]})"
            yield refuse(str(file), reason)
            return
        for batch in table.iter_batches(batch_size=_ROWS):
            for row in batch.to_pylist():
                number += 1
                item = {name: value for name, value in row.items() if value is not None}
                body = json.dumps(item, ensure_ascii=True, default=str).encode("ascii")
                yield from_item(json.loads(body), body, f"{file}:{number}", published)
    except (pa.ArrowInvalid, pa.ArrowIOError, OSError, ValueError) as error:
        yield refuse(f"{file}:{number + 1}", f"damaged from here on: {in_a_line(error, 120)}")
