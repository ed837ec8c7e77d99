"""One language's phrases, compiled once, looked up in a message."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from threading import Lock

import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from bot.care.kinds import Kind
from bot.care.phrases import is_same_word, parse_phrase, parse_vocabulary
from bot.care.reading import fold, parse_words
from bot.care.rulebook import Rulebook

Span = tuple[int, int]


class Phrasebook:
    """Finds the kinds of a rulebook's phrases. Keeps nothing of what it reads.

    ``known`` are the words that are never a typing mistake, whatever the language.
    """

    def __init__(self, language: str, rulebook: Rulebook, known: Collection[str]) -> None:
        self._nlp = spacy.blank(language)
        self._rules = rulebook.rules
        self._spelling = {fold(typed): fold(meant) for typed, meant in rulebook.spelling.items()}
        self._known = known
        self._matcher = Matcher(self._nlp.vocab, validate=True, fuzzy_compare=self._is_same_word)
        self._lock = Lock()
        for number, rule in enumerate(rulebook.rules):
            self._add(f"say {number}", rule.say, rulebook)
            self._add(f"unless {number}", rule.unless, rulebook)

    def find_kinds(self, untrusted_text: str) -> set[Kind]:
        """What the message says in this language."""
        words = parse_words(untrusted_text, self._spelling, self._known)
        spans = self._find_spans(words)
        return {
            rule.kind
            for number, rule in enumerate(self._rules)
            if _is_said(spans.get(f"say {number}", ()), spans.get(f"unless {number}", ()))
        }

    def _add(self, name: str, phrases: Iterable[str], rulebook: Rulebook) -> None:
        patterns = [parse_phrase(phrase, rulebook.groups) for phrase in phrases]
        if patterns:
            self._matcher.add(name, patterns)

    def _find_spans(self, words: list[str]) -> dict[str, list[Span]]:
        spans: dict[str, list[Span]] = {}
        # The zone makes spaCy forget a person's words, which it otherwise keeps for as
        # long as the process lives. It cannot be entered twice at once, hence the lock.
        with self._lock, self._nlp.memory_zone():
            for name, start, end in self._matcher(Doc(self._nlp.vocab, words=words)):
                spans.setdefault(self._nlp.vocab.strings[name], []).append((start, end))
        return spans

    def _is_same_word(self, typed: str, meant: str, edits: int) -> bool:
        return typed == meant or (typed not in self._known and is_same_word(typed, meant, edits))


def find_vocabulary(rulebook: Rulebook) -> frozenset[str]:
    """Every word that is spelled right as far as this rulebook knows."""
    phrases = (phrase for rule in rulebook.rules for phrase in (*rule.say, *rule.unless))
    words = (parse_vocabulary(phrase, rulebook.groups) for phrase in phrases)
    return rulebook.real_words.union(*words)


def _is_said(said: Sequence[Span], denied: Sequence[Span]) -> bool:
    return any(all(end <= a or b <= start for a, b in denied) for start, end in said)
