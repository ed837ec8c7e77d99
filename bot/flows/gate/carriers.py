"""Words that carriers act on by themselves, which must never mean anything else here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from bot.care.kinds import Kind
from bot.care.reading import fold
from bot.care.rulebook import ANY_LANGUAGE, find_rulebook
from bot.flows.gate.content import Content
from bot.flows.gate.finding import Finding
from bot.flows.gate.texts import Text, find_texts

_WORD = re.compile(r"[^\W\d_]+")
#: Where a word goes to somebody else's number, it is theirs.
_ELSEWHERE = re.compile(r"\s+(?:to|al?)\s+(?:\{\w+_text\}|\d{5,})")
#: A carrier's word as well, but only for whoever has said STOP: bot/care/patterns/any.toml.
_YES = "yes"
_YES_OR_NO = re.compile(r"\bYES\b.{1,4}\bNO\b")

#: Where a carrier's word means what the carrier does.
_MEANT: Mapping[str, frozenset[str]] = {
    # Carriers want the answers to START and to HELP to name the way out of all texts, and after
    # STOP people may be told the way back: CTIA, Messaging Principles and Best Practices.
    "utter_care_started": frozenset({"stop"}),
    "utter_care_help_word": frozenset({"stop"}),
    "utter_care_opt_out": frozenset({"start"}),
    # Whoever wants no more texts, or gets them by mistake, has to be told the word.
    "utter_opt_out": frozenset({"stop", "start"}),
    "utter_wrong_number": frozenset({"stop"}),
    # It says that STOP can be no code word.
    "utter_code_word_unusable": frozenset({"stop"}),
}


def carrier_word_as_command(content: Content) -> Iterator[Finding]:
    """A carrier's word on an option, or in capitals as a word to send."""
    for text in find_texts(content):
        meant = _MEANT.get(text.name, frozenset())
        for word in sorted({*_find_titles(text), *_find_sent(text)} - meant):
            reason = (
                f"Carriers act on {word.upper()} themselves, and may cut the person off. "
                "Use another word."
            )
            yield text.finding("carrier_word_as_command", reason)


def _find_titles(text: Text) -> Iterator[str]:
    """Whole titles that are such words; a phrase may be one, too."""
    yield from (word for word in map(_bare, text.parts) if word in _reserved())


def _find_sent(text: Text) -> Iterator[str]:
    """Words in capitals, alone or two together."""
    said = text.reply.text
    known = _reserved() if _YES_OR_NO.search(said) else _reserved() | {_YES}
    words = list(_WORD.finditer(said))
    for first, last in (*zip(words, words, strict=True), *pairwise(words)):
        sent = said[first.start() : last.end()]
        if sent.isupper() and _bare(sent) in known and not _ELSEWHERE.match(said, last.end()):
            yield _bare(sent)


@cache
def _reserved() -> frozenset[str]:
    """What the safety rules know of carriers."""
    book = find_rulebook(ANY_LANGUAGE)
    kinds = (Kind.OPT_OUT, Kind.START, Kind.HELP_WORD)
    return frozenset(_bare(word) for kind in kinds for word in book.exactly[kind])


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, fold(words)))
