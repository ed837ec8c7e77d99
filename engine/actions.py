"""The way to the actions, watched and kept short.

Rasa swallows the failure of an action and goes on with half a turn. Half a turn
must never count, so a failed call is noted and the whole turn is refused.

Rasa also opens a connection for every call and sends the whole domain along, half a megabyte
with all that the bot can say. The actions keep the domain they were told last, by its name
(``domain_digest`` of their SDK), and connections stay open.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from aiohttp import ClientSession, ClientTimeout, TCPConnector
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.utils.endpoints import (
    DEFAULT_REQUEST_TIMEOUT,
    ClientResponseError,
    EndpointConfig,
)

from engine.turn_store import CURRENT

#: What the actions answer when they do not have the domain: "Retry With".
_DOMAIN_MISSING = 449


class ActionsAway(Exception):
    """The actions could not be reached."""


class ActionFailed(Exception):
    """One of the actions could not do its part of this turn."""


class WatchedEndpoint(EndpointConfig):
    """The actions' endpoint; notes in the current turn what was called, and that a call failed.

    ``model`` names the domain that goes along where the actions do not have it.
    """

    def __init__(self, plain: EndpointConfig, model: str) -> None:
        super().__init__(
            plain.url, plain.params, plain.headers, token=plain.token, token_name=plain.token_name
        )
        self.model = model
        self._connections: TCPConnector | None = getattr(plain, "_connections", None)

    def session(self) -> ClientSession:
        """As Rasa's, which closes it after each call; the connections below it stay open."""
        if self._connections is None:
            self._connections = TCPConnector()
        return ClientSession(
            headers=self.headers,
            connector=self._connections,
            connector_owner=False,
            timeout=ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
        )

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """As Rasa asks; the error goes on to Rasa too."""
        CURRENT.get().called.append(str((kwargs.get("json") or {}).get("next_action")))
        try:
            return await self._ask(*args, **kwargs)
        except Exception as error:
            if _is_failure(error):
                CURRENT.get().action_failed = True
            elif not _is_rejection(error):
                CURRENT.get().actions_away = True
            raise

    async def _ask(self, *args: Any, json: dict[str, Any], **kwargs: Any) -> Any:
        named = {**json, "domain_digest": self.model}
        short = {name: value for name, value in named.items() if name != "domain"}
        try:
            return await super().request(*args, json=short, **kwargs)
        except ClientResponseError as error:
            if error.status != _DOMAIN_MISSING:
                raise
        return await super().request(*args, json=named, **kwargs)


def _is_failure(error: Exception) -> bool:
    """An action that cannot take this one message must not keep its person waiting for ever."""
    failed = HTTPStatus.INTERNAL_SERVER_ERROR
    return isinstance(error, ClientResponseError) and error.status == failed


def _is_rejection(error: Exception) -> bool:
    """An action may decline to run; Rasa then asks its policies for another one."""
    return isinstance(error, ClientResponseError) and error.status == HTTPStatus.BAD_REQUEST


def watch_actions(agent: Agent) -> None:
    """Put the watched endpoint in the agent's place for it; a second time changes nothing."""
    RemoteAction._validate_action_result = check_answer
    processor = agent.processor
    plain = processor.action_endpoint if processor else None
    if plain is None or getattr(plain, "model", None) == processor.model_metadata.model_id:
        return
    watched = WatchedEndpoint(plain, processor.model_metadata.model_id)
    processor.action_endpoint = agent.action_endpoint = watched


def check_answer(_: RemoteAction, answer: Any) -> bool:
    """Whether it has the shape that Rasa reads. Its own check of every event against a schema
    takes 11 ms, and what the actions answer has been checked by their SDK.

    Raises ``ValueError`` and notes the failure.
    """
    events = answer.get("events") if isinstance(answer, dict) else None
    if isinstance(events, list) and all(isinstance(one, dict) and "event" in one for one in events):
        return True
    CURRENT.get().action_failed = True
    raise ValueError("an action answered with something else than events")
