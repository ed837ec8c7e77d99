"""The token of a web session: random, carried by the page, and never in an address.

A page view sets no cookie. The page holds the token and sends it along, in a form's field or in a
header, so that a closed window forgets it. Only who agreed to be remembered gets a cookie.
"""

from __future__ import annotations

import re
import secrets

from fastapi import Request, Response

COOKIE = "chat"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def make_token() -> str:
    """A token that nobody can guess: 256 random bits."""
    return secrets.token_urlsafe(32)


def parse_token(untrusted_token: str | None) -> str | None:
    """The token, if it looks like one of ours."""
    if untrusted_token is None or not _TOKEN.fullmatch(untrusted_token):
        return None
    return untrusted_token


def read_header(request: Request) -> str | None:
    """The token that a script sends as ``Authorization: Bearer``."""
    kind, _, untrusted_token = request.headers.get("Authorization", "").partition(" ")
    return parse_token(untrusted_token) if kind.lower() == "bearer" else None


def read_cookie(request: Request) -> str | None:
    """The token of someone who agreed to be remembered."""
    return parse_token(request.cookies.get(COOKIE))


def is_from_our_page(request: Request) -> bool:
    """Browsers say where a request comes from; another site may not speak for a person."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}


def give_cookie(response: Response, token: str, *, secure: bool) -> None:
    """Only for who agreed to be remembered.

    It lives as long as the browser, no script can read it, and no other site can send it.
    """
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure)


def drop_cookie(response: Response) -> None:
    """Take the cookie from the browser."""
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
