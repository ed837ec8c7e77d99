"""What is wrong with a form, at the field where it is. Pure.

What must not be kept of a confidential place is refused by ``bot.directory``; its own sentence is
shown here, at the words that it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.care.streets import tells_where
from bot.directory.languages import parse_language
from bot.directory.report import Refusal, Report
from console.directory.asking import LONGEST, find_names
from console.directory.typed import STATUSES, Typed, TypedHours, TypedPlace

#: Sentences by the field that they are about; ``""`` is the form as a whole.
Faults = Mapping[str, str]

TOO_LONG = f"At most {LONGEST} characters."
ALL_CONFIDENTIAL = (
    "Every place of this organization is confidential, so the mark of this one stays. To change "
    "that, import a package without the organization, and then one that has it without the mark."
)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_FEWEST_DIGITS = 3
_TEXTS = ("name", "description", "eligibility", "cost", "url", "areas", "bring")
#: Which field of the form holds what a table of the directory holds.
_FIELDS = {
    "phones": "phone", "schedules": "hours", "service_areas": "areas", "languages": "languages",
    "required_documents": "bring", "cost_options": "cost", "organizations": "organization",
    "attributes": "needs",
}  # fmt: skip
_REASONS = {
    "no need fits": ("needs", "Choose at least one, or nobody would ever find it."),
    "nobody could reach it": (
        "phone", "Nobody could reach it. Write a phone, a text line or a website.",
    ),
}  # fmt: skip


def find_faults(typed: Typed, shown: Typed, *, marked: bool) -> Faults:
    """What cannot be meant, before anything is tried. ``shown`` is what stands there now.

    ``marked``: its whole organization is confidential.
    """
    faults: dict[str, str] = {}
    if marked and any(one.opened for one in typed.places):
        faults[""] = ALL_CONFIDENTIAL
    # The first sentence about a field is enough.
    for name, sentence in _find_all(typed, shown):
        faults.setdefault(name, sentence)
    return faults


def place_report(report: Report, typed: Typed) -> Faults:
    """What the directory refused, at the fields that it means."""
    faults: dict[str, str] = {}
    for leak in report.leaks:
        for name in _find_leaking(leak, typed):
            faults.setdefault(name, f"Not kept: this is {leak.reason}.")
    for refusal in report.refused:
        name, sentence = _place_refusal(refusal)
        faults.setdefault(name, sentence)
    return faults or {"": "It cannot be kept like this."}


def _find_all(typed: Typed, shown: Typed) -> Iterator[tuple[str, str]]:
    if not typed.name:
        yield "name", "What is it called?"
    if not typed.organization:
        yield "organization", "Who runs it? A service of nobody's can have its own name here."
    if not typed.needs:
        yield _REASONS["no need fits"]
    for name, value in vars(typed).items():
        if isinstance(value, str) and len(value) > LONGEST:
            yield name, TOO_LONG
    for name in ("phone", "text_line"):
        if (number := getattr(typed, name)) and sum(map(str.isdigit, number)) < _FEWEST_DIGITS:
            yield name, "A number has digits."
    if typed.extension and not typed.phone:
        yield "phone", "An extension needs a number."
    if typed.url and not re.match(r"https?://[^\s/]+", typed.url):
        yield "url", "A website begins with https:// or http://"
    yield from _find_in_rows(typed, shown)
    for name in find_names(typed.languages):
        if parse_language(name) is None:
            yield "languages", f"“{name}” is no language that is known here. Try its code."
    if not typed.free and typed.cost.casefold().startswith("free"):
        yield "cost", "The words say that it is free: tick the box, or write what it costs."
    if typed.status not in STATUSES:
        yield "status", "Choose one."


def _find_in_rows(typed: Typed, shown: Typed) -> Iterator[tuple[str, str]]:
    hidden = {one.location_id for one in shown.places if one.confidential and one.location_id}
    for number, place in enumerate(typed.places):
        if sentence := _check_place(place, hidden):
            yield f"place-{number}", sentence
    numbers = {place.location_id: number for number, place in enumerate(typed.places)}
    for always, rows, kind in (
        (typed.always, typed.hours, "hours"),
        *(
            (one.always, one.hours, f"place-{numbers.get(one.location_id)}-hours")
            for one in typed.place_hours
        ),
    ):
        for number, row in enumerate(rows):
            if sentence := "" if always else _check_hours(row):
                yield f"{kind}-{number}", sentence


def _check_place(place: TypedPlace, hidden: set[str]) -> str:
    if max(map(len, (place.name, *place.address))) > LONGEST:
        return TOO_LONG
    if place.location_id in hidden and not place.confidential and not place.opened:
        return (
            "This place is confidential now. If the mark is to go and people may be told where "
            "it is, tick “The address may be known” as well."
        )
    return ""


def _check_hours(row: TypedHours) -> str:
    if row.is_empty:
        return ""
    if not row.days:
        return "On which days?"
    if not (_CLOCK.fullmatch(row.opens) and _CLOCK.fullmatch(row.closes)):
        return "From when to when? Write times such as 09:00 and 17:30."
    return ""


def _find_leaking(leak: Refusal, typed: Typed) -> Iterator[str]:
    """The fields whose words give a place away; the form as a whole when none is found."""
    found = list(_find_telling(typed))
    if leak.file == "addresses":
        found = [
            f"place-{number}"
            for number, place in enumerate(typed.places)
            if place.confidential and any(place.address)
        ] or found
    elif leak.file in _FIELDS:
        found = [_FIELDS[leak.file]]
    yield from found or [""]


def _find_telling(typed: Typed) -> Iterator[str]:
    yield from (name for name in _TEXTS if tells_where(getattr(typed, name)))
    for number, place in enumerate(typed.places):
        if tells_where(place.name):
            yield f"place-{number}"


def _place_refusal(refusal: Refusal) -> tuple[str, str]:
    for begins, told in _REASONS.items():
        if refusal.reason.startswith(begins):
            return told
    if ":" in refusal.file:
        return "", f"Another service that shares this cannot be kept so: {refusal.reason}."
    return _FIELDS.get(refusal.file, ""), f"Not kept: {refusal.reason}."
