"""The site's settings: what they are, and the forms that change them in a release."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from bot.flows.edition import Edition
from bot.flows.finding import holds
from bot.flows.places import Place, read_value
from bot.flows.sheet import NoSuchPlace
from bot.site_teams import DAYS
from console.admin.change_forms import Form
from console.admin.changing import Desk
from console.admin.setting_forms import LONGEST_FACT, MOST_ROWS, find_rows, parse_field
from console.admin.setting_groups import NEED_WORDS, Field, Group, find_group, find_groups
from console.admin.spots import Spot
from console.house import House
from console.members import Member, allowed

PAGE = "change_settings.html"


@dataclass(frozen=True)
class Said:
    """A group, and what each of its settings says now."""

    group: Group
    values: tuple[tuple[Field, Any], ...]


def routes(house: House) -> APIRouter:
    """``/conversation/settings`` and what is below it."""
    router = APIRouter()
    desk = Desk(house)
    reader = Annotated[Member, Depends(allowed(house, "conversation"))]
    author = Annotated[Member, Depends(allowed(house, "release"))]

    @router.get("/conversation/settings")
    async def index(member: reader) -> Response:
        _, edition = await desk.open()
        said = [_say(edition, group) for group in find_groups(edition)]
        return house.pages.show(member, "settings.html", said=said, way=find_way, needs=NEED_WORDS)

    @router.get("/conversation/settings/find")
    async def find(member: author, place: str, release: str = "") -> Response:
        """The form of a place, for whoever reads a release."""
        _, edition = await desk.open()
        group = find_group(find_groups(edition), _parse_place(place))
        if group is None:
            raise HTTPException(404)
        return RedirectResponse(find_way(group, release), status_code=303)

    async def find_named(name: str, team: str) -> Group:
        _, edition = await desk.open()
        for group in find_groups(edition):
            if (group.name, group.team) == (name, team):
                return group
        raise HTTPException(404)

    @router.get("/conversation/settings/{name}/change")
    async def form(member: author, name: str, team: str = "", release: str = "") -> Response:
        group = await find_named(name, team)
        return await desk.show(member, PAGE, _places(group), release, **_more(group, {}))

    @router.post("/conversation/settings/{name}/change")
    async def change(member: author, request: Request, name: str, team: str = "") -> Response:
        group = await find_named(name, team)
        typed = {key: str(value) for key, value in (await request.form()).items()}
        more = _more(group, typed)
        if "add" in typed or "remove" in typed:  # one row more or less, and nothing is saved yet
            release = typed.get("release", "")
            return await desk.show(member, PAGE, _places(group), release, form=typed, **more)
        parse = partial(_parse, group)
        return await desk.take(member, request, PAGE, _places(group), parse, **more)

    return router


def find_way(group: Group, release: str = "") -> str:
    """The address of a group's form."""
    asked = {name: one for name, one in (("team", group.team), ("release", release)) if one}
    return f"/conversation/settings/{group.name}/change?{urlencode(asked)}".removesuffix("?")


def find_said(edition: Edition, words: str) -> list[Said]:
    """The groups that hold words: in what they are called, or in what they say now."""
    said = (_say(edition, group) for group in find_groups(edition))
    return [one for one in said if holds(_tell(one), words)]


def _tell(said: Said) -> str:
    told = (f"{field.label} {field.what} {value}" for field, value in said.values)
    return " ".join((said.group.title, said.group.what, *told))


def _say(edition: Edition, group: Group) -> Said:
    return Said(group, tuple((one, read_value(edition, one.place)) for one in group.fields))


def _places(group: Group) -> list[Place]:
    return [one.place for one in group.fields]


def _more(group: Group, typed: Form) -> dict[str, Any]:
    """What the form needs to know beside the values."""
    return {
        "group": group, "needs": NEED_WORDS, "days": DAYS, "longest": LONGEST_FACT,
        "most_rows": MOST_ROWS, "find_rows": partial(find_rows, typed),
    }  # fmt: skip


def _parse(group: Group, form: Form, _: list[Spot]) -> Mapping[Place, Any]:
    return {field.place: parse_field(form, field) for field in group.fields}


def _parse_place(untrusted: str) -> Place:
    try:
        return Place.parse(untrusted)
    except NoSuchPlace as error:
        raise HTTPException(404) from error
