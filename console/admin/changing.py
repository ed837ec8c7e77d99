"""Forms that change the conversation. What they say goes into a release, never into a file."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from bot.flows.edition import Edition
from bot.flows.places import Place
from bot.store.releases import ChangedMeanwhile
from console.admin.change_forms import (
    KINDS,
    NEW_CHOICES,
    BadForm,
    Form,
    parse_examples,
    parse_id,
    parse_question,
    parse_saying,
)
from console.admin.spots import Spot, find_spots, find_target, save_spots
from console.house import House
from console.library import Written
from console.members import Member, allowed

#: From what a form says, and what stood there, to what is wanted.
Parse = Callable[[Form, list[Spot]], Mapping[Place, Any]]

MEANWHILE = (
    "Somebody changed this while you wrote. What they wrote is shown below, under your words. "
    "Look at both, and save again to put yours in its place."
)


class Desk:
    """One form after the other is shown and taken the same way."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def open(self) -> tuple[Written, Edition]:
        """What is written, and an edition of it to look at."""
        written = await self._house.library.open()
        return written, Edition(written.root, written.sheets, self._house.settings.site_path)

    async def show(
        self, member: Member, page: str, places: list[Place], release: str = "",
        fault: str = "", form: Form | None = None, **more: object,
    ) -> Response:  # fmt: skip
        """The form, with what was typed where it comes back with a fault."""
        _, edition = await self.open()
        async with self._house.sessions() as session:
            target = await find_target(session, release)
            spots = await find_spots(session, edition, target, places)
        return self._house.pages.show(
            member, page, status=422 if fault else 200, target=target, spots=spots, fault=fault,
            form=form or {}, typed=form is not None, **more,
        )  # fmt: skip

    async def take(
        self, member: Member, request: Request, page: str, places: list[Place], parse: Parse,
        **more: object,
    ) -> Response:  # fmt: skip
        """Save what a form says, or show it again with what is wrong."""
        form = {key: str(value) for key, value in (await request.form()).items()}
        _, edition = await self.open()
        fault = ""
        try:
            async with self._house.sessions.begin() as session:
                target = await find_target(session, form.get("release", ""))
                spots = await find_spots(session, edition, target, places)
                wanted = parse(form, spots)
                release = await save_spots(self._house, session, member, edition, form, wanted)
        except BadForm as error:
            fault = str(error)
        except ChangedMeanwhile:
            fault = MEANWHILE
        if fault:
            return await self.show(
                member, page, places, form.get("release", ""), fault, form, **more
            )
        return RedirectResponse(f"/releases/{release}", status_code=303)


def routes(house: House) -> APIRouter:
    """``.../change`` below ``/conversation``."""
    router = APIRouter()
    desk = Desk(house)
    languages = house.site.languages
    member_here = Annotated[Member, Depends(allowed(house, "release"))]

    async def find_sayings(name: str) -> tuple[str, list[Place]]:
        """The topic of a response, and a place for each language and channel."""
        written, _ = await desk.open()
        for topic in written.topics.values():
            found = [one for one in topic.sayings if one.name == name]
            if found:
                places = [Place("saying", (name, s.language, s.channel or "")) for s in found]
                return topic.name, places
        raise HTTPException(404)

    @router.get("/conversation/sayings/{name}/change")
    async def saying(member: member_here, name: str, release: str = "") -> Response:
        topic, places = await find_sayings(name)
        return await desk.show(
            member, "change_saying.html", places, release, name=name, topic=topic
        )

    @router.post("/conversation/sayings/{name}/change")
    async def change_saying(member: member_here, request: Request, name: str) -> Response:
        topic, places = await find_sayings(name)
        return await desk.take(
            member, request, "change_saying.html", places, _parse_sayings, name=name, topic=topic
        )

    async def find_examples(name: str) -> list[Place]:
        written, _ = await desk.open()
        if name not in written.intents:
            raise HTTPException(404)
        spoken = written.intents[name].examples
        return [Place("examples", (name, language)) for language in spoken]

    @router.get("/conversation/meanings/{name}/change")
    async def examples(member: member_here, name: str, release: str = "") -> Response:
        places = await find_examples(name)
        return await desk.show(member, "change_examples.html", places, release, name=name)

    @router.post("/conversation/meanings/{name}/change")
    async def change_examples(member: member_here, request: Request, name: str) -> Response:
        return await desk.take(
            member, request, "change_examples.html", await find_examples(name), _parse_examples,
            name=name,
        )  # fmt: skip

    async def find_question(journey: str, question: str, section: str = "") -> dict[str, Any]:
        """What the form of a question needs to know; a new one has no name yet."""
        written, _ = await desk.open()
        found = written.journeys.get(journey)
        if found is None:
            raise HTTPException(404)
        there = found.question(question)
        section = there.section if there else section
        if section not in {one.id for one in found.sections}:
            raise HTTPException(404)
        return {
            "journey": journey, "question": question, "section": section, "languages": languages,
            "kinds": KINDS, "new_choices": NEW_CHOICES,
            "names": {one.id for one in found.questions},
        }  # fmt: skip

    @router.get("/conversation/journeys/{journey}/new")
    async def new(member: member_here, journey: str, section: str, release: str = "") -> Response:
        more = await find_question(journey, "", section)
        return await desk.show(member, "change_question.html", [], release, **more)

    @router.post("/conversation/journeys/{journey}/new")
    async def add(member: member_here, request: Request, journey: str, section: str) -> Response:
        more = await find_question(journey, "", section)

        def parse(form: Form, _: list[Spot]) -> Mapping[Place, Any]:
            name = parse_id(form.get("id", ""))
            if name in more["names"]:
                raise BadForm("There is a question of this name. Choose another name.")
            place = Place("question", (journey, name))
            return {place: parse_question(form, None, section, languages)}

        return await desk.take(member, request, "change_question.html", [], parse, **more)

    @router.get("/conversation/journeys/{journey}/questions/{question}/change")
    async def ask(
        member: member_here, journey: str, question: str, release: str = "", section: str = ""
    ) -> Response:
        more = await find_question(journey, question, section)
        places = _question_places(more)
        return await desk.show(member, "change_question.html", places, release, **more)

    @router.post("/conversation/journeys/{journey}/questions/{question}/change")
    async def change_ask(
        member: member_here, request: Request, journey: str, question: str, section: str = ""
    ) -> Response:
        more = await find_question(journey, question, section)

        def parse(form: Form, spots: list[Spot]) -> Mapping[Place, Any]:
            return _parse_question(form, spots, more["section"], languages)

        return await desk.take(
            member, request, "change_question.html", _question_places(more), parse, **more
        )

    return router


def _question_places(more: Mapping[str, Any]) -> list[Place]:
    question = Place("question", (more["journey"], more["question"]))
    return [question, Place("order", (more["journey"], more["section"]))]


def _parse_sayings(form: Form, spots: list[Spot]) -> Mapping[Place, Any]:
    return {one.place: parse_saying(form, one.place, one.value) for one in spots}


def _parse_examples(form: Form, spots: list[Spot]) -> Mapping[Place, Any]:
    return {one.place: parse_examples(form.get(f"lines-{one.place}", "")) for one in spots}


def _parse_question(
    form: Form, spots: list[Spot], section: str, languages: tuple[str, ...]
) -> Mapping[Place, Any]:
    """The question, and its place among the others where that differs."""
    question, order = spots
    if question.value is None:
        raise BadForm("This question has been taken away in this release.")
    if "remove" in form:
        return {question.place: None}
    wanted: dict[Place, Any] = {
        question.place: parse_question(form, question.value, section, languages)
    }
    position = form.get("position", "")
    names = [name for name in order.value or () if name != question.place.words[1]]
    if position.isdecimal() and len(position) < 4 and names:
        names.insert(max(int(position) - 1, 0), question.place.words[1])
        wanted[order.place] = names
    return wanted
