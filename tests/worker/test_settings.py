"""Settings of the site that a release changes reach the next message, and go with it again."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from bot.care.consent import ConsentKind, decide_grant, is_valid
from bot.flows.changes import Change, digest_value
from bot.flows.edition import Edition
from bot.flows.places import Place, read_value
from bot.flows.published import find_release, read_published, save_published
from bot.flows.train import find_model
from bot.settings import ROOT
from bot.store.consents import find_consent, save_consent
from bot.store.publishing import ask_to_publish
from bot.store.releases import claim_release, save_change, start_release
from bot.store.tables import ReleaseRow
from tests.worker.conftest import open_settings
from tests.worker.desk_room import ACCOUNT, Texter, join, run
from tests.worker.engine_door import EngineDoor
from tests.worker.test_release import find_nothing
from worker import release as releasing
from worker.house import House, build
from worker.release import put_in_use, put_shipped_in_use

#: Danger that the engine sees at 0.3 and not at 0.5, and that no fixed rule knows.
SEEN = "im under the bed"


@pytest.fixture
def house(tmp_path: Path, plain_database_url: str, engine: EngineDoor) -> House:
    """A worker's house with a model, whose engine is a door."""
    home = tmp_path / "home"
    doors = {"WAYMARK_ENGINE_PORT": str(engine.port), "WAYMARK_ENGINE_TOKEN": "of-the-test"}
    house = build(open_settings(home, plain_database_url, **ACCOUNT, **doors))
    model = find_model(ROOT, ROOT / "var")
    assert model is not None, "run ./scripts/train first"
    (home / "models").mkdir()
    (home / "models" / model.name).symlink_to(model)
    return house


async def publish(house: House, wanted: dict[str, Any]) -> ReleaseRow:
    """Put a release with these values in use, or try to."""
    edition, now = Edition(house.content(), pack=house.settings.site_path), house.now()
    async with house.sessions.begin() as session:
        staff = await join(session, house)
        release_id: uuid.UUID = await start_release(session, "Settings", "Better", staff, now)
        release = await claim_release(session, release_id)
        assert release is not None
        for place, value in ((Place.parse(name), value) for name, value in wanted.items()):
            before = read_value(edition, place)
            change = Change(place, before, value)
            await save_change(session, release, change, digest_value(before), staff, now)
        release.row.state = "approved"
    async with house.sessions.begin() as session:
        assert await ask_to_publish(session, release_id, staff, None)
    await put_in_use(house, release_id, find_nothing)
    async with house.sessions() as session:
        return await session.get_one(ReleaseRow, release_id)


def test_a_line_and_words_reach_the_next_message_and_go_again(house: House) -> None:
    async def act() -> None:
        texter = Texter(house)
        assert await texter.text("the blue lamp is on") == ["heard /begin"]
        row = await publish(
            house,
            {
                "fact/emergency": "112",
                "words/danger_violence_now": ["blue lamp"],
                "words/exit": ["weather", "clima", "luna roja"],
                "setting/retention/after_silence_hours": 24,
            },
        )
        assert (row.state, row.fault) == ("published", "")
        (said,) = await texter.text("the blue lamp is on")
        assert said == house.say("danger", "en") and "112" in said and "911" not in said
        handoff = await texter.handoff()
        assert handoff and handoff.danger
        assert await texter.text("Luna roja") == [house.say("exit", "en")]
        assert house.site.keep_for.days == 1

        await put_shipped_in_use(house)
        assert await texter.text("the blue lamp is on") == ["heard /begin"]
        assert house.say("exit", "en") not in await texter.text("Luna roja")
        assert "911" in house.say("danger", "en")

    run(house, act)


def test_nobody_is_kept_longer_than_they_agreed_to(house: House) -> None:
    async def act() -> None:
        texter = Texter(house)
        await texter.text("hello")

        async def agrees() -> bool:
            async with house.sessions() as session:
                consent = await find_consent(session, await texter.id(), ConsentKind.KEEP)
                return is_valid(consent, house.now())

        async with house.sessions.begin() as session:
            consent = decide_grant(ConsentKind.KEEP, house.now())
            await save_consent(session, await texter.id(), consent)
        await publish(house, {"setting/retention/after_silence_hours": 24})
        assert await agrees()
        await put_shipped_in_use(house)
        assert not await agrees()

    run(house, act)


def test_a_broken_overlay_stops_no_talk(house: House) -> None:
    async def act() -> None:
        await publish(house, {"fact/emergency": "112"})
        assert "112" in house.say("danger", "en")
        root = find_release(house.settings.home, "a1")
        Edition(house.content()).save(root)
        (root / "site.toml").write_text('exit_words = ["stop"]', encoding="utf-8")
        save_published(house.settings.home, "a1")
        (said,) = await Texter(house).text("he is going to kill me")
        assert "112" in said

    run(house, act)


def test_what_does_not_fit_the_pack_by_now_is_not_put_in_use(house: House) -> None:
    async def act() -> None:
        row = await publish(house, {"setting/desk/told_after_minutes": 15})
        overlay = find_release(house.settings.home, str(row.id)) / "site.toml"
        overlay.write_text("[desk]\ntold_after_minutes = 1000\n", encoding="utf-8")
        await put_shipped_in_use(house)
        async with house.sessions.begin() as session:
            assert await ask_to_publish(session, row.id, await join(session, house), None)
        await put_in_use(house, row.id, find_nothing)
        async with house.sessions() as session:
            row = await session.get_one(ReleaseRow, row.id)
        assert "told_after_minutes" in row.fault and read_published(house.settings.home) == ""

    run(house, act)


@pytest.mark.stack
def test_thresholds_that_find_less_danger_are_not_put_in_use(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = {"en.a.yml": "thanks: [thank you]", "crisis.en.yml": f"captive: ['{SEEN}']"}
    lines |= {"es.a.yml": "thanks: [gracias]", "crisis.es.yml": "medical: [no puedo respirar]"}
    (tests := tmp_path / "tests").mkdir()
    for name, text in lines.items():
        (tests / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(releasing, "TESTS", tests)

    async def act() -> None:
        row = await publish(house, {"setting/understanding/danger_from": 0.5})
        assert row.state == "approved" and "finds less danger, en" in row.fault
        row = await publish(house, {"setting/understanding/danger_from": 0.25})
        assert (row.state, row.fault) == ("published", "")

    run(house, act)
