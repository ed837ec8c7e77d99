"""Inviting somebody: the link is shown once, on the page that answers, and kept nowhere."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.audit import save_audit
from bot.store.invitations import WORKS_FOR, save_invitation
from console.house import House
from console.members import Member, freshly
from console.supervisor.staff_forms import Wished, parse_email_address
from console.supervisor.staff_places import OWN, find_choices, find_place

Text = Annotated[str, Form()]
Texts = Annotated[list[str], Form(default_factory=list)]

NO_EMAIL = "This is not an e-mail address."


def routes(house: House) -> APIRouter:
    """``/staff/invite``."""
    router = APIRouter()
    member_here = Annotated[Member, Depends(freshly(house, "staff"))]

    @router.get("/staff/invite")
    async def form(member: member_here) -> Response:
        return _show(house, member, "", Wished())

    @router.post("/staff/invite")
    async def invite(
        member: member_here, email: Text, role: Text, languages: Texts,
        agency: Text = "", team: Text = "",
    ) -> Response:  # fmt: skip
        wished = Wished(role, agency.strip(), team, tuple(languages))
        async with house.sessions.begin() as session:
            link, fault = await _invite(house, session, member, email, wished)
        return _show(house, member, email, wished, link, fault)

    return router


async def _invite(
    house: House, session: AsyncSession, member: Member, untrusted_email: str, wished: Wished
) -> tuple[str, str]:
    """The link, and what is wrong; one of them is empty."""
    email = parse_email_address(untrusted_email)
    if email is None or email == member.email:
        return "", NO_EMAIL if email is None else OWN
    place = await find_place(house, session, wished)
    if isinstance(place, str):
        return "", place
    token = await save_invitation(session, email, place, house.now())
    await save_audit(session, member.id, "staff_invited", house.now(), about=place.role)
    return f"{house.settings.console_url}/join/{token}", ""


def _show(
    house: House, member: Member, email: str, wished: Wished, link: str = "", fault: str = ""
) -> Response:
    return house.pages.show(
        member, "invite.html", status=422 if fault else 200, email=email, wished=wished,
        link=link, fault=fault, hours=WORKS_FOR.total_seconds() // 3600, **find_choices(house),
    )  # fmt: skip
