"""Every command of the command line by its full name, groups opened: {"read": …, "actors find": …}."""

from typing import Any

import typer

from detente.cli import app


def leaves(command: Any = None, name: str = "") -> dict[str, Any]:
    command = command or typer.main.get_command(app)
    inner = getattr(command, "commands", None)
    if inner is None:
        return {name: command}
    found = {full: leaf for key, each in inner.items() for full, leaf in leaves(each, f"{name} {key}".strip()).items()}
    return found | ({name: command} if command.invoke_without_command else {})


COMMANDS = leaves()
