"""Reading a journey's answers back, part by part, in the person's own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.journeys.content import YES_NO, Journey, Question, text_in
from bot.journeys.progress import Progress, find_answered


@dataclass(frozen=True)
class Part:
    """One section of the journey: its heading, and a line for each answer."""

    title: str
    lines: tuple[str, ...]


def read_back(journey: Journey, progress: Progress, language: str) -> Iterator[Part]:
    """The parts that have an answer, in the journey's order."""
    answered = list(find_answered(journey, progress))
    for section in journey.sections:
        lines = tuple(
            text_in(one.line, language).format(answer=_shown(one, answer, language))
            for one, answer in answered
            if one.section == section.id and one.line
        )
        if lines:
            yield Part(text_in(section.title, language), lines)


def _shown(question: Question, answer: str, language: str) -> str:
    """The person's own words, or the title of what they chose."""
    if question.kind == "yes_no":
        return text_in(YES_NO[answer], language)
    titles = {one.id: text_in(one.title, language) for one in question.options}
    return titles.get(answer, answer)
