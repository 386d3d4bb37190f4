"""The encoder as an ONNX graph of our own: 8-bit products with fixed ranges, and no padding.

What a text is given does not depend on the texts beside it: the ranges of what is multiplied are fixed when the graph is made
(see `ranges`), all texts of a batch have the same length, and every other step looks at one row at a time. The steps are
those of onnxruntime that were quickest for vectors of this width (docs/decisions/0018-a-graph-of-our-own.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from detente.train.model import HEADS, LAYERS, SPECIAL, WIDTH

OURS = "com.microsoft"  # steps that onnxruntime adds to ONNX
PARTS = ("query", "key", "value")

Floats = NDArray[np.float32]
Range = tuple[float, float]


class Graph:
    """Nodes and constants as they are added."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, NDArray[Any]] = {}

    def put(self, kind: str, given: list[str], out: str, domain: str = "", **settings: Any) -> str:
        """A step from named values to the value `out`."""
        self.nodes.append(helper.make_node(kind, given, [out], domain=domain, **settings))
        return out

    def fixed(self, name: str, value: NDArray[Any]) -> str:
        """A constant."""
        self.constants[name] = value
        return name

    def rounded(self, x: str, span: Range) -> tuple[str, str, str]:
        """x as bytes over `span`, cut off beyond it: names of the bytes, of their step and of their nought."""
        step, nought = steps(*span)
        given = [x, self.fixed(f"{x}.step", step), self.fixed(f"{x}.nought", nought)]
        return self.put("QuantizeLinear", given, f"{x}.bytes"), given[1], given[2]

    def product(self, x: tuple[str, str, str], name: str, state: Mapping[str, Floats]) -> str:
        """Bytes (…, in) to numbers (…, out) by the linear map `name`."""
        whole, step = columns(state[f"{name}.weight"])
        weight, scale = self.fixed(f"{name}.weight", whole), self.fixed(f"{name}.step", step)
        given = [x[0], weight, x[1], scale, x[2], "", self.fixed(f"{name}.bias", state[f"{name}.bias"])]
        return self.put("MatMulIntegerToFloat", given, name, OURS)

    def normal(self, x: str, name: str, state: Mapping[str, Floats], out: str) -> str:
        """x normalised over its width."""
        weights = [self.fixed(f"{name}.{kind}", state[f"{name}.{kind}"]) for kind in ("weight", "bias")]
        return self.put("LayerNormalization", [x, *weights], out, axis=-1, epsilon=1e-12)


def graph(state: Mapping[str, Floats], ranges: Mapping[str, Range]) -> onnx.ModelProto:
    """The model that maps ids (n, length), unpadded, to `each` (n, length, WIDTH), a vector for every piece.

    `state` is the net's; `ranges` holds for query, merge, up and down of every layer what is put into them.
    """
    made = Graph()
    x = _words(made, state)
    for n in range(LAYERS):
        x = _layer(made, x, f"layers.{n}", state, ranges, f"x{n + 1}" if n + 1 < LAYERS else "each")
    body = helper.make_graph(
        made.nodes, "encoder",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["n", "length"])],
        [helper.make_tensor_value_info("each", TensorProto.FLOAT, ["n", "length", WIDTH])],
        [numpy_helper.from_array(value, name) for name, value in made.constants.items()],
    )  # fmt: skip
    sets = [helper.make_opsetid("", 20), helper.make_opsetid(OURS, 1)]
    return helper.make_model(body, opset_imports=sets, ir_version=9, producer_name="detente")


def _words(made: Graph, state: Mapping[str, Floats]) -> str:
    """Word pieces, places and marks, added and normalised; the table of words, half of the file, as bytes."""
    words = state["words.weight"]
    step, nought = steps(float(words.min()), float(words.max()))
    table = np.clip(np.rint(words / step) + nought, 0, 255).astype(np.uint8)
    made.put("Gather", [made.fixed("words", table), "ids"], "words.bytes")
    given = ["words.bytes", made.fixed("words.step", step), made.fixed("words.nought", nought)]
    word = made.put("DequantizeLinear", given, "word")
    made.put("LessOrEqual", ["ids", made.fixed("special", np.array(SPECIAL))], "marked")
    made.put("Where", ["marked", "ids", made.fixed("none", np.array(0))], "mark.id")
    mark = made.put("Gather", [made.fixed("marks", state["marks.weight"]), "mark.id"], "mark")
    made.put("Shape", ["ids"], "length", start=1)
    begin = made.fixed("begin", np.array([0]))
    place = made.put("Slice", [made.fixed("places", state["places.weight"]), begin, "length", begin], "place")
    placed = made.put("Add", [word, place], "placed")
    return made.normal(made.put("Add", [placed, mark], "marked.x"), "norm", state, "x0")


def _layer(
    made: Graph, x: str, name: str, state: Mapping[str, Floats], ranges: Mapping[str, Range], out: str
) -> str:  # fmt: skip
    """One transformer layer; see `model.Layer`."""
    given = made.rounded(x, ranges[f"{name}.query"])
    looks = [made.product(given, f"{name}.{part}", state) for part in PARTS]
    seen = made.put("MultiHeadAttention", looks, f"{name}.seen", OURS, num_heads=HEADS)
    merged = made.product(made.rounded(seen, ranges[f"{name}.merge"]), f"{name}.merge", state)
    half = made.normal(made.put("Add", [x, merged], f"{name}.sum1"), f"{name}.norm1", state, f"{name}.half")
    wide = made.product(made.rounded(half, ranges[f"{name}.up"]), f"{name}.up", state)
    bent = made.put("Gelu", [wide], f"{name}.bent")
    narrow = made.product(made.rounded(bent, ranges[f"{name}.down"]), f"{name}.down", state)
    return made.normal(made.put("Add", [half, narrow], f"{name}.sum2"), f"{name}.norm2", state, out)


def steps(low: float, high: float) -> tuple[Floats, NDArray[np.uint8]]:
    """Step and nought of bytes over [low, high], nought included."""
    low, high = min(low, 0.0), max(high, 0.0)
    step = max((high - low) / 255, 1e-8)
    return np.array(step, np.float32), np.array(np.clip(round(-low / step), 0, 255), np.uint8)


def columns(weight: Floats) -> tuple[NDArray[np.int8], Floats]:
    """A map (out, in) as whole numbers (in, out) with one step an output.

    One bit of the range is left free, since sums of products of full bytes overflow on processors without VNNI.
    """
    step = np.maximum(np.abs(weight).max(axis=1) / 64, 1e-8).astype(np.float32)
    return np.ascontiguousarray(np.clip(np.rint(weight / step[:, None]), -64, 64).astype(np.int8).T), step
