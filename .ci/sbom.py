"""Write a bill of materials (CycloneDX 1.6): `python .ci/sbom.py ENVIRONMENT OUT.json`.

Python packages come from the environment by cyclonedx-bom; other people's scripts and the models that the wheel
carries are added with their hashes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/detente"


def vendored() -> list[dict[str, Any]]:
    """The scripts the desk carries, as components."""
    listed = tomllib.loads((PACKAGE / "desk/static/vendor/manifest.toml").read_text("utf-8"))["file"]
    return [
        {
            "type": "library", "bom-ref": f"vendored:{each['name']}", "name": each["package"], "version": each["version"],
            "purl": f"pkg:npm/{each['package'].replace('@', '%40')}@{each['version']}",
            "licenses": [{"license": {"id": each["licence"]}}], "hashes": [{"alg": "SHA-256", "content": each["sha256"]}],
            "properties": [{"name": "detente:file", "value": f"detente/desk/static/vendor/{each['name']}"}],
        }
        for each in listed
    ]  # fmt: skip


def carried() -> list[dict[str, Any]]:
    """Models and data the wheel carries, as components."""
    files = json.loads((PACKAGE / "shipped.json").read_text("utf-8"))["files"]
    return [
        {
            "type": "machine-learning-model" if "/models/" in name else "data", "bom-ref": f"carried:{name}",
            "name": f"detente/{name}", "hashes": [{"alg": "SHA-256", "content": digest}],
        }
        for name, digest in files.items() if "/vendor/" not in name
    ]  # fmt: skip


def main(environment: str, out: str) -> None:
    """Describe an environment and what the wheel carries; the same input gives the same bytes."""
    command = ["cyclonedx_py", "environment", environment, "--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible",
               "--spec-version", "1.6", "--output-format", "JSON", "--output-file", out]  # fmt: skip
    subprocess.run([sys.executable, "-m", *command], check=True)
    made = json.loads(Path(out).read_text("utf-8"))
    made["components"] = [*made.get("components", []), *vendored(), *carried()]
    Path(out).write_text(json.dumps(made, indent=2) + "\n", "utf-8")
    print(f"{len(made['components'])} components in {out}")


if __name__ == "__main__":
    main(*sys.argv[1:])
