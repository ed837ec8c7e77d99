"""What is kept of models that were trained over the years."""

from __future__ import annotations

import os
from pathlib import Path

from bot.flows.content import SHIPPED, read_fingerprint
from bot.flows.old_models import KEPT, forget_old_models


def test_the_newest_stay_and_those_that_a_start_needs(tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    names = [read_fingerprint(SHIPPED), *(f"{number:016x}" for number in range(KEPT + 5))]
    for age, name in enumerate(names):
        file = models / f"{name}.tar.gz"
        file.touch()
        os.utime(file, (age, age))
    begun = models / f"draft-1-{names[3]}.tar.gz"
    begun.touch()
    os.utime(begun, (0, 0))
    forget_old_models(tmp_path, models / f"{names[2]}.tar.gz")
    there = {file.name.removesuffix(".tar.gz") for file in models.iterdir() if file != begun}
    assert there == {names[0], names[2], *names[-KEPT + 1 :]}
    assert begun.exists()
