"""What the safety rules find is obeyed at once, whether the engine is there or not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.care.handoffs import HUMAN
from bot.care.screen import Finding, Kind
from bot.store import people
from bot.store.covers import lock_cover
from bot.store.handoffs import find_handoff
from bot.store.jobs import save_erasure
from bot.store.opt_outs import find_opt_out, forget_opt_out, save_opt_out
from worker.desk import is_held
from worker.errors import EngineAway, EngineFailed
from worker.moment import Moment
from worker.talk import must_ask_first, talk

#: By which the engine hears that somebody wishes for a person.
ASK_HUMAN = "/ask_human"
#: How long the last reply of a forgotten person may take to leave.
LAST_REPLY = timedelta(minutes=10)

#: Carriers take YES as START from someone who has opted out, and only from them; the English word
#: is theirs, and says nothing of the person's language.
_YES = {"yes": None, "si": "es", "sí": "es"}

Obey = Callable[[Moment, Finding], Awaitable[None]]


async def obey_vendor(moment: Moment) -> bool:
    """Follow a carrier word that the vendor has already acted on and answered.

    To whom a navigator writes nothing but STOP is one: the others are said to the navigator.
    """
    word = moment.message.vendor_word
    if word not in {None, "STOP"} and await is_held(moment):
        return False
    if word == "STOP":
        await _stop(moment)
    elif word == "START":
        await _start_afresh(moment)
    return word is not None


async def obey_opt_out(moment: Moment, finding: Finding | None) -> bool:
    """Nothing but START is answered once a person has said STOP.

    To someone who never said it, START is a word like any other.
    """
    if not await find_opt_out(moment.session, moment.person.pseudonym):
        return False
    word = moment.untrusted_text.strip(" .!").casefold()
    if (finding and finding.kind is Kind.START) or word in _YES:
        await _started(moment, finding or Finding(Kind.START, _YES[word]))
    return True


async def obey(moment: Moment, finding: Finding) -> None:
    """Do what was found, and answer."""
    await _OBEY[finding.kind](moment, finding)


async def _exit(moment: Moment, finding: Finding) -> None:
    """One neutral line at most, none where the screen can be cleared.

    The language is read before everything is erased.
    """
    language = finding.language or moment.language
    await lock_cover(moment.session, moment.person.id)
    await _clear(moment)
    sender = moment.house.senders.get(moment.person.channel)
    if sender is None or not sender.clears_screen:
        await moment.say("exit", language)


async def _opt_out(moment: Moment, finding: Finding) -> None:
    language = finding.language or await moment.known_language()
    await _stop(moment)
    await moment.say("opt_out", language)


async def _started(moment: Moment, finding: Finding) -> None:
    """STOP erased the talk, and with it which language it was in."""
    await _start_afresh(moment)
    await moment.say("started", finding.language)


async def _forget(moment: Moment, finding: Finding) -> None:
    """The key is destroyed as soon as the confirmation is on its way."""
    language = finding.language or moment.language
    await _clear(moment)
    moment.person.forget_at = moment.now + LAST_REPLY
    await moment.say("forgot", language)


async def _danger(moment: Moment, finding: Finding) -> None:
    """The lines at once; the conversation is marked, and a navigator is called."""
    kind, language = finding.kind.value, finding.language or moment.language
    await moment.mark(kind, language)
    await moment.say(kind, language)


async def _human(moment: Moment, finding: Finding) -> None:
    """The team is called whatever comes; then the conversation offers what is possible.

    Whoever was called for already may be choosing, or writing what the team should know: their
    words are read as any others. Where it must first be asked whether it is safe, and while the
    engine is away, one sentence says that the team was called.
    """
    language = finding.language or moment.language
    conversation = await moment.started(language)
    if await moment.is_line_closed():
        await moment.say("line_closed", language)
        return
    is_new = await _call_human(moment)
    if must_ask_first(moment, conversation):
        await moment.say("human", language)
    try:
        await talk(moment, ASK_HUMAN if is_new else None)
    except (EngineAway, EngineFailed):
        if not moment.replied:
            await moment.say("human", language)


async def _call_human(moment: Moment) -> bool:
    """Call the team; ``False`` when the person had asked for a person before."""
    row = await find_handoff(moment.session, moment.person.id)
    is_new = row is None or HUMAN not in row.reasons
    await moment.call(HUMAN)
    return is_new


async def _help_word(moment: Moment, finding: Finding) -> None:
    await moment.say("help_word", finding.language)


async def _clear(moment: Moment) -> None:
    """Nothing stays here, and what can be taken off the vendor is."""
    await people.forget_talk(moment.session, moment.person.id)
    await save_erasure(moment.session, moment.person.id)
    moment.conversation = None


async def _stop(moment: Moment) -> None:
    await _clear(moment)
    await save_opt_out(moment.session, moment.person.pseudonym)


async def _start_afresh(moment: Moment) -> None:
    await forget_opt_out(moment.session, moment.person.pseudonym)
    await people.forget_talk(moment.session, moment.person.id)
    moment.conversation = None


_OBEY: dict[Kind, Obey] = {
    Kind.EXIT: _exit,
    Kind.OPT_OUT: _opt_out,
    Kind.START: _started,
    Kind.FORGET: _forget,
    Kind.DANGER: _danger,
    Kind.MEDICAL: _danger,
    Kind.SUICIDE: _danger,
    Kind.CHILD: _danger,
    Kind.HUMAN: _human,
    Kind.HELP_WORD: _help_word,
}
