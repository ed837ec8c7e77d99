"""What the trainer's own check says of the content, as far as it is a fault."""

from __future__ import annotations

import re

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
#: Where its check begins and ends. What it warns of before and after is about the trainer itself.
_BEGINS, _ENDS = "Started validating domain and training data", "Story structure validation"
#: Its warnings; all come from one place in its code.
_WARNING = re.compile(
    r"rasa/shared/utils/io\.py:\d+: UserWarning: (.+?)"
    r"(?=\n  More info at|\n\S*\d{4}-\d\d-\d\d |\n/|\Z)",
    re.DOTALL,
)
_CONTRADICTION = re.compile(r"^- (the prediction of the action .+)$", re.MULTILINE)
_BY_DESIGN = re.compile(
    "|".join(
        (
            # Nobody types these: our own options and the house speak of them.
            "is listed in the domain file, but is not found in the NLU training data",
            # Actions say them, or the house where there is no engine.
            "is not used in any story or rule",
            # On the way through services it is more of them, else it leaves a question out.
            "The example 'next' was found labeled with multiple",
        )
    )
)


def find_faults(log: str) -> list[str]:
    """The faults in what the trainer said so far, each once, in its words."""
    said = _COLOUR.sub("", log).rpartition("\n")[0]  # what is being written is read the next time
    checked = said.partition(_BEGINS)[2].partition(_ENDS)[0]
    warned = (" ".join(one.split()) for one in _WARNING.findall(checked))
    faults = [one for one in warned if not _BY_DESIGN.search(one)]
    return list(dict.fromkeys([*faults, *_CONTRADICTION.findall(said)]))
