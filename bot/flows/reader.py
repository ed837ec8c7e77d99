"""The trained model, asked for meanings without the running house."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from types import TracebackType

from bot.flows.errors import ModelUnreadable
from bot.wire.meaning import Meaning
from bot.wire.windows import split_windows

Ranking = list[Meaning]


class Reader:
    """A process in the engine's environment that ranks messages. Use it with ``with``.

    :meth:`ask` and :meth:`answer` go in pairs, so that a caller can do something else
    while the reader thinks.
    """

    def __init__(self, root: Path, model: Path) -> None:
        self._pieces: list[int] = []
        self._process = subprocess.Popen(
            [root / ".venv-engine" / "bin" / "python", "-m", "engine.read", model],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PATH": os.defpath, "PYTHONPATH": str(root)},
        )

    def ask(self, untrusted_texts: Sequence[str]) -> None:
        """Send messages to be ranked, with their pieces. Raises :class:`ModelUnreadable`."""
        assert self._process.stdin is not None
        pieces = [split_windows(text) for text in untrusted_texts]
        self._pieces = [len(some) for some in pieces]
        lines = [*untrusted_texts, *chain.from_iterable(pieces)]
        try:
            self._process.stdin.write(json.dumps(lines) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise ModelUnreadable from error

    def answer(self) -> list[tuple[Ranking, list[Ranking]]]:
        """For each message its ranking and its pieces'. Raises :class:`ModelUnreadable`."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise ModelUnreadable
        rankings = iter([[Meaning(*one) for one in ranking] for ranking in json.loads(line)])
        whole = list(islice(rankings, len(self._pieces)))
        pieces = [list(islice(rankings, count)) for count in self._pieces]
        return list(zip(whole, pieces, strict=True))

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()
