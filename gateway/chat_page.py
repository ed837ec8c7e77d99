"""The pages, made on the server: they can be read and used without any script."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.site import Site
from gateway.chat_links import find_pieces
from gateway.chat_session import Talk
from gateway.chat_token import make_token
from gateway.chat_words import FOLDER, Wordbook


@dataclass(frozen=True)
class Bubble:
    """One thing that was said. What the person said is known only from the request itself."""

    text: str
    mine: bool = False
    language: str | None = None
    options: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class Scene:
    """What the chat page shows. ``spoken`` once a message was sent; ``after`` is how far it has
    read; ``notice`` names a sentence; ``draft`` are words that did not get through."""

    token: str = field(default_factory=make_token)
    spoken: bool = False
    after: int = 0
    bubbles: Sequence[Bubble] = ()
    notice: str | None = None
    draft: str = ""


class Pages:
    """Makes the pages of the site as it is now. ``path`` is where the chat's own forms go.

    ``public_url`` is the site's own address: what begins with it becomes a link.
    """

    def __init__(self, site: Callable[[], Site], public_url: str) -> None:
        self._site, self._public_url = site, public_url
        self.wordbook = Wordbook(site())
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["pieces"] = partial(find_pieces, public_url=public_url)

    def language(self, request: Request, untrusted_choice: str | None = None) -> str:
        """The language to show a page in."""
        choice = untrusted_choice or request.query_params.get("lang")
        return self.wordbook.choose(choice, request.headers.get("Accept-Language", ""))

    def chat(self, scene: Scene, language: str, *, path: str, status: int = 200) -> HTMLResponse:
        """The chat. Its form carries an id of its own, so that a message sent twice counts once."""
        words = dict(vars(scene), message_id=uuid.uuid4(), all_words=self.wordbook.words)
        return self.make("chat.html", language, path=path, status=status, **words)

    def make(
        self, template: str, language: str, *, path: str = "/", status: int = 200, **words: object
    ) -> HTMLResponse:
        """A page of ``template`` in ``language``."""
        content = self._templates.get_template(template).render(
            {
                "words": self.wordbook.words[language],
                "language": language,
                "others": self.wordbook.others(language),
                "facts": self._site().facts,
                "away": self._site().web.away,
                "ours": self._public_url,
                "path": path,
                "framed": path == "/framed",
                "spoken": False,
                **words,
            }
        )
        return HTMLResponse(content, status_code=status)


def find_bubbles(talk: Talk, said: str | None, before: int) -> list[Bubble]:
    """What to show: replies up to position ``before``, what was just said, the replies to it.

    Only the newest reply still offers its options.
    """
    bubbles = [Bubble(str(shown.content["text"]), language=talk.language) for shown in talk.replies]
    if talk.replies:
        bubbles[-1] = _with_options(bubbles[-1], talk.replies[-1].content)
    if said:
        read = sum(shown.position <= before for shown in talk.replies)
        bubbles.insert(read, Bubble(said, mine=True))
    return bubbles


def _with_options(bubble: Bubble, content: Mapping[str, object]) -> Bubble:
    options = content["options"]
    assert isinstance(options, list)
    return Bubble(bubble.text, language=bubble.language, options=options)
