"""The pipeline of ``config.yml`` under plain Rasa: train, test, cache, and no encoder."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import ROOT

INTENTS = ("need_food", "need_legal", "ask_bot", "thanks", "danger_suicide")
EXAMPLES = 12


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project of a few intents, trained with our pipeline."""
    folder = tmp_path_factory.mktemp("project")
    _write(folder, {})
    _rasa(folder, "train", "nlu", *FILES).check_returncode()
    return folder


FILES = ("--nlu", "nlu.yml", "--config", "config.yml")


def _write(folder: Path, encoder: Mapping[str, Any]) -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    for part in config["pipeline"]:
        if part["name"].endswith(".SentenceFeaturizer"):
            part.update(encoder)
    nlu = [{"intent": name, "examples": "".join(f"- {e}\n" for e in _examples(name))}
           for name in INTENTS]  # fmt: skip
    for name, content in {"nlu.yml": {"version": "3.1", "nlu": nlu}, "config.yml": config}.items():
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def _examples(intent: str) -> list[str]:
    found = [
        line.strip().removeprefix("- ")
        for language in ("en", "es")
        for file in sorted((ROOT / "data" / "nlu" / language).glob("*.yml"))
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
        if block["intent"] == intent
        for line in block["examples"].splitlines()[:EXAMPLES]
    ]
    assert found
    return found


def _rasa(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / ".venv-engine" / "bin" / "rasa", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env={
            "PATH": os.defpath,
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "RASA_TELEMETRY_ENABLED": "false",
        },
    )


def test_rasa_tests_it(project: Path) -> None:
    done = _rasa(project, "test", "nlu", "--nlu", "nlu.yml", "--out", "results", "--no-plot")
    assert done.returncode == 0, done.stderr[-2000:]
    report = yaml.safe_load((project / "results" / "intent_report.json").read_text())
    assert report["accuracy"] > 0.9


def test_what_was_trained_once_is_not_trained_again(project: Path) -> None:
    cached = _find_cached(project)
    assert cached
    _rasa(project, "train", "nlu", *FILES).check_returncode()
    assert _find_cached(project) == cached


def _find_cached(project: Path) -> set[str]:
    """Each training of a component leaves a folder of a new name in the cache."""
    return {found.name for found in (project / ".rasa" / "cache").iterdir() if found.is_dir()}


def test_it_trains_without_an_encoder_and_says_so(tmp_path: Path) -> None:
    _write(tmp_path, {"folder": "nowhere"})
    done = _rasa(tmp_path, "train", "nlu", *FILES)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "No sentence encoder is installed" in done.stdout + done.stderr
    tested = _rasa(tmp_path, "test", "nlu", "--nlu", "nlu.yml", "--out", "results", "--no-plot")
    assert tested.returncode == 0, tested.stderr[-2000:]


def test_weights_that_changed_are_refused(tmp_path: Path) -> None:
    _write(tmp_path, {"sha256": "0" * 64})
    done = _rasa(tmp_path, "train", "nlu", *FILES)
    assert done.returncode != 0
    assert "EncoderChanged" in done.stderr
