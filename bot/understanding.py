"""Everything the house makes of one message, beside its conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.care.kinds import DANGER_NAMES, Kind
from bot.care.language import decide_language
from bot.care.screen import Finding, Screen
from bot.directory.places import load_places
from bot.entities.entity import Entity
from bot.entities.finding import find_entities
from bot.site import Site
from bot.wire.meaning import (
    DANGER_KINDS,
    EITHER,
    UNSURE,
    Meaning,
    decide_meaning,
    find_likeliest,
    find_window_danger,
)

#: What the safety rules' other findings are called outside.
RULE_COMMANDS = {
    Kind.EXIT: "exit",
    Kind.OPT_OUT: "stop",
    Kind.START: "start",
    Kind.FORGET: "forget",
    Kind.HUMAN: "human",
    Kind.HELP_WORD: "help",
}


@dataclass(frozen=True)
class Looked:
    """What can be said of a message without the engine."""

    text: str
    language: str
    finding: Finding | None
    entities: Sequence[Entity]


@dataclass(frozen=True)
class Understood(Looked):
    """A message as the house takes it. ``ranking`` has the likeliest intent first."""

    ranking: Sequence[Meaning]
    intent: str

    @property
    def danger(self) -> str | None:
        """The kind of danger, by a rule or else by the engine's reading."""
        by_rule = DANGER_NAMES.get(self.finding.kind) if self.finding else None
        return by_rule or (None if self.command else DANGER_KINDS.get(self.intent))

    @property
    def command(self) -> str | None:
        """What is obeyed at once, if the message is such a word or wish."""
        return RULE_COMMANDS.get(self.finding.kind) if self.finding else None

    @property
    def confidence(self) -> float:
        """How likely the intent is; of a message not understood, how likely the first one."""
        found = (m.confidence for m in self.ranking if self.intent in (m.intent, EITHER, UNSURE))
        return next(found, 0.0)

    def to_json(self) -> dict[str, object]:
        """The line that ``waymark understand --json`` prints."""
        return {
            "text": self.text,
            "language": self.language,
            "danger": self.danger,
            "command": self.command,
            "intent": self.intent,
            "confidence": round(self.confidence, 4),
            "ranking": [
                {"intent": m.intent, "confidence": round(m.confidence, 4)} for m in self.ranking
            ],
            "entities": [entity.to_json() for entity in self.entities],
        }


class Understanding:
    """What needs no engine: rules, language and entities, wired once for a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._screen = Screen(site.languages, site.exit_words, site.danger_words)
        self._places = load_places(site.path)

    def look(self, untrusted_text: str) -> Looked:
        """Everything but the engine's part. Any text is answered; none raises."""
        site = self._site
        return Looked(
            text=untrusted_text,
            language=decide_language(untrusted_text, None, site.languages, site.default_language),
            finding=self._screen.look(untrusted_text),
            entities=find_entities(
                untrusted_text,
                now=datetime.now(UTC).astimezone(site.timezone),
                places=self._places,
                home_state=site.home_state,
            ),
        )

    def understand(
        self, looked: Looked, ranking: Sequence[Meaning], pieces: Sequence[Sequence[Meaning]]
    ) -> Understood:
        """The same message with the engine's ranking, and those of a long message's pieces."""
        thresholds = self._site.thresholds
        danger = find_window_danger(pieces, thresholds)
        intent = danger or decide_meaning(ranking, thresholds)
        return Understood(**vars(looked), ranking=ranking, intent=intent)


def decide_next(understood: Understood) -> str:
    """What the bot would do, in plain words, if nothing had been asked before."""
    if understood.finding:
        return f"a safety rule answers at once: utter_care_{understood.finding.kind.value}"
    if understood.intent == UNSURE:
        return "asks to say it in other words, then offers options, then a person"
    if understood.intent == EITHER:
        first, second = find_likeliest(understood.ranking)[:2]
        return f"offers both, {first.intent} and {second.intent}"
    if understood.intent in DANGER_KINDS:
        return f"asks gently, names the line and calls a navigator: utter_{understood.intent}"
    if understood.intent.startswith("need_"):
        return f"asks where, then shows services for {understood.intent.removeprefix('need_')}"
    return f"takes it as {understood.intent}"
