"""``waymark fallback``: what people hear while nothing of this house answers.

Two files to be hosted elsewhere. Twilio fetches ``fallback.xml`` when the webhook fails;
``fallback.html`` takes the place of the web chat. docs/twilio.md says where to put them.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from bot.errors import SiteError
from bot.flows.gate.sending import MOST_SEGMENTS
from bot.flows.site_in_use import find_site
from bot.settings import Settings
from bot.site import Site
from bot.wire.segments import count_segments

WORDS = Path(__file__).with_suffix(".toml")

_TEXTS = """<?xml version="1.0" encoding="UTF-8"?>
<Response>
{messages}
</Response>
"""
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <meta name="referrer" content="no-referrer">
  <title>{title}</title>
</head>
<body>
{paragraphs}
</body>
</html>
"""


@dataclass(frozen=True)
class Words:
    """What is said in one language, with the site's facts filled in."""

    language: str
    text: str
    page: str
    title: str


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "fallback",
        help="write what people read while this service is away",
        description="Writes fallback.xml for Twilio's fallback address and fallback.html for the"
        " web. Both must be hosted elsewhere: docs/twilio.md says where, and what to avoid.",
    )
    parser.add_argument("folder", type=Path, help="where to write; made if it is not there")
    parser.set_defaults(run=run)


def run(parsed: argparse.Namespace, settings: Settings) -> int:
    """Print what was written. Raises ``bot.errors.SiteError``."""
    words = find_words(find_site(settings.site_path, settings.home))
    parsed.folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("fallback.xml", render_texts), ("fallback.html", render_page)):
        file = parsed.folder / name
        file.write_text(content(words), encoding="utf-8")
        print(file)
    return 0


def find_words(site: Site) -> list[Words]:
    """The words in every language of the site that has some."""
    known = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    spoken = [language for language in site.languages if language in known] or ["en"]
    return [_fill(site, language, known[language]) for language in spoken]


def render_texts(words: Sequence[Words]) -> str:
    """TwiML with one message in each language: https://www.twilio.com/docs/messaging/twiml"""
    messages = (f"  <Message>{escape(said.text)}</Message>" for said in words)
    return _TEXTS.format(messages="\n".join(messages))


def render_page(words: Sequence[Words]) -> str:
    """A page that loads nothing and says nothing of what it stands for."""
    first = words[0]
    paragraphs = "\n".join(_paragraphs(words))
    return _PAGE.format(language=first.language, title=escape(first.title), paragraphs=paragraphs)


def _paragraphs(words: Sequence[Words]) -> Iterator[str]:
    for said in words:
        yield f'  <p lang="{said.language}">{escape(said.page)}</p>'


def _fill(site: Site, language: str, templates: Mapping[str, str]) -> Words:
    try:
        filled = {name: said.strip().format(**site.facts) for name, said in templates.items()}
    except KeyError as error:
        raise SiteError(site.path, f"lacks the fact {error.args[0]}") from error
    words = Words(language, **filled)
    if count_segments(words.text, toll_free=True).count > MOST_SEGMENTS:
        raise SiteError(site.path, "has facts that make the fallback longer than two texts")
    return words
