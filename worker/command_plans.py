"""The care plan by text, and what a person tells the team of how it went."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from bot.care.consent import ConsentKind
from bot.care.steps import Step
from bot.store.care_steps import find_steps, forget_step, save_step
from bot.store.consents import require_consent
from bot.store.feedback import save_feedback
from bot.store.outcomes import save_outcome
from bot.store.visits import finish_visit
from bot.vault.links import PLAN_PAGE, render_link
from worker.moment import Moment
from worker.told import Told


async def tell_plan(moment: Moment, _: Mapping[str, Any]) -> Told | None:
    """PLAN: the steps agreed with the team, if there are any; otherwise the safety plan."""
    steps = await find_steps(moment.session, moment.key, moment.person.id)
    if not steps:
        return Told(payload="/safety_plan")
    return await tell_steps(moment, {"about": "my_steps"})


async def tell_steps(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """The open steps, in the order they were agreed."""
    steps = await find_steps(moment.session, moment.key, moment.person.id)
    return Told({"about": "my_steps", "steps": [_step(step_id, one) for step_id, one in steps]})


async def make_plan_page(moment: Moment, _: Mapping[str, Any]) -> Told | None:
    """An address of the safety plan as a page, good for a day and as long as the talk is kept."""
    link = render_link(moment.house.vault, PLAN_PAGE, str(moment.person.id), moment.now)
    address = f"{moment.house.settings.public_url}/plan/{link}"
    return Told({"about": "plan_page", "address": address})


async def save(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """One more step, which the team may see."""
    step = Step.from_answers(fields["step"])
    await save_step(moment.session, moment.key, moment.person.id, step, moment.now)
    return None


async def finish(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """A step is done, and the rest is shown."""
    await forget_step(moment.session, moment.person.id, uuid.UUID(fields["id"]))
    return await tell_steps(moment, fields)


async def save_answers(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """Answers to "did it help?": counted without the person; own words go to the team, sealed."""
    session, person_id, answers = moment.session, moment.person.id, fields["answers"]
    await require_consent(session, person_id, ConsentKind.EVALUATION, moment.now)
    await save_outcome(session, answers, moment.now)
    if words := answers.get("words"):
        await save_feedback(session, moment.key, person_id, words, moment.now)
    return None


async def close_visit(moment: Moment, fields: Mapping[str, Any]) -> Told | None:
    """A visit was spoken of, or is not to be."""
    booking_id = uuid.UUID(fields["booking"])
    await finish_visit(moment.session, moment.person.id, booking_id, moment.now)
    return None


def _step(step_id: uuid.UUID, step: Step) -> dict[str, Any]:
    return {"id": str(step_id), **step.to_json()}
