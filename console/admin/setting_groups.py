"""The site's settings as people look at them: in groups, each with what it means and costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.flows.edition import Edition
from bot.flows.gate.settings import is_line
from bot.flows.places import Place
from bot.flows.settings import UNDERSTANDING, find_facts, find_teams
from bot.site import LONGEST_KEPT
from bot.site_offer import LATEST, SOONEST
from bot.site_teams import LONGEST, SHORTEST

#: How a field is filled in.
LINE, TEXT, WORDS, SHARE, WHOLE, NEEDS, HOURS = (
    "line", "text", "words", "share", "whole", "needs", "hours",
)  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One setting. ``least`` and ``most`` bound a whole number."""

    place: Place
    label: str
    kind: str
    what: str = ""
    least: int = 0
    most: int = 0


@dataclass(frozen=True)
class Group:
    """Settings that one form changes; ``team`` where it is about a team's hours."""

    name: str
    title: str
    what: str
    fields: tuple[Field, ...]
    team: str = ""


_FACTS: Mapping[str, tuple[str, str]] = {
    "emergency": ("Emergency number", "Named wherever somebody may be in danger."),
    "dv_line": ("Domestic violence line, to call", ""),
    "dv_text": ("Domestic violence line, to text", ""),
    "sexual_assault_line": ("Sexual assault line, to call", ""),
    "trafficking_line": ("Trafficking line, to call", ""),
    "trafficking_text": ("Trafficking line, to text", ""),
    "suicide_line": ("Suicide and crisis line", "Can be called and texted."),
    "service_name": ("Name of this service", ""),
    "site_town": ("Town", ""),
    "people_hours": (
        "When people answer, in a sentence",
        "May stay empty. The bot says it as it is written here, in every language.",
    ),
    "contact": ("Contact", "Where people can write to whoever runs this service."),
}
#: Needs in words.
NEED_WORDS: Mapping[str, str] = {
    "housing": "a place to stay", "health": "health", "counselling": "counselling",
    "legal": "legal help", "food": "food", "transport": "transport", "money": "money and work",
    "children": "children", "papers": "immigration papers", "substance": "alcohol and drugs",
    "peer": "support groups", "talk": "somebody to talk to",
}  # fmt: skip
_DANGER = "A person is asked nothing more: the lines come at once, and a navigator is called."


def find_groups(edition: Edition) -> list[Group]:
    """Every group that the site has. Raises ``NoSuchPlace`` or ``BadContent``."""
    facts = find_facts(edition)
    lines = tuple(_fact(name, LINE) for name in facts if is_line(name))
    others = tuple(_fact(name, TEXT) for name in facts if not is_line(name))
    return [
        Group(
            "lines", "Lines that people are sent to",
            "Call each number before you change it. A wrong digit leaves somebody alone.", lines,
        ),
        Group("names", "Names", "They are filled into what the bot says.", others),
        *_find_hours(edition),
        OFFER, WORDS_GROUP, UNDERSTANDING_GROUP, TIMES,
    ]  # fmt: skip


def find_group(groups: list[Group], place: Place) -> Group | None:
    """The group that a place belongs to."""
    return next((one for one in groups if any(f.place == place for f in one.fields)), None)


def _fact(name: str, kind: str) -> Field:
    label, what = _FACTS.get(name, (name.replace("_", " ").capitalize(), ""))
    return Field(Place("fact", (name,)), label, kind, what)


def _find_hours(edition: Edition) -> Iterator[Group]:
    what = "When this team takes over from the bot. Outside of it people hear when it opens."
    for team in find_teams(edition):
        hours = Field(Place("hours", (team,)), "Hours", HOURS)
        yield Group("hours", f"Hours of {team}", what, (hours,), team)


def _setting(table: str, key: str) -> Place:
    return Place("setting", (table, key))


OFFER = Group(
    "offer", "When a person is offered",
    "Danger always calls a navigator, and HUMAN always asks for one. These come beside that.",
    (
        Field(
            _setting("offer", "after_misunderstood"), "After so many misunderstandings in a row",
            WHOLE, "Fewer: people get to a person sooner, and the team gets more work. At most 3.",
            SOONEST, LATEST,
        ),
        Field(
            _setting("offer", "for_needs"), "With the services for", NEEDS,
            "Below the list the bot says that a person can look at this with them.",
        ),
    ),
)  # fmt: skip
WORDS_GROUP = Group(
    "words", "Words of your own",
    "They come beside the built-in ones, which nobody can take away.",
    (
        Field(
            Place("words", ("exit",)), "Words that end everything", WORDS,
            "Beside EXIT, SALIR and 0. Only where they are the whole message.",
        ),
        Field(
            Place("words", ("danger_violence_now",)), "Danger from somebody, now", WORDS,
            "Anywhere in a message, whatever case and accents. " + _DANGER,
        ),
        Field(Place("words", ("danger_medical",)), "Medical emergency", WORDS),
        Field(Place("words", ("danger_suicide",)), "Suicide", WORDS),
        Field(Place("words", ("danger_child",)), "A child in danger", WORDS),
    ),
)  # fmt: skip
UNDERSTANDING_GROUP = Group(
    "understanding", "When the bot asks instead of guessing",
    "Each is between 0 and 1. Before they go out, the test set is read with them: no less danger "
    "may be found.",
    (
        Field(
            _setting(UNDERSTANDING, "unsure_below"), "Asks instead of guessing below", SHARE,
            "Higher: more people are asked to say it again. Lower: more wrong answers.",
        ),
        Field(
            _setting(UNDERSTANDING, "likely_from"), "A second meaning counts from", SHARE,
            "Lower: more often two meanings are offered.",
        ),
        Field(
            _setting(UNDERSTANDING, "apart_by"), "Offers both when they are nearer than", SHARE,
            "Higher: more often two meanings are offered.",
        ),
        Field(
            _setting(UNDERSTANDING, "danger_from"), "Asks about danger from", SHARE,
            "Lower: more danger is seen, and more people are asked who are in none. Higher: less "
            "of both. At most 0.5.",
        ),
    ),
)  # fmt: skip
TIMES = Group(
    "times", "How long things may take", "",
    (
        Field(
            _setting("desk", "silent_after_minutes"), "Minutes without an answer of the team",
            WHOLE, "Then the person goes back into the line, for whoever is there.",
            SHORTEST, LONGEST,
        ),
        Field(
            _setting("desk", "told_after_minutes"), "Minutes in the line until they hear of it",
            WHOLE, "Then they are told once where they stand.", SHORTEST, LONGEST,
        ),
        Field(
            _setting("retention", "after_silence_hours"), "Hours a talk is kept",
            WHOLE, "After the last message, and only with their yes. When it gets longer, whoever "
            "said yes to less is asked again.", 2, LONGEST_KEPT,
        ),
    ),
)  # fmt: skip
