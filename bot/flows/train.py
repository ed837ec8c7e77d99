"""Train the engine's model from the content, once for each state of it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.flows.beside import place_beside
from bot.flows.content import SHIPPED, read_fingerprint, save_domain
from bot.flows.errors import TrainingFailed
from bot.flows.serve import ENGINE_VENV
from bot.flows.validation import find_faults

#: What the trainer says in its log for each component that is done, or was learned before.
_STEP_DONE = re.compile("Finished training component|Restored component")
#: Components of config.yml that learn.
STEPS = 4
#: Seconds between two words on how far it is.
TELL_EVERY = 3.0


@dataclass(frozen=True)
class Training:
    """One run of the trainer: its command, and where its words and its model go."""

    command: tuple[str, ...]
    content: Path
    environment: dict[str, str]
    log: Path
    draft: Path
    model: Path

    def finish(self, code: int) -> Path:
        """Put the model in its place. Raises :class:`TrainingFailed` with the log's place."""
        self.refuse_faults()
        if code != 0 or not self.draft.exists():
            raise TrainingFailed(self.log)
        self.draft.replace(self.model)
        return self.model

    def refuse_faults(self) -> None:
        """Raises :class:`TrainingFailed` where the trainer warned of something and goes on."""
        if faults := find_faults(self._said()):
            raise TrainingFailed(self.log, faults)

    def count_steps(self) -> int:
        """How many of the :data:`STEPS` are done."""
        return min(len(_STEP_DONE.findall(self._said())), STEPS)

    def _said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def find_model(root: Path, home: Path) -> Path | None:
    """The model of the content as it is now, if it has been trained."""
    path = _model_path(root, home)
    return path if path.exists() else None


def train_model(root: Path, home: Path) -> Path:
    """Train the content under ``root``. Raises :class:`TrainingFailed` with the log's place."""
    with _prepare(root, home) as training, training.log.open("w", encoding="utf-8") as output:
        done = subprocess.run(
            training.command,
            check=False,
            cwd=training.content,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=training.environment,
        )
        return training.finish(done.returncode)


async def train_beside(root: Path, home: Path, tell: Callable[[int], Awaitable[None]]) -> Path:
    """The same beside a house that talks: last in the line for a core, and ended with its
    caller, even one that is killed. ``tell`` is called with the percent that are done, every few
    seconds.

    Raises :class:`TrainingFailed` with the log's place.
    """
    with _prepare(root, home) as training, training.log.open("w", encoding="utf-8") as output:
        process = await asyncio.create_subprocess_exec(
            *place_beside(training.command),
            cwd=training.content,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=training.environment,
            start_new_session=True,
        )
        try:
            while process.returncode is None:
                training.refuse_faults()
                await tell(100 * training.count_steps() // (STEPS + 1))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(process.wait(), TELL_EVERY)
        finally:
            if process.returncode is None:  # it shares its work out among processes of its own
                os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
        return training.finish(process.returncode or 0)


@contextmanager
def _prepare(root: Path, home: Path) -> Iterator[Training]:
    """Everything that the trainer needs; what only it needs is taken away afterwards."""
    model = _model_path(root, home)
    model.parent.mkdir(parents=True, exist_ok=True)
    draft = model.with_name(f"draft-{os.getpid()}-{model.name}")
    domain = save_domain(root, model.parent / f"domain-{os.getpid()}-{model.name}")
    try:
        yield Training(
            command=_command(root, domain, draft),
            content=root,
            environment=_environment(model.parent / "cache"),
            log=model.parent / "training.log",
            draft=draft,
            model=model,
        )
    finally:
        shutil.rmtree(domain, ignore_errors=True)
        draft.unlink(missing_ok=True)


def _model_path(root: Path, home: Path) -> Path:
    return home / "models" / f"{read_fingerprint(root)}.tar.gz"


def _command(root: Path, domain: Path, draft: Path) -> tuple[str, ...]:
    return (
        str(ENGINE_VENV / "bin" / "rasa"),
        "train",
        *("--config", str(root / "config.yml")),
        *("--domain", str(domain)),
        *("--data", str(root / "data" / "nlu"), str(root / "data" / "rules")),
        *("--out", str(draft.parent)),
        *("--fixed-model-name", draft.name.removesuffix(".tar.gz")),
    )


def _environment(cache: Path) -> dict[str, str]:
    """Training needs no secret, so it gets none. What has not changed comes from the cache."""
    return {
        "RASA_CACHE_DIRECTORY": str(cache),
        "PATH": "/usr/bin:/bin",
        "HOME": os.environ.get("HOME", "/tmp"),  # noqa: S108 a place for the library's own cache
        "PYTHONPATH": str(SHIPPED),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
