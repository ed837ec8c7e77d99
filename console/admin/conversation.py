"""The conversation to read: topics, what people say for each meaning, journeys, and a search."""

from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Response

from bot.care.grade import WANTED
from bot.flows.conversation import Saying, Topic
from bot.flows.edition import Edition
from bot.flows.gate.grading import find_grade
from bot.flows.gate.sending import MOST_SEGMENTS, count_sent, fill, render_text_message
from bot.site import Site
from bot.store.step_counts import FEWEST, find_stuck
from console.admin.settings import find_said
from console.house import House
from console.members import Member, allowed

Found = TypeVar("Found")

#: Places that a search shows; who sees so many adds a word.
MOST_FOUND = 60
#: Examples of a meaning beside its topic; all of them are on a page of their own.
FEW = 5


@dataclass(frozen=True)
class Preview:
    """What a person reads. ``segments`` and ``grade`` are ``None`` where they do not count."""

    saying: Saying
    text: str
    segments: int | None
    grade: int | None

    @property
    def is_hard(self) -> bool:
        """Whether it is more than a person in distress can be expected to read."""
        return self.grade is not None and self.grade > WANTED

    @property
    def is_long(self) -> bool:
        """Whether it takes more texts than it should."""
        return self.segments is not None and self.segments > MOST_SEGMENTS


def routes(house: House) -> APIRouter:
    """``/conversation`` and what is below it."""
    router = APIRouter()
    reader = Annotated[Member, Depends(allowed(house, "conversation"))]

    @router.get("/conversation")
    async def index(member: reader, words: str = "") -> Response:
        written = await house.library.open()
        found = written.index.find(words[:200], MOST_FOUND)
        edition = Edition(written.root, written.sheets, pack=house.settings.site_path)
        return house.pages.show(
            member, "conversation.html", written=written, words=words, found=found,
            most=MOST_FOUND, settings=find_said(edition, words[:200]) if words else [],
        )  # fmt: skip

    @router.get("/conversation/stuck")
    async def stuck(member: reader) -> Response:
        async with house.sessions() as session:
            found = await find_stuck(session, house.now())
        return house.pages.show(member, "stuck.html", stuck=found, fewest=FEWEST)

    @router.get("/conversation/topics/{name}")
    async def topic(member: reader, name: str) -> Response:
        written = await house.library.open()
        found = _require(written.topics.get(name))
        sayings = group_previews(found, house.site)
        return house.pages.show(member, "topic.html", topic=found, sayings=sayings, few=FEW)

    @router.get("/conversation/meanings/{name}")
    async def meaning(member: reader, name: str) -> Response:
        written = await house.library.open()
        intent = _require(written.intents.get(name))
        rules = [
            rule for topic in written.topics.values() for rule in topic.rules if rule.hears(name)
        ]
        return house.pages.show(member, "meaning.html", intent=intent, rules=rules)

    @router.get("/conversation/journeys/{name}")
    async def journey(member: reader, name: str) -> Response:
        written = await house.library.open()
        found = _require(written.journeys.get(name))
        return house.pages.show(
            member, "journey.html", journey=found, languages=house.site.languages
        )

    return router


def group_previews(topic: Topic, site: Site) -> dict[str, list[Preview]]:
    """What the bot says on a topic, by the name of the response, as the site fills it."""
    grouped: dict[str, list[Preview]] = {}
    for saying in topic.sayings:
        grouped.setdefault(saying.name, []).append(_preview(saying, site))
    return grouped


def _preview(saying: Saying, site: Site) -> Preview:
    text = fill(saying.reply.text, site.facts)
    is_text_message = saying.channel is None
    return Preview(
        saying,
        render_text_message(saying.reply, site.facts) if is_text_message else text,
        count_sent(saying.reply, saying.language, site.facts) if is_text_message else None,
        find_grade(text, saying.language),
    )


def _require(found: Found | None) -> Found:
    if found is None:
        raise HTTPException(404)
    return found
