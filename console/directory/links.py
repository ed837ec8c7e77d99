"""A provider's own link: made here, shown once, and sent by whoever made it."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response

from bot.directory.nesting import Document
from bot.store.provider_links import WORKS_FOR, end_links, save_link
from console.directory.reading import say
from console.directory.service import show_service
from console.directory.ways import note, require_entry, to_service
from console.house import House
from console.members import Member, allowed

#: Drafts by what their language is called here. Others may read a shelter's mail, so that nothing
#: in them says what kind of service it is, or which. Not yet reviewed by a qualified advocate.
MAILS = {
    "English": (
        "Is your entry still right?",
        "Hello,\n\nWe keep a list of local services. Please take a minute to see whether your "
        "entry is still right:\n\n{link}\n\nThe link is for you alone. It works until {until}, "
        "and you need no account.\n\nThank you.\n",
    ),
    "Spanish": (
        "¿Sigue bien su información?",
        "Hola:\n\nLlevamos una lista de servicios locales. Les pedimos un minuto para ver si su "
        "información sigue bien:\n\n{link}\n\nEl enlace es solo para ustedes. Sirve hasta el "
        "{until} y no hace falta una cuenta.\n\nGracias.\n",
    ),
}


def routes(house: House) -> APIRouter:
    """``/directory/link/{id}``."""
    router = APIRouter()
    author = Annotated[Member, Depends(allowed(house, "directory_change"))]

    @router.post("/directory/link/{entry_id:path}")
    async def make(member: author, entry_id: str) -> Response:
        now = house.now()
        async with house.sessions.begin() as session:
            row = await require_entry(session, entry_id)
            token = await save_link(session, row.id, member.id, now)
            await note(house, session, member, "directory_link_made", row.id)
        link = render_link(house, token)
        mails = render_mails(row.document, link, (now + WORKS_FOR).date().isoformat())
        async with house.sessions() as session:
            return await show_service(
                house, session, member, await require_entry(session, entry_id), link=link,
                mails=mails,
            )  # fmt: skip

    @router.post("/directory/end-link/{entry_id:path}")
    async def end(member: author, entry_id: str) -> Response:
        async with house.sessions.begin() as session:
            row = await require_entry(session, entry_id)
            await end_links(session, row.id, house.now())
            await note(house, session, member, "directory_link_ended", row.id)
        return to_service(entry_id, "ended")

    return router


def render_link(house: House, token: str) -> str:
    """The address of the provider's page on the gateway."""
    return f"{house.settings.public_url}/directory/confirm/{token}"


def render_mails(document: Document, link: str, until: str) -> Mapping[str, str]:
    """A ``mailto:`` address for each language, to the service's own mailbox if it has one."""
    to = quote(say(document, "email"), safe="@")
    return {
        language: f"mailto:{to}?subject={quote(subject)}&body="
        + quote(body.format(link=link, until=until).replace("\n", "\r\n"))
        for language, (subject, body) in MAILS.items()
    }
