"""What may be asked of a list, and how a page of it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, BeforeValidator

MOST_ON_PAGE = 100
#: Beyond this page there is nothing in any directory.
LAST_PAGE = 1_000_000


def _read_count(untrusted: Any) -> int:
    text = str(untrusted)
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError("must be a whole number")
    return int(text)


def _read_choice(untrusted: Any) -> bool:
    if str(untrusted).lower() not in {"true", "false"}:
        raise ValueError("must be true or false")
    return str(untrusted).lower() == "true"


def _read_day(untrusted: Any) -> date:
    if isinstance(untrusted, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", untrusted):
        return date.fromisoformat(untrusted)
    raise ValueError("must be a date such as 2026-03-12")


#: The bounds stand before the reading, or the description would not name them.
PageNumber = Annotated[
    int, Query(ge=1, le=LAST_PAGE, description="From 1 on."), BeforeValidator(_read_count)
]
PerPage = Annotated[
    int, Query(ge=1, le=MOST_ON_PAGE, description="On a page."), BeforeValidator(_read_count)
]
Choice = Annotated[bool, BeforeValidator(_read_choice), Query()]
Words = Annotated[
    str,
    Query(
        max_length=200, description="Beginnings of words of the names of service and organization."
    ),
]
Format = Annotated[Literal["json"], Query(description="No other format is told.")]
Day = Annotated[
    date, BeforeValidator(_read_day), Query(description="Changed on this day or later.")
]


class Page(BaseModel):
    """A part of a list."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool


class Problem(BaseModel):
    """Why there is no answer."""

    error: str


def render_page(
    contents: Sequence[dict[str, Any]], total: int, page: int, per_page: int
) -> dict[str, Any]:
    """One page of ``total`` objects."""
    pages = -(-total // per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": list(contents),
    }
