"""A BERT sentence encoder's folder as an ONNX graph.

The encoder on the package index comes as weights alone (``model.safetensors``). ONNX
Runtime runs it in a tenth of TensorFlow's start and without PyTorch, but wants a graph;
this file writes the one of Devlin et al. 2019, section 3, with the exact GELU. A folder
that brings its own ``onnx/model.onnx`` does not come through here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

#: ONNX operator set 17 is the first with LayerNormalization.
_OPSET, _IR = 17, 8
#: What is added to a padded position's score: its share after the softmax is nothing.
_NOWHERE = -10_000.0

Weights = dict[str, np.ndarray[Any, Any]]


def build_graph(folder: Path) -> ModelProto:
    """The graph with inputs ``input_ids`` and ``attention_mask`` and one output a layer.

    Outputs are ``layer_0`` (embeddings) to ``layer_n``. Raises ``ValueError`` for a
    folder that does not hold a BERT.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
        raise ValueError(f"{folder} holds no BERT encoder and no onnx/model.onnx")
    weights = {
        name.removeprefix("bert."): value
        for name, value in load_file(folder / "model.safetensors").items()
    }
    return _Graph(config, weights).build()


class _Graph:
    """Collects nodes and constants; every method returns the name of what it computes."""

    def __init__(self, config: dict[str, Any], weights: Weights) -> None:
        self._config, self._weights = config, weights
        self._size = config["hidden_size"]
        self._heads = config["num_attention_heads"]
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def build(self) -> ModelProto:
        x = self._output(self._embed(), 0)
        mask = self._mask()
        for number in range(self._config["num_hidden_layers"]):
            x = self._output(self._layer(x, mask, f"encoder.layer.{number}."), number + 1)
        layers = range(self._config["num_hidden_layers"] + 1)
        ids = [_tensor(name, TensorProto.INT64) for name in ("input_ids", "attention_mask")]
        outputs = [_tensor(f"layer_{n}", TensorProto.FLOAT, self._size) for n in layers]
        graph = helper.make_graph(self._nodes, "bert", ids, outputs, list(self._constants.values()))
        opset = helper.make_opsetid("", _OPSET)
        return helper.make_model(graph, opset_imports=[opset], ir_version=_IR)

    def _embed(self) -> str:
        words = self._op("Gather", self._weight("embeddings.word_embeddings.weight"), "input_ids")
        length = self._op("Gather", self._op("Shape", "input_ids"), self._const([1]))
        places = self._op(
            "Slice",
            self._weight("embeddings.position_embeddings.weight"),
            self._const([0]),
            length,
            self._const([0]),
        )
        first_sentence = self._weights["embeddings.token_type_embeddings.weight"][0]
        x = self._op("Add", self._op("Add", words, places), self._const(first_sentence))
        return self._norm(x, "embeddings.LayerNorm")

    def _mask(self) -> str:
        mask = self._op("Cast", "attention_mask", to=TensorProto.FLOAT)
        mask = self._op("Unsqueeze", mask, self._const([1, 2]))
        away = self._op("Sub", self._const(np.float32(1)), mask)
        return self._op("Mul", away, self._const(np.float32(_NOWHERE)))

    def _layer(self, x: str, mask: str, name: str) -> str:
        attended = self._attend(x, mask, f"{name}attention.")
        x = self._norm(self._op("Add", x, attended), f"{name}attention.output.LayerNorm")
        wide = self._gelu(self._dense(x, f"{name}intermediate.dense"))
        narrow = self._dense(wide, f"{name}output.dense")
        return self._norm(self._op("Add", x, narrow), f"{name}output.LayerNorm")

    def _attend(self, x: str, mask: str, name: str) -> str:
        query, key, value = (
            self._split(self._dense(x, f"{name}self.{part}"), order)
            for part, order in (
                ("query", [0, 2, 1, 3]),
                ("key", [0, 2, 3, 1]),
                ("value", [0, 2, 1, 3]),
            )
        )
        scale = self._const(np.float32((self._size // self._heads) ** -0.5))
        scores = self._op("Mul", self._op("MatMul", query, key), scale)
        shares = self._op("Softmax", self._op("Add", scores, mask), axis=-1)
        mixed = self._op("Transpose", self._op("MatMul", shares, value), perm=[0, 2, 1, 3])
        joined = self._op("Reshape", mixed, self._const([0, 0, self._size]))
        return self._dense(joined, f"{name}output.dense")

    def _split(self, x: str, order: list[int]) -> str:
        shape = self._const([0, 0, self._heads, self._size // self._heads])
        return self._op("Transpose", self._op("Reshape", x, shape), perm=order)

    def _gelu(self, x: str) -> str:
        spread = self._op("Erf", self._op("Div", x, self._const(np.float32(2**0.5))))
        half = self._op("Mul", x, self._const(np.float32(0.5)))
        return self._op("Mul", half, self._op("Add", spread, self._const(np.float32(1))))

    def _dense(self, x: str, name: str) -> str:
        turned = np.ascontiguousarray(self._weights[f"{name}.weight"].T)
        product = self._op("MatMul", x, self._const(turned))
        return self._op("Add", product, self._weight(f"{name}.bias"))

    def _norm(self, x: str, name: str) -> str:
        scale, shift = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        epsilon = self._config["layer_norm_eps"]
        return self._op("LayerNormalization", x, scale, shift, axis=-1, epsilon=epsilon)

    def _weight(self, name: str) -> str:
        return self._const(self._weights[name])

    def _const(self, value: Any) -> str:
        name = f"c{len(self._constants)}"
        self._constants[name] = numpy_helper.from_array(np.asarray(value), name)
        return name

    def _output(self, x: str, number: int) -> str:
        self._nodes.append(helper.make_node("Identity", [x], [f"layer_{number}"]))
        return x

    def _op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"n{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name


def _tensor(name: str, kind: int, size: int | None = None) -> Any:
    shape: list[Any] = ["batch", "length", *([] if size is None else [size])]
    return helper.make_tensor_value_info(name, kind, shape)
