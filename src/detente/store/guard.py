"""The database itself refuses to change or delete entries: a slip of any program cannot rewrite the past.

A migration that remakes the table (SQLite drops triggers with it) must run `install` again.
"""

from __future__ import annotations

from typing import Any

_SAME = ("id", "kind", "key", "known_at", "recorded_at")
_CHANGED = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in _SAME)
# the one change allowed: an entry is emptied, and says by which decision
_REFUSED = (
    f"NEW.body IS NOT NULL OR NEW.blob IS NOT NULL OR NEW.erased_id IS NULL OR OLD.erased_id IS NOT NULL OR {_CHANGED}"
)
_TOLD = "the ledger is append-only"

SQLITE = (
    f"CREATE TRIGGER ledger_entry_unchanged BEFORE UPDATE ON ledger_entry WHEN {_REFUSED} "
    f"BEGIN SELECT RAISE(ABORT, '{_TOLD}'); END",
    f"CREATE TRIGGER ledger_entry_undeleted BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, '{_TOLD}'); END",
)
POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{_TOLD}'; END $$ "
    "LANGUAGE plpgsql",
    f"CREATE TRIGGER ledger_entry_unchanged BEFORE UPDATE ON ledger_entry FOR EACH ROW WHEN ({_REFUSED}) "
    "EXECUTE FUNCTION ledger_refuse()",
    "CREATE TRIGGER ledger_entry_undeleted BEFORE DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_refuse()",
)


def install(apps: Any, schema_editor: Any) -> None:
    """Make the triggers (a step of a migration)."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away (the step back)."""
    on = " ON ledger_entry" if schema_editor.connection.vendor == "postgresql" else ""
    for name in ("ledger_entry_unchanged", "ledger_entry_undeleted"):
        schema_editor.execute(f"DROP TRIGGER {name}{on}")
