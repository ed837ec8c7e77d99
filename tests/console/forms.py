"""Forms of the console, read as a browser reads them and sent as it sends them."""

from __future__ import annotations

import re
from html import unescape

from tests.console.conftest import Browser


def read_form(browser: Browser, path: str) -> dict[str, str]:
    """The fields of the form that saves, as a browser would send them unchanged."""
    page = browser.get(path).text
    form = page[page.rindex('<form method="post" class="stack">') :]
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, kind = re.search(r'name="([^"]*)"', tag), re.search(r'type="(\w+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and not (kind and kind[1] == "checkbox" and " checked" not in tag):
            fields[unescape(name[1])] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)<', form):
        fields[unescape(name)] = unescape(text)
    return fields


def save(browser: Browser, path: str, fields: dict[str, str]) -> str:
    """Save a form; the address of the release."""
    answer = browser.submit(path, **fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def find_seen(browser: Browser, release: str) -> str:
    """What the form for agreeing says that its reader has seen."""
    seen = re.search(r'name="seen" value="(\w+)"', browser.get(release).text)
    assert seen is not None
    return seen[1]


def agree(browser: Browser, release: str) -> None:
    """Agree to a release as its page shows it now."""
    answer = browser.submit(f"{release}/agree", seen=find_seen(browser, release))
    assert answer.status_code == 303, answer.text
