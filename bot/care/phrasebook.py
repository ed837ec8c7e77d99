"""One language's phrases, prepared once, looked up in a message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from bot.care.kinds import Kind
from bot.care.phrases import NUMBER, Phrase, PhraseReader, Times, count_edits, is_same_word
from bot.care.places import Span, Steps, find_spans
from bot.care.reading import STOP, fold, parse_words
from bot.care.rulebook import Rulebook

_STOPS = frozenset({STOP})


class Phrasebook:
    """Finds the kinds of a rulebook's phrases. Keeps nothing of what it reads.

    ``known`` are the words that are never a typing mistake, whatever the language.
    """

    def __init__(self, rulebook: Rulebook, known: Collection[str]) -> None:
        self._known = known
        self._spelling = {fold(typed): fold(meant) for typed, meant in rulebook.spelling.items()}
        # Equal parts have one number, and a phrase is only tried where its rarest part is.
        self._numbers: dict[frozenset[str], int] = {_STOPS: 0}
        self._said: dict[int, list[tuple[int, Steps]]] = defaultdict(list)
        self._kinds = [rule.kind for rule in rulebook.rules]
        self._denied: list[list[Steps]] = []
        self._elsewhere: list[list[Steps]] = []
        reader = PhraseReader(rulebook.groups)
        for number, rule in enumerate(rulebook.rules):
            for phrase in map(reader.parse, rule.say):
                rarest = self._number(_find_rarest(phrase))
                self._said[rarest].append((number, self._steps(phrase)))
            self._denied.append(self._prepare(map(reader.parse, rule.unless)))
            self._elsewhere.append(self._prepare(map(reader.parse, rule.never_with)))
        self._parts = _find_parts(self._numbers)
        self._similar = _find_similar(self._parts)

    def find_kinds(self, untrusted_text: str) -> set[Kind]:
        """What the message says in this language."""
        words = parse_words(untrusted_text, self._spelling, self._known)
        places = self._find_places(words)
        said: dict[int, list[Span]] = defaultdict(list)
        for part, phrases in self._said.items():
            if places[part]:
                for rule, steps in phrases:
                    said[rule] += find_spans(steps, places, len(words))
        return {
            self._kinds[rule]
            for rule, spans in said.items()
            if spans
            and _is_said(spans, _find_all(self._denied[rule], places, len(words)))
            and not _find_all(self._elsewhere[rule], places, len(words))
        }

    def _prepare(self, phrases: Iterable[Phrase]) -> list[Steps]:
        return [self._steps(phrase) for phrase in phrases]

    def _find_places(self, words: Sequence[str]) -> list[int]:
        at: dict[str, int] = defaultdict(int)
        for place, word in enumerate(words):
            at[word] |= 1 << place
        places = [0] * len(self._numbers)
        for word, where in at.items():
            for part in {part for meant in self._find_meant(word) for part in self._parts[meant]}:
                places[part] |= where
        return places

    def _find_meant(self, typed: str) -> Iterator[str]:
        """The words of the phrases that a typed word may stand for."""
        if typed in self._parts:
            yield typed
        if typed.isdigit() and NUMBER in self._parts:
            yield NUMBER
        if typed not in self._known:
            for meant in self._similar.get((typed[0], len(typed)), ()):
                if is_same_word(typed, meant):
                    yield meant

    def _steps(self, phrase: Phrase) -> Steps:
        return tuple((self._number(part.words or _STOPS), part.times) for part in phrase)

    def _number(self, words: frozenset[str]) -> int:
        return self._numbers.setdefault(words, len(self._numbers))


def find_vocabulary(rulebook: Rulebook) -> frozenset[str]:
    """Every word that is spelled right as far as this rulebook knows."""
    phrases = (
        phrase for rule in rulebook.rules for phrase in (*rule.say, *rule.unless, *rule.never_with)
    )
    reader = PhraseReader(rulebook.groups)
    parts = frozenset(part for phrase in phrases for part in reader.parse(phrase))
    return rulebook.real_words.union(*(part.words for part in parts))


def _find_all(phrases: Iterable[Steps], places: Sequence[int], length: int) -> list[Span]:
    return [span for steps in phrases for span in find_spans(steps, places, length)]


def _find_rarest(phrase: Phrase) -> frozenset[str]:
    """The part that must be there and has the fewest words; the end of a sentence at worst."""
    needed = [part.words for part in phrase if part.times is Times.ONCE and part.words != _STOPS]
    return min(needed, key=len, default=_STOPS)


def _find_parts(numbers: dict[frozenset[str], int]) -> dict[str, list[int]]:
    """The numbers of the parts that a word belongs to."""
    parts: dict[str, list[int]] = {}
    for words, number in numbers.items():
        for word in words:
            parts.setdefault(word, []).append(number)
    return parts


def _find_similar(words: Iterable[str]) -> dict[tuple[str, int], list[str]]:
    """Words that may be meant, by the first letter and the length of what was typed."""
    similar: dict[tuple[str, int], list[str]] = defaultdict(list)
    for meant in words:
        if edits := count_edits(meant):
            for length in range(len(meant) - edits, len(meant) + edits + 1):
                similar[meant[0], length].append(meant)
    return dict(similar)


def _is_said(said: Sequence[Span], denied: Sequence[Span]) -> bool:
    return any(all(end <= a or b <= start for a, b in denied) for start, end in said)
