"""Opening: is there a ledger, is it ours, is it of this version? Missing tables are made, older ones brought up."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.db import DatabaseError, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from detente.records import InputError, SetupError, in_a_line

_TRIES = 20  # several processes may open a new ledger at once: one makes the tables, the others look again
_PAUSE = 0.25  # seconds


def prepare(alias: str, create: bool) -> None:
    """Bring the tables of a ledger up to date; see `open_ledger` for what it raises."""
    connection = connections[alias]
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not name.startswith("file:"):
        _file_there(Path(name), create)
    for left in reversed(range(_TRIES)):
        try:
            _migrate(connection, name, create)
            return
        except OperationalError as error:
            raise _mendable(error, connection, name) from error
        except DatabaseError as error:
            if "not a database" in str(error):
                raise InputError(f"{name}: this is not a ledger") from error
            if not left:
                raise
            connection.close()
            time.sleep(_PAUSE)


def _file_there(path: Path, create: bool) -> None:
    if path.is_dir():
        raise InputError(f"{path} is a folder; give the name of a ledger file")
    if not create and not path.is_file():
        raise InputError(f"{path}: no such ledger; 'detente add SOURCE --ledger {path.name}' starts one")
    if create:
        path.parent.mkdir(parents=True, exist_ok=True)


def _migrate(connection: Any, name: str, create: bool) -> None:
    executor = MigrationExecutor(connection)
    applied = {step for step in executor.loader.applied_migrations if step[0] == "ledger"}
    unknown = {step[1] for step in applied if step not in executor.loader.disk_migrations}
    if unknown:
        raise InputError(f"{name}: a newer version of detente wrote this ledger ({max(unknown)}); update detente")
    if not applied and not create:
        raise InputError(f"{name}: this database holds no ledger yet; 'detente add' starts one")
    if not applied and connection.vendor == "sqlite" and connection.introspection.table_names():
        raise InputError(f"{name}: this database belongs to something else; give another name for the ledger")
    goal = [step for step in executor.loader.graph.leaf_nodes() if step[0] == "ledger"]
    plan = executor.migration_plan(goal)
    if plan:
        executor.migrate(goal, plan=plan)


def _mendable(error: OperationalError, connection: Any, name: str) -> Exception:
    told = in_a_line(error)
    if connection.vendor == "postgresql":
        return SetupError(f"the PostgreSQL ledger '{name}' cannot be reached: {told}")
    return SetupError(f"{name}: {told}; is the folder writable, and no other program holding the file?")
