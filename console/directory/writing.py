"""From a form back to the document: only what somebody changed in the form changes. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.directory.languages import parse_language
from bot.directory.needs import NEEDS, TERM
from bot.directory.nesting import Document
from console.directory.asking import find_lines, find_names
from console.directory.hours import write_schedules
from console.directory.place_hours import write_place_hours
from console.directory.places import write_places
from console.directory.reading import find_language, find_list, is_line, is_nation, say
from console.directory.typed import Typed

#: The area of a line that answers everywhere.
NATION = "United States"

Part = Callable[[Document, Typed], Document]


def write_document(document: Document, shown: Typed, typed: Typed) -> Document:
    """``document``, of which the form showed ``shown``, as ``typed`` wants it.

    The organization is somebody else's too, and is not looked at here.
    """
    for names, write in _PARTS:
        if any(getattr(shown, name) != getattr(typed, name) for name in names):
            document = write(document, typed)
    return document


def _write_texts(document: Document, typed: Typed) -> Document:
    return {**document, "name": typed.name, "url": typed.url, "status": typed.status}


def _write_description(document: Document, typed: Typed) -> Document:
    return {**document, "description": typed.description}


def _write_eligibility(document: Document, typed: Typed) -> Document:
    return {**document, "eligibility_description": typed.eligibility}


def _write_needs(document: Document, typed: Typed) -> Document:
    others, own = [], {}
    for one in find_list(document, "attributes"):
        term = one.get("taxonomy_term")
        code = say(term, "code") or say(term, "id") if isinstance(term, dict) else ""
        if code.startswith(TERM):
            own[code.removeprefix(TERM)] = one
        else:
            others.append(one)
    wanted = [own.get(need) or _make_need(need) for need in NEEDS if need in typed.needs]
    return {**document, "attributes": [*others, *wanted]}


def _make_need(need: str) -> Document:
    term = {"id": f"{TERM}{need}", "code": f"{TERM}{need}", "name": need.capitalize()}
    return {"taxonomy_term": term}


def _write_phone(document: Document, typed: Typed) -> Document:
    line = {"number": typed.phone, "extension": typed.extension}
    return _write_line(document, line, "voice", text=False)


def _write_text_line(document: Document, typed: Typed) -> Document:
    return _write_line(document, {"number": typed.text_line}, "text", text=True)


def _write_line(document: Document, line: Document, kind: str, *, text: bool) -> Document:
    """The first number of this kind as it was typed; others stay."""
    phones = find_list(document, "phones")
    first = next((one for one in phones if is_line(one, text=text)), None)
    written = {**(first or {"type": kind}), **line} if line["number"] else None
    if first is None:
        return {**document, "phones": [written, *phones]} if written else document
    kept = [written if one is first else one for one in phones]
    return {**document, "phones": [one for one in kept if one]}


def _write_places(document: Document, typed: Typed) -> Document:
    return write_places(document, typed.places)


def _write_areas(document: Document, typed: Typed) -> Document:
    names = find_lines(typed.areas)
    there = find_list(document, "service_areas")
    nation = [one for one in there if is_nation(say(one, "name"))] or [{"name": NATION}]
    rows = _keep(there, "name", names)
    return {**document, "service_areas": [*rows, *(nation if typed.nationwide else ())]}


def _write_hours(document: Document, typed: Typed) -> Document:
    return write_schedules(document, typed)


def _write_place_hours(document: Document, typed: Typed) -> Document:
    return write_place_hours(document, typed.place_hours)


def _write_languages(document: Document, typed: Typed) -> Document:
    there = {find_language(one): one for one in find_list(document, "languages")}
    named = find_names(typed.languages)
    made = [there.get(one) or {"name": one, "code": parse_language(one)} for one in named]
    return {**document, "languages": made}


def _write_cost(document: Document, typed: Typed) -> Document:
    """What was typed takes the place of all else that is said of the cost."""
    cost = typed.cost
    if typed.free and not cost.casefold().startswith("free"):
        cost = f"Free. {cost}".strip() if cost else "Free"
    kept = {name: one for name, one in document.items() if name not in {"fees", "cost_options"}}
    return {**kept, "fees_description": cost}


def _write_bring(document: Document, typed: Typed) -> Document:
    rows = _keep(find_list(document, "required_documents"), "document", find_lines(typed.bring))
    return {**document, "required_documents": rows}


def _keep(there: Iterable[Document], column: str, wanted: Iterable[str]) -> list[Document]:
    """A row for each that is wanted: the one that is there, or a new one."""
    known = {say(one, column): one for one in there}
    return [known.get(one) or {column: one} for one in wanted]


_PARTS: tuple[tuple[tuple[str, ...], Part], ...] = (
    (("name", "url", "status"), _write_texts),
    (("description",), _write_description),
    (("eligibility",), _write_eligibility),
    (("needs",), _write_needs),
    (("phone", "extension"), _write_phone),
    (("text_line",), _write_text_line),
    (("places",), _write_places),
    (("areas", "nationwide"), _write_areas),
    (("always", "hours", "gone_hours"), _write_hours),
    (("place_hours",), _write_place_hours),
    (("languages",), _write_languages),
    (("cost", "free"), _write_cost),
    (("bring",), _write_bring),
)
