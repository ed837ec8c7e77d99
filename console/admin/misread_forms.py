"""What nobody understood, put into a release as an example of a meaning."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.stripping import GAP
from bot.flows.edition import Edition
from bot.flows.places import Place
from console.admin.change_forms import BadForm, Form, parse_examples
from console.admin.spots import find_spots, find_target, save_spots
from console.house import House
from console.members import Member

NO_MEANING = "There is no such meaning in this language. Choose one from the list."


def parse_meaning(untrusted: str) -> str:
    """The name of an intent, as the form shows it: with spaces."""
    return "_".join(untrusted.split()).casefold()


def parse_line(untrusted: str) -> str:
    """One example without gaps. Raises :class:`BadForm`."""
    line = " ".join(untrusted.split())
    if not line:
        raise BadForm("Write what people would text.")
    if GAP in line:
        raise BadForm(f"Write your own words where {GAP} stands.")
    return parse_examples(line)[0]


async def save_example(
    house: House, session: AsyncSession, member: Member, edition: Edition, form: Form
) -> str:
    """Add a line to the examples of a meaning, and say in which release. Raises :class:`BadForm`,
    or ``ChangedMeanwhile`` when somebody else changed them in this moment.
    """
    line = parse_line(form.get("words", ""))
    language = form.get("language", "")
    if language not in house.site.languages:  # a pattern for files is made of it
        raise BadForm(NO_MEANING)
    place = Place("examples", (parse_meaning(form.get("meaning", "")), language))
    target = await find_target(session, form.get("release", ""))
    (spot,) = await find_spots(session, edition, target, [place])
    if not spot.value:
        raise BadForm(NO_MEANING)
    if line in spot.value:
        raise BadForm("This meaning has that example already. Write another one, or reject this.")
    # Whoever adds a line need not have seen the others: what stands there now is kept.
    form = {**form, f"seen-{place}": spot.seen}
    wanted = {place: [*spot.value, line]}
    return str(await save_spots(house, session, member, edition, form, wanted))
