"""Known holes of the packages we rest on, and the bill of materials; both where an index or the tools are at hand."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.mark.skipif(find_spec("pip_audit") is None, reason="pip-audit is not installed here")
def test_no_package_has_a_known_hole():
    run = subprocess.run([sys.executable, "-m", "pip_audit", "--local", "--format", "json", "--progress-spinner", "off"],
                         capture_output=True, text=True, timeout=600)  # fmt: skip
    if not run.stdout.strip():
        pytest.skip(f"no vulnerability service can be reached: {run.stderr.strip().splitlines()[-1]}")
    found = json.loads(run.stdout)["dependencies"]
    audited = [each for each in found if "skip_reason" not in each]
    if len(audited) < len(found) / 2:
        pytest.skip(f"no vulnerability service at hand: it knows {len(audited)} of {len(found)} packages")
    holes = [
        f"{each['name']} {each['version']}: {hole['id']}, mended in {hole['fix_versions']}"
        for each in audited
        for hole in each["vulns"]
    ]
    assert holes == []


@pytest.mark.skipif(find_spec("cyclonedx_py") is None, reason="cyclonedx-bom is not installed here")
def test_the_bill_of_materials(tmp_path):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    for name in ("a.json", "b.json"):
        subprocess.run(
            [sys.executable, str(ROOT / ".ci/sbom.py"), sys.executable, str(tmp_path / name)],
            check=True,
            capture_output=True,
        )
    text = (tmp_path / "a.json").read_text()
    assert text == (tmp_path / "b.json").read_text(), "the same environment gives the same bytes"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    parts = {each["name"]: each for each in json.loads(text)["components"]}
    assert {"spacy", "onnxruntime", "htmx.org", "detente/events/models/encoder.onnx"} <= set(parts)
    assert (
        parts["htmx.org"]["licenses"]
        and parts["detente/events/models/encoder.onnx"]["type"] == "machine-learning-model"
    )
