"""Which opening: a few at a time, and others for whatever wishes the person names."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from rasa_sdk.events import SlotSet

from actions.asking_steps import option, way_around
from actions.house import house
from actions.journeys import DONE, told
from actions.kinds import Kind, Put
from actions.phrases import Phrases, journey_phrases
from actions.slot_wishes import parse_wishes
from actions.turn import heard_entity, heard_intent, heard_text, is_chosen
from actions.when import local_when
from bot.journeys.content import text_in
from bot.store.slots import Slot, SlotWishes, find_free_slots

SHOWN = 3
_GENDERS = {"female": "woman", "male": "man"}


class SlotKind(Kind):
    """The slot is held while the person gives a name."""

    options = frozenset({"answer", "more"})

    async def ask(self, put: Put) -> None:
        """The next openings that fit, or that none does."""
        say = journey_phrases(put.language)
        found = await _find(put)
        if not found:
            put.say("utter_no_slots", buttons=_none_fits(put, say))
            return
        buttons = [option(_title(one, put), "answer", answer=str(one.id)) for one in found]
        buttons += [option(say.option("other_times"), "more"), *way_around(put.question, say)]
        put.dispatcher.utter_message(text=text_in(put.question.ask, put.language), buttons=buttons)

    async def take(self, put: Put) -> list[SlotSet] | None:
        """A slot by its number, other ones, or a wish: a day, mornings, by phone, a woman."""
        if heard_intent(put.tracker) == "more":
            offset = int(put.answers.get("w_offset", 0)) + SHOWN
            return put.noted(w_offset=str(offset))
        if is_chosen(put.tracker):
            chosen = heard_entity(put.tracker, "answer") or ""
            return _choose(put, chosen)
        wishes = parse_wishes(heard_text(put.tracker), house().now())
        return put.noted(**wishes, w_offset=None) if wishes else None

    async def take_told(self, put: Put) -> list[SlotSet]:
        """Held for a while, or somebody was faster."""
        answer = told(put.tracker)
        if answer.get("result") == "held":
            return put.answered(str(answer["booking"]))
        if answer.get("result") == "moved":
            when = local_when(str(answer["starts_at"]), put.language)
            moved = put.noting(slot=str(answer["booking"]), when=when, moved="yes")
            return moved.running.events(step=DONE)
        put.say("utter_slot_taken")
        return put.running.events()


def _choose(put: Put, chosen: str) -> list[SlotSet] | None:
    if chosen == "any":
        forgotten = {name: None for name in put.answers if name.startswith("w_")}
        return put.noted(**forgotten)
    try:
        slot = str(UUID(chosen))
    except ValueError:
        return None
    if moving := put.answers.get("move"):
        return put.ask_house("move_booking", booking=moving, slot=slot)
    return put.ask_house("hold_slot", slot=slot)


async def _find(put: Put) -> list[Slot]:
    offset = int(put.answers.get("w_offset", 0))
    now = house().now()
    async with house().sessions() as session:
        return await find_free_slots(session, _wishes(put, now), now, SHOWN, offset)


def _wishes(put: Put, now: datetime) -> SlotWishes:
    kept = put.answers
    starts, until = _day(kept.get("w_day"), now)
    return SlotWishes(
        timezone=house().site.timezone,
        service_id=kept.get("place"),
        from_=starts,
        until=until,
        part_of_day=_part(kept.get("w_from"), kept.get("w_until")),
        remote={"yes": True, "no": False}.get(kept.get("w_remote", "")),
        language=kept.get("w_language"),
        provider_gender=_GENDERS.get(kept.get("w_gender", "")),
        child_care="w_child_care" in kept,
        interpreter="w_interpreter" in kept,
        transport="w_transport" in kept,
    )


def _day(day: str | None, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From the beginning of a day to its end, at the site."""
    if day is None:
        return None, None
    begins = datetime.fromisoformat(day).replace(tzinfo=now.tzinfo)
    return begins, begins + timedelta(days=1)


def _part(starts: str | None, ends: str | None) -> tuple[time, time] | None:
    if starts is None and ends is None:
        return None
    return time.fromisoformat(starts or "00:00"), time.fromisoformat(ends or "23:59")


def _title(slot: Slot, put: Put) -> str:
    when = local_when(slot.starts_at.isoformat(), put.language)
    by_phone = journey_phrases(put.language).say("by_phone")
    return f"{when} {by_phone}" if slot.remote else when


def _none_fits(put: Put, say: Phrases) -> list[dict[str, str]]:
    any_time = option(say.option("any_time"), "answer", answer="any")
    return [any_time, *way_around(put.question, say)]
