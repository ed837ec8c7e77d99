"""Everything that may come to Telegram's door: refused or taken, never broken."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.settings import ROOT, load
from bot.store import embedded
from bot.vault.keyring import open_keyring
from tests.channels import telegram_updates as recorded
from tests.channels.telegram_updates import PERSON
from tests.databases import Databases, address
from tests.fakes.telegram import TOKEN, Telegram
from tests.fakes.telegram_server import SECRET_HEADER, TelegramServer, open_telegram
from tests.house import READY_WITHIN, free_port, wait_for
from tests.plain import PLAIN
from tests.records import Records

SECRET = "a-secret_of-the-webhook"
_TRACES = "SELECT FROM trace WHERE person_id = %s"
ON = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_SECRET": SECRET}


@dataclass(frozen=True)
class Gateway:
    """A gateway that runs alone, and the Telegram that brings it updates."""

    url: str
    records: Records
    server: TelegramServer

    @property
    def telegram(self) -> Telegram:
        """What Telegram knows."""
        return self.server.telegram

    def bring(self, update: object) -> httpx.Response:
        """Bring an update as Telegram does, and do what the answer asks for."""
        return self.server.bring(self.url, SECRET, update)

    def post(self, content: bytes, secret: str = SECRET) -> httpx.Response:
        """Bring anything at all."""
        headers = {SECRET_HEADER: secret.encode()} if secret else {}
        return httpx.post(
            self.url, content=content, headers=headers, trust_env=False, verify=PLAIN, timeout=30
        )


@pytest.fixture(scope="module")
def database(cluster: embedded.Cluster, databases: Databases) -> str:
    """The address of the gateways' database."""
    return address(cluster, databases.take())


@pytest.fixture(scope="module")
def gateway(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway with Telegram's webhook on."""
    with _start(tmp_path_factory.mktemp("gateway"), database, ON) as started:
        yield started


@contextmanager
def _start(home: Path, database: str, telegram: dict[str, str]) -> Iterator[Gateway]:
    open_keyring(home)
    port = free_port()
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("WAYMARK", "TWILIO", "TELE"))},
        "PYTHONPATH": str(ROOT),
        "WAYMARK_HOME": str(home),
        "WAYMARK_SITE": str(ROOT / "sites" / "demo"),
        "WAYMARK_DATABASE_URL": database,
        "WAYMARK_PORT": str(port),
        **telegram,
    }
    with open_telegram() as server, (home / "log").open("ab") as log:
        command = [sys.executable, "-m", "gateway"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(lambda: _answers(url), "the gateway", READY_WITHIN)
            yield Gateway(f"{url}/telegram", Records(load(environment)), server)
        finally:
            process.terminate()
            process.wait(20)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", trust_env=False, verify=PLAIN).status_code > 0
    except httpx.HTTPError:
        return False


@pytest.mark.parametrize("secret", ["", "x", "é", SECRET.upper(), SECRET + "x", "A" * 5000])
@pytest.mark.parametrize("content", [recorded.body(recorded.written("hi")), b"", b"\xff"])
def test_a_wrong_secret_is_refused_and_nothing_is_stored(
    gateway: Gateway, secret: str, content: bytes
) -> None:
    before = gateway.records.counts()
    answer = gateway.post(content, secret)
    assert (answer.status_code, answer.content) == (403, b"")
    assert gateway.records.counts() == before


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {**ON, "TELEGRAM_MODE": "polling"},
        {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_MODE": "polling"},
    ],
    ids=["off", "polling", "polling without a secret"],
)
def test_a_channel_that_takes_no_webhooks_refuses_them(
    database: str, tmp_path: Path, settings: dict[str, str]
) -> None:
    with _start(tmp_path, database, settings) as gateway:
        before = gateway.records.counts()
        for secret in (SECRET, ""):
            assert gateway.post(recorded.body(recorded.written("hi")), secret).status_code == 403
        assert gateway.records.counts() == before


def test_a_message_is_stored_with_its_place_and_a_turn_is_due(gateway: Gateway) -> None:
    person = PERSON + 1
    update = gateway.telegram.write(person, "Is anyone there?")
    answer = gateway.bring(update)
    assert (answer.status_code, answer.content) == (200, b"")
    assert gateway.records.opened("telegram", str(person)) == "Is anyone there?"
    lock = f"turn:{gateway.records.person('telegram', str(person))['id']}"  # type: ignore[index]
    assert gateway.records.query("SELECT FROM procrastinate_jobs WHERE lock = %s", lock)
    assert len(gateway.records.query(_TRACES, lock.removeprefix("turn:"))) == 1


def test_an_update_that_is_brought_again_is_taken_once(gateway: Gateway) -> None:
    person = PERSON + 2
    update = gateway.telegram.write(person, "hi")
    for _ in range(5):
        assert gateway.bring(update).status_code == 200
    assert len(gateway.records.of("inbox", "telegram", str(person))) == 1


def test_a_pressed_button_is_stored_and_answered(gateway: Gateway) -> None:
    person = PERSON + 3
    chat = gateway.telegram.open_chat(person)
    keyboard = {"inline_keyboard": [[{"text": "Food", "callback_data": "Food"}]]}
    fields = {"chat_id": chat.id, "text": "?", "reply_markup": keyboard}
    gateway.telegram.call("sendMessage", fields)
    update = gateway.telegram.press(person, "Food")
    assert gateway.bring(update).status_code == 200
    assert gateway.telegram.pressed[update["callback_query"]["id"]]
    assert gateway.records.opened("telegram", str(person)) == "Food"


def test_a_group_is_left_and_nothing_of_it_is_kept(gateway: Gateway) -> None:
    group = gateway.telegram.open_chat(recorded.GROUP, "supergroup")
    before = gateway.records.counts()
    assert gateway.bring(gateway.telegram.write(group.id, "hi all")).status_code == 200
    assert group.state == "left"
    assert gateway.records.counts() == before


@pytest.mark.parametrize("kind", recorded.NO_MESSAGES)
def test_what_is_no_message_is_taken_calmly_and_not_stored(gateway: Gateway, kind: str) -> None:
    before = gateway.records.counts()
    assert gateway.post(recorded.body(recorded.NO_MESSAGES[kind])).status_code == 200
    assert gateway.records.counts() == before


@pytest.mark.parametrize(
    "content", [b"", b"hi", b"null", b"[]", b"\xff\xfe", b'{"update_id":' + b"[" * 100_000]
)
def test_what_is_no_update_is_taken_calmly_and_not_stored(gateway: Gateway, content: bytes) -> None:
    before = gateway.records.counts()
    answer = gateway.post(content)
    assert (answer.status_code, answer.content) == (200, b"")
    assert gateway.records.counts() == before


def test_an_endless_body_is_refused(gateway: Gateway) -> None:
    content = recorded.body(recorded.written("x" * 3_000_000))
    assert gateway.post(content).status_code == 413


@pytest.mark.parametrize("kind", ["contact", "venue", "photo"])
def test_of_what_has_no_words_only_the_fact_is_kept(gateway: Gateway, kind: str) -> None:
    person = PERSON + 10 + list(recorded.WORDLESS).index(kind)
    content = {
        name: value
        for name, value in recorded.WORDLESS[kind]["message"].items()
        if name not in {"message_id", "from", "chat", "date"}
    }
    gateway.bring(gateway.telegram.write(person, **content))
    (row,) = gateway.records.of("inbox", "telegram", str(person))
    assert row["media_count"] == 1
    assert gateway.records.opened("telegram", str(person)) == ""


def test_the_longest_message_that_telegram_brings_is_taken(gateway: Gateway) -> None:
    person = PERSON + 4
    text = "😀" * 2048
    earlier = {**gateway.telegram.write(person, text)["message"], "text": text}
    update = gateway.telegram.write(person, text, reply_to_message=earlier)
    assert gateway.bring(update).status_code == 200
    assert gateway.records.opened("telegram", str(person)) == text


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_there_is_nothing_to_look_at(gateway: Gateway, method: str) -> None:
    headers = {SECRET_HEADER: SECRET}
    answer = httpx.request(method, gateway.url, headers=headers, trust_env=False, verify=PLAIN)
    assert answer.status_code == 405
