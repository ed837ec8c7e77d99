"""How the engine is started, and what it may know."""

from __future__ import annotations

from collections.abc import Mapping

from bot.flows.content import SHIPPED

ENGINE_VENV = SHIPPED / ".venv-engine"

#: All that the engine is told: it gets no key, no database and no vendor's secret.
ENGINE_KNOWS = (
    "HOME",
    "LANG",
    "PATH",
    "WAYMARK_ACTIONS_PORT",
    "WAYMARK_ENGINE_HISTORY",
    "WAYMARK_ENGINE_TOKEN",
)
ENGINE_SETTINGS = {
    "PYTHONPATH": str(SHIPPED),
    "RASA_TELEMETRY_ENABLED": "false",
    # A person's words must not reach a log, and Rasa's errors may quote them.
    "LOG_LEVEL": "CRITICAL",
    "LOG_LEVEL_LIBRARIES": "CRITICAL",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "OMP_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}


def engine_command(model: str, port: int) -> list[str]:
    """Rasa's own server with our one channel; its wider HTTP API stays off."""
    return [
        str(ENGINE_VENV / "bin" / "rasa"),
        "run",
        *("--model", model),
        *("--endpoints", str(SHIPPED / "engine" / "endpoints.yml")),
        *("--credentials", str(SHIPPED / "engine" / "credentials.yml")),
        *("--interface", "127.0.0.1", "--port", str(port)),
    ]


def engine_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What the engine may know of ``environment``."""
    known = {name: environment[name] for name in ENGINE_KNOWS if name in environment}
    known.setdefault("WAYMARK_ACTIONS_PORT", "5055")
    return {**known, **ENGINE_SETTINGS}
