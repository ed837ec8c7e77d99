"""What stays in sight beside a talk: how to speak, how to write, and what was agreed to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.care.consent import ConsentKind, is_valid
from bot.care.contact import ContactWishes
from bot.care.pronouns import find_pronouns
from bot.store.consents import find_consents
from bot.store.contacts import find_wishes
from bot.store.private_notes import PrivateNote, find_private_notes
from bot.store.services import find_names
from bot.store.tables.said import PERSON
from console.house import House
from console.navigator import words
from console.navigator.holding import Held
from console.navigator.lines import Shown

#: Consents as staff read them. That something may lie under a passphrase is told to nobody, and
#: to go on talking is no news to who talks with them.
CONSENTS: Mapping[ConsentKind, str] = {
    ConsentKind.SHARE: "The team may see their note",
    ConsentKind.SHARE_AGENCY: "May be passed on to {agency}",
    ConsentKind.KEEP: "The talk may be kept between texts",
    ConsentKind.REMINDERS: "May be written to first, as wished",
    ConsentKind.EVALUATION: "Answers may be counted",
    ConsentKind.LEARN: "Texts not understood may be learned from",
}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Agreed:
    """A consent that holds, in words."""

    what: str
    until: object


@dataclass(frozen=True)
class Side:
    """The facts. ``pronouns`` are empty unless the person gave some."""

    language: str
    speaks: bool
    channel: str
    pronouns: str
    wishes: Sequence[str]
    agreed: Sequence[Agreed]
    reasons: str
    notes: Sequence[PrivateNote]


async def find_side(
    house: House, session: AsyncSession, held: Held, shown: Shown, language: str, spoken: bool
) -> Side:
    """The facts of one person. ``spoken``: the navigator speaks their language."""
    wishes = await find_wishes(session, held.key, held.person.id)
    return Side(
        language=words.say(words.LANGUAGES, language),
        speaks=spoken,
        channel=words.say(words.CHANNELS, held.person.channel),
        pronouns=find_pronouns(_own_words(shown)),
        wishes=tuple(render_wishes(wishes)),
        agreed=await _find_agreed(house, session, held),
        reasons=words.say_all(words.REASONS, held.row.reasons),
        notes=await find_private_notes(session, held.key, held.person.id),
    )


def render_wishes(wishes: ContactWishes | None) -> Iterator[str]:
    """Safe-contact wishes in sentences for staff."""
    if wishes is None:
        yield "They have not said when a text is safe."
        yield "An hour after their last one, yours waits until they write."
        return
    if not wishes.first or not wishes.days:
        yield "Never text first."
        yield "15 minutes after their last text, yours waits until they write."
    else:
        days = ", ".join(_DAYS[day] for day in sorted(wishes.days))
        yield f"Text first only {days}, {wishes.starts:%H:%M} to {wishes.ends:%H:%M}."
        yield "15 minutes after their last text, yours waits for these hours."
    if wishes.code_word_first:
        yield "After a silence, nothing personal before their code word."
    if wishes.wording.strip():
        yield f"A reminder says only: “{wishes.wording.strip()}”"


async def _find_agreed(house: House, session: AsyncSession, held: Held) -> list[Agreed]:
    now = house.now()
    found = [
        one
        for one in await find_consents(session, held.person.id)
        if one.kind in CONSENTS and is_valid(one, now)
    ]
    names = await find_names(session, [one.agency for one in found if one.agency])
    return [
        Agreed(CONSENTS[one.kind].format(agency=names.get(one.agency, one.agency)), one.expires_at)
        for one in found
    ]


def _own_words(shown: Shown) -> list[str]:
    """In the order in which they were written."""
    said = [line.untrusted_words for line in shown.lines if line.who == PERSON]
    return [*shown.told.note, *said]
