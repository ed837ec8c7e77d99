"""Train the engine's model from the content, once for each state of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from bot.flows.content import read_fingerprint, save_domain
from bot.flows.errors import TrainingFailed


def find_model(root: Path, home: Path) -> Path | None:
    """The model of the content as it is now, if it has been trained."""
    path = _model_path(root, home)
    return path if path.exists() else None


def train_model(root: Path, home: Path) -> Path:
    """Train the content under ``root``. Raises :class:`TrainingFailed` with the log's place."""
    target = _model_path(root, home)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"draft-{os.getpid()}.tar.gz")
    domain = save_domain(root, target.parent / f"domain-{os.getpid()}")
    log = target.parent / "training.log"
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(
            _command(root, domain, draft),
            check=False,
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=_environment(root, target.parent / "cache"),
        )
    for copied in domain.iterdir():
        copied.unlink()
    domain.rmdir()
    if done.returncode != 0 or not draft.exists():
        raise TrainingFailed(log)
    draft.replace(target)
    return target


def _model_path(root: Path, home: Path) -> Path:
    return home / "models" / f"{read_fingerprint(root)}.tar.gz"


def _command(root: Path, domain: Path, draft: Path) -> list[str]:
    return [
        str(root / ".venv-engine" / "bin" / "rasa"),
        "train",
        *("--config", str(root / "config.yml")),
        *("--domain", str(domain)),
        *("--data", str(root / "data" / "nlu"), str(root / "data" / "rules")),
        *("--out", str(draft.parent)),
        *("--fixed-model-name", draft.name.removesuffix(".tar.gz")),
        # Rules that contradict each other fail the training itself; the rest is checked by tests.
        "--skip-validation",
    ]


def _environment(root: Path, cache: Path) -> dict[str, str]:
    """Training needs no secret, so it gets none. What has not changed comes from the cache."""
    return {
        "RASA_CACHE_DIRECTORY": str(cache),
        "PATH": "/usr/bin:/bin",
        "HOME": os.environ.get("HOME", "/tmp"),  # noqa: S108 a place for the library's own cache
        "PYTHONPATH": str(root),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
