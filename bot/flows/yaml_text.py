"""Values as the text that stands for them in a content file. Pure."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from typing import Any

#: Columns by which what a value is made of stands further in.
INDENT = 2
#: Columns of a line of prose.
_WIDTH = 96
#: A text up to so many characters stands behind its key, as one quoted line.
_SHORT = 60


def render_value(value: Any, indent: int) -> str:
    """``value`` as it stands behind its key."""
    if isinstance(value, str):
        return _render_text(value, indent)
    if isinstance(value, Mapping) and value:
        return "\n" + "\n".join(_render_pairs(value, indent))
    if isinstance(value, list) and value:
        return "\n" + "".join(render_item(one, indent) for one in value).removesuffix("\n")
    return json.dumps(value, ensure_ascii=False)


def _render_pairs(value: Mapping[str, Any], indent: int) -> list[str]:
    lines = []
    for key, one in value.items():
        text = render_value(one, indent + INDENT)
        lines.append(f"{' ' * indent}{key}:{'' if text.startswith(chr(10)) else ' '}{text}")
    return lines


def render_item(value: Any, column: int) -> str:
    """One item of a list with its dash and the end of its line."""
    if isinstance(value, Mapping) and value:
        text = "\n".join(_render_pairs(value, column + INDENT)).lstrip()
    else:
        text = render_value(value, column + INDENT)
    return f"{' ' * column}- {text}\n"


def _render_text(text: str, indent: int) -> str:
    """Lines as lines, long prose folded, all else quoted."""
    margin = " " * indent
    if text.endswith("\n"):
        return "|\n" + textwrap.indent(text, margin).removesuffix("\n")
    if len(text) > _SHORT and text == " ".join(text.split()):
        lines = textwrap.wrap(text, _WIDTH - indent, break_long_words=False, break_on_hyphens=False)
        return ">-\n" + "\n".join(margin + line for line in lines)
    return json.dumps(text, ensure_ascii=False)
