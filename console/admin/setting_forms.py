"""What the forms that change the site's settings say. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.flows.places import Place
from bot.flows.settings import parse_row, render_row
from bot.site_teams import DAYS
from bot.site_words import LONGEST, MOST
from console.admin.change_forms import BadForm, Form, one_line, parse_lines
from console.admin.setting_groups import HOURS, LINE, NEED_WORDS, SHARE, TEXT, WHOLE, WORDS, Field

#: Characters of a fact; rows that the hours of one team may have.
LONGEST_FACT, MOST_ROWS = 300, 28
#: The one fact that a site may leave open.
_MAY_BE_EMPTY = Place("fact", ("people_hours",))

_CLOCK = re.compile(r"([01]?[0-9]|2[0-4])(?:[:.]([0-5][0-9]))?")
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True)
class Row:
    """A row of the hours' form, as it is typed."""

    days: Sequence[str] = ()
    opens: str = ""
    closes: str = ""


def parse_field(form: Form, field: Field) -> object:
    """What is to stand at a field's place. Raises :class:`BadForm`."""
    typed = form.get(f"value-{field.place}", "")
    if field.kind in (LINE, TEXT):
        return _parse_fact(typed, field)
    if field.kind == WORDS:
        return parse_lines(typed, MOST, LONGEST)
    if field.kind == SHARE:
        return _parse_share(typed, field)
    if field.kind == WHOLE:
        return _parse_whole(typed, field)
    if field.kind == HOURS:
        return _parse_hours(form)
    return [need for need in NEED_WORDS if f"need-{need}" in form]


def find_rows(form: Form, there: Sequence[Mapping[str, str]]) -> list[Row]:
    """The rows to show: those that were typed, or else those of the hours."""
    if "rows" in form:
        return list(find_typed_rows(form))
    rows = map(parse_row, there)
    return [Row(row["days"], row["opens"], row["closes"]) for row in rows]


def find_typed_rows(form: Form) -> Iterator[Row]:
    """Rows as they were typed, without the one that is to go, and with a new one if asked for."""
    typed = form.get("rows", "")
    count = min(int(typed), MOST_ROWS) if re.fullmatch("[0-9]{1,2}", typed) else 0
    for number in range(count):
        if form.get("remove") != str(number):
            days = tuple(day for day in DAYS if f"day-{number}-{day}" in form)
            clocks = (form.get(f"{name}-{number}", "").strip() for name in ("opens", "closes"))
            yield Row(days, *clocks)
    if "add" in form and count < MOST_ROWS:
        yield Row()


def _parse_hours(form: Form) -> list[dict[str, str]]:
    rows = [_parse_row(row) for row in find_typed_rows(form) if row != Row()]
    if not rows:
        raise BadForm("At least one row must stay.")
    return rows


def _parse_row(row: Row) -> dict[str, str]:
    opens, closes = (_parse_clock(clock) for clock in (row.opens, row.closes))
    if not row.days:
        raise BadForm("Choose at least one day in each row, or take the row away.")
    if opens == closes or opens == "24:00":
        raise BadForm("A row opens before it closes; 24:00 is midnight.")
    return render_row({"days": row.days, "opens": opens, "closes": closes})


def _parse_clock(typed: str) -> str:
    said = _CLOCK.fullmatch(typed)
    if said is None or (said[1] == "24" and (said[2] or "00") != "00"):
        raise BadForm("Write times such as 09:00 or 17:30; 24:00 is midnight.")
    return f"{int(said[1]):02}:{said[2] or '00'}"


def _parse_fact(typed: str, field: Field) -> str:
    words = one_line(typed)
    if not words and field.place != _MAY_BE_EMPTY:
        raise BadForm(f"{field.label}: this may not be empty.")
    if len(words) > LONGEST_FACT or _BRACE.search(words):
        raise BadForm(f"{field.label}: at most {LONGEST_FACT} characters, and no braces.")
    return words


def _parse_share(typed: str, field: Field) -> float:
    said = re.fullmatch(r"[01](?:[.,]([0-9]{1,4}))?", typed.strip())
    share = float(typed.strip().replace(",", ".")) if said else 2
    if share > 1:
        raise BadForm(f"{field.label}: write a number between 0 and 1, such as 0.3.")
    return share


def _parse_whole(typed: str, field: Field) -> int:
    said = re.fullmatch("[0-9]{1,4}", typed.strip())
    number = int(typed) if said else -1
    if not field.least <= number <= field.most:
        raise BadForm(f"{field.label}: write a whole number from {field.least} to {field.most}.")
    return number
