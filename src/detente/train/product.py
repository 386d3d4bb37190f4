"""The one step that the parser's products go through (`events/product.py`): `python -m detente.train.product` writes it."""

from __future__ import annotations

from pathlib import Path

import onnx
from onnx import TensorProto, helper

import detente.events

OUT = Path(detente.events.__file__).parent / "data" / "product.onnx"


def step() -> onnx.ModelProto:
    """x (rows, in) by w (out, in) turned: y (rows, out)."""
    x, w, y = (helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, None]) for name in "xwy")
    body = helper.make_graph([helper.make_node("Gemm", ["x", "w"], ["y"], transB=1)], "product", [x, w], [y])
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", 20)], ir_version=9, producer_name="detente")


if __name__ == "__main__":
    OUT.write_bytes(step().SerializeToString(deterministic=True))
