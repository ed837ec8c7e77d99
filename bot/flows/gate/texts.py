"""Every text that a person may read, one by one, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.flows.gate.content import Content
from bot.flows.gate.finding import Finding
from bot.journeys.content import YES_NO, Journey, Question, Texts, text_in
from bot.wire.turns import Option, Reply


@dataclass(frozen=True)
class Text:
    """``channel`` is ``None`` for what is said on all that have no text of their own."""

    topic: str
    name: str
    language: str
    channel: str | None
    reply: Reply

    def finding(self, rule: str, reason: str) -> Finding:
        """What ``rule`` finds in it."""
        return Finding(rule, self.topic, self.name, self.language, reason)

    @property
    def parts(self) -> tuple[str, ...]:
        """The sentence, and the title of each option."""
        return (self.reply.text, *(one.title for one in self.reply.options))


def find_texts(content: Content) -> Iterator[Text]:
    """All of them."""
    yield from find_spoken(content)
    yield from find_phrases(content)


def find_spoken(content: Content) -> Iterator[Text]:
    """What is a message of its own: responses, and what journeys say and ask."""
    for topic in content.topics.values():
        for one in topic.sayings:
            yield Text(topic.name, one.name, one.language, one.channel, one.reply)
    for journey in content.journeys.values():
        for name, texts in find_journey_words(journey):
            yield from _in_journey(content, journey, name, texts)


def find_phrases(content: Content) -> Iterator[Text]:
    """What only stands within other texts or on an option."""
    for file, languages in content.phrases.items():
        for language, texts in languages.items():
            for name, text in texts.items():
                yield Text(f"phrases/{file}", name, language, None, Reply(text))


def find_journey_words(journey: Journey) -> Iterator[tuple[str, Texts]]:
    """What a journey says, by a name such as ``menu``, ``bag.ask`` or ``bag.options.keys``."""
    if journey.start is not None:
        yield "start", journey.start
    if journey.menu is not None:
        yield "menu", journey.menu
    for section in journey.sections:
        yield f"sections.{section.id}", section.title
    for question in journey.questions:
        yield from _find_question_words(question)


def _find_question_words(question: Question) -> Iterator[tuple[str, Texts]]:
    yield f"{question.id}.ask", question.ask
    if question.after is not None:
        yield f"{question.id}.after", question.after
    if question.line is not None:
        yield f"{question.id}.line", question.line
    for option in question.options:
        yield f"{question.id}.options.{option.id}", option.title


def _in_journey(content: Content, journey: Journey, name: str, texts: Texts) -> Iterator[Text]:
    for language, text in texts.items():
        titles = _find_titles(content, journey, name, language)
        reply = Reply(" ".join(text.split()), tuple(Option(one, "") for one in titles))
        yield Text(f"journeys/{journey.name}", name, language, None, reply)


def _find_titles(content: Content, journey: Journey, name: str, language: str) -> Iterator[str]:
    """The options below a text, with those that the house adds."""
    if name == "menu":
        yield from _find_around(content, language, "short")
        yield from (text_in(one.title, language) for one in journey.sections)
        yield from _find_around(content, language, "done")
    question = journey.question(name.removesuffix(".ask")) if name.endswith(".ask") else None
    if question is not None:
        answers = YES_NO.values() if question.kind == "yes_no" else ()
        yield from (text_in(one, language) for one in answers)
        yield from (text_in(one.title, language) for one in question.options)
        if question.skip:
            yield from _find_around(content, language, "skip")


def _find_around(content: Content, language: str, option: str) -> Iterator[str]:
    title = content.phrases.get("journeys", {}).get(language, {}).get(f"options.{option}")
    if title:
        yield title
