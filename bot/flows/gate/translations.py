"""Nobody is to read half of it, or what nobody has read before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from bot.flows.conversation import Saying, Topic
from bot.flows.gate.content import Content
from bot.flows.gate.finding import Finding
from bot.flows.gate.texts import find_journey_words

#: Folders whose files are no part of a topic.
_APART = frozenset({"journeys", "phrases", "gate"})
#: How a channel is called where a reason names it.
_CHANNELS = {"web": "the web chat", "telegram": "Telegram", "whatsapp": "WhatsApp"}


def missing_translation(content: Content) -> Iterator[Finding]:
    """Whatever one of the site's languages lacks: a text, or an option that another has."""
    for topic, name, language, reason in _find_missing(content):
        yield Finding("missing_translation", topic, name, language, reason)


def machine_translation(content: Content) -> Iterator[Finding]:
    """A file whose first line says that a program translated it."""
    reason = (
        "A program translated this file. Let a person who speaks the language read and mend it, "
        "then change its first line."
    )
    for file in content.machine_translated:
        path = PurePosixPath(file)
        language = path.parent.name if path.parent.parent.name == "nlu" else ""
        topic = f"{path.parent.name}/{path.stem}" if path.parent.name in _APART else path.stem
        yield Finding("machine_translation", topic, file, language, reason)


def _find_missing(content: Content) -> Iterator[tuple[str, str, str, str]]:
    languages = content.site.languages
    for topic in content.topics.values():
        for name, language, reason in _find_in_responses(topic, languages):
            yield topic.name, name, language, reason
    for journey in content.journeys.values():
        for name, texts in find_journey_words(journey):
            for language in languages:
                if not texts.get(language, "").strip():
                    yield f"journeys/{journey.name}", name, language, _write(language)
    for file, phrases in content.phrases.items():
        names = {name: None for texts in phrases.values() for name in texts}
        for language in languages:
            for name in names:
                if not phrases.get(language, {}).get(name, "").strip():
                    yield f"phrases/{file}", name, language, _write(language)


def _find_in_responses(topic: Topic, languages: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    grouped: dict[tuple[str, str | None], list[Saying]] = {}
    for one in topic.sayings:
        # Whoever writes from a channel without a text of its own needs the one for all.
        grouped.setdefault((one.name, None), [])
        grouped.setdefault((one.name, one.channel), []).append(one)
    for (name, channel), sayings in grouped.items():
        for language in languages:
            if reason := _find_lack(sayings, language, channel):
                yield name, language, reason


def _find_lack(sayings: Sequence[Saying], language: str, channel: str | None) -> str:
    """What is missing in ``language``, or nothing."""
    own = [one for one in sayings if one.language == language and one.reply.text.strip()]
    if not own:
        return _write(language, channel)
    there = {option.payload for one in own for option in one.reply.options}
    wanted = {o.payload: o.title for one in sayings for o in one.reply.options}
    lost = [title for payload, title in wanted.items() if payload not in there]
    return f"The option '{lost[0]}' is missing in '{language}'. Write it there too." if lost else ""


def _write(language: str, channel: str | None = None) -> str:
    place = f" for {_CHANNELS.get(channel, channel)}" if channel else ""
    return f"There is no text in '{language}'{place}. Write one."
