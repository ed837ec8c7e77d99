"""Where a person is in a journey. Each move gives a new progress and changes nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.journeys.content import Journey, Question

#: The scope of the short version, beside the sections' own names.
SHORT = "short"


@dataclass(frozen=True)
class Progress:
    """``at`` is the question that waits for an answer, ``None`` at the end or at the menu.

    ``scope`` is a section, :data:`SHORT`, or ``None`` for the whole journey; ``asked`` are the
    questions left behind, in order, so that BACK knows its way.
    """

    journey: str
    at: str | None = None
    scope: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, small enough for a snapshot."""
        return {
            "journey": self.journey,
            "at": self.at,
            "scope": self.scope,
            "answers": dict(self.answers),
            "skipped": list(self.skipped),
            "asked": list(self.asked),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Progress:
        """The progress that :meth:`to_json` wrote. Raises ``KeyError`` on anything else."""
        return cls(
            journey=value["journey"],
            at=value["at"],
            scope=value["scope"],
            answers=dict(value["answers"]),
            skipped=tuple(value["skipped"]),
            asked=tuple(value["asked"]),
        )


def start_journey(journey: Journey, kept: Progress | None = None) -> Progress:
    """A journey from its beginning; the answers of an earlier time are kept."""
    progress = Progress(journey.name, answers=dict(kept.answers) if kept else {})
    return progress if journey.menu else _go_on(journey, progress)


def choose_scope(journey: Journey, progress: Progress, scope: str) -> Progress:
    """One section, the short version, or everything: its open questions, the skipped ones too."""
    inside = {one.id for one in journey.questions if _is_inside(one, scope)}
    left = tuple(one for one in progress.skipped if one not in inside)
    return _go_on(journey, replace(progress, scope=scope, skipped=left, asked=()))


def take_answer(journey: Journey, progress: Progress, answer: str) -> Progress:
    """The answer to the question that waits, and on to the next one."""
    if progress.at is None:
        return progress
    answers = {**progress.answers, progress.at: answer}
    return _leave(journey, replace(progress, answers=answers))


def skip_question(journey: Journey, progress: Progress) -> Progress:
    """Not now. An answer of an earlier time stays."""
    if progress.at is None:
        return progress
    return _leave(journey, replace(progress, skipped=(*progress.skipped, progress.at)))


def go_back(progress: Progress) -> Progress:
    """To the question before, whose answer stands until there is another."""
    if not progress.asked:
        return progress
    return _open(replace(progress, asked=progress.asked[:-1]), progress.asked[-1])


def change_answer(progress: Progress, question_id: str) -> Progress:
    """To any one question, to answer it anew."""
    return _open(replace(progress, asked=()), question_id)


def forget_answer(progress: Progress, question_id: str) -> Progress:
    """Without the answer to one question."""
    kept = {name: answer for name, answer in progress.answers.items() if name != question_id}
    return replace(progress, answers=kept)


def find_open_question(journey: Journey, progress: Progress) -> Question | None:
    """The question that waits; ``None`` as well when the content has lost it since."""
    return journey.question(progress.at) if progress.at else None


def find_answered(journey: Journey, progress: Progress) -> Iterator[tuple[Question, str]]:
    """Every answer that still counts, in the journey's order."""
    for question in journey.questions:
        if question.id in progress.answers and _applies(question, progress.answers):
            yield question, progress.answers[question.id]


def _open(progress: Progress, question_id: str) -> Progress:
    """At one question, which counts as skipped no longer."""
    skipped = tuple(one for one in progress.skipped if one != question_id)
    return replace(progress, at=question_id, skipped=skipped)


def _leave(journey: Journey, progress: Progress) -> Progress:
    assert progress.at is not None
    return _go_on(journey, replace(progress, asked=(*progress.asked, progress.at)))


def _go_on(journey: Journey, progress: Progress) -> Progress:
    return replace(progress, at=_next_question(journey, progress))


def _next_question(journey: Journey, progress: Progress) -> str | None:
    done = {*progress.answers, *progress.skipped}
    return next(
        (
            one.id
            for one in journey.questions
            if one.id not in done
            and _is_inside(one, progress.scope)
            and _applies(one, progress.answers)
        ),
        None,
    )


def _is_inside(question: Question, scope: str | None) -> bool:
    if scope is None:
        return True
    return question.short if scope == SHORT else question.section == scope


def _applies(question: Question, answers: Mapping[str, str]) -> bool:
    return all(answers.get(name) in allowed for name, allowed in (question.when or {}).items())
