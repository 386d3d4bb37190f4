"""An exported model as a net again, so that training can go on from what a package ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from detente.events.encoder import ENCODER
from detente.records import ConfigError
from detente.train.model import LAYERS

PARTS = ("query", "key", "value", "merge", "up", "down")  # of a layer, as bytes


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

    arrays = {entry.name: numpy_helper.to_array(entry) for entry in onnx.load(str(path)).graph.initializer}
    state: dict[str, np.ndarray] = {}
    try:
        state["marks.weight"], state["places.weight"] = arrays["marks"], arrays["places"]
        for name, value in arrays.items():
            if name.startswith(("norm.", "layers.")) and name.endswith((".weight", ".bias")):
                step = arrays[name.removesuffix("weight") + "step"] if value.dtype == np.int8 else None
                state[name] = value if step is None else (value.astype(np.float32) * step).T
    except KeyError as error:
        raise ConfigError(f"{path}: no encoder of this layout, {error} is missing; train it anew") from error
    if sum(value.dtype == np.int8 for value in arrays.values()) != len(PARTS) * LAYERS:
        raise ConfigError(f"{path}: not the {LAYERS} layers of this layout; train it anew")
    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in state.items()}
