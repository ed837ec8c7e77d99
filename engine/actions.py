"""The way to the actions, watched.

Rasa swallows the failure of an action and goes on with half a turn. Half a turn
must never count, so a failed call is noted and the whole turn is refused.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from engine.turn_store import CURRENT

_ANSWER = Draft202012Validator(RemoteAction.action_response_format_spec())


class ActionsAway(Exception):
    """The actions could not be reached."""


class ActionFailed(Exception):
    """One of the actions could not do its part of this turn."""


class WatchedEndpoint(EndpointConfig):
    """The actions' endpoint; notes in the current turn that a call failed."""

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """As Rasa asks; the error goes on to Rasa too."""
        try:
            return await super().request(*args, **kwargs)
        except Exception as error:
            if _is_failure(error):
                CURRENT.get().action_failed = True
            elif not _is_rejection(error):
                CURRENT.get().actions_away = True
            raise


def _is_failure(error: Exception) -> bool:
    """An action that cannot take this one message must not keep its person waiting for ever."""
    failed = HTTPStatus.INTERNAL_SERVER_ERROR
    return isinstance(error, ClientResponseError) and error.status == failed


def _is_rejection(error: Exception) -> bool:
    """An action may decline to run; Rasa then asks its policies for another one."""
    return isinstance(error, ClientResponseError) and error.status == HTTPStatus.BAD_REQUEST


def watch_actions(agent: Agent) -> None:
    """Put the watched endpoint in the agent's place for it; a second time changes nothing."""
    RemoteAction._validate_action_result = _check_answer
    processor = agent.processor
    plain = processor.action_endpoint if processor else None
    if plain is None or isinstance(plain, WatchedEndpoint):
        return
    watched = WatchedEndpoint(
        plain.url, plain.params, plain.headers, plain.basic_auth, plain.token, plain.token_name
    )
    processor.action_endpoint = agent.action_endpoint = watched


def _check_answer(_: RemoteAction, answer: dict[str, Any]) -> bool:
    """As Rasa does, which checks the schema itself anew each time: 11 ms for every action."""
    _ANSWER.validate(answer)
    return True
