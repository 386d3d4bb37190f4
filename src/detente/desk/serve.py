"""The server: gunicorn with threads, started from Python so that `detente desk` is the whole command."""

from __future__ import annotations

import os
from typing import Any

from detente import logs
from detente.records import SetupError

# gunicorn's own lines as JSON, too
LOGGING: dict[str, Any] = {
    "logconfig_dict": {
        "version": 1, "disable_existing_loggers": False, "root": {"level": "WARNING", "handlers": ["stderr"]},
        "formatters": {"json": {"()": "detente.logs.JsonLines"}},
        "handlers": {"stderr": {"class": "detente.logs.Stderr", "formatter": "json"}},
        "loggers": {name: {"level": "WARNING", "handlers": ["stderr"], "propagate": False, "qualname": name}
                    for name in ("gunicorn.error", "gunicorn.access")},
    }
}  # fmt: skip


def default_workers() -> int:
    """Processes: one for each core, at most four."""
    return max(1, min(4, os.cpu_count() or 1))


def serve(host: str, port: int, workers: int) -> None:
    """Serve until stopped (Ctrl-C or SIGTERM, requests under way are finished)."""
    if os.name != "posix":
        raise SetupError("detente desk serves on Linux and macOS; on Windows start it inside WSL")
    try:
        from gunicorn.app.base import BaseApplication
    except ImportError as error:
        raise SetupError("the desk needs gunicorn: pip install 'detente[desk]'") from error

    class Server(BaseApplication):
        """gunicorn, told by us instead of by a file."""

        def load_config(self) -> None:
            for name, value in options(host, port, workers).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from detente.desk.wsgi import application

            return application

    from django.db import connections

    from detente.desk import measures

    measures.clear()
    connections.close_all()  # a connection must not be shared by the processes made next
    Server().run()


def options(host: str, port: int, workers: int) -> dict[str, Any]:
    """What gunicorn is told."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    from detente.desk import measures

    return {
        "child_exit": lambda _, worker: measures.gone(worker.pid), **(LOGGING if logs.how.json else {}),
        "bind": bind, "workers": workers, "threads": 4, "worker_class": "gthread", "timeout": 60,
        "graceful_timeout": 20, "keepalive": 5, "max_requests": 20_000, "max_requests_jitter": 2_000,
        "proc_name": "detente-desk", "loglevel": "warning", "errorlog": "-", "control_socket_disable": True,
    }  # fmt: skip
