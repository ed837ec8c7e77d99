"""What the forms that change the conversation say. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.flows.places import Place

#: Characters. Longer ones are refused by the gate anyway; these bounds only keep forms sane.
LONGEST_TEXT, LONGEST_LINE, MOST_LINES = 2_000, 300, 5_000
LONGEST_TITLE, LONGEST_WHY = 80, 400
#: Choices of a question; empty rows for new ones in its form.
FEWEST_CHOICES, NEW_CHOICES = 2, 4

_BLANK = re.compile(r"\{\w+\}")
_BRACE = re.compile(r"[{}]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")
#: Kinds of question that work without a line of code, as people choose them.
KINDS = {
    "words": "their own words", "choice": "one of some choices", "yes_no": "yes or no",
    "day": "a date",
}  # fmt: skip


class BadForm(Exception):
    """Something in a form cannot be; the message says what to do."""


Form = Mapping[str, str]


def parse_saying(form: Form, place: Place, before: Mapping[str, Any]) -> dict[str, Any]:
    """What the bot is to say. Raises :class:`BadForm`."""
    text = parse_text(form.get(f"text-{place}", ""), before["text"])
    options = list(_parse_titles(form, place, before["options"]))
    return {"text": text, "options": options}


def _parse_titles(
    form: Form, place: Place, before: Sequence[Mapping[str, str]]
) -> Iterator[dict[str, str]]:
    """The choices in the order that was asked for; a choice without words goes."""
    titles = [one_line(form.get(f"title-{place}-{number}", "")) for number in range(len(before))]
    if before and not any(titles):
        raise BadForm("At least one choice must stay.")
    for number in _find_order(form, f"order-{place}", len(before)):
        if titles[number]:
            yield {"title": titles[number], "payload": before[number]["payload"]}


def _find_order(form: Form, prefix: str, count: int) -> list[int]:
    """Positions in the order that the numbers of a form ask for; equal ones stay as they were."""
    wanted = (form.get(f"{prefix}-{number}", "") for number in range(count))
    orders = [int(one) if re.fullmatch("[0-9]{1,3}", one) else count for one in wanted]
    return sorted(range(count), key=lambda number: (orders[number], number))


def parse_text(untrusted: str, before: str = "") -> str:
    """Prose on one line, with the same blanks as ``before``. Raises :class:`BadForm`."""
    text = one_line(untrusted)
    if not text:
        raise BadForm("A text may not be empty.")
    if len(text) > LONGEST_TEXT:
        raise BadForm(f"A text may have {LONGEST_TEXT} characters.")
    wanted, found = set(_BLANK.findall(before)), set(_BLANK.findall(text))
    if found != wanted or _BRACE.search(_BLANK.sub("", text)):
        kept = ", ".join(sorted(wanted)) or "nothing here"
        raise BadForm(f"What stands in braces is filled in later. In braces belongs: {kept}.")
    return text


def parse_examples(untrusted: str) -> list[str]:
    """One example a line, none twice. Raises :class:`BadForm`."""
    lines = parse_lines(untrusted, MOST_LINES, LONGEST_LINE)
    if not lines:
        raise BadForm("At least one example must stay.")
    return lines


def parse_lines(untrusted: str, most: int, longest: int) -> list[str]:
    """One thing a line, none twice. Raises :class:`BadForm`."""
    lines = list(dict.fromkeys(filter(None, map(one_line, untrusted.splitlines()))))
    if len(lines) > most or any(len(line) > longest for line in lines):
        raise BadForm(f"At most {most} lines, of {longest} characters each.")
    return lines


def parse_question(
    form: Form, before: Mapping[str, Any] | None, section: str, languages: Sequence[str]
) -> dict[str, Any]:
    """A question of a journey. Raises :class:`BadForm`.

    What the form does not show, such as when a question is asked, stays as it is.
    """
    question: dict[str, Any] = {"section": section, **(before or {})}
    if before is None:
        question |= {"id": parse_id(form.get("id", "")), "kind": _parse_kind(form)}
    question["ask"] = _parse_texts(form, "ask", question.get("ask", {}), languages)
    if question["kind"] == "choice":
        question["options"] = list(_parse_options(form, question.get("options", ()), languages))
    for name in ("short", "skip"):
        _put(question, name, f"{name}" in form, default=name == "skip")
    return question


def _put(question: dict[str, Any], name: str, value: bool, *, default: bool) -> None:
    """Written only where it says something: a file shows no defaults."""
    if value != default or name in question:
        question[name] = value


def _parse_kind(form: Form) -> str:
    kind = form.get("kind", "")
    if kind not in KINDS:
        raise BadForm("Choose what kind of answer the question takes.")
    return kind


def parse_id(untrusted: str) -> str:
    """A name for a new question. Raises :class:`BadForm`."""
    name = untrusted.strip()
    if not _ID.fullmatch(name):
        raise BadForm("A short name has small letters, digits and _, and begins with a letter.")
    return name


def _parse_texts(
    form: Form, name: str, before: Mapping[str, str], languages: Sequence[str]
) -> dict[str, str]:
    return {
        language: parse_text(form.get(f"{name}-{language}", ""), before.get(language, ""))
        for language in languages
    }


def _parse_options(
    form: Form, before: Sequence[Mapping[str, Any]], languages: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """The choices that have words, in the order that was asked for.

    A choice keeps the name under which answers that were given are stored.
    """
    count = len(before) + NEW_CHOICES
    rows = [
        {name: one_line(form.get(f"option-{number}-{name}", "")) for name in languages}
        for number in range(count)
    ]
    if any(len(set(map(bool, titles.values()))) > 1 for titles in rows):
        raise BadForm("Write each choice in each language, or in none to take it away.")
    if sum(all(titles.values()) for titles in rows) < FEWEST_CHOICES:
        raise BadForm("Write at least two choices.")
    taken = [str(one["id"]) for one in before]
    for number in _find_order(form, "order", count):
        if all(rows[number].values()):
            name = taken[number] if number < len(before) else _next_name(taken)
            yield {"id": name, "title": rows[number]}


def _next_name(taken: list[str]) -> str:
    number = next(n for n in range(1, len(taken) + 2) if f"choice_{n}" not in taken)
    taken.append(f"choice_{number}")
    return taken[-1]


def parse_moment(untrusted: str, timezone: ZoneInfo) -> datetime | None:
    """A date and time by the site's clock, as browsers send them; ``None`` for now."""
    try:
        return datetime.strptime(untrusted, "%Y-%m-%dT%H:%M").replace(tzinfo=timezone)
    except ValueError:
        return None


def one_line(untrusted: str) -> str:
    """What was typed, without line ends and what no database holds."""
    return " ".join(_CONTROL.sub(" ", untrusted).split())
