"""Runs in the engine's environment: ask a trained model everything, through Rasa itself.

``python -m bench.understanding.rasa_side MODEL ASK.json ANSWER.json``
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

Lines = Sequence[Sequence[str]]
#: Share of in-scope messages that must still be understood when the threshold is chosen.
KEPT = 0.88


async def _answer(agent: Agent, lines: Lines) -> list[tuple[bool, float]]:
    found = []
    for text, intent in lines:
        parsed: dict[str, Any] = await agent.parse_message(text)
        found.append((parsed["intent"]["name"] == intent, parsed["intent"]["confidence"]))
    return found


def _find_threshold(inside: list[tuple[bool, float]]) -> float:
    """The highest confidence at which enough of the validation's messages are understood."""
    right = sorted((share for hit, share in inside if hit), reverse=True)
    return right[min(int(KEPT * len(inside)), len(right) - 1)]


async def measure(model: str, parts: dict[str, Lines]) -> dict[str, Any]:
    """Accuracy in percent, milliseconds a message and, where there are any, strangers found."""
    agent = Agent.load(model)
    await _answer(agent, parts["test"][:20])
    started = time.perf_counter()
    test = await _answer(agent, parts["test"])
    spent = (time.perf_counter() - started) / len(test)
    figures: dict[str, Any] = {
        "accuracy, %": round(100 * sum(hit for hit, _ in test) / len(test), 2),
        "ms a message": round(1000 * spent, 1),
    }
    if "oos/test" in parts:
        threshold = _find_threshold(await _answer(agent, parts["valid"]))
        outside = await _answer(agent, parts["oos/test"])
        understood = sum(hit and share >= threshold for hit, share in test)
        refused = sum(share < threshold for _, share in outside)
        figures["in scope at the threshold, %"] = round(100 * understood / len(test), 1)
        figures["out of scope refused, %"] = round(100 * refused / len(outside), 1)
    return figures


if __name__ == "__main__":
    _, model_path, ask, answer = sys.argv
    asked = json.loads(Path(ask).read_text(encoding="utf-8"))
    result = asyncio.run(measure(model_path, asked))
    Path(answer).write_text(json.dumps(result), encoding="utf-8")
