"""What our page is shown."""

from __future__ import annotations

import json

from bot.wire.turns import Option, Reply
from channels import web


def test_the_page_is_shown_titles_and_never_the_engines_words() -> None:
    reply = Reply("¿Qué necesita?", (Option("Una cama", "/bed"), Option("Más", "/more")))
    assert web.render(reply) == {
        "text": "¿Qué necesita?",
        "options": [{"title": "Una cama"}, {"title": "Más"}],
    }


def test_any_string_reaches_the_page_as_it_is(naughty_strings: list[str]) -> None:
    for text in naughty_strings:
        shown = json.loads(json.dumps(web.render(Reply(text, (Option(text, "/x"),)))))
        assert shown == {"text": text, "options": [{"title": text}]}
