"""Public intent sets, ten examples an intent: our pipeline beside Rasa's default one.

BANKING77 (Casanueva et al. 2020), CLINC150 (Larson et al. 2019) and HWU64 (Liu et al. 2019)
in the splits of Zhang et al. 2021: one JSON line a message with ``text``, ``intent``, ``split``.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from rich.progress import track

from bot.settings import ROOT

SETS = ("banking77", "clinc150", "hwu64")
#: What Rasa writes into a new project: its default pipeline.
DIET = {
    "recipe": "default.v1",
    "language": "en",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {
            "name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4,
        },
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
    ],
}  # fmt: skip
#: The settings that our pipeline changes when there are ten examples an intent.
FEW_EXAMPLES = {"least_seen": 1, "ngram_weight": 0.25}

Split = Mapping[str, list[tuple[str, str]]]


def measure(folder: Path, with_diet: bool) -> Iterator[dict[str, Any]]:
    """A row for each set and pipeline. Raises ``subprocess.CalledProcessError``."""
    pipelines = {"Waymark": _our_config()} | ({"Rasa's default": DIET} if with_diet else {})
    todo = [(name, which) for name in SETS for which in pipelines]
    for name, which in track(todo, description="Training"):
        yield {"set": name, "pipeline": which, **_measure_one(folder, name, pipelines[which])}


def _our_config() -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    parts = [part for part in config["pipeline"] if not part["name"].endswith(".Doubt")]
    for part in parts:
        part.update({k: v for k, v in FEW_EXAMPLES.items() if k in part})
    return {"recipe": config["recipe"], "language": "en", "pipeline": parts}


def _measure_one(folder: Path, name: str, config: Mapping[str, Any]) -> dict[str, Any]:
    split = _load(folder / f"{name}.jsonl")
    with tempfile.TemporaryDirectory() as place:
        project = Path(place)
        _write_project(project, split["train_10"], config)
        started = time.perf_counter()
        _run(project, "-m", "rasa", "train", "nlu", "--nlu", "nlu.yml", "--config", "config.yml")
        trained = time.perf_counter() - started
        model = next((project / "models").glob("*.tar.gz"))
        parts = {
            key: split[key] for key in ("test", "oos/test", "oos/valid", "valid") if key in split
        }
        (project / "ask.json").write_text(json.dumps(parts), encoding="utf-8")
        _run(project, "-m", "bench.understanding.rasa_side", str(model), "ask.json", "answer.json")
        answer: dict[str, Any] = json.loads((project / "answer.json").read_text(encoding="utf-8"))
    return {"training, s": round(trained), **answer}


def _load(file: Path) -> Split:
    split: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        split[row["split"]].append((row["text"], row["intent"]))
    return split


def _write_project(
    project: Path, examples: list[tuple[str, str]], config: Mapping[str, Any]
) -> None:
    by_intent: dict[str, list[str]] = defaultdict(list)
    for text, intent in examples:
        by_intent[intent].append(f"- {' '.join(text.split())}\n")
    nlu = [{"intent": intent, "examples": "".join(lines)} for intent, lines in by_intent.items()]
    written = {"nlu.yml": {"version": "3.1", "nlu": nlu}, "config.yml": config}
    for file, content in written.items():
        (project / file).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def _run(project: Path, *arguments: str) -> None:
    subprocess.run(
        [ROOT / ".venv-engine" / "bin" / "python", *arguments],
        cwd=project,
        check=True,
        capture_output=True,
        env={
            "PATH": os.defpath,
            "HOME": str(project),
            "PYTHONPATH": str(ROOT),
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "3",
        },
    )
