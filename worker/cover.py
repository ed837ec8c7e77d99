"""Behind a cover: until the code word comes, the number is nothing but what it pretends to be."""

from __future__ import annotations

from bot.care.contact import is_silence_long
from bot.care.covers import find_story, matches_code_word
from bot.care.kinds import DANGERS, Kind
from bot.care.screen import Finding
from bot.store.covers import ChosenCover, find_cover, lock_cover, unlock_cover
from worker.moment import Moment


async def answer_as_cover(moment: Moment, finding: Finding | None) -> bool:
    """Answer as the cover, if the person chose one and it is closed.

    STOP is obeyed as always. To danger it says what any such number says, the emergency line,
    and a navigator is called.
    """
    cover = await find_cover(moment.session, moment.key, moment.person.id)
    if cover is None or not _is_closed(moment, cover):
        return False
    if finding and finding.kind is Kind.OPT_OUT:
        return False
    if matches_code_word(moment.untrusted_text, cover.code_word):
        await unlock_cover(moment.session, moment.person.id)
        return False
    await lock_cover(moment.session, moment.person.id)
    await _answer(moment, cover, finding)
    return True


def _is_closed(moment: Moment, cover: ChosenCover) -> bool:
    """It closes with EXIT, with a long silence, and with the end of the conversation."""
    talk = moment.conversation
    return cover.locked or talk is None or is_silence_long(talk.heard_at, moment.now)


async def _answer(moment: Moment, cover: ChosenCover, finding: Finding | None) -> None:
    story, facts = find_story(cover.name), moment.house.site.facts
    language = moment.language
    if finding and finding.kind in DANGERS:
        await moment.call(finding.kind.value, moment.untrusted_text)
        await moment.reply_text(story.emergency(language, facts["emergency"]))
        return
    now = moment.now.astimezone(moment.house.site.timezone)
    await moment.reply_text(story.answer(moment.untrusted_text, language, facts["site_town"], now))
