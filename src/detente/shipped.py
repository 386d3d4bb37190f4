"""What is shipped that nobody can read: models, data and other people's scripts, each with its sha256 in shipped.json.

`python -m detente.shipped` writes the hashes of this checkout's files anew (`make manifest`); the hashes of models that
come in packages of their own are put in by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

ROOT = Path(str(files("detente")))
MANIFEST = ROOT / "shipped.json"
_ENDINGS = {".onnx", ".npz", ".gz", ".json", ".sqlite"}


def manifest() -> dict[str, Any]:
    """{"files": {path in the package: sha256}, "packages": {module: {"version", "sha256": {path: sha256}}}}."""
    return json.loads(MANIFEST.read_text("utf-8"))


def opaque(root: Path = ROOT) -> list[Path]:
    """The package's models, data and vendored files, sorted; text that people write is not among them."""
    found = (p for p in root.rglob("*") if p.suffix in _ENDINGS or p.parent.name == "vendor")
    return sorted(p for p in found if p.is_file() and p != root / MANIFEST.name)


def sha256(path: Path) -> str | None:
    """The hash of a file, None where there is none."""
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def changed() -> list[str]:
    """Shipped files that are missing, changed or not in the manifest."""
    known = manifest()["files"]
    wrong = [name for name, digest in known.items() if sha256(ROOT / name) != digest]
    return wrong + [name for p in opaque() if (name := p.relative_to(ROOT).as_posix()) not in known]


def installed() -> Iterator[str] | None:
    """Files of an installed wheel that differ from what pip recorded; None for a checkout, where nothing is recorded."""
    found = metadata.distribution("detente")
    listed = [each for each in found.files or () if each.hash is not None and each.parts[0] == "detente"]
    if not listed:
        return None
    return (str(each) for each in listed if _recorded(Path(str(each.locate()))) != each.hash.value)  # type: ignore[union-attr]


def _recorded(path: Path) -> str | None:
    """A file's sha256 as RECORD writes it."""
    import base64

    found = sha256(path)
    return base64.urlsafe_b64encode(bytes.fromhex(found)).decode().rstrip("=") if found else None


def write() -> None:
    """Put the hashes of this checkout's files into the manifest."""
    hashes = {p.relative_to(ROOT).as_posix(): sha256(p) for p in opaque()}
    MANIFEST.write_text(json.dumps({"files": hashes, "packages": manifest()["packages"]}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    write()
