"""``python -m engine.read MODEL``: rank the intents of messages, without Rasa around it.

Reads JSON lists of messages, one list a line, and writes one line for each: a list of
rankings. It loads the plain parts of a trained model alone, which starts in seconds and
needs no TensorFlow. Nothing is kept or logged.
"""

from __future__ import annotations

import json
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from engine.nlu.encoder import EncoderMissing, SentenceEncoder
from engine.nlu.meanings import Meanings
from engine.nlu.ngrams import Ngrams
from engine.nlu.reading import Reading

Ranking = list[tuple[str, float]]


class Reader:
    """The plain parts of one trained model. ``folder``: where its archive was unpacked."""

    def __init__(self, folder: Path) -> None:
        self._reading = Reading.load(_part(folder, "MessageReader"))
        self._ngrams = Ngrams.load(_part(folder, "NgramFeaturizer"))
        self._meanings = Meanings.load(_part(folder, "MeaningClassifier"))
        self._encoder = _open_encoder(folder)

    def rank(self, untrusted_texts: Sequence[str]) -> list[Ranking]:
        """The likeliest intents of each message; none for a message without words."""
        readings = [self._reading.read(text) for text in untrusted_texts]
        sentences = None if self._encoder is None else self._encoder.encode(readings)
        shares = self._meanings.predict(
            sentences, self._ngrams.transform(untrusted_texts, readings)
        )
        return [
            self._meanings.rank(row) if reading.strip() else []
            for row, reading in zip(shares, readings, strict=True)
        ]


def main(archive: str) -> None:
    """Answer until the input ends."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as model:
            model.extractall(folder, filter="data")
        reader = Reader(Path(folder))
    for line in sys.stdin:
        print(json.dumps(reader.rank(json.loads(line))), flush=True)


def _part(folder: Path, name: str) -> Path:
    """The component's folder, which Rasa names after its module, class and place."""
    return next((folder / "components").glob(f"*.{name}[0-9]*"))


def _open_encoder(folder: Path) -> SentenceEncoder | None:
    """As the configuration in the model says; without an encoder on n-grams alone."""
    nodes = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["predict_schema"]
    config = next(
        node["config"]
        for name, node in nodes["nodes"].items()
        if name.split(".")[-1].startswith("SentenceFeaturizer")
    )
    try:
        return SentenceEncoder(config.get("folder"), config["sha256"])
    except EncoderMissing:
        print("No sentence encoder is installed: n-grams alone.", file=sys.stderr)
        return None


if __name__ == "__main__":
    main(sys.argv[1])
