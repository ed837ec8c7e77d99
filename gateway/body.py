"""Reading request bodies that anyone may have sent."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from gateway.errors import BodyRefused

#: Bytes. A webhook with 10,000 characters in any script stays well below.
LARGEST = 256 * 1024
MOST_FIELDS = 200


async def read_body(request: Request) -> bytes:
    """The body, if it is of a sane size. Raises :class:`BodyRefused`."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise BodyRefused
    return bytes(body)


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a URL-encoded form; a body that is no form has none."""
    body = await read_body(request)
    try:
        fields = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    return dict(fields)
