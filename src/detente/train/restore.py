"""An exported model as a net again, so that training can go on from what a package ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from detente.events.encoder import ENCODER
from detente.records import ConfigError
from detente.train.model import LAYERS

PARTS = ("query", "key", "value", "merge", "up", "down")  # in the order in which a layer computes them


def exported(folder: Path) -> dict[str, Tensor]:
    """The net's state from a folder that `export.write` made, but for the word table, which is never trained.

    The layers' weights come back from 8 bits, so they are what the exported model computes with, not what it was
    trained to. ConfigError if the folder's encoder is not of this layout.
    """
    with np.load(folder / "heads.npz") as heads:
        state = {name: torch.from_numpy(heads[name].astype(np.float32)) for name in heads.files}
    return state | _encoder(folder / ENCODER)


def _encoder(path: Path) -> dict[str, Tensor]:
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    arrays = {entry.name: numpy_helper.to_array(entry) for entry in graph.initializer}
    names = [f"layers.{n}.{part}.weight" for n in range(LAYERS) for part in PARTS]
    found = [
        node.input[1].removesuffix("_quantized")
        for node in graph.node
        if node.op_type == "MatMulInteger" and node.input[1] in arrays
    ]
    if len(found) != len(names):
        raise ConfigError(f"{path}: {len(found)} weight matrices where a net of this layout has {len(names)}")
    state = {ours: _full(arrays, theirs).T for ours, theirs in zip(names, found, strict=True)}
    state["marks.weight"] = _full(arrays, "marks.weight")
    plain = {name: value for name, value in arrays.items() if name.startswith(("places.", "norm.", "layers."))}
    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in (plain | state).items()}


def _full(arrays: dict[str, np.ndarray], name: str) -> np.ndarray:
    whole, scale, zero = (arrays[f"{name}_{part}"] for part in ("quantized", "scale", "zero_point"))
    return (whole.astype(np.float32) - zero.astype(np.float32)) * scale.astype(np.float32)
